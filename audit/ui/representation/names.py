"""Groups and outcomes as sentences name them; escaped where it says so."""

import re

from audit.charts.representation.names import group_name
from audit.charts.template import visible
from audit.model import Pairs
from audit.reports.representation.group_values import MISSING, REST
from audit.ui.text import quoted, shorten

_SAYS_NOTHING = frozenset({"true", "false", "yes", "no", MISSING, REST})
_BIN = re.compile(r"under .+|.+ and over|.+ to under .+|[\d.,]+-[\d.,]+")
_LONGEST = 72


def group_text(levels: Pairs) -> str:
    """Name a group in a list: 'Female × Black'. Not escaped."""
    return group_name(levels)


def people(levels: Pairs) -> str:
    """Name a group in a sentence: '“Female” × “Black”', '“age under 25”', '“foreign = 1”'. Escaped."""
    return " × ".join(_level(column, name) for column, name in levels)


def _level(column: str, name: str) -> str:
    text = shorten(visible(name), _LONGEST)
    if speaks(name):
        return quoted(text, _LONGEST)
    joint = " " if _BIN.fullmatch(name) else " = "
    return quoted(f"{shorten(column, 40)}{joint}{text}", 2 * _LONGEST)


def speaks(name: str) -> bool:
    """Whether the name of a value says what it is about without its column.

    Examples
    --------
    >>> speaks("Female"), speaks("yes"), speaks("25-34"), speaks("under 25")
    (True, False, False, False)
    """
    telling = len(name) > 1 and any(map(str.isalpha, name)) and not _BIN.fullmatch(name)
    return telling and name.lower() not in _SAYS_NOTHING


def outcome(column: str, positive: str) -> str:
    """Name what rates are of, for a sentence: 'the label “>50K”', '“admitted = yes”'."""
    level = _level(column, positive)
    return f"the label {level}" if speaks(positive) else level


def label_words(column: str, positive: str) -> str:
    """Name what rates are of, for a picture: 'income >50K'. Not escaped."""
    return f"{column} {visible(positive)}"
