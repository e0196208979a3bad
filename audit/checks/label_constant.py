"""A label with one value, with hardly any other, or with classes too rare to learn."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, percent
from audit.judging.columns import rows_of, share_of
from audit.judging.words import listed, quoted
from audit.model import Finding, Measure, Role, RoleMap, RowTest, Severity, Step, Where
from audit.registry import Settings, check
from audit.reports.distribution.values import Column, Distribution


class Params(Settings):
    """When a label varies too little."""

    warning_share: float = Field(
        0.95, gt=0.5, le=1, description="Share of one class from which it is a warning."
    )
    critical_share: float = Field(
        0.99, gt=0.5, le=1, description="Share of one class from which it is critical."
    )
    fewest_rows: int = Field(
        30, ge=1, description="Classes with fewer rows than this are too rare to learn and to test."
    )
    most_classes: int = Field(
        50, ge=2, description="A label with more different values is a quantity, not a class."
    )


@check("label-constant", title="Nearly constant label")
def label_constant(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report a label that is (nearly) the same in all rows, or has classes with few rows.

    Missing labels are not counted as a class. Labels with very many different values, or
    that hardly repeat, are quantities: they have no classes, and nothing is reported.
    """
    label = roles.one(Role.LABEL)
    column = next((c for c in report.columns if c.name == label), None)
    if column is None or not column.top or column.distinct > params.most_classes:
        return
    share = column.top[0].count / column.present
    if column.distinct == 1:
        yield _constant(column)
    elif share >= params.warning_share:
        yield _near(column, share, params)
    else:
        yield from _rare(column, params)


def _constant(column: Column) -> Finding:
    return Finding(
        check="label-constant",
        severity=Severity.CRITICAL,
        title=(
            f"The label {quoted(column.name)} is {quoted(column.top[0].value)} "
            f"in all {counted(column.present, 'row')} that have one"
        ),
        why="There is nothing to tell apart, so that there is nothing to learn.",
        columns=(column.name,),
        measures=(
            Measure(
                name="distinct", value=1, unit="count", n=column.present, columns=(column.name,)
            ),
        ),
    )


def _near(column: Column, share: float, params: Params) -> Finding:
    mode = column.top[0]
    others = column.present - mode.count
    has = "has" if others == 1 else "have"
    tests = (
        RowTest(op="present", columns=(column.name,)),
        RowTest(op="not-in", columns=(column.name,), values=(mode.value,)),
    )
    return Finding(
        check="label-constant",
        severity=Severity.CRITICAL if share >= params.critical_share else Severity.WARNING,
        title=(
            f"The label {quoted(column.name)} is {quoted(mode.value)} in {percent(share)} "
            f"of the rows; {counted(others, 'row')} {has} another one"
        ),
        why=(
            f"A model that always says the same is right {percent(share)} of the time "
            "and of no use."
        ),
        columns=(column.name,),
        measures=(
            rows_of("other_rows", others, column),
            share_of("mode_share", share, column, n=column.present),
        ),
        suggestions=(_resample(column),),
        rows=Where(tests=tests),
    )


def _rare(column: Column, params: Params) -> Iterator[Finding]:
    rare = [t for t in column.top if t.count < params.fewest_rows]
    if not rare or column.distinct > column.present / 2:
        return
    n = sum(t.count for t in rare)
    has = "has" if len(rare) == 1 else "have"
    yield Finding(
        check="label-constant",
        severity=Severity.NOTICE,
        title=(
            f"{listed([t.value for t in rare])} of the label {quoted(column.name)} {has} "
            f"{counted(n, 'row')}" + (" together" if len(rare) > 1 else "")
        ),
        why=f"A class with fewer than {params.fewest_rows} rows can be neither learned nor tested.",
        columns=(column.name,),
        measures=(rows_of("rare_class_rows", n, column),),
        suggestions=(_resample(column),),
        rows=Where(
            tests=(RowTest(op="in", columns=(column.name,), values=tuple(t.value for t in rare)),)
        ),
    )


def _resample(column: Column) -> Step:
    return Step(remedy="resample", params=(("by", (column.name,)), ("target", "equal")))
