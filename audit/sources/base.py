"""What a kind of source is. A newcomer adds one file beside this one.

A source is a class, registered with :func:`audit.registry.source`::

    @source("ledger", title="Ledger", suffixes=(".ldg",), options=Options)
    class Ledger:
        \"\"\"Ledger files: one entry a line. (This text is shown to the user.)\"\"\"

        @staticmethod
        def recognises(head: bytes) -> bool: ...      # by magic bytes; False: by name only

        def __init__(self, given: Given) -> None: ...  # cheap; raises SourceError early

        def sniff(self) -> Sniffed: ...                # the options in effect, and why

        def load(self, sink: Sink, *, most: int | None = None) -> Tally: ...

``load`` calls ``sink.start`` with the names and Arrow types of the columns, then
``sink.write`` with record batches in the order of the source, ``sink.reject`` for every
record that cannot be loaded, and returns what it *found*, counted in another way than by
reading. With ``most`` it may stop after that many records (a preview); ``found`` is then not
looked at. A source that finds midway that it has to begin again calls ``sink.start`` again.

Every option is None by default: None means 'find out', anything else is the user's word.
All of it runs in a child process with limits: a source may crash, but never lie.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audit.model import Progress, Reject, Scalar, silent
from audit.registry import NoSettings, Settings

if TYPE_CHECKING:
    import pyarrow as pa

MOST_REJECTS = 100_000
"""Rejected records that are kept; further ones are counted."""
_UNKEPT = Reject(line=None, column="", reason="", record="")
SAMPLE_BYTES = 1 << 20
"""How much of a file is looked at to find out how it is written."""


def default_memory_bytes() -> int:
    """Four fifths of the machine's memory."""
    import os

    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 0.8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a file may ask of the machine before it is refused."""

    memory_bytes: int = field(default_factory=default_memory_bytes)
    """Address space of the reading process."""
    time_s: float = 3600.0
    unpacked_bytes: int = 2 * 2**30
    """What a compressed file may unfold to."""
    ratio: float = 200.0
    """Unpacked bytes for each packed one, looked at beyond ``ratio_from_bytes``."""
    ratio_from_bytes: int = 64 * 2**20
    threads: int | None = None
    """By default one per core. The bytes written do not depend on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a source is made from."""

    path: Path
    name: str
    """The file name as the user knows it, for messages and second opinions."""
    options: Settings = field(default_factory=NoSettings)
    limits: Limits = field(default_factory=Limits)
    scratch: Path
    """A private folder that is deleted afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """How a source will be read."""

    options: Mapping[str, Scalar]
    """Every option with its effective value; what is not asked for here is not used."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Option to one sentence why it was chosen."""
    choices: tuple[str, ...] = ()
    """Sheets or tables to choose from."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a source says about its records beside handing them over."""

    found: int
    """Records in the source, counted independently of reading them."""
    skipped: int = 0
    """Records that are none: blank lines, comments, lines before the table."""
    notes: tuple[str, ...] = ()


class Sink(Protocol):
    """Where a source puts its records."""

    def start(self, schema: "pa.Schema") -> None:
        """Begin (again) with these columns; forgets what was written and rejected before."""

    def write(self, batch: "pa.RecordBatch") -> None:
        """Take records; they become rows in this order."""

    def reject(self, reject: Reject) -> None:
        """Take a record that cannot be loaded."""

    def progress(self, share: float) -> None:
        """Say how far reading is, in [0, 1]. Cheap: call it for every block."""


class Rejects:
    """Rejects of one reading, kept until it is certain that it was the last one."""

    def __init__(self) -> None:
        self._kept: list[Reject] = []
        self.count = 0

    def add(self, reject: Reject) -> None:
        """Take one; beyond :data:`MOST_REJECTS` it is only counted."""
        self.count += 1
        if self.count <= MOST_REJECTS:
            self._kept.append(reject)

    def hand_over(self, sink: Sink) -> None:
        """Give all to the sink, which counts them too."""
        for reject in self._kept:
            sink.reject(reject)
        for _ in range(self.count - len(self._kept)):
            sink.reject(_UNKEPT)


class Source(Protocol):
    """One kind of source; see the text of this module."""

    def __init__(self, given: Given) -> None:
        """Look at the file just enough to refuse it early."""

    @staticmethod
    def recognises(head: bytes) -> bool:
        """Whether a file that begins with these bytes (64 KiB at most) is of this kind."""

    def sniff(self) -> Sniffed:
        """Find out the options that were not given."""

    def load(self, sink: Sink, *, most: int | None = None) -> Tally:
        """Hand all records to ``sink``, or about the first ``most``."""


@dataclass(slots=True)
class Watch:
    """Progress for people, from bytes and records; wraps the caller's ``Progress``."""

    to: Progress = silent
    records: int = 0

    def __call__(self, share: float) -> None:
        """Forward ``share`` with the number of records so far in words."""
        self.to(min(max(share, 0.0), 1.0), f"{self.records:,} records")
