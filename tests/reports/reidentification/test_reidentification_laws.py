"""The report against a second implementation: rows compared one by one, in plain pandas."""

from itertools import combinations
from math import exp, log

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.model import silent
from audit.reports.reidentification import Options
from audit.reports.reidentification.classes import Key, classes_of, read_cells
from audit.reports.reidentification.disclosures import disclosures, ordered_of
from audit.reports.reidentification.drivers import drivers, unique_sets
from audit.reports.reidentification.risks import risk_of
from audit.reports.reidentification.what_if import what_if

KNOWN = ["a", "b", "c", "d"]

rows = st.lists(
    st.tuples(
        st.sampled_from(["x", "y", "", None]),
        st.sampled_from([1, 2, None]),
        st.sampled_from([0.0, -0.0, 1.5, float("nan"), float("inf"), None]),
        st.sampled_from([True, False, None]),
        st.sampled_from(["p", "q", "r", None]),
        st.sampled_from([1, 2, 5, None]),
    ),
    min_size=1,
    max_size=14,
)
slow = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def _frame(drawn):
    types = (pa.string(), pa.int32(), pa.float64(), pa.bool_(), pa.string(), pa.int64())
    columns = zip([*KNOWN, "ill", "pay"], zip(*drawn, strict=True), types, strict=True)
    return pa.table({name: pa.array(list(v), t, from_pandas=False) for name, v, t in columns})


def _same(one, other):
    return one == other or (one != one and other != other)


def _members(drawn, which, rule):
    """For each row the rows of its class, by comparing every two."""

    def fits(one, other):
        if rule == "wildcard" and (one is None or other is None):
            return True
        return (one is None) == (other is None) and (one is None or _same(one, other))

    return [
        [j for j, other in enumerate(drawn) if all(fits(row[i], other[i]) for i in which)]
        for row in drawn
    ]


def _shares(values):
    return (
        pd.Series(values, dtype=object).map(lambda v: (v is None, v)).value_counts(normalize=True)
    )


def _t_nominal(inside, whole):
    q, p = _shares(inside), _shares(whole)
    return 0.5 * sum(abs(q.get(v, 0) - p[v]) for v in p.index)


def _t_ordered(inside, whole):
    inside, whole = ([v for v in values if v is not None] for values in (inside, whole))
    values = sorted(set(whole))
    if not inside or len(values) < 2:
        return 0.0
    q, p = (np.array([v.count(x) / len(v) for x in values]) for v in (inside, whole))
    return np.abs(np.cumsum(q - p)).sum() / (len(values) - 1)


@pytest.fixture
def measured(version_of):
    def measure(drawn, rule):
        table = version_of(_frame(drawn)).table
        attributes = ("ill", "pay")
        ordered = ordered_of(table, Options(), attributes)
        cells = read_cells(table, [Key(column=c) for c in KNOWN], attributes, ordered=ordered)
        classes, of_cell = classes_of(cells, rule)
        return table, cells, classes, of_cell

    return measure


@slow
@given(drawn=rows, rule=st.sampled_from(["value", "wildcard"]))
def test_class_sizes_are_those_of_rows_compared_one_by_one(measured, drawn, rule):
    table, _, classes, _ = measured(drawn, rule)
    sizes = [len(m) for m in _members(drawn, range(4), rule)]
    risk = risk_of(classes)
    assert risk.k == min(sizes)
    assert risk.rows == len(drawn)
    assert risk.uniques == sizes.count(1)
    assert risk.average == pytest.approx(np.mean([1 / s for s in sizes]))
    assert risk.by_rows == tuple((s, sizes.count(s)) for s in sorted(set(sizes)))
    assert what_if(table, KNOWN, Options(missing=rule)).by_rows == risk.by_rows


