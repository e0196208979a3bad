"""One column made coarser: numbers in bins, dates to months, codes to their first characters."""

from typing import Annotated, Any, Literal

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.change import Cells, Change, Computed, Context
from audit.mending.choosing import learnt_before, remembered
from audit.mending.distinct import rewritten
from audit.mending.fields import ColumnName, Fitted, Hierarchy, Needs
from audit.mending.generalizing import (
    Period,
    Written,
    bins_between,
    bins_of_width,
    checked_edges,
    coded_ends,
    end_values,
    even_edges,
    periods,
    prefix,
    sensible,
)
from audit.registry import Settings, remedy
from audit.reports.reidentification.classes import refuse_nested
from audit.store.rows import is_numeric
from audit.store.table import Table

Method = Literal["auto", "bins", "date", "prefix", "hierarchy", "top-bottom", "group-rare"]
Way = dict[str, Any]

_BINS, _DATES, _CODES, _LEVELS, _ENDS, _RARE, _NUMBERS = (
    Needs("method", methods)
    for methods in (
        ("bins",),
        ("date",),
        ("prefix",),
        ("hierarchy",),
        ("top-bottom",),
        ("group-rare",),
        ("bins", "top-bottom"),
    )
)
_WIDE = ("FLOAT", "DOUBLE", "DECIMAL")
_END_SHARE = 0.01


class Generalize(Settings):
    """Make the values of a column coarser."""

    column: ColumnName = Field(title="Column", description="The one whose values become coarser.")
    method: Method = Field(
        default="auto",
        title="How",
        description="auto: about ten bins of numbers, the year of dates, the first characters of "
        "codes, rare values of other text together; by a hierarchy where one is given.",
    )
    width: Annotated[float | None, _BINS] = Field(
        default=None, gt=0, allow_inf_nan=False, title="Width of bins", description="Of numbers."
    )
    edges: Annotated[tuple[float, ...], _BINS] = Field(
        default=(), max_length=200, title="Edges of bins", description="In place of a width."
    )
    quantiles: Annotated[int | None, _BINS] = Field(
        default=None, ge=2, le=200, title="Bins of as many rows", description="In place of a width."
    )
    period: Annotated[Period, _DATES] = Field(
        default="year", title="Dates become", description="What is left of a date or a time."
    )
    keep: Annotated[int, _CODES] = Field(
        default=3, ge=1, title="Characters kept", description="Of codes: the first."
    )
    hierarchy: Annotated[Hierarchy, _LEVELS] = Field(
        default_factory=dict,
        title="Hierarchy",
        description="A file, or what each value becomes at levels 1, 2, …",
    )
    level: Annotated[int, _LEVELS] = Field(
        default=1, ge=1, title="Level", description="Of the hierarchy."
    )
    below: Annotated[float | None, _ENDS] = Field(
        default=None, allow_inf_nan=False, title="Bottom", description="Smaller numbers become one."
    )
    above: Annotated[float | None, _ENDS] = Field(
        default=None, allow_inf_nan=False, title="Top", description="Larger numbers become one."
    )
    least: Annotated[int, _RARE] = Field(
        default=10, ge=2, title="Fewest rows", description="Values of fewer rows are put together."
    )
    other: Annotated[str, _RARE] = Field(
        default="other",
        min_length=1,
        title="What rare values become",
        description="One word for all values that fewer rows have.",
    )
    write: Annotated[Written, _NUMBERS] = Field(
        default="text",
        title="Numbers are written as",
        description="Text such as [20-29], or a number: the middle of the bin, or the end.",
    )
    fitted: Fitted = None


@remedy("generalize", title="Make coarser", family="anonymize", recasts="groups")
def generalize(table: Table, step: Generalize, context: Context) -> Change:
    """Make the values of a column coarser; a missing one stays missing.

    What was learnt of the data (a width, edges, values that stay) is kept in the recipe, so that
    another file is treated alike. A value that a hierarchy does not know becomes missing.
    """
    column = step.column
    type_ = table.type_of(column)
    refuse_nested(table, [column])
    way = learnt_before(step.fitted).get(column) or _way(table, step)
    if way is None:
        return Change(notes=(f"{column!r} has nothing that could be made coarser.",))
    _refuse_other(column, type_, way["method"])
    made, notes = _made(table, step, way)
    kept, told = remembered(context, {column: way} if way["method"] != "hierarchy" else {})
    fitted = {"columns": kept} if kept else None
    notes += _unused(step, way["method"])
    cells = (made,) if isinstance(made, Cells) else ()
    computed = made if isinstance(made, tuple) else ()
    return Change(cells=cells, computed=computed, fitted=fitted, notes=(*notes, *told))


def _unused(step: Generalize, method: str) -> list[str]:
    """Say which parameters another way would have made use of."""
    given = {
        "width": ("bins", step.width),
        "edges": ("bins", step.edges),
        "quantiles": ("bins", step.quantiles),
        "hierarchy": ("hierarchy", step.hierarchy),
        "below": ("top-bottom", step.below),
        "above": ("top-bottom", step.above),
    }
    return [
        f"{step.column!r} is made coarser by {method}: {name!r} was not made use of."
        for name, (needs, value) in given.items()
        if needs != method and value not in (None, (), {})
    ]


def _way(table: Table, step: Generalize) -> Way | None:
    """Resolve what is left open; only what the method needs is kept."""
    column, type_, method = step.column, table.type_of(step.column), _method(step)
    if method == "auto":
        way = sensible(table, column)
        if way is None or way["method"] != "group-rare":
            return way
        return {**way, "stay": _staying(table, column, way["least"])}
    _refuse_other(column, type_, method)
    if method == "group-rare":
        return {"method": method, "stay": _staying(table, column, step.least)}
    if method == "top-bottom":
        return _ends(table, step)
    if method == "bins":
        return _bins(table, step)
    return {"method": method, "period": step.period, "keep": step.keep}


