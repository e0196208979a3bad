"""The report as a flat stream of named numbers, for scripts and files."""

from collections.abc import Iterator

from audit.model import Measure, Pairs, Unit
from audit.reports.pii.values import Found, PersonalData, RepeatedTexts, Repeats, ScannedColumn


def measures(report: PersonalData) -> Iterator[Measure]:
    """Yield every number of the report: what was looked at, what was found, what repeats.

    Of a column whose verdict is that it holds nothing personal no share is given: what was hit
    there is chance, and a script that reads a share of telephone numbers would believe it. The
    report has it, beside the verdict.
    """
    for column in report.columns:
        yield from _scanned(column)
        for found in column.found if column.verdict.holds != "none" else ():
            yield from _found(column, found)
    for repeats in report.repeats:
        yield from _repeats(report, repeats)
    for texts in report.texts:
        yield from _texts(report, texts)


def _scanned(column: ScannedColumn) -> Iterator[Measure]:
    """Tell what of a place was looked at; nothing of one where there is nothing to look for."""
    counts = (
        ("pii_values_scanned", column.values_scanned),
        ("pii_values_timed_out", column.timed_out),
        ("pii_values_cut", column.cut),
        ("pii_values_skipped", column.skipped),
    )
    for name, value in counts:
        if value:
            yield Measure(
                name=name,
                value=value,
                unit="count",
                n=column.values,
                columns=(column.column,),
                group=(("place", column.place),) if column.place else (),
            )


def _found(column: ScannedColumn, found: Found) -> Iterator[Measure]:
    yield found.share
    if found.share.value is None or found.hits is None:
        return
    method = "exact" if column.complete else f"sample:{column.values_scanned}"
    numbers: tuple[tuple[str, float | None, Unit], ...] = (
        ("pii_rows", found.rows, "rows"),
        ("pii_hits", found.hits, "count"),
        ("pii_values", found.values, "count"),
        ("pii_validated", found.validated, "count"),
        ("pii_score", found.score, "value"),
    )
    for name, value, unit in numbers:
        yield Measure(
            name=name,
            value=value,
            unit=unit,
            n=found.share.n if name == "pii_rows" else found.hits,
            columns=(column.column,),
            group=found.share.group,
            method=method,
        )


def _repeats(report: PersonalData, repeats: Repeats) -> Iterator[Measure]:
    entity = ("entity", repeats.entity)
    for least, values, rows in repeats.times:
        if values:
            yield _of(
                report,
                "repeated_personal_data",
                values,
                "count",
                columns=repeats.columns,
                group=(entity, ("times", str(least))),
                n=rows,
            )
    if repeats.most:
        yield _of(
            report,
            "most_repeated_personal_data",
            repeats.most,
            "rows",
            columns=repeats.columns,
            group=(entity,),
        )


def _texts(report: PersonalData, texts: RepeatedTexts) -> Iterator[Measure]:
    place: Pairs = (("place", texts.place),) if texts.place else ()
    numbers = (
        ("repeated_texts_exact", texts.exact_rows),
        ("repeated_texts_near", texts.near_rows),
    )
    for name, rows in numbers:
        yield _of(report, name, rows, "rows", columns=(texts.column,), group=place)


def _of(
    report: PersonalData,
    name: str,
    value: int,
    unit: Unit,
    *,
    columns: tuple[str, ...],
    group: Pairs,
    n: int | None = None,
) -> Measure:
    return Measure(
        name=name,
        value=value,
        unit=unit,
        n=report.rows if n is None else n,
        columns=columns,
        group=group,
        method="sample" if report.sampled else "exact",
    )
