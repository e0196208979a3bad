"""Quality by group against plain second implementations, and what takes no part in it."""

import math
from collections import Counter

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from audit.model import ColumnRole, Role, RoleMap
from audit.reports.representation import Options, quality_repeats
from audit.reports.representation.axes import axis_of
from audit.reports.representation.quality import quality
from audit.reports.representation.quality_values import welch_anova
from audit.stats import newcombe_difference, wilson_interval
from audit.store import Table
from tests.conftest import ROOT

LAWS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

GROUPS = st.sampled_from([None, "a", "b", "a0", "ä"])
CODES = st.sampled_from([None, 1, 2, 30])
FLOATS = st.one_of(
    st.sampled_from([None, -0.0, 0.0, math.nan, math.inf, -math.inf, 1e6]),
    st.integers(-20, 20).map(float),
)
WHOLE = st.one_of(st.none(), st.integers(-30, 30), st.sampled_from([900, -900]))
TEXTS = st.sampled_from([None, "", "x", "äöü", "n o t e", "🙂🙂"])
TABLES = st.lists(st.tuples(GROUPS, CODES, FLOATS, WHOLE, TEXTS), min_size=1, max_size=60)
NAMES = ("k0", "n", "a0", "v", "h")
"""Names that the statements use themselves."""


def measured(version, sensitive, *, min_group=1, most_groups=20, **roles):
    table = version.table
    axes = tuple(axis_of(table, column, most_groups=most_groups) for column in sensitive)
    stated = [ColumnRole(column=column, roles=(Role(r),)) for column, r in roles.items()]
    options = Options(min_group=min_group)
    return quality(table, axes, RoleMap(columns=tuple(stated)), options)


def one(entries, kind, column, by):
    (found,) = [e for e in entries if (e.kind, e.column, e.by) == (kind, column, by)]
    return found


def values_of(entry):
    return {name: (e.value, e.n) for name, e in entry.groups}


def key(value):
    return "nan" if isinstance(value, float) and math.isnan(value) else value


def group_name(value):
    return "(missing)" if value is None else str(value)


def shares(rows, by, hit, counted=lambda row: True):
    n = Counter(group_name(row[by]) for row in rows if counted(row))
    hits = Counter(group_name(row[by]) for row in rows if counted(row) and hit(row))
    names = {group_name(row[by]) for row in rows}
    return {g: (hits[g] / n[g] if n[g] else None, n[g]) for g in names}


@LAWS
@given(rows=TABLES)
def test_shares_and_means_equal_a_plain_second_implementation(rows, version_of):
    types = (pa.string(), pa.int64(), pa.float64(), pa.int64(), pa.string())
    columns = [pa.array(c, t) for c, t in zip(zip(*rows, strict=True), types, strict=True)]
    version = version_of(pa.table(dict(zip(NAMES, columns, strict=True))))
    found = measured(version, ("k0", "n"), h="free-text")
    places = {"k0": 0, "n": 1}
    cells = [tuple(map(key, row)) for row in rows]
    tagged = [(*row, cells[i] in cells[:i]) for i, row in enumerate(rows)]
    for by, place in places.items():
        assert values_of(one(found, "duplicate_share", None, by)) == shares(
            tagged, place, lambda row: row[5]
        )
        for i, name in enumerate(NAMES):
            entries = [e for e in found if (e.kind, e.column, e.by) == ("missing_share", name, by)]
            expected = name != by and any(row[i] is None for row in rows)
            assert len(entries) == expected
            if expected:
                misses = shares(rows, place, lambda row, i=i: row[i] is None)
                assert values_of(entries[0]) == misses
        for i, name in ((2, "a0"), (3, "v")):
            finite = [row[i] for row in rows if row[i] is not None and math.isfinite(row[i])]
            entries = [e for e in found if (e.kind, e.column, e.by) == ("outlier_share", name, by)]
            distinct = {key(row[i]) for row in rows if row[i] is not None}
            q25, q75 = np.quantile(finite, [0.25, 0.75]) if finite else (0, 0)
            assert len(entries) == (len(distinct) > 12 and q25 < q75)
            if entries:
                low, high = q25 - 1.5 * (q75 - q25), q75 + 1.5 * (q75 - q25)
                outside = shares(
                    rows,
                    place,
                    lambda row, i=i, low=low, high=high: not low <= row[i] <= high,
                    lambda row, i=i: row[i] is not None and math.isfinite(row[i]),
                )
                assert values_of(entries[0]) == outside
        for name, estimate in one(found, "length_mean", "h", by).groups:
            lengths = [
                len(row[4]) for row in rows if group_name(row[place]) == name and row[4] is not None
            ]
            assert estimate.n == len(lengths)
            if lengths:
                assert estimate.value == pytest.approx(np.mean(lengths), rel=1e-12)
            if len(lengths) > 1:
                half = 1.959964 * scipy_stats.sem(lengths)
                assert estimate.high - estimate.value == pytest.approx(half, rel=1e-9, abs=1e-12)
                assert estimate.value - estimate.low == pytest.approx(half, rel=1e-9, abs=1e-12)


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(11)
    n = 3000
    sex = rng.choice(["f", "m", "x"], n, p=[0.45, 0.52, 0.03])
    income = rng.lognormal(10, 0.5, n).round(2)
    income[rng.random(n) < np.where(sex == "f", 0.2, 0.1)] = np.nan
    return pd.DataFrame(
        {
            "sex": sex,
            "region": rng.choice(["n", "s", "e", "w"], n),
            "income": income,
            "debt": np.where(rng.random(n) < 0.02, np.nan, rng.normal(size=n)),
            "note": [
                "x" * k for k in rng.poisson(np.where(sex == "m", 9, 12)) * rng.integers(1, 4, n)
            ],
        }
    )


