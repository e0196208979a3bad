"""What a comparison says in sentences: never only the good news."""

from dataclasses import replace

import pytest

from audit.comparing import words as told
from audit.comparing.values import ColumnLoss, InformationLoss, Pairing, Utility
from audit.model import Measure
from audit.runner.residual import Remaining, Residual
from audit.ui.compare import beside, columns, findings, learning, lost, remaining, scores, words
from tests.ui import comparison_values as made

UNMOVED = Pairing(relation="same rows", paired=8, removed=0, copied=0, added=0, changed=0)


def plain(text: str) -> str:
    return text.replace("\\", "")


def test_the_answer_counts_names_the_loudest_loss_and_who_is_gone():
    assert plain(words.answer(made.comparison())) == (
        "**2 measures got better, 2 got worse, 1 stayed; of two nothing can be said.** "
        "The loudest loss: Rows, from 48,842 to 44,866. "
        "The largest gain: Label rate, “Female” ÷ “Male” (weighted), from 0.36 to 1.00. "
        "**3,976 rows are gone, and not evenly: 35.0% of “Other” (race), against 8.1% of all "
        "rows.**"
    )


def test_a_loss_past_its_threshold_is_louder_than_a_longer_one():
    given = {"unit": "ratio", "ideal": 1.0, "poor": 0.0, "threshold": 0.8}
    past = made.line("A", 0.81, 0.79, "worse", **given)
    longer = made.line("B", 0.7, 0.3, "worse", **given)
    assert told.loss([longer, past]) == (
        "The loudest loss: A, from 0.81 to 0.79, past its threshold."
    )


def test_that_nothing_got_worse_is_said_and_nothing_is_hidden():
    def counts(*lines):
        return told.counts(made.comparison(lines=lines))

    better = made.line("A", 0.2, 0.1)
    assert counts(better) == "1 measure got better, 0 got worse."
    same = made.line("A", 0.2, 0.2, "same")
    as_it_was = "3,976 rows went, 120 rows changed: the one measure is as it was."
    assert counts(same) == as_it_was
    still = replace(made.comparison(lines=(same, same)), pairing=UNMOVED)
    assert told.counts(still) == "Nothing moved: all 2 measures are as they were."
    assert "can be measured" in counts()


def test_a_measure_without_a_goal_is_not_one_of_which_nothing_can_be_said():
    rows = made.line("Rows", 9, 8, "unknown", unit="rows", ideal=None, poor=None)
    assert told.of_verdict([rows], "unknown") == ()


def test_a_group_of_a_sensitive_column_is_named_before_others():
    others = (
        made.removal("?", 900, 900, column="workclass"),
        made.removal("Other", 406, 142),
    )
    assert "35.0% of “Other” (race)" in told.filtered_out(made.comparison(removals=others))


def test_values_that_differ_are_not_written_alike():
    line = made.line("A", 0.0415, 0.0372, "worse", unit="ratio", ideal=1.0, poor=0.0)
    assert told.values(line) == ("0.0415", "0.0372")


@pytest.mark.parametrize(
    ("removals", "said"),
    [
        (made.removals()[2:4], "no group lost more of its rows than all do"),
        (made.removals()[4:], "all groups are too small"),
        ((), "no column is marked as sensitive"),
    ],
)
def test_it_is_said_where_nobody_or_nothing_can_be_told(removals, said):
    assert said in told.filtered_out(made.comparison(removals=removals))


def test_unpaired_rows_say_what_cannot_be_said():
    apart = Pairing(relation="other data", paired=0, removed=9, copied=0, added=9, changed=0)
    comparison = made.comparison(pairing=apart, removals=(), overall_removal=None)
    assert "cannot be said" in told.filtered_out(comparison)
    assert "who was filtered out and which cells changed" in words.pairing_in_words(apart)
    kept = made.comparison().pairing
    assert plain(words.pairing_in_words(kept)).startswith(
        "44,866 rows still there, 3,976 rows gone, 120 rows with a changed cell."
    )


def test_names_from_data_are_escaped_everywhere():
    hostile = made.HOSTILE
    lines = (made.line(hostile, 0.1, 0.2, "worse"),)
    removed = (made.removal(hostile, 900, 600, column=hostile),)
    comparison = made.comparison(lines=lines, removals=removed)
    drift = (made.drift(hostile, 0.9),)
    said = [words.answer(comparison), words.sides(comparison), columns.answer(drift)]
    said.append(findings.line(made.findings()[0]))
    for text in said:
        assert "![x]" not in text
        assert "<b>" not in text


def test_sides_name_both_versions():
    assert plain(words.sides(made.comparison())) == (
        "Before: Census, version 3f9a71, 48,842 rows · "
        "After: Census · mended, version b20c4e, 44,866 rows · two steps"
    )


def test_columns_that_moved_are_counted_the_farthest_named_and_lost_ones_told():
    assert plain(columns.answer(made.comparison().drift)) == (
        "1 column is spread otherwise than before: “race” (PSI 0.12); “name” is gone."
    )
    assert "No column is spread otherwise" in columns.answer((made.drift("a", 0.001),))


def test_the_column_in_depth_is_the_one_that_moved_most_and_can_be_drawn():
    drift = (
        made.drift("id", None, kind="", reason="too many values"),
        made.drift("city", 0.9),
        made.drift("sex", 0.2),
        made.drift("age", 0.5, kind="number"),
        made.drift("new", None, type_before=""),
    )
    assert [d.column for d in columns.ranked(drift)][:3] == ["city", "age", "sex"]
    assert columns.in_depth_first(drift, {"city"}) == ["age", "sex", "id", "city"]


