"""Arrow IPC: files, streams and Feather."""

from typing import TYPE_CHECKING

from audit.registry import source
from audit.sources.base import Given, Sink, Sniffed, Tally
from audit.sources.opening import plain_file
from audit.sources.tabular import damage_is_an_error, hand_over

if TYPE_CHECKING:
    from pathlib import Path

_FILE, _FEATHER_1, _STREAM = b"ARROW1", b"FEA1", b"\xff\xff\xff\xff"
_END = b"\xff\xff\xff\xff\0\0\0\0"


@source("arrow", title="Arrow or Feather", suffixes=(".arrow", ".feather", ".arrows", ".ipc"))
class Arrow:
    """Arrow IPC files and streams, and Feather in both versions, types kept."""

    def __init__(self, given: Given) -> None:
        self._name = given.name
        self._path = plain_file(given.path, given.limits, given.scratch)

    @staticmethod
    def recognises(head: bytes) -> bool:
        """Files and Feather have a magic; a stream begins with a continuation mark."""
        stream = head.startswith(_STREAM) and len(head) > 8 and head[7] == 0
        return head.startswith((_FILE, _FEATHER_1)) or stream

    def sniff(self) -> Sniffed:
        """There is nothing to choose."""
        return Sniffed(options={})

    def load(self, sink: Sink, *, most: int | None = None) -> Tally:  # noqa: ARG002 - batches end it
        """Hand over all batches in the order of the file."""
        with self._path.open("rb") as file:
            magic = file.read(6)
        with damage_is_an_error(self._name, "Arrow"):
            if magic.startswith(_FEATHER_1):
                return _feather(self._path, sink)
            return _file(self._path, sink) if magic == _FILE else _stream(self._path, sink)


def _file(path: "Path", sink: Sink) -> Tally:
    import pyarrow as pa

    with pa.OSFile(str(path)) as raw, pa.ipc.open_file(raw) as opened:
        count = opened.num_record_batches
        found = sum(opened.get_batch(i).num_rows for i in range(count))
        batches = (opened.get_batch(i) for i in range(count))
        hand_over(opened.schema, batches, sink, found)
    return Tally(found=found)


def _stream(path: "Path", sink: Sink) -> Tally:
    import pyarrow as pa

    with pa.OSFile(str(path)) as raw, pa.ipc.open_stream(raw) as opened:
        found = hand_over(opened.schema, opened, sink, 0)
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - len(_END)))
        ended = file.read() == _END
    note = "The stream has no end mark: whoever wrote it may have been interrupted."
    return Tally(found=found, notes=() if ended else (note,))


def _feather(path: "Path", sink: Sink) -> Tally:
    import pyarrow.feather as feather

    table = feather.read_table(path)
    hand_over(table.schema, table.to_batches(), sink, table.num_rows)
    return Tally(found=table.num_rows)
