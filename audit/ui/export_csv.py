"""CSV for people who open it in a spreadsheet: nothing in it is run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

LEADERS = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet takes for a formula."""


def neutral(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run; numbers stay as they are.

    Examples
    --------
    >>> neutral("=1+1"), neutral("-5"), neutral(-5), neutral("a=b"), neutral(None)
    ("'=1+1", "'-5", -5, 'a=b', None)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(LEADERS) else cell


def spreadsheet_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as CSV in UTF-8 with a byte order mark, so that Excel reads the letters."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral(c) for c in columns])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
