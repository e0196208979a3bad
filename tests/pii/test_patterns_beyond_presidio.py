"""Secrets, words that speak for a kind, own patterns, lists, time limits, and what is not loaded."""

import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import ParameterError
from audit.pii import catalogue
from audit.pii.lists import AllowList, DenyList, plain
from audit.pii.options import OwnPattern, ScanOptions
from audit.pii.patterns import PatternScanner, context
from audit.pii.resolve import resolve
from audit.pii.values import Hit

USUAL = ScanOptions()
# Put together here, so that nobody who looks for secrets in sources takes them for ones.
RANDOM = "q7Rz2Kf9Lw4Tb8Xc1Vn6Mp3Hs5Jd0Gy"


def found(text: str, options: ScanOptions = USUAL, *, outside: tuple[str, ...] = ()) -> list[str]:
    """Kinds and pieces that count in a text."""
    raw = PatternScanner(options).find([text], outside=outside)
    assert not raw.timed_out
    hits = resolve(raw.hits[0], options)
    return [f"{hit.entity} {text[hit.start : hit.end]}" for hit in hits]


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("id AKIA" + "IOSFODNN7EXAMPLE end", "API_KEY", "AKIA" + "IOSFODNN7EXAMPLE"),
        ("AIza" + RANDOM + "abcd", "API_KEY", "AIza" + RANDOM + "abcd"),
        ("sk_" + "live_" + RANDOM, "API_KEY", "sk_" + "live_" + RANDOM),
        ("use sk-" + "ant-" + RANDOM + "AA", "API_KEY", "sk-" + "ant-" + RANDOM + "AA"),
        (f'api_key: "{RANDOM}"', "API_KEY", RANDOM),
        ("ghp_" + RANDOM + "abcde", "ACCESS_TOKEN", "ghp_" + RANDOM + "abcde"),
        ("glpat-" + RANDOM, "ACCESS_TOKEN", "glpat-" + RANDOM),
        ("xoxb-" + RANDOM, "ACCESS_TOKEN", "xoxb-" + RANDOM),
        ("hf_" + "abcdefghijklmnopqrstuvwxyzABCDEFGH", "ACCESS_TOKEN", None),
        ("npm_" + RANDOM + "abcde", "ACCESS_TOKEN", "npm_" + RANDOM + "abcde"),
        ("login: password=Hunter2!x now", "PASSWORD", "Hunter2!x"),
        ("postgres://bob:s3cret@db.example.com/x", "PASSWORD", "bob:s3cret@db.example.com"),
        (
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0." + RANDOM,
            "ACCESS_TOKEN",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0." + RANDOM,
        ),
        (
            "-----BEGIN RSA PRIVATE" + " KEY-----\nMIIE\n-----END RSA PRIVATE" + " KEY-----",
            "PRIVATE_KEY",
            None,
        ),
    ],
)
def test_secrets_are_found(text: str, kind: str, piece: str | None) -> None:
    assert found(text) == [f"{kind} {text if piece is None else piece}"]


@pytest.mark.parametrize(
    "text",
    [
        "password: required, at least eight characters",
        "password = os.environ['X']",
        "password=${PASSWORD}",
        "set the api key: see-the-documentation-of-it",
        "eyJhbGciOiJ.eyJzdWIi.not-a-token-at-all",
        "http://example:80",
        "a task-force-of-many-people-who-work-together-every-day",
    ],
)
def test_what_only_looks_like_a_secret_is_none(text: str) -> None:
    assert [kind for kind in found(text) if not kind.startswith("URL")] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("her passport number is 123456789", ["US_PASSPORT 123456789"]),
        ("order 123456789", []),
        ("the passports were 123456789", ["US_PASSPORT 123456789"]),
        ("account no. 12345678", ["US_BANK_NUMBER 12345678"]),
        ("a public road, 12345678", []),
    ],
)
def test_weak_patterns_count_with_a_word_before_them(text: str, kinds: list[str]) -> None:
    assert found(text) == kinds


def test_words_of_the_columns_name_speak_for_its_values() -> None:
    assert found("123456789") == []
    assert found("123456789", outside=context.words_of("passportNo")) == ["US_PASSPORT 123456789"]


def test_words_come_from_the_five_before() -> None:
    assert context.before("one two three four five six seven 12", 34) == (
        " three four five six seven "
    )
    assert context.before("my ssn is the 12", 14) == " ssn "


