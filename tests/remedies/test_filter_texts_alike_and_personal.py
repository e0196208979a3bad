import itertools

import pytest

from audit import runner
from audit.errors import ParameterError
from audit.mending import near_texts, personal_rows
from audit.reports.pii.looking import Looker

BASE = (
    "the quick brown fox jumps over the lazy dog and then runs far away into the deep dark "
    "green forest tonight"
)
LETTERS = {
    "text": [
        BASE,
        BASE.upper().replace(" ", "  "),
        f"{BASE} again",
        "something else entirely with other words in it",
        None,
        "  ",
        "short",
        "Short",
    ]
}


def left(done):
    return runner.lineage(done.version).tolist()


def jaccard(one, other):
    sets = [
        {tuple(words[i : i + 5]) for i in range(len(words) - 4)}
        for words in (one.casefold().split(), other.casefold().split())
    ]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def test_one_of_each_set_of_texts_stays_and_rows_without_a_text_do(mended):
    assert jaccard(BASE, f"{BASE} again") == pytest.approx(17 / 18)
    done = mended(LETTERS, ("drop-near-duplicates", {"column": "text", "threshold": 0.9}))
    assert left(done) == [0, 3, 4, 5, 6]
    assert dict(done.effect.reasons) == {
        "the same text in 'text' as another row": 2,
        "nearly the same text in 'text'": 1,
    }


def test_the_threshold_decides_which_texts_are_alike(mended):
    done = mended(LETTERS, ("drop-near-duplicates", {"column": "text", "threshold": 0.99}))
    assert left(done) == [0, 2, 3, 4, 5, 6]


def test_the_longest_may_stay(mended):
    step = {"column": "text", "threshold": 0.9, "keep": "longest"}
    assert left(mended(LETTERS, ("drop-near-duplicates", step))) == [2, 3, 4, 5, 6]


def test_no_two_texts_that_stay_are_alike(mended):
    words = BASE.split()
    texts = [
        " ".join(words[i:] + words[:j]) for i, j in itertools.product(range(0, 20, 4), repeat=2)
    ]
    done = mended({"text": texts}, ("drop-near-duplicates", {"column": "text", "threshold": 0.6}))
    assert 1 < done.effect.rows_out < len(texts)
    for one, other in itertools.combinations(done.column("text"), 2):
        assert jaccard(one, other) < 0.6


def test_texts_that_are_too_many_stay_and_are_told(mended, monkeypatch):
    monkeypatch.setattr(near_texts, "MOST_TEXTS", 2)
    data = {"text": ["first one", "second one", "third one", "third one", "first one"]}
    done = mended(data, ("drop-near-duplicates", {"column": "text"}))
    assert left(done) == [0, 1, 2, 3]
    assert "2 further rows were not compared" in done.effect.notes[0]


def test_numbers_have_no_words_to_compare(mended):
    with pytest.raises(ParameterError, match="holds no text"):
        mended({"n": [1]}, ("drop-near-duplicates", {"column": "n"}))


NOTES = {
    "note": [
        "mail me at jane.doe@example.com please",
        "nothing here at all",
        "call +1 212 555 0187 now, or jane.doe@example.com",
        None,
    ],
    "n": [1, 2, 3, 4],
}


def test_rows_with_personal_data_go_and_the_reason_says_which_kind_but_not_what(mended):
    done = mended(NOTES, ("drop-pii-rows", {"columns": ["note"], "names": False}))
    assert done.column("n") == [2, 4]
    assert {reason.split(": ")[1] for reason, _ in done.effect.reasons} <= {
        "e-mail address",
        "phone number",
    }
    assert "jane" not in runner.applied(done.version).recipe + str(done.effect)


def test_kinds_may_be_chosen(mended):
    step = {"entities": ["PHONE_NUMBER"], "names": False}
    assert mended(NOTES, ("drop-pii-rows", step)).column("n") == [1, 2, 4]


def test_kinds_that_nothing_finds_are_refused():
    with pytest.raises(ParameterError, match="did you mean PHONE_NUMBER"):
        runner.make_step("drop-pii-rows", {"entities": ["PHONE"]})


def test_a_text_of_which_only_the_beginning_was_looked_at_is_told(mended):
    data = {"note": ["mail jane.doe@example.com now", "so " * 10_000 + "jane.doe@example.com"]}
    done = mended(data, ("drop-pii-rows", {"columns": ["note"], "names": False}))
    assert left(done) == [1]
    assert "Of 1 texts the first 20,000 characters" in done.effect.notes[0]


def test_a_text_that_many_rows_hold_is_looked_at_once_and_all_of_them_go(mended, monkeypatch):
    seen = []
    scan = Looker.scan

    def noted(self, texts, **told):
        seen.append(list(texts))
        return scan(self, texts, **told)

    monkeypatch.setattr(Looker, "scan", noted)
    monkeypatch.setattr(personal_rows, "_ROWS", 3)
    data = {"note": ["mail jane.doe@example.com", "nothing", None, "other"] * 20}
    done = mended(data, ("drop-pii-rows", {"columns": ["note"], "names": False}))
    assert sorted(set(done.column("note")) - {None}) == ["nothing", "other"]
    assert done.effect.removed == 20
    # Once to tell what the column is made of, and once for all rows; blanks warm a scanner up.
    assert [sorted(texts) for texts in seen if any(texts)] == [
        ["mail jane.doe@example.com", "nothing", "other"]
    ] * 2


def test_of_several_texts_in_a_row_the_first_says_why_it_goes(mended):
    data = {
        "notes": [
            ["call +1 212 555 0187", "and jane.doe@example.com"],
            ["nothing", "z +1 212 555 0187", "at jane.doe@example.com"],
            ["nothing"],
            [],
            None,
        ]
    }
    step = {"columns": ["notes"], "entities": ["PHONE_NUMBER", "EMAIL_ADDRESS"], "names": False}
    done = mended(data, ("drop-pii-rows", step))
    assert left(done) == [2, 3, 4]
    assert dict(done.effect.reasons) == {"'notes' holds personal data: e-mail address": 2}
