"""What the patterns find is what Presidio's recognizers find, one by one, on every text."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit.pii import presidio
from audit.pii.catalogue import DEFAULT_ENTITIES, ENTITIES
from audit.pii.options import ScanOptions
from audit.pii.patterns import plans, recognizers
from audit.pii.patterns.coarse import AT_LEAST
from audit.pii.patterns.prefilter import Needed, Prefilter, as_ascii
from audit.pii.patterns.scanner import Engine, _engine

REGIONS = ScanOptions().phone_regions
Spans = list[tuple[str, int, int, float]]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return _engine(DEFAULT_ENTITIES, REGIONS)


@pytest.fixture(scope="module")
def theirs(engine: Engine) -> Callable[[str], Spans]:
    """Presidio's recognizers, one by one, each on the whole text."""
    own = [r.source for r in engine.recognizers if is_presidios(r)]
    own.append(presidio.predefined().PhoneRecognizer(supported_regions=REGIONS))

    def find(text: str) -> Spans:
        return sorted(
            (recognizer.name, found.start, found.end, found.score)
            for recognizer in own
            for found in recognizer.analyze(text, recognizer.supported_entities)
        )

    return find


def is_presidios(recognizer: recognizers.Recognizer) -> bool:
    return type(recognizer.source).__module__.startswith("presidio_analyzer.")


def ours(engine: Engine, text: str) -> Spans:
    """Our hits of Presidio's recognizers, before words around them count."""
    found: Spans = []
    [rules] = engine.prefilter.candidates([text])
    deadline = time.monotonic() + 60
    for number, recognizer in enumerate(engine.recognizers):
        own = [
            i for n, i in (engine._rules[r] for r in rules if r < len(engine._rules)) if n == number
        ]
        if own and is_presidios(recognizer):
            found += (
                (recognizer.name, f.start, f.end, f.score)
                for f in recognizers.found_by(recognizer, own, text, deadline)
            )
    if len(engine._rules) in rules:
        assert engine._phones is not None
        found += (("PhoneRecognizer", *f[:3]) for f in engine._phones.find(text, deadline))
    return sorted(found)


def test_the_same_findings_on_generated_sentences(
    engine: Engine, theirs: Callable[[str], Spans], shared: Callable[[str], Path]
) -> None:
    path = shared("presidio_pii_dev/generated_small.json")
    texts = [sample["full_text"] for sample in json.loads(path.read_text(encoding="utf-8"))]
    found = [theirs(text) for text in texts]
    assert sum(map(len, found)) > 50
    assert [ours(engine, text) for text in texts] == found


def test_the_same_findings_on_values_of_every_kind(
    engine: Engine, theirs: Callable[[str], Spans]
) -> None:
    kinds = set()
    for text in made_up():
        found = theirs(text)
        kinds.update(name for name, *_ in found)
        assert ours(engine, text) == found, text
    silent = {"UkDrivingLicenceRecognizer"}
    assert {r.name for r in engine.recognizers if is_presidios(r)} - kinds <= silent


def made_up() -> Iterator[str]:
    """Values as they are made for tests, from a fixed seed, plain and in a sentence."""
    from faker import Faker

    for locale in ("en_US", "en_GB", "de_DE", "fr_FR"):
        fake = Faker(locale)
        fake.seed_instance(4)
        for _ in range(6):
            for value in (
                *(fake.phone_number(), fake.email(), fake.ssn(), fake.iban(), fake.url()),
                *(fake.credit_card_number(), fake.ipv4(), fake.ipv6(), fake.mac_address()),
                *(fake.uuid4(), fake.postcode(), fake.date(), fake.license_plate(), fake.bban()),
                *(fake.bothify("?#######").upper(), fake.numerify("9## 7# ####"), fake.aba()),
            ):
                yield value
                yield f"Écrivez à {value}, à bientôt"
    yield from ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "BB1388568", "1EG4-TE5-MK73", "943 476 5919")
    yield from ("1245319599", "AB123456C", "GIR 0AA", "MORGA753116SM9IJ", "call +39 06698 12345")
    yield from ("(212) 555-0187 x123", "01/02/2003", "2012-01-02 08:00", "(02) 9374 4000/4001")


ALPHABET = "0123456789-. ()+/x@:,;#'\"ADEFGKszaé\u00a0\u0663\u017f\u212a\n"


@settings(max_examples=250)
@given(text=st.text(st.sampled_from(ALPHABET), max_size=40))
@example(text="k\u017f@example.com")
@example(text="\u0663123-45-6789")
@example(text="5555 555 555 5555 555 555 5555 5555 555555 55555555")
def test_the_same_findings_on_anything(
    text: str, engine: Engine, theirs: Callable[[str], Spans]
) -> None:
    assert ours(engine, text) == theirs(text)


@settings(max_examples=150)
@given(text=st.text(st.sampled_from("0123456789 -()+x/"), min_size=6, max_size=40))
def test_the_same_phone_numbers_in_whatever_digits(
    text: str, engine: Engine, theirs: Callable[[str], Spans]
) -> None:
    assert ours(engine, text) == theirs(text)


@pytest.mark.slow
def test_the_same_findings_with_the_kinds_of_every_country(shared: Callable[[str], Path]) -> None:
    everything = _engine(tuple(ENTITIES), REGIONS)
    path = shared("presidio_pii_dev/generated_large.json")
    texts = [sample["full_text"] for sample in json.loads(path.read_text(encoding="utf-8"))][:400]
    for text in (*texts, *made_up()):
        found = sorted(
            (r.name, f.start, f.end, f.score)
            for r in everything.recognizers
            if is_presidios(r)
            for f in r.source.analyze(text, [r.entity])
        )
        assert [f for f in ours(everything, text) if f[0] != "PhoneRecognizer"] == found, text


