"""A few texts in full with the personal data in them: for somebody who asks to see them.

They are read and looked at again, and given to who asked; nothing is kept of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.errors import ParameterError
from audit.pii.options import ScanOptions
from audit.pii.values import Hit, Span
from audit.reports.pii.options import Options
from audit.store import Version

MOST_ROWS = 20
"""Rows of which texts are given at once."""
_MOST_TEXTS = 50


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShownText:
    """A text of a row as it stands in the data. Show it on demand only; never keep or log it."""

    row: int
    text: str
    hits: tuple[Hit, ...]

    def __repr__(self) -> str:
        """Say which row it is of, and not what stands in it: a trace may end in a log."""
        return f"ShownText(row={self.row}, {len(self.text)} characters, {len(self.hits)} hits)"

    def piece(self, hit: Hit) -> str:
        """Cut out what a hit covers."""
        return self.text[hit.start : hit.end]


def texts_with_hits(
    version: Version,
    column: str,
    place: str,
    row_numbers: Sequence[int],
    options: Options,
    *,
    names: bool = True,
) -> tuple[ShownText, ...]:
    """Read the texts of a few rows and find the personal data in them once more.

    Parameters
    ----------
    version : Version
        Whose rows.
    column, place : str
        Where: a column, and the path within its values, as the report names them.
    row_numbers : sequence of int
        Which rows; at most :data:`MOST_ROWS`.
    options : Options
        What the report was measured with, so that the hits are those it counts.
    names : bool
        Whether names are looked for, too: ``names_scanned`` of the column.

    Returns
    -------
    tuple of ShownText
        In the order of the rows; where a row has several texts, those with a hit.
    """
    from audit.reports.pii.looking import Looker
    from audit.reports.pii.places import places
    from audit.reports.pii.verdicts import called

    table = version.table
    with Looker(options) as looker:
        known = places(table, looker.are_personal)
        found = next((p for p in known if (p.column, p.path) == (column, place)), None)
        if found is None or not found.source:
            message = f"There are no texts at {column + place!r}."
            raise ParameterError(message)
        rows = list(row_numbers)[:MOST_ROWS]
        listed = ", ".join("?" * len(rows)) or "NULL"
        texts = table.rows(
            f"SELECT r, v FROM ({found.source}) WHERE v IS NOT NULL AND r IN ({listed}) "  # noqa: S608
            f"ORDER BY r LIMIT {_MOST_TEXTS}",
            rows,
            c=column,
        )
        scanned, _ = looker.scan([text for _, text in texts], names=names, called=called(found))
    shown = [
        ShownText(row=row, text=text, hits=hits)
        for (row, text), hits in zip(texts, scanned.hits, strict=True)
    ]
    return tuple(s for s in shown if s.hits or not found.many)


def check_options(options: ScanOptions) -> None:
    """Try what only a search would stumble on, so that it is said at once.

    Raises
    ------
    ParameterError
        For a pattern that is none of RE2, a region that is none, and a model that is not there.
    """
    from audit.pii import model
    from audit.pii.own import OwnPatterns

    wrong = [r for r in options.phone_regions if not (len(r) == 2 and r.isascii() and r.isalpha())]
    if wrong:
        message = "A region is written in two letters (ISO 3166), as US or DE."
        raise ParameterError(message)
    OwnPatterns(options.patterns)
    if options.names:
        model.check(options.model)


def labelled_texts(path: Path, places: Sequence[tuple[int, Hit | Span]]) -> tuple[ShownText, ...]:
    """Read texts of a labelled sample again, each with one place that was found or marked in it.

    Parameters
    ----------
    path : Path
        The sample that was evaluated.
    places : sequence of (int, Hit or Span)
        Index of the text and the place: of ``false_hits`` or of ``misses``.
    """
    from audit.pii.labelled import read_labelled

    gold = read_labelled(path)
    return tuple(
        ShownText(row=index, text=gold[index].text, hits=(_as_hit(place),))
        for index, place in places
    )


def _as_hit(place: Hit | Span) -> Hit:
    if isinstance(place, Hit):
        return place
    return Hit(
        entity=place.entity, start=place.start, end=place.end, score=1.0, recognizer="marked"
    )
