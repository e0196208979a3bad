"""Where the rows of a version came from, and which of its parent's went: kept, and read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.mending.effects import Effect
from audit.mending.stage import ADDED, Gone
from audit.store import Version
from audit.store.intact import damaged

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LINEAGE, REMOVED = "lineage.parquet", "removed.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedRows:
    """Rows of the parent that a recipe removed: kept + removed = all rows of the parent."""

    rows: "npt.NDArray[np.int64]"
    """Their numbers in the parent, ascending, each once."""
    step: "npt.NDArray[np.int32]"
    """Place in the recipe of the step that removed each, from 1."""
    reason: tuple[str, ...]


def keep_rows(
    folder: Path, lineage: "npt.NDArray[np.int64]", gone: Sequence[tuple[Effect, Gone]]
) -> None:
    """Write which row of the parent each row is, and the parent's rows that are there no more.

    A copy that was removed is not in it while the row itself, or another copy, is still there.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"row": lineage}), folder / LINEAGE, compression="zstd")
    steps = [np.full(len(g.rows), effect.position, np.int32) for effect, g in gone]
    rows = np.concatenate([g.rows for _, g in gone])
    step = np.concatenate(steps)
    names = [reason for _, g in gone for reason in g.reasons]
    offsets = np.cumsum([0, *(len(g.reasons) for _, g in gone)])
    why = np.concatenate([g.why + offsets[i] for i, (_, g) in enumerate(gone)])
    last = _last_of_each(rows, lineage)
    reasons = pa.DictionaryArray.from_arrays(pa.array(why[last].astype(np.int32)), names or [""])
    columns = {"row": rows[last], "step": step[last], "reason": reasons.cast(pa.string())}
    pq.write_table(pa.table(columns), folder / REMOVED, compression="zstd")


def lineage(version: Version) -> "npt.NDArray[np.int64] | None":
    """Give for each row of a version its row number in the parent (-1: it is new).

    None where the version was loaded.
    """
    import numpy as np

    found = _read(version, LINEAGE, ("row",))
    if found is None:
        return None
    rows = np.asarray(found["row"].to_numpy())
    if rows.dtype.kind != "i" or len(rows) != version.manifest.rows or rows.min(initial=0) < ADDED:
        raise damaged(version.id, LINEAGE)
    return rows


def removed(version: Version) -> RemovedRows | None:
    """Give the rows of the parent that are not in a version; None where it was loaded."""
    import numpy as np

    found = _read(version, REMOVED, ("row", "step", "reason"))
    if found is None:
        return None
    rows, step = found["row"].to_numpy(), found["step"].to_numpy()
    if {rows.dtype.kind, step.dtype.kind} != {"i"} or (np.diff(rows, prepend=-1) <= 0).any():
        raise damaged(version.id, REMOVED)
    return RemovedRows(rows=rows, step=step, reason=tuple(found["reason"].to_pylist()))


def _read(version: Version, name: str, columns: tuple[str, ...]) -> Any:
    """Read a file that is kept beside a version; None where there is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = version.folder / name
    if not path.exists():
        return None
    try:
        found = pq.read_table(path, columns=list(columns))
    except (OSError, pa.ArrowException) as error:
        raise damaged(version.id, name) from error
    if found.column_names != list(columns) or any(c.null_count for c in found.columns):
        raise damaged(version.id, name)
    return found


def _last_of_each(
    rows: "npt.NDArray[np.int64]", lineage: "npt.NDArray[np.int64]"
) -> "npt.NDArray[np.int64]":
    """Pick, of the removals of each row that is gone for good, the last; ascending by row."""
    import numpy as np

    gone = (rows >= 0) & ~np.isin(rows, lineage)
    at = np.flatnonzero(gone)
    order = at[np.argsort(rows[at], kind="stable")]
    ordered = rows[order]
    is_last = np.append(ordered[1:] != ordered[:-1], True) if len(ordered) else np.zeros(0, bool)
    picked: npt.NDArray[np.int64] = order[is_last]
    return picked
