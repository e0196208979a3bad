"""A text as words, numbers, signs and ends of lines, with their places: what addresses are read in.

One pass of one pattern without nested repeats; all else is looking up words in sets.
"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<n>\d+(?:[.,:/\-–]\d+)*[^\W_]*)"
    r"|(?P<w>(?:[^\W\d_]\.){2,}|[^\W\d_](?:[^\W_]|[\u0300-\u036f]|['\u2019\-](?=[^\W_]))*)"
    r"|(?P<e>[\r\n]+[ \t\r\n>|*?•·]*)"
    r"|(?P<p>[^\w\s]|_)"
)

NUMBER, WORD, LINE_END, SIGN, END = "n", "w", "e", "p", ""
"""What a token is. `END` is behind the last and before the first one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Pieces of a text, each list of the same length; the last piece is an empty `END`."""

    text: str
    kinds: list[str]
    words: list[str]
    """As written."""
    lows: list[str]
    """In small letters."""
    starts: list[int]
    ends: list[int]
    small: bool
    """Whether the text has no capital letter, so that capitals tell nothing."""

    def __len__(self) -> int:
        return len(self.kinds) - 1

    def is_name(self, at: int) -> bool:
        """Whether a word may be part of a proper name: it begins with a capital, where any do."""
        if self.kinds[at] != WORD:
            return False
        first = self.words[at][0]
        return self.small or first.isupper() or not (first.islower() or first.isupper())

    def touches(self, at: int) -> bool:
        """Whether nothing is between this token and the next one."""
        return at + 1 < len(self.kinds) and self.ends[at] == self.starts[at + 1]


def tokens(text: str) -> Tokens:
    """Take a text apart.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Tokens
        Its pieces in order. White space within a line is no piece.
    """
    kinds: list[str] = []
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        kinds.append(match.lastgroup or SIGN)
        words.append(match.group())
        start, end = match.span()
        starts.append(start)
        ends.append(end)
    kinds.append(END)
    words.append(" ")
    starts.append(len(text))
    ends.append(len(text))
    return Tokens(
        text=text,
        kinds=kinds,
        words=words,
        lows=[word.lower() for word in words],
        starts=starts,
        ends=ends,
        small=text.islower(),
    )
