"""All but the last characters hidden."""

from pydantic import Field

from audit.mending.cell_sql import text_sql
from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import none_fits
from audit.mending.fields import Columns
from audit.mending.personal_look import NONE_FOUND, chosen_columns
from audit.registry import Settings, remedy
from audit.store.table import Table

_HIDDEN = r"[^\s\-./()@_:,+]"
"""What is hidden: everything but the marks that give a number or an address its form."""


class Mask(Settings):
    """Hide all but the last characters."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="Columns to mask; none: those made of personal data, by a quick look.",
    )
    keep: int = Field(
        default=4,
        ge=0,
        le=100,
        title="Characters kept",
        description="At the end. Values of up to twice as many characters are hidden whole.",
    )
    character: str = Field(
        default="*",
        min_length=1,
        max_length=1,
        title="Stands for each hidden character",
        description="One character, so that the length of a value stays.",
    )


@remedy("mask", title="Mask", family="anonymize", recasts="codes")
def mask(table: Table, step: Mask, context: Context) -> Change:
    """Hide all but the last characters of each value; numbers and dates become text.

    What is kept may still tell people apart: four digits do not hide somebody among a few
    thousand. For values that nobody can guess and that still match use a keyed hash.
    """
    notes: tuple[str, ...] = ()
    if step.keep:
        notes = (f"The last {step.keep} characters of longer values can still be read.",)
    columns = chosen_columns(table, step.columns, context)
    if not columns:
        return none_fits(NONE_FOUND)
    return Change(cells=tuple(_masked(table, name, step) for name in columns), notes=notes)


def _masked(table: Table, name: str, step: Mask) -> Cells:
    text = f"trim({text_sql(table.type_of(name))})"
    hidden = f"regexp_replace(%s, '{_HIDDEN}', ?, 'g')"
    # In the text that replaces, a backslash begins a reference to a group.
    character = "\\\\" if step.character == "\\" else step.character
    return Cells(
        column=name,
        sql=f"CASE WHEN length({text}) <= ? THEN {hidden % text} "
        f"ELSE {hidden % f'left({text}, length({text}) - ?)'} || right({text}, ?) END",
        values=(2 * step.keep, character, step.keep, character, step.keep),
        names={"c": name},
    )
