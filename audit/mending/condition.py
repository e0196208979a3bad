"""Conditions on rows, as people type them: read, and rebuilt of what is allowed.

What is typed is never run. It is parsed, every part of it is looked up in a list of what a
condition may hold, and a new text is written, in which columns are keys and values are
parameters. Anything else is an error that says what is not allowed, and where.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.errors import ParameterError
from audit.mending.condition_parts import Rebuilding
from audit.store.table import Table, Value

if TYPE_CHECKING:
    import sqlglot.expressions as exp

MOST_CHARACTERS = 10_000
MOST_LITERALS = 1_000
MOST_NESTED = 15
"""Brackets within brackets."""
_MOST_WRITTEN = 200_000
"""Characters of what is run: some parts are written twice."""
_SYMBOLS = frozenset(
    ["(", ")", ",", ".", "=", "==", "!=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "::"]
)
_OTHER_TEXTS = ("_STRING", "HEREDOC")
"""Ends of the names of tokens that are texts written in another way than within '…'."""
EXAMPLE = "For example: age >= 18 AND country IN ('DE', 'FR') AND NOT notes ILIKE '%test%'."


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A condition as the engine is given it."""

    sql: str
    """Our own text, with ``{c0}``, ``{c1}``, … for columns and ``?`` for values."""
    values: tuple[Value, ...]
    names: dict[str, str]
    """Column by key."""


def compile_condition(text: str, table: Table) -> Compiled:
    """Read a condition and write it anew.

    Parameters
    ----------
    text : str
        A condition as in SQL. Names of columns that are more than letters, digits and ``_``
        stand in double quotes, texts and dates in single ones.
    table : Table
        Whose columns it speaks of; case does not matter in their names.

    Raises
    ------
    ParameterError
        Where something in it is not allowed, does not fit the kind of values in a column, or
        cannot be read.
    ColumnError
        Where it names a column that the table has not.

    Notes
    -----
    What is no number (NaN) counts as missing. Arithmetic is done in double precision.
    """
    try:
        whole = Rebuilding(table)
        part = whole.condition(parsed(text))
    except RecursionError:
        raise _too_deep() from None
    if len(part.sql) > _MOST_WRITTEN:
        raise _too_deep()
    return Compiled(sql=part.sql, values=part.values, names=whole.names)


def parsed(text: str) -> "exp.Expr":
    """Parse a condition; what comes out may still hold anything."""
    _check_tokens(text)
    import sqlglot.expressions as exp
    from sqlglot.dialects import DuckDB
    from sqlglot.errors import SqlglotError

    try:
        found = DuckDB().parse_into(exp.Condition, text)
    except RecursionError:
        raise _too_deep() from None
    except SqlglotError as error:
        where: dict[str, Any] = next(iter(getattr(error, "errors", ())), {})
        raise _unreadable(where.get("line"), where.get("col")) from None
    if len(found) != 1 or found[0] is None:
        raise _unreadable(None, None)
    whole: exp.Expr = found[0]
    return whole


def _check_tokens(text: str) -> None:
    """Refuse what no condition needs before it is parsed: brackets, comments, second statements."""
    from sqlglot.dialects import DuckDB
    from sqlglot.errors import SqlglotError

    if len(text) > MOST_CHARACTERS:
        message = f"A condition may have {MOST_CHARACTERS:,} characters; this has {len(text):,}."
        raise ParameterError(message, hint="Do it in several steps.")
    try:
        text.encode()
        tokens = DuckDB().tokenize(text)
    except (SqlglotError, UnicodeEncodeError):
        raise _unreadable(None, None) from None
    if not tokens:
        message = "The condition is empty."
        raise ParameterError(message, hint=EXAMPLE)
    depth = literals = 0
    for token in tokens:
        _check_token(token)
        depth += {"L_PAREN": 1, "R_PAREN": -1}.get(token.token_type.name, 0)
        literals += token.token_type.name in ("STRING", "NUMBER")
        if depth > MOST_NESTED:
            raise _too_deep()
    if literals > MOST_LITERALS:
        message = f"A condition may have {MOST_LITERALS:,} values; this has {literals:,}."
        raise ParameterError(message, hint="Do it in several steps.")


def _check_token(token: Any) -> None:
    kind, text = token.token_type.name, token.text
    where = f"at character {token.start + 1}"
    if token.comments:
        message = f"A condition may hold no comment; there is one {where} or behind it."
        raise ParameterError(message)
    if kind.endswith(_OTHER_TEXTS):
        message = f"The text {where} is written in a way that is not allowed."
        raise ParameterError(message, hint="Write texts within single quotes: 'like this'.")
    worded = kind in ("STRING", "IDENTIFIER", "NUMBER") or any(
        c.isalnum() or c == "_" for c in text
    )
    if not worded and text not in _SYMBOLS:
        message = f"{text[:5]!r} is not allowed in a condition ({where})."
        hint = "It may compare columns and values, joined by AND, OR and NOT. " + EXAMPLE
        raise ParameterError(message, hint=hint)


def _unreadable(line: int | None, column: int | None) -> ParameterError:
    where = f" at character {column}" if column is not None else ""
    where += f" of line {line}" if where and line is not None and line > 1 else ""
    message = f"The condition cannot be read{where}."
    hint = "Texts stand in single quotes, unusual names in double ones: \"marital status\" = 'x'. "
    return ParameterError(message, hint=hint + EXAMPLE)


def _too_deep() -> ParameterError:
    message = "The condition is nested too deep."
    hint = f"Brackets may stand within {MOST_NESTED} others; do it in several steps."
    return ParameterError(message, hint=hint)
