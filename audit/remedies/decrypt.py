"""Encrypted values given back."""

from typing import TYPE_CHECKING

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.cell_texts import mapped
from audit.mending.change import Change, Computed, Context
from audit.mending.choosing import none_fits
from audit.mending.exact_texts import read_back
from audit.mending.fields import TextColumns
from audit.mending.keyed import KeyedStep
from audit.mending.sealing import PREFIX, TYPES, NotOpened, Sealer
from audit.registry import remedy
from audit.store.rows import is_text
from audit.store.table import Table

if TYPE_CHECKING:
    import pyarrow as pa


class Decrypt(KeyedStep):
    """Decrypt values."""

    columns: TextColumns = Field(
        default=(), title="Columns", description="None: all that hold encrypted values."
    )


@remedy("decrypt", title="Decrypt", family="anonymize", fast=False)
def decrypt(table: Table, step: Decrypt, context: Context) -> Change:
    """Give back what 'encrypt' encrypted with the same key, with the types that it had.

    Cells that are not encrypted stay in columns that were text, and are counted.
    """
    sealer = Sealer(context.key())
    found = {c.name: _seen(table, c.name) for c in table.columns if is_text(c.type)}
    for name in step.columns:
        table.type_of(name)
    columns = step.columns or tuple(name for name, (types, _) in found.items() if types)
    if not columns:
        return none_fits("No column holds encrypted values")
    empty = [name for name in columns if not found.get(name, ((), 0))[0]]
    if empty:
        message = f"The column {empty[0]!r} holds no encrypted values."
        raise ParameterError(message)
    parts = tuple(_computed(table, name, found[name], sealer) for name in columns)
    notes = tuple(
        f"{counted(found[name][1], 'cell')} of '{name}' were not encrypted, and stay."
        for name in columns
        if found[name][1]
    )
    return Change(computed=parts, notes=notes)


def _seen(table: Table, name: str) -> tuple[tuple[str, ...], int]:
    """Give the types that cells of a column say they are of, and how many cells say none."""
    rows = table.rows(
        "SELECT CASE WHEN starts_with({c}, ?) THEN split_part({c}, ':', 2) END AS kind, count(*) "
        "FROM {t} WHERE {c} IS NOT NULL GROUP BY kind ORDER BY kind LIMIT 100",
        [PREFIX],
        c=name,
    )
    types = tuple(kind for kind, _ in rows if kind is not None and TYPES.fullmatch(kind))
    return types, sum(n for kind, n in rows if kind not in types)


def _computed(
    table: Table, name: str, found: tuple[tuple[str, ...], int], sealer: Sealer
) -> Computed:
    types, plain = found
    if len(types) > 1 or (plain and types != ("VARCHAR",)):
        message = f"The column {name!r} holds encrypted values of several types, or others."
        raise ParameterError(message, hint="Take out the rows with other values first.")
    # The type is one of a short list: no other text of a cell becomes part of a statement.
    empty = f"SELECT CAST(NULL AS {types[0]}) AS c FROM {{t}} LIMIT 0"  # noqa: S608
    to = table.arrow(empty).schema.field(0).type

    def function(batch: "pa.RecordBatch", at: int) -> "dict[str, pa.Array]":
        del at
        try:
            opened = mapped(batch.column(0), lambda texts: [sealer.opened(t) for t in texts])
        except NotOpened:
            raise _not_opened(table, name, sealer) from None
        return {name: read_back(opened, to)}

    return Computed(needs=(name,), types={name: to}, function=function)


def _not_opened(table: Table, name: str, sealer: Sealer) -> ParameterError:
    """Say how many cells the key does not open: all of them, or some that were changed."""
    sql = "SELECT {c} AS c, count(*) AS n FROM {t} WHERE starts_with({c}, ?) GROUP BY 1"
    whole = broken = 0
    for batch in table.batches(sql, [PREFIX], size=10_000, c=name):
        for cell, rows in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            whole += rows
            broken += 0 if sealer.opens(cell) else rows
    message = f"{broken:,} of {whole:,} encrypted cells of {name!r} do not open with this key."
    hint = "Give the key that the column was encrypted with."
    if broken < whole:
        hint = "They were changed, or encrypted with another key."
    return ParameterError(message, hint=hint)
