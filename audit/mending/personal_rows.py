"""Rows that hold personal data, found by looking at every text of some columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from audit.mending.change import Context
from audit.mending.personal_look import Looked, at_once, look
from audit.model import Progress, Role
from audit.pii.catalogue import entity
from audit.pii.values import Hit, Scanned
from audit.reports.pii.drawing import VALUE_ID, chunks, draw
from audit.reports.pii.estimating import Counts
from audit.reports.pii.looking import Looker
from audit.reports.pii.options import Options
from audit.reports.pii.places import Place
from audit.reports.pii.verdicts import called
from audit.store.table import Table
from audit.stretch import stretch

_ROWS = 100_000
"""Rows that are marked at a time."""


@dataclass(slots=True, kw_only=True)
class Personal:
    """What was found, and what was not looked at."""

    why: npt.NDArray[np.int32]
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
    """Look at every value of some columns; where none is named, of all that may hold such data.

    Each different value is looked at once, however many rows hold it.
    """
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
    place, most = looked.place, options.most_characters
    free = Role.FREE_TEXT in context.roles.of(place.column)
    names = looker.wants_names(looked.found.reads, free_text=free)
    drawn = draw(table, place, sample=0, seed=0, most=most)
    ids: list[Counts] = []
    reasons: list[npt.NDArray[np.int32]] = []
    done = 0
    for chunk in chunks(table, drawn, most=most, size=at_once(table, place, most)):
        of = max(drawn.values, 1)
        within = stretch(progress, done / of, min(1.0, (done + len(chunk)) / of))
        scanned, _ = looker.scan(chunk.texts, names=names, called=called(place), progress=within)
        found.timed_out += int(chunk.rows[list(scanned.timed_out)].sum())
        found.cut += int(chunk.rows[list(scanned.cut)].sum())
        why = _reasons(scanned, place.column, found, any_kind=bool(options.entities))
        ids.append(chunk.ids[why >= 0])
        reasons.append(why[why >= 0])
        done += len(chunk)
    if any(map(len, ids)):
        _mark(table, place, np.concatenate(ids), np.concatenate(reasons), found.why)


def _reasons(
    scanned: Scanned, column: str, found: Personal, *, any_kind: bool
) -> npt.NDArray[np.int32]:
    """Give for each text the reason why its rows go: its first hit; -1 where they stay."""
    why = np.full(len(scanned.hits), -1, np.int32)
    for i, hits in enumerate(scanned.hits):
        hit = next((h for h in hits if any_kind or _points(h)), None)
        if hit is not None:
            why[i] = found.reason(column, hit)
    return why


def _mark(
    table: Table,
    place: Place,
    ids: Counts,
    reasons: npt.NDArray[np.int32],
    why: npt.NDArray[np.int32],
) -> None:
    """Give the rows that hold certain texts their reason, but for those that have one."""
    order = np.argsort(ids)
    ids, reasons = ids[order], reasons[order]
    # Of several texts of a row the first with a hit speaks for it.
    order_by = "ORDER BY r, v" if place.many else ""
    statement = f"SELECT r, {VALUE_ID} FROM ({place.source}) WHERE v IS NOT NULL {order_by}"  # noqa: S608 - of a place
    for batch in table.batches(statement, size=_ROWS, c=place.column):
        rows, values = (column.to_numpy(zero_copy_only=False) for column in batch.columns)
        at = np.minimum(np.searchsorted(ids, values), len(ids) - 1)
        new = (ids[at] == values) & (why[rows] < 0)
        # Backwards: where a row is there twice, the first text is written last.
        why[rows[new][::-1]] = reasons[at[new]][::-1]


def _points(hit: Hit) -> bool:
    """Whether a kind points at one person, or opens a door."""
    kind = entity(hit.entity)
    return kind.direct or kind.family == "secret"
