"""Rows, or what others may know of them, taken away where too few are alike."""

from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field

from audit.format import counted
from audit.mending.change import Change, Computed, Context, Removed
from audit.mending.coded import Coded, coded, together
from audit.mending.fields import Columns
from audit.mending.quasi import quasi_identifiers
from audit.registry import Settings, remedy
from audit.reports.reidentification.coding import Flags, Ints, totals
from audit.store.table import Table

if TYPE_CHECKING:
    import pyarrow as pa


class Suppress(Settings):
    """Take away what makes rows findable where fewer than k are alike."""

    columns: Columns = Field(
        default=(),
        title="Quasi-identifiers",
        description="What others may know of a person; none: columns of that role.",
    )
    k: int = Field(default=5, ge=2, title="k", description="Fewest rows that are alike.")
    how: Literal["rows", "cells"] = Field(
        default="rows",
        title="What is taken away",
        description="Whole rows, or their cells in the quasi-identifiers.",
    )


@remedy("suppress", title="Suppress small classes", family="anonymize")
def suppress(table: Table, step: Suppress, context: Context) -> Change:
    """Take away the rows of classes of fewer than k, or empty their quasi-identifiers.

    A class are the rows with the same quasi-identifiers; a missing value is a value of its own,
    as in the re-identification report. Emptied rows are a class too: where they are fewer than
    k, the next smallest classes are emptied with them.
    """
    columns = quasi_identifiers(table, step.columns, context.roles)
    if not table.n_rows:
        return Change()
    known = coded(table, columns)
    classes, n = together(known)
    sizes = totals(classes, np.ones(len(classes), dtype=np.int64), n)
    if step.how == "rows":
        return _rows(sizes[classes], step.k, columns)
    return _cells(table, known, classes, sizes, step.k)


def _rows(size: Ints, k: int, columns: tuple[str, ...]) -> Change:
    rows = np.flatnonzero(size < k)
    found, why = np.unique(size[rows], return_inverse=True)
    by = ", ".join(map(repr, columns))
    reasons = tuple(
        f"{counted(int(one), 'row')} alike by {by}, fewer than k = {k}" for one in found
    )
    return Change(
        removed=Removed(rows=rows.astype(np.int64), why=why.astype(np.int32), reasons=reasons)
    )


def _cells(table: Table, known: tuple[Coded, ...], classes: Ints, sizes: Ints, k: int) -> Change:
    blank = np.ones(len(classes), dtype=np.bool_)
    for column in known:
        blank &= column.codes == 0
    empty = np.zeros(len(sizes), dtype=np.bool_)
    empty[classes[blank]] = True
    small = (sizes < k) & ~empty
    n_small = int(sizes[small].sum())
    emptied = _enough(small, sizes, empty, k)
    rows = emptied[classes]
    n, whole = int(sizes[emptied].sum()), int(sizes[emptied | empty].sum())
    notes = [f"The quasi-identifiers of {counted(n, 'row')} were emptied."] if n else []
    if n > n_small:
        notes.append(
            f"{counted(n - n_small, 'row')} of them from classes of k = {k} and more, for emptied "
            "rows are a class too, and were fewer than k."
        )
    if 0 < whole < k:
        notes.append(f"The class of emptied rows has {counted(whole, 'row')}, fewer than k = {k}.")
    return Change(
        computed=(_emptying(table, tuple(c.column for c in known), rows),), notes=tuple(notes)
    )


def _enough(small: Flags, sizes: Ints, empty: Flags, k: int) -> Flags:
    """Add to the small classes the next smallest ones, until emptied rows are k at least."""
    found = small.copy()
    whole = int(sizes[small | empty].sum())
    others = np.flatnonzero(~small & ~empty)
    for one in others[np.argsort(sizes[others], kind="stable")][:1] if 0 < whole < k else ():
        # Each other class has k rows at least: one is enough.
        found[one] = True
    return found


def _emptying(table: Table, columns: tuple[str, ...], rows: Flags) -> Computed:
    keys = table.keys(columns)
    listed = ", ".join(f"{{{key}}}" for key in keys)
    schema = table.arrow(f"SELECT {listed} FROM {{t}} LIMIT 0", **keys).schema  # noqa: S608

    def function(batch: "pa.RecordBatch", at: int) -> "dict[str, pa.Array]":
        import pyarrow as pa
        import pyarrow.compute as pc

        gone = pa.array(rows[at : at + batch.num_rows])
        return {
            name: pc.if_else(gone, pa.scalar(None, column.type), column)
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
            if name in columns
        }

    types = {name: schema.field(i).type for i, name in enumerate(columns)}
    return Computed(needs=columns, types=types, function=function)
