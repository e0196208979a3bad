"""How often the same piece of personal data stands in the data."""

from collections.abc import Sequence

import numpy as np

from audit.reports.pii.drawing import Drawn
from audit.reports.pii.estimating import Counts, Flags
from audit.reports.pii.matching import count_rows, row_numbers
from audit.reports.pii.pieces import Contributions, Pieces
from audit.reports.pii.tallies import MOST_ROW_NUMBERS
from audit.reports.pii.values import Repeats
from audit.store import Table

TIMES = (1, 2, 3, 5, 10, 100)
MOST_EXAMPLES = 5
MOST_OVERLAPPING = 500_000
"""Values that are looked up again, to count a row once that holds a piece in several places."""
_MOST_LOCATED = 50
"""Pieces of one kind, the most frequent, whose rows are told."""


def repeats(
    table: Table, drawn: Sequence[Drawn], counted: Sequence[bool], pieces: Pieces
) -> tuple[tuple[Repeats, ...], str]:
    """Count the rows of every piece of every kind, and say what was not counted.

    ``counted`` says which places count: hits in the others are thought to be chance. A row that holds a piece in two columns holds it once: pieces found in several places, or
    in a place that may hold several values, are looked up again in one statement.
    """
    found = pieces.all(counted)
    if not len(found.piece):
        return (), ""
    hashes, order, which = np.unique(found.piece, return_index=True, return_inverse=True)
    rows, note = _rows(table, drawn, found, which, len(hashes))
    kind = np.zeros(len(hashes), np.int64)
    kind[which] = found.entity
    # The most frequent first; then in the order they were found, for hashes differ by run.
    ranked = np.lexsort((order, -rows))
    often = {int(c): _often(ranked, rows, kind == c) for c in np.unique(kind)}
    located = _located(table, drawn, found, which, often)
    made = []
    for code, some in often.items():
        of_kind = kind == code
        columns = dict.fromkeys(
            drawn[i].place.column for i in np.unique(found.place[found.entity == code])
        )
        shown = ((pieces.masked(int(hashes[i])), int(rows[i])) for i in some[:MOST_EXAMPLES])
        made.append(
            Repeats(
                entity=pieces.entities[code],
                columns=tuple(columns),
                times=_times(rows[of_kind]),
                most=int(rows[of_kind].max()),
                examples=tuple((masked, n) for masked, n in shown if masked),
                row_numbers=located.get(code, ()),
            )
        )
    notes = [note]
    if pieces.left_out:
        notes.append(f"Repeats of {pieces.left_out:,} further places were not counted.")
    made.sort(key=lambda r: (-r.most, r.entity))
    return tuple(made), " ".join(filter(None, notes))


def _times(rows: Counts) -> tuple[tuple[int, int, int], ...]:
    ends = (*TIMES[1:], np.iinfo(np.int64).max)
    within = (
        (least, rows[(rows >= least) & (rows < end)])
        for least, end in zip(TIMES, ends, strict=True)
    )
    return tuple((least, len(some), int(some.sum())) for least, some in within)


def _rows(
    table: Table, drawn: Sequence[Drawn], found: Contributions, which: Counts, n: int
) -> tuple[Counts, str]:
    """Count the rows of each piece: sums where they are exact, a look at the rows elsewhere."""
    rows = np.bincount(which, weights=found.rows, minlength=n).astype(np.int64)
    many = np.array([d.place.many for d in drawn])
    low, high = np.full(n, len(drawn)), np.full(n, -1)
    np.minimum.at(low, which, found.place)
    np.maximum.at(high, which, found.place)
    single = np.bincount(which, minlength=n) == 1
    unsure = ~single & ((low != high) | many[low])
    chosen = np.flatnonzero(unsure[which])
    if not len(chosen):
        return rows, ""
    note = ""
    if len(chosen) > MOST_OVERLAPPING:
        note = (
            "Some rows that hold the same personal data in several places may count more than "
            "once among its repeats: there are too many."
        )
        chosen = chosen[:0]
    for piece, counted in count_rows(table, _asked(drawn, found, which, chosen)).items():
        rows[piece] = counted
    return np.minimum(rows, table.n_rows), note


def _often(ranked: Counts, rows: Counts, of_kind: Flags) -> Counts:
    """Give the most frequent pieces of a kind, of those that stand in more than one row."""
    return ranked[of_kind[ranked] & (rows[ranked] > 1)][:_MOST_LOCATED]


def _located(
    table: Table,
    drawn: Sequence[Drawn],
    found: Contributions,
    which: Counts,
    often: dict[int, Counts],
) -> dict[int, tuple[int, ...]]:
    """Give the first rows that hold one of the most repeated pieces, by kind."""
    wanted = np.zeros(int(which.max()) + 1, bool)
    wanted[np.concatenate(list(often.values()))] = True
    chosen = np.flatnonzero(wanted[which])
    asked = _asked(drawn, found, found.entity, chosen)
    return row_numbers(table, asked, most=MOST_ROW_NUMBERS)


def _asked(
    drawn: Sequence[Drawn], found: Contributions, labels: Counts, chosen: Counts
) -> list[tuple[Drawn, dict[int, list[int]]]]:
    """Put the values of some pieces together by place and label."""
    by_place: dict[int, dict[int, list[int]]] = {}
    each = zip(found.place[chosen], labels[chosen], found.value[chosen], strict=True)
    for place, label, value in each:
        by_place.setdefault(int(place), {}).setdefault(int(label), []).append(int(value))
    return [(drawn[place], wanted) for place, wanted in sorted(by_place.items())]
