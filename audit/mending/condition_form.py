"""Conditions as a form has them: a column, an operator and a value in each row."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from audit.errors import ColumnError, ParameterError
from audit.mending.condition import compile_condition, parsed
from audit.mending.condition_parts import Rebuilding
from audit.model import Scalar
from audit.store.table import Table, quote_name, quote_text

Operator = Literal[
    "=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "in",
    "not in",
    "between",
    "contains",
    "starts with",
    "ends with",
    "is missing",
    "is not missing",
]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
_PAIRS: dict[str, str] = {
    "contains": "contains",
    "starts with": "starts_with",
    "ends with": "ends_with",
}
_NODES: dict[str, Operator] = {
    "EQ": "=",
    "NEQ": "<>",
    "LT": "<",
    "LTE": "<=",
    "GT": ">",
    "GTE": ">=",
    "Contains": "contains",
    "StartsWith": "starts with",
    "EndsWith": "ends with",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One row of the form."""

    column: str
    operator: Operator
    value: Scalar | tuple[Scalar, ...] = None
    """One value; several for ``in`` and ``not in``, two for ``between``; none where it asks
    whether there is a value. Dates are text: '2024-12-31'."""


def condition_of(clauses: Sequence[Clause], *, any_: bool = False) -> str:
    """Write the condition that clauses make: all of them hold, or any of them.

    Examples
    --------
    >>> condition_of([Clause(column="age", operator=">=", value=18)])
    '"age" >= 18'
    """
    if not clauses:
        message = "A condition needs one row at least."
        raise ParameterError(message, hint="Choose a column, an operator and a value.")
    return (" OR " if any_ else " AND ").join(map(_written, clauses))


def clauses_of(text: str, table: Table) -> tuple[tuple[Clause, ...], bool] | None:
    """Read a condition as clauses, and whether any of them is enough.

    None where the condition says more than clauses can, or cannot be read.
    """
    try:
        compile_condition(text, table)
        node = parsed(text)
    except (ParameterError, ColumnError):
        return None
    kind = type(node).__name__
    found = []
    rebuilding = Rebuilding(table)
    for part in _flat(node, kind) if kind in ("And", "Or") else [node]:
        clause = _clause(part, rebuilding.column)
        if clause is None:
            return None
        found.append(clause)
    return tuple(found), kind == "Or"


def _written(clause: Clause) -> str:
    name, operator, value = quote_name(clause.column), clause.operator, clause.value
    values = value if isinstance(value, tuple) else (value,)
    if operator in ("is missing", "is not missing"):
        return f"{name} IS {'NOT ' if operator == 'is not missing' else ''}NULL"
    if operator in ("in", "not in"):
        if not values:
            message = f"The list of values for {clause.column!r} is empty."
            raise ParameterError(message)
        return f"{name} {operator.upper()} ({', '.join(map(_literal, values))})"
    if len(values) != (2 if operator == "between" else 1):
        message = f"{operator!r} takes {'two values' if operator == 'between' else 'one value'}."
        raise ParameterError(message)
    if operator == "between":
        return f"{name} BETWEEN {_literal(values[0])} AND {_literal(values[1])}"
    if operator in _PAIRS:
        return f"{_PAIRS[operator]}({name}, {_literal(str(values[0]))})"
    return f"{name} {operator} {_literal(values[0])}"


def _literal(value: Scalar) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return quote_text(value)
    if value is None or not math.isfinite(value):
        message = "There is no value to compare with."
        raise ParameterError(message, hint="Give one, or ask for 'is missing'.")
    return repr(value)


def _flat(node: Any, kind: str) -> list[Any]:
    waiting, found = [node], []
    while waiting:
        here = waiting.pop()
        if type(here).__name__ == kind:
            waiting += [here.expression, here.this]
        else:
            found.append(here)
    return found


def _clause(node: Any, column: Callable[[str], str]) -> Clause | None:
    negated = type(node).__name__ == "Not"
    inner = node.this if negated else node
    kind = type(inner).__name__
    if type(inner.this).__name__ != "Column":
        return None
    name = column(inner.this.this.this)
    if kind == "Is" and type(inner.expression).__name__ == "Null":
        return Clause(column=name, operator="is not missing" if negated else "is missing")
    if kind == "In":
        return _several(name, "not in" if negated else "in", inner.expressions)
    if kind == "Between" and not negated:
        return _several(name, "between", [inner.args["low"], inner.args["high"]])
    value = None if negated or kind not in _NODES else _value(inner.expression)
    return None if value is None else Clause(column=name, operator=_NODES[kind], value=value)


def _several(name: str, operator: Operator, nodes: Sequence[Any]) -> Clause | None:
    values = tuple(map(_value, nodes))
    return None if None in values else Clause(column=name, operator=operator, value=values)


def _value(node: Any) -> Scalar:
    kind = type(node).__name__
    if kind == "Boolean":
        return bool(node.this)
    if kind == "Neg":
        number = _value(node.this)
        return -number if isinstance(number, int | float) else None
    if kind != "Literal":
        return None
    text = str(node.this)
    if node.is_string:
        return text
    return int(text) if text.isdigit() else float(text)
