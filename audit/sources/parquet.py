"""Parquet."""

from audit.errors import SourceError
from audit.registry import source
from audit.sources.base import Given, Sink, Sniffed, Tally
from audit.sources.opening import plain_file
from audit.sources.tabular import BATCH_ROWS, damage_is_an_error, hand_over


@source("parquet", title="Parquet", suffixes=(".parquet", ".pq", ".parq"))
class Parquet:
    """Parquet files, types kept: decimals, timestamps with zone, lists, structs, maps.

    The file is written anew, so that equal tables are equal versions. What the footer says
    about the number of rows is the independent count.
    """

    def __init__(self, given: Given) -> None:
        self._name = given.name
        self._path = plain_file(given.path, given.limits, given.scratch)
        self._threads = (given.limits.threads or 2) > 1

    @staticmethod
    def recognises(head: bytes) -> bool:
        """Files begin with PAR1, encrypted ones with PARE."""
        return head.startswith((b"PAR1", b"PARE"))

    def sniff(self) -> Sniffed:
        """There is nothing to choose."""
        return Sniffed(options={})

    def load(self, sink: Sink, *, most: int | None = None) -> Tally:
        """Hand over all rows in the order of the file."""
        import pyarrow.parquet as pq

        with self._path.open("rb") as file:
            if file.read(4) == b"PARE":
                message = f"{self._name} is encrypted."
                raise SourceError(message, hint="Decrypt it first.")
        with damage_is_an_error(self._name, "Parquet"), pq.ParquetFile(self._path) as opened:
            found = opened.metadata.num_rows
            size = BATCH_ROWS if most is None else most
            batches = opened.iter_batches(batch_size=size, use_threads=self._threads)
            hand_over(opened.schema_arrow, batches, sink, found)
        return Tally(found=found)
