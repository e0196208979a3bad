"""Numbers as ranges."""

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite
from typing import Literal

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.bins import edges_of, labels_of
from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import fresh, learnt_before, unfit
from audit.mending.codes import coded_numbers, told
from audit.mending.fields import Fitted, NumberColumn
from audit.model import ColumnRole, Role
from audit.registry import Settings, remedy
from audit.store.rows import is_numeric
from audit.store.table import Table


class BinValues(Settings):
    """Put numbers into ranges."""

    column: NumberColumn = Field(title="Column", description="A column of numbers.")
    method: Literal["width", "quantile", "edges"] = Field(
        default="quantile",
        title="Ranges",
        description="width: equally wide; quantile: with equally many rows; edges: those given.",
    )
    bins: int = Field(
        default=5,
        ge=2,
        le=1000,
        title="How many",
        description="Ranges; fewer come of it where many rows share a value.",
    )
    edges: tuple[float, ...] = Field(
        default=(),
        max_length=1000,
        title="Edges",
        description="Increasing, the outer ends included; a value at an edge belongs to the "
        "range above it.",
    )
    labels: tuple[str, ...] = Field(
        default=(), title="Names", description="One for each range; none: such as [18, 25)."
    )
    into: str = Field(
        default="", title="New column", description="Empty: the name with _bin behind it."
    )
    fitted: Fitted = None


@remedy("bin-values", title="Put numbers into ranges", family="clean", recasts="groups")
def bin_values(table: Table, step: BinValues, context: Context) -> Change:
    """Add a column that says in which range a number lies; the edges are kept in the recipe.

    Missing stays missing. Values beyond edges that were given become missing, too, and are
    counted; beyond edges that were learnt they belong to the first or the last range.
    """
    type_ = table.type_of(step.column)
    if not is_numeric(type_):
        raise unfit(step.column, type_, is_numeric)
    learns = step.method != "edges" and step.column not in learnt_before(step.fitted)
    codes = coded_numbers(table, (step.column,)) if learns else {}
    edges = _edges(table, step, codes.get(step.column, ()))
    labels = step.labels or labels_of(edges)
    if len(labels) != len(edges) - 1 or len(set(labels)) != len(labels):
        message = (
            f"{counted(len(edges) - 1, 'range')} need as many different names, not {len(labels)}."
        )
        raise ParameterError(message, hint="Give one name for each range, or none.")
    names = [c.name for c in table.columns]
    into = step.into or fresh(f"{step.column}_bin", names)
    if into.casefold() in {n.casefold() for n in names}:
        message = f"There is a column {into!r} already."
        raise ParameterError(message, hint="Choose another name for the new column.")
    notes = [told(name, "they made no edge") for name in codes]
    notes += _beyond(table, step, edges)
    if not step.labels and len(labels) < step.bins and step.method != "edges":
        notes.append(
            f"{counted(len(labels), 'range')} of {step.column!r} instead of {step.bins}: "
            "edges coincide."
        )
    return Change(
        cells=(_cells(step, into, edges, labels),),
        roles=_roles(context, step.column, into),
        fitted={"columns": {step.column: list(edges)}} if step.method != "edges" else None,
        notes=tuple(notes),
    )


def _edges(table: Table, step: BinValues, codes: Sequence[float]) -> tuple[float, ...]:
    if step.edges and step.method != "edges":
        message = f"Edges are given, but the ranges are by {step.method}."
        raise ParameterError(message, hint="Use method: edges, or give no edges.")
    if step.method == "edges":
        if len(step.edges) < 2:
            message = "Ranges need two edges at least."
            raise ParameterError(message, hint="Give them in increasing order: 0, 18, 65, 120.")
        edges = step.edges
    else:
        before = learnt_before(step.fitted).get(step.column)
        found = before or edges_of(table, step.column, step.method, step.bins, codes)
        edges = tuple(map(float, found))
        if not edges:
            message = f"The column {step.column!r} holds no number to find ranges of."
            raise ParameterError(message, hint="Give the edges, or choose another column.")
    if not all(map(isfinite, edges)) or any(a >= b for a, b in pairwise(edges)):
        message = "Edges must be finite and increase."
        raise ParameterError(message, hint="Give each edge once, the smallest first.")
    return edges


def _cells(step: BinValues, into: str, edges: tuple[float, ...], labels: tuple[str, ...]) -> Cells:
    """Write the first range whose upper edge lies above the number, or whose last edge is it."""
    number = "TRY_CAST({c} AS DOUBLE)"
    inside = f"isfinite({number})"
    if step.method == "edges":
        inside = f"{number} >= ? AND {number} <= ?"
    whens = [f"WHEN {number} < ? THEN ?"] * (len(labels) - 1)
    values: list[float | str] = [edges[0], edges[-1]] if step.method == "edges" else []
    for edge, label in zip(edges[1:-1], labels, strict=False):
        values += [edge, label]
    chosen = f"CASE {' '.join(whens)} ELSE ? END" if whens else "?"
    sql = f"CAST(CASE WHEN {inside} THEN {chosen} END AS VARCHAR)"
    return Cells(column=into, sql=sql, values=(*values, labels[-1]), names={"c": step.column})


def _beyond(table: Table, step: BinValues, edges: tuple[float, ...]) -> list[str]:
    number = "TRY_CAST({c} AS DOUBLE)"
    (n,) = table.row(
        f"SELECT count(*) FILTER (isfinite({number}) AND ({number} < ? OR {number} > ?)) FROM {{t}}",  # noqa: S608
        (edges[0], edges[-1]),
        c=step.column,
    )
    if not n:
        return []
    does = "lies" if n == 1 else "lie"
    became = "no range" if step.method == "edges" else "the first or the last range"
    return [f"{counted(int(n), 'value')} of {step.column!r} {does} beyond the edges: {became}."]


def _roles(context: Context, column: str, into: str) -> tuple[ColumnRole, ...]:
    """Let ranges of a sensitive column be sensitive, so that groups can be made of them."""
    kept = {Role.SENSITIVE, Role.QUASI_IDENTIFIER}
    roles = tuple(role for role in context.roles.of(column) if role in kept)
    reason = f"ranges of {column}"
    return (ColumnRole(column=into, roles=roles, reason=reason, confirmed=True),) if roles else ()
