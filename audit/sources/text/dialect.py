"""The options of delimited text, and how records are split by them, slowly and exactly."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import Field, field_validator

from audit.registry import Settings
from audit.sources.text.encoding import Utf8

FIELD_LIMIT = 2**31 - 1


class TextOptions(Settings):
    """How delimited text is written. What is left empty is found out."""

    delimiter: str | None = Field(None, description="What stands between two fields.")
    quote: str | None = Field(None, description="Character around fields; '' for none.")
    escape: str | None = Field(
        None, description="Character before a quote in a field; '' for none."
    )
    header: bool | None = Field(None, description="Whether the first record holds the names.")
    encoding: str | None = Field(None, description="utf-8, cp1252, shift_jis, utf-16, …")
    skip_lines: int | None = Field(None, ge=0, description="Lines before the table.")
    comment: str | None = Field(None, description="Beginning of a line to skip; '' for none.")
    skip_initial_space: bool | None = Field(None, description="Drop blanks after a delimiter.")
    all_text: bool | None = Field(None, description="Keep every column as text.")
    missing: str | None = Field(
        None,
        description="Texts that stand for no value, with blanks between: NA ? -999. None else.",
    )

    @field_validator("delimiter")
    @classmethod
    def _some(cls, value: str | None) -> str | None:
        value = {"\\t": "\t", "tab": "\t"}.get(value or "", value)
        if value is not None and (not value or any(c in value for c in '\r\n"')):
            message = "A delimiter is at least one character, and no quote or line end."
            raise ValueError(message)
        return value

    @field_validator("quote", "escape")
    @classmethod
    def _one(cls, value: str | None) -> str | None:
        if value is not None and (len(value) > 1 or value in ("\r", "\n")):
            message = "One character, or '' for none."
            raise ValueError(message)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How records are split."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    comment: str = ""
    skip_initial_space: bool = False

    @property
    def simple(self) -> bool:
        """Whether the fast reader knows all of it."""
        one_byte = all(c.isascii() for c in (self.delimiter, self.quote, self.escape))
        return one_byte and len(self.delimiter) == 1 and not self.comment


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins on (from 1), its fields, and how it stands in the file."""

    line: int
    fields: list[str]
    raw: str


class Records:
    """The records of lines of text, as Python's csv module understands them.

    A blank line is a record without fields. After the last record ``unclosed`` is the line
    on which a quote was opened that nothing closes, if there is one.
    """

    def __init__(self, lines: Iterator[str], dialect: Dialect, *, first_line: int = 1) -> None:
        self._lines = lines
        self._dialect = dialect
        self._line = first_line - 1
        self._raw: list[str] = []
        self.comments = 0
        self.unclosed: int | None = None

    def __iter__(self) -> Iterator[Record]:
        if len(self._dialect.delimiter) > 1:
            yield from self._split()
            return
        reader = csv.reader(self._fed(), **csv_arguments(self._dialect))
        csv.field_size_limit(FIELD_LIMIT)
        last: Record | None = None
        for fields in reader:
            last = Record(self._line - len(self._raw) + 1, fields, "".join(self._raw))
            self._raw = []
            yield last
        if last is not None and self._dialect.quote in last.raw and self._open(last.raw):
            self.unclosed = last.line

    def _fed(self) -> Iterator[str]:
        comment = self._dialect.comment
        for line in self._lines:
            self._line += 1
            if comment and not self._raw and line.startswith(comment):
                self.comments += 1
                continue
            self._raw.append(line)
            yield line

    def _split(self) -> Iterator[Record]:
        for line in self._fed():
            self._raw = []
            text = line.rstrip("\r\n")
            fields = text.split(self._dialect.delimiter) if text else []
            if self._dialect.skip_initial_space:
                fields = [f.lstrip(" ") for f in fields]
            yield Record(self._line, fields, line)

    def _open(self, raw: str) -> bool:
        """Whether the text ends within quotes: then one more quote changes nothing but that."""
        if not self._dialect.quote:
            return False
        arguments = csv_arguments(self._dialect)
        try:
            list(csv.reader(io.StringIO(raw, newline=""), strict=True, **arguments))
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False


def csv_arguments(dialect: Dialect) -> dict[str, Any]:
    """Say the dialect in the words of the csv module."""
    return {
        "delimiter": dialect.delimiter,
        "quotechar": dialect.quote or None,
        "quoting": csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        "escapechar": dialect.escape or None,
        "doublequote": True,
        "skipinitialspace": dialect.skip_initial_space,
    }


def lines_of(stream: Utf8) -> Iterator[str]:
    """Lines with their ends; a line ends with LF, CR or both."""
    return io.TextIOWrapper(io.BufferedReader(stream, 1 << 20), encoding="utf-8", newline="")
