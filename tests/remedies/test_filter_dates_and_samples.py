import collections
import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import runner
from audit.errors import ParameterError
from audit.mending.strata import allocated

DAYS = ["2020-01-01", "2020-12-31T23:59:59", "2021-01-01", "soon", None, "2019-12-31"]


def left(done):
    return runner.lineage(done.version).tolist()


def test_the_first_and_the_last_day_are_within_the_span_and_each_other_row_has_its_reason(mended):
    step = {"column": "day", "start": "2020-01-01", "end": "2020-12-31"}
    done = mended({"day": DAYS}, ("filter-dates", step))
    assert left(done) == [0, 1]
    assert dict(done.effect.reasons) == {
        "'day' is missing": 1,
        "'day' cannot be read as a date": 1,
        "'day' is before the first day": 1,
        "'day' is after the last day": 1,
    }


def test_rows_without_a_date_may_stay(mended):
    step = {"column": "day", "end": "2020-06-30", "missing": "keep"}
    assert left(mended({"day": DAYS}, ("filter-dates", step))) == [0, 3, 4, 5]


@pytest.mark.parametrize("type_", [pa.date32(), pa.timestamp("us"), pa.timestamp("us", "UTC")])
def test_columns_of_dates_and_moments_will_do(mended, type_):
    days = pa.array([0, 18_262, None], pa.int32()).cast(pa.date32()).cast(type_)
    done = mended(
        pa.table({"day": days}), ("filter-dates", {"column": "day", "start": "2000-01-01"})
    )
    assert left(done) == [1]


def test_a_date_as_yaml_reads_it_is_taken():
    step = runner.make_step("filter-dates", {"column": "day", "start": dt.date(2020, 1, 2)})
    assert step.given["start"] == "2020-01-02"


@pytest.mark.parametrize(
    "given",
    [{}, {"start": "soon"}, {"start": "2020-02-01", "end": "2020-01-01"}, {"end": "2020-02-30"}],
)
def test_a_span_that_is_none_is_refused(given):
    with pytest.raises(ParameterError):
        runner.make_step("filter-dates", {"column": "day", **given})


def test_a_column_without_dates_is_told(mended):
    with pytest.raises(ParameterError, match="holds no dates"):
        mended({"a": [1]}, ("filter-dates", {"column": "a", "start": "2020-01-01"}))


GROUPS = {"g": list("aaaaaaaabbbbccx"), "h": [None, 1] * 7 + [1]}


def test_as_many_rows_as_asked_are_drawn_and_the_others_are_told(mended):
    done = mended(GROUPS, ("sample-rows", {"rows": 6, "seed": 4}))
    assert done.effect.rows_out == 6
    assert done.effect.reasons == (("not drawn", 9),)
    again = mended(GROUPS, ("sample-rows", {"rows": 6, "seed": 4}))
    assert left(again) == left(done)
    assert (
        len(
            {tuple(left(mended(GROUPS, ("sample-rows", {"rows": 6, "seed": s})))) for s in range(6)}
        )
        > 3
    )


def test_each_group_has_its_share(mended):
    done = mended(GROUPS, ("sample-rows", {"rows": 7, "by": ["g"]}))
    assert collections.Counter(done.column("g")) == {"a": 4, "b": 2, "c": 1}
    assert "1 groups" in done.effect.notes[0]


def test_a_sample_larger_than_the_table_is_the_table(mended):
    done = mended(GROUPS, ("sample-rows", {"rows": 99, "by": ["g", "h"]}))
    assert done.effect.removed == 0
    assert "All rows were drawn" in done.effect.notes[0]


def test_a_size_is_needed_and_one_only(mended):
    for sizes in ({}, {"rows": 3, "share": 0.5}, {"rows": 0}, {"share": 2}):
        with pytest.raises(ParameterError):
            runner.make_step("sample-rows", sizes)


def test_every_row_has_the_same_chance():
    counts = np.zeros(10)
    from audit.remedies.sample_rows import SampleRows, _drawn

    class Rows:
        n_rows = 10

    for seed in range(600):
        gone, _ = _drawn(Rows(), SampleRows(rows=3, seed=seed), 3)
        counts += 1
        counts[gone] -= 1
    # 600 draws of 3 in 10: 180 each, standard deviation 11.2.
    assert counts.sum() == 1800
    assert np.abs(counts - 180).max() < 4 * 11.3


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.floats(0, 1))
def test_largest_remainders_leave_each_share_within_one_row_of_its_own(sizes, part):
    whole = np.array(sizes)
    total = round(part * whole.sum())
    shares = allocated(whole, total)
    assert shares.sum() == (total if whole.sum() else 0)
    assert (shares <= whole).all()
    assert (np.abs(shares - whole * total / max(1, whole.sum())) < 1).all()
