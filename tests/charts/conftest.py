"""Report values as the distribution report would give them, small and known."""

from dataclasses import replace

import pytest

from audit.reports.distribution.values import (
    Column,
    Dates,
    Distribution,
    Histogram,
    Numbers,
    Pair,
    Pattern,
    Text,
    ValueCount,
)

HOSTILE = '<img src=x onerror=alert(1)><a href="http://e.example">![x](http://e.example)</a>'


@pytest.fixture
def ages() -> Column:
    """Ages 17 to 90, 5 of 105 missing, one outlier."""
    return Column(
        name="age",
        type="BIGINT",
        kind="number",
        n=105,
        missing=5,
        distinct=40,
        distinct_method="exact",
        top=(ValueCount(value=37, count=12), ValueCount(value=17, count=3)),
        numbers=Numbers(
            minimum=17,
            maximum=90,
            mean=38.6,
            standard_deviation=13.6,
            variance=186.1,
            skewness=0.56,
            kurtosis=-0.18,
            quantiles=(
                (0.01, 17),
                (0.05, 19),
                (0.25, 28),
                (0.5, 37),
                (0.75, 48),
                (0.95, 63),
                (0.99, 74),
            ),
            quantile_method="exact",
            iqr=20,
            mad=10,
            zeros=0,
            negatives=0,
            infinite=0,
            not_a_number=0,
            fence_low=-2,
            fence_high=78,
            outliers=1,
            far_outliers=0,
            histogram=Histogram(edges=(17, 35.25, 53.5, 71.75, 90), counts=(40, 45, 13, 2)),
            log_histogram=Histogram(edges=(10, 31.6, 100), counts=(30, 70), log=True),
        ),
    )


@pytest.fixture
def sexes() -> Column:
    """Three spellings, one of them padded, one of them hostile."""
    return Column(
        name="sex",
        type="VARCHAR",
        kind="text",
        n=100,
        missing=0,
        distinct=3,
        distinct_method="exact",
        top=(
            ValueCount(value="Male", count=60),
            ValueCount(value="male ", count=30),
            ValueCount(value=HOSTILE, count=10),
        ),
        text=Text(
            length_minimum=4,
            length_mean=12.0,
            length_maximum=82,
            blank=0,
            padded=30,
            number_text=0,
            date_text=0,
            letters=60,
            digits=0,
            mixed=0,
            words_mean=1.0,
        ),
    )


@pytest.fixture
def joined() -> Column:
    """Four months, the two in the middle without rows."""
    return Column(
        name="joined",
        type="DATE",
        kind="date",
        n=9,
        missing=0,
        distinct=9,
        distinct_method="exact",
        dates=Dates(
            minimum="2023-11-03",
            maximum="2024-02-28",
            range_days=117,
            future=0,
            as_of="2026-01-01T00:00:00",
            period="month",
            periods=(("2023-11-01", 5), ("2023-12-01", 0), ("2024-01-01", 0), ("2024-02-01", 4)),
            gaps=2,
            longest_gap=2,
        ),
    )


@pytest.fixture
def report(ages: Column, sexes: Column, joined: Column) -> Distribution:
    sexes = replace(sexes, missing=20)
    return Distribution(
        rows=105,
        columns=(ages, sexes, joined),
        size_bytes=4096,
        duplicate_rows=3,
        rows_with_missing=22,
        patterns=(Pattern(columns=("sex",), rows=17), Pattern(columns=("age", "sex"), rows=3)),
        patterns_total=4,
        keys=("joined",),
        pairs=(
            Pair(first="age", second="sex", measure="correlation_ratio", value=0.31, n=80),
            Pair(first="age", second="joined", measure="pearson", value=-0.75, n=100),
            Pair(
                first="sex", second="joined", measure="cramers_v", value=None, n=0, reason="too few"
            ),
        ),
    )


@pytest.fixture
def empty_report() -> Distribution:
    return Distribution(
        rows=0,
        columns=(),
        size_bytes=100,
        duplicate_rows=0,
        rows_with_missing=0,
        patterns=(),
        patterns_total=0,
        keys=(),
        pairs=(),
    )
