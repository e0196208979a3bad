"""One column in depth, against pandas."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from audit.errors import ColumnError
from audit.reports.distribution.detail import duplicate_groups, examples, histogram_by


@pytest.fixture
def frame():
    rng = np.random.default_rng(11)
    group = rng.choice(["a", "b", "c", "d", None], p=[0.4, 0.3, 0.15, 0.1, 0.05], size=2000)
    number = np.where(rng.random(2000) < 0.1, np.nan, rng.normal(size=2000))
    return pd.DataFrame({"g": group, "x": number, "k": rng.integers(0, 4, 2000)})


def test_a_histogram_is_split_by_the_largest_groups(frame, measured, version_of):
    edges = measured(frame).column("x").numbers.histogram.edges
    split = histogram_by(version_of(frame).table, "x", "g", edges=edges, most_groups=3)
    assert [g.value for g in split.groups] == ["a", "b", "c", None]
    assert [g.is_rest for g in split.groups] == [False, False, False, True]
    for group in split.groups:
        part = (
            frame[~frame.g.isin(["a", "b", "c"])]
            if group.is_rest
            else frame[frame.g == group.value]
        )
        expected, _ = np.histogram(part.x.dropna(), bins=np.array(edges))
        assert list(group.counts) == expected.tolist()
        assert group.other == part.x.isna().sum()
        assert group.rows == len(part)


def test_a_missing_group_is_a_group_of_its_own(frame, version_of):
    split = histogram_by(version_of(frame).table, "k", "g", values=[0, 1, 2], most_groups=9)
    missing = split.groups[-1]
    assert (missing.value, missing.is_rest) == (None, False)
    part = frame[frame.g.isna()]
    assert list(missing.counts) == [(part.k == i).sum() for i in (0, 1, 2)]
    assert missing.other == (part.k == 3).sum()
    assert sum(g.rows for g in split.groups) == 2000


@pytest.mark.parametrize(
    ("column", "values", "counts"),
    [("t", ["x", "{t}"], (2, 1)), ("b", [True, False], (1, 2)), ("d", ["2024-01-02"], (1,))],
)
def test_values_of_every_kind_are_counted(column, values, counts, version_of):
    table = version_of(
        {
            "t": ["x", "x", "{t}"],
            "b": [True, False, False],
            "d": [date(2024, 1, 2), date(2024, 1, 3), None],
            "g": ["all"] * 3,
        }
    ).table
    (group,) = histogram_by(table, column, "g", values=values).groups
    assert group.counts == counts
    assert group.rows == 3


def test_a_column_that_is_not_there_is_an_error(version_of):
    table = version_of({"x": [1]}).table
    with pytest.raises(ColumnError):
        histogram_by(table, "x", "y", values=[1])
    with pytest.raises(ValueError, match="either"):
        histogram_by(table, "x", "x")


def test_examples_are_different_values_drawn_by_seed(version_of):
    table = version_of({"t": [f"v{i % 40}" for i in range(400)] + [None]}).table
    first = examples(table, "t", n=8, seed=1)
    assert len(set(first)) == 8
    assert first == examples(table, "t", n=8, seed=1)
    assert first != examples(table, "t", n=8, seed=2)
    assert len(examples(table, "t", n=100)) == 40


def test_sets_of_equal_rows_come_largest_first(version_of):
    rows = ["a", "b", "a", "c", "b", "a", None, None]
    table = version_of(pa.table({"t": rows, "rows of the set": [1.0] * 8})).table
    page = duplicate_groups(table, limit=2)
    assert page.total == 3
    assert [(s.count, s.first_row, s.cells) for s in page.sets] == [
        (3, 0, ("a", 1.0)),
        (2, 1, ("b", 1.0)),
    ]
    (last,) = duplicate_groups(table, limit=2, offset=2).sets
    assert (last.count, last.first_row, last.cells) == (2, 6, (None, 1.0))


def test_no_equal_rows(version_of):
    assert duplicate_groups(version_of({"i": [1, 2]}).table).total == 0
