"""The flat stream of measures: names, denominators, intervals, reasons."""

from datetime import date

import pyarrow as pa
import pytest
from scipy import stats as peer

from audit import registry


@pytest.fixture
def report(measured):
    return measured(
        pa.table(
            {
                "n": [1.0, 2.0, 3.0, 40.0, None, 1.0],
                "t": ["a", "?", " ", "b", "b", None],
                "b": [True, True, False, None, None, None],
                "d": [date(2024, 1, 1), date(2024, 1, 4), date(2030, 1, 1), None, None, None],
                "one": [7, 7, 7, 7, 7, 7],
                "m": [1, 2, 2, 3, 5, 4],
            }
        )
    )


def find(report, name, *columns, **group):
    (measure,) = (
        m for m in report.measures() if (m.name, m.columns, dict(m.group)) == (name, columns, group)
    )
    return measure


def test_the_table_comes_first(report):
    found = {m.name: m.value for m in report.measures() if not m.columns}
    assert found == {
        "rows": 6,
        "columns": 6,
        "bytes": report.size_bytes,
        "duplicate_rows": 0,
        "rows_with_missing": 3,
    }
    assert report.size_bytes > 0


def test_a_share_has_its_denominator_and_its_wilson_interval(report):
    share = find(report, "missing_share", "n")
    expected = peer.binomtest(1, 6).proportion_ci(method="wilson")
    assert (share.value, share.n, share.unit, share.method) == (1 / 6, 6, "share", "wilson")
    assert (share.low, share.high) == pytest.approx((expected.low, expected.high), abs=1e-6)
    assert (find(report, "true_share", "b").value, find(report, "true_share", "b").n) == (2 / 3, 3)


def test_names_are_those_of_the_documentation(report):
    names = {m.name for m in report.measures()}
    documented = """rows columns bytes duplicate_rows rows_with_missing missing missing_share blank
        null_tokens distinct mean standard_deviation variance minimum maximum quantile iqr mad
        zeros negatives infinite outliers far_outliers skewness kurtosis entropy mode_share
        true_share length_minimum length_mean length_maximum pearson cramers_v spearman
        correlation_ratio future_dates gaps"""
    assert set(documented.split()) - names == set()


def test_quantiles_and_tokens_carry_their_group(report):
    assert find(report, "quantile", "n", q="0.5").value == 2
    assert find(report, "quantile", "n", q="0.25").value == 1
    assert find(report, "null_tokens", "t", value="?").value == 1
    assert find(report, "blank", "t").value == 1
    assert find(report, "future_dates", "d").value == 1


def test_what_is_not_defined_has_a_reason(report):
    skewness = find(report, "skewness", "one")
    assert (skewness.value, bool(skewness.reason)) == (None, True)
    for measure in report.measures():
        assert (measure.value is None) == bool(measure.reason), measure


def test_an_estimate_is_marked_and_has_bounds(measured):
    table = pa.table({"t": [f"v{i % 900}" for i in range(1000)]})
    distinct = find(measured(table, exact_rows=0, counted_values=0), "distinct", "t")
    assert distinct.approximate
    assert distinct.low < distinct.value < distinct.high


def test_the_report_is_registered_with_a_docstring_of_substance():
    spec = registry.reports()["distribution"]
    assert len(spec.doc) > 200
    assert spec.options()
