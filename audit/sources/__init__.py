"""Sources: files, folders and Arrow objects, read into the Parquet of a new version.

>>> preview(Path("adult.csv")).options["delimiter"]          # doctest: +SKIP
','
>>> load(Path("adult.csv"), draft_folder).report.loaded      # doctest: +SKIP
32561
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from audit.errors import SourceError
from audit.model import Progress, Scalar, silent
from audit.sources.base import Limits
from audit.sources.messages import Loaded, Message, Preview, Request

__all__ = ["Limits", "Loaded", "Preview", "detect", "load", "load_arrow", "preview"]


_Answer = TypeVar("_Answer", Preview, Loaded)


def detect(path: Path, *, limits: Limits | None = None) -> str:
    """Tell which kind of source ``path`` is, by its first bytes and then by its name.

    Raises :class:`SourceError` with advice for what cannot be read: empty files, pickles,
    archives, images, unknown bytes.
    """
    from audit.sources.detection import detect_kind

    return detect_kind(Path(path), limits or Limits())


def preview(
    path: Path,
    *,
    kind: str | None = None,
    options: Mapping[str, object] | None = None,
    limits: Limits | None = None,
    scratch: Path | None = None,
) -> Preview:
    """Show how a source would be read, and its first 50 records.

    Parameters
    ----------
    path : Path
        A file, a folder, or a pattern such as ``data/*.csv``.
    kind : str, optional
        Id of the kind of source; by default found out.
    options : mapping, optional
        Options of that kind as plain values; what is missing or None is found out.
    limits : Limits, optional
        What reading may ask of the machine.
    scratch : Path, optional
        Folder for what has to be unpacked, such as one of the workspace's, which are swept
        after a crash; by default the system's for temporary files.

    Raises
    ------
    SourceError, ParameterError
        If it cannot be read, or an option does not exist or fit.
    """
    from audit.sources.process import ask, scratch_folder

    with scratch_folder(scratch) as folder:
        request = Request(
            task="preview",
            path=str(_absolute(path)),
            scratch=folder,
            kind=kind,
            options=_plain(options),
            limits=limits or Limits(),
        )
        return _some(ask(request).preview)


def load(
    path: Path,
    draft_folder: Path,
    *,
    kind: str | None = None,
    options: Mapping[str, object] | None = None,
    limits: Limits | None = None,
    progress: Progress = silent,
) -> Loaded:
    """Read a source into ``draft_folder``, in a process of its own.

    Writes ``data.parquet`` (rows in the order of the source, the same bytes whatever the
    number of threads) and, if records were rejected, ``rejected.parquet`` with their line,
    column, reason and text. Parameters as for :func:`preview`.

    Raises
    ------
    SourceError
        If it cannot be read, or the records do not add up; nothing is left behind then.
    Stopped
        If ``progress`` raises it: the reading process is killed at once.
    """
    from audit.sources.process import ask, scratch_folder
    from audit.sources.work import DATA, REJECTED

    draft_folder = Path(draft_folder).resolve()
    done = False
    try:
        with scratch_folder(draft_folder.parent) as scratch:
            request = Request(
                task="load",
                path=str(_absolute(path)),
                draft=str(draft_folder),
                scratch=scratch,
                kind=kind,
                options=_plain(options),
                limits=limits or Limits(),
            )
            loaded = _some(ask(request, progress).loaded)
        progress(1.0, f"{loaded.report.loaded:,} records")
        done = True
    finally:
        if not done:
            for name in (DATA, REJECTED):
                (draft_folder / name).unlink(missing_ok=True)
    return loaded


def load_arrow(obj: Any, draft_folder: Path, *, progress: Progress = silent) -> Loaded:
    """Write a Python object with ``__arrow_c_stream__`` into ``draft_folder``, in this process.

    pandas, polars and pyarrow tables, DuckDB relations and anything else that speaks the
    Arrow PyCapsule protocol.
    """
    from audit.sources.objects import load_object

    return load_object(obj, Path(draft_folder), progress)


def _absolute(path: Path) -> Path:
    """Make the path one that another process finds; links are left as they are."""
    from audit.sources.detection import refuse_unwritable

    found = Path(path).expanduser().absolute()
    refuse_unwritable(found)
    return found


def _plain(options: Mapping[str, object] | None) -> tuple[tuple[str, Scalar], ...]:
    pairs: list[tuple[str, Scalar]] = []
    for name, value in (options or {}).items():
        if value is not None and not isinstance(value, (str, int, float, bool)):
            message = f"The option {name!r} is neither text, number nor true or false."
            raise SourceError(message, hint="Leave it empty to have it found out.")
        if value is not None:
            pairs.append((name, value))
    return tuple(pairs)


def _some(answer: _Answer | None) -> _Answer:
    if answer is None:
        message = f"The reading process gave a wrong {Message.__name__.lower()}."
        raise RuntimeError(message)
    return answer
