"""Values in the place of missing ones."""

from math import isfinite
from typing import Any, Literal

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.change import Cells, Change, Computed, Context
from audit.mending.choosing import chosen, fresh, is_personal, learnt_before, remembered
from audit.mending.fields import Columns, Fitted, Seed
from audit.mending.fills import Fill, Middle, filled, is_whole, lacks, learn, middle_of, read
from audit.mending.neighbours import Neighbours, fit_neighbours
from audit.model import NO_FEATURE_ROLES, Scalar
from audit.registry import Settings, remedy
from audit.store.rows import is_numeric, is_temporal, is_text
from audit.store.table import Table

Method = Literal["auto", "constant", "median", "mean", "mode", "by-group", "knn"]


class FillMissing(Settings):
    """Fill in missing values."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="None: all that lack values, but for the label, scores, weights, identifiers "
        "and free text; these are filled only where they are named.",
    )
    method: Method = Field(
        default="auto",
        title="With what",
        description="auto: the median of numbers and dates, else the most frequent value; "
        "by-group: the same of each group; knn: the mean of the rows most alike, for numbers.",
    )
    value: str | float | bool | None = Field(
        default=None, title="Value", description="For constant."
    )
    by: Columns = Field(
        default=(),
        title="Groups",
        description="For by-group: columns that make the groups. A group without any value takes "
        "that of all rows.",
    )
    neighbours: int = Field(
        default=5, ge=1, le=100, title="Neighbours", description="For knn: rows most alike."
    )
    flag: bool = Field(
        default=False,
        title="Flag",
        description="Whether a column is added that says where a value was missing.",
    )
    seed: Seed = 0
    fitted: Fitted = None


@remedy("fill-missing", title="Fill in missing values", family="clean", fast=False)
def fill_missing(table: Table, step: FillMissing, context: Context) -> Change:
    """Put a value where none is: the median, the mean, the most frequent, of a group, or a constant.

    Filled values were never measured: variances shrink, and groups that lack more values are
    moved more. NaN counts as missing. What columns are filled with is kept in the recipe; of
    nearest neighbours nothing is kept, for that would be the rows themselves.
    """
    _check(table, step, context)
    columns = chosen(table, context, step.columns, _fits, without=NO_FEATURE_ROLES)
    if not step.columns:
        columns = _lacking(table, columns)
    made = _Made(table, step, context)
    before = learnt_before(step.fitted)
    for name in columns:
        made.add(name, before.get(name))
    made.notes += [
        f"{name!r} lacked no value where the recipe learnt: what fills it is learnt of this data."
        for name in columns
        if before and name not in before and name in made.fills
    ]
    kept, said = remembered(context, {n: fill.plain() for n, fill in made.fills.items()})
    return Change(
        cells=(*made.cells, *(_flags(table, columns) if step.flag else ())),
        computed=tuple(made.computed),
        fitted={"columns": kept} if kept else None,
        notes=(*made.notes, *said),
    )


class _Made:
    """What is made of the columns, one after the other."""

    def __init__(self, table: Table, step: FillMissing, context: Context) -> None:
        self._table, self._step, self._context = table, step, context
        self.cells: list[Cells] = []
        self.computed: list[Computed] = []
        self.fills: dict[str, Fill] = {}
        self.notes: list[str] = []
        self._neighbours: Neighbours | None = None

    def add(self, name: str, before: Any) -> None:
        """Say how a column is filled; columns that cannot be are told."""
        type_ = self._table.type_of(name)
        if self._step.method == "knn" and is_numeric(type_):
            if _lacking(self._table, (name,)):
                self._by_neighbours(name)
            else:
                self.notes.append(f"{name!r} lacks no value: nothing was filled.")
            return
        if self._step.method == "knn":
            self.notes.append(
                f"{name!r} holds no numbers, which nearest rows are found by: it is filled as by auto."
            )
        fill = read(before) if before is not None else self._learnt(name, type_)
        if fill.value is None and not fill.groups:
            self.notes.append(f"{name!r} has no value to fill from; it is left as it was.")
            return
        self.fills[name] = fill
        self.cells.append(filled(name, type_, fill))

    def _learnt(self, name: str, type_: str) -> Fill:
        step = self._step
        if _is_constant(step):
            return Fill(value=_constant(self._table, name, step.value))
        middle: Middle = middle_of(type_)
        if step.method in ("median", "mean", "mode"):
            middle = step.method
        dates = is_temporal(type_) and middle == "median"
        if middle != "mode" and not (is_numeric(type_) or dates):
            message = f"There is no {middle} of {name!r}, which holds no numbers."
            raise ParameterError(message, hint="Use mode, or auto.")
        by = tuple(column for column in step.by if column != name)
        return learn(self._table, name, middle, by)

    def _by_neighbours(self, name: str) -> None:
        if self._neighbours is None:
            self._neighbours = self._fitted()
        found = self._neighbours
        if name not in found.features:
            self.notes.append(f"{name!r} has no number to fill from; it is left as it was.")
            return
        whole = is_whole(self._table.type_of(name))
        self.computed.append(found.filling(name, whole=whole))
        self.notes.append(
            f"{name!r} is filled from the {self._step.neighbours} rows most alike of "
            f"{counted(found.rows, 'row')}, by {counted(len(found.features), 'column')} of numbers."
        )

    def _fitted(self) -> Neighbours:
        numbers = tuple(
            c.name
            for c in self._table.columns
            if is_numeric(c.type)
            and (
                c.name in self._step.columns
                or not NO_FEATURE_ROLES.intersection(self._context.roles.of(c.name))
            )
        )
        step = self._step
        return fit_neighbours(self._table, numbers, neighbours=step.neighbours, seed=step.seed)


def _check(table: Table, step: FillMissing, context: Context) -> None:
    if step.method == "constant" and step.value is None:
        message = "No value is given to fill in."
        raise ParameterError(message, hint="Give a value, or choose another method.")
    if step.value is not None and not _is_constant(step):
        message = f"A value is given, but the method is {step.method}."
        raise ParameterError(message, hint="Use constant, or give no value.")
    if step.method == "by-group" and not step.by:
        message = "No column is named that makes the groups."
        raise ParameterError(message, hint="Name one: by: [sex].")
    if step.by and step.method not in ("by-group", "auto"):
        message = f"Groups are given, but the method is {step.method}."
        raise ParameterError(message, hint="Use by-group, or give no groups.")
    for name in step.by:
        table.type_of(name)
        if is_personal(context, name):
            message = f"{name!r} holds personal values and makes no groups."
            raise ParameterError(message, hint="Choose columns of categories.")


def _is_constant(step: FillMissing) -> bool:
    """Tell whether a value is put everywhere: one that is given speaks for itself."""
    return step.method == "constant" or (step.method == "auto" and step.value is not None)


def _fits(type_: str) -> bool:
    return type_ == "BOOLEAN" or is_text(type_) or is_numeric(type_) or is_temporal(type_)


def _lacking(table: Table, columns: tuple[str, ...]) -> tuple[str, ...]:
    if not columns:
        return ()
    tests = (lacks(table.type_of(n)).replace("{c}", f"{{c{i}}}") for i, n in enumerate(columns))
    asked = ", ".join(f"coalesce(bool_or({test}), false)" for test in tests)
    row = table.row(f"SELECT {asked} FROM {{t}}", **table.keys(columns))  # noqa: S608
    return tuple(name for name, lacking in zip(columns, row, strict=True) if lacking)


def _constant(table: Table, name: str, value: str | float | bool | None) -> Scalar:
    """Give the value as the column can hold it; whole numbers may become broken ones."""
    type_ = table.type_of(name)
    if is_text(type_):
        return str(value)
    kind = "DOUBLE" if is_numeric(type_) else type_
    (found,) = table.row(
        f"SELECT CAST(TRY_CAST(CAST(? AS VARCHAR) AS {kind}) AS VARCHAR) "  # noqa: S608
        "FROM (SELECT 1)",
        (str(value),),
    )
    if found is None or (is_numeric(type_) and not _holds(table, type_, float(found))):
        message = f"The value does not fit {name!r}, a column of type {type_}."
        raise ParameterError(message, hint="Give another value, or change the type first.")
    return float(found) if is_numeric(type_) else str(found)


def _holds(table: Table, type_: str, number: float) -> bool:
    """Whether a column of numbers can hold one; whole ones may become decimal numbers."""
    if not isfinite(number) or (is_whole(type_) and number != int(number)):
        return isfinite(number)
    (fits,) = table.row(f"SELECT TRY_CAST(CAST(? AS DOUBLE) AS {type_}) IS NOT NULL", (number,))
    return bool(fits)


def _flags(table: Table, columns: tuple[str, ...]) -> list[Cells]:
    taken = [c.name for c in table.columns]
    flags = []
    for name in columns:
        made = fresh(f"{name}_was_missing", taken)
        taken.append(made)
        flags.append(Cells(column=made, sql=lacks(table.type_of(name)), names={"c": name}))
    return flags
