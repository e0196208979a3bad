import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import runner
from audit.errors import ParameterError

PEOPLE = {"age": [17, 18, None, 40], "city": ["Rome", None, "Oslo", "Oslo"]}
CONDITIONS = [
    "age >= 18",
    "age < 18 OR city = 'Oslo'",
    "NOT (age = 40 AND city = 'Oslo')",
    "city = 'Rome'",
]


def test_rows_that_pass_stay_and_those_that_cannot_be_decided_go_for_their_own_reason(mended):
    done = mended(PEOPLE, ("filter-rows", {"where": "age >= 18"}))
    assert done.column("age") == [18, 40]
    assert done.effect.reasons == (
        ("does not pass the condition", 1),
        ("the condition cannot be decided: a value is missing", 1),
    )


def test_the_others_are_all_rows_that_do_not_pass(mended):
    done = mended(PEOPLE, ("filter-rows", {"where": "age >= 18", "keep": "others"}))
    assert done.column("age") == [17, None]
    assert done.effect.reasons == (("passes the condition", 2),)
    assert "1 rows stay" in done.effect.notes[0]


@pytest.mark.parametrize("where", CONDITIONS)
def test_filtering_twice_is_filtering_once(mended, where):
    once = mended(PEOPLE, ("filter-rows", {"where": where}))
    twice = mended(PEOPLE, *[("filter-rows", {"where": where})] * 2)
    assert twice.table == once.table
    assert twice.effect.removed == 0


@pytest.mark.parametrize("where", CONDITIONS)
def test_the_matching_and_the_others_are_all_rows_and_so_are_kept_and_removed(mended, where):
    kept = []
    for keep in ("matching", "others"):
        done = mended(PEOPLE, ("filter-rows", {"where": where, "keep": keep}))
        gone = runner.removed(done.version)
        own = [] if gone is None else gone.rows.tolist()
        kept += runner.lineage(done.version).tolist()
        assert sorted([*own, *runner.lineage(done.version).tolist()]) == [0, 1, 2, 3]
    assert sorted(kept) == [0, 1, 2, 3]


def test_columns_may_be_called_like_what_the_engine_is_asked_with(mended):
    data = {"r": [1, 2, 3], "w": [5, 6, 7], "c0": [1, 1, 2], "t": ["a", "b", "c"]}
    done = mended(data, ("filter-rows", {"where": "r > 1 AND w < 7 AND c0 = 1 AND t = 'b'"}))
    assert done.column("r") == [2]


def test_what_is_not_allowed_is_told_with_the_step(mended):
    with pytest.raises(ParameterError, match=r"Step 1 .*'getenv' is not allowed"):
        mended(PEOPLE, ("filter-rows", {"where": "getenv('HOME') = 'x'"}))


ROWS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(-3, 3)),
        st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True, width=64)),
    ),
    min_size=1,
    max_size=12,
)


@given(rows=ROWS, low=st.integers(-3, 3))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_filter_keeps_what_pandas_keeps(mended, rows, low):
    table = pa.table(
        {"a": pa.array([r[0] for r in rows], pa.int64()), "x": pa.array([r[1] for r in rows])}
        if any(r[1] is not None for r in rows)
        else {
            "a": pa.array([r[0] for r in rows], pa.int64()),
            "x": pa.nulls(len(rows), pa.float64()),
        }
    )
    step = ("filter-rows", {"where": f"a >= {low} AND x < 1.5"})
    frame = table.to_pandas()
    expected = frame.index[(frame["a"] >= low) & (frame["x"] < 1.5)].tolist()
    if not expected:
        with pytest.raises(ParameterError, match=f"none of {len(rows)} "):
            mended(table, step)
        return
    done = mended(table, step)
    assert runner.lineage(done.version).tolist() == expected
