"""Rows that hold personal data, found by looking at every text of some columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.mending.change import Context
from audit.mending.personal_look import Looked, look
from audit.model import Progress, Role
from audit.pii.catalogue import entity
from audit.pii.values import Hit
from audit.reports.pii.looking import Looker
from audit.reports.pii.options import Options
from audit.reports.pii.verdicts import called
from audit.store.table import Table
from audit.stretch import stretch

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_CHUNK = 10_000
"""Texts that are looked at together: always the same ones, as what a model finds hangs on it."""


@dataclass(slots=True, kw_only=True)
class Personal:
    """What was found, and what was not looked at."""

    why: "npt.NDArray[np.int32]"
    """For each row the index of its reason; -1 where nothing was found."""
    reasons: list[str] = field(default_factory=list)
    timed_out: int = 0
    cut: int = 0
    places: int = 0
    """Columns, and places within nested values, that were looked at."""
    missing: str = ""
    """Why names were not looked for."""

    def reason(self, column: str, hit: Hit) -> int:
        """Give the index of the reason."""
        told = f"{column!r} holds personal data: {entity(hit.entity).title}"
        if told not in self.reasons:
            self.reasons.append(told)
        return self.reasons.index(told)


def personal_rows(
    table: Table, columns: Sequence[str], options: Options, context: Context
) -> Personal:
    """Look at every value of some columns; where none is named, of all that may hold such data."""
    import numpy as np

    found = Personal(why=np.full(table.n_rows, -1, np.int32))
    asked = tuple(columns) or tuple(c.name for c in table.columns)
    with Looker(options) as looker:
        seen = look(table, looker, options, asked, context, stretch(context.progress, 0.0, 0.1))
        chosen = [
            p for p in seen if p.place.source and (columns or p.found.verdict.holds != "none")
        ]
        found.places = len(chosen)
        for i, looked in enumerate(chosen):
            begin, end = (0.1 + 0.9 * (i + k) / len(chosen) for k in (0, 1))
            progress = stretch(context.progress, begin, end, looked.place.title)
            _look_at(table, looker, options, looked, context, found, progress)
        found.missing = looker.missing
    return found


def _look_at(
    table: Table,
    looker: Looker,
    options: Options,
    looked: Looked,
    context: Context,
    found: Personal,
    progress: Progress,
) -> None:
    place = looked.place
    free = Role.FREE_TEXT in context.roles.of(place.column)
    names = looker.wants_names(looked.found.reads, free_text=free)
    for rows, texts in _chunks(table, looked, options.most_characters):
        progress(int(rows[0]) / max(1, table.n_rows))
        different = list(dict.fromkeys(texts))
        scanned, _ = looker.scan(different, names=names, called=called(place))
        late, cut = frozenset(scanned.timed_out), frozenset(scanned.cut)
        number = {text: i for i, text in enumerate(different)}
        for row, text in zip(rows, texts, strict=True):
            i = number[text]
            found.timed_out += i in late
            found.cut += i in cut
            hit = next((h for h in scanned.hits[i] if options.entities or _points(h)), None)
            if hit is not None and found.why[row] < 0:
                found.why[row] = found.reason(place.column, hit)


def _chunks(table: Table, looked: Looked, most: int) -> Iterator[tuple[list[int], list[str]]]:
    """Give numbers of rows and their texts, always the same number of them at a time."""
    statement = (
        f"SELECT r, left(v, {most + 1}) AS v FROM ({looked.place.source}) "  # noqa: S608 - of a place
        "WHERE v IS NOT NULL ORDER BY r, v"
    )
    rows: list[int] = []
    texts: list[str] = []
    for batch in table.batches(statement, size=_CHUNK, c=looked.place.column):
        rows += batch.column(0).to_pylist()
        texts += batch.column(1).to_pylist()
        while len(rows) >= _CHUNK:
            yield rows[:_CHUNK], texts[:_CHUNK]
            rows, texts = rows[_CHUNK:], texts[_CHUNK:]
    if rows:
        yield rows, texts


def _points(hit: Hit) -> bool:
    """Whether a kind points at one person, or opens a door."""
    kind = entity(hit.entity)
    return kind.direct or kind.family == "secret"
