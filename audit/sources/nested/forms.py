"""The forms JSON comes in, and their records one by one."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from audit.errors import SourceError
from audit.format import counted, plural
from audit.model import Reject
from audit.sources.base import Given, Rejects, Sink, Tally
from audit.sources.nested.shaping import Shaper
from audit.sources.nested.structure import StructureCounter
from audit.sources.nested.values import BLANK, TwiceError, Values, parse
from audit.sources.opening import Opened
from audit.sources.text.dialect import lines_of
from audit.sources.text.encoding import Undecodable, Utf8, by_sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the records stand in the file."""

    kind: Literal["lines", "row", "array", "object"]
    encoding: str
    reason: str
    key: str = ""
    choices: tuple[str, ...] = ()


def looks_like_json(head: bytes) -> bool:
    """Whether bytes begin as a JSON object or array does, rather than as some other text."""
    found = by_sample(head)
    if found is None:
        return False
    text = head.decode(found[0], "ignore").lstrip("\ufeff" + BLANK)
    if text[:1] == "{":
        return text[1:].lstrip(BLANK)[:1] in ('"', "}")
    if text[:1] != "[":
        return False
    after = text[1:].lstrip(BLANK)
    return after[:1] in ("{", "[", '"', "]") or _is_array(text)


def find_form(given: Given, wanted: str | None) -> Form:
    """Tell lines from arrays from one big object; raises SourceError for bare scalars."""
    encoding, text = _head(given)
    lines = [line for line in text.split("\n") if line.strip()]
    if text.lstrip(BLANK).startswith("[") and not _lines_of_arrays(lines):
        return Form(kind="array", encoding=encoding, reason="The file is one array.")
    if any(_is_object(line) for line in lines[:2]) and (len(lines) > 1 or _lone(text)):
        return Form(kind="lines", encoding=encoding, reason="Each line is an object.")
    if not text.lstrip(BLANK).startswith("{"):
        message = f"{given.name} holds single values or lists, not records."
        raise SourceError(message, hint="Load an array of objects, or one object a line.")
    return _object_or_row(given, encoding, wanted)


def read_records(given: Given, form: Form, shaper: Shaper, sink: Sink, rejects: Rejects) -> Tally:
    """Hand every record to ``shaper``, every broken one to ``rejects``; count them another way."""
    try:
        if form.kind == "lines":
            return _read_lines(given, form, shaper, sink, rejects)
        if form.kind == "object":
            return _read_object(given, form, shaper, rejects)
        return _read_values(given, form, shaper, sink, rejects)
    except Undecodable as error:
        message = f"{given.name} is not {form.encoding} text."
        raise SourceError(message, hint="JSON is UTF-8: write it anew.") from error


def _read_lines(given: Given, form: Form, shaper: Shaper, sink: Sink, rejects: Rejects) -> Tally:
    found = blank = 0
    with Opened(given.path, given.limits) as opened:
        for number, line in enumerate(lines_of(Utf8(opened, form.encoding)), 1):
            if not line.strip(BLANK):
                blank += 1
                continue
            try:
                value = parse(line)
            except TwiceError:
                _reject(rejects, number, "A key stands twice in the object.", line)
            except (ValueError, RecursionError):
                _reject(rejects, number, "The line is not valid JSON.", line)
            else:
                _take(shaper, rejects, value, number, line)
            if number % 1000 == 0:
                sink.progress(opened.share)
    with Opened(given.path, given.limits) as opened:
        found = _count_lines(Utf8(opened, form.encoding))
    notes = (f"{counted(blank, 'blank line')} {plural(blank, 'was')} skipped.",) if blank else ()
    return Tally(found=found, skipped=blank, notes=notes)


