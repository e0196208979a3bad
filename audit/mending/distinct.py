"""Functions of one text, carried out once for each different text of a batch."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from audit.mending.change import Computed

if TYPE_CHECKING:
    import pyarrow as pa

Rewrite = Callable[[str], str | None]
"""Gives the new text; None makes the cell missing."""


def rewritten(functions: Mapping[str, Rewrite]) -> tuple[Computed, ...]:
    """Rewrite columns of text, each with its function; missing cells stay missing."""
    import pyarrow as pa

    return tuple(
        Computed(needs=(name,), types={name: pa.string()}, function=partial(_rewrite, name, f))
        for name, f in functions.items()
    )


def _rewrite(
    name: str, function: Rewrite, batch: "pa.RecordBatch", _: int
) -> "Mapping[str, pa.Array]":
    import pyarrow as pa

    cells = batch.column(0)
    if not pa.types.is_dictionary(cells.type):
        cells = cells.cast(pa.string()).dictionary_encode()
    different = cells.dictionary.cast(pa.string()).to_pylist()
    made = [None if text is None else function(text) for text in different]
    return {name: pa.array(made, pa.string()).take(cells.indices)}
