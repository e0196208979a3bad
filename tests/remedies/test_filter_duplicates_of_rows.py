import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import runner
from audit.errors import ParameterError

VISITS = {
    "who": ["a", "a", "b", "a", None, None, "b"],
    "when": [1, 2, 3, 1, None, None, 1],
    "r": [1.0, 5.0, None, 1.0, 2.0, 2.0, float("nan")],
}


def left(done):
    return runner.lineage(done.version).tolist()


def test_rows_equal_in_all_columns_are_copies_and_missing_equals_missing(mended):
    done = mended(VISITS, ("drop-duplicates", {}))
    assert left(done) == [0, 1, 2, 4, 6]
    assert done.effect.reasons == (("the same as an earlier row", 2),)


@pytest.mark.parametrize(
    ("step", "rows"),
    [
        ({"keep": "first"}, [0, 2, 4]),
        ({"keep": "last"}, [3, 5, 6]),
        ({"keep": "best", "by": "when"}, [1, 2, 4]),
        ({"keep": "best", "by": "when", "order": "lowest"}, [0, 4, 6]),
        ({"keep": "best", "by": "r"}, [1, 2, 4]),
    ],
)
def test_one_of_each_set_stays(mended, step, rows):
    assert left(mended(VISITS, ("drop-duplicates", {"columns": ["who"], **step}))) == rows


def test_best_needs_to_be_told_by_what(mended):
    with pytest.raises(ParameterError, match="needs a column in 'by'"):
        mended(VISITS, ("drop-duplicates", {"keep": "best"}))


def test_a_column_to_judge_by_that_is_not_there_is_told(mended):
    with pytest.raises(ParameterError, match="There is no column 'x'"):
        mended(VISITS, ("drop-duplicates", {"keep": "best", "by": "x"}))


CELL = st.one_of(st.none(), st.sampled_from([0.0, -0.0, 1.0, float("inf"), float("nan")]))


@given(
    rows=st.lists(st.tuples(st.sampled_from(["a", "A", "", None]), CELL), max_size=14),
    keep=st.sampled_from(["first", "last"]),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_those_that_stay_are_those_that_a_plain_loop_finds(mended, rows, keep):
    table = pa.table(
        {
            "k": pa.array([r[0] for r in rows], pa.string()),
            "v": pa.array([r[1] for r in rows], pa.float64()),
        }
    )
    done = mended(table, ("drop-duplicates", {"keep": keep}))
    numbers = range(len(rows)) if keep == "first" else reversed(range(len(rows)))
    seen: dict[tuple[str, str], int] = {}
    for i in numbers:
        value = rows[i][1]
        seen.setdefault((repr(rows[i][0]), repr(None if value is None else value + 0.0)), i)
    assert left(done) == sorted(seen.values())


def test_few_and_many_copies_are_found_alike(mended):
    many = {"a": [i % 7 for i in range(3000)]}
    few = {"a": [*range(3000), 5, 17]}
    assert left(mended(many, ("drop-duplicates", {}))) == list(range(7))
    assert left(mended(many, ("drop-duplicates", {"keep": "last"}))) == list(range(2993, 3000))
    assert left(mended(few, ("drop-duplicates", {}))) == list(range(3000))
    assert left(mended(few, ("drop-duplicates", {"keep": "last"})))[-2:] == [3000, 3001]
