"""The report on personal data: where it is, how much of it, and how often it repeats."""

from collections.abc import Sequence

from audit.format import counted, plural
from audit.model import Progress, Role, RoleMap
from audit.pii.columns import held_by_names
from audit.registry import Parts, report
from audit.reports.pii.looking import Looker, is_full_name
from audit.reports.pii.narrowing import narrowing
from audit.reports.pii.options import Options
from audit.reports.pii.places import places
from audit.reports.pii.repeats import repeats
from audit.reports.pii.scanning import Work, look_at
from audit.reports.pii.shapes import field_names
from audit.reports.pii.values import PersonalData, ScannedColumn
from audit.store import Table
from audit.stretch import stretch

NAMES_OFF = "Names, places and organisations were not looked for: that is switched off."

_LAST = 0.02
"""Part of the work that comes after all places."""


@report("pii", title="Personal data", version=1, roles=(Role.FREE_TEXT,))
def personal_data(
    table: Table, roles: RoleMap, options: Options, progress: Progress, parts: Parts
) -> PersonalData:
    """Look for personal data in every column, in nested values and in column names.

    Different values are looked at once: all of them, or a seeded sample with the interval it
    supports for the share of rows. Patterns are looked for everywhere; names, places and
    organisations in values that read as prose or as names. Then the same piece of personal
    data is counted over all columns, and texts that hold some are compared with each other:
    what repeats is what generative models recite.

    After each column, and every 100,000 values of a large one, the positions of the hits are
    kept, so that a scan that was stopped goes on. No value of a cell is.
    """
    progress(0.0, "where text is")
    rows = _present(table)
    with Looker(options) as looker:
        found = places(table, looker.are_personal)
        work = Work(
            table=table,
            options=options,
            looker=looker,
            parts=parts,
            free_text=frozenset(roles.having(Role.FREE_TEXT)),
        )
        search = stretch(progress, 0.0, 1 - _LAST)
        for i, place in enumerate(found):
            within = stretch(search, i / len(found), (i + 1) / len(found), place.title)
            look_at(work, place, rows[place.column], within)
        held = _column_names(table, looker)
    progress(1 - _LAST, "what repeats")
    repeated, note = repeats(table, work.drawn, work.counted, work.pieces)
    columns = tuple(work.columns)
    progress(1.0)
    named = any(c.names_scanned for c in columns)
    return PersonalData(
        rows=table.n_rows,
        sampled=any(c.values_scanned < c.values for c in columns),
        model=options.model if named else "",
        columns=columns,
        column_names=held,
        repeats=repeated,
        texts=tuple(work.texts),
        special=tuple(work.special.items()),
        notes=(*_notes(columns, options, looker), *((note,) if note else ())),
    )


def _present(table: Table) -> dict[str, int]:
    """Count the rows of each column that have a value."""
    names = [c.name for c in table.columns]
    asked = ", ".join(f"count({{c{i}}})" for i in range(len(names)))
    counts = table.row(f"SELECT {asked} FROM {{t}}", **table.keys(names))  # noqa: S608
    return dict(zip(names, counts, strict=True))


def _column_names(table: Table, looker: Looker) -> tuple[tuple[str, str], ...]:
    """Find names of columns, and of fields within them, that are personal data.

    The model is asked only where one may be a name. Keys of JSON text that are personal data
    are looked at as values are.
    """
    titled = [
        (c.name + path, name)
        for c in table.columns
        for path, name in (("", c.name), *field_names(c.type))
    ]
    names = list(dict.fromkeys(name for _, name in titled))
    wanted = any(map(is_full_name, names)) and looker.wants_names("names", free_text=False)
    held = dict(held_by_names(names, lambda texts: looker.scan(texts, names=wanted)[0]))
    return tuple((title, held[name]) for title, name in titled if name in held)


def _notes(columns: Sequence[ScannedColumn], options: Options, looker: Looker) -> tuple[str, ...]:
    """Say what was not looked at, or does not count, each in a sentence."""
    notes = []
    sampled = sum(c.values_scanned < c.values for c in columns)
    if sampled:
        notes.append(
            f"Of {counted(sampled, 'column')} a sample of about {options.sample:,} different "
            "values was looked at; shares are estimates."
        )
    late = sum(c.timed_out for c in columns)
    if late:
        notes.append(
            f"{counted(late, 'value')} took too long and {plural(late, 'was')} not looked at to "
            "the end. That is not to say that there is nothing personal."
        )
    cut = sum(c.cut for c in columns)
    if cut:
        notes.append(
            f"Of {counted(cut, 'value')} only the first {options.most_characters:,} characters "
            "were looked at."
        )
    unseen = [c.title for c in columns if c.skipped]
    if unseen:
        notes.append(f"{counted(len(unseen), 'column')} of binary values cannot be looked at.")
    named = any(c.reads in ("prose", "names") for c in columns)
    if looker.missing and named:
        notes.append(f"Names, places and organisations were not looked for. {looker.missing}")
    elif not options.names and named:
        notes.append(NAMES_OFF)
    return (*notes, *narrowing(options))
