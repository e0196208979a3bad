"""Rows whose texts are nearly the same as another's."""

from typing import Literal

from pydantic import Field

from audit.errors import ColumnError
from audit.format import count
from audit.mending.change import Change, Context, Removed
from audit.mending.fields import TextColumn
from audit.mending.near_texts import kept_rows, sets_of, texts_of
from audit.registry import Settings, remedy
from audit.store.rows import is_text
from audit.store.table import Table
from audit.stretch import stretch


class DropNearDuplicates(Settings):
    """Drop rows whose texts are nearly the same."""

    column: TextColumn = Field(title="Column", description="A column of texts.")
    threshold: float = Field(
        default=0.8,
        gt=0,
        le=1,
        title="Similarity",
        description="Share of runs of five words that two texts have in common, from which they "
        "are nearly the same.",
    )
    keep: Literal["first", "longest"] = Field(
        default="first", title="Keep", description="Which row of a set of such rows stays."
    )


@remedy("drop-near-duplicates", title="Drop nearly equal texts", family="filter", fast=False)
def drop_near_duplicates(table: Table, step: DropNearDuplicates, context: Context) -> Change:
    """Drop rows whose text is nearly the same as another's; one of each set stays.

    Case and white space do not count. Candidates come from MinHash and are compared exactly
    (Jaccard similarity of runs of five words, of five characters in shorter texts). Texts that
    are linked through others are one set. Rows without a text stay.
    """
    import numpy as np

    if not is_text(table.type_of(step.column)):
        message = f"The column {step.column!r} holds no text."
        raise ColumnError(
            message, hint="Choose a column of texts; for all others: drop-duplicates."
        )
    texts = texts_of(table, step.column, stretch(context.progress, 0.0, 0.6))
    sets = sets_of(texts, step.threshold)
    context.progress(0.9)
    kept = kept_rows(texts, sets, longest=step.keep == "longest")
    gone = texts.of_row >= 0
    gone[kept] = False
    rows = np.flatnonzero(gone)
    stays = np.full(len(texts.texts), -1, np.int64)
    stays[sets[texts.of_row[kept]]] = texts.of_row[kept]
    of_row = texts.of_row[rows]
    nearly = (stays[sets[of_row]] != of_row).astype(np.int32)
    name = repr(step.column)
    reasons = (f"the same text in {name} as another row", f"nearly the same text in {name}")
    notes = []
    if texts.left_out:
        notes.append(
            f"{count(texts.left_out)} further rows were not compared: there are too many texts."
        )
    return Change(removed=Removed(rows=rows, why=nearly, reasons=reasons), notes=tuple(notes))
