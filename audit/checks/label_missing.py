"""A label that is not stated, or missing in some rows."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import percent
from audit.judging.columns import rows_of, share_of
from audit.judging.words import of_rows, on_columns, quoted
from audit.model import Finding, Measure, Role, RoleMap, RowTest, Severity, Where
from audit.registry import Settings, check
from audit.reports.distribution.values import Distribution


class Params(Settings):
    """From which share on missing labels matter."""

    warning_share: float = Field(
        0.0, ge=0, le=1, description="Share of missing labels from which it is a warning."
    )
    critical_share: float = Field(
        0.2, ge=0, le=1, description="Share of missing labels from which it is critical."
    )


@check("label-missing", title="Missing label")
def label_missing(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report rows without a label, or that no column is marked as the label.

    Without a label column nothing about labels can be checked; that is an information, for
    not every dataset has one.
    """
    label = roles.one(Role.LABEL)
    column = next((c for c in report.columns if c.name == label), None)
    if column is None:
        if report.rows:
            yield _none_stated(report)
        return
    share = column.missing_share
    if not column.missing or share is None:
        return
    if share >= params.critical_share:
        severity = Severity.CRITICAL
    else:
        severity = Severity.WARNING if share >= params.warning_share else Severity.NOTICE
    yield Finding(
        check="label-missing",
        severity=severity,
        title=(
            f"The label {quoted(column.name)} is missing in "
            f"{of_rows(column.missing, column.n)} ({percent(share)})"
        ),
        why="A row without a label teaches a model nothing, and those rows are seldom random.",
        columns=(column.name,),
        measures=(
            rows_of("missing", column.missing, column),
            share_of("missing_share", share, column),
        ),
        suggestions=(on_columns("drop-missing", column.name),),
        rows=Where(tests=(RowTest(op="missing", columns=(column.name,)),)),
    )


def _none_stated(report: Distribution) -> Finding:
    n = len(report.columns)
    return Finding(
        check="label-missing",
        severity=Severity.INFO,
        title=f"None of the {n:,} columns is marked as the label"
        if n > 1
        else "The one column is not marked as the label",
        why="Whether labels are missing, rare or given away by a column cannot be checked.",
        measures=(Measure(name="columns", value=n, unit="columns", n=report.rows),),
    )
