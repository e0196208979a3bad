"""Text from data, made harmless in Markdown, and the number formats beside it.

Streamlit reads Markdown in nearly every string: titles, labels, captions, errors. A column
called ``![x](https://…)`` would make the browser fetch that address. Whatever comes from data
(names, values, file names) goes through :func:`md` before it stands in such a string.
"""

import re

from audit.format import (
    coefficient,
    count,
    counted,
    cut,
    duration,
    in_words,
    number,
    percent,
    plural,
    points,
    ratio,
    size,
)

__all__ = [
    "coefficient",
    "count",
    "counted",
    "duration",
    "in_words",
    "md",
    "number",
    "percent",
    "plural",
    "points",
    "quoted",
    "ratio",
    "shorten",
    "size",
]

_JOINER = "\u2060"
"""An invisible character that keeps two others apart for a program, and together for a reader."""

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u2028\u2029]+")
_REWRITTEN = re.compile(
    r":(?=material[/_]|streamlit:|//)"  # icons; links in bare text
    r"|(?<=[\w+-])(?=@[\w-])"  # e-mail addresses become links too
    r"|(?<=www)(?=\.)"
    r"|(?<=\s)(?=(?:->|<-|<->|--|>=|<=|~=)(?:\s|$))"  # arrows and dashes
    r"|^(?=(?:->|<-|<->|--|>=|<=|~=)(?:\s|$))",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^ +| +$")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of writing; one left open would turn the page's own words."""


def md(text: object) -> str:
    """Write ``text`` so that Markdown shows exactly it: no link, picture, icon, formula or tag.

    Every ASCII punctuation character gets a backslash. Streamlit rewrites a few patterns
    after the Markdown parser, where backslashes are gone (icons, arrows, bare addresses);
    those are split by an invisible word joiner. Line breaks and control characters become
    spaces; spaces at either end become non-breaking ones, so that they neither vanish nor
    indent.
    """
    line = BIDI.sub("\ufffd", _CONTROL.sub(" ", str(text)))
    parts = _REWRITTEN.sub(lambda found: found[0] + _JOINER, line)
    escaped = _PUNCTUATION.sub(r"\\\1", parts)
    return _EDGES.sub(_firm, escaped) or _JOINER


def _firm(edge: re.Match[str]) -> str:
    """Make spaces at an edge stay, with a joiner outside so that bold type may begin there."""
    spaces = "\u00a0" * len(edge[0])
    return _JOINER + spaces if edge.start() == 0 else spaces + _JOINER


def shorten(text: object, most: int = 60) -> str:
    """Cut ``text`` to ``most`` characters, with an ellipsis where something was cut."""
    return cut(str(text), most)


def quoted(value: object, most: int = 60) -> str:
    """Put a value of the data in curly quotes, cut and escaped: “Black”."""
    return f"“{md(shorten(value, most))}”"
