"""Reading the records of a text file: the fast way, and the careful one where that is not sure.

Fast: Arrow's reader, with an independent count of the very bytes it is given. Where the two
disagree, or a quote stands where none should, Python's csv module counts; where it reads
something else than Arrow did, it also does the reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.errors import SourceError
from audit.format import counted, plural
from audit.model import Reject
from audit.sources.base import Given, Rejects, Sink, Tally
from audit.sources.facts import Fact
from audit.sources.opening import Opened
from audit.sources.text.counting import Counter
from audit.sources.text.dialect import Record, Records, lines_of
from audit.sources.text.encoding import Utf8
from audit.sources.text.layout import Layout
from audit.sources.text.typist import Typist

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK_BYTES = 4 << 20
_MOST_BLOCK_BYTES = 1 << 28
_CAREFUL_ROWS = 16_384
_PREVIEW_ROWS = 5_000


class ReadCarefully(Exception):  # noqa: N818 - not a failure
    """The fast way may misread this file."""


@dataclass(slots=True)
class Pass:
    """One reading of a file."""

    tally: Tally
    facts: list[Fact]
    settled: bool
    """Whether everything was written; if not, read again with ``facts``."""


@dataclass(slots=True)
class Reader:
    """What every way of reading needs."""

    given: Given
    layout: Layout
    sink: Sink
    facts: Sequence[Fact] | None = None
    most: int | None = None

    def typist(self) -> Typist:
        """Make a fresh one for one pass."""
        import os

        return Typist(
            self.sink,
            self.layout.names,
            facts=self.facts,
            all_text=self.layout.all_text,
            missing=self.layout.missing,
            threads=self.given.limits.threads or len(os.sched_getaffinity(0)),
            **({} if self.most is None else {"first_rows": max(self.most, _PREVIEW_ROWS)}),
        )

    def body(self, opened: Opened) -> Utf8:
        """Open the text at the first record after the header."""
        stream = Utf8(opened, self.layout.encoding)
        stream.drop_lines(self.layout.body_line - 1)
        return stream

    def notes(self, blank: int, comments: int = 0, cleared: int = 0) -> tuple[str, ...]:
        """Say what was skipped, and how many cells the user's codes made missing."""
        notes = list(self.layout.notes)
        if cleared:
            codes = ", ".join(map(repr, self.layout.missing))
            cells = "1 cell that holds" if cleared == 1 else f"{cleared:,} cells that hold"
            notes.append(f"{cells} {codes} {plural(cleared, 'was')} read as missing, as you asked.")
        if self.layout.encoding not in ("utf-8", "ascii"):
            notes.append(f"The text was turned from {self.layout.encoding} into UTF-8.")
        if blank:
            notes.append(f"{counted(blank, 'blank line')} {plural(blank, 'was')} skipped.")
        if comments:
            notes.append(f"{counted(comments, 'comment line')} {plural(comments, 'was')} skipped.")
        return tuple(notes)


def read_fast(reader: Reader, *, block_bytes: int = BLOCK_BYTES) -> Pass:
    """Read with Arrow, counting beside it; raises :class:`ReadCarefully` when in doubt."""
    import pyarrow as pa

    layout, dialect = reader.layout, reader.layout.dialect
    counter = Counter(dialect.delimiter, dialect.quote)
    typist = reader.typist()
    invalid = 0

    def on_invalid(_row: Any) -> str:
        nonlocal invalid
        invalid += 1
        return "skip"

    with Opened(reader.given.path, reader.given.limits) as opened:
        counted = _Counted(reader.body(opened), counter)
        try:
            for batch in _batches(counted, layout, on_invalid, block_bytes):
                typist.put(_trimmed(batch) if dialect.skip_initial_space else batch)
                if dialect.skip_initial_space and counter.quotes:
                    raise ReadCarefully
                # Arrow reads far ahead: what counts as done is what it has handed over.
                handed = min(1.0, typist.rows / max(1, counter.records))
                reader.sink.progress(opened.share * handed)
        except pa.ArrowInvalid as error:
            if "straddling" in str(error) and block_bytes < _MOST_BLOCK_BYTES:
                return read_fast(reader, block_bytes=block_bytes * 8)
            raise ReadCarefully from error
    typist.finish()
    counter.finish()
    _check_count(reader, counter, typist.rows + invalid)
    if invalid and typist.settled:
        _collect_rejects(reader, invalid)
    tally = Tally(
        found=counter.records + counter.blank + layout.skipped,
        skipped=counter.blank + layout.skipped,
        notes=reader.notes(counter.blank, cleared=typist.cleared),
    )
    if not counter.sound or dialect.escape:
        tally = Tally(
            found=typist.rows + invalid + counter.blank + layout.skipped,
            skipped=tally.skipped,
            notes=tally.notes,
        )
    return Pass(tally, typist.facts, typist.settled)