def _ends(table: Table, step: Generalize) -> Way | None:
    """Give bottom and top: those stated, or what one row of a hundred lies beyond."""
    ends: Any = (step.below, step.above)
    if ends == (None, None):
        ends = end_values(table, step.column, _END_SHARE)
    if ends and None not in ends and ends[0] > ends[1]:
        message = "The bottom lies above the top."
        raise ParameterError(message)
    return {"method": "top-bottom", "below": ends[0], "above": ends[1]} if ends else None


def _method(step: Generalize) -> Method:
    """Tell the method from what else is given."""
    if step.method != "auto":
        return step.method
    if step.hierarchy:
        return "hierarchy"
    if step.width is not None or step.edges or step.quantiles is not None:
        return "bins"
    return "auto" if step.below is None and step.above is None else "top-bottom"


def _bins(table: Table, step: Generalize) -> Way | None:
    given = [step.width is not None, bool(step.edges), step.quantiles is not None]
    if sum(given) > 1:
        message = "Bins have a width, edges or a number of rows: one of them."
        raise ParameterError(message, hint="Leave the others out.")
    if step.width is not None:
        return {"method": "bins", "width": step.width}
    if step.edges:
        return {"method": "bins", "edges": checked_edges(step.edges)}
    if step.quantiles is None:
        return sensible(table, step.column)
    edges = even_edges(table, step.column, step.quantiles)
    return {"method": "bins", "edges": edges} if edges else None


def _staying(table: Table, column: str, least: int) -> list[str]:
    import pyarrow as pa

    found = table.arrow(
        "SELECT {c} AS v FROM {t} WHERE {c} IS NOT NULL GROUP BY 1 HAVING count(*) >= ? ORDER BY 1",
        [least],
        c=column,
    )
    return [_unsigned(v) for v in found["v"].cast(pa.string()).to_pylist()]


def _made(
    table: Table, step: Generalize, way: Way
) -> tuple[Cells | tuple[Computed, ...], list[str]]:
    """Say what becomes of the cells."""
    column, type_, method = step.column, table.type_of(step.column), way["method"]
    if method == "hierarchy":
        return _by_hierarchy(table, step)
    if method == "group-rare":
        return _rare(step, frozenset(way["stay"]))
    if method == "date":
        return periods(column, way["period"]), [f"{column!r}: to the {way['period']}."]
    if method == "prefix":
        told = f"{column!r}: first {counted(way['keep'], 'character')}."
        return prefix(column, way["keep"]), [told]
    if method == "top-bottom":
        return coded_ends(column, type_, (way["below"], way["above"]), step.write), []
    return _in_bins(column, way, whole=not type_.startswith(_WIDE), write=step.write)


def _in_bins(column: str, way: Way, *, whole: bool, write: Written) -> tuple[Cells, list[str]]:
    if "width" in way:
        told = f"{column!r}: bins of {way['width']:.15g}."
        return bins_of_width(column, way["width"], whole=whole, write=write), [told]
    told = f"{column!r}: {counted(len(way['edges']) + 1, 'bin')}."
    return bins_between(column, way["edges"], whole=whole, write=write), [told]


def _rare(step: Generalize, stay: frozenset[str]) -> tuple[tuple[Computed, ...], list[str]]:
    notes = [
        f"{step.column!r}: {counted(len(stay), 'value')} "
        f"{'stays' if len(stay) == 1 else 'stay'}; any other becomes {step.other!r}."
    ]
    if step.other in stay:
        notes.append(f"{step.column!r}: the word for rare values is also a value of the column.")

    def written(text: str) -> str:
        text = _unsigned(text)
        return text if text in stay else step.other

    return rewritten({step.column: written}), notes


def _unsigned(text: str) -> str:
    """Take the sign off a zero: it is one value with the other zero."""
    return "0" if text == "-0" else text


def _by_hierarchy(table: Table, step: Generalize) -> tuple[tuple[Computed, ...], list[str]]:
    known = step.hierarchy
    if not known or isinstance(known, str):
        message = "There is no hierarchy."
        raise ParameterError(message, hint="Name a file, or give what each value becomes.")
    deepest = max(len(levels) for levels in known.values())
    if step.level > deepest:
        message = f"The hierarchy has {counted(deepest, 'level')}, not {step.level}."
        raise ParameterError(message, hint="Choose a level that it has.")
    becomes = {v: levels[min(step.level, len(levels)) - 1] for v, levels in known.items() if levels}
    import pyarrow as pa

    found = table.arrow(
        "SELECT {c} AS v, count(*) AS n FROM {t} WHERE {c} IS NOT NULL GROUP BY 1", c=step.column
    )
    texts, rows = found["v"].cast(pa.string()).to_pylist(), found["n"].to_pylist()
    lost = sum(n for text, n in zip(texts, rows, strict=True) if text not in becomes)
    notes = [f"{step.column!r}: to level {step.level} of a hierarchy."]
    if lost:
        notes.append(
            f"{step.column!r}: {counted(lost, 'cell')} of values that the hierarchy does not know "
            "became missing."
        )
    return rewritten({step.column: becomes.get}), notes


def _refuse_other(column: str, type_: str, method: str) -> None:
    numbers = is_numeric(type_)
    dates = type_.startswith(("DATE", "TIMESTAMP"))
    fits = {"bins": numbers, "top-bottom": numbers, "date": dates}.get(method, True)
    if not fits:
        kind = "dates" if method == "date" else "numbers"
        message = f"{column!r} does not hold {kind}, which {method} needs."
        hint = f"Parse them first: parse-{kind}; or choose another way."
        raise ParameterError(message, hint=hint)
