"""Values that stand for a missing value: ?, N/A, -999, empty text."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from audit.checks import listed, on_columns, quoted, rows_of, share_of
from audit.format import counted, percent, plural
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
    inner_share: float = Field(
        0.9,
        ge=0,
        le=1,
        description=(
            "A number within this middle part of all values is not taken for a code "
            "unless it is the most frequent value."
        ),
    )


@check("coded-missing", title="Coded missing values")
def coded_missing(report: Distribution, params: Params) -> Iterator[Finding]:
    """Report values that look as if they stood for a missing one.

    Such are ``?``, ``N/A``, ``none`` and ``-`` in text, ``-999`` and ``9999`` in numbers, and
    text that is empty or only white space. They are told by their spelling, so that a person
    has to say whether they are meant. Nothing is turned into a missing value by this.
    """
    for column in report.columns:
        tokens = [t for t in column.null_tokens if _is_code(t, column, params)]
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


def _is_code(token: ValueCount, column: Column, params: Params) -> bool:
    """Leave out blanks, which are counted apart, and numbers in the midst of the others."""
    value = token.value
    if isinstance(value, str):
        return bool(value.strip())
    if column.numbers is None or value is None:
        return True
    if column.top and column.top[0].value == value:
        return True
    tail = (1 - params.inner_share) / 2
    low = max((q for p, q in column.numbers.quantiles if p <= tail + 1e-9), default=None)
    high = min((q for p, q in column.numbers.quantiles if p >= 1 - tail - 1e-9), default=None)
    return low is None or high is None or not low < float(value) < high


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
