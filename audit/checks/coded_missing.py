"""Values that stand for a missing value: ?, N/A, -999, empty text."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from audit.format import counted, percent, plural
from audit.judging.columns import rows_of, share_of
from audit.judging.words import listed, on_columns, quoted
from audit.model import Finding, RowTest, Scalar, Severity, Where
from audit.registry import Settings, check
from audit.reports.distribution.values import Column, Distribution, ValueCount


class Params(Settings):
    """From which share on coded missing values matter."""

    notice_share: float = Field(
        0.001, ge=0, le=1, description="Share of the rows from which a column is noticed."
    )
    warning_share: float = Field(
        0.05,
        ge=0,
        le=1,
        description="Share from which it is a warning: a code is learned like a value.",
    )


@check("coded-missing", title="Coded missing values")
def coded_missing(report: Distribution, params: Params) -> Iterator[Finding]:
    """Report values that look as if they stood for a missing one.

    Such are ``?``, ``N/A``, ``none`` and ``-`` in text, ``-999`` and ``9999`` in numbers, and
    text that is empty or only white space. They are told by their spelling, so that a person
    has to say whether they are meant. Nothing is turned into a missing value by this.
    """
    for column in report.columns:
        tokens = [t for t in column.null_tokens if str(t.value).strip()]
        blank = column.text.blank if column.text else 0
        found = sum(t.count for t in tokens) + blank
        if not found or found < params.notice_share * column.n:
            continue
        share = found / column.n
        yield Finding(
            check="coded-missing",
            severity=Severity.WARNING if share >= params.warning_share else Severity.NOTICE,
            title=_title(column, tokens, blank, found, share),
            why="A model, a mean and a count take such a code for a value like any other.",
            columns=(column.name,),
            measures=(
                rows_of("null_tokens", found, column),
                share_of("null_tokens_share", share, column),
            ),
            caveats=_caveats(tokens, column),
            suggestions=(on_columns("replace-null-tokens", column.name),),
            rows=_where(column.name, [t.value for t in tokens], blank),
        )


def _title(
    column: Column, tokens: Sequence[ValueCount], blank: int, found: int, share: float
) -> str:
    values: list[Scalar] = [t.value for t in tokens]
    if blank and not values:
        subject, n = "Empty text", 1
    elif blank:
        subject, n = f"Empty text, {listed(values)}", 2
    else:
        subject, n = listed(values), len(values)
    verb = "stands" if n == 1 else "stand"
    what = "a missing value" if n == 1 else plural(2, "missing value")
    rows = f"{counted(found, 'row')} of {quoted(column.name)} ({percent(share)})"
    return f"{subject} {verb} for {what} in {rows}"


def _caveats(tokens: Sequence[ValueCount], column: Column) -> tuple[str, ...]:
    if not tokens:
        return ()
    if column.kind == "number":
        return ("Told by the number alone: it may have been measured.",)
    return ("Told by the spelling alone: it may be a value of its own.",)


def _where(name: str, values: list[Scalar], blank: int) -> Where:
    tests = []
    if values:
        tests.append(RowTest(op="in", columns=(name,), values=tuple(values)))
    if blank:
        tests.append(RowTest(op="blank", columns=(name,)))
    return Where(tests=tuple(tests), any=True)
