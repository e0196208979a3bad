"""CSV, TSV and any other delimited text."""

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.errors import SourceError
from audit.registry import source
from audit.sources.base import Given, Sink, Sniffed, Tally
from audit.sources.text.dialect import Dialect, TextOptions
from audit.sources.text.encoding import Undecodable
from audit.sources.text.layout import Layout, find_layout, undecodable, whole_file_encoding
from audit.sources.text.reading import Pass, ReadCarefully, Reader, read_carefully, read_fast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.sources.facts import Fact

_PASSES = 5
"""Fast, other encoding, careful, and once more with the types of all rows; one to spare."""


@source(
    "csv",
    title="Delimited text",
    suffixes=(".csv", ".tsv", ".tab", ".txt", ".data", ".psv", ".dat"),
    options=TextOptions,
)
class DelimitedText:
    """CSV, TSV and any text with one record a line, or more where a field is quoted.

    Delimiter, quote, header, encoding and the rest are found out from the first mebibyte
    and can each be set. The encoding is proven on every byte.

    An empty field is missing (NULL), whether it is quoted or not. ``NA``, ``?`` and the
    like are kept as text and reported later. A column becomes a number, a date
    (YYYY-MM-DD), a timestamp or a truth value only if every one of its values is written
    so that nothing is lost: 00123 stays text, wherever in the file it stands.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        self._options = TextOptions.model_validate(given.options.model_dump())
        self._layout: Layout | None = None
        self._model: Layout | None = None
        self.facts: Sequence[Fact] | None = None
        """What is known of the values of all columns, once loaded; may be set before."""

    @staticmethod
    def recognises(_head: bytes) -> bool:
        """Text has no magic bytes: it is what is left."""
        return False

    @property
    def layout(self) -> Layout:
        """How the file is written; looked up once."""
        if self._layout is None:
            self._layout = self._found()
        return self._layout

    def be_like(self, first: "DelimitedText") -> None:
        """Be another shard of the table that ``first`` begins: same dialect, same names."""
        known = first.layout
        alike = {f: getattr(known.dialect, f) for f in Dialect.__slots__}
        header = {} if known.header else {"header": False}
        self._options = self._options.model_copy(update=alike | header)
        self._model, self._layout = known, None

    def _found(self, encoding: str | None = None) -> Layout:
        layout = find_layout(self._given, self._options, encoding=encoding)
        model = self._model
        if model is None or layout.header or not model.header or layout.width != model.width:
            return layout
        return replace(layout, names=model.names)

    def sniff(self) -> Sniffed:
        """Find out encoding, dialect, header and where the table begins."""
        return self.layout.sniffed

    def load(self, sink: Sink, *, most: int | None = None) -> Tally:
        """Read all records; begins again where types, encoding or quotes prove otherwise."""
        careful = not self.layout.dialect.simple
        for _ in range(_PASSES):
            reader = Reader(self._given, self.layout, sink, facts=self.facts, most=most)
            try:
                done = self._pass(reader, careful=careful)
            except ReadCarefully:
                careful = True
                continue
            except Undecodable as error:
                self._other_encoding(error)
                continue
            self.facts = done.facts
            if done.settled:
                return done.tally
        message = "The file changed while it was read."
        raise SourceError(message, hint="Load it again once nothing writes to it.")

    def _pass(self, reader: Reader, *, careful: bool) -> Pass:
        return read_carefully(reader) if careful else read_fast(reader)

    def _other_encoding(self, error: Undecodable) -> None:
        if self._options.encoding is not None:
            raise undecodable(self._options.encoding) from error
        proven = whole_file_encoding(self._given)
        self._layout = self._found(proven)
