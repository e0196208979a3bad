"""Values encrypted, so that whoever has the key can have them back."""

from typing import TYPE_CHECKING

from pydantic import Field

from audit.errors import ParameterError
from audit.mending.change import Change, Computed, Context
from audit.mending.exact_texts import exactly
from audit.mending.fields import Columns
from audit.mending.keyed import KeyedStep
from audit.mending.sealing import TYPES, Sealer
from audit.registry import remedy
from audit.store.rows import is_text
from audit.store.table import Table

if TYPE_CHECKING:
    import pyarrow as pa


class Encrypt(KeyedStep):
    """Encrypt values."""

    columns: Columns = Field(
        title="Columns",
        min_length=1,
        description="Their values can be read again with the secret key alone.",
    )


@remedy("encrypt", title="Encrypt", family="anonymize", fast=False, recasts="codes")
def encrypt(table: Table, step: Encrypt, context: Context) -> Change:
    """Encrypt each value with the secret key (AES-256-GCM); 'decrypt' gives it back.

    The same value gives the same ciphertext, so that the same recipe gives the same bytes and
    tables can be joined: who reads the column sees which values are equal and how long they
    are. Missing values stay missing. What can be undone is a pseudonym in the sense of the
    GDPR: keep the key elsewhere.
    """
    sealer = Sealer(context.key())
    types = {name: _type(table, name) for name in step.columns}

    def function(batch: "pa.RecordBatch", at: int) -> "dict[str, pa.Array]":
        del at
        return {
            name: exactly(batch.column(i), sealer.sealed(type_))
            for i, (name, type_) in enumerate(types.items())
        }

    import pyarrow as pa

    note = "Equal values have equal ciphertexts: how often each occurs can be seen."
    computed = Computed(
        needs=tuple(types), types=dict.fromkeys(types, pa.string()), function=function
    )
    return Change(computed=(computed,), notes=(note,))


def _type(table: Table, name: str) -> str:
    type_ = table.type_of(name)
    if is_text(type_):
        return "VARCHAR"
    if TYPES.fullmatch(type_) is None:
        message = f"The column {name!r} is of the type {type_[:40]}, which cannot be encrypted."
        raise ParameterError(message, hint="Text, numbers, dates and yes or no can be.")
    return type_
