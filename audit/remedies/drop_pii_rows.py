"""Rows with personal data."""

from pydantic import Field, field_validator

from audit.format import count
from audit.mending.change import Change, Context, Removed
from audit.mending.fields import Columns
from audit.mending.personal_look import not_looked_for
from audit.mending.personal_rows import Personal, personal_rows
from audit.registry import Settings, remedy
from audit.reports.pii.options import Options
from audit.store.table import Table


class DropPiiRows(Settings):
    """Drop rows with personal data."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="Columns that are looked at; none: all in which a quick look finds some.",
    )
    entities: tuple[str, ...] = Field(
        default=(),
        title="Kinds",
        description="Kinds of personal data, as EMAIL_ADDRESS; none: those that point at one "
        "person, and secrets.",
    )
    countries: tuple[str, ...] = Field(
        default=(),
        title="Countries",
        description="Countries (two letters) whose own numbers are looked for as well.",
    )
    names: bool = Field(
        default=True,
        title="Names",
        description="Whether names of people are looked for, by a model of the language.",
    )

    @field_validator("entities", "countries")
    @classmethod
    def _known(cls, given: tuple[str, ...], info: object) -> tuple[str, ...]:
        """Refuse what nothing finds."""
        name = getattr(info, "field_name", "")
        if given:
            Options.model_validate({name: given})
        return given


@remedy("drop-pii-rows", title="Drop rows with personal data", family="filter", fast=False)
def drop_pii_rows(table: Table, step: DropPiiRows, context: Context) -> Change:
    """Drop rows in which personal data are found, as the privacy report finds them.

    Every value is looked at. What took too long or is too long to be looked at in full is told.
    """
    import numpy as np

    options = Options(
        entities=step.entities or None, countries=step.countries, names=step.names, sample=0
    )
    for name in step.columns:
        table.type_of(name)
    found = personal_rows(table, step.columns, options, context)
    rows = np.flatnonzero(found.why >= 0)
    removed = Removed(rows=rows, why=found.why[rows], reasons=tuple(found.reasons))
    left_out = not_looked_for(step.entities, names=step.names)
    return Change(removed=removed, notes=(*_notes(found, options), *left_out))


def _notes(found: Personal, options: Options) -> list[str]:
    notes = []
    if not found.places:
        notes.append("A quick look found no column with personal data; no row was looked at.")
    if found.timed_out:
        notes.append(f"{count(found.timed_out)} texts took too long: they may hold more.")
    if found.cut:
        notes.append(
            f"Of {count(found.cut)} texts the first {options.most_characters:,} characters were "
            "looked at: they may hold more."
        )
    if found.missing:
        notes.append(f"Names were not looked for. {found.missing}")
    return notes
