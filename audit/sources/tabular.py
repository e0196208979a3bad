"""What readers of Arrow data share: hand over batches, and say where a file is damaged."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audit.errors import SourceError
from audit.sources.base import Sink

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 61_440
"""Half a row group of ours."""


@contextmanager
def damage_is_an_error(name: str, what: str) -> Iterator[None]:
    """Turn what Arrow raises for damaged bytes into a SourceError."""
    import pyarrow as pa

    try:
        yield
    except SourceError:
        raise
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        message = f"{name} is a damaged {what} file, or one written in a way that is not supported."
        raise SourceError(message, hint="Write or fetch it again; nothing was loaded.") from error


def hand_over(
    schema: "pa.Schema", batches: Iterable["pa.RecordBatch"], sink: Sink, total: int
) -> int:
    """Put all batches into the sink; gives the number of rows. ``total`` is for progress only."""
    sink.start(schema)
    rows = 0
    for batch in batches:
        batch.validate(full=True)
        sink.write(batch)
        rows += batch.num_rows
        sink.progress(rows / total if total else 1.0)
    return rows
