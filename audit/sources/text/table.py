"""Where the table begins in delimited text, and whether its first record holds names."""

import re
from collections.abc import Sequence

from audit.format import counted
from audit.sources.text.dialect import Record

TABLES = (".csv", ".tsv", ".tab", ".psv")
"""Endings of names of files that are meant to be tables, rather than prose."""
_PREAMBLE = 50
_BELOW = 3
_NAME_CHARACTERS = 64
_NUMBER = re.compile(r"^\s*[-+]?(\d[\d.,]*|\.\d+)([eE][-+]?\d+)?\s*%?$")
_SEP = re.compile(r"^sep=(.)\r?\n")
_NULLS = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-", "."})


def leading_lines(text: str) -> tuple[int, str | None]:
    """Lines that are plainly no table: comments at the top, or Excel's 'sep=' with its delimiter."""
    if match := _SEP.match(text):
        return 1, match[1]
    count = 0
    for line in text.split("\n"):
        if not line.startswith("#") or not bare_comment(line.rstrip("\r")):
            break
        count += 1
    return (count, None) if count < text.count("\n") else (0, None)


def bare_comment(line: str) -> bool:
    """Tell a comment ('# like this') from a header whose first name begins with '#'."""
    return line[1:2] in ("", " ", "#", "!")


def find_preamble(records: Sequence[Record], width: int) -> tuple[int, str]:
    """Count lines before the table: leading records that are narrower than all the rest."""
    if width < 2:
        return 0, "Every line fits the table."
    filled = [r for r in records if r.fields]
    for i, record in enumerate(filled[: _PREAMBLE + 1]):
        if len(record.fields) == width or _is_row_name_header(filled, i, width):
            lines = record.line - 1
            if i == 0:
                return 0, "The first record has as many fields as the others."
            first = "line does" if lines == 1 else f"{lines} lines do"
            return lines, f"The first {first} not have {width} fields."
    return 0, "No record has the usual number of fields near the top."


def find_header(records: Sequence[Record], name: str) -> tuple[bool, str]:
    """Tell whether the first record holds names rather than values.

    Each column votes: names are text above numbers, and do not come again below. Without
    a vote, a first record of distinct texts counts as names.
    """
    rows = [r.fields for r in records if r.fields]
    if not rows:
        return False, "There are no records."
    first, rest = rows[0], [r for r in rows[1:] if len(r) == len(rows[0])]
    if not rest:
        rest = [r[-len(first) :] for r in rows[1:] if len(r) > len(first)]
    votes = [_vote(cell, [r[i] for r in rest]) for i, cell in enumerate(first)]
    if sum(votes) > 0:
        return (
            True,
            f"In {counted(votes.count(1), 'column')} the first record is unlike those below it.",
        )
    if sum(votes) < 0:
        return (
            False,
            f"In {counted(votes.count(-1), 'column')} the first record is like those below it.",
        )
    against = _no_names(first, alone=not rest, table=name.lower().endswith(TABLES))
    return not against, against or "The first record holds distinct texts, and nothing else tells."


def _no_names(cells: list[str], *, alone: bool, table: bool) -> str:
    """Say why a record that the others do not tell apart holds no names; empty: it may."""
    if any(map(_is_number, cells)):
        return "The first record holds numbers."
    if len(cells) == 1 and not table:
        return "Lines of text without a name above them."
    if alone and max(map(len, cells)) > _NAME_CHARACTERS:
        return "The only record is too long for names."
    named = cells[1:] if len(cells) > 2 and not cells[0].strip() else cells
    if len(set(named)) < len(named) or not all(c.strip() for c in named):
        return "The first record holds texts that repeat or are empty."
    return ""


def _is_row_name_header(records: Sequence[Record], i: int, width: int) -> bool:
    """Tell a header without a name for the first column, as R writes it."""
    if len(records[i].fields) != width - 1 or width <= 2 or i + 1 >= len(records):
        return False
    below = records[i + 1 : i + 1 + _BELOW]
    names = records[i].fields
    return all(len(r.fields) == width for r in below) and not any(map(_is_number, names))


def _vote(cell: str, below: list[str]) -> int:
    values = [v for v in below if v.strip().lower() not in _NULLS]
    if not values or not cell.strip():
        return 0
    numeric = sum(map(_is_number, values)) >= len(values) / 2
    if numeric:
        return -1 if _is_number(cell) else int(cell.strip().lower() not in _NULLS)
    if _is_number(cell) or cell in values:
        return -1
    return 0


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.match(cell))
