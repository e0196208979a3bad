"""Labelled samples: texts in which people marked the personal data, as files hold them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit.errors import SourceError
from audit.pii.values import Labelled, Span

_TEXT = ("full_text", "text")
_ENTITY = ("entity_type", "entity", "label")
_START = ("start_position", "start")
_END = ("end_position", "end")
_FORM = (
    "It holds a JSON list, or one JSON object a line, of texts with their spans: "
    '{"full_text": "…", "spans": [{"entity_type": "PERSON", "start_position": 0, '
    '"end_position": 4}]}. Positions count characters from 0; the end is after the last one.'
)


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """Read a labelled sample: texts and the spans that people marked in them.

    Parameters
    ----------
    path : Path
        A JSON list, or one JSON object a line, of ``{"full_text": …, "spans": [{"entity_type":
        …, "start_position": …, "end_position": …}]}``; also ``text``, ``entity`` or ``label``,
        ``start`` and ``end``. Anything else in an entry is passed over, an ``entity_value``
        that is not what stands there included.

    Raises
    ------
    SourceError
        That says which entry cannot be used, and never what stands in it.
    """
    entries = list(_entries(path))
    if not entries:
        message = f"{path.name} holds no labelled text."
        raise SourceError(message, hint=_FORM)
    return tuple(_labelled(entry, f"{where} of {path.name}") for where, entry in entries)


def _entries(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield what the file lists, each with where it stands: 'Entry 3' or 'Line 3'."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror}."
        raise SourceError(message) from error
    except UnicodeDecodeError:
        message = f"{path.name} is not UTF-8."
        raise SourceError(message, hint="Save it as UTF-8.") from None
    if text.lstrip().startswith("["):
        yield from ((f"Entry {i}", e) for i, e in enumerate(_json(text, path.name), 1))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"Line {number}"
            yield where, _json(line, f"{where} of {path.name}")


def _json(text: str, what: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        # The decoder's error holds the whole text: it must not be this one's cause.
        message = f"{what} is not JSON{f' (line {line})' if line > 1 else ''}."
    raise SourceError(message, hint=_FORM)


def _labelled(entry: Any, where: str) -> Labelled:
    text = _first(entry, _TEXT)
    if not isinstance(text, str) or not _is_unicode(text):
        message = f"{where} has no text."
        raise SourceError(message, hint=_FORM)
    spans = entry.get("spans")
    if not isinstance(spans, list):
        message = f"{where} has no list of spans."
        raise SourceError(message, hint=f"A text without personal data has an empty one. {_FORM}")
    return Labelled(
        text=text,
        spans=tuple(_span(s, len(text), f"{where}: span {i}") for i, s in enumerate(spans, 1)),
    )


def _span(given: Any, length: int, where: str) -> Span:
    entity, start, end = (_first(given, names) for names in (_ENTITY, _START, _END))
    if not isinstance(entity, str) or not entity.strip():
        message = f"{where} does not say of which kind it is."
        raise SourceError(message, hint=_FORM)
    if type(start) is not int or type(end) is not int:
        message = f"{where} does not say where it starts and ends, in whole numbers."
        raise SourceError(message, hint=_FORM)
    if not 0 <= start < end <= length:
        message = (
            f"{where} goes from {start} to {end}; the text has the positions 0 to {length}, "
            "and a span holds a character at least."
        )
        raise SourceError(message)
    return Span(entity=_kind(entity), start=start, end=end)


def _first(entry: Any, names: tuple[str, ...]) -> Any:
    """Give what an entry holds under the first of ``names`` that it has."""
    if not isinstance(entry, dict):
        return None
    return next((entry[name] for name in names if name in entry), None)


def _kind(written: str) -> str:
    """Write a kind as we do: 'phone number' is PHONE_NUMBER."""
    return "_".join(written.upper().replace("-", " ").split())


def _is_unicode(text: str) -> bool:
    """Whether the text can be written at all; half of a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
