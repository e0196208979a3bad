"""Answers in words, and measures and row tests as people read them."""

from dataclasses import replace

import pytest

from audit.model import Finding, Measure, RowTest, Severity, Step, Where
from audit.ui.measures import name_text, note_text, value_text, where_text
from audit.ui.words import how_many, standing, step_in_words


def finding(severity: Severity, title: str = "x") -> Finding:
    return Finding(check="missing-values", severity=severity, title=title, why="y")


C, W, N, INFO = Severity.CRITICAL, Severity.WARNING, Severity.NOTICE, Severity.INFO


@pytest.mark.parametrize(
    ("levels", "title"),
    [
        ([], "No findings"),
        ([C], "One finding, critical"),
        ([C, C, *[W] * 8], "Ten findings, two of them critical"),
        ([W, N], "Two findings, one of them a warning"),
        ([W, W, N], "Three findings, two of them warnings"),
        ([N], "One finding"),
        ([C] + [N] * 11, "12 findings, one of them critical"),
    ],
)
def test_the_title_counts_in_words(levels, title):
    assert how_many([finding(s) for s in levels]) == title


def test_the_answer_names_what_should_stop_you_and_is_calm_otherwise():
    stop = standing([finding(C, "a"), finding(C, "b"), finding(C, "c"), finding(W, "d")])
    assert stop == (
        "Three findings should stop you from training on this version: **a** and **b**, "
        "and one more."
    )
    look = standing([finding(W, "d"), finding(N), finding(N)])
    assert look.startswith("No finding is critical; one warning and two notices ask for a look")
    assert "first of all: **d**" in look
    assert standing([finding(INFO)]).startswith("Nothing here calls for action; 1 remark")
    assert standing([]).startswith("No check has anything to report")


def test_titles_of_findings_are_escaped_in_the_answer():
    assert "![x]" not in standing([finding(C, "![x](http://e.example)")])


SHARE = Measure(name="missing_share", value=0.109, unit="share", n=48_842)


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        (SHARE, "10.9%"),
        (replace(SHARE, method="approx:hll"), "≈ 10.9%"),
        (replace(SHARE, value=None, reason="no rows"), "–"),
        (replace(SHARE, unit="rows", value=1234), "1,234"),
        (replace(SHARE, unit="coefficient", value=-0.5), "−0.50"),
        (replace(SHARE, unit="bits", value=2.5), "2.5 bits"),
        (replace(SHARE, unit="bytes", value=2_000), "2.0 kB"),
        (replace(SHARE, name="statistical_parity_difference", value=-0.195), "−19.5 pp"),
    ],
)
def test_a_measure_is_written_in_the_format_of_its_unit(measure, text):
    assert value_text(measure) == text


def test_a_measure_says_what_it_rests_on():
    assert note_text(SHARE) == "n = 48,842"
    exact = replace(SHARE, low=0.105, high=0.114, method="wilson")
    assert note_text(exact) == "n = 48,842, 95% interval 10.5% to 11.4%, wilson"
    assert (
        note_text(replace(SHARE, value=None, reason="There are no rows.")) == "There are no rows."
    )
    assert name_text(SHARE) == "Missing share"
    assert name_text(replace(SHARE, group=(("sex", "Female"),))) == "Missing share (Female)"


@pytest.mark.parametrize(
    ("test", "text"),
    [
        (
            RowTest(op="from-to", columns=("age",), values=(20, 30.5)),
            "age is from 20 to below 30.5",
        ),
        (RowTest(op="equal", columns=("sex",), values=("{0}",)), "sex is {0}"),
        (RowTest(op="in", columns=("a",), values=tuple("abcde")), "a is a or b or c or d or …"),
        (RowTest(op="in", columns=("a",), values=(None, "?")), "a is missing or ?"),
        (RowTest(op="missing", columns=("a",)), "a is missing"),
        (RowTest(op="repeat"), "all columns repeat an earlier row"),
        (RowTest(op="equal", columns=("{a}",), values=(True,)), "{a} is true"),
    ],
)
def test_a_row_test_is_a_phrase_and_braces_in_names_are_just_braces(test, text):
    assert where_text(Where(tests=(test,))) == text


def test_several_tests_are_joined_by_what_joins_them():
    tests = (RowTest(op="missing", columns=("a",)), RowTest(op="missing", columns=("b",)))
    assert where_text(Where(tests=tests)) == "a is missing, b is missing"
    assert where_text(Where(tests=tests, any=True)) == "a is missing or b is missing"
    assert where_text(Where()) == "all rows"


def test_a_step_is_said_in_words():
    step = Step(remedy="drop-missing", params=(("columns", ("age", "pay")), ("at_least", 2)))
    assert step_in_words(step) == "Drop missing: age, pay; at_least 2"
    assert step_in_words(Step(remedy="drop-duplicates")) == "Drop duplicates"
    params = (("columns", ("note",)), ("entities", ("US_SSN", "PERSON")), ("mode", "tag"))
    assert step_in_words(Step(remedy="redact-pii", params=params)) == (
        "Redact personal data: note; US social security number, name of a person; each hit "
        "becomes the name of its kind"
    )
    hidden = Step(remedy="k-anonymize", params=(("columns", ("zip",)), ("k", 5), ("l", 2)))
    assert step_in_words(hidden) == "Make k-anonymous: zip; k = 5; l = 2"
