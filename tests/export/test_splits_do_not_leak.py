import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import runner
from audit.errors import ParameterError
from audit.export.data import export
from audit.export.formats import FORMATS
from audit.export.splits import Split, assign
from audit.store import Workspace


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    opened = Workspace.open(tmp_path_factory.mktemp("splits"))
    yield opened
    opened.close()


def parts(space, rows, **given):
    version = runner.load(pa.table(rows), workspace=space)
    return assign(version.table, Split(**given)).parts


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(["a", "b", None]), st.integers(0, 3)),
        min_size=1,
        max_size=60,
    )
)
def test_copies_and_rows_of_a_person_are_never_parted(space, rows):
    person, mail, value = (list(c) for c in zip(*rows, strict=True))
    table = {"person": person, "mail": pa.array(mail, pa.string()), "value": value}
    found = parts(space, table, person=("person", "mail"), train=0.5, validation=0.25, test=0.25)
    for values in (person, mail, rows):
        by_value = {}
        for value_, part in zip(values, found.tolist(), strict=True):
            if value_ is not None:
                by_value.setdefault(value_, set()).add(part)
        assert all(len(p) == 1 for p in by_value.values())


def test_the_parts_have_the_shares_asked_for_and_the_label_is_spread_alike(space):
    rng = np.random.default_rng(1)
    label = rng.random(5000) < 0.1
    found = parts(space, {"x": rng.random(5000), "y": label}, label="y")
    for part, share in enumerate((0.8, 0.1, 0.1)):
        assert (found == part).mean() == pytest.approx(share, abs=0.002)
        assert label[found == part].mean() == pytest.approx(label.mean(), abs=0.005)


def test_the_same_seed_draws_the_same_parts_and_another_does_not(space):
    rows = {"x": list(range(200))}
    one, again = parts(space, rows, seed=3), parts(space, rows, seed=3)
    assert (one == again).all()
    assert (one != parts(space, rows, seed=4)).any()


def test_rows_made_of_one_row_stay_together_though_they_differ_now(space):
    version = runner.load(pa.table({"x": list(range(60))}), workspace=space)
    origins = np.repeat(np.arange(20), 3)
    found = assign(version.table, Split(), origins=origins).parts.reshape(20, 3)
    assert (found == found[:, :1]).all()


def test_every_row_is_in_one_file(space, tmp_path):
    version = runner.load(pa.table({"x": list(range(100))}), workspace=space)
    done = export(version, tmp_path / "d.parquet", FORMATS["parquet"], split=Split())
    assert [d.path.name for d in done] == [
        "d-train.parquet",
        "d-validation.parquet",
        "d-test.parquet",
    ]
    rows = [x for d in done for x in pq.read_table(d.path)["x"].to_pylist()]
    assert sorted(rows) == list(range(100))
    assert [d.rows for d in done] == [80, 10, 10]


def test_a_part_without_a_share_is_not_written(space, tmp_path):
    version = runner.load(pa.table({"x": list(range(10))}), workspace=space)
    split = Split(train=0.5, validation=0, test=0.5)
    done = export(version, tmp_path / "d.csv", FORMATS["csv"], split=split)
    assert [d.part for d in done] == ["train", "test"]


def test_a_label_with_a_value_for_each_row_cannot_be_spread(space):
    with pytest.raises(ParameterError, match="too many values"):
        parts(space, {"x": list(range(100))}, label="x")


def test_shares_that_persons_make_uneven_are_told_with_what_was_asked_for(space, tmp_path):
    rows = {"person": [1] * 40 + list(range(2, 62)), "x": list(range(100))}
    version = runner.load(pa.table(rows), workspace=space)
    split = Split(train=0.6, validation=0.2, test=0.2, person=("person",), seed=0)
    done = export(version, tmp_path / "d.csv", FORMATS["csv"], split=split)
    got = {d.part: d.rows for d in done}
    assert max(abs(n - 100 * s) for n, s in zip(got.values(), split.shares, strict=True)) > 2
    for file, asked in zip(done, split.shares, strict=True):
        assert file.notes[0] == f"{file.rows}.0% of the rows; {asked:.1%} were asked for."
    assert "has 40 of 100 rows" in done[0].notes[1]
    alone = runner.load(pa.table({"x": list(range(100))}), workspace=space)
    even = export(alone, tmp_path / "e.csv", FORMATS["csv"], split=Split())
    assert [d.notes for d in even] == [(), (), ()]


@pytest.mark.parametrize(
    ("rows", "given", "why"),
    [
        ({"person": ["a"] * 9, "x": list(range(9))}, {"person": ("person",)}, "has 9 of 9 rows"),
        ({"x": [1, 2, 3]}, {}, "there are only 3 rows"),
        ({"x": list(range(90)), "y": [i // 3 for i in range(90)]}, {"label": "y"}, "too many"),
        ({"x": list(range(60)), "y": [i // 3 for i in range(60)]}, {"label": "y"}, "of few rows"),
        ({"x": pa.array([], pa.int64())}, {}, "no row to be parted"),
    ],
)
def test_a_part_that_would_have_no_row_is_refused_and_no_file_stays(
    space, tmp_path, rows, given, why
):
    version = runner.load(pa.table(rows), workspace=space)
    with pytest.raises(ParameterError, match=why):
        export(version, tmp_path / "d.csv", FORMATS["csv"], split=Split(**given))
    assert not list(tmp_path.glob("d-*"))
