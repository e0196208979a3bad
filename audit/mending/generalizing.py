"""Ways to make one column coarser, each resolved to what is done to a cell of it.

The same coarsenings as the Privacy page tries (:mod:`audit.reports.reidentification.coarsening`):
what it forecasts is what comes out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, isfinite, log10
from typing import Any, Literal

from audit.errors import ParameterError
from audit.mending.change import Cells
from audit.reports.reidentification.coarsening import Coarsening, coarsenings
from audit.store.rows import is_numeric, is_text
from audit.store.table import Table, Value

Written = Literal["text", "number"]
Period = Literal["month", "quarter", "year", "decade"]

_FEW_ROWS = 10
"""Rows that a value needs to stay, where nothing else is said."""
_MOST_KEPT = 4
_CODES = 0.95
"""Share of the values of a text column that hold a digit, from which they are codes."""
_PERIODS: dict[Period, str] = {
    "month": "strftime({c}, '%Y-%m')",
    "quarter": "CAST(year({c}) AS VARCHAR) || '-Q' || CAST(quarter({c}) AS VARCHAR)",
    "year": "CAST(year({c}) AS BIGINT)",
    "decade": "CAST(CAST(floor(year({c}) / 10) * 10 AS BIGINT) AS VARCHAR) || 's'",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """What stands for the numbers of a bin."""

    text: str
    number: float


def params_of(coarsening: Coarsening) -> dict[str, Any]:
    """Give the parameters of the step ``generalize`` that does what a coarsening says."""
    if coarsening.way == "bins":
        return {"method": "bins", "width": coarsening.size}
    if coarsening.way == "first":
        return {"method": "prefix", "keep": int(coarsening.size)}
    if coarsening.way == "rare":
        return {"method": "group-rare", "least": int(coarsening.size)}
    return {"method": "date", "period": coarsening.way}


def sensible(table: Table, column: str) -> dict[str, Any] | None:
    """Choose a way for a column of which nothing else is known; None where there is none.

    About ten bins of a round width for numbers, the year of dates, half of the characters of
    codes such as a ZIP, and rare values together of other text.
    """
    type_ = table.type_of(column)
    ways = coarsenings(table, column)
    if is_numeric(type_):
        bins = [way for way in ways if way.way == "bins"]
        return params_of(bins[min(1, len(bins) - 1)]) if bins else None
    if any(way.way == "year" for way in ways):
        return {"method": "date", "period": "year"}
    first = [way for way in ways if way.way == "first"]
    if is_text(type_) and first and _holds_codes(table, column):
        return {"method": "prefix", "keep": int(first[len(first) // 2].size)}
    return {"method": "group-rare", "least": _FEW_ROWS} if ways else None


def _holds_codes(table: Table, column: str) -> bool:
    (share,) = table.row(
        "SELECT avg(CAST(regexp_matches({c}, '[0-9]') AS DOUBLE)) FROM {t} WHERE {c} IS NOT NULL",
        c=column,
    )
    return share is not None and share >= _CODES


def bins_of_width(column: str, width: float, *, whole: bool, write: Written) -> Cells:
    """Put numbers in bins that begin at multiples of ``width``."""
    digits = max(0, 6 - floor(log10(width)))
    # Adding 0 makes 0.0 of -0.0.
    low = (
        f"round(floor(CAST({{c}} AS DOUBLE) / CAST(? AS DOUBLE)) * ?, {digits}) + CAST(0 AS DOUBLE)"
    )
    whole = whole and width == int(width)
    last = width - 1 if whole else width
    finite = "isfinite(CAST({c} AS DOUBLE))"
    values: list[Value] = [float(width), float(width)]
    if write == "number":
        sql = f"CASE WHEN {finite} THEN ({low}) + ? ELSE CAST({{c}} AS DOUBLE) END"
        return Cells(column=column, sql=sql, values=(*values, last / 2), names={"c": column})
    joined = "CASE WHEN ({low}) < 0 THEN ' to ' ELSE '-' END" if whole else "' to '"
    texts = (_in_words(low), joined.replace("{low}", low), _in_words(f"({low} + ?)"))
    end = "']'" if whole else "')'"
    sql = f"'[' || {texts[0]} || {texts[1]} || {texts[2]} || {end}"
    given = (*values, *(values if whole else ()), *values, last)
    sql = f"CASE WHEN {finite} THEN {sql} ELSE CAST({{c}} AS VARCHAR) END"
    return Cells(column=column, sql=sql, values=given, names={"c": column})


def _in_words(number: str) -> str:
    """Write a DOUBLE as text without the '.0' of a whole number."""
    return f"regexp_replace(CAST({number} AS VARCHAR), '\\.0$', '')"


def bins_between(column: str, edges: Sequence[float], *, whole: bool, write: Written) -> Cells:
    """Put numbers in bins between edges; a bin holds its lower edge."""
    bins = _bins(edges, whole=whole)
    kind = "VARCHAR" if write == "text" else "DOUBLE"
    cell = "CAST({c} AS DOUBLE)"
    sql, values = f"CASE WHEN {{c}} IS NULL THEN NULL WHEN isnan({cell}) THEN NULL", []
    for edge, one in zip(edges, bins, strict=False):
        sql += f" WHEN {cell} < ? THEN CAST(? AS {kind})"
        values += [edge, one.text if write == "text" else one.number]
    values.append(bins[-1].text if write == "text" else bins[-1].number)
    return Cells(
        column=column, sql=f"{sql} ELSE CAST(? AS {kind}) END", values=values, names={"c": column}
    )


def _bins(edges: Sequence[float], *, whole: bool) -> list[Bin]:
    whole = whole and all(edge == int(edge) for edge in edges)
    bins = [Bin(text=f"below {edges[0]:.15g}", number=edges[0])]
    for low, high in pairwise(edges):
        last = high - 1 if whole else high
        between = "-" if whole and low >= 0 else " to "
        text = f"[{low:.15g}{between}{last:.15g}{']' if whole else ')'}"
        bins.append(
            Bin(text=f"{low:.15g}" if whole and low == last else text, number=(low + last) / 2)
        )
    return [*bins, Bin(text=f"{edges[-1]:.15g} and above", number=edges[-1])]


def even_edges(table: Table, column: str, bins: int) -> list[float]:
    """Find edges between bins of about as many rows each; fewer where values repeat."""
    shares = ", ".join(f"{i / bins:.17g}" for i in range(1, bins))
    (found,) = table.row(
        f"SELECT quantile_disc(CAST({{c}} AS DOUBLE), [{shares}]) FROM {{t}} "  # noqa: S608
        "WHERE isfinite(CAST({c} AS DOUBLE))",
        c=column,
    )
    return sorted({float(edge) for edge in found or ()})


def checked_edges(edges: Sequence[float]) -> list[float]:
    """Check edges given by hand."""
    if not all(map(isfinite, edges)) or sorted(set(edges)) != list(edges):
        message = "The edges of bins must be numbers, each larger than the last."
        raise ParameterError(message)
    return [float(edge) for edge in edges]


def periods(column: str, period: Period) -> Cells:
    """Make dates coarser; one that never comes (infinity) has no period and is missing."""
    sql = f"CASE WHEN isfinite({{c}}) THEN {_PERIODS[period]} END"
    return Cells(column=column, sql=sql, names={"c": column})


def prefix(column: str, keep: int) -> Cells:
    """Keep the first characters."""
    sql = "left(CAST({c} AS VARCHAR), CAST(? AS BIGINT))"
    return Cells(column=column, sql=sql, values=(keep,), names={"c": column})


def coded_ends(
    column: str, type_: str, ends: tuple[float | None, float | None], write: Written
) -> Cells:
    """Give all numbers beyond either end one value: the end itself, or text that says so."""
    below, above = ends
    cell, parts, values = "CAST({c} AS DOUBLE)", "", []
    kind = "VARCHAR" if write == "text" else type_ if _holds(type_, ends) else "DOUBLE"
    # NaN is larger than any number for DuckDB; it is none.
    for end, sign, words in ((below, "<", "below"), (above, ">", "above")):
        if end is not None:
            parts += f" WHEN NOT isnan({cell}) AND {cell} {sign} ? THEN CAST(? AS {kind})"
            values += [float(end), f"{words} {end:.15g}" if write == "text" else float(end)]
    return Cells(
        column=column,
        sql=f"CASE{parts} ELSE CAST({{c}} AS {kind}) END",
        values=values,
        names={"c": column},
    )


def _holds(type_: str, ends: tuple[float | None, float | None]) -> bool:
    """Whether a column of this type can hold the ends."""
    return type_ in ("DOUBLE", "FLOAT") or all(end is None or end == int(end) for end in ends)


def end_values(table: Table, column: str, share: float) -> tuple[float, float] | None:
    """Find the numbers that ``share`` of the rows lie below and above; None without numbers."""
    (found,) = table.row(
        "SELECT quantile_disc(CAST({c} AS DOUBLE), [CAST(? AS DOUBLE), CAST(? AS DOUBLE)]) "
        "FROM {t} WHERE isfinite(CAST({c} AS DOUBLE))",
        [share, 1 - share],
        c=column,
    )
    return (float(found[0]), float(found[1])) if found else None
