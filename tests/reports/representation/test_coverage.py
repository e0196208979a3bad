"""Maximal uncovered patterns against brute force, and the limits of what is looked at."""

from itertools import combinations, pairwise, product

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.errors import Stopped
from audit.reports.representation import coverage as module
from audit.reports.representation import pattern_counts
from audit.reports.representation.axes import axis_of
from audit.reports.representation.coverage import coverage
from audit.store.rows import count

LAWS = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ADULT = (
    *("age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation"),
    *("relationship", "race", "sex", "capital-gain", "capital-loss", "hours-per-week"),
    *("native-country", "income"),
)
NINE = (
    *("workclass", "education", "marital-status", "occupation", "relationship", "race", "sex"),
    *("native-country", "income"),
)


@st.composite
def tables(draw):
    """Draw small tables of text, a few cells missing."""
    width = draw(st.integers(2, 4))
    values = st.sampled_from([*"abcd"[: draw(st.integers(1, 4))], None])
    rows = draw(st.lists(st.tuples(*[values] * width), max_size=60))
    return {f"c{i}": pa.array([row[i] for row in rows], pa.string()) for i in range(width)}


@pytest.fixture(params=["fetched", "by the engine"])
def way(request, monkeypatch):
    """Count the different combinations here, or in the engine by one set or all at once."""
    if request.param == "by the engine":
        monkeypatch.setattr(pattern_counts, "MOST_FETCHED", 0)


@pytest.fixture
def covered(version_of):
    """Measure the coverage of all columns of a table, and give the table with it."""

    def measure(data, *columns, min_cell=30, most_groups=60, edges=None, **options):
        table = version_of(data).table
        names = columns or tuple(c.name for c in table.columns)
        axes = tuple(
            axis_of(table, c, edges=(edges or {}).get(c), most_groups=most_groups) for c in names
        )
        return coverage(table, axes, min_cell=min_cell, **options)

    return measure


def brute_force(data, min_cell):
    """Look at every pattern there is, in plain Python; by pattern its rows."""
    names = list(data)
    rows = list(zip(*(data[name].to_pylist() for name in names), strict=True))
    domains = [sorted({row[i] for row in rows} - {None}) for i in range(len(names))]

    def matching(pattern):
        return sum(all(p in (None, v) for p, v in zip(pattern, row, strict=True)) for row in rows)

    found = {}
    for pattern in product(*([None, *domain] for domain in domains)):
        parents = [
            (*pattern[:i], None, *pattern[i + 1 :]) for i, p in enumerate(pattern) if p is not None
        ]
        n = matching(pattern)
        if parents and n < min_cell and all(matching(p) >= min_cell for p in parents):
            named = zip(names, pattern, strict=True)
            found[tuple((name, p) for name, p in named if p is not None)] = n
    return found


@LAWS
@given(data=tables(), min_cell=st.integers(1, 6))
def test_random_tables_equal_brute_force(data, min_cell, covered, way):
    found = covered(data, min_cell=min_cell)
    expected = brute_force(data, min_cell)
    assert {p.levels: p.n for p in found.patterns} == expected
    assert len(found.patterns) == found.total
    by_level = [sum(len(p) == k for p in expected) for k in range(1, len(data) + 1)]
    assert list(found.by_level) == by_level[: len(found.by_level)]
    assert not any(by_level[len(found.by_level) :])


@LAWS
@given(data=tables(), min_cell=st.integers(1, 6), most=st.integers(0, 20))
def test_a_list_is_cut_behind_the_most_general_and_rarest(data, min_cell, most, covered):
    whole = covered(data, min_cell=min_cell)
    cut = covered(data, min_cell=min_cell, most_patterns=most)
    assert cut.patterns == whole.patterns[:most]
    assert cut.by_level == whole.by_level
    said = f"Only {most} of the {whole.total} combinations found are listed."
    assert (said in cut.note) == (whole.total > most)


def random_table(columns=5, rows=400, seed=3):
    rng = np.random.default_rng(seed)
    return {
        f"c{i}": rng.choice(list("abcde"), rows, p=[0.4, 0.3, 0.2, 0.07, 0.03])
        for i in range(columns)
    }


def test_order_is_by_columns_named_then_rows_then_columns_and_levels(covered, way):
    data = random_table()
    found = covered(data)
    keys = [(len(p.levels), p.n) for p in found.patterns]
    assert keys == sorted(keys)
    assert {k for k, _ in keys} == {1, 2, 3}
    names = list(data)
    ranks = {name: list(pd.Series(values).value_counts().index) for name, values in data.items()}
    for first, second in pairwise(found.patterns):
        if (len(first.levels), first.n) == (len(second.levels), second.n):
            one, two = (
                ([names.index(c) for c, _ in p.levels], [ranks[c].index(v) for c, v in p.levels])
                for p in (first, second)
            )
            assert one < two
    assert covered(data) == found


def test_small_statements_give_the_same_as_large_ones(covered, monkeypatch):
    data = random_table()
    expected = covered(data)
    monkeypatch.setattr(pattern_counts, "MOST_FETCHED", 0)
    for limit, size in (("MOST_SETS", 1), ("MOST_SETS", 2), ("MOST_GROUPS", 100)):
        with monkeypatch.context() as patch:
            patch.setattr(pattern_counts, limit, size)
            assert covered(data) == expected


def test_the_rows_of_a_pattern_can_be_shown(version_of):
    table = version_of(random_table()).table
    axes = tuple(axis_of(table, c.name) for c in table.columns)
    found = coverage(table, axes, min_cell=30)
    assert found.patterns[0].n > 0
    assert all(count(table, p.where) == p.n for p in found.patterns[:40])


