"""Values replaced by keyed hashes: they match, and nobody can tell what they were."""

from typing import TYPE_CHECKING

from pydantic import Field

from audit.mending.cell_texts import mapped
from audit.mending.change import Change, Computed, Context
from audit.mending.choosing import none_fits
from audit.mending.fields import Columns
from audit.mending.keyed import HASH, Digests, KeyedStep
from audit.mending.personal_look import NONE_FOUND, chosen_columns
from audit.registry import remedy
from audit.store.table import Table

if TYPE_CHECKING:
    import pyarrow as pa


class HashKeyed(KeyedStep):
    """Replace values by keyed hashes."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="Columns to hash; none: those made of personal data, by a quick look.",
    )
    length: int = Field(
        default=64,
        ge=16,
        le=64,
        title="Length",
        description="Hexadecimal digits. With 16 of them, two of ten million values are alike "
        "once in 370,000 tables; with more, never.",
    )


@remedy("hash-keyed", title="Keyed hash", family="anonymize", fast=False, recasts="codes")
def hash_keyed(table: Table, step: HashKeyed, context: Context) -> Change:
    """Replace each value by its HMAC-SHA256 under the secret key, as hexadecimal text.

    Equal values have equal hashes in all columns and all files that are hashed with the same
    key, so that tables can still be joined. White space at the ends and the way accents are
    composed do not count (NFC); case does. A number is hashed as it is written, so that 7, 7.0
    and the text 7 match. Without the key, trying all values there could be finds none; there
    is no hash without a key here.
    """
    digests = Digests(context.key(), HASH)
    columns = chosen_columns(table, step.columns, context)
    if not columns:
        return none_fits(NONE_FOUND)

    def function(batch: "pa.RecordBatch", at: int) -> "dict[str, pa.Array]":
        del at
        return {
            name: mapped(array, lambda texts: digests.written(texts, step.length))
            for name, array in zip(batch.schema.names, batch.columns, strict=True)
        }

    import pyarrow as pa

    computed = Computed(needs=columns, types=dict.fromkeys(columns, pa.string()), function=function)
    return Change(computed=(computed,))
