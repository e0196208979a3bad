"""What a condition may hold, and how each part of it is written for the engine."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.errors import ColumnError, ParameterError
from audit.mending.condition_fitting import (
    Part,
    as_number,
    comparable,
    finite,
    is_test,
    kind_of,
    needs,
    values_of,
)
from audit.mending.condition_functions import FUNCTIONS
from audit.mending.condition_words import only, refused, where_of
from audit.store.table import Table, quote_name

if TYPE_CHECKING:
    import sqlglot.expressions as exp

_MOST_DEEP = 60
_COMPARE = {"EQ": "=", "NEQ": "<>", "LT": "<", "LTE": "<=", "GT": ">", "GTE": ">="}
_ARITHMETIC = {"Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "Mod": "%"}
_LIKE = {"Like": "LIKE", "ILike": "ILIKE"}
_JOINED = {"And": " AND ", "Or": " OR "}


class Rebuilding:
    """Writes one condition anew; collects the columns it names."""

    def __init__(self, table: Table) -> None:
        self.names: dict[str, str] = {}
        self._table = table
        self._keys: dict[str, str] = {}
        self._folded = {c.name.casefold(): c.name for c in table.columns}

    def condition(self, node: "exp.Expr") -> Part:
        """Rebuild the whole; it has to be true or false."""
        part = self._part(node, 0)
        if part.kind != "boolean":
            message = f"The condition is no test: {part.label} is neither true nor false by itself."
            raise ParameterError(message, hint="Compare it: age >= 18, or age IS NOT NULL.")
        return part

    def column(self, name: str) -> str:
        """Give the column that is meant; case does not matter."""
        known = [c.name for c in self._table.columns]
        if name in known:
            return name
        if name.casefold() not in self._folded:
            raise _unknown(name, known)
        return self._folded[name.casefold()]

    def _part(self, node: Any, depth: int) -> Part:
        if depth > _MOST_DEEP:
            raise RecursionError
        kind = type(node).__name__
        for names, method in _METHODS:
            if kind in names:
                part: Part = method(self, node, kind, depth + 1)
                return part
        if kind in FUNCTIONS:
            return FUNCTIONS[kind](lambda inner: self._part(inner, depth + 1), node, kind)
        raise refused(node)

    def _joined(self, node: Any, kind: str, depth: int) -> Part:
        only(node, "this", "expression")
        parts = [self._test(n, depth, kind.upper()) for n in _flat(node, kind)]
        sql = _JOINED[kind].join(p.sql for p in parts)
        return Part(sql=f"({sql})", kind="boolean", values=values_of(parts))

    def _test(self, node: Any, depth: int, word: str) -> Part:
        part = self._part(node, depth)
        if part.kind != "boolean":
            message = f"{word} joins tests; {part.label} is none{where_of(node)}."
            raise ParameterError(message, hint="Compare it with a value.")
        return part

    def _not(self, node: Any, _kind: str, depth: int) -> Part:
        only(node, "this")
        part = self._test(node.this, depth, "NOT")
        return replace(part, sql=f"(NOT {part.sql})")

    def _paren(self, node: Any, _kind: str, depth: int) -> Part:
        only(node, "this")
        return self._part(node.this, depth)

    def _comparison(self, node: Any, kind: str, depth: int) -> Part:
        only(node, "this", "expression")
        one, other = self._part(node.this, depth), self._part(node.expression, depth)
        one, other = comparable(one, other, where_of(node), ordered=kind not in ("EQ", "NEQ"))
        return is_test(f"({one.sql} {_COMPARE[kind]} {other.sql})", one, other)

    def _in(self, node: Any, _kind: str, depth: int) -> Part:
        only(node, "this", "expressions")
        one = self._part(node.this, depth)
        listed = [self._part(n, depth) for n in node.expressions]
        if not listed or not all(p.literal for p in listed):
            message = f"IN takes a list of values{where_of(node)}."
            raise ParameterError(message, hint="Write country IN ('DE', 'FR').")
        pairs = [comparable(one, p, where_of(node), ordered=False) for p in listed]
        sql = ", ".join(p.sql for _, p in pairs)
        return is_test(f"({pairs[0][0].sql} IN ({sql}))", one, *(p for _, p in pairs))

    def _between(self, node: Any, _kind: str, depth: int) -> Part:
        only(node, "this", "low", "high")
        one = self._part(node.this, depth)
        left, low = comparable(one, self._part(node.args["low"], depth), where_of(node))
        _, high = comparable(one, self._part(node.args["high"], depth), where_of(node))
        return is_test(f"({left.sql} BETWEEN {low.sql} AND {high.sql})", left, low, high)

    def _is(self, node: Any, _kind: str, depth: int) -> Part:
        only(node, "this", "expression")
        one, what = self._part(node.this, depth), type(node.expression).__name__
        if what == "Null":
            return is_test(f"({finite(one).sql} IS NULL)", one)
        if what == "Boolean" and one.kind == "boolean":
            return is_test(f"({one.sql} IS {str(node.expression.this).upper()})", one)
        raise refused(node)

    def _like(self, node: Any, kind: str, depth: int) -> Part:
        only(node, "this", "expression")
        one, other = self._part(node.this, depth), self._part(node.expression, depth)
        for part in (one, other):
            needs(part, "text", kind.upper(), where_of(node))
        how = f"NOT {_LIKE[kind]}" if node.args.get("negate") else _LIKE[kind]
        return is_test(f"({one.sql} {how} {other.sql})", one, other)

    def _arithmetic(self, node: Any, kind: str, depth: int) -> Part:
        only(node, "this", "expression")
        one, other = self._part(node.this, depth), self._part(node.expression, depth)
        for part in (one, other):
            needs(part, "number", _ARITHMETIC[kind], where_of(node))
        one, other = as_number(one), as_number(other)
        sql = f"({one.sql} {_ARITHMETIC[kind]} {other.sql})"
        return Part(sql=sql, kind="number", values=values_of((one, other)), computed=True)

    def _negative(self, node: Any, _kind: str, depth: int) -> Part:
        only(node, "this")
        part = self._part(node.this, depth)
        needs(part, "number", "-", where_of(node))
        if part.literal and len(part.values) == 1 and isinstance(part.values[0], int | float):
            return replace(part, values=(-part.values[0],))
        part = as_number(part)
        return Part(sql=f"(- {part.sql})", kind="number", values=part.values, computed=True)

    def _column(self, node: Any, _kind: str, _depth: int) -> Part:
        if node.args.get("table") is not None or type(node.this).__name__ != "Identifier":
            raise refused(node)
        name = self.column(node.this.this)
        if name not in self._keys:
            self._keys[name] = f"c{len(self._keys)}"
            self.names[self._keys[name]] = name
        type_ = self._table.type_of(name)
        sql = f"{{{self._keys[name]}}}"
        if type_.startswith("ENUM"):
            sql = f"CAST({sql} AS VARCHAR)"
        part = Part(sql=sql, kind=kind_of(type_), column=name, type=type_)
        return finite(replace(part, computed=type_ in ("FLOAT", "DOUBLE")))

    def _literal(self, node: Any, _kind: str, _depth: int) -> Part:
        if node.is_string:
            return Part(sql="?", kind="text", values=(node.this,), literal=True)
        return Part(sql="?", kind="number", values=(_number(node),), literal=True)

    def _boolean(self, node: Any, _kind: str, _depth: int) -> Part:
        return Part(sql=str(node.this).lower(), kind="boolean", literal=True)


_Method = Callable[[Rebuilding, Any, str, int], Part]
_METHODS: tuple[tuple[Sequence[str] | dict[str, Any], _Method], ...] = (
    (("Column",), Rebuilding._column),
    (("Literal",), Rebuilding._literal),
    (("Boolean",), Rebuilding._boolean),
    (_JOINED, Rebuilding._joined),
    (("Not",), Rebuilding._not),
    (("Paren",), Rebuilding._paren),
    (_COMPARE, Rebuilding._comparison),
    (("In",), Rebuilding._in),
    (("Between",), Rebuilding._between),
    (("Is",), Rebuilding._is),
    (_LIKE, Rebuilding._like),
    (_ARITHMETIC, Rebuilding._arithmetic),
    (("Neg",), Rebuilding._negative),
)


def _unknown(name: str, known: Sequence[str]) -> ColumnError:
    """Build the error for a column that is not there, or whose name was taken apart."""
    error = ColumnError.unknown(name, list(known))
    whole = (n for n in known if n.casefold().startswith(name.casefold()))
    quoted = next((n for n in whole if not n.replace("_", "").isalnum()), None)
    if quoted is None:
        return error
    return ColumnError(
        error.problem, hint=f"Names like this stand in double quotes: {quote_name(quoted)}."
    )


def _flat(node: Any, kind: str) -> Iterator[Any]:
    """Give the tests that one word joins, without a call for each of them."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if type(here).__name__ == kind:
            only(here, "this", "expression")
            waiting += [here.expression, here.this]
        else:
            yield here


def _number(node: Any) -> int | float:
    text = str(node.this)
    number = int(text) if text.isdigit() and len(text) <= 38 else float(text)
    if math.isinf(number):
        message = f"A number is too large{where_of(node)}."
        raise ParameterError(message)
    return number
