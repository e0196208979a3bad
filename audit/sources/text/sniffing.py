"""Finding out how delimited text is written, with one sentence of reason for each choice."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from audit.errors import SourceError
from audit.sources.text.dialect import Dialect, Record, Records

_DELIMITERS = (",", "\t", ";", "|", "::", "\x1f", "\x01", "~", "^", ":", " ")
_SHAKY = frozenset({":", " ", "~", "^"})
"""Delimiters that prose has too: believed only when every record agrees."""
_RECORDS = 1000
_AGREE = 0.9
_FEWEST = 3
_PREAMBLE = 50
_NAME_CHARACTERS = 64
_NAMES = {"\t": "a tab", " ": "a blank", "\x1f": "the unit separator", "\x01": "Ctrl-A"}
_NUMBER = re.compile(r"^\s*[-+]?(\d[\d.,]*|\.\d+)([eE][-+]?\d+)?\s*%?$")
_SEP = re.compile(r"^sep=(.)\r?\n")
_NULLS = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-", "."})


@dataclass(frozen=True, slots=True)
class Reading:
    """How well a dialect explains the sample."""

    dialect: Dialect
    width: int
    agreement: float
    """Share of records that have ``width`` fields."""
    records: int


def find_dialect(
    text: str, given: Dialect, fixed: frozenset[str], name: str
) -> tuple[Dialect, dict[str, str]]:
    """Choose delimiter, quote, escape, comment and blanks where ``fixed`` does not name them."""
    reasons: dict[str, str] = {}
    dialect = given
    if "comment" not in fixed:
        dialect, reasons["comment"] = _comment(text, dialect)
    if "escape" not in fixed:
        dialect, reasons["escape"] = _escape(text, dialect)
    if "quote" not in fixed:
        dialect, reasons["quote"] = _quote(text, dialect)
    if "delimiter" not in fixed:
        dialect, reasons["delimiter"] = _delimiter(text, dialect, name)
    if "quote" not in fixed:
        dialect, reason = _without_quotes(text, dialect)
        reasons["quote"] = reason or reasons["quote"]
    if "skip_initial_space" not in fixed:
        dialect, reasons["skip_initial_space"] = _initial_space(text, dialect)
    return dialect, reasons


def sample_records(text: str, dialect: Dialect, most: int = _RECORDS) -> list[Record]:
    """The first records of a text."""
    return list(islice(Records(io.StringIO(text, newline=""), dialect), most))


def find_preamble(records: Sequence[Record], width: int) -> tuple[int, str]:
    """Count lines before the table: leading records that are narrower than all the rest."""
    if width < 2:  # noqa: PLR2004 - one column: every line fits
        return 0, "Every line fits the table."
    filled = [r for r in records if r.fields]
    for i, record in enumerate(filled[: _PREAMBLE + 1]):
        if len(record.fields) == width or _is_row_name_header(filled, i, width):
            lines = record.line - 1
            if i == 0:
                return 0, "The first record has as many fields as the others."
            return lines, f"The first {lines} line(s) do not have {width} fields."
    return 0, "No record has the usual number of fields near the top."


def find_header(records: Sequence[Record], name: str) -> tuple[bool, str]:
    """Whether the first record holds names rather than values.

    Each column votes: names are text above numbers, and do not come again below. Without
    a vote, a first record of distinct texts counts as names.
    """
    rows = [r.fields for r in records if r.fields]
    if not rows:
        return False, "There are no records."
    first, rest = rows[0], [r for r in rows[1:] if len(r) == len(rows[0])]
    if len(rows) > 1 and not rest:
        rest = [r[-len(first) :] for r in rows[1:] if len(r) > len(first)]
    votes = [_vote(cell, [r[i] for r in rest]) for i, cell in enumerate(first)]
    total = sum(votes)
    if total > 0:
        return True, f"In {votes.count(1)} column(s) the first record is unlike those below it."
    if total < 0:
        return False, f"In {votes.count(-1)} column(s) the first record is like those below it."
    if any(_is_number(cell) for cell in first):
        return False, "The first record holds numbers."
    if len(first) == 1 and not name.lower().endswith((".csv", ".tsv")):
        return False, "Lines of text without a name above them."
    if not rest and max(map(len, first)) > _NAME_CHARACTERS:
        return False, "The only record is too long for names."
    named = first[1:] if len(first) > 2 and not first[0].strip() else first  # noqa: PLR2004
    distinct = len(set(named)) == len(named) and all(c.strip() for c in named)
    why = "distinct texts" if distinct else "texts that repeat or are empty"
    return distinct, f"The first record holds {why}, and nothing else tells."


def usual_width(records: Sequence[Record]) -> int:
    """The number of fields most records have; the wider one of two equally frequent."""
    widths = Counter(len(r.fields) for r in records if r.fields)
    if not widths:
        return 0
    return max(widths, key=lambda w: (widths[w], w))


def _read(text: str, dialect: Dialect) -> Reading:
    records = [r for r in sample_records(text, dialect) if r.fields]
    width = usual_width(records)
    agreeing = sum(len(r.fields) == width for r in records)
    share = agreeing / len(records) if records else 0.0
    return Reading(dialect, width, share, len(records))


def _delimiter(text: str, dialect: Dialect, name: str) -> tuple[Dialect, str]:
    if match := _SEP.match(text):
        return replace(dialect, delimiter=match[1]), "The first line says so: 'sep='."
    present = [d for d in _DELIMITERS if d in text and d != dialect.quote]
    readings = [_read(text, replace(dialect, delimiter=d)) for d in present]
    sound = [r for r in readings if r.width > 1 and _believable(r)]
    if not sound:
        sound = _second_opinion(text, dialect, readings)
    if not sound:
        why = "No delimiter gives records of equal width: one column."
        return replace(dialect, delimiter="\t" if "," in text else ","), why
    best = max(sound, key=lambda r: (_usual(r.dialect.delimiter), r.agreement >= 0.995, r.agreement))  # noqa: PLR2004
    best = _decimal_comma(text, best, sound)
    if name.lower().endswith((".tsv", ".tab")):
        best = next((r for r in sound if r.dialect.delimiter == "\t"), best)
    delimiter = best.dialect.delimiter
    shown = _NAMES.get(delimiter, repr(delimiter))
    why = f"With {shown}, {best.agreement:.0%} of {best.records:,} records have {best.width} fields."
    return best.dialect, why


def _usual(delimiter: str) -> bool:
    return delimiter not in _SHAKY


def _believable(reading: Reading) -> bool:
    if reading.dialect.delimiter not in _SHAKY:
        return reading.agreement >= _AGREE
    lenient = replace(reading.dialect, skip_initial_space=True)
    return reading.agreement == 1.0 and reading.records >= _FEWEST and lenient.delimiter != ""


def _second_opinion(text: str, dialect: Dialect, readings: list[Reading]) -> list[Reading]:
    """Where records differ in width: what clevercsv takes it for, if most records agree."""
    fair = [
        r
        for r in readings
        if r.width > 1
        and r.records >= _FEWEST
        and r.dialect.delimiter not in _SHAKY
        and r.agreement > 0.5  # noqa: PLR2004 - most of them
    ]
    if len(fair) <= 1:
        return fair
    import clevercsv

    try:
        found = clevercsv.Sniffer().sniff(text[:20_000], delimiters=[r.dialect.delimiter for r in fair])
    except clevercsv.Error:
        return fair[:1]
    return [r for r in fair if found and r.dialect.delimiter == found.delimiter] or fair[:1]


def _decimal_comma(text: str, best: Reading, sound: list[Reading]) -> Reading:
    """A comma that stands between digits only, beside another delimiter, is a decimal comma."""
    if best.dialect.delimiter != ",":
        return best
    others = [r for r in sound if r.dialect.delimiter in (";", "\t", "|")]
    body = text.partition("\n")[2] or text
    if others and not re.search(r"(?<!\d),|,(?!\d)", body):
        return others[0]
    return best


def _quote(text: str, dialect: Dialect) -> tuple[Dialect, str]:
    if '"' not in text:
        single = re.findall(r"(?:^|[,;\t|])'(?:[^'\r\n]|'')*'(?=[,;\t|]|\r|\n|$)", text, re.M)
        lines = text.count("\n") or 1
        if len(single) >= max(2, lines // 2):
            return replace(dialect, quote="'"), "Fields stand between single quotes."
        return replace(dialect, quote='"'), "No quote was seen; the usual one is expected."
    return replace(dialect, quote='"'), "Double quotes were seen."


def _without_quotes(text: str, dialect: Dialect) -> tuple[Dialect, str]:
    """Inch marks and the like: quotes that make records less alike than they are without."""
    if not dialect.quote or dialect.quote not in text or dialect.delimiter not in text:
        return dialect, ""
    with_quotes = _read(text, dialect)
    plain = _read(text, replace(dialect, quote=""))
    if plain.agreement == 1.0 and plain.width > 1 and with_quotes.agreement < _AGREE:
        return plain.dialect, "Taken as quotes they break records apart; they are plain characters."
    return dialect, ""


def _escape(text: str, dialect: Dialect) -> tuple[Dialect, str]:
    inside = re.search(r'\\"(?![,;\t|\r\n]|$)', text) and not re.search(r'[^\\,;\t|\n]""', text)
    if inside and text.replace('\\"', "").count('"') % 2 == 0:
        return replace(dialect, escape="\\"), "Quotes within fields have a backslash before them."
    return replace(dialect, escape=""), "No backslash stands before a quote."


def _comment(text: str, dialect: Dialect) -> tuple[Dialect, str]:
    lines = text.splitlines()
    marked = [i for i, line in enumerate(lines) if line.startswith("#")]
    first = next((i for i, line in enumerate(lines) if line and not line.startswith("#")), 0)
    between = [i for i in marked if i > first]
    alike = bool(marked) and all(_bare(lines[i]) for i in marked)
    if between and marked[0] < first and alike and len(marked) < len(lines) / 2:
        return replace(dialect, comment="#"), "Lines that begin with '#' stand among the others."
    return replace(dialect, comment=""), "No comments were seen among the records."


def _bare(line: str) -> bool:
    return line[1:2] in ("", " ", "#", "!")


def _initial_space(text: str, dialect: Dialect) -> tuple[Dialect, str]:
    dialect = replace(dialect, skip_initial_space=False)
    if dialect.delimiter == " ":
        runs = "  " in text
        why = "Fields stand apart by several blanks." if runs else "Fields stand apart by one blank."
        return replace(dialect, skip_initial_space=runs), why
    fields = [f for r in sample_records(text, dialect) for f in r.fields[1:] if f]
    spaced = sum(f.startswith(" ") for f in fields)
    if fields and spaced >= _AGREE * len(fields):
        return replace(dialect, skip_initial_space=True), "A blank follows the delimiters."
    return dialect, "Delimiters have no blank after them as a rule."


def _is_row_name_header(records: Sequence[Record], i: int, width: int) -> bool:
    """A header without a name for the first column, as R writes it."""
    if len(records[i].fields) != width - 1 or width <= 2 or i + 1 >= len(records):  # noqa: PLR2004
        return False
    below = records[i + 1 : i + 1 + _FEWEST]
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


def refuse_binary(sample: str, name: str) -> None:
    """Raise where a decoded sample is no text at all."""
    control = sum(c < " " and c not in "\t\r\n\f\v\x01\x1f\x1b\x08" for c in sample[:4096])
    if control > 0.1 * min(len(sample), 4096) and control > _FEWEST:
        message = f"{name} is not text, and no other kind of file that can be read here."
        raise SourceError(message, hint="Load CSV, JSON, Parquet, Arrow, Excel or SQLite.")