@slow
@given(drawn=rows, rule=st.sampled_from(["value", "wildcard"]))
def test_each_column_left_out_leaves_the_classes_of_the_others(measured, drawn, rule):
    _, _, classes, _ = measured(drawn, rule)
    for driver in drivers(classes, silent):
        left = [i for i, name in enumerate(KNOWN) if name != driver.column]
        sizes = [len(m) for m in _members(drawn, left, rule)]
        assert driver.without.by_rows == tuple((s, sizes.count(s)) for s in sorted(set(sizes)))


@slow
@given(drawn=rows, rule=st.sampled_from(["value", "wildcard"]))
def test_minimal_unique_sets_are_those_found_by_trying_all(measured, drawn, rule):
    _, _, classes, _ = measured(drawn, rule)
    unique = {
        which: {i for i, m in enumerate(_members(drawn, which, rule)) if len(m) == 1}
        for size in range(1, 4)
        for which in combinations(range(4), size)
    }
    expected = {}
    for which, numbers in unique.items():
        parts = (p for size in range(1, len(which)) for p in combinations(which, size))
        left = numbers - set().union(*(unique[p] for p in parts))
        if left:
            expected[tuple(KNOWN[i] for i in which)] = (len(left), min(left))
    found, note = unique_sets(classes, Options(), silent)
    assert {s.columns: (s.rows, s.row_number) for s in found} == expected
    assert not note
    assert [s.rows for s in found] == sorted((s.rows for s in found), reverse=True)


@slow
@given(drawn=rows, rule=st.sampled_from(["value", "wildcard"]))
def test_disclosure_is_that_of_each_class_by_itself(measured, drawn, rule):
    _, cells, classes, of_cell = measured(drawn, rule)
    members = _members(drawn, range(4), rule)
    for told, place, distance in zip(
        disclosures(cells, classes, of_cell), (4, 5), (_t_nominal, _t_ordered), strict=True
    ):
        whole = [row[place] for row in drawn]
        inside = [[whole[j] for j in m] for m in members]
        shares = [_shares(values) for values in inside]
        assert told.l_diversity == min(len(s) for s in shares)
        assert told.alpha == pytest.approx(max(s.max() for s in shares))
        entropy = min(-sum(p * log(p) for p in s) for s in shares)
        assert told.entropy_l == pytest.approx(exp(entropy))
        assert told.homogeneous_rows == sum(
            len(s) == 1 and len(v) > 1 for s, v in zip(shares, inside, strict=True)
        )
        assert told.distinct == len(_shares(whole))
        if told.t is not None:
            assert told.t == pytest.approx(max(distance(v, whole) for v in inside), abs=1e-12)


def test_many_values_in_an_order_keep_their_distance(version_of):
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"zip": rng.integers(0, 40, 3000), "pay": rng.normal(size=3000).round(2)})
    table = version_of(frame).table
    cells = read_cells(table, [Key(column="zip")], ["pay"], ordered=["pay"])
    (told,) = disclosures(cells, *classes_of(cells, "value"))
    whole = frame["pay"].tolist()
    by_class = (g["pay"].tolist() for _, g in frame.groupby("zip"))
    assert told.t == pytest.approx(max(_t_ordered(v, whole) for v in by_class), abs=1e-12)


def test_codes_beyond_64_bits_tell_rows_apart(version_of):
    rng = np.random.default_rng(5)
    base = rng.integers(0, 3000, (4000, 7))
    frame = pd.DataFrame(np.vstack([base, base[:1000]]), columns=list("abcdefg"))
    table = version_of(frame).table
    cells = read_cells(table, [Key(column=c) for c in frame], [])
    classes, _ = classes_of(cells, "value")
    counted = frame.groupby(list(frame)).size().value_counts().sort_index()
    assert risk_of(classes).sizes == tuple(counted.items())
    for driver in drivers(classes, silent):
        left = frame.drop(columns=driver.column)
        counted = left.groupby(list(left)).size().value_counts().sort_index()
        assert driver.without.sizes == tuple(counted.items())
