"""Texts that were read in a wrong encoding, and letters written in several ways."""

import unicodedata
from typing import Literal

from pydantic import Field

from audit.mending.change import Change, Context
from audit.mending.choosing import chosen
from audit.mending.distinct import rewritten
from audit.mending.fields import TextColumns
from audit.mending.labels import positive_after
from audit.registry import Settings, remedy
from audit.store.rows import is_text
from audit.store.table import Table

Form = Literal["NFC", "NFKC", "NFD", "NFKD", "none"]


class FixText(Settings):
    """Mend texts."""

    columns: TextColumns = Field(
        default=(), title="Columns", description="Columns of text; none: all of them."
    )
    form: Form = Field(
        default="NFC",
        title="Unicode form",
        description="NFC writes a letter with its accent as one character; NFKC also makes "
        "letters of special width plain.",
    )
    mend: bool = Field(
        default=True,
        title="Mend wrong encodings",
        description="Whether text such as 'cafÃ©' becomes 'café'.",
    )


@remedy("fix-text", title="Mend texts", family="clean", fast=False)
def fix_text(table: Table, step: FixText, context: Context) -> Change:
    """Mend text that was read in a wrong encoding (ftfy), and write letters in one Unicode form."""
    columns = chosen(table, context, step.columns, is_text, without=())

    def mend(text: str) -> str:
        return _mended(text, step)

    return Change(
        computed=rewritten(dict.fromkeys(columns, mend)),
        positive=positive_after(context, columns, mend),
    )


def _mended(text: str, step: FixText) -> str:
    if text.isascii():
        return text
    from ftfy import fix_encoding

    mended = fix_encoding(text) if step.mend else text
    return mended if step.form == "none" else unicodedata.normalize(step.form, mended)
