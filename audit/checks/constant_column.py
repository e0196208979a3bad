"""Columns that hold one value, or hardly any other."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, percent
from audit.judging.columns import is_category, rows_of, share_of
from audit.judging.words import on_columns, quoted
from audit.model import APART_ROLES, Finding, Measure, Role, RoleMap, RowTest, Severity, Where
from audit.registry import Settings, check
from audit.reports.distribution.values import Column, Distribution


class Params(Settings):
    """When a column counts as constant."""

    near_share: float = Field(
        0.99,
        gt=0.5,
        le=1,
        description="Share of the most frequent value from which a column is nearly constant.",
    )
    fewest_rows: int = Field(
        20, ge=2, description="Columns with fewer values than this are not judged."
    )


@check("constant-column", title="Constant columns")
def constant_column(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report columns in which all values, or nearly all, are the same one.

    Missing values are not counted as a value. The label is left to *label-constant*; columns
    without any value are left to *missing-values*.
    """
    for column in report.columns:
        if column.present < params.fewest_rows:
            continue
        if APART_ROLES.union({Role.LABEL}).intersection(roles.of(column.name)):
            continue
        if column.is_constant:
            yield _constant(column, roles)
        elif column.mode_share is not None and params.near_share <= column.mode_share < 1:
            yield _near(column, roles)


def _constant(column: Column, roles: RoleMap) -> Finding:
    value = (
        quoted(column.top[0].value) if column.top and is_category(column, roles) else "One value"
    )
    among = f"all {counted(column.present, 'value')}"
    return Finding(
        check="constant-column",
        severity=Severity.NOTICE if column.missing else Severity.WARNING,
        title=f"{value} makes up {among} of {quoted(column.name)}",
        why="A column that never changes tells a model nothing.",
        columns=(column.name,),
        measures=(
            Measure(
                name="distinct", value=1, unit="count", n=column.present, columns=(column.name,)
            ),
        ),
        caveats=("Whether a value is there or missing may still tell something.",)
        if column.missing
        else (),
        suggestions=(on_columns("drop-columns", column.name),),
    )


def _near(column: Column, roles: RoleMap) -> Finding:
    share = column.mode_share
    title = f"{percent(share)} of {quoted(column.name)} is one value"
    measures: tuple[Measure, ...] = (share_of("mode_share", share, column, n=column.present),)
    where = None
    if column.top and is_category(column, roles):
        mode = column.top[0]
        others = column.present - mode.count
        has = "has" if others == 1 else "have"
        title = (
            f"{quoted(mode.value)} makes up {percent(share)} of {quoted(column.name)}; "
            f"{counted(others, 'row')} {has} another value"
        )
        measures = (rows_of("other_rows", others, column), *measures)
        tests = (
            RowTest(op="present", columns=(column.name,)),
            RowTest(op="not-in", columns=(column.name,), values=(mode.value,)),
        )
        where = Where(tests=tests)
    return Finding(
        check="constant-column",
        severity=Severity.NOTICE,
        title=title,
        why="So few rows differ that a model learns them by heart or not at all.",
        columns=(column.name,),
        measures=measures,
        suggestions=(on_columns("drop-columns", column.name),),
        rows=where,
    )
