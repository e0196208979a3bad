"""Text columns in which numbers and words stand side by side."""

import re
from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, percent
from audit.judging.columns import NumberText, rows_of, share_of
from audit.judging.words import on_columns, quoted
from audit.model import Finding, Role, RoleMap, RowTest, Severity, Where
from audit.registry import Settings, check
from audit.reports.distribution.values import Column, Distribution

_NUMBER = r"[-+]?[\d.,]*\d(e[-+]?\d+)?"
_RANGE = re.compile(
    rf"[\[(]?{_NUMBER}( to |, | ?[-–] ?){_NUMBER}[\])]?( or missing)?", re.IGNORECASE
)


class Params(Settings):
    """When a column counts as mixed."""

    least_share: float = Field(
        0.01,
        gt=0,
        le=0.5,
        description="Share of the rarer kind (numbers or words) from which a column is noticed.",
    )
    warning_share: float = Field(
        0.1, gt=0, le=0.5, description="Share of the rarer kind from which it is a warning."
    )
    number_share: float = Field(
        0.9,
        gt=0,
        le=1,
        description="From this share of numbers on it is a column of numbers stored as text.",
    )


@check("mixed-types", title="Mixed types")
def mixed_types(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report text columns that hold numbers in some rows and words in others.

    Missing, empty and coded missing values are left out. Where nearly all values are
    numbers, *number-as-text* speaks; free text is not meant. Ranges beside numbers are what a
    column is that was made coarser: that is told, and no step is suggested.
    """
    for column in report.columns:
        found = NumberText.of(column)
        if found is None or Role.FREE_TEXT in roles.of(column.name):
            continue
        share = found.share
        rarer = min(share, 1 - share)
        if share >= params.number_share or rarer < params.least_share:
            continue
        few_numbers = share <= 0.5
        n = found.numbers if few_numbers else found.words
        what = "reads as a number" if few_numbers else "does not read as a number"
        what = what if n == 1 else what.replace("reads", "read").replace("does", "do")
        ranges = _only_ranges(column)
        severity = Severity.WARNING if rarer >= params.warning_share else Severity.NOTICE
        yield Finding(
            check="mixed-types",
            severity=Severity.INFO if ranges else severity,
            title=(
                f"{n:,} of {counted(found.values, 'value')} of {quoted(column.name)} "
                f"{what} ({percent(rarer)})"
            ),
            why="The column is read as text as a whole, so that its numbers are not numbers.",
            columns=(column.name,),
            measures=(
                rows_of("number_text" if few_numbers else "not_number_text", n, column),
                share_of("number_text_share", share, column, n=found.values),
            ),
            caveats=("What is no number is a range, as in a column made coarser.",)
            if ranges
            else (),
            suggestions=() if ranges else (on_columns("parse-numbers", column.name),),
            rows=Where(
                tests=(
                    RowTest(
                        op="number-text" if few_numbers else "not-number-text",
                        columns=(column.name,),
                    ),
                    *found.no_tokens(column.name),
                )
            ),
        )


def _only_ranges(column: Column) -> bool:
    """Whether the most frequent values that are no numbers are ranges of numbers."""
    codes = {t.value for t in column.null_tokens}
    told = [str(t.value) for t in column.top if t.value not in codes]
    words = [word for word in told if not re.fullmatch(_NUMBER, word)]
    return bool(words) and all(_RANGE.fullmatch(word) for word in words)
