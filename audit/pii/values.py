"""What a search for personal data finds: hits in texts, and what a column holds as a whole."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One piece of personal data within a text. It holds where, never what."""

    entity: str
    """Presidio's name of the kind: EMAIL_ADDRESS, PERSON, …"""
    start: int
    """Position of its first character in the text, from 0."""
    end: int
    """Position after its last character."""
    score: float
    """How sure it is, in (0, 1]."""
    recognizer: str
    """What found it: name of a recognizer, 'model', 'list', 'deny-list' or 'own pattern'."""
    validated: bool = False
    """Whether a checksum or another test of the value itself confirmed it."""
    supported: bool = False
    """Whether a word before it speaks for its kind."""

    @property
    def length(self) -> int:
        """Characters it covers."""
        return self.end - self.start

    def overlaps(self, other: "Hit") -> bool:
        """Whether both share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What was found in some texts, in their order, and what was not looked at."""

    hits: tuple[tuple[Hit, ...], ...]
    """By text, in order of position; overlaps are resolved."""
    timed_out: tuple[int, ...] = ()
    """Indexes of texts on which a pattern or the model took too long: they are not clean."""
    cut: tuple[int, ...] = ()
    """Indexes of texts of which only the beginning was looked at, for they are too long."""


Reads = Literal["prose", "names", "words", "codes", "numbers", "dates", "nothing"]
"""What the values of a column read as: sentences, names of people or places, single words or
short phrases (categories), codes, numbers, dates; nothing where there is no value."""

Holds = Literal["identifiers", "text", "some", "none", "unknown"]
"""'identifiers': the values are of one kind of personal data; 'text': free text with some;
'some': other values, some of them personal; 'none'; 'unknown': it was not scanned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a column holds, from its values, its name and its type together."""

    holds: Holds
    entity: str | None = None
    """The kind of personal data that the column is made of; None where it is not one kind."""
    score: float = 0.0
    """How sure the verdict is, in [0, 1]."""
    reasons: tuple[str, ...] = ()
    """Why, in plain sentences without a value: 'The name says e-mail.', '98% of the values…'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A marked place in a text, as people label them."""

    entity: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text with the personal data that people found in it."""

    text: str
    spans: tuple[Span, ...]
