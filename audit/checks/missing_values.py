"""Columns in which values are missing."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, percent
from audit.judging.columns import rows_of, share_of
from audit.judging.words import of_rows, on_columns, quoted
from audit.model import Finding, Role, RoleMap, RowTest, Severity, Step, Where
from audit.registry import Settings, check
from audit.reports.distribution.values import Column, Distribution


class Params(Settings):
    """From which share on missing values matter."""

    notice_share: float = Field(
        0.001, ge=0, le=1, description="Share of missing values from which a column is noticed."
    )
    warning_share: float = Field(
        0.2,
        ge=0,
        le=1,
        description="Share from which it is a warning: filling in would invent every fifth value.",
    )
    drop_rows_share: float = Field(
        0.05, ge=0, le=1, description="Up to this share, dropping the rows is suggested."
    )
    drop_column_share: float = Field(
        0.6, ge=0, le=1, description="From this share on, dropping the column is suggested."
    )


@check("missing-values", title="Missing values")
def missing_values(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report each column in which values are missing.

    Missing means SQL NULL. Empty text and codes such as ``-999`` are values here; the check
    *coded-missing* looks for those. The label is left to *label-missing*.
    """
    for column in report.columns:
        share = column.missing_share
        if not column.missing or share is None or share < params.notice_share:
            continue
        if Role.LABEL in roles.of(column.name):
            continue
        where = f"{of_rows(column.missing, column.n)} ({percent(share)})"
        yield Finding(
            check="missing-values",
            severity=Severity.WARNING if share >= params.warning_share else Severity.NOTICE,
            title=f"{quoted(column.name)} has no value in {where}"
            if column.missing < column.n
            else f"{quoted(column.name)} has no value in any of {counted(column.n, 'row')}",
            why=(
                "Most models cannot take a row without a value, and the rows that lack one "
                "are seldom a random part."
            ),
            columns=(column.name,),
            measures=(
                rows_of("missing", column.missing, column),
                share_of("missing_share", share, column),
            ),
            suggestions=_suggestions(column, share, params),
            rows=Where(tests=(RowTest(op="missing", columns=(column.name,)),)),
        )


def _suggestions(column: Column, share: float, params: Params) -> tuple[Step, ...]:
    if share >= params.drop_column_share:
        return (on_columns("drop-columns", column.name),)
    fill = on_columns("fill-missing", column.name)
    drop = on_columns("drop-missing", column.name)
    return (drop, fill) if share <= params.drop_rows_share else (fill, drop)
