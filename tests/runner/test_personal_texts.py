"""Texts shown on demand: the right ones, with the hits the report counts, and nowhere kept."""

import json

import pytest

from audit import runner
from audit.errors import ParameterError
from audit.pii.options import OwnPattern
from audit.pii.values import Hit, Span
from audit.reports.pii.options import Options
from audit.runner.personal import check_options, labelled_texts, texts_with_hits

MAIL = "canary.person@example.org"
PLAIN = Options(names=False)


def test_rows_asked_for_are_read_and_their_hits_found_again(version_of):
    version = version_of({"note": ["nothing", f"ask {MAIL} now", None, MAIL]})
    shown = texts_with_hits(version, "note", "", [3, 1, 2], PLAIN, names=False)
    assert [s.row for s in shown] == [1, 3]
    assert [s.piece(h) for s in shown for h in s.hits] == [MAIL, MAIL]
    assert [h.entity for s in shown for h in s.hits] == ["EMAIL_ADDRESS"] * 2


def test_of_many_texts_in_a_row_those_with_a_hit_are_given(version_of):
    turns = [[{"role": "user", "content": f"I am {MAIL}"}, {"role": "bot", "content": "Fine."}]]
    version = version_of({"messages": turns * 3})
    shown = texts_with_hits(version, "messages", "[].content", [1], PLAIN, names=False)
    assert [(s.row, s.text) for s in shown] == [(1, f"I am {MAIL}")]


def test_nothing_of_them_is_kept_and_a_trace_would_not_quote_them(version_of):
    version = version_of({"note": [f"ask {MAIL}"]})
    before = sorted(version.folder.rglob("*"))
    (shown,) = texts_with_hits(version, "note", "", [0], PLAIN, names=False)
    assert sorted(version.folder.rglob("*")) == before
    assert MAIL not in repr(shown)
    assert "row=0" in repr(shown)


def test_a_place_without_texts_is_an_error(version_of):
    version = version_of({"amount": [1.5, 2.5]})
    with pytest.raises(ParameterError, match="There are no texts at 'amount'"):
        texts_with_hits(version, "amount", "", [0], PLAIN, names=False)


def test_places_of_a_labelled_sample_are_read_again(tmp_path):
    path = tmp_path / "marked.json"
    entries = [{"text": "a", "spans": []}, {"text": f"to {MAIL}", "spans": []}]
    path.write_text(json.dumps(entries))
    hit = Hit(entity="EMAIL_ADDRESS", start=3, end=3 + len(MAIL), score=1, recognizer="x")
    span = Span(entity="PERSON", start=0, end=1)
    found, missed = labelled_texts(path, [(1, hit), (0, span)])
    assert found.piece(found.hits[0]) == MAIL
    assert missed.piece(missed.hits[0]) == "a"


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"patterns": (OwnPattern(entity="STAFF", pattern="(abc"),)}, "not valid"),
        ({"phone_regions": ("Germany",)}, "two letters"),
        ({"names": True, "model": "no_such_model"}, "not installed"),
    ],
)
def test_options_that_no_search_could_use_are_refused(options, problem):
    with pytest.raises(ParameterError, match=problem):
        check_options(Options(**{"names": False, **options}))


def test_the_usual_options_are_not_refused():
    check_options(PLAIN)


def test_the_report_counts_the_hits_that_are_shown(version_of):
    version = version_of({"note": [f"ask {MAIL} or b@example.org", "none", "c@example.org"]})
    runner.set_report_options(version, "pii", {"names": False})
    found = runner.report(version, "pii").column("note").of("EMAIL_ADDRESS")
    shown = texts_with_hits(version, "note", "", found.row_numbers, PLAIN, names=False)
    assert sum(len(s.hits) for s in shown) == found.hits == 3