def test_names_are_split_into_words() -> None:
    assert context.words_of("homePhone_no") == ("home", "phone", "no")


def test_a_raised_score_is_at_least_what_counts_and_at_most_certain() -> None:
    assert [context.raised(score) for score in (0.01, 0.3, 0.9)] == pytest.approx([0.4, 0.65, 1])


def test_time_that_runs_out_is_counted_and_not_taken_for_nothing() -> None:
    scanner = PatternScanner(ScanOptions(time_limit_s=1e-9))
    raw = scanner.find(["plain words", "mail ann@example.com", "call 212-555-0187"])
    assert raw.timed_out == {1, 2}
    assert raw.hits == [[], [], []]


def test_a_text_that_takes_long_ends_in_time() -> None:
    text = "ab" * 12_000 + "@" + "a-" * 4_000
    raw = PatternScanner(ScanOptions(time_limit_s=0.2)).find([text])
    assert raw.timed_out in (set(), {0})


def test_two_threads_may_use_one_scanner() -> None:
    scanner = PatternScanner(USUAL)
    texts = [f"mail user{i}@example.com or 4111 1111 1111 1111" for i in range(200)]
    results = []

    def work() -> None:
        results.append(scanner.find(texts).hits)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [scanner.find(texts).hits] * 3


def test_plain_words_load_no_presidio() -> None:
    program = (
        "import sys\n"
        "from audit.pii.patterns import PatternScanner\n"
        "from audit.pii.options import ScanOptions\n"
        "print(PatternScanner(ScanOptions()).find(['yes', 'no', 'often']).hits)\n"
        "print(sorted({'presidio_analyzer', 'hyperscan', 're2', 'regex'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[[], [], []]", "[]"]


def test_presidio_keeps_no_list_of_suffixes_in_the_home_folder() -> None:
    from audit.pii import presidio

    presidio.predefined()
    import tldextract.tldextract

    assert tldextract.tldextract.TLD_EXTRACTOR.suffix_list_urls == ()
    assert not tldextract.tldextract.TLD_EXTRACTOR._cache.enabled


def test_own_patterns_are_found() -> None:
    own = OwnPattern(entity="STAFF_ID", pattern=r"\bE-\d{4}\b", score=0.9)
    assert found("é E-1234, E-12345", ScanOptions(patterns=(own,))) == ["STAFF_ID E-1234"]


def test_own_patterns_end_in_linear_time() -> None:
    own = OwnPattern(entity="STAFF_ID", pattern="^(a+)+$")
    assert found("a" * 5_000 + "b", ScanOptions(patterns=(own,))) == []


@pytest.mark.parametrize("pattern", [r"(?=a)b", r"(a)\1", "(", "a*", "[z-a]"])
def test_patterns_that_cannot_be_used_are_told_of(pattern: str) -> None:
    options = ScanOptions(patterns=(OwnPattern(entity="STAFF_ID", pattern=pattern),))
    with pytest.raises(ParameterError, match="STAFF_ID"):
        PatternScanner(options)


def test_an_unknown_region_of_phone_numbers_is_told_of() -> None:
    with pytest.raises(ParameterError, match="XX"):
        PatternScanner(ScanOptions(phone_regions=("XX",))).find(["212-555-0187"])


def test_numbers_of_a_country_are_found_where_it_is_asked_for() -> None:
    text = "my pesel is 44051401359"
    few = ("EMAIL_ADDRESS",)
    assert found(text, ScanOptions(entities=few)) == []
    assert found(text, ScanOptions(entities=few, countries=("pl",))) == ["PL_PESEL 44051401359"]


def test_only_the_kinds_asked_for_are_found() -> None:
    text = "ann@example.com, 4111 1111 1111 1111"
    assert found(text, ScanOptions(entities=("CREDIT_CARD",))) == [
        "CREDIT_CARD 4111 1111 1111 1111"
    ]


def test_kinds_are_in_the_catalogue_or_named_after_their_id() -> None:
    assert catalogue.entity("EMAIL_ADDRESS").direct
    assert catalogue.entity("STAFF_ID").title == "staff id"
    assert set(catalogue.DEFAULT_ENTITIES) <= set(catalogue.ENTITIES)
    assert set(catalogue.NAMED) <= set(catalogue.ENTITIES)
    assert catalogue.of_country("uk") == catalogue.of_country("GB") != ()


