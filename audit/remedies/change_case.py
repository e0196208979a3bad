"""Capital and small letters."""

import re
from collections.abc import Callable
from typing import Literal

from pydantic import Field

from audit.mending.change import Change, Context
from audit.mending.choosing import chosen
from audit.mending.distinct import rewritten
from audit.mending.fields import TextColumns
from audit.mending.labels import positive_after
from audit.model import PERSONAL_ROLES
from audit.registry import Settings, remedy
from audit.store.rows import is_text
from audit.store.table import Table

Case = Literal["lower", "upper", "title", "sentence"]


class ChangeCase(Settings):
    """Change capital and small letters."""

    columns: TextColumns = Field(
        default=(),
        title="Columns",
        description="Columns of text; none: all but free text and identifiers.",
    )
    case: Case = Field(
        default="lower",
        title="Letters",
        description="lower: all small; upper: all capitals; title: each word begins with a "
        "capital; sentence: the first word does.",
    )


@remedy("change-case", title="Change capital and small letters", family="clean", fast=False)
def change_case(table: Table, step: ChangeCase, context: Context) -> Change:
    """Write texts in small letters, in capitals, or with capitals where words begin."""
    columns = chosen(table, context, step.columns, is_text, without=PERSONAL_ROLES)
    function = _CASES[step.case]
    return Change(
        computed=rewritten(dict.fromkeys(columns, function)),
        positive=positive_after(context, columns, function),
    )


_BEGINNING = re.compile(r"(?:(?<=[\s/(-])|^)\w")


def _title(text: str) -> str:
    """Begin words with a capital; an apostrophe begins none, unlike in ``str.title``."""
    return _BEGINNING.sub(lambda match: match[0].title(), text.lower())


def _sentence(text: str) -> str:
    lower = text.lower()
    at = next((i for i, c in enumerate(lower) if not c.isspace()), 0)
    return lower[:at] + lower[at : at + 1].title() + lower[at + 1 :]


_CASES: dict[Case, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": _title,
    "sentence": _sentence,
}
