"""Finding out how delimited text is written, with one sentence of reason for each choice."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from audit.errors import SourceError
from audit.sources.text.counting import Counter as ByteCounter
from audit.sources.text.dialect import Dialect, Record, Records
from audit.sources.text.table import TABLES, bare_comment

_DELIMITERS = (",", "\t", ";", "|", "::", "\x1f", "\x01", "~", "^", ":", " ")
_SHAKY = frozenset({":", " ", "~", "^"})
"""Delimiters that prose has too: believed only when every record agrees."""
_RECORDS = 1000
_AGREE = 0.9
_FEWEST = 3
_CONTROL = 40
_NAMES = {"\t": "a tab", " ": "a blank", "\x1f": "the unit separator", "\x01": "Ctrl-A"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How well a dialect explains the sample."""

    dialect: Dialect
    width: int
    agreement: float
    """Share of records that have ``width`` fields."""
    records: int
    first: int
    """Fields of the first record."""


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
        found, reasons["delimiter"] = _delimiter(text, dialect, name)
        dialect = replace(found, quote=dialect.quote) if "quote" in fixed else found
    if "quote" not in fixed:
        dialect, reason = _without_quotes(text, dialect)
        reasons["quote"] = reason or reasons["quote"]
    if "skip_initial_space" not in fixed:
        dialect, reasons["skip_initial_space"] = _initial_space(text, dialect)
    return dialect, reasons


def sample_records(text: str, dialect: Dialect, most: int = _RECORDS) -> list[Record]:
    """Read the first records of a text."""
    return list(islice(Records(io.StringIO(text, newline=""), dialect), most))


def usual_width(records: Sequence[Record]) -> int:
    """Find the number of fields most records have; the wider one of two equally frequent."""
    widths = Counter(len(r.fields) for r in records if r.fields)
    if not widths:
        return 0
    return max(widths, key=lambda w: (widths[w], w))


def _read(text: str, dialect: Dialect) -> Reading:
    records = [r for r in sample_records(text, dialect) if r.fields]
    width = usual_width(records)
    agreeing = sum(len(r.fields) == width for r in records)
    share = agreeing / len(records) if records else 0.0
    first = len(records[0].fields) if records else 0
    return Reading(dialect, width, share, len(records), first)


def _delimiter(text: str, dialect: Dialect, name: str) -> tuple[Dialect, str]:
    present = [d for d in _DELIMITERS if d in text and d != dialect.quote]
    readings = [_read(text, _spaced(text, replace(dialect, delimiter=d))) for d in present]
    sound = [r for r in readings if r.width > 1 and _believable(r)]
    if not sound:
        table = name.lower().endswith(TABLES)
        sound = _second_opinion(text, readings, fewest=2 if table else 5)
    if not sound:
        why = "No delimiter gives records of equal width: one column."
        return _one_column(text, dialect), why
    best = max(
        sound, key=lambda r: (_usual(r.dialect.delimiter), r.agreement >= 0.995, r.agreement)
    )
    best = _decimal_comma(text, best, sound)
    if name.lower().endswith((".tsv", ".tab")):
        best = next((r for r in sound if r.dialect.delimiter == "\t"), best)
    delimiter = best.dialect.delimiter
    shown = _NAMES.get(delimiter, repr(delimiter))
    why = (
        f"With {shown}, {best.agreement:.0%} of {best.records:,} records have {best.width} fields."
    )
    return best.dialect, why


def _one_column(text: str, dialect: Dialect) -> Dialect:
    """Take a delimiter that does not occur, and no quotes where they are plain text."""
    absent = next((d for d in (",", "\t", "|", "\x1f") if d not in text), "\ue000")
    counter = ByteCounter(absent, dialect.quote)
    counter.feed(text.encode())
    counter.finish()
    sound = counter.sound and not counter.unclosed
    return replace(dialect, delimiter=absent, quote=dialect.quote if sound else "")


def _spaced(text: str, dialect: Dialect) -> Dialect:
    """Drop blanks where quotes stand behind a delimiter and a blank, or several blanks delimit."""
    if dialect.delimiter == " ":
        return replace(dialect, skip_initial_space="  " in text)
    behind = bool(dialect.quote) and f"{dialect.delimiter} {dialect.quote}" in text
    return replace(dialect, skip_initial_space=behind or dialect.skip_initial_space)


def _usual(delimiter: str) -> bool:
    return delimiter not in _SHAKY


def _believable(reading: Reading) -> bool:
    if reading.dialect.delimiter not in _SHAKY:
        return reading.agreement >= _AGREE
    alike = reading.agreement * reading.records
    names_row = reading.first == reading.width - 1 and alike >= reading.records - 1
    return (reading.agreement == 1.0 or names_row) and reading.records >= _FEWEST


def _second_opinion(text: str, readings: list[Reading], *, fewest: int) -> list[Reading]:
    """Where records differ in width: what clevercsv takes it for, if most records agree."""
    fair = [
        r
        for r in readings
        if r.width > 1
        and r.records >= fewest
        and r.dialect.delimiter not in _SHAKY
        and r.agreement > 0.5
    ]
    if len(fair) <= 1:
        return fair
    import clevercsv

    try:
        found = clevercsv.Sniffer().sniff(
            text[:20_000], delimiters=[r.dialect.delimiter for r in fair]
        )
    except clevercsv.Error:
        return fair[:1]
    return [r for r in fair if found and r.dialect.delimiter == found.delimiter] or fair[:1]


def _decimal_comma(text: str, best: Reading, sound: list[Reading]) -> Reading:
    """See a decimal comma where commas stand between digits, beside another delimiter."""
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


def has_comments(text: str) -> bool:
    """Whether lines that begin with '#' stand at the top and among the records."""
    lines = text.splitlines()
    marked = [i for i, line in enumerate(lines) if line.startswith("#")]
    first = next((i for i, line in enumerate(lines) if line and not line.startswith("#")), 0)
    between = any(i > first for i in marked)
    alike = all(bare_comment(lines[i]) for i in marked)
    return between and marked[0] < first and alike and len(marked) < len(lines) / 2


def _comment(text: str, dialect: Dialect) -> tuple[Dialect, str]:
    if has_comments(text):
        return replace(dialect, comment="#"), "Lines that begin with '#' stand among the others."
    return replace(dialect, comment=""), "No comments were seen among the records."


def _initial_space(text: str, dialect: Dialect) -> tuple[Dialect, str]:
    dialect = replace(dialect, skip_initial_space=False)
    if dialect.delimiter == " ":
        runs = "  " in text
        why = (
            "Fields stand apart by several blanks." if runs else "Fields stand apart by one blank."
        )
        return replace(dialect, skip_initial_space=runs), why
    if _spaced(text, dialect).skip_initial_space:
        return _spaced(text, dialect), "Quotes stand behind a delimiter and a blank."
    fields = [f for r in sample_records(text, dialect) for f in r.fields[1:] if f]
    spaced = sum(f.startswith(" ") for f in fields)
    if fields and spaced >= _AGREE * len(fields):
        return replace(dialect, skip_initial_space=True), "A blank follows the delimiters."
    return dialect, "Delimiters have no blank after them as a rule."


def refuse_binary(sample: str, name: str) -> None:
    """Raise where a decoded sample is no text at all."""
    control = sum(c < " " and c not in "\t\r\n\f\v\x01\x1f\x1b\x08" for c in sample[:4096])
    if control > max(_CONTROL, 0.1 * min(len(sample), 4096)):
        message = f"{name} is not text, and no other kind of file that can be read here."
        raise SourceError(message, hint="Load CSV, JSON, Parquet, Arrow, Excel or SQLite.")
