"""A quick look at what columns hold: the report's own, on few values of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.mending.change import Context
from audit.model import Progress, Role
from audit.registry import NoParts
from audit.reports.pii.drawing import CHUNK
from audit.reports.pii.looking import Looker
from audit.reports.pii.options import Options
from audit.reports.pii.places import Place, places
from audit.reports.pii.scanning import Work, look_at
from audit.reports.pii.values import ScannedColumn
from audit.store.table import Table
from audit.stretch import stretch

NONE_FOUND = "No column is made of personal data, by a quick look"
_BY_MODEL = frozenset({"PERSON", "LOCATION", "ORGANIZATION", "NRP"})
VALUES = 1_000
"""Different values of a column that are looked at to tell what it is made of."""
_MOST_HELD = 50_000_000
"""Characters that are held at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A place, and what the look found there."""

    place: Place
    found: ScannedColumn

    @property
    def entity(self) -> str | None:
        """The kind of personal data that the place is made of; None where of none."""
        verdict = self.found.verdict
        return verdict.entity if verdict.holds == "identifiers" else None


def look(
    table: Table,
    looker: Looker,
    options: Options,
    columns: Sequence[str],
    context: Context,
    progress: Progress,
) -> tuple[Looked, ...]:
    """Look at every place of some columns, in their order."""
    wanted = frozenset(columns)
    found = [p for p in places(table, looker.are_personal) if p.column in wanted]
    present = _present(table, columns)
    work = Work(
        table=table,
        options=options.model_copy(update={"sample": VALUES}),
        looker=looker,
        parts=NoParts(),
        free_text=frozenset(context.roles.having(Role.FREE_TEXT)),
    )
    for i, place in enumerate(found):
        within = stretch(progress, i / len(found), (i + 1) / len(found), place.title)
        look_at(work, place, present[place.column], within)
    pairs = zip(found, work.columns, strict=True)
    return tuple(Looked(place=place, found=column) for place, column in pairs)


def kinds_of_columns(
    table: Table, columns: Sequence[str], context: Context
) -> dict[str, str | None]:
    """Tell the kind of personal data that each of some columns is made of; None where of none."""
    options = Options()
    with Looker(options) as looker:
        found = look(table, looker, options, columns, context, context.progress)
    kinds: dict[str, str | None] = dict.fromkeys(columns)
    for looked in found:
        if not looked.place.path:
            kinds[looked.place.column] = looked.entity
    return kinds


def made_of_personal_data(
    table: Table, columns: Sequence[str], context: Context
) -> dict[str, str | None]:
    """Give the columns named with their kinds; where none is named, those made of personal data."""
    for name in columns:
        table.type_of(name)
    if columns:
        return kinds_of_columns(table, columns, context)
    kinds = kinds_of_columns(table, [c.name for c in table.columns], context)
    return {n: kind for n, kind in kinds.items() if kind is not None}


def chosen_columns(table: Table, columns: Sequence[str], context: Context) -> tuple[str, ...]:
    """Give the columns named; where none is, those made of personal data, by a quick look."""
    for name in columns:
        table.type_of(name)
    return tuple(dict.fromkeys(columns)) or tuple(made_of_personal_data(table, (), context))


def at_once(table: Table, place: Place, most: int) -> int:
    """Tell how many different values of a place are held at once, cut to ``most`` characters."""
    (longest,) = table.row(
        f"SELECT coalesce(max(length(v)), 0) FROM ({place.source})",  # noqa: S608 - of a place
        c=place.column,
    )
    return max(100, min(CHUNK, _MOST_HELD // max(1, min(int(longest), most + 1))))


def not_looked_for(entities: Sequence[str], *, names: bool) -> tuple[str, ...]:
    """Say that names were asked for, and that the search for them is switched off."""
    asked = [] if names else [id_ for id_ in entities if id_ in _BY_MODEL]
    if not asked:
        return ()
    return (
        f"{' and '.join(asked)}: not looked for within texts, for names is false; columns that "
        "hold nothing else are known by lists.",
    )


def _present(table: Table, columns: Sequence[str]) -> dict[str, int]:
    if not columns:
        return {}
    listed = ", ".join(f"count({{c{i}}})" for i in range(len(columns)))
    counts = table.row(f"SELECT {listed} FROM {{t}}", **table.keys(columns))  # noqa: S608
    return dict(zip(columns, map(int, counts), strict=True))
