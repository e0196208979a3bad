"""The different values of a place: all of them in chunks, or a seeded sample at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audit.reports.pii.estimating import Counts, Frame
from audit.reports.pii.places import Place
from audit.store import Table

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 100_000
"""Values that are held at once, and after which a full scan keeps what it has found."""

_FREQUENT = 3
"""Values this many times as frequent as the mean are looked at in any case, up to half of the
sample."""

VALUE_ID = "CAST(hash(v) >> 1 AS BIGINT)"
"""Tells a value within one run; 63 bits, so that it may be a parameter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some different values of a place, in the order of the rows that hold them first."""

    texts: tuple[str, ...]
    """Cut to one character more than is looked at."""
    ids: Counts
    rows: Counts
    """Rows that hold each."""
    drawn: Counts
    """As in :class:`~audit.reports.pii.estimating.Frame`."""
    first: Counts
    """Number of the first row that holds each."""

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What is looked at of a place."""

    place: Place
    source: str
    """SQL of the rows and texts that are looked at: of some rows only, where a place within
    nested values is sampled."""
    values: int
    """Different values in all."""
    rows: int
    """Rows that have one."""
    scanned: int
    """Different values looked at."""
    scanned_rows: int
    """Rows drawn, where rows are sampled; else as ``rows``."""
    sampled: bool
    chunk: Chunk | None
    """The values looked at, where they were fetched at once."""

    @property
    def by_rows(self) -> bool:
        """Whether rows were sampled rather than values."""
        return self.scanned_rows < self.rows

    def frame(self, rows: Counts, drawn: Counts) -> Frame:
        """Give what shares are estimated from."""
        return Frame(rows=rows, drawn=drawn, all_rows=self.rows)


