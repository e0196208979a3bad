"""Numbers that are stored as text."""

from typing import Literal

from pydantic import Field

from audit.format import counted
from audit.judging.columns import CODE_NAMES
from audit.mending.change import Change, Context
from audit.mending.choosing import chosen, learnt_before, none_fits
from audit.mending.fields import Fitted, TextColumns
from audit.mending.numbers_in_text import Mark, Percent, Written, is_whole, number, written
from audit.mending.unparsed import UNPARSED, Reading, Unparsed, settled
from audit.registry import Settings, remedy
from audit.reports.column_names import says
from audit.store.rows import is_text
from audit.store.table import Table

_MOSTLY = 0.9


class ParseNumbers(Settings):
    """Read text as numbers."""

    columns: TextColumns = Field(
        default=(),
        title="Columns",
        description="Columns of text; none: those in which nine of ten values read as numbers, "
        "unless they look like codes (a leading zero, a name such as 'zip').",
    )
    decimal: Literal["auto", "point", "comma"] = Field(
        default="auto",
        title="Decimal mark",
        description="auto: the one with which more values of the column read.",
    )
    percent: Percent = Field(
        default="share", title="Percent signs", description="share: 12% is 0.12; number: it is 12."
    )
    unparsed: Unparsed = Field(default="missing", title="What does not read", description=UNPARSED)
    fitted: Fitted = None


@remedy("parse-numbers", title="Read text as numbers", family="clean")
def parse_numbers(table: Table, step: ParseNumbers, context: Context) -> Change:
    """Read text as numbers: with thousands separators, currencies, percent signs, parentheses.

    1,234.50, 1.234,50, 1 234, $ 12, 12 EUR, 5% and (300) for -300 are read. A column of whole
    numbers becomes one of whole numbers. Cells that do not read are counted, never guessed.
    """
    columns = chosen(table, context, step.columns, is_text)
    looks = written(table, columns)
    if not step.columns:
        columns = tuple(name for name in columns if _is_meant(name, looks[name]))
    if not columns:
        return none_fits("In no column of text do nine of ten values read as numbers")
    before = learnt_before(step.fitted)
    cells, notes, learnt = [], [], {}
    for name in columns:
        mark = _mark(step, looks[name], before.get(name))
        whole = is_whole(table, name, mark, step.percent)
        reading = Reading(
            column=name,
            sql=number(table.type_of(name), mark, step.percent, whole=whole),
            type="BIGINT" if whole else "DOUBLE",
            what="a number",
        )
        made, said = settled(table, reading, step.unparsed)
        cells.append(made)
        notes += [*said, *_notes(name, looks[name], mark, step)]
        learnt[name] = mark
    return Change(cells=tuple(cells), fitted={"columns": learnt}, notes=tuple(notes))


def _is_meant(name: str, look: Written) -> bool:
    return look.share >= _MOSTLY and not look.zeros and not says(name, CODE_NAMES)


def _mark(step: ParseNumbers, look: Written, before: object) -> Mark:
    if step.decimal != "auto":
        return step.decimal
    if before == "point" or before == "comma":
        return before
    return look.mark


def _notes(name: str, look: Written, mark: Mark, step: ParseNumbers) -> list[str]:
    notes = []
    if mark == "comma":
        notes.append(f"{name!r} is read with a decimal comma.")
    if look.unclear and step.decimal == "auto" and look.point == look.comma:
        notes.append(
            f"{counted(look.unclear, 'cell')} of {name!r} could be read with a decimal point or "
            f"a decimal comma, as 1,234 can; the {mark} was taken."
        )
    if look.percent:
        became = "a hundredth" if step.percent == "share" else "the number before the sign"
        notes.append(f"A percent sign in {counted(look.percent, 'cell')} of {name!r}: {became}.")
    return notes
