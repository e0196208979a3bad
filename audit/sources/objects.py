"""Tables that are in memory already: anything with ``__arrow_c_stream__``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import SourceError
from audit.model import Progress
from audit.sources.base import Tally, Watch
from audit.sources.messages import Loaded
from audit.sources.tabular import BATCH_ROWS
from audit.sources.work import DATA, REJECTED, accounted
from audit.sources.writing import ParquetSink

if TYPE_CHECKING:
    import pyarrow as pa


def load_object(obj: Any, draft: Path, progress: Progress) -> Loaded:
    """Write the rows of ``obj`` in their order; the number it gives as its own is the count."""
    import pyarrow as pa

    if not hasattr(obj, "__arrow_c_stream__"):
        message = f"A {type(obj).__name__} is not a table."
        hint = "Give a path, or a table of pandas, polars, pyarrow or DuckDB."
        raise SourceError(message, hint=hint)
    sink = ParquetSink(draft / DATA, draft / REJECTED, Watch(progress))
    kind = f"{type(obj).__module__.partition('.')[0]} {type(obj).__name__}"
    try:
        rows = _hand_over(obj, sink)
        tally = Tally(found=rows)
        report = accounted(tally, loaded=sink.loaded, rejected=0, notes=sink.finish())
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        sink.abandon()
        message = f"This {type(obj).__name__} holds values that Arrow has no type for."
        hint = "Give each column one type: objects of mixed types cannot be stored."
        raise SourceError(message, hint=hint) from error
    except BaseException:
        sink.abandon()
        raise
    return Loaded(report=report, kind="object", options=(("type", kind),))


def _hand_over(obj: Any, sink: ParquetSink) -> int:
    import pyarrow as pa

    expected = _own_count(obj)
    reader = pa.RecordBatchReader.from_stream(obj)
    sink.start(reader.schema)
    rows = 0
    for large in reader:
        for batch in _slices(large):
            sink.write(batch)
            rows += batch.num_rows
            sink.progress(rows / expected if expected else 0.0)
    return rows if expected is None else expected


def _own_count(obj: Any) -> int | None:
    """Rows as the object itself counts them, where asking costs nothing."""
    rows = getattr(obj, "num_rows", None)
    if isinstance(rows, int):
        return rows
    family = type(obj).__module__.partition(".")[0]
    return int(obj.shape[0]) if family in ("pandas", "polars") and len(obj.shape) == 2 else None


def _slices(batch: "pa.RecordBatch") -> list["pa.RecordBatch"]:
    starts = range(0, batch.num_rows, BATCH_ROWS)
    return [batch.slice(i, BATCH_ROWS) for i in starts]
