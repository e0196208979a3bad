"""The forms JSON comes in, and their records one by one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from audit.errors import SourceError
from audit.model import Reject
from audit.sources.base import Given, Sink, Tally
from audit.sources.nested.shaping import Shaper
from audit.sources.nested.structure import StructureCounter
from audit.sources.opening import Opened
from audit.sources.text.dialect import lines_of
from audit.sources.text.encoding import Undecodable, Utf8, by_sample

_HEAD_CHARACTERS = 1 << 16
_GROW = 1 << 20
_MOST_VALUE = 1 << 28
_BLANK = " \t\r\n"


class TwiceError(ValueError):
    """An object has a key twice: one of the values would be lost."""


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
    text = head.decode(found[0], "ignore").lstrip("\ufeff" + _BLANK)
    if text[:1] == "{":
        return text[1:].lstrip(_BLANK)[:1] in ('"', "}")
    if text[:1] != "[":
        return False
    after = text[1:].lstrip(_BLANK)
    return after[:1] in ("{", "[", '"', "]") or _is_array(text)


def find_form(given: Given, wanted: str | None) -> Form:
    """Tell lines from arrays from one big object; raises SourceError for bare scalars."""
    encoding, text = _head(given)
    lines = [line for line in text.split("\n") if line.strip()]
    if text.lstrip(_BLANK).startswith("[") and not _lines_of_arrays(lines):
        return Form(kind="array", encoding=encoding, reason="The file is one array.")
    if any(_is_object(line) for line in lines[:2]) and (len(lines) > 1 or _lone(given, text)):
        return Form(kind="lines", encoding=encoding, reason="Each line is an object.")
    if not text.lstrip(_BLANK).startswith("{"):
        message = f"{given.name} holds single values, not records."
        raise SourceError(message, hint="Load an array of objects, or one object a line.")
    return _object_or_row(given, encoding, wanted)


def read_records(given: Given, form: Form, shaper: Shaper, sink: Sink) -> Tally:
    """Hand every record to ``shaper``, every broken one to ``sink``; count them another way."""
    try:
        if form.kind == "lines":
            return _read_lines(given, form, shaper, sink)
        if form.kind == "object":
            return _read_object(given, form, shaper, sink)
        return _read_values(given, form, shaper, sink)
    except Undecodable as error:
        message = f"{given.name} is not {form.encoding} text."
        raise SourceError(message, hint="JSON is UTF-8: write it anew.") from error


def parse(text: str) -> Any:
    """One JSON value; ValueError where it is broken or an object has a key twice."""
    return json.loads(text, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise TwiceError
    return value


def _read_lines(given: Given, form: Form, shaper: Shaper, sink: Sink) -> Tally:
    counted = blank = 0
    with Opened(given.path, given.limits) as opened:
        for number, line in enumerate(lines_of(Utf8(opened, form.encoding)), 1):
            if not line.strip(_BLANK):
                blank += 1
                continue
            try:
                value = parse(line)
            except TwiceError:
                _reject(sink, number, "A key stands twice in the object.", line)
            except (ValueError, RecursionError):
                _reject(sink, number, "The line is not valid JSON.", line)
            else:
                _take(shaper, sink, value, number, line)
            if number % 1000 == 0:
                sink.progress(opened.share)
    with Opened(given.path, given.limits) as opened:
        counted = _count_lines(Utf8(opened, form.encoding))
    notes = (f"{blank:,} blank line(s) were skipped.",) if blank else ()
    return Tally(found=counted, skipped=blank, notes=notes)


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


def _take(shaper: Shaper, sink: Sink, value: Any, number: int | None, raw: str) -> None:
    reason = shaper.put(value)
    if reason:
        _reject(sink, number, reason, raw)


def _read_values(given: Given, form: Form, shaper: Shaper, sink: Sink) -> Tally:
    """Records of an array, or of values in a row, without holding the file in memory."""
    in_array = form.kind == "array"
    counter = StructureCounter(1 if in_array else 0)
    with Opened(given.path, given.limits) as opened:
        stream = Utf8(opened, form.encoding)
        for value, raw in _values(_counted(stream, counter), given.name, in_array=in_array):
            if isinstance(value, TwiceError):
                _reject(sink, None, "A key stands twice in the object.", raw)
            else:
                _take(shaper, sink, value, None, raw)
            sink.progress(opened.share)
    return Tally(found=counter.values)


def _read_object(given: Given, form: Form, shaper: Shaper, sink: Sink) -> Tally:
    value = _whole(given, form.encoding)
    records = value[form.key] if form.key else [value]
    others = [k for k in value if k != form.key] if form.key else []
    for record in records:
        _take(shaper, sink, record, None, "")
    note = f"Beside the list {form.key!r} the file has {len(others)} other key(s), not loaded."
    return Tally(found=len(records), notes=(note,) if others else ())


def _counted(stream: Utf8, counter: StructureCounter) -> Iterator[str]:
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    for block in stream.blocks():
        counter.feed(block)
        yield decoder.decode(block)


def _values(texts: Iterator[str], name: str, *, in_array: bool) -> Iterator[tuple[Any, str]]:
    """Values one after the other, separated by commas within the brackets of an array."""
    decoder = json.JSONDecoder(object_pairs_hook=_once)
    plain = json.JSONDecoder()
    text, place, line = "", 0, 1
    ended = False
    expect_value = True
    if in_array:
        text = _filled(texts, "")
        place = len(text) - len(text.lstrip(_BLANK)) + 1
    while True:
        while place < len(text) and text[place] in _BLANK:
            place += 1
        if place >= len(text) - 1 and not ended:
            more = next(texts, None)
            ended = more is None
            line += text.count("\n", 0, place)
            text, place = text[place:] + (more or ""), 0
            continue
        if place >= len(text):
            if in_array:
                raise _broken(name, line + text.count("\n"), "The array is not closed.")
            return
        if in_array and text[place] in ",]":
            if text[place] == "]":
                _nothing_after(text[place + 1 :], texts, name)
                return
            place, expect_value = place + 1, True
            continue
        if in_array and not expect_value:
            raise _broken(name, line + text.count("\n", 0, place), "A comma is missing.")
        try:
            value, end = decoder.raw_decode(text, place)
        except TwiceError as error:
            _, end = plain.raw_decode(text, place)
            value = error
        except (ValueError, RecursionError) as error:
            if ended or len(text) - place > _MOST_VALUE:
                at = getattr(error, "pos", place)
                raise _broken(name, line + text.count("\n", 0, at), "It is not valid JSON.") from error
            grown = _filled(texts, text[place:], len(text) - place + _GROW)
            ended = len(grown) == len(text) - place
            line += text.count("\n", 0, place)
            text, place = grown, 0
            continue
        if end == len(text) and not ended:
            grown = _filled(texts, text, len(text) + 1)
            ended = len(grown) == len(text)
            text = grown
            continue
        yield value, text[place:end] if end - place < _HEAD_CHARACTERS else text[place : place + 2000]
        place, expect_value = end, False
        if place > _GROW:
            line += text.count("\n", 0, place)
            text, place = text[place:], 0


def _filled(texts: Iterator[str], text: str, size: int = 1) -> str:
    parts, have = [text], len(text)
    while have < size and (more := next(texts, None)) is not None:
        parts.append(more)
        have += len(more)
    return "".join(parts)


def _nothing_after(rest: str, texts: Iterator[str], name: str) -> None:
    if rest.strip(_BLANK) or any(t.strip(_BLANK) for t in texts):
        message = f"{name} goes on after the array has ended."
        raise SourceError(message, hint="Write one array, or one object a line.")


def _broken(name: str, line: int, what: str) -> SourceError:
    message = f"{name} is broken at line {line:,}: {what}"
    return SourceError(message, hint="Mend the file, or write one object a line.")


def _reject(sink: Sink, line: int | None, reason: str, raw: str) -> None:
    sink.reject(Reject(line=line, column="", reason=reason, record=raw.strip(_BLANK)[:2000]))


def _head(given: Given) -> tuple[str, str]:
    with Opened(given.path, given.limits) as opened:
        first = opened.block()
    found = by_sample(first)
    if found is None:
        message = f"{given.name} is not UTF-8 text."
        raise SourceError(message, hint="JSON is UTF-8: write it anew.")
    text = first.decode(found[0], "ignore").lstrip("\ufeff")
    if not text.strip(_BLANK):
        message = f"{given.name} holds no records."
        raise SourceError(message, hint="Check that it is the file you meant.")
    return found[0], text


def _lone(given: Given, text: str) -> bool:
    """Whether a single line is a record rather than an object with lists of records."""
    try:
        return not _lists(parse(text))
    except ValueError:
        return False


def _object_or_row(given: Given, encoding: str, wanted: str | None) -> Form:
    with Opened(given.path, given.limits) as opened:
        import codecs

        decoder = codecs.getincrementaldecoder("utf-8")()
        texts = (decoder.decode(b) for b in Utf8(opened, encoding).blocks())
        values = _values(texts, given.name, in_array=False)
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
    return False if len(lines) < 2 else all(_is_array_line(line) for line in lines[:3])  # noqa: PLR2004


def _is_array_line(line: str) -> bool:
    try:
        return isinstance(json.loads(line), list)
    except ValueError:
        return False
