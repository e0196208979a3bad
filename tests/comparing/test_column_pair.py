"""A column of two versions counted over one axis: every row is in a bin, missing, or told."""

import math
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.comparing.column_pair import BINS, MOST_VALUES, column_pair
from audit.errors import ColumnError, ParameterError


def pair(version_of, before, after):
    tables = [version_of(pa.table({"c": values})).table for values in (before, after)]
    return column_pair(*tables, "c")


def test_whole_numbers_have_bins_of_as_many_of_them_each(version_of):
    found = pair(version_of, [1, 2, 2, None], [2, 3])
    assert found.edges == (1.0, 2.0, 3.0, 4.0)
    assert found.before.counts == (1, 2, 0)
    assert found.before.missing == 1
    assert found.after.counts == (0, 1, 1)


def test_numbers_are_counted_as_numpy_counts_them(version_of):
    random = np.random.default_rng(1)
    before, after = random.normal(0, 1, 400), random.normal(1, 2, 300)
    found = pair(version_of, before, after)
    assert len(found.edges) == BINS + 1
    for values, spread in ((before, found.before), (after, found.after)):
        expected, _ = np.histogram(values, bins=np.asarray(found.edges))
        # on the very edge of a bin the two may round otherwise
        assert np.abs(np.asarray(spread.counts) - expected).sum() <= 2
        assert sum(spread.counts) == len(values)


def test_far_values_do_not_squeeze_the_others_and_are_told(version_of):
    found = pair(version_of, [*np.linspace(0, 1, 1000), 1e9], np.linspace(0, 1, 1000))
    assert found.edges[-1] < 2
    assert found.before.other >= 1
    assert found.after.other == 0


def test_what_is_no_number_is_told_apart(version_of):
    found = pair(version_of, [1.0, math.nan, math.inf, None], [1.0, 2.0])
    assert (found.before.other, found.before.missing) == (2, 1)


def test_values_of_both_are_ranked_together(version_of):
    before = pa.array(["a"] * 6 + ["b"] * 3 + [None])
    after = pa.array(["b"] * 4 + ["c"])
    found = pair(version_of, before, after)
    assert found.values == ("b", "a", "c")
    assert found.before.counts == (3, 6, 0)
    assert found.after.counts == (4, 0, 1)
    assert found.before.missing == 1


def test_a_column_that_became_text_is_compared_as_text(version_of):
    found = pair(version_of, [1, 2], ["1", "x"])
    assert (found.kind, found.values) == ("category", ("1", "2", "x"))


def test_dates_share_an_axis(version_of):
    found = pair(version_of, [date(2024, 1, 1)], [date(2024, 1, 31), None])
    assert found.kind == "date"
    assert found.before.counts[0] == 1
    assert found.after.counts[-1] == 1


def test_lists_and_unknown_columns_are_refused(version_of):
    with pytest.raises(ParameterError):
        pair(version_of, [[1]], [[2]])
    table = version_of({"c": [1]}).table
    with pytest.raises(ColumnError):
        column_pair(table, table, "d")


def test_columns_of_nothing_are_nothing(version_of):
    found = pair(version_of, pa.array([None, None], pa.int64()), pa.array([], pa.int64()))
    assert (found.before.missing, found.after.rows) == (2, 0)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(st.none() | st.floats(width=64), min_size=1, max_size=20),
    after=st.lists(st.none() | st.integers(-(2**62), 2**62), max_size=20),
    words=st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"])), max_size=20),
)
def test_every_row_is_somewhere(workspace, before, after, words):
    numbers = (pa.array(before, pa.float64()), pa.array(after, pa.int64()))
    texts = (pa.array(words, pa.string()), pa.array(words[:3], pa.string()))
    for arrays in (numbers, texts):
        tables = []
        for i, values in enumerate(arrays):
            pq.write_table(pa.table({"c": values}), workspace.root / "tmp" / f"{i}.parquet")
            tables.append(workspace.table(workspace.root / "tmp" / f"{i}.parquet"))
        found = column_pair(*tables, "c")
        for spread in (found.before, found.after):
            assert sum(spread.counts) + spread.missing + spread.other == spread.rows
        if found.kind == "category":
            assert len(found.values) <= MOST_VALUES