def draw(table: Table, place: Place, *, sample: int, seed: int, most: int) -> Drawn:
    """Find the values of a place that are to be looked at.

    Parameters
    ----------
    table : Table
        The version.
    place : Place
        With a source.
    sample : int
        Different values to look at, about; 0 means all.
    seed : int
        Of the sample.
    most : int
        Characters of a text that are looked at.
    """
    if sample and not place.many:
        return _drawn_values(table, place, sample, seed, most)
    values, rows, pairs = table.row(
        f"""SELECT count(DISTINCT v), count(DISTINCT r), {_pairs(place)}
        FROM ({place.source}) WHERE v IS NOT NULL""",  # noqa: S608
        c=place.column,
    )
    drawn = Drawn(
        place=place,
        source=place.source,
        values=values,
        rows=rows,
        scanned=values,
        scanned_rows=rows,
        sampled=False,
        chunk=None,
    )
    if not sample or values <= sample:
        return drawn
    return _drawn_rows(table, drawn, max(1, rows * sample // pairs), seed)


def chunks(table: Table, drawn: Drawn, *, most: int, size: int) -> Iterator[Chunk]:
    """Give the values to look at, ``size`` at a time, in an order that never changes."""
    if drawn.chunk is not None:
        yield drawn.chunk
        return
    statement = f"""SELECT left(v, {most + 1}), {VALUE_ID}, k, 0 AS d, f
        FROM ({_grouped(drawn.place, drawn.source)}) ORDER BY f, v"""  # noqa: S608
    waiting: list[pa.RecordBatch] = []
    n = 0
    for batch in table.batches(statement, size=size, c=drawn.place.column):
        rest = batch
        while n + rest.num_rows >= size:
            yield _chunk([*waiting, rest.slice(0, size - n)])
            rest = rest.slice(size - n)
            waiting, n = [], 0
        if rest.num_rows:
            waiting.append(rest)
            n += rest.num_rows
    if waiting:
        yield _chunk(waiting)


def _drawn_values(table: Table, place: Place, sample: int, seed: int, most: int) -> Drawn:
    """Take all frequent values and those of rows drawn among the others, in one statement.

    Of a place with few different values these are all values.
    """
    found = table.arrow(
        f"""WITH s AS MATERIALIZED (SELECT r, v FROM ({place.source}) WHERE v IS NOT NULL),
        g AS MATERIALIZED (SELECT v, count(*) AS k, min(r) AS f FROM s GROUP BY v),
        n AS (SELECT count(*) AS every, coalesce(sum(k), 0)::BIGINT AS total FROM g),
        t AS (SELECT g.v, g.k, g.f FROM g, n
            WHERE n.every <= {sample} OR g.k * n.every > {_FREQUENT} * n.total
            ORDER BY k DESC, hash(v, {seed}), v
            LIMIT (SELECT CASE WHEN every <= {sample} THEN {sample} ELSE {sample // 2} END FROM n)),
        b AS (SELECT s.v, s.r FROM s ANTI JOIN t ON s.v = t.v
            ORDER BY hash(s.r, {seed}), s.r LIMIT (SELECT {sample} - count(*) FROM t)),
        d AS (SELECT v, count(*) AS d FROM b GROUP BY v),
        u AS (SELECT v, k, 0 AS d, f FROM t
            UNION ALL SELECT d.v, g.k, d.d, g.f FROM d JOIN g ON d.v = g.v)
        SELECT left(u.v, {most + 1}), CAST(hash(u.v) >> 1 AS BIGINT), u.k, u.d, u.f,
            n.every, n.total
        FROM u, n ORDER BY u.f, u.v""",  # noqa: S608
        c=place.column,
    )
    chunk = _chunk(found.select(range(5)).to_batches())
    every = found.column(5)[0].as_py() if len(chunk) else 0
    total = found.column(6)[0].as_py() if len(chunk) else 0
    return Drawn(
        place=place,
        source=place.source,
        values=every,
        rows=total,
        scanned=len(chunk),
        scanned_rows=total,
        sampled=len(chunk) < every,
        chunk=chunk,
    )


def _drawn_rows(table: Table, whole: Drawn, n: int, seed: int) -> Drawn:
    """Look at the values of ``n`` rows drawn at random: a row may have several values."""
    place = whole.place
    rows = f"SELECT DISTINCT r FROM ({place.source}) WHERE v IS NOT NULL"  # noqa: S608
    some = f"SELECT r FROM ({rows}) ORDER BY hash(r, {seed}), r LIMIT {n}"  # noqa: S608
    source = f"SELECT r, v FROM ({place.source}) WHERE r IN ({some})"  # noqa: S608
    scanned, scanned_rows = table.row(
        f"SELECT count(DISTINCT v), count(DISTINCT r) FROM ({source}) WHERE v IS NOT NULL",  # noqa: S608
        c=place.column,
    )
    return Drawn(
        place=place,
        source=source,
        values=whole.values,
        rows=whole.rows,
        scanned=scanned,
        scanned_rows=scanned_rows,
        sampled=True,
        chunk=None,
    )


def _grouped(place: Place, source: str) -> str:
    distinct = "DISTINCT " if place.many else ""
    return f"""SELECT v, count(*) AS k, min(r) AS f
        FROM (SELECT {distinct}r, v FROM ({source}) WHERE v IS NOT NULL) GROUP BY v"""  # noqa: S608


def _pairs(place: Place) -> str:
    return "count(DISTINCT hash(r, v))" if place.many else "count(*)"


def _chunk(batches: "list[pa.RecordBatch]") -> Chunk:
    texts: list[str] = []
    columns: list[list[Counts]] = [[], [], [], []]
    for batch in batches:
        texts += batch.column(0).to_pylist()
        for i, column in enumerate(columns):
            column.append(batch.column(i + 1).to_numpy(zero_copy_only=False).astype(np.int64))
    whole = [np.concatenate(c) if c else np.zeros(0, np.int64) for c in columns]
    ids, rows, drawn, first = whole
    return Chunk(texts=tuple(texts), ids=ids, rows=rows, drawn=drawn, first=first)