def test_allowed_values_are_no_hits_whatever_their_case_and_spacing() -> None:
    text = "Mail INFO@example.com or ann@example.com"
    hits = PatternScanner(USUAL).find([text]).hits[0]
    left = AllowList(["info@EXAMPLE.com "]).without(text, resolve(hits, USUAL))
    assert [text[h.start : h.end] for h in left] == ["ann@example.com"]
    assert AllowList([f"  {text.upper()} "]).without(text, hits) == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("the Falcon  Project began", ["Falcon  Project"]),
        ("falcon projects", []),
        ("ACME & Co. and ACME", ["ACME & Co.", "ACME"]),
        ("#42 of x#42", ["#42", "#42"]),
        ("Straße and STRASSE", ["Straße"]),
    ],
)
def test_denied_words_are_found_as_whole_words(text: str, pieces: list[str]) -> None:
    deny = DenyList({"SECRET_NAME": ["falcon project", "acme", "Acme & Co.", "#42", "straße"]})
    found = sorted(deny.find(text), key=lambda h: h.start)
    assert [text[h.start : h.end] for h in found] == pieces
    assert {h.score for h in found} <= {1.0}


@given(
    words=st.lists(st.text("ab é", min_size=1, max_size=5).filter(str.strip), max_size=6),
    text=st.text("ab é", max_size=20),
)
def test_denied_words_are_those_between_borders(words: list[str], text: str) -> None:
    """As a plain second implementation finds them: every place, tried word by word."""
    deny = DenyList({"X": words})
    kept = {plain(word) for word in words}
    expected = any(
        plain(text[i:j]) in kept
        and text[i:j] == text[i:j].strip()
        and (i == 0 or not text[i - 1].isalnum())
        and (j == len(text) or not text[j].isalnum())
        for i in range(len(text))
        for j in range(i + 1, len(text) + 1)
    )
    assert bool(list(deny.find(text))) == expected


def test_thousands_of_denied_words_cost_little() -> None:
    import time

    deny = DenyList({"X": [f"word{i} phrase" for i in range(10_000)]})
    begun = time.process_time()
    for _ in range(1_000):
        list(deny.find("a text of some ten words that holds word77 phrase in it"))
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("phrases", "text"),
    [
        ([f"acme {i}" for i in range(10_000)], "acme " * 4_000),
        ([f"-{'x' * 50} {i}" for i in range(10_000)], ("-" + "x" * 49) * 400),
        (["a" * i for i in range(1, 500)], "a" * 20_000),
    ],
)
def test_denied_words_that_begin_alike_do_not_hang(phrases: list[str], text: str) -> None:
    """Tried one after the other they take 5 to 15 seconds a text."""
    import time

    deny = DenyList({"X": phrases})
    begun = time.process_time()
    assert not list(deny.find(text))
    assert time.process_time() - begun < 0.5


def test_the_longest_of_denied_words_that_begin_alike_is_found() -> None:
    phrases = ["ab", "AB c", "ab cd e", *("x" * i for i in range(1, 300))]
    deny = DenyList({"X": phrases})
    text = "Ab  c; ab cd; aB CD E " + "x" * 299
    found = [text[h.start : h.end] for h in sorted(deny.find(text), key=lambda h: h.start)]
    assert found == ["Ab  c", "ab", "aB CD E", "x" * 299]


def test_a_pattern_of_ones_own_that_takes_too_long_is_told() -> None:
    """Each match is linear; 20,000 of them in one text take a minute."""
    own = OwnPattern(entity="CODE", pattern="a.*b|a")
    options = ScanOptions(patterns=(own,), time_limit_s=0.05)
    raw = PatternScanner(options).find(["a" * 20_000, "ab"])
    assert raw.timed_out == {0}
    assert len(raw.hits[0]) > 1
    assert len(raw.hits[1]) == 1


def test_patterns_of_ones_own_take_half_of_a_surrogate_pair() -> None:
    options = ScanOptions(patterns=(OwnPattern(entity="CODE", pattern="zz+"),))
    [hit] = PatternScanner(options).find(["\ud800ä zzz"]).hits[0]
    assert (hit.start, hit.end) == (3, 6)


def test_hits_say_where_and_never_what() -> None:
    text = "mail ann@example.com"
    assert "ann" not in repr(PatternScanner(USUAL).find([text]))
    assert all(isinstance(hit, Hit) for hit in PatternScanner(USUAL).find([text]).hits[0])


def test_a_country_that_has_no_number_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="'xx'"):
        ScanOptions(countries=("de", "xx"))