def test_every_recognizer_of_patterns_has_its_kind_in_the_catalogue() -> None:
    from presidio_analyzer import PatternRecognizer

    classes = vars(presidio.predefined()).values()
    made = {c for c in classes if isinstance(c, type) and issubclass(c, PatternRecognizer)}
    loaded = [r for r in recognizers.load(ENTITIES) if is_presidios(r)]
    assert {type(r.source) for r in loaded} == made
    assert len({r.name for r in loaded}) == len(loaded)


def test_only_the_loop_of_ibans_is_their_own() -> None:
    """Ours stands for PatternRecognizer.analyze: who else replaced it would need one, too."""
    own = [r for r in recognizers.load(ENTITIES) if "analyze" in type(r.source).__dict__]
    assert [r.name for r in own] == ["IbanRecognizer"]
    assert all(r.by_groups for r in own)


def test_the_prefilter_knows_every_pattern(engine: Engine) -> None:
    assert engine.prefilter.always == ()


def test_a_pattern_that_the_prefilter_refuses_is_tried_on_every_text() -> None:
    refused = Needed(expression=r"(?>a+)b\K", flags=0)
    prefilter = Prefilter([Needed(expression="x[0-9]", flags=0), refused])
    assert prefilter.always == (1,)
    assert prefilter.candidates(["x1", "y"]) == [[0, 1], [1]]


def test_a_pattern_that_names_other_characters_is_tried_on_every_text_that_holds_such() -> None:
    prefilter = Prefilter([Needed(expression="[ä]1", flags=0), Needed(expression="b1", flags=0)])
    assert prefilter.candidates(["b1", "ä1", "é"]) == [[1], [0], [0]]


@given(text=st.text())
def test_standing_in_for_characters_keeps_borders_of_words_and_kinds(text: str) -> None:
    import regex

    plain = as_ascii(text)
    assert plain.isascii()
    for pattern in (r"\b", r"\w", r"\d", r"\s"):
        spans = [m.span() for m in regex.finditer(pattern, text)]
        assert [m.span() for m in regex.finditer(pattern, plain)] == spans


def test_no_pattern_matches_what_is_not_given_to_presidio_at_all() -> None:
    for recognizer in recognizers.load(ENTITIES):
        for rule in recognizer.rules:
            expression = rule.needs or rule.expression.replace("(?i)", "").replace(r"\K", "")
            parsed = parser.parse(expression)
            long = recognizer.name in WITHOUT_DIGITS and parsed.getwidth()[0] >= 16
            assert long or needs_some(parsed), (recognizer.name, expression[:80])


WITHOUT_DIGITS = {
    *("ItFiscalCodeRecognizer", "MacAddressRecognizer", "AWS access key id", "Stripe key")
}
"""Those that letters alone may make, sixteen or more with hyphens and colons, without spaces."""


def needs_some(parsed: Any) -> bool:
    """Whether every match holds a digit or a sign that AT_LEAST asks for."""
    return any(_needs(*item) for item in parsed)


def _needs(op: Any, given: Any) -> bool:
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        least, _, inner = given
        long_enough = least >= 16 and inner[0][0] is codes.IN
        return long_enough or (least > 0 and needs_some(inner))
    asks: dict[Any, Callable[[], bool]] = {
        codes.LITERAL: lambda: chr(given) in "0123456789@:=.-",
        codes.IN: lambda: all(_within(*item) for item in given),
        codes.BRANCH: lambda: all(map(needs_some, given[1])),
        codes.SUBPATTERN: lambda: needs_some(given[3]),
        codes.ASSERT: lambda: needs_some(given[1]),
    }
    return op in asks and asks[op]()


def _within(op: Any, given: Any) -> bool:
    if op is codes.RANGE:
        return given[0] >= ord("0") and given[1] <= ord("9")
    if op is codes.CATEGORY:
        return bool(given is codes.CATEGORY_DIGIT)
    return op is codes.LITERAL and chr(given) in "0123456789@:=."


def test_texts_of_plain_words_are_not_given_to_presidio() -> None:
    assert not AT_LEAST.search("Married - living with spouse, two children. Very good!")


def test_no_number_abroad_is_shorter_than_the_prefilter_asks_for() -> None:
    import phonenumbers

    from audit.pii.patterns.phones import LEAST_ABROAD

    regions = phonenumbers.SUPPORTED_REGIONS
    least = min(len(str(phonenumbers.country_code_for_region(r))) + plans.least(r) for r in regions)
    assert least == LEAST_ABROAD


def test_expressions_run_with_the_flags_that_presidio_s_registry_gives(engine: Engine) -> None:
    """Made one by one some differ: an IBAN in small letters would not be found."""
    from presidio_analyzer.recognizer_registry import RecognizerRegistry

    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    shipped = {r.name: getattr(r, "global_regex_flags", None) for r in registry.recognizers}
    both = [r for r in engine.recognizers if is_presidios(r) and r.name in shipped]
    assert len(both) > 10
    for recognizer in both:
        assert {rule.flags for rule in recognizer.rules} == {int(shipped[recognizer.name])}
    text = "my iban is gb50mvfc38361978683032"
    assert ("IbanRecognizer", 11, 33, 0.5) in ours(engine, text)