def _count_lines(stream: Utf8) -> int:
    ends, last, before = 0, b"", b""
    for block in stream.blocks():
        whole = before + block
        before = b"\r" if whole.endswith(b"\r") else b""
        whole = whole[: len(whole) - len(before)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        ends += whole.count(b"\n")
        last = whole[-1:] or last
    if before:
        return ends + 1
    return ends + (last not in (b"", b"\n"))


def _take(shaper: Shaper, rejects: Rejects, value: Any, number: int | None, raw: str) -> None:
    reason = shaper.put(value)
    if reason:
        _reject(rejects, number, reason, raw)


def _read_values(given: Given, form: Form, shaper: Shaper, sink: Sink, rejects: Rejects) -> Tally:
    """Read an array, or values in a row, without holding the file in memory."""
    in_array = form.kind == "array"
    counter = StructureCounter(1 if in_array else 0)
    with Opened(given.path, given.limits) as opened:
        stream = Utf8(opened, form.encoding)
        for value, raw in Values(_counted(stream, counter), given.name, in_array=in_array):
            if isinstance(value, TwiceError):
                _reject(rejects, None, "A key stands twice in the object.", raw)
            else:
                _take(shaper, rejects, value, None, raw)
            sink.progress(opened.share)
    return Tally(found=counter.values)


def _read_object(given: Given, form: Form, shaper: Shaper, rejects: Rejects) -> Tally:
    value = _whole(given, form.encoding)
    records = value[form.key] if form.key else [value]
    others = [k for k in value if k != form.key] if form.key else []
    for record in records:
        _take(shaper, rejects, record, None, "")
    note = f"Beside the list {form.key!r} the file has {counted(len(others), 'other key')}, not loaded."
    return Tally(found=len(records), notes=(note,) if others else ())


def _counted(stream: Utf8, counter: StructureCounter) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for block in stream.blocks():
        counter.feed(block)
        yield decoder.decode(block)


def _reject(rejects: Rejects, line: int | None, reason: str, raw: str) -> None:
    rejects.add(Reject(line=line, column="", reason=reason, record=raw.strip(BLANK)[:2000]))


def _head(given: Given) -> tuple[str, str]:
    with Opened(given.path, given.limits) as opened:
        first = opened.block()
    found = by_sample(first)
    if found is None:
        message = f"{given.name} is not UTF-8 text."
        raise SourceError(message, hint="JSON is UTF-8: write it anew.")
    text = first.decode(found[0], "ignore").lstrip("\ufeff")
    if not text.strip(BLANK):
        message = f"{given.name} holds no records."
        raise SourceError(message, hint="Check that it is the file you meant.")
    return found[0], text


def _lone(text: str) -> bool:
    """Whether a single line is a record rather than an object with lists of records."""
    try:
        return not _lists(parse(text))
    except ValueError:
        return False


def _object_or_row(given: Given, encoding: str, wanted: str | None) -> Form:
    with Opened(given.path, given.limits) as opened:
        decoder = codecs.getincrementaldecoder("utf-8")()
        texts = (decoder.decode(b) for b in Utf8(opened, encoding).blocks())
        values = iter(Values(texts, given.name, in_array=False))
        first, second = next(values, None), next(values, None)
    if first is None or second is not None:
        return Form(kind="row", encoding=encoding, reason="Objects follow one another.")
    value = first[0]
    if isinstance(value, TwiceError):
        message = f"In {given.name} a key stands twice in one object."
        raise SourceError(message, hint="Give every key of an object once.")
    lists = _lists(value)
    if wanted is not None and wanted not in lists:
        message = f"There is no list {wanted!r} in {given.name}."
        raise SourceError(message, hint=f"Lists: {', '.join(lists)}." if lists else "")
    key = wanted or max(lists, key=lambda k: len(value[k]), default="")
    why = "The longest list of objects in the file." if key else "The file is one object."
    return Form(kind="object", encoding=encoding, reason=why, key=key, choices=tuple(lists))


def _lists(value: Any) -> list[str]:
    if not isinstance(value, dict):
        return []
    return [k for k, v in value.items() if isinstance(v, list) and v and isinstance(v[0], dict)]


def _whole(given: Given, encoding: str) -> dict[str, Any]:
    with Opened(given.path, given.limits) as opened:
        data = b"".join(Utf8(opened, encoding).blocks())
    value: dict[str, Any] = parse(data.decode())
    return value


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _is_array(text: str) -> bool:
    """Whether text that begins with a bracket goes on as an array of numbers or the like."""
    try:
        json.JSONDecoder().raw_decode(text)
    except ValueError:
        return False
    return True


def _lines_of_arrays(lines: list[str]) -> bool:
    return False if len(lines) < 2 else all(_is_array_line(line) for line in lines[:3])


def _is_array_line(line: str) -> bool:
    try:
        return isinstance(json.loads(line), list)
    except ValueError:
        return False
