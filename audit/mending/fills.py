"""Values that take the place of missing ones, learnt from a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from audit.errors import ParameterError
from audit.mending.bounds import finite, mean_and_deviation
from audit.mending.change import Cells
from audit.model import Scalar
from audit.store.rows import is_numeric, is_temporal
from audit.store.table import Table

Middle = Literal["median", "mean", "mode"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """What one column is filled with."""

    value: Scalar
    """Where there is no group, or the group has no value; dates as text. None: nothing."""
    by: tuple[str, ...] = ()
    groups: dict[str, Scalar] = field(default_factory=dict)
    """Value by group, which is written as a JSON list of texts."""

    def plain(self) -> dict[str, Any]:
        """Give it as JSON values, for a recipe."""
        told: dict[str, Any] = {"value": self.value}
        return told | ({"by": list(self.by), "groups": self.groups} if self.by else {})


def lacks(type_: str) -> str:
    """Write whether a cell ``{c}`` is missing: NULL, or not a number.

    NaN is told by its text: what is compared with it, and isnan too, the engine answers from the
    least and largest value that a Parquet file states, which leave NaN out.
    """
    if type_ not in ("FLOAT", "DOUBLE"):
        return "({c} IS NULL)"
    return "({c} IS NULL OR (NOT isfinite({c}) AND CAST({c} AS VARCHAR) = 'nan'))"


def middle_of(type_: str) -> Middle:
    """Choose what stands for a column: the median of numbers and dates, else the most frequent."""
    return "median" if is_numeric(type_) or is_temporal(type_) else "mode"


def learn(table: Table, column: str, middle: Middle, by: Sequence[str] = ()) -> Fill:
    """Find what a column is filled with, of all its rows and of each group of ``by``.

    The mean is of all rows only. Of equally frequent values the smallest stands for all.
    """
    if middle == "mean":
        mean, _, n = mean_and_deviation(table, column, ddof=0)
        return Fill(value=mean if n else None)
    found = _by_group(table, column, middle, ())
    groups = _by_group(table, column, middle, by) if by else {}
    return Fill(value=found.get("[]"), by=tuple(by), groups=groups)


def _by_group(table: Table, column: str, middle: Middle, by: Sequence[str]) -> dict[str, Scalar]:
    type_ = table.type_of(column)
    cells = (
        f"SELECT {group_of(len(by))} AS g, {_cell(type_)} AS v FROM {{t}} "  # noqa: S608
        f"WHERE NOT {lacks(type_)}"
    )
    shown = "m" if is_numeric(type_) else "CAST(m AS VARCHAR)"
    if middle == "mode":
        asked = f"""SELECT g, v AS m FROM (
            SELECT g, v, count(*) AS k FROM ({cells}) WHERE v IS NOT NULL GROUP BY g, v)
            QUALIFY row_number() OVER (PARTITION BY g ORDER BY k DESC, v) = 1"""  # noqa: S608
    else:
        median = "median(v)" if is_numeric(type_) else "quantile_disc(v, 0.5)"
        asked = f"SELECT g, {median} AS m FROM ({cells}) WHERE v IS NOT NULL GROUP BY g"  # noqa: S608
    keys = {f"b{i}": name for i, name in enumerate(by)}
    rows = table.rows(f"SELECT g, {shown} FROM ({asked}) ORDER BY g", c=column, **keys)  # noqa: S608
    return dict(rows)


def group_of(n: int) -> str:
    """Write the group of a row, columns ``{b0}`` to ``{bn-1}``, as a JSON list of texts."""
    if not n:
        return "'[]'"
    listed = ", ".join(f"CAST({{b{i}}} AS VARCHAR)" for i in range(n))
    return f"CAST(to_json([{listed}]) AS VARCHAR)"


def _cell(type_: str) -> str:
    """Write a cell as what is aggregated: numbers as finite DOUBLE, all else as text or itself."""
    if is_numeric(type_):
        return finite("{c}")
    return "{c}" if is_temporal(type_) else "CAST({c} AS VARCHAR)"


def filled(column: str, type_: str, fill: Fill) -> Cells:
    """Write the cells of a column with its missing ones filled.

    A column of whole numbers stays one where what it is filled with is whole, too.
    """
    given = [v for v in (fill.value, *fill.groups.values()) if v is not None]
    kind = type_ if is_numeric(type_) or is_temporal(type_) or type_ == "BOOLEAN" else "VARCHAR"
    if is_whole(type_) and not all(float(v) == int(float(v)) for v in given):
        kind = "DOUBLE"
    value, values = f"CAST(? AS {kind})", [fill.value]
    names = {"c": column}
    if fill.groups:
        places = ", ".join("?" * len(fill.groups))
        of_group = f"map([{places}], [{places}])[{group_of(len(fill.by))}]"
        value = f"coalesce(CAST({of_group} AS {kind}), {value})"
        values = [*fill.groups, *fill.groups.values(), fill.value]
        names |= {f"b{i}": name for i, name in enumerate(fill.by)}
    kept = "{c}" if kind == type_ else f"CAST({{c}} AS {kind})"
    sql = f"CASE WHEN {lacks(type_)} THEN {value} ELSE {kept} END"
    return Cells(column=column, sql=sql, values=values, names=names)


def read(told: Any) -> Fill:
    """Read what :meth:`Fill.plain` wrote."""
    if isinstance(told, dict) and "value" in told and isinstance(told.get("groups", {}), dict):
        by = tuple(map(str, told.get("by", ())))
        return Fill(value=told["value"], by=by, groups=dict(told.get("groups", {})))
    message = "The parameter 'fitted' is not what this step wrote."
    raise ParameterError(message, hint="Remove it: the step learns from the data anew.")


def is_whole(type_: str) -> bool:
    """Whether a type holds whole numbers only."""
    return is_numeric(type_) and not type_.startswith(("FLOAT", "DOUBLE", "DECIMAL"))
