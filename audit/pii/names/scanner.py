"""Names of people, places and organisations in texts."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from audit.pii.names.blocks import in_blocks
from audit.pii.names.casing import recased
from audit.pii.names.cues import of_organisation, of_person, of_place
from audit.pii.names.labels import hits_of
from audit.pii.names.organisation_rules import organised
from audit.pii.names.person_rules import people
from audit.pii.names.place_rules import located
from audit.pii.names.words import words_of
from audit.pii.values import Hit

if TYPE_CHECKING:
    from spacy.language import Language
    from threadpoolctl import ThreadpoolController

    from audit.pii.options import ScanOptions

_LETTERS = re.compile(r"[^\W\d_]{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Halves of characters, as broken JSON holds them; spaCy cannot read them."""
BATCH = 256
"""Texts that go through the model together."""


class NameScanner:
    """Finds names by a model, and by lists and cues what the model misses."""

    def __init__(self, options: "ScanOptions") -> None:
        self._options = options

    def find(self, texts: Sequence[str]) -> list[list[Hit]]:
        """Give the names in each text; several may overlap, none is resolved yet."""
        found: list[list[Hit]] = [[] for _ in texts]
        at_all = [i for i, text in enumerate(texts) if _LETTERS.search(text)]
        views = [_SURROGATE.sub("?", recased(texts[i])) for i in at_all]
        for i, view, by_model in zip(at_all, views, self._by_model(views), strict=True):
            found[i] += by_model
            found[i] += by_lists(view)
        return found

    def _by_model(self, views: Sequence[str]) -> list[list[Hit]]:
        if not views:
            return []
        pipeline, threads = self._loaded
        # Matrices are small: more threads would only get into each other's way.
        with threads.limit(limits=1, user_api="blas"):
            return [
                [
                    hit
                    for span in doc.ents
                    for hit in hits_of(view, span.label_, span.start_char, span.end_char)
                ]
                for view, doc in zip(views, pipeline.pipe(views, batch_size=BATCH), strict=True)
            ]

    @cached_property
    def _loaded(self) -> "tuple[Language, ThreadpoolController]":
        from threadpoolctl import ThreadpoolController

        from audit.pii.model import load

        # The libraries of numbers have to be loaded before they can be told.
        pipeline = load(self._options.model)
        return pipeline, ThreadpoolController()


def by_lists(view: str) -> list[Hit]:
    """Give the names that lists and cues find in a text with capital letters."""
    words = words_of(view)
    if not any(word.capital for word in words):
        return []
    return [
        *people(view, words, of_person(view)),
        *located(view, words, of_place(view)),
        *organised(view, words, of_organisation(view)),
        *(in_blocks(view) if "\n" in view else ()),
    ]
