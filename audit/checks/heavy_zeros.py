"""Columns of numbers that are mostly 0."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import percent
from audit.judging.columns import rows_of, share_of
from audit.judging.words import of_rows, quoted
from audit.model import APART_ROLES, Finding, Role, RoleMap, RowTest, Severity, Step, Where
from audit.registry import Settings, check
from audit.reports.distribution.values import Distribution


class Params(Settings):
    """How many zeros are many."""

    info_share: float = Field(
        0.4, gt=0, le=1, description="Share of zeros from which a column is mentioned."
    )
    notice_share: float = Field(
        0.75, gt=0, le=1, description="Share of zeros from which a column is noticed."
    )
    most_share: float = Field(
        0.99,
        gt=0,
        le=1,
        description="From this share on the column is nearly constant: that check speaks.",
    )
    fewest_distinct: int = Field(
        10, ge=2, description="Columns with fewer different values are taken for codes or counts."
    )


@check("heavy-zeros", title="Heavy zeros")
def heavy_zeros(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report columns of numbers in which 0 is by far the most frequent value.

    Zeros can be amounts, or mean 'not asked' or 'does not apply'; only a person can tell.
    Columns with few different values are taken for codes and left alone.
    """
    for column in report.columns:
        numbers = column.numbers
        if numbers is None or column.distinct < params.fewest_distinct:
            continue
        share = numbers.zeros / column.present if column.present else 0.0
        if not min(params.info_share, params.notice_share) <= share < params.most_share:
            continue
        if (APART_ROLES | {Role.LABEL}).intersection(roles.of(column.name)):
            continue
        step = Step(remedy="flag-zeros", params=(("columns", (column.name,)),))
        yield Finding(
            check="heavy-zeros",
            severity=Severity.NOTICE if share >= params.notice_share else Severity.INFO,
            title=(
                f"{quoted(column.name)} is 0 in {of_rows(numbers.zeros, column.n)} "
                f"({percent(numbers.zeros / column.n)})"
            ),
            why=(
                "Two things are mixed here, whether there is an amount and how large it is; "
                "means and scales fit neither."
            ),
            columns=(column.name,),
            measures=(
                rows_of("zeros", numbers.zeros, column),
                share_of("zeros_share", numbers.zeros / column.n, column),
            ),
            caveats=("A zero may be an amount, or stand for a missing value.",),
            suggestions=(step,),
            rows=Where(tests=(RowTest(op="equal", columns=(column.name,), values=(0,)),)),
        )
