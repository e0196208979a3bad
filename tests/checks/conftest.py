"""Columns and reports made by hand, and one way to ask a check about them."""

from collections.abc import Callable
from typing import Any

import pytest

from audit import registry
from audit.model import ColumnRole, Finding, Role, RoleMap
from audit.reports.distribution.values import (
    Column,
    Dates,
    Distribution,
    Histogram,
    Numbers,
    Pair,
    Text,
    ValueCount,
    Variants,
)


def make_column(name: str = "x", **given: Any) -> Column:
    """Make a text column of 1,000 rows in which nothing is remarkable, but for ``given``."""
    usual: dict[str, Any] = {
        "type": "VARCHAR",
        "kind": "text",
        "n": 1000,
        "missing": 0,
        "distinct": 5,
        "distinct_method": "exact",
    }
    return Column(name=name, **(usual | given))


def make_numbers(name: str = "x", *, column: dict[str, Any] | None = None, **given: Any) -> Column:
    """Make a column of 1,000 numbers between 0 and 100, but for ``given``."""
    usual: dict[str, Any] = {
        "minimum": 1.0,
        "maximum": 100.0,
        "mean": 50.0,
        "standard_deviation": 25.0,
        "variance": 625.0,
        "skewness": 0.0,
        "kurtosis": 0.0,
        "quantiles": (
            (0.01, 2.0),
            (0.05, 5.0),
            (0.25, 25.0),
            (0.5, 50.0),
            (0.75, 75.0),
            (0.95, 95.0),
            (0.99, 98.0),
        ),
        "quantile_method": "exact",
        "iqr": 50.0,
        "mad": 25.0,
        "zeros": 0,
        "negatives": 0,
        "infinite": 0,
        "not_a_number": 0,
        "fence_low": -50.0,
        "fence_high": 150.0,
        "outliers": 0,
        "far_outliers": 0,
        "histogram": Histogram(edges=(1.0, 50.0, 100.0), counts=(500, 500)),
    }
    own = {"type": "DOUBLE", "kind": "number", "distinct": 100} | (column or {})
    return make_column(name, numbers=Numbers(**(usual | given)), **own)


def make_text(name: str = "x", *, column: dict[str, Any] | None = None, **given: Any) -> Column:
    """Make a column of 1,000 short words, but for ``given``."""
    usual: dict[str, Any] = {
        "length_minimum": 1,
        "length_mean": 5.0,
        "length_maximum": 10,
        "blank": 0,
        "padded": 0,
        "number_text": 0,
        "date_text": 0,
        "letters": 1000,
        "digits": 0,
        "mixed": 0,
        "words_mean": 1.0,
    }
    return make_column(name, text=Text(**(usual | given)), **(column or {}))


def make_dates(name: str = "x", *, column: dict[str, Any] | None = None, **given: Any) -> Column:
    """Make a column of 1,000 dates of 2020, but for ``given``."""
    usual: dict[str, Any] = {
        "minimum": "2020-01-01",
        "maximum": "2020-12-31",
        "range_days": 365.0,
        "future": 0,
        "as_of": "2026-07-01T12:00:00+00:00",
        "period": "year",
        "periods": (("2020-01-01", 1000),),
        "gaps": 0,
        "longest_gap": 0,
    }
    own = {"type": "DATE", "kind": "date"} | (column or {})
    return make_column(name, dates=Dates(**(usual | given)), **own)


def make_report(*columns: Column, **given: Any) -> Distribution:
    """Make the report of a table of ``columns``, with as many rows as the first of them has."""
    usual: dict[str, Any] = {
        "rows": columns[0].n if columns else 0,
        "size_bytes": 1,
        "duplicate_rows": 0,
        "rows_with_missing": 0,
        "patterns": (),
        "patterns_total": 0,
        "keys": (),
        "pairs": (),
    }
    return Distribution(columns=columns, **(usual | given))


class Make:
    """All makers in one place."""

    column = staticmethod(make_column)
    numbers = staticmethod(make_numbers)
    text = staticmethod(make_text)
    dates = staticmethod(make_dates)
    report = staticmethod(make_report)

    @staticmethod
    def counts(**values: int) -> tuple[ValueCount, ...]:
        return tuple(ValueCount(value=v, count=n) for v, n in values.items())

    @staticmethod
    def values(*pairs: tuple[Any, int]) -> tuple[ValueCount, ...]:
        return tuple(ValueCount(value=v, count=n) for v, n in pairs)

    @staticmethod
    def variants(folded: str, *spellings: tuple[str, int]) -> Variants:
        return Variants(folded=folded, spellings=Make.values(*spellings))

    @staticmethod
    def pair(first: str, second: str, value: float | None, **given: Any) -> Pair:
        usual: dict[str, Any] = {"measure": "pearson", "n": 1000}
        return Pair(first=first, second=second, value=value, **(usual | given))

    @staticmethod
    def roles(**columns: Role) -> RoleMap:
        return RoleMap(
            columns=tuple(
                ColumnRole(column=name, roles=(role,), confirmed=True)
                for name, role in columns.items()
            )
        )


@pytest.fixture
def make() -> type[Make]:
    return Make


Judge = Callable[..., tuple[Finding, ...]]


@pytest.fixture
def judge() -> Judge:
    """Ask one check: ``judge(id, report, roles, **parameters)``."""

    def run(
        id_: str, report: Any, roles: RoleMap | None = None, /, **parameters: Any
    ) -> tuple[Finding, ...]:
        spec = registry.checks()[id_]
        params = spec.params(**parameters)
        return registry.judge(spec, {type(report): report}, roles or RoleMap(), params)

    return run
