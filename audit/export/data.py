"""Data files: a version, whole or in parts, in the format that is asked for."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import ParameterError
from audit.export.formats import Format, Writer
from audit.export.splits import PARTS, Split, assign
from audit.model import Progress, silent
from audit.runner import lineage
from audit.store import Table, Version
from audit.store.ordered import in_order
from audit.store.scratch import writable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

_BATCH_CELLS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that was written."""

    path: Path
    rows: int
    part: str = ""
    """train, validation or test; empty for the whole."""
    notes: tuple[str, ...] = ()


def export(
    version: Version,
    path: Path,
    format_: Format,
    *,
    split: Split | None = None,
    progress: Progress = silent,
) -> tuple[Exported, ...]:
    """Write a version to ``path``, or to one file for each part beside it.

    Parameters
    ----------
    version : Version
        What is written.
    path : Path
        The file; with ``split`` each part adds its name: ``data-train.csv``.
    format_ : Format
        How it is written.
    split : Split, optional
        How rows are parted; a part with a share of 0 is not written.
    progress : Progress
        Told the share of rows written; may raise Stopped, after which there is no file.

    Raises
    ------
    ParameterError
        If the format cannot hold the table, or a part would have no row.
    WorkspaceError
        If the disk refuses.
    """
    if split is None and format_.id == "parquet":
        format_.check(version.table)
        with writable(path.name):
            _copied(version.data, path)
        progress(1.0)
        return (Exported(path=path, rows=version.manifest.rows),)
    if split is None:
        return (export_table(version.table, path, format_, progress=progress),)
    format_.check(version.table)
    assigned = assign(version.table, split, origins=lineage(version))
    assigned.check()
    files = {
        i: path.with_name(f"{path.stem}-{name}{path.suffix}")
        for i, name in enumerate(PARTS)
        if split.shares[i] > 0
    }
    with writable(path.name):
        done = _written(version.table, format_, files, PARTS, assigned.parts, progress)
    notes = assigned.notes()
    return tuple(replace(d, notes=(*notes.get(PARTS.index(d.part), ()), *d.notes)) for d in done)


def export_table(
    table: Table, path: Path, format_: Format, *, progress: Progress = silent
) -> Exported:
    """Write a table that is no version, as the rows that were removed, to ``path``."""
    format_.check(table)
    with writable(path.name):
        (done,) = _written(table, format_, {0: path}, ("",), None, progress)
    return done


def _written(
    table: Table,
    format_: Format,
    files: dict[int, Path],
    names: Sequence[str],
    parts: "npt.NDArray[np.int8] | None",
    progress: Progress,
) -> tuple[Exported, ...]:
    import pyarrow as pa

    sql, keys = _statement(table, format_)
    columns = [c.name for c in table.columns]
    shape = list(table.arrow(f"{sql} LIMIT 0", **keys).schema)
    schema = pa.schema([f.with_name(n) for f, n in zip(shape[1:], columns, strict=True)])
    writers: dict[int, Writer] = {}
    rows = dict.fromkeys(files, 0)
    try:
        for i, file in files.items():
            writers[i] = format_.open(file, schema)
        size = max(1024, _BATCH_CELLS // max(1, len(columns)))
        for at, batch in in_order(table, sql, size=size, **keys):
            progress(at / max(1, table.n_rows))
            whole = pa.RecordBatch.from_arrays(batch.columns[1:], schema=schema)
            for i, writer in writers.items():
                mine = whole if parts is None else _of_part(whole, parts, at, i)
                rows[i] += mine.num_rows
                writer.write(mine)
        done = tuple(
            Exported(path=files[i], rows=rows[i], part=names[i], notes=writer.close())
            for i, writer in writers.items()
        )
    except BaseException as error:
        for i, file in files.items():
            # Closing writes what is left: on a full disk it fails again, and the file goes still.
            with suppress(OSError):
                if i in writers:
                    writers[i].abandon()
            _remove(file, error)
        raise
    progress(1.0)
    return done


def _copied(source: Path, path: Path) -> None:
    """Copy a file, whole or not at all."""
    try:
        shutil.copyfile(source, path)
    except shutil.SameFileError as error:
        message = f"{path.name} is the version's own file."
        raise ParameterError(message, hint="Give another file.") from error
    except BaseException as error:
        _remove(path, error)
        raise


def _remove(path: Path, error: BaseException) -> None:
    """Delete a file that is not whole; not a device, nor one that was not to be written."""
    if path.is_file() and not isinstance(error, PermissionError):
        with suppress(OSError):
            path.unlink()


def _statement(table: Table, format_: Format) -> tuple[str, dict[str, str]]:
    keys = table.keys([c.name for c in table.columns])
    cells = [
        f"{format_.cell(f'{{{key}}}', column.type)} AS {key}"
        for key, column in zip(keys, table.columns, strict=True)
    ]
    return f"SELECT {{row}} AS r, {', '.join(cells)} FROM {{t}}", keys  # noqa: S608 - cells of names alone


def _of_part(
    batch: "pa.RecordBatch", parts: "npt.NDArray[np.int8]", at: int, part: int
) -> "pa.RecordBatch":
    import pyarrow as pa

    return batch.filter(pa.array(parts[at : at + batch.num_rows] == part))
