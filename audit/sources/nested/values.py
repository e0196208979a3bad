"""JSON values of a long text one after the other, without holding the text."""

import json
from collections.abc import Iterator
from typing import Any

from audit.errors import SourceError

BLANK = " \t\r\n"
_GROW = 1 << 20
_MOST_VALUE = 1 << 28
_RAW_CHARACTERS = 2000


class TwiceError(ValueError):
    """An object has a key twice: one of the values would be lost."""


def parse(text: str) -> Any:
    """Parse one JSON value; ValueError where it is broken or an object has a key twice."""
    return json.loads(text, object_pairs_hook=_once)


class Values:
    """The values in ``texts``, in a row or, with ``in_array``, as elements of one array.

    Iterating gives each value with the beginning of its text; a value in which a key stands
    twice comes as a :class:`TwiceError`. Raises :class:`SourceError` with the line where
    the text is broken.
    """

    def __init__(self, texts: Iterator[str], name: str, *, in_array: bool) -> None:
        self._texts = texts
        self._name = name
        self._in_array = in_array
        self._text = ""
        self._place = 0
        self._line = 1
        self._ended = False

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self._in_array:
            self._to_next()
            self._place += 1
        separated = True
        while self._to_next():
            mark = self._text[self._place]
            if self._in_array and mark in ",]":
                if mark == "]":
                    self._nothing_after()
                    return
                self._place += 1
                separated = True
                continue
            if self._in_array and not separated:
                raise self._broken(self._place, "A comma is missing.")
            yield self._value()
            separated = False
        if self._in_array:
            raise self._broken(self._place, "The array is not closed.")

    def _to_next(self) -> bool:
        """Go to the next character that is not blank; False at the end of the text."""
        while True:
            while self._place < len(self._text) and self._text[self._place] in BLANK:
                self._place += 1
            if self._place < len(self._text):
                return True
            if not self._more(1):
                return False

    def _value(self) -> tuple[Any, str]:
        """Parse the value that begins here, fetching text until it is whole."""
        while True:
            try:
                value, end = self._parsed()
            except (ValueError, RecursionError) as error:
                have = len(self._text) - self._place
                broken = self._broken(getattr(error, "pos", self._place), "It is not valid JSON.")
                if have < _MOST_VALUE and self._more(2 * have + _GROW):
                    continue
                raise broken from error
            if end == len(self._text) and self._more(end - self._place + 1):
                continue  # a number may go on
            raw = self._text[self._place : min(end, self._place + _RAW_CHARACTERS)]
            self._place = end
            return value, raw

    def _parsed(self) -> tuple[Any, int]:
        try:
            return _STRICT.raw_decode(self._text, self._place)
        except TwiceError as error:
            return error, _PLAIN.raw_decode(self._text, self._place)[1]

    def _more(self, wanted: int) -> bool:
        """Drop what has been read and fetch at least ``wanted`` characters; False if none came."""
        self._line += self._text.count("\n", 0, self._place)
        parts = [self._text[self._place :]]
        have = before = len(parts[0])
        while have < wanted and not self._ended:
            text = next(self._texts, None)
            self._ended = text is None
            parts.append(text or "")
            have += len(parts[-1])
        self._text, self._place = "".join(parts), 0
        return have > before

    def _nothing_after(self) -> None:
        rest = self._text[self._place + 1 :]
        if rest.strip(BLANK) or any(t.strip(BLANK) for t in self._texts):
            message = f"{self._name} goes on after the array has ended."
            raise SourceError(message, hint="Write one array, or one object a line.")

    def _broken(self, at: int, what: str) -> SourceError:
        line = self._line + self._text.count("\n", 0, at)
        message = f"{self._name} is broken at line {line:,}: {what}"
        return SourceError(message, hint="Mend the file, or write one object a line.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise TwiceError
    return value


_STRICT = json.JSONDecoder(object_pairs_hook=_once)
_PLAIN = json.JSONDecoder()
