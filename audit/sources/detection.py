"""Which kind of source a file is: by its first bytes, then by its name."""

import glob
from pathlib import Path
from typing import Any

from audit.errors import SourceError
from audit.registry import SourceSpec, find, sources
from audit.sources.base import Limits
from audit.sources.opening import head_of

TEXT, FOLDER = "csv", "folder"
MOST_CONTROL = 40
"""Control characters that even a short text may hold."""
_PACKED = (".gz", ".zst", ".zstd", ".gzip")
_REFUSED = (
    (
        (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"),
        "a pickle, which could run code",
        "pandas",
    ),
    ((b"PK\x03\x04", b"PK\x05\x06"), "a zip archive", "zip"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"), "an image", ""),
    ((b"%PDF",), "a PDF document", "pdf"),
    ((b"\x7fELF", b"MZ"), "a program", ""),
    ((b"\x89HDF",), "an HDF5 file", "pandas"),
    ((b"ORC",), "an ORC file", "pandas"),
    ((b"Obj\x01",), "an Avro file", "pandas"),
    ((b"OggS", b"fLaC", b"ID3"), "an audio file", ""),
    ((b"\x93NUMPY",), "a numpy array", "pandas"),
)
_ADVICE = {
    "pandas": "Write the table as Parquet or CSV and load that.",
    "zip": "Unpack it, and load a file or the folder in it.",
    "pdf": "Export the table as CSV or Excel.",
    "": "Load CSV, JSON, Parquet, Arrow, Excel or SQLite.",
}
_PICKLES = (".pkl", ".pickle", ".joblib")


def is_pattern(path: Path) -> bool:
    """Whether ``path`` is a glob rather than a file."""
    return any(c in str(path) for c in "*?[") and not path.exists()


def shards(path: Path) -> tuple[Path, ...]:
    """List the files of a folder or pattern by name, without hidden ones and READMEs."""
    if is_pattern(path):
        found = (Path(p) for p in glob.glob(str(path), recursive=True))
    else:
        found = (p for p in path.iterdir() if not p.name.startswith((".", "_")))
        papers = ("readme", "license", "licence", "notice")
        found = (p for p in found if not p.name.lower().startswith(papers))
    files = tuple(sorted((p for p in found if p.is_file()), key=lambda p: str(p)))
    for file in files:
        refuse_unwritable(file)
    if not files:
        message = f"There are no files in {path.name!r}."
        raise SourceError(message, hint="Name a file, a folder of files or a pattern: data/*.csv.")
    return files


def refuse_unwritable(path: Path) -> None:
    """Raise for a name that is no text: no manifest, report or page could say it."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        message = f"The file name {path.name!r} is not UTF-8."
        raise SourceError(message, hint="Rename the file or its folder.") from error


def detect_kind(path: Path, limits: Limits, *, name: str = "") -> str:
    """Id of the kind of source at ``path``; SourceError with advice where there is none.

    Magic bytes (of the unpacked file) decide; where there are none, the name does; any
    other text is delimited text.
    """
    if is_pattern(path) or path.is_dir():
        shards(path)
        return FOLDER
    name = (name or path.name).lower()
    _refuse_missing(path)
    if name.removesuffix(".gz").endswith(_PICKLES):
        raise _refusal(path, *_REFUSED[0][1:])
    head = head_of(path, limits)
    if not head:
        message = f"{path.name} is empty."
        raise SourceError(message, hint="Check that it was written or copied completely.")
    known = sources()
    by_bytes = [s.id for s in known.values() if _class(s).recognises(head)]
    if by_bytes:
        return by_bytes[0]
    for magics, what, advice in _REFUSED:
        if head.startswith(magics) and not (what == "an image" and magics and _is_text(head)):
            raise _refusal(path, what, advice)
    if not _is_text(head):
        message = f"{path.name} is of no kind that can be read here."
        raise SourceError(message, hint=_ADVICE[""])
    return _by_name(name, known) or TEXT


def spec_of(kind: str) -> SourceSpec:
    """Look up a source; raises a ParameterError that names the nearest."""
    return find("kind of source", kind, sources())


def _class(spec: SourceSpec) -> Any:
    """Give the registered class, which is more than a function that makes a source."""
    return spec.function


def _refuse_missing(path: Path) -> None:
    try:
        regular = path.stat() is not None and path.is_file()
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror}."
        raise SourceError(message, hint="Check the path and who may read the file.") from error
    if not regular:
        message = f"{path.name} is neither a file nor a folder."
        raise SourceError(message, hint="Name a file, a folder of files or a pattern: data/*.csv.")


def _refusal(path: Path, what: str, advice: str) -> SourceError:
    message = f"{path.name} is {what}."
    return SourceError(message, hint=_ADVICE[advice])


def _is_text(head: bytes) -> bool:
    """Whether bytes are text in some encoding: few control characters, UTF-16 aside."""
    from audit.sources.text.encoding import by_sample

    found = by_sample(head)
    if found is not None and found[0].startswith("utf-"):
        text = head.decode(found[0], "ignore")
        control = sum(c < " " and c not in "\t\r\n\f\v\x01\x1f\x1b\x08" for c in text[:4096])
        return control <= max(MOST_CONTROL, 0.1 * min(len(text), 4096))
    control = sum(b < 32 and b not in b"\t\r\n\f\v\x01\x1f\x1b\x08" for b in head[:4096])
    return control <= max(2, 0.02 * len(head[:4096]))


def _by_name(name: str, known: dict[str, SourceSpec]) -> str:
    for packed in _PACKED:
        name = name.removesuffix(packed)
    textual = {"csv", "json"}
    fitting = (s.id for s in known.values() if s.id in textual and name.endswith(s.suffixes))
    return next(fitting, "")
