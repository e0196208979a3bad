"""Numbers that are infinite or not a number."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, percent
from audit.judging.columns import rows_of
from audit.judging.words import on_columns, quoted
from audit.model import Finding, RowTest, Severity, Where
from audit.registry import Settings, check
from audit.reports.distribution.values import Distribution


class Params(Settings):
    """From which share on such numbers matter."""

    warning_share: float = Field(
        0.0, ge=0, le=1, description="Share of such numbers from which it is a warning."
    )


@check("not-finite", title="Infinite numbers and NaN")
def not_finite(report: Distribution, params: Params) -> Iterator[Finding]:
    """Report columns of numbers that hold infinity or NaN ('not a number').

    They come from divisions by zero and from missing values of other programs. They are
    counted apart and left out of every mean, quantile and histogram here.
    """
    for column in report.columns:
        numbers = column.numbers
        if numbers is None:
            continue
        n = numbers.infinite + numbers.not_a_number
        if not n:
            continue
        share = n / column.n
        is_ = "is" if n == 1 else "are"
        yield Finding(
            check="not-finite",
            severity=Severity.WARNING if share >= params.warning_share else Severity.NOTICE,
            title=(
                f"{counted(n, 'number')} of {quoted(column.name)} {is_} infinite or NaN "
                f"({percent(share)})"
            ),
            why="One such number makes a mean, a distance and most models undefined.",
            columns=(column.name,),
            measures=(
                rows_of("not_finite", n, column),
                rows_of("infinite", numbers.infinite, column),
                rows_of("not_a_number", numbers.not_a_number, column),
            ),
            suggestions=(on_columns("replace-null-tokens", column.name),),
            rows=Where(tests=(RowTest(op="not-finite", columns=(column.name,)),)),
        )
