"""The test before Presidio is imported loses nothing that counts, and spares columns of words."""

import json
import re
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.pii import catalogue
from audit.pii.options import ScanOptions
from audit.pii.patterns.coarse import SCORE_OF_CODE, SUPPORTS, Coarse
from audit.pii.patterns.scanner import Engine, PatternScanner, _engine
from audit.pii.resolve import resolve

OPTIONS = ScanOptions()
WANTED = catalogue.wanted(None, ())
CODES = "UsLicenseRecognizer"


@pytest.fixture(scope="module")
def coarse() -> Coarse:
    return Coarse(OPTIONS, WANTED)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return _engine(WANTED, OPTIONS.phone_regions)


def forms() -> list[tuple[str, str, int]]:
    """Every usual pattern as Python reads it: recognizer, expression, flags."""
    made = []
    for recognizer in _engine(WANTED, OPTIONS.phone_regions).recognizers:
        for rule in recognizer.rules:
            expression = rule.needs or rule.expression.replace(r"\K", "")
            flags = rule.flags & (re.IGNORECASE | re.DOTALL | re.MULTILINE)
            if expression.startswith("(?i)"):
                expression, flags = expression.removeprefix("(?i)"), flags | re.IGNORECASE
            made.append((recognizer.name, expression, flags))
    return made


@pytest.mark.slow
def test_every_form_of_every_usual_pattern_is_let_through(coarse):
    tried = []
    for name, expression, flags in forms():
        outside = ("driver", "license") if name == CODES else ()
        with warnings.catch_warnings():
            # 'A-Z]' in one of Presidio's patterns.
            warnings.simplefilter("ignore")
            pattern = re.compile(expression, flags)
        matching = st.from_regex(pattern) | st.from_regex(pattern, fullmatch=True)

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
        @given(text=matching, outside=st.just(outside))
        def is_let_through(text, outside):
            assert coarse.may_hold([text], outside)

        is_let_through()
        tried.append(name)
    assert len(tried) > 50


PIECES = (
    *("a", "b1", "A1", "12", "7", "9", ".", ":", "::", "-", " ", "@", "/", "=", "(", ")", "+", "x"),
    *("GB", "DE89", "ab", "de", "com", "key", "token", "pass", "sk-", "eyJ", "AKIA", "bc1", "::1"),
    *(
        "driver",
        "license",
        "EC1",
        "1AA",
        "\u0663",
        "\uff11",
        "\u00e9",
        "\u017f",
        "\u212a",
        "\u2013",
    ),
    *("0000", "1234", "4111", "fe80", "00", "ff", "deadbeef", "postcode", "A9", "'", '"', "\n"),
)


@settings(max_examples=1500, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_held_back_has_no_hit_that_counts(coarse, engine, text):
    if not coarse.may_hold([text]):
        hits = []
        [rules] = engine.prefilter.candidates([text])
        assert engine.add(text, rules, (), 60, hits)
        assert resolve(hits, OPTIONS) == ()


def test_nothing_of_the_list_of_naughty_strings_is_lost(coarse, engine, shared):
    for text in json.loads((shared("blns") / "blns.json").read_text("utf-8")):
        if not coarse.may_hold([text]):
            hits = []
            engine.add(text, engine.prefilter.candidates([text])[0], (), 60, hits)
            assert resolve(hits, OPTIONS) == ()


WORDS = (
    *("Married-spouse-absent", "Outlying-US(Guam-USVI-etc)", "Holand-Netherlands", "10th", "A11"),
    *("1st-4th", "<=50K", ">50K.", "Some-college", "0 <= x < 200 DM", "ratio 3.5", "9 - 5 = 4"),
)


def test_words_and_small_numbers_need_no_presidio(coarse):
    assert not coarse.may_hold(WORDS)
    scanner = PatternScanner(OPTIONS)
    assert scanner.find(WORDS).hits == [[] for _ in WORDS]
    assert scanner._engine is None


def test_a_short_code_is_looked_at_where_a_word_speaks_for_it(coarse):
    assert coarse.may_hold(["A11"], ("driver", "license"))
    assert coarse.may_hold(["my driving licence is A11"])
    assert Coarse(OPTIONS.model_copy(update={"threshold": 0.2}), WANTED).may_hold(["A11"])


def test_the_words_that_speak_for_a_short_code_are_presidios(engine):
    [licence] = [r for r in engine.recognizers if r.name == CODES]
    assert all(any(part in word for part in SUPPORTS) for word in licence.context)
    assert max(rule.score for rule in licence.rules) <= SCORE_OF_CODE


@pytest.mark.parametrize(
    "options", [ScanOptions(countries=("DE",)), ScanOptions(phone_regions=("SH",))]
)
def test_other_kinds_and_regions_are_looked_for_wherever_there_is_a_digit(options):
    other = Coarse(options, catalogue.wanted(options.entities, options.countries))
    assert other.may_hold(["10th"])


MAILS = (
    *(
        "jane.doe@example.com",
        "4111111111111111@example.com",
        "user2025550123.x45@mail.example.org",
    ),
    *(" jane@example.com ", "jane@example.com, call 202-555-0123", "10.0.0.1@example.com"),
    *("202-555-0123 jane@example.com", "gb29nwbk60161331926819@example.co.uk", "jane@no.suffixx"),
)


@pytest.mark.parametrize("text", MAILS)
def test_within_an_address_of_email_nothing_else_would_stand(engine, text):
    [rules] = engine.prefilter.candidates([text])
    every, few = [], []
    assert engine.add(text, rules, (), 60, every)
    assert engine.add(text, rules, (), 60, few, alone=True)
    assert resolve(few, OPTIONS) == resolve(every, OPTIONS)
    assert len(few) <= len(every)


def test_an_address_of_email_with_digits_is_looked_at_once(engine):
    text = "user2025550123.x45@mail.example.org"
    [hits] = PatternScanner(OPTIONS).find([text]).hits
    assert [h.entity for h in hits] == ["EMAIL_ADDRESS"]
    denying = OPTIONS.model_copy(update={"deny": {"PERSON": ("x45",)}})
    assert len(PatternScanner(denying).find([text]).hits[0]) > 1
