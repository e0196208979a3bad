"""What a model can learn from two versions of the same columns: numbers, and codes of categories."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.model import RoleMap
from audit.reports.representation.cells import weight_scale, weight_sql
from audit.reports.representation.model.features import (
    categories_among,
    cell_sql,
    floats,
    is_identifier,
    learnable,
)
from audit.reports.representation.options import Options
from audit.store import Table
from audit.store.rows import is_numeric, is_temporal, is_text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Rows of one version as a model sees them."""

    rows: "npt.NDArray[np.int64]"
    """Their numbers, ascending."""
    cells: "dict[str, npt.NDArray[np.float64]]"
    """By column, as it is called before: numbers, or codes of categories; NaN where missing."""
    is_category: dict[str, bool]

    def matrix(
        self, columns: Sequence[str], rows: "npt.NDArray[np.int64]"
    ) -> "npt.NDArray[np.float64]":
        """Give the cells of some rows, one column after the other."""
        import numpy as np

        at = np.searchsorted(self.rows, rows)
        return np.column_stack([self.cells[c][at] for c in columns]).astype(np.float64)


def learnt_from(table: Table, roles: RoleMap) -> list[str]:
    """List the columns a model may learn from: as the probe does, sensitive ones left out."""
    asked = learnable(table, roles, Options())
    texts, _ = categories_among(table, [c for c in asked if is_text(table.type_of(c))])
    return [c for c in asked if c in texts or not is_text(table.type_of(c))]


def is_learnable(type_: str) -> bool:
    """Whether a column of this type can be learnt from."""
    return is_text(type_) or is_numeric(type_) or is_temporal(type_) or type_ == "BOOLEAN"


def read_both(
    before: tuple[Table, Sequence[str], "npt.NDArray[np.int64]"],
    after: tuple[Table, Sequence[str], "npt.NDArray[np.int64]"],
    names: Sequence[str],
) -> tuple[Read, Read]:
    """Read rows of both versions; a category has the same code on both sides.

    Parameters
    ----------
    before, after : (table, columns, rows)
        The columns in the order of ``names``, and the numbers of the rows, ascending.
    names : sequence of str
        What the columns are called here.
    """
    frames = [_frame(*side) for side in (before, after)]
    texts = [[is_text(table.type_of(c)) for c in columns] for table, columns, _ in (before, after)]
    cells: list[dict[str, npt.NDArray[np.float64]]] = [{}, {}]
    for i, name in enumerate(names):
        columns = [frame[f"f{i}"] for frame in frames]
        coded = _coded([c for c, text in zip(columns, texts, strict=True) if text[i]])
        for side, column, text in zip(cells, columns, texts, strict=True):
            side[name] = coded.pop(0) if text[i] else floats(column)
    sides = zip((before, after), cells, texts, strict=True)
    old, new = (
        Read(rows=side[2], cells=own, is_category=dict(zip(names, text, strict=True)))
        for side, own, text in sides
    )
    return old, new


def without_identifiers(table: Table, read: Read, names: Sequence[str]) -> list[str]:
    """Leave out whole numbers that are all different, and columns without any value."""
    import numpy as np

    return [
        name
        for name in names
        if not np.isnan(read.cells[name]).all()
        and (read.is_category[name] or not is_identifier(table.type_of(name), read.cells[name]))
    ]


def weights_of(
    table: Table, weight: str | None, rows: "npt.NDArray[np.int64]"
) -> "npt.NDArray[np.float64]":
    """Give the weights of some rows, 1 on average; all 1 where there is no column of weights."""
    import numpy as np

    if weight is None:
        return np.ones(len(rows))
    scale = weight_scale(table, weight)
    found = table.arrays(
        f"SELECT CAST({weight_sql(scale)} AS DOUBLE) AS w FROM {{t}} "  # noqa: S608
        "WHERE {row} IN (SELECT unnest(?)) ORDER BY {row}",
        [rows.tolist()],
        w=weight,
    )
    weights = np.asarray(found["w"], dtype=np.float64)
    mean = float(weights.mean()) if len(weights) else 0.0
    return weights / mean if mean > 0 else np.ones(len(rows))


def _frame(table: Table, columns: Sequence[str], rows: "npt.NDArray[np.int64]") -> "pa.Table":
    keys = table.keys(columns)
    cells = [
        f"{cell_sql(table.type_of(c), f'{{{key}}}')} AS f{i}"
        for i, (key, c) in enumerate(keys.items())
    ]
    return table.arrow(
        f"SELECT {', '.join(cells)} FROM {{t}} "  # noqa: S608
        "WHERE {row} IN (SELECT unnest(?)) ORDER BY {row}",
        [rows.tolist()],
        **keys,
    )


def _coded(columns: "list[pa.ChunkedArray]") -> "list[npt.NDArray[np.float64]]":
    """Give each value its place among the values of all columns; -1 where it is missing."""
    import numpy as np

    encoded = [column.combine_chunks().dictionary_encode() for column in columns]
    every = sorted({v for one in encoded for v in one.dictionary.to_pylist()})
    place = {value: i for i, value in enumerate(every)}
    found = []
    for one in encoded:
        codes = np.array([*(place[v] for v in one.dictionary.to_pylist()), -1], dtype=np.float64)
        found.append(codes[one.indices.fill_null(-1).to_numpy(zero_copy_only=False)])
    return found
