"""SMOTE: what synthetic rows are made of, what they lack, and what marks them."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.errors import ParameterError

ROLES = {"label": "paid", "positive": "yes", "direct_identifier": ["name"]}


def people(n=120):
    rng = np.random.default_rng(5)
    paid = np.where(np.arange(n) % 4 == 0, "yes", "no")
    age = rng.integers(20, 40, n) + 20 * (paid == "yes")
    return pa.table(
        {
            "name": [f"Person {i}" for i in range(n)],
            "age": pa.array(age, pa.int16()),
            "height": rng.normal(170, 9, n),
            "town": rng.choice(["x", "y", "z"], n),
            "since": [dt.date(2020, 1, 1) + dt.timedelta(days=int(d)) for d in rng.integers(0, 900, n)],
            "sex": np.where(np.arange(n) % 3 == 0, "f", "m"),
            "member": rng.random(n) < 0.5,
            "paid": paid,
        }
    )  # fmt: skip


def synthetic(done):
    return done.table.filter(done.table["synthetic"])


def test_classes_become_equal_and_synthetic_rows_are_marked(mended):
    done = mended(people(), ("smote", {}), roles=ROLES)
    labels = done.column("paid")
    assert labels.count("yes") == labels.count("no") == 90
    assert done.column("synthetic") == [False] * 120 + [True] * 60
    assert (done.effect.added, done.effect.copied) == (60, 0)


def test_rows_of_the_table_stay_as_they_are(mended):
    data = people()
    done = mended(data, ("smote", {}), roles=ROLES)
    assert done.table.slice(0, 120).drop_columns("synthetic").to_pylist() == data.to_pylist()


def test_values_keep_their_type_and_lie_within_those_of_their_class(mended):
    data = people()
    done = mended(data, ("smote", {}), roles=ROLES)
    own = [r for r in data.to_pylist() if r["paid"] == "yes"]
    for column in ("age", "height", "since"):
        values = [r[column] for r in own]
        made = synthetic(done)[column].to_pylist()
        assert min(values) <= min(made)
        assert max(made) <= max(values)
        assert done.version.table.type_of(column) == done.before.table.type_of(column)
    assert set(synthetic(done)["town"].to_pylist()) <= {r["town"] for r in own}


def test_identifiers_texts_and_weights_are_missing_in_synthetic_rows(mended):
    data = people().append_column("w", pa.array([1.5] * 120))
    notes = [f"told at length, number {i}" for i in range(120)]
    data = data.append_column("notes", pa.array(notes))
    done = mended(data, ("smote", {}), roles={**ROLES, "weight": "w", "free_text": ["notes"]})
    for column in ("name", "w", "notes"):
        assert synthetic(done)[column].null_count == 60
    assert not any("Person" in note or "told at" in note for note in done.effect.notes)


def test_labels_are_made_equal_within_each_group(mended):
    done = mended(people(), ("smote", {"by": ["sex"]}), roles=ROLES)
    found = done.table.group_by(["sex", "paid"]).aggregate([([], "count_all")]).to_pylist()
    counts = {(r["sex"], r["paid"]): r["count_all"] for r in found}
    assert counts["f", "yes"] == counts["f", "no"]
    assert counts["m", "yes"] == counts["m", "no"]


def test_the_same_seed_makes_the_same_version(mended):
    first, again, other = (mended(people(), ("smote", {"seed": s}), roles=ROLES) for s in (1, 1, 2))
    assert first.version.id == again.version.id != other.version.id


def test_rows_that_lack_a_number_make_none_and_are_counted(mended):
    data = people()
    ages = [None if i in (0, 4) else age for i, age in enumerate(data["age"].to_pylist())]
    data = data.set_column(1, "age", pa.array(ages, pa.int16()))
    done = mended(data, ("smote", {}), roles=ROLES)
    assert synthetic(done)["age"].null_count == 0
    assert any(
        note.startswith("2 rows of the rarer labels lack a number") for note in done.effect.notes
    )


def test_a_class_of_one_row_has_no_neighbour_and_is_named(mended):
    data = people().slice(0, 40).to_pylist()
    rows = [r for r in data if r["paid"] == "no"] + [r for r in data if r["paid"] == "yes"][:1]
    done = mended(pa.Table.from_pylist(rows, people().schema), ("smote", {}), roles=ROLES)
    assert done.effect.added == 0
    assert any("Fewer than two rows" in note and "yes" in note for note in done.effect.notes)


def test_growth_is_capped_and_told(mended):
    done = mended(people(), ("smote", {"most_growth": 1.25}), roles=ROLES)
    assert done.effect.added == 30
    assert any("30 of 60 rows were made" in note for note in done.effect.notes)


@pytest.mark.parametrize("kept", [["town", "sex", "paid"], ["height", "paid"]])
def test_tables_of_categories_and_of_numbers_alone_are_done_too(mended, kept):
    roles = {"label": "paid", "positive": "yes"}
    done = mended(people().select(kept), ("smote", {}), roles=roles)
    assert done.effect.added == 60
    assert synthetic(done)["paid"].to_pylist() == ["yes"] * 60


def test_a_column_that_is_called_synthetic_and_marks_nothing_is_not_written_over(mended):
    data = people().append_column("synthetic", pa.array(["a"] * 120))
    with pytest.raises(ParameterError, match="There is a column 'synthetic' already"):
        mended(data, ("smote", {}), roles=ROLES)


def test_without_a_label_smote_and_massaging_say_what_is_needed(mended):
    data = {"x": [1.5, 2.5, 3.5], "colour": ["a", "b", "c"]}
    for name in ("smote", "massage"):
        with pytest.raises(ParameterError, match="needs a label"):
            mended(data, (name, {"by": ["colour"]}))


def test_massaging_gives_each_group_the_overall_rate_and_keeps_how_many_are_positive(mended):
    data = people(300)
    done = mended(data, ("massage", {"by": ["town"]}), roles=ROLES)
    before, after = data["paid"].to_pylist(), done.column("paid")
    assert before.count("yes") == after.count("yes")
    for town in "xyz":
        own = [p for p, t in zip(after, done.column("town"), strict=True) if t == town]
        assert abs(own.count("yes") - len(own) * 75 / 300) <= 1
    changed = [a != b for a, b in zip(before, after, strict=True)]
    assert done.column("label_changed") == changed
    assert done.effect.changed == sum(changed) > 0
    assert done.effect.rows_in == done.effect.rows_out
    assert any(note.startswith("Labels were changed") for note in done.effect.notes)


def test_massaging_changes_the_labels_that_are_least_sure(mended):
    """The young are seldom paid: of the group that gets labels the oldest get them."""
    n = 200
    age = np.arange(n) % 100
    sex = np.where(np.arange(n) < 100, "m", "f")
    paid = np.where(age >= np.where(sex == "m", 30, 70), "yes", "no")
    done = mended(
        {"age": (age + 0.5).tolist(), "sex": sex.tolist(), "paid": paid.tolist()},
        ("massage", {"by": ["sex"]}),
        roles={"label": "paid", "positive": "yes", "sensitive": ["sex"]},
    )
    changed = [(s, a) for s, a, c in zip(sex, age, done.column("label_changed"), strict=True) if c]
    assert sorted(a for s, a in changed if s == "f") == list(range(50, 70))
    assert sorted(a for s, a in changed if s == "m") == list(range(30, 50))


@pytest.mark.parametrize(
    ("labels", "told"),
    [(["a", "b", "c"], "label of two values"), (["a"], "label of two values")],
)
def test_massaging_refuses_labels_that_are_not_two(mended, labels, told):
    data = {"x": [float(i) for i in range(30)], "g": ["u", "v"] * 15,
            "paid": (labels * 30)[:30]}  # fmt: skip
    with pytest.raises(ParameterError, match=told):
        mended(data, ("massage", {"by": ["g"]}), roles={"label": "paid"})


def test_massaging_a_label_of_numbers_writes_numbers(mended):
    data = {"x": [float(i % 17) for i in range(60)], "g": ["u"] * 30 + ["v"] * 30,
            "paid": [1] * 20 + [0] * 30 + [1] * 10}  # fmt: skip
    done = mended(data, ("massage", {"by": ["g"]}), roles={"label": "paid", "positive": "1"})
    assert done.version.table.type_of("paid") == "BIGINT"
    assert sum(done.column("paid")[:30]) == sum(done.column("paid")[30:]) == 15
    assert runner.roles(done.version).positive == "1"
