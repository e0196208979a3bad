"""The search against sentences that people labelled: the figures of docs/pii-quality.md.

The rules were made looking at one half of the large file; what counts is the other.
"""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from audit.pii.labelled import read_labelled
from audit.pii.measuring import Quality

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "write_pii_quality", DOCS / "write_pii_quality.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def assert_goals(quality: Quality) -> None:
    overlap, character = quality.total.overlap, quality.total.character
    assert overlap.f2 is not None
    assert overlap.precision is not None
    assert character.f2 is not None
    # Presidio as shipped: .863 precision, .751 F2, .668 F2 by character.
    assert overlap.precision >= 0.86
    assert overlap.f2 >= 0.87
    assert character.f2 >= 0.80


def test_the_half_nobody_looked_at_reaches_the_goals(
    shared: Callable[[str], Path], writer: ModuleType
) -> None:
    gold = read_labelled(shared("presidio_pii_dev/generated_large.json"))
    _, held_out = writer.split(gold)
    quality = writer.quality(held_out)
    assert_goals(quality)
    # What Presidio misses most: street addresses (.55), places (.61), telephones (.82).
    missed = [span.entity for _, span in quality.misses]
    for kind, at_most in (("ADDRESS", 0.1), ("LOCATION", 0.15), ("PHONE_NUMBER", 0.05)):
        marked = sum(span.entity == kind for labelled in held_out for span in labelled.spans)
        assert missed.count(kind) / marked <= at_most


def test_another_sample_reaches_the_goals(
    shared: Callable[[str], Path], writer: ModuleType
) -> None:
    assert_goals(writer.quality(read_labelled(shared("presidio_pii_dev/generated_small.json"))))


def test_the_halves_are_always_the_same_and_share_no_text(
    shared: Callable[[str], Path], writer: ModuleType
) -> None:
    gold = read_labelled(shared("presidio_pii_dev/generated_large.json"))
    first, second = writer.split(gold)
    assert (len(first), len(second)) == (1054, 1055)
    assert writer.split(gold) == (first, second)
    assert sorted(g.text for g in (*first, *second)) == sorted(g.text for g in gold)


@pytest.mark.slow
def test_the_document_says_what_is_measured(
    shared: Callable[[str], Path], writer: ModuleType
) -> None:
    gold = read_labelled(shared("presidio_pii_dev/generated_large.json"))
    halves = writer.split(gold)
    theirs = [writer.evaluate(half, writer.presidio(half)) for half in halves]
    page = "\n".join(writer.page([writer.quality(half) for half in halves], theirs))
    assert writer.PAGE.read_text(encoding="utf-8") == page
