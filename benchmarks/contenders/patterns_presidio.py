"""Presidio's own patterns on the texts of a Parquet file; prints the seconds of the work alone.

The same kinds, the same regions of phone numbers, and no model of a language: nothing is spent
on words. Without them its context words cannot count either, which is to its advantage.
"""

import sys
import time
from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq

from audit.pii import presidio
from audit.pii.catalogue import DEFAULT_ENTITIES
from audit.pii.options import ScanOptions
from audit.pii.patterns import recognizers

predefined = presidio.predefined()
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: E402
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine  # noqa: E402


class Nothing(NlpEngine):  # type: ignore[misc, unused-ignore]
    """Reads no words."""

    def load(self) -> None:
        """Load nothing."""

    def is_loaded(self) -> bool:
        """Say that it is."""
        return True

    def process_text(self, _text: str, language: str) -> NlpArtifacts:
        """Give no words."""
        nothing: Any = []
        return NlpArtifacts([], nothing, [], [], self, language)

    def process_batch(  # type: ignore[override, unused-ignore]
        self, texts: Any, language: str, **_settings: Any
    ) -> Iterator[Any]:
        """Give no words, text by text."""
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, _word: str, _language: str) -> bool:
        """Say that none is."""
        return False

    def is_punct(self, _word: str, _language: str) -> bool:
        """Say that none is."""
        return False

    def get_supported_entities(self) -> list[str]:
        """Find none."""
        return []

    def get_supported_languages(self) -> list[str]:
        """Give the one asked for."""
        return ["en"]


table = pq.read_table(sys.argv[1])
texts = next(column for column in table.columns if column.type == "string").to_pylist()
theirs = [
    r.source
    for r in recognizers.load(DEFAULT_ENTITIES)
    if type(r.source).__module__.startswith("presidio_analyzer.")
]
theirs.append(predefined.PhoneRecognizer(supported_regions=ScanOptions().phone_regions))
engine = AnalyzerEngine(
    registry=RecognizerRegistry(recognizers=theirs, supported_languages=["en"]),
    nlp_engine=Nothing(),
    supported_languages=["en"],
)
engine.analyze("1@1.com", language="en")

begun = time.perf_counter()
found = [engine.analyze(text, language="en", score_threshold=0.4) for text in texts]
print(time.perf_counter() - begun)
print(sum(map(bool, found)))
