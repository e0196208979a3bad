"""Labels and predictions as two sides: which rows are positive, which are not, which neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.model import RowTest, Scalar
from audit.reports.representation.axes import bin_levels, missing_level
from audit.reports.representation.cells import Array, Cells, count_cells
from audit.reports.representation.group_values import REST, Axis, Label, Level
from audit.reports.representation.label import classes
from audit.reports.representation.model.confusion import Confusion
from audit.store import Table
from audit.store.rows import is_numeric

MOST_VALUES = 50
"""A column of predictions with more different values holds no decisions."""

_UNKNOWN = "Predictions that are no class of the label count as not positive."
_TRUE = frozenset({"1", "true", "yes", "y", "t"})
_FALSE = frozenset({"0", "false", "no", "n", "f"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """A column as an axis of few levels, and which of these are positive or negative."""

    axis: Axis
    positive: tuple[int, ...]
    negative: tuple[int, ...]
    note: str = ""
    """How its values were read, where that is not plain."""


def sides_of_label(label: Label) -> Sides:
    """Make the label two-sided: the positive class, and all others."""
    axis, position = label.axis, label.positive
    assert axis is not None
    assert position is not None
    if axis.edges:
        real = range(len(classes(label)))
        negative = tuple(i for i in real if i != position)
        return Sides(axis=axis, positive=(position,), negative=negative)
    return _two_sided(label.column, axis.levels[position].test.values)


def sides_of_prediction(table: Table, column: str, label: Label) -> Sides | str:
    """Read a column of predictions; a sentence where it cannot be read.

    Parameters
    ----------
    table : Table
        The version.
    column : str
        With the role of a prediction.
    label : Label
        With a positive class.

    Returns
    -------
    Sides or str
        A prediction is positive where it is the positive class: as the same text, or as the
        same number. Where no value is a class of the label and all of them are truth values
        (1 and 0, true and false, yes and no), true is positive, unless the positive class is
        itself a truth value that says no. A column of numbers for a label that is cut at a
        number is cut at the same one. Missing values, and NaN, are no predictions.
    """
    (several,) = table.row("SELECT approx_count_distinct({c}) FROM {t}", c=column)
    few = int(several) <= 2 * MOST_VALUES
    values = _values(table, column) if few else []
    assert label.axis is not None
    truths = few and all(_truth(v) is not None for v in values)
    if label.axis.edges and is_numeric(table.type_of(column)) and not truths:
        return _cut(column, label.axis)
    if not few or len(values) > MOST_VALUES:
        return f"“{column}” has more than {MOST_VALUES} different values: these are no decisions."
    if not values:
        return f"“{column}” has no values."
    return _matched(column, values, label)


def _values(table: Table, column: str) -> list[Scalar]:
    type_ = table.type_of(column)
    cell = "{c}" if is_numeric(type_) or type_ == "VARCHAR" else "CAST({c} AS VARCHAR)"
    found = table.rows(
        f"""SELECT {cell} AS v FROM {{t}} WHERE {{c}} IS NOT NULL
        GROUP BY 1 ORDER BY 1 LIMIT {MOST_VALUES + 1}""",  # noqa: S608
        c=column,
    )
    plain = [v if isinstance(v, str | bool | int | float) else float(str(v)) for (v,) in found]
    return [v for v in plain if not (isinstance(v, float) and isnan(v))]


def _matched(column: str, values: list[Scalar], label: Label) -> Sides | str:
    names = [level.name for level in classes(label) if level.name != REST]
    assert label.axis is not None
    assert label.positive is not None
    wanted = label.axis.levels[label.positive].name
    known = [v for v in values if any(_same(v, name) for name in names)]
    positive = [v for v in known if _same(v, wanted)]
    unknown = len(values) - len(known)
    if known and (positive or not unknown):
        negative = [v for v in values if v not in positive]
        return _two_sided(column, positive, negative, _UNKNOWN if unknown else "")
    truths = [_truth(v) for v in values]
    if None in truths:
        return f"No value of “{column}” is “{wanted}”, the positive class, and some are no class."
    if known:
        return f"It is not plain which value of “{column}” stands for “{wanted}”."
    stated = _truth(wanted)
    sign = stated is not False
    true = [v for v, truth in zip(values, truths, strict=True) if truth is sign]
    false = [v for v, truth in zip(values, truths, strict=True) if truth is not sign]
    note = "" if stated is not None else f"A prediction of 1, true or yes is taken for “{wanted}”."
    return _two_sided(column, true, false, note)


def _two_sided(
    column: str,
    positive: Sequence[Scalar],
    negative: Sequence[Scalar] | None = None,
    note: str = "",
) -> Sides:
    """Make an axis of single values; without negative ones, all others are negative."""
    named = (*positive, *(negative or ()))
    levels = [
        Level(
            name=str(value),
            kind="value",
            test=RowTest(op="equal", columns=(column,), values=(value,)),
        )
        for value in named
    ]
    rest = RowTest(op="not-in", columns=(column,), values=(*named, None))
    levels.append(Level(name=REST, kind="rest", test=rest))
    levels.append(missing_level(column))
    sides = range(len(positive)), range(len(positive), len(named))
    return Sides(
        axis=Axis(column=column, levels=tuple(levels)),
        positive=tuple(sides[0]),
        negative=tuple(sides[1]) if negative is not None else (len(named),),
        note=note,
    )


def _cut(column: str, label: Axis) -> Sides:
    levels = (*bin_levels(column, label.edges, whole=False), missing_level(column))
    axis = Axis(column=column, levels=levels, edges=label.edges)
    note = "Predictions were cut at the number at which the label is cut."
    return Sides(axis=axis, positive=(1,), negative=(0,), note=note)


def _same(value: Scalar, name: str) -> bool:
    text = str(value)
    if text == name:
        return True
    try:
        return float(text) == float(name)
    except ValueError:
        return False


def _truth(value: Scalar) -> bool | None:
    text = str(value).strip().casefold()
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    return True if text in _TRUE else False if text in _FALSE else None


class Counted:
    """Rows by groups, label and prediction, from one scan; asked for combination by combination."""

    def __init__(
        self,
        table: Table,
        axes: tuple[Axis, ...],
        label: Sides,
        prediction: Sides,
        *,
        depth: int,
        weight: str | None,
    ) -> None:
        self._label, self._prediction = label, prediction
        self._weighted = weight is not None
        chosen = list(combinations(axes, min(depth, len(axes)))) or [()]
        wanted = [(*one, label.axis, prediction.axis) for one in chosen]
        self._cells = count_cells(table, wanted, weight=weight)

    def confusion(self, axes: tuple[Axis, ...]) -> Confusion:
        """Give the confusion counts of all groups of some axes, the first axis slowest."""
        columns = [axis.column for axis in axes]
        cells = next(c for c in self._cells if set(columns) <= {a.column for a in c.axes})
        last = (self._label.axis.column, self._prediction.axis.column)
        own: Cells = cells.over(*columns, *last)
        return Confusion(
            n=self._folded(own.n).astype(np.int64),
            weight=self._folded(own.weight).astype(np.float64),
            weight_squared=self._folded(own.weight_squared).astype(np.float64),
            weighted=self._weighted,
        )

    def _folded(self, cells: npt.NDArray[Any]) -> Array:
        """Add up the levels of label and prediction that are on the same side."""
        flat = cells.reshape(-1, *cells.shape[-2:])
        sides = [
            flat[:, list(own)][:, :, list(predicted)].sum(axis=(1, 2))
            for own in (self._label.positive, self._label.negative)
            for predicted in (self._prediction.positive, self._prediction.negative)
        ]
        return np.stack(sides, axis=1).astype(np.float64)