def read_carefully(reader: Reader) -> Pass:
    """Read with Python's csv module: slow, and for every dialect there is."""
    layout, width = reader.layout, reader.layout.width
    typist = reader.typist()
    blank = 0
    with Opened(reader.given.path, reader.given.limits) as opened:
        records = _records(reader, opened)
        waiting: list[list[str]] = []
        rejects = Rejects()
        for record in records:
            if not record.fields:
                blank += 1
            elif len(record.fields) == width:
                waiting.append(record.fields)
                if len(waiting) >= _CAREFUL_ROWS:
                    typist.put(_batch(waiting, width))
                    waiting = []
                    reader.sink.progress(opened.share)
            else:
                rejects.add(_ragged(record, layout.names))
        typist.put(_batch(waiting, width))
    typist.finish()
    _refuse_unclosed(reader, records)
    rejects.hand_over(reader.sink)
    skipped = blank + records.comments + layout.skipped
    return Pass(
        Tally(
            found=typist.rows + rejects.count + skipped,
            skipped=skipped,
            notes=reader.notes(blank, records.comments, typist.cleared),
        ),
        typist.facts,
        typist.settled,
    )


class _Counted:
    """A stream whose every byte is counted on its way to the reader."""

    closed = False

    def __init__(self, stream: Utf8, counter: Counter) -> None:
        self._stream, self._counter = stream, counter
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        parts, have = [self._rest], len(self._rest)
        while size < 0 or have < size:
            block = self._stream.block()
            if not block:
                break
            self._counter.feed(block)
            parts.append(block)
            have += len(block)
        whole = b"".join(parts)
        cut = len(whole) if size < 0 else size
        self._rest = whole[cut:]
        return whole[:cut]

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Do nothing: the file is closed by whoever opened it."""


def _batches(counted: _Counted, layout: Layout, on_invalid: Any, block_bytes: int) -> Any:
    import pyarrow as pa
    import pyarrow.csv as pc

    dialect = layout.dialect
    keys = [f"c{i}" for i in range(layout.width)]
    first = counted.read(block_bytes)
    if not first.strip(b"\r\n"):
        if first and counted.read(1):
            raise ReadCarefully
        return iter(())
    counted._rest = first + counted._rest
    return pc.open_csv(
        pa.PythonFile(counted, "r"),
        pc.ReadOptions(column_names=keys, block_size=block_bytes),
        pc.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote or False,
            escape_char=dialect.escape or False,
            newlines_in_values=True,
            invalid_row_handler=on_invalid,
        ),
        pc.ConvertOptions(
            column_types=dict.fromkeys(keys, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )


def _trimmed(batch: "pa.RecordBatch") -> "pa.RecordBatch":
    """Texts without the blanks before them; what is empty then is NULL."""
    import pyarrow as pa
    import pyarrow.compute as pc

    arrays = []
    for column in batch.columns:
        texts = pc.utf8_ltrim(column, characters=" ")
        empty = pc.equal(pc.binary_length(texts), 0)
        arrays.append(pc.if_else(empty, pa.scalar(None, pa.string()), texts))
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def _batch(rows: list[list[str]], width: int) -> "pa.RecordBatch":
    import pyarrow as pa

    columns = zip(*rows, strict=True) if rows else [()] * width
    arrays = [pa.array([v or None for v in column], pa.string()) for column in columns]
    return pa.RecordBatch.from_arrays(arrays, names=[f"c{i}" for i in range(width)])


def _records(reader: Reader, opened: Opened) -> Records:
    layout = reader.layout
    lines = lines_of(reader.body(opened))
    return Records(lines, layout.dialect, first_line=layout.body_line)


def _check_count(reader: Reader, counter: Counter, read: int) -> None:
    """Compare what was read with what was counted; doubt is settled by the csv module."""
    if counter.sound and not reader.layout.dialect.escape:
        if counter.unclosed or counter.records != read:
            raise ReadCarefully
        return
    with Opened(reader.given.path, reader.given.limits) as opened:
        records = _records(reader, opened)
        count = sum(1 for r in records if r.fields)
    if records.unclosed is not None or count != read:
        raise ReadCarefully


def _collect_rejects(reader: Reader, expected: int) -> None:
    """Read again for the lines of the records that did not fit; they must be as many."""
    names, width = reader.layout.names, reader.layout.width
    rejects = Rejects()
    with Opened(reader.given.path, reader.given.limits) as opened:
        for record in _records(reader, opened):
            if record.fields and len(record.fields) != width:
                rejects.add(_ragged(record, names))
    if rejects.count != expected:
        raise ReadCarefully
    rejects.hand_over(reader.sink)


def _ragged(record: Record, names: Sequence[str]) -> Reject:
    have, width = len(record.fields), len(names)
    missing = names[have] if have < width else ""
    return Reject(
        line=record.line,
        column=missing,
        reason=f"It has {counted(have, 'field')} instead of {width}.",
        record=record.raw.rstrip("\r\n")[:2000],
    )


def _refuse_unclosed(reader: Reader, records: Records) -> None:
    if records.unclosed is None:
        return
    quote = reader.layout.dialect.quote
    message = f"The quote opened on line {records.unclosed:,} is never closed."
    hint = f"Mend the line, or set the quote to none if {quote} is a plain character in this file."
    if reader.most is None:
        raise SourceError(message, hint=hint)
