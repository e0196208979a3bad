"""Numbers far away from all the others."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import count, number, percent
from audit.judging.columns import coded_outside, rows_of, share_of
from audit.judging.words import on_columns, quoted
from audit.model import APART_ROLES, Finding, RoleMap, RowTest, Severity, Where
from audit.registry import Settings, check
from audit.reports.distribution.values import Column, Distribution, Numbers


class Params(Settings):
    """How far away is an outlier."""

    most_share: float = Field(
        0.05,
        gt=0,
        le=1,
        description="Above this share it is a long tail, of which the check of skew speaks.",
    )
    warning_iqr: float = Field(
        20,
        ge=3,
        description="Interquartile ranges beyond the quartiles from which it is a warning.",
    )
    fewest_rows: int = Field(
        20, ge=4, description="Columns with fewer values than this are not judged."
    )
    fewest_distinct: int = Field(
        10, ge=2, description="Columns with fewer different values are taken for codes."
    )


@check("outliers", title="Outliers")
def outliers(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report columns in which some numbers lie far outside of the rest.

    Far outside is beyond Tukey's outer fence: more than 3 interquartile ranges below the
    first or above the third quartile. Where half of the numbers are equal there is no such
    range, and nothing is reported. Numbers that *coded-missing* tells are left out.
    """
    for column in report.columns:
        numbers = column.numbers
        if numbers is None or not numbers.far_outliers or numbers.iqr <= 0:
            continue
        if column.present < params.fewest_rows or column.distinct < params.fewest_distinct:
            continue
        if APART_ROLES.intersection(roles.of(column.name)):
            continue
        yield from _finding(column, numbers, params)


def _finding(column: Column, numbers: Numbers, params: Params) -> Iterator[Finding]:
    quartiles = dict(numbers.quantiles)
    low, high = quartiles[0.25] - 3 * numbers.iqr, quartiles[0.75] + 3 * numbers.iqr
    codes, coded = coded_outside(column, low, high)
    n = numbers.far_outliers - coded
    share = n / column.n
    if n <= 0 or share > params.most_share:
        return
    reach = max(quartiles[0.25] - numbers.minimum, numbers.maximum - quartiles[0.75]) / numbers.iqr
    row = "row lies" if n == 1 else "rows lie"
    tests = [RowTest(op="outside", columns=(column.name,), values=(low, high))]
    if codes:
        tests.append(RowTest(op="not-in", columns=(column.name,), values=codes))
    if numbers.infinite or numbers.not_a_number:
        finite = (numbers.minimum, numbers.maximum)
        tests.append(RowTest(op="between", columns=(column.name,), values=finite))
    yield Finding(
        check="outliers",
        severity=Severity.WARNING if reach >= params.warning_iqr else Severity.NOTICE,
        title=(
            f"{count(n)} {row} far from the rest of {quoted(column.name)}: "
            f"{_reach(numbers, low, high, codes)} ({percent(share)})"
        ),
        why=(
            "A few such numbers can move a mean, a scale and a fitted model more than all "
            "other rows together."
        ),
        columns=(column.name,),
        measures=(
            rows_of("far_outliers", n, column),
            share_of("far_outliers_share", share, column),
            rows_of("outliers", numbers.outliers, column),
        ),
        caveats=("Far from the rest is not wrong: rare values can be true.",),
        suggestions=(on_columns("clip-outliers", column.name),),
        rows=Where(tests=tuple(tests)),
    )


def _reach(numbers: Numbers, low: float, high: float, codes: tuple[float, ...]) -> str:
    """Name the fence that is crossed; both where both are, or where a code hides which."""
    below, above = numbers.minimum < low, numbers.maximum > high
    if codes or below == above:
        return f"outside {number(low)} to {number(high)}"
    return f"below {number(low)}" if below else f"above {number(high)}"