def test_types_of_columns_are_told_in_words():
    drift = (
        made.drift("a"),
        made.drift("b", type_after="BIGINT"),
        made.drift("c", type_before="INTEGER", type_after="BIGINT"),
        made.drift("d", type_before=""),
    )
    told = ["text", "text → whole number", "whole number", "– → text"]
    assert list(columns.table(drift, paired=True)["Type"]) == told


def test_findings_are_counted_with_the_new_ones_first():
    found = made.findings()
    assert findings.answer(found) == (
        "1 finding is new; 1 is more severe; 1 is resolved; 1 remains."
    )
    assert findings.answer(()) == "✓ Neither version has a finding."
    assert findings.answer(found[3:]) == "All findings remain as they were: 1 finding."
    assert findings.answer(found[:1]) == "No finding is new; 1 is resolved."
    assert "notice → warning" in findings.line(found[2])
    assert "not a problem: People do grow old" in findings.line(found[3])


def test_learning_says_as_far_as_can_be_told():
    comparison = made.comparison()
    said = plain(learning.answer(comparison.utility, comparison.associations))
    assert said == (
        "A model learns as well from it as before, as far as can be told (ROC AUC of a model "
        "trained on it: −0.008). One correlation moved by a tenth or more, most of all that of "
        "“age” and “income”."
    )


def test_why_no_model_learns_is_said():
    none = Utility(reason="There is no label.")
    assert plain(learning.answer(none, ())) == (
        "How well a model learns is not known: There is no label."
    )


def test_tables_hold_intervals_methods_reasons():
    row = scores.table(made.lines()).to_dict("records")[5]
    assert row["95% interval"] == "−0.02 to +0.004"
    assert row["Verdict"] == "? unclear"
    assert row["Why"] == "The interval of the change holds 0."
    removed = beside.removals_table(made.comparison()).to_dict("records")
    assert removed[0]["95% interval"] == "32.0% to 38.0%"
    assert removed[4]["Against all rows"] == "? too few"
    steps = beside.steps_table(made.effects())
    assert list(steps.columns) == ["Step", "Rows left", "Removed"]
    assert list(steps["Rows left"]) == [48_842, 45_222, 44_866]


def left(entity: str, before: float | None, after: float | None, **more: object) -> Remaining:
    shares = [None if v is None else made.measure(v) for v in (before, after)]
    return Remaining(column="notes", entity=entity, before=shares[0], after=shares[1], **more)


@pytest.mark.parametrize(
    ("found", "complete", "said"),
    [
        ((), True, "No personal data was found, before or after."),
        ((), False, "No personal data was found in the values looked at, before or after."),
        (
            (left("PERSON", 0.2, None),),
            False,
            "No personal data is found any more in the values looked at: 1 kind of it is gone.",
        ),
        (
            (left("PERSON", 0.2, 0.1), left("EMAIL_ADDRESS", 0.1, None)),
            True,
            "Personal data is still found in “notes”; 1 kind of it is gone.",
        ),
        (
            (left("PERSON", 0.2, 0.2, made_up=True),),
            True,
            "No personal data but pseudonyms is found any more.",
        ),
    ],
)
def test_what_is_still_found_is_said_and_a_sample_is_never_everything(found, complete, said):
    residual = Residual(found=found, compared=True, complete=complete)
    assert plain(remaining.answer(residual)) == said


def test_each_kind_says_what_became_of_it():
    found = [
        left("PERSON", 0.2, 0.2),
        left("PERSON", 0.2, 0.1),
        left("PERSON", 0.2, None),
        left("PERSON", None, 0.1),
        left("PERSON", 0.2, 0.2, made_up=True),
    ]
    assert [remaining.verdict(one) for one in found] == [
        *("= as before", "▲ less, still there", "✓ gone", "◆ new", "✓ pseudonyms"),
    ]


def test_what_is_lost_is_told_with_the_column_that_loses_most():
    def column(name: str, lost: float | None, later: str = "") -> ColumnLoss:
        reason = "" if lost is not None else "It holds numbers still."
        penalty = Measure(name="p", value=lost, unit="share", n=9, reason=reason)
        far = Measure(name="il1s", value=0.25, unit="value", n=9)
        return ColumnLoss(
            column=name, later=later or name, certainty_penalty=penalty, il1s=far, cleared=2
        )

    def loss(*columns: ColumnLoss) -> InformationLoss:
        one = Measure(name="m", value=0.15, unit="share", n=9, group=(("k", "5"),))
        return InformationLoss(
            columns=columns,
            certainty_penalty=one,
            by=(),
            average_class_size=one,
            discernibility=one,
            suppressed=0,
        )

    several = loss(column("age", 0.1), column("zip", 0.2, "area"), column("pay", None))
    assert (
        lost.answer(several) == "15.0% of what 2 columns could say is lost, most in area (20.0%)."
    )
    assert lost.answer(loss(column("pay", None))) == "No column became coarser."
    lines = lost.table(several).to_dict("records")
    assert [line["Column"] for line in lines] == ["age", "zip → area", "pay"]
    assert (lines[2]["Certainty penalty"], lines[2]["Why not"]) == ("–", "It holds numbers still.")
