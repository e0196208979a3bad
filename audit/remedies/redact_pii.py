"""Personal data found within texts, and replaced there."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, ValidationError

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.change import Change, Computed, Context
from audit.mending.fields import Columns, Hidden
from audit.mending.personal_look import not_looked_for
from audit.mending.redaction.cells import Texts, Unscanned, of_json, of_nested, of_texts
from audit.mending.redaction.modes import write_for
from audit.mending.redaction.searching import Search, refuse_unsearched
from audit.mending.redaction.writing import Mode
from audit.pii.catalogue import DEFAULT_ENTITIES
from audit.pii.options import OwnPattern, ScanOptions, Score
from audit.registry import Settings, remedy
from audit.reports.pii.looking import Looker
from audit.reports.pii.options import Options
from audit.reports.pii.shapes import leaves
from audit.store.rows import is_text
from audit.store.table import Table

_FORMS = (OwnPattern(entity="US_SSN", pattern=r"\b\d{3}-\d{2}-\d{4}\b", score=0.5),)
"""What a redaction finds and the report does not, as nobody has such numbers."""


class RedactPii(Settings):
    """Replace personal data within texts."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="Columns to search; none: all, and there what seems to be found by chance "
        "stays. Lists, structs and JSON are searched inside and keep their structure.",
    )
    entities: tuple[str, ...] = Field(
        default=(),
        title="Kinds",
        description="Kinds of personal data that are replaced, as EMAIL_ADDRESS; none: all that "
        "are looked for.",
    )
    mode: Mode = Field(
        default="tag",
        title="What stands there instead",
        description="The kind; asterisks but for the last four characters; nothing; a keyed "
        "hash; or a realistic pseudonym. The last two need the secret key.",
    )
    unscanned: Unscanned = Field(
        default="replace",
        title="Texts that could not be searched to the end",
        description="Replace them whole, keep the unsearched part, or end with an error.",
    )
    names: bool = Field(
        default=True,
        title="Names",
        description="Whether names, places and organisations are looked for, with the model.",
    )
    threshold: Score = Field(
        default=0.4, title="Score", description="Score from which a hit counts."
    )
    thresholds: dict[str, Score] = Field(
        default={}, title="Score by kind", description="The same for single kinds."
    )
    allow: tuple[str, ...] = Field(
        default=(),
        max_length=10_000,
        title="Allowed",
        description="Values that stay in any case.",
    )
    deny: dict[str, tuple[str, ...]] = Field(
        default={},
        title="Always replaced",
        description="Words and phrases, by kind of personal data.",
    )
    patterns: Annotated[tuple[OwnPattern, ...], Hidden()] = Field(
        default=(), max_length=100, description="Patterns of your own, in RE2's syntax."
    )
    countries: tuple[str, ...] = Field(
        default=(),
        title="Countries",
        description="Countries (two letters) whose own numbers are looked for as well.",
    )
    locale: str = Field(
        default="en_US",
        title="Language of pseudonyms",
        description="As en_US or de_DE: where invented names come from.",
    )
    most_characters: int = Field(
        default=200_000,
        ge=100,
        le=1_000_000_000,
        title="Characters of a text that are searched",
        description="A longer text counts as not searched to the end.",
    )
    time_limit_s: float = Field(
        default=10.0,
        gt=0,
        le=3600,
        title="Seconds that patterns may take on one text",
        description="A text that takes longer counts as not searched to the end.",
    )
    workers: Annotated[int, Hidden()] = Field(
        default=0, ge=0, description="Processes that look for names; 0: one per core."
    )

    def needs_key(self) -> bool:
        """Whether it does: hashes and pseudonyms are of the key."""
        return self.mode in ("hash", "pseudonym")


@remedy("redact-pii", title="Redact personal data", family="anonymize", fast=False)
def redact_pii(table: Table, step: RedactPii, context: Context) -> Change:
    """Find personal data in texts, as the report does, and write something else in its place.

    Every different text is searched, once. Where a column is made of one kind of personal data,
    as one of e-mail addresses or of surnames, every value of it is replaced, found or not; then
    numbers and dates become text. A text that could not be searched to its end is replaced
    whole unless said otherwise. What has the form of a social security number is replaced even
    where no such number can have been issued: people mistype. Within a text, a keyed hash is
    the kind with the first 16 digits of the hash that a whole cell gets.
    """
    write = write_for(step.mode, context, step.locale)
    options = _options(step)
    cautious = options.model_copy(update={"patterns": (*options.patterns, *_FORMS)})
    for name in step.columns:
        table.type_of(name)
    columns = tuple(dict.fromkeys(step.columns)) or tuple(c.name for c in table.columns)
    with Looker(cautious) as looker:
        if step.names and looker.missing:
            message = f"Names cannot be looked for. {looker.missing}"
            raise ParameterError(message, hint="Or go without names: names: false.")
        search = Search(
            table=table,
            looker=looker,
            options=options,
            entities=frozenset(step.entities),
            named=bool(step.columns),
        )
        places: dict[str, dict[str, Texts]] = {}
        for found in search.run(columns, context):
            texts = Texts(searched=found, search=search, write=write, unscanned=step.unscanned)
            places.setdefault(found.place.column, {})[found.place.path] = texts
    if step.unscanned == "error":
        refuse_unsearched(search.unsearched)
    computed = tuple(
        _computed(table, name, of_column)
        for name, of_column in places.items()
        if any(texts.searched.has_anything for texts in of_column.values())
    )
    return Change(computed=computed, notes=_notes(search, step))


def _options(step: RedactPii) -> Options:
    """Give what is searched with: all that the report looks for, and the kinds that are named."""
    shared = set(ScanOptions.model_fields) & set(RedactPii.model_fields) - {"entities"}
    known = {name: getattr(step, name) for name in shared}
    own = {*step.deny, *(pattern.entity for pattern in step.patterns)}
    named = tuple(id_ for id_ in step.entities if id_ not in own)
    try:
        return Options(
            **known, workers=step.workers, entities=(*DEFAULT_ENTITIES, *named, *sorted(own))
        )
    except ValidationError as error:
        said = error.errors()[0]["msg"].removeprefix("Value error, ")
        message = f"{said[:1].upper()}{said[1:]}."
        raise ParameterError(
            message, hint="Kinds are written as EMAIL_ADDRESS or PERSON."
        ) from error


def _computed(table: Table, name: str, places: Mapping[str, Texts]) -> Computed:
    import pyarrow as pa

    type_ = table.type_of(name)
    nested = not is_text(type_) and any(leaf.path for leaf in leaves(type_))
    write = of_nested if nested else of_json if any(places) else of_texts
    kept = table.arrow("SELECT {c} FROM {t} LIMIT 0", c=name).schema.field(0).type
    return Computed(
        needs=(name,),
        types={name: kept if nested else pa.string()},
        function=lambda batch, _: {name: write(batch.column(0), places)},
    )


def _notes(search: Search, step: RedactPii) -> tuple[str, ...]:
    notes = [*search.notes, *not_looked_for(step.entities, names=step.names)]
    if search.unsearched:
        done = (
            "they are replaced whole" if step.unscanned == "replace" else "the rest of them stays"
        )
        texts = counted(search.unsearched, "text")
        notes.append(f"{texts} could not be searched to the end: {done}.")
    return tuple(notes)
