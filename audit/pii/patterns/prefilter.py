"""Which patterns can match a text at all: all of them in one pass, by hyperscan.

Hyperscan compiles each pattern to one that matches at least wherever the pattern does. What it
says matches is only then looked at with the pattern itself. A pattern that it refuses is looked
at with every text; none is lost.

It works on bytes, with ASCII's idea of letters and digits, which for ASCII texts is that of the
patterns' own engine. In other texts each other character is first replaced by an ASCII one of
its kind: a letter for a letter, so that borders of words stay where they are. A pattern for
which that is not enough, as it names other characters or all but some, is looked at with every
such text.
"""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CHUNK = 32
"""Patterns in one database: larger ones scan faster, but take far longer to compile."""

_NEGATIVE = re.compile(r"\(\?<?!(?:[^()\\\[\]]|\\.|\[(?:[^\]\\]|\\.)+\])*\)")
"""A negative look-around with nothing nested in it."""
_BY_KIND = re.compile(r"\(\?<?!\[?(?:\\[wdsb]|[:.@/\-])+\]?\)")
"""One that asks for kinds of characters, which replacing characters does not change."""
_BEYOND = re.compile(r"\[\^|\(\?<?!|\\[pPNXx]|[^\x00-\x7f]")
"""What tells characters of one kind apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A pattern that is looked for, and the flags of its engine."""

    expression: str
    flags: int
    as_ascii: bool = False
    """Whether it was written for what :func:`as_ascii` makes of a text."""


class _Kinds(dict[int, str]):
    """ASCII characters to replace others with, worked out as they are met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = chr(code) if code < 128 else _alike(chr(code))
        return found


def _alike(character: str) -> str:
    import regex

    # These are upper or lower case of ASCII letters for an engine that disregards case.
    close = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"}.get(character)
    if close:
        return close
    for kind, stand_in in ((r"\d", "0"), (r"\w", "a"), (r"\s", " ")):
        if regex.match(kind, character):
            return stand_in
    return "\x01"


_KINDS = _Kinds()


def as_ascii(text: str) -> str:
    """Replace each character that is not ASCII by one that is, of the same kind."""
    return text if text.isascii() else text.translate(_KINDS)


class Prefilter:
    """Says which of some patterns may match a text."""

    def __init__(self, needed: Sequence[Needed]) -> None:
        expressions = [n.expression if n.as_ascii else widened(n.expression) for n in needed]
        self._beyond = [
            i
            for i, (n, e) in enumerate(zip(needed, expressions, strict=True))
            if not n.as_ascii and is_beyond_ascii(e)
        ]
        self._databases: list[Any] = []
        self._always: list[int] = []
        self._lock = threading.Lock()
        for first in range(0, len(needed), CHUNK):
            ids = range(first, min(first + CHUNK, len(needed)))
            self._compile([(i, expressions[i], needed[i].flags) for i in ids])

    @property
    def always(self) -> tuple[int, ...]:
        """Patterns that the prefilter knows nothing of."""
        return tuple(self._always)

    def candidates(self, texts: Sequence[str]) -> list[list[int]]:
        """Give, by text, the patterns that may match it, in ascending order."""
        # A database has one scratch space: two threads must not scan with it at a time.
        with self._lock:
            return [self._of(text) for text in texts]

    def _of(self, text: str) -> list[int]:
        found: list[int] = []
        ascii_ = text.isascii()
        data = (text if ascii_ else text.translate(_KINDS)).encode("ascii")
        for database in self._databases:
            database.scan(data, match_event_handler=_note, context=found)
        if ascii_ and not self._always:
            if len(found) > 1:
                found.sort()
            return found
        return sorted({*found, *self._always, *(() if ascii_ else self._beyond)})

    def _compile(self, part: list[tuple[int, str, int]]) -> None:
        import hyperscan

        if not part:
            return
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        try:
            database.compile(
                expressions=[expression.encode() for _, expression, _ in part],
                ids=[i for i, _, _ in part],
                flags=[_flags(flags) for _, _, flags in part],
            )
        except hyperscan.error:
            if len(part) == 1:
                self._always.append(part[0][0])
                return
            for one in part:
                self._compile([one])
            return
        self._databases.append(database)


def _note(id_: int, _start: int, _end: int, _flags: int, found: list[int]) -> None:
    found.append(id_)


def _flags(of_regex: int) -> int:
    import hyperscan as hs

    flags = hs.HS_FLAG_PREFILTER | hs.HS_FLAG_SINGLEMATCH | hs.HS_FLAG_ALLOWEMPTY
    for of_engine, of_hyperscan in (
        (re.IGNORECASE, hs.HS_FLAG_CASELESS),
        (re.MULTILINE, hs.HS_FLAG_MULTILINE),
        (re.DOTALL, hs.HS_FLAG_DOTALL),
    ):
        if of_regex & of_engine:
            flags |= of_hyperscan
    return int(flags)


def widened(expression: str) -> str:
    """Leave out what a text must not hold; the pattern as it is where that is not safe.

    Examples
    --------
    >>> widened(r"(?<![A-Z0-9])DE(?!1(?!2))[0-9]+")
    'DE[0-9]+'
    """
    before, wider = "", expression
    while wider != before:
        before, wider = wider, _NEGATIVE.sub("", wider)
    # One that is left may have lost an exception of its own, and would ask for more than before.
    return expression if re.search(r"\(\?<?!", wider) else wider


def is_beyond_ascii(expression: str) -> bool:
    """Whether a pattern tells apart characters that :func:`as_ascii` makes the same."""
    return bool(_BEYOND.search(_BY_KIND.sub("", expression)))
