"""The report as a flat stream of named numbers, for scripts and files."""

from collections.abc import Iterator

from audit.model import Measure, Pairs, Unit
from audit.reports.reidentification.values import (
    Disclosure,
    Population,
    Reidentification,
    Risk,
)

BELOW = (2, 3, 5, 10)
"""Class sizes below which rows are counted."""

NO_ROWS = "There are no rows."
NOT_SHOWN = "So few rows are not shown."


def measures(report: Reidentification) -> Iterator[Measure]:
    """Yield every number of the report: risk, population, attributes, each column left out.

    The numbers with a quasi-identifier left out have the others as their columns, and it as
    their group: ``{"without": "age"}``.
    """
    if report.risk is None:
        return
    yield from _risk(report.risk, report.theta)
    if report.population is not None:
        yield from _population(report, report.population)
    for disclosure in report.disclosures:
        yield from _disclosure(report, disclosure)
    for driver in report.drivers:
        if driver.without is not None:
            yield from _brief(driver.without, (("without", driver.column),))
    for found in report.unique_sets:
        yield Measure(
            name="minimal_sample_uniques",
            value=found.rows,
            unit="rows",
            n=report.rows,
            columns=found.columns,
        )


def _brief(risk: Risk, group: Pairs) -> Iterator[Measure]:
    n, columns, reason = risk.rows, risk.columns, "" if risk.rows else NO_ROWS
    yield Measure(
        name="k_anonymity",
        value=risk.k,
        unit="rows",
        n=n,
        columns=columns,
        group=group,
        reason=reason,
    )
    yield Measure(
        name="equivalence_classes",
        value=risk.classes,
        unit="count",
        n=n,
        columns=columns,
        group=group,
    )
    yield share_of_rows("sample_uniques", risk.uniques, risk, group)


def _risk(risk: Risk, theta: float) -> Iterator[Measure]:
    yield from _brief(risk, ())
    n, columns, reason = risk.rows, risk.columns, "" if risk.rows else NO_ROWS
    for k in BELOW:
        yield Measure(
            name="rows_below_k",
            value=risk.rows_below(k),
            unit="rows",
            n=n,
            columns=columns,
            group=(("k", str(k)),),
        )
    for name, value in (("prosecutor_max", risk.highest), ("prosecutor_average", risk.average)):
        yield Measure(name=name, value=value, unit="share", n=n, columns=columns, reason=reason)
    yield share_of_rows("prosecutor_at_risk", risk.at_risk(theta), risk, (("theta", f"{theta:g}"),))


def share_of_rows(name: str, rows: int, risk: Risk, group: Pairs = ()) -> Measure:
    """Make the measure of a share of rows.

    Exact, without an interval: how many rows are alike depends on how many there are, so that
    the share in a sample estimates that of no larger table.
    """
    n = risk.rows
    return Measure(
        name=name,
        value=rows / n if n else None,
        unit="share",
        n=n,
        columns=risk.columns,
        group=group,
        reason="" if n else NO_ROWS,
    )


def _population(report: Reidentification, found: Population) -> Iterator[Measure]:
    for name, value in (
        ("journalist_max", found.journalist_max),
        ("journalist_average", found.journalist_average),
        ("marketer", found.marketer),
    ):
        yield Measure(
            name=name,
            value=value,
            unit="share",
            n=report.rows,
            columns=report.columns,
            reason=found.reason,
        )
    yield Measure(
        name="population_unknown_rows",
        value=found.unknown_rows,
        unit="rows",
        n=report.rows,
        columns=report.columns,
    )


def _disclosure(report: Reidentification, found: Disclosure) -> Iterator[Measure]:
    columns, n = (*report.columns, found.attribute), report.rows
    numbers: tuple[tuple[str, float | None, Unit], ...] = (
        ("l_diversity", found.l_diversity, "count"),
        ("entropy_l_diversity", found.entropy_l, "value"),
        ("t_closeness", found.t, "value"),
        ("alpha", found.alpha, "share"),
    )
    for name, value, unit in numbers:
        reason = found.reason if value is None else ""
        yield Measure(name=name, value=value, unit=unit, n=n, columns=columns, reason=reason)
    hidden = NOT_SHOWN if found.homogeneous_rows is None else ""
    yield Measure(
        name="homogeneous_rows",
        value=found.homogeneous_rows,
        unit="rows",
        n=n,
        columns=columns,
        reason=hidden,
    )