def test_a_gap_is_that_of_the_extreme_groups_with_a_newcombe_interval(frame, version_of):
    entry = one(
        measured(version_of(frame), ("sex",), min_group=100), "missing_share", "income", "sex"
    )
    grouped = frame["income"].isna().groupby(frame["sex"])
    share, hits, n = grouped.mean(), grouped.sum(), grouped.size()
    assert (entry.highest, entry.lowest) == ("f", "m")
    assert entry.gap.name == "missing_share_gap"
    assert entry.gap.value == pytest.approx(share["f"] - share["m"], abs=1e-12)
    ends = newcombe_difference(int(hits["f"]), int(n["f"]), int(hits["m"]), int(n["m"]))
    assert (entry.gap.low, entry.gap.high) == ends
    for name, estimate in entry.groups:
        low, high = wilson_interval(int(hits[name]), int(n[name]))
        assert (estimate.value, estimate.low, estimate.high) == (hits[name] / n[name], low, high)
    # 'x' is shown, and has no say: it has fewer rows than a verdict takes.
    assert n["x"] < 100
    assert "x" in dict(entry.groups)


def test_p_values_are_those_of_scipy_corrected_over_all_entries_of_a_kind(frame, version_of):
    entries = measured(version_of(frame), ("sex", "region"), note="free-text")
    raw = []
    missing = [e for e in entries if e.kind == "missing_share"]
    assert [(e.by, e.column) for e in missing] == [
        (by, column) for by in ("sex", "region") for column in ("income", "debt")
    ]
    for e in missing:
        table = pd.crosstab(frame[e.by], frame[e.column].isna())
        raw.append(scipy_stats.chi2_contingency(table, correction=False).pvalue)
    adjusted = scipy_stats.false_discovery_control(raw)
    assert [e.p_value for e in missing] == pytest.approx(adjusted, rel=1e-9)
    lengths = [e for e in entries if e.kind == "length_mean"]
    raw = [
        scipy_stats.f_oneway(
            *(part.str.len() for _, part in frame["note"].groupby(frame[e.by])), equal_var=False
        ).pvalue
        for e in lengths
    ]
    adjusted = scipy_stats.false_discovery_control(raw)
    assert [e.p_value for e in lengths] == pytest.approx(adjusted, rel=1e-6)
    assert adjusted[0] < 0.001 < adjusted[1]


def test_welch_needs_two_groups_that_vary():
    assert welch_anova([10], [1.0], [2.0]) is None
    assert welch_anova([10, 10], [1.0, 2.0], [0.0, 1.0]) is None
    assert welch_anova([10, 1], [1.0, 2.0], [1.0, None]) is None


def test_one_large_group_has_no_gap_and_says_why(frame, version_of):
    for entry in measured(version_of(frame), ("sex",), min_group=1400, note="free-text"):
        assert entry.gap.value is entry.p_value is entry.highest is entry.lowest is None
        assert entry.gap.reason == "Fewer than two groups are large enough."
        assert entry.gap.name == f"{entry.kind}_gap"
        assert all(e.value is not None for _, e in entry.groups)


def test_missing_and_rest_are_shown_and_not_compared(version_of):
    group = ["a"] * 40 + ["b"] * 30 + ["c"] * 20 + [None] * 50
    version = version_of({"g": group, "x": [1] * 70 + [None] * 70})
    entry = one(measured(version, ("g",), most_groups=2), "missing_share", "x", "g")
    assert values_of(entry) == {
        "a": (0.0, 40),
        "b": (0.0, 30),
        "(other values)": (1.0, 20),
        "(missing)": (1.0, 50),
    }
    assert entry.gap.value == 0.0


def test_a_number_on_the_fence_is_inside(version_of):
    """Quartiles 24 and 76: the fence is at -54 and 154."""
    x = [*range(101), -54, 154, -55, 155.0]
    group = ["middle"] * 101 + ["on"] * 2 + ["beyond"] * 2
    entry = one(measured(version_of({"g": group, "x": x}), ("g",)), "outlier_share", "x", "g")
    assert values_of(entry) == {"middle": (0.0, 101), "on": (0.0, 2), "beyond": (1.0, 2)}
    assert (entry.highest, entry.gap.value) == ("beyond", 1.0)