def test_missing_and_rest_are_counted_but_never_named(covered, way):
    few = {"a": ["x"] * 50 + ["y"] * 50 + ["z"] + [None] * 2, "b": ["u"] * 60 + ["v"] * 43}
    found = covered(few, min_cell=5, most_groups=2)
    assert [(p.levels, p.n) for p in found.patterns] == [((("a", "x"), ("b", "v")), 0)]
    assert found.by_level == (0, 1)
    rare = covered({"a": few["a"], "b": [None] * 100 + ["v"] * 3}, min_cell=3, most_groups=3)
    assert [(p.levels, p.n) for p in rare.patterns] == [
        ((("a", "z"),), 1),
        ((("a", "x"), ("b", "v")), 0),
        ((("a", "y"), ("b", "v")), 0),
    ]


def test_a_column_without_any_value_leaves_the_others(covered, way):
    data = {"a": ["x"] * 9 + ["y"], "b": pa.array([None] * 10, pa.string())}
    found = covered(data, min_cell=2)
    assert [(p.levels, p.n) for p in found.patterns] == [((("a", "y"),), 1)]


def test_an_empty_bin_is_uncovered(covered, way):
    data = {"n": [1, 2, 3, 30, 31, 32, None] * 10, "s": ["f", "m"] * 35}
    found = covered(data, min_cell=10, edges={"n": (10.0, 20.0)})
    assert [(p.levels, p.n) for p in found.patterns] == [((("n", "10-19"),), 0)]
    assert found.by_level == (1, 0)


def test_fewer_rows_than_a_cell_needs_are_said_and_not_listed(covered):
    found = covered({"a": ["x"] * 7}, min_cell=30)
    assert (found.patterns, found.by_level, found.total) == ((), (), 0)
    assert found.note == "7 rows in all are fewer than 30: nothing is covered."
    assert not covered({"a": pa.array([], pa.string())}, min_cell=1).patterns


def test_no_columns_are_no_patterns(version_of):
    found = coverage(version_of({"a": ["x"] * 7}).table, (), min_cell=3)
    assert (found.patterns, found.note) == ((), "No columns were chosen.")


@pytest.mark.parametrize(
    ("limit", "size", "columns", "reason"),
    [
        ("MOST_TRIED", 100, "1 column", "more than 100 would have to be tried"),
        ("MOST_VISITED", 2000, "1 column", "10 sets of columns in"),
        ("LARGEST_KEY", 124, "2 columns", "they are too many to be numbered"),
    ],
)
def test_a_level_too_large_is_not_looked_at_and_said(
    covered, monkeypatch, limit, size, columns, reason
):
    data = random_table()
    whole = covered(data)
    monkeypatch.setattr(module, limit, size)
    found = covered(data)
    levels = int(columns[0])
    assert found.note.startswith(f"Combinations of more than {columns} were not looked at: ")
    assert reason in found.note
    assert found.by_level == whole.by_level[:levels]
    assert found.patterns == tuple(p for p in whole.patterns if len(p.levels) <= levels)


def test_progress_is_told_by_level_and_may_stop_the_work(covered):
    told = []
    covered(random_table(3), progress=lambda share, note="": told.append((share, note)))
    assert told[0] == (0.0, "coverage of 1 column at a time")
    assert told[1][1] == "coverage of 2 columns at a time"
    assert told[-1] == (1.0, "coverage")
    assert sorted(told) == told

    def stop(share, note=""):
        if share:
            message = "The work was stopped."
            raise Stopped(message)

    with pytest.raises(Stopped):
        covered(random_table(3), progress=stop)


@pytest.fixture
def adult(shared):
    parts = [
        pd.read_csv(shared("adult_uci") / name, names=ADULT, skiprows=skip, skipinitialspace=True)
        for name, skip in (("adult.data", 0), ("adult.test", 1))
    ]
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(income=frame["income"].str.rstrip("."))[list(NINE)]


def test_adult_with_nine_columns_obeys_the_law(covered, adult):
    found = covered(adult, most_patterns=100_000)
    assert found.note == ""
    assert len(found.patterns) == found.total == len({p.levels for p in found.patterns})

    def matching(levels):
        return int(np.logical_and.reduce([adult[c] == v for c, v in levels]).sum())

    drawn = np.random.default_rng(1).choice(found.total, 150, replace=False)
    for pattern in (found.patterns[i] for i in drawn):
        assert matching(pattern.levels) == pattern.n < 30
        for parent in combinations(pattern.levels, len(pattern.levels) - 1):
            assert not parent or matching(parent) >= 30


def test_adult_has_every_pattern_of_one_and_two_columns(covered, adult):
    five = ("workclass", "education", "race", "native-country", "income")
    found = covered(adult, *five, most_patterns=100_000)
    singles = {c: adult[c].value_counts() for c in five}
    expected = {((c, v),): n for c, s in singles.items() for v, n in s.items() if n < 30}
    for a, b in combinations(five, 2):
        table = pd.crosstab(adult[a], adult[b])
        for (v, w), n in table.stack().items():
            if n < 30 <= min(singles[a][v], singles[b][w]):
                expected[((a, v), (b, w))] = n
    assert {p.levels: p.n for p in found.patterns if len(p.levels) <= 2} == expected


def test_adult_is_counted_alike_in_the_engine(covered, adult, monkeypatch):
    fetched = covered(adult, *NINE[:6])
    monkeypatch.setattr(pattern_counts, "MOST_FETCHED", 1000)
    assert covered(adult, *NINE[:6]) == fetched
