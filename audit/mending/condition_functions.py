"""Functions that a condition may use."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from audit.errors import ParameterError
from audit.mending.condition_fitting import (
    Kind,
    Part,
    as_number,
    comparable,
    is_test,
    moment,
    needs,
    values_of,
)
from audit.mending.condition_words import only, where_of

PartOf = Callable[[Any], Part]
"""Rebuilds a part of an expression."""
_SINGLE: dict[str, tuple[str, Kind, Kind]] = {
    "Lower": ("lower", "text", "text"),
    "Upper": ("upper", "text", "text"),
    "Trim": ("trim", "text", "text"),
    "Length": ("length", "text", "number"),
    "Abs": ("abs", "number", "number"),
    "Floor": ("floor", "number", "number"),
    "Ceil": ("ceil", "number", "number"),
    "Year": ("year", "date", "number"),
    "Month": ("month", "date", "number"),
    "Day": ("day", "date", "number"),
}
"""Functions of one value: what they are called, take and give."""
_PAIRS = {
    "StartsWith": "starts_with",
    "EndsWith": "ends_with",
    "Contains": "contains",
    "RegexpLike": "regexp_matches",
}
"""Functions of two texts that are true or false."""
_CASTS: dict[str, tuple[str, Kind]] = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INT", "BIGINT"), ("BIGINT", "number")),
    **dict.fromkeys(("FLOAT", "DOUBLE", "DECIMAL"), ("DOUBLE", "number")),
    **dict.fromkeys(("VARCHAR", "TEXT"), ("VARCHAR", "text")),
    "BOOLEAN": ("BOOLEAN", "boolean"),
    "DATE": ("DATE", "date"),
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMPNTZ"), ("TIMESTAMP", "date")),
}
_MOST_PATTERN = 500
_MOST_DIGITS = 15


def _function(part_of: PartOf, node: Any, kind: str) -> Part:
    only(node, "this")
    name, takes, gives = _SINGLE[kind]
    part = part_of(node.this)
    needs(part, takes, name, where_of(node))
    if takes == "number":
        part = as_number(part)
    sql = f"{name}({part.sql})"
    return Part(sql=sql, kind=gives, values=part.values, computed=takes == "number")


def _round(part_of: PartOf, node: Any, _kind: str) -> Part:
    only(node, "this", "decimals")
    part = part_of(node.this)
    needs(part, "number", "round", where_of(node))
    part = as_number(part)
    decimals = node.args.get("decimals")
    digits = part_of(decimals).values[:1] if decimals is not None else (0,)
    if digits not in [(n,) for n in range(_MOST_DIGITS + 1)]:
        message = f"round takes 0 to {_MOST_DIGITS} decimals{where_of(node)}."
        raise ParameterError(message)
    sql = f"round({part.sql}, {int(str(digits[0]))})"
    return Part(sql=sql, kind="number", values=part.values, computed=True)


def _coalesce(part_of: PartOf, node: Any, _kind: str) -> Part:
    only(node, "this", "expressions")
    first, *others = (part_of(n) for n in (node.this, *node.expressions))
    pairs = [comparable(first, p, where_of(node), ordered=False) for p in others]
    parts = (pairs[0][0] if pairs else first, *(p for _, p in pairs))
    sql = f"coalesce({', '.join(p.sql for p in parts)})"
    return Part(sql=sql, kind=parts[0].kind, values=values_of(parts))


def _pair(part_of: PartOf, node: Any, kind: str) -> Part:
    only(node, "this", "expression")
    name = _PAIRS[kind]
    one, other = part_of(node.this), part_of(node.expression)
    for part in (one, other):
        needs(part, "text", name, where_of(node))
    if name == "regexp_matches":
        _check_pattern(other, where_of(node))
    return is_test(f"{name}({one.sql}, {other.sql})", one, other)


def _cast(part_of: PartOf, node: Any, _kind: str) -> Part:
    only(node, "this", "to")
    to = node.args["to"]
    name = getattr(to.this, "name", "")
    if type(to).__name__ != "DataType" or to.expressions or name not in _CASTS:
        message = f"A value cannot be made into a {str(name)[:30].lower()}{where_of(node)}."
        hint = "Kinds: BIGINT, DOUBLE, VARCHAR, BOOLEAN, DATE, TIMESTAMP, with nothing behind."
        raise ParameterError(message, hint=hint)
    sql, kind = _CASTS[name]
    part = part_of(node.this)
    if part.literal and part.kind == "text" and kind == "date":
        return moment(part, sql, where_of(node))
    if part.kind == "date" and part.literal and sql == "TIMESTAMP":
        return replace(part, sql="CAST(? AS TIMESTAMP)")
    return Part(
        sql=f"TRY_CAST({part.sql} AS {sql})",
        kind=kind,
        values=part.values,
        computed=sql == "DOUBLE",
    )


def _check_pattern(part: Part, where: str) -> None:
    """Refuse a pattern that is not of RE2, or is too long."""
    from audit.pii.options import OwnPattern
    from audit.pii.own import OwnPatterns

    if not part.literal or len(str(part.values[0])) > _MOST_PATTERN:
        message = f"regexp_matches takes a pattern of at most {_MOST_PATTERN} characters{where}."
        raise ParameterError(message)
    if part.values[0]:
        try:
            OwnPatterns((OwnPattern(entity="PATTERN", pattern=str(part.values[0])),))
        except ParameterError as error:
            message = f"The pattern{where} cannot be read."
            raise ParameterError(message, hint="It is read as RE2 reads it.") from error


FUNCTIONS: dict[str, Callable[[PartOf, Any, str], Part]] = {
    **dict.fromkeys(_SINGLE, _function),
    **dict.fromkeys(_PAIRS, _pair),
    "Round": _round,
    "Coalesce": _coalesce,
    "Cast": _cast,
    "TryCast": _cast,
}
"""How each is rebuilt, by the parser's name of it."""