def test_a_group_without_a_number_has_no_outlier_share(version_of):
    version = version_of(
        {"g": ["a"] * 50 + ["b"] * 50, "x": pa.array([*range(49), 900] + [None] * 50, pa.int16())}
    )
    groups = dict(one(measured(version, ("g",)), "outlier_share", "x", "g").groups)
    assert groups["a"].value == 1 / 50
    assert (groups["b"].value, groups["b"].n) == (None, 0)
    assert groups["b"].reason


def test_only_what_measures_something_has_outliers(version_of):
    n = 400
    spread = np.random.default_rng(5).normal(size=n)
    columns = {
        "g": ["a", "b"] * (n // 2),
        "height": spread,
        "code": np.arange(n) % 12,
        "thirteen": np.arange(n) % 13,
        "mostly_zero": np.where(np.arange(n) % 5 == 0, np.arange(n), 0),
        "same": [7.5] * n,
        "nothing": pa.array([None] * n, pa.float64()),
        "wide": pa.array([10**30 * i for i in range(n)], pa.decimal128(38, 0)),
    }
    roles = {
        "id": "direct-identifier",
        "w": "weight",
        "s": "score",
        "p": "prediction",
        "part": "split",
        "y": "label",
    }
    columns |= dict.fromkeys(roles, spread)
    found = measured(version_of(columns), ("g",), **roles)
    assert [e.column for e in found if e.kind == "outlier_share"] == [
        "height",
        "thirteen",
        "wide",
        "y",
    ]


DUPLICATES = {
    "no row twice": np.arange(2000),
    "a few rows twice": np.r_[np.arange(1950), np.arange(50)],
    "most rows many times": np.arange(2000) % 37,
}


@pytest.mark.parametrize("ids", DUPLICATES.values(), ids=DUPLICATES)
@pytest.mark.parametrize("limits", [{}, {"MOST_NAMED": 0}, {"PART_CELLS": 60}])
def test_duplicates_are_those_of_pandas_however_many_there_are(
    ids, limits, version_of, monkeypatch
):
    for name, value in limits.items():
        monkeypatch.setattr(quality_repeats, name, value)
    data = pd.DataFrame({"id": ids, "n": ids % 3 == 0, "g": (ids % 5).astype(str)})
    data.loc[data["g"] == "4", "g"] = None
    again = data.duplicated().groupby(data["g"].fillna("(missing)"))
    entry = one(measured(version_of(data), ("g",)), "duplicate_share", None, "g")
    assert values_of(entry) == {
        name: (share, int(again.size()[name])) for name, share in again.mean().items()
    }


def test_the_number_of_statements_does_not_depend_on_the_columns(version_of, monkeypatch):
    asked = []
    statement = Table._statement
    monkeypatch.setattr(
        Table, "_statement", lambda self, *a: asked.append(a) or statement(self, *a)
    )
    rng = np.random.default_rng(2)

    def statements(columns):
        data = {f"x{i}": rng.normal(size=300).round(1) for i in range(columns)}
        data |= {f"t{i}": [None, "ab", "c"] * 100 for i in range(columns)}
        version = version_of({"g": ["a", "b", "c"] * 100, "id": range(300), **data})
        axis = axis_of(version.table, "g")
        roles = RoleMap(
            columns=tuple(
                ColumnRole(column=f"t{i}", roles=(Role.FREE_TEXT,)) for i in range(columns)
            )
        )
        asked.clear()
        found = quality(version.table, (axis,), roles, Options())
        assert len(found) == 2 + 3 * columns
        return len(asked)

    assert statements(2) == statements(30) <= 8


def test_nothing_is_measured_without_groups_or_rows(version_of):
    assert measured(version_of({"g": ["a"], "x": [1]}), ()) == ()
    assert measured(version_of({"g": pa.array([], pa.string())}), ("g",)) == ()


def test_the_planted_gap_of_the_loans_is_found(version_of):
    data = pa_csv.read_csv(ROOT / "sample_data" / "loans.csv")
    found = measured(version_of(data), ("gender", "ethnicity"), min_group=100, notes="free-text")
    plain = data.to_pandas()
    entry = one(found, "missing_share", "annual_income", "gender")
    share = plain["annual_income"].isna().groupby(plain["gender"]).mean()
    assert (entry.highest, entry.lowest) == ("Female", "Male")
    assert entry.gap.value == pytest.approx(share["Female"] - share["Male"], abs=1e-12)
    assert entry.gap.low > 0.03
    assert entry.p_value < 1e-20
    assert one(found, "missing_share", "annual_income", "ethnicity").p_value > 0.05
    again = one(found, "duplicate_share", None, "gender")
    # As many copies as loans_truth.json says were planted.
    assert sum(round(e.value * e.n) for _, e in again.groups) == 120
