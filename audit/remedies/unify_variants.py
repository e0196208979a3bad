"""One category written in several ways: 'Male', 'male ', 'MALE'."""

from collections.abc import Iterator
from functools import partial

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.change import Change, Context
from audit.mending.choosing import chosen, learnt_before, remembered
from audit.mending.distinct import rewritten
from audit.mending.fields import Fitted, TextColumns
from audit.mending.labels import positive_after
from audit.mending.variants import MOST_DIFFERENT, Spellings, comparable, suggested_map
from audit.model import PERSONAL_ROLES, Role
from audit.registry import Settings, remedy
from audit.store.rows import is_text
from audit.store.table import Table


class UnifyVariants(Settings):
    """Write each category in one way."""

    columns: TextColumns = Field(
        default=(),
        title="Columns",
        description="Columns of text; none: those of the map, or all but free text and "
        "identifiers where it is empty.",
    )
    map: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        title="What becomes what",
        description="For each column: a spelling, and the value that takes its place. Where a "
        "column has no map, spellings that differ in case or white space become the one that "
        "most rows have.",
    )
    fitted: Fitted = None


@remedy("unify-variants", title="Write each category in one way", family="clean", fast=False)
def unify_variants(table: Table, step: UnifyVariants, context: Context) -> Change:
    """Put one spelling of a category in place of all others, by a map that can be edited.

    The map that was made from the data is kept in the recipe, so that another file gets the same
    spellings.
    """
    columns = chosen(
        table, context, step.columns or tuple(step.map), is_text, without=PERSONAL_ROLES
    )
    stray = [name for name in step.map if name not in columns]
    if stray:
        message = f"The map names the column {stray[0]!r}, which is not among the columns."
        raise ParameterError(message, hint="Add it to the columns, or take it out of the map.")
    before = learnt_before(step.fitted)
    asked = tuple(n for n in columns if n not in step.map and n not in before)
    found = suggested_map(table, asked)
    maps: Spellings = {n: step.map.get(n) or before.get(n) or found.get(n, {}) for n in columns}
    spellings = {name: spelt for name, spelt in maps.items() if spelt}
    kept, notes = remembered(
        context, {name: maps[name] for name in columns if name not in step.map}
    )
    label = partial(_positive, context, spellings)
    return Change(
        computed=rewritten({n: partial(_spelt, spelt) for n, spelt in spellings.items()}),
        positive=positive_after(context, tuple(spellings), label),
        fitted={"columns": kept} if kept else None,
        notes=(*_told(found), *_strange(table, step), *_left_out(table, asked), *notes),
    )


def _spelt(spellings: dict[str, str], text: str) -> str:
    return spellings.get(text, text)


def _positive(context: Context, spellings: Spellings, text: str) -> str:
    return _spelt(spellings[str(context.roles.one(Role.LABEL))], text)


def _told(found: Spellings) -> tuple[str, ...]:
    return tuple(
        f"{counted(len(spelt), 'spelling')} of {name!r} gave way to the one that most rows have."
        for name, spelt in found.items()
    )


def _strange(table: Table, step: UnifyVariants) -> Iterator[str]:
    """Count spellings of the map that no row has: they may be written otherwise."""
    for name, spelt in step.map.items():
        if not spelt:
            continue
        places = ", ".join("?" * len(spelt))
        (there,) = table.row(
            f"SELECT count(DISTINCT {{c}}) FROM {{t}} WHERE {{c}} IN ({places})",  # noqa: S608
            tuple(spelt),
            c=name,
        )
        if lacking := len(spelt) - int(there):
            yield f"No row has {lacking:,} of the {counted(len(spelt), 'spelling')} of {name!r} in the map."


def _left_out(table: Table, columns: tuple[str, ...]) -> tuple[str, ...]:
    few = comparable(table, columns)
    return tuple(
        f"{name!r} has more than {MOST_DIFFERENT:,} different values; they were not compared."
        for name in columns
        if name not in few
    )
