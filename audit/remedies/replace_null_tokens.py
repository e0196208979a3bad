"""Values that stand for a missing one: ?, N/A, -999, empty text."""

from contextlib import suppress
from math import isfinite
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import chosen, learnt_before
from audit.mending.codes import coded_numbers
from audit.mending.fields import Columns, Fitted
from audit.registry import Settings, remedy
from audit.reports.distribution.tokens import TEXT_TOKENS
from audit.store.rows import is_numeric, is_text
from audit.store.table import Table
from audit.store.texts import BLANK, TRIMMED


def _as_texts(given: Any) -> Any:
    """Accept numbers, too: a YAML file writes -999 without quotes."""
    if isinstance(given, list | tuple):
        return [str(v) if isinstance(v, int | float) else v for v in given]
    return given


class ReplaceNullTokens(Settings):
    """Make coded missing values missing."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="Columns of text or numbers; none: all of them.",
    )
    tokens: Annotated[tuple[str, ...], BeforeValidator(_as_texts)] = Field(
        default=(),
        title="Codes",
        description="Texts and numbers that stand for a missing value, in any case; none: the "
        "usual ones ('?', 'n/a', 'none' …), and of numbers those such as -999 or 9999 that "
        "stand apart from all others.",
    )
    blank: bool = Field(
        default=True,
        title="Empty text",
        description="Whether text that is empty or white space becomes missing.",
    )
    not_finite: bool = Field(
        default=True,
        title="NaN and infinity",
        description="Whether numbers that are infinite or not a number become missing.",
    )
    fitted: Fitted = None


@remedy("replace-null-tokens", title="Make coded missing values missing", family="clean")
def replace_null_tokens(table: Table, step: ReplaceNullTokens, context: Context) -> Change:
    """Make values that stand for a missing one missing: text by its spelling, numbers by standing apart.

    Codes of numbers that were found in one file are kept in the recipe for others.
    """
    columns = chosen(table, context, step.columns, _fits, without=())
    numeric = tuple(name for name in columns if is_numeric(table.type_of(name)))
    codes: dict[str, tuple[float, ...]] = {}
    if step.tokens:
        codes = dict.fromkeys(numeric, _numbers(step.tokens))
    else:
        before = learnt_before(step.fitted)
        codes = coded_numbers(table, tuple(name for name in numeric if name not in before))
        codes |= {name: tuple(map(float, before[name])) for name in numeric if name in before}
    cells = []
    for name in columns:
        type_ = table.type_of(name)
        made = _number(step, type_, codes.get(name, ())) if name in numeric else _text(step)
        if made is not None:
            sql, values = made
            cells.append(Cells(column=name, sql=sql, values=values, names={"c": name}))
    learnt = {name: list(codes.get(name, ())) for name in numeric}
    fitted = {"columns": learnt} if learnt and not step.tokens else None
    return Change(cells=tuple(cells), fitted=fitted)


def _fits(type_: str) -> bool:
    return is_text(type_) or is_numeric(type_)


def _numbers(tokens: tuple[str, ...]) -> tuple[float, ...]:
    found = []
    for token in tokens:
        with suppress(ValueError):
            found.append(float(token))
    return tuple(filter(isfinite, found))


def _text(step: ReplaceNullTokens) -> tuple[str, tuple[str, ...]]:
    tokens = tuple(sorted({t.strip().lower() for t in step.tokens or TEXT_TOKENS} - {""}))
    tests = [f"lower({TRIMMED.format(text='{c}')}) IN ({', '.join('?' * len(tokens))})"]
    if step.blank:
        tests.append(BLANK.format(text="{c}"))
    return f"CASE WHEN {' OR '.join(tests)} THEN NULL ELSE {{c}} END", tokens


def _number(
    step: ReplaceNullTokens, type_: str, codes: tuple[float, ...]
) -> tuple[str, tuple[float, ...]] | None:
    tests = []
    if codes:
        tests.append(f"TRY_CAST({{c}} AS DOUBLE) IN ({', '.join('?' * len(codes))})")
    if step.not_finite and type_ in ("FLOAT", "DOUBLE"):
        tests.append("NOT isfinite({c})")
    if not tests:
        return None
    return f"CASE WHEN {' OR '.join(tests)} THEN NULL ELSE {{c}} END", codes
