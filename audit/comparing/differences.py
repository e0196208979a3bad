"""Rows that are not what they were, a page of them at a time: looked at on demand, never kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from audit.comparing.cells import shared_columns, stretches
from audit.comparing.pairing import Rows
from audit.errors import ColumnError, ParameterError
from audit.mending.effects import Touched
from audit.store import Table
from audit.store.rows import MOST_ROWS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

What = Literal["changed", "removed", "added", "copied"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Differences:
    """A page of rows with their cells before and after."""

    what: What
    columns_before: tuple[str, ...]
    columns_after: tuple[str, ...]
    rows: tuple[Touched, ...]
    """``row`` is the number before; ``changed`` names columns as they are called afterwards."""
    numbers_after: tuple[int | None, ...]
    """Row numbers after; None where the row went."""
    offset: int
    more: bool
    """Whether there are rows beyond this page."""
    total: int | None
    """Rows in all; of changed rows it is told by the comparison."""

    def __repr__(self) -> str:
        """Say how many they are, and not what stands in them: a trace may end in a log."""
        return f"Differences({self.what}, {len(self.rows)} rows from {self.offset})"


_Found = list[tuple[int | None, int | None, tuple[str, ...]]]
"""(row before, row after, columns that differ)"""


def differences(
    before: Table,
    after: Table,
    rows: Rows,
    *,
    what: What,
    columns: Sequence[str] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Differences:
    """Fetch a page of the rows that differ in one way.

    Parameters
    ----------
    before, after : Table
        The two versions.
    rows : Rows
        How their rows belong together; of other data nothing can be told.
    what : str
        ``changed``: paired rows of which a cell differs; ``removed``: rows before that are not
        there any more; ``added``: rows after that were none before; ``copied``: copies beyond
        the first of a row.
    columns : sequence of str, optional
        Columns, as they are called before, of which a cell must differ (``changed``) and that
        are shown; by default all.
    limit, offset : int
        Which page.
    """
    if not rows.are_paired:
        message = "It is not known which row is which: the two are other data."
        raise ParameterError(message, hint="Compare versions that were made of one another.")
    if not 1 <= limit <= MOST_ROWS or offset < 0:
        message = f"A page holds 1 to {MOST_ROWS} rows, from 0 on."
        raise ParameterError(message)
    left, right = _columns(before, after, rows, columns)
    found, total = _listed(before, after, rows, what, left, (limit + 1, offset))
    shown = found[:limit]
    old = _cells(before, left, [b for b, _, _ in shown])
    new = _cells(after, right, [a for _, a, _ in shown])
    touched = tuple(
        Touched(
            row=b,
            what=what,
            before=old.get(b),
            after=new.get(a),
            changed=tuple(rows.later_name(c) for c in differ),
        )
        for b, a, differ in shown
    )
    return Differences(
        what=what,
        columns_before=left,
        columns_after=right,
        rows=touched,
        numbers_after=tuple(a for _, a, _ in shown),
        offset=offset,
        more=len(found) > limit,
        total=total,
    )


def _columns(
    before: Table, after: Table, rows: Rows, asked: Sequence[str] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mine, its = [c.name for c in before.columns], [c.name for c in after.columns]
    if asked is None:
        return tuple(mine), tuple(its)
    for name in asked:
        if name not in mine and name not in its:
            raise ColumnError.unknown(name, mine)
    left = tuple(name for name in asked if name in mine)
    later = dict.fromkeys(rows.later_name(name) for name in asked)
    return left, tuple(name for name in later if name in its)


def _listed(
    before: Table,
    after: Table,
    rows: Rows,
    what: What,
    columns: tuple[str, ...],
    page: tuple[int, int],
) -> tuple[_Found, int | None]:
    """Find which rows the page shows, and how many there are where that costs nothing."""
    import numpy as np

    limit, offset = page
    if what == "changed":
        wanted = [c for c in shared_columns(before, after, rows) if c in columns]
        return list(_changed(stretches(before, after, rows, wanted), limit, offset)), None
    if what == "removed":
        gone = np.flatnonzero(~rows.there())
        own = gone[offset : offset + limit].tolist()
        return [(b, None, ()) for b in own], len(gone)
    later = np.flatnonzero(rows.of < 0) if what == "added" else _copies(rows)
    own = later[offset : offset + limit].tolist()
    origin = [b if b >= 0 else None for b in rows.of[own].tolist()] if own else []
    return [(b, a, ()) for b, a in zip(origin, own, strict=True)], len(later)


def _copies(rows: Rows) -> "npt.NDArray[np.int64]":
    import numpy as np

    known = rows.of >= 0
    known[rows.first()] = False
    return np.flatnonzero(known)


def _changed(parts: Iterator[Any], limit: int, offset: int) -> Iterator[Any]:
    """Skip ``offset`` rows that differ, and give the next ``limit``; no more are read."""
    import numpy as np

    left = limit
    for part in parts:
        flags = np.column_stack(list(part.flags.values()))
        differ = np.flatnonzero(flags.any(axis=1))
        skipped = min(offset, len(differ))
        offset -= skipped
        for i in differ[skipped : skipped + left].tolist():
            names = tuple(n for n, flag in zip(part.flags, flags[i], strict=True) if flag)
            yield int(part.before[i]), int(part.after[i]), names
            left -= 1
        if not left:
            return


def _cells(
    table: Table, columns: tuple[str, ...], numbers: Sequence[int | None]
) -> dict[int | None, tuple[Any, ...]]:
    """Fetch rows by their numbers."""
    asked = sorted({n for n in numbers if n is not None})
    if not asked:
        return {}
    keys = table.keys(columns)
    listed = "".join(f", {{{key}}}" for key in keys)
    found = table.rows(
        f"SELECT {{row}}{listed} FROM {{t}} WHERE {{row}} IN (SELECT unnest(?))",  # noqa: S608
        [asked],
        **keys,
    )
    return {row[0]: row[1:] for row in found}
