"""JSON and JSON Lines."""

from pathlib import Path

from pydantic import Field

from audit.errors import SourceError
from audit.registry import Settings, source
from audit.sources.base import Given, Rejects, Sink, Sniffed, Tally
from audit.sources.nested.forms import Form, find_form, read_records
from audit.sources.nested.shaping import Shaper

_ROWS = 10_000
_PASSES = 6


class JsonOptions(Settings):
    """What can be said about a JSON file."""

    list: str | None = Field(
        None, description="Key of the list to load, where the file is one object with lists in it."
    )


@source(
    "json", title="JSON", suffixes=(".json", ".jsonl", ".ndjson", ".geojson"), options=JsonOptions
)
class Json:
    """JSON Lines, one object after another, an array, or one object with a list in it.

    Nested values are kept as structs and lists. A key that some records lack is missing
    (NULL) there. Where records disagree about the type of a key, its column is text: texts
    as they are, everything else as JSON; nothing is dropped. A line of JSON Lines that is
    not an object is rejected.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        self._list: str | None = getattr(given.options, "list", None)
        self._form: Form | None = None

    @staticmethod
    def recognises(head: bytes) -> bool:
        """Tell an object or array at the very beginning from text that looks alike."""
        from audit.sources.nested.forms import looks_like_json

        return looks_like_json(head)

    @property
    def form(self) -> Form:
        """Lines, values in a row, an array, or a list within an object."""
        if self._form is None:
            self._form = find_form(self._given, self._list)
        return self._form

    def sniff(self) -> Sniffed:
        """Find out which of the forms the file has."""
        form = self.form
        options = {"list": form.key}
        reasons = {"list": form.reason} if self._list is None else {}
        return Sniffed(options=options, reasons=reasons, choices=form.choices)

    def load(self, sink: Sink, *, most: int | None = None) -> Tally:
        """Read all records; once more if their types only show late in the file."""
        shaper = Shaper(sink, rows=_ROWS if most is None else most)
        for _ in range(_PASSES):
            rejects = Rejects()
            tally = read_records(self._given, self.form, shaper, sink, rejects)
            if tally.found == 0:
                message = f"{self._given.name} holds no records."
                raise SourceError(message, hint="Check that it is the file you meant.")
            if shaper.finish():
                rejects.hand_over(sink)
                return tally
            shaper = shaper.again()
        message = f"the types of {Path(self._given.name).suffix} records do not settle"
        raise RuntimeError(message)
