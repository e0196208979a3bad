"""Mend first: the fewest steps that answer the most severe findings."""

from dataclasses import replace

import pytest

from audit import runner
from audit.model import ColumnRole, Finding, Measure, Role, RoleMap, Severity, Step
from audit.runner.audits import Result
from audit.runner.mend_first import Proposal, mend_first, with_proposals
from audit.runner.recipe import Recipe, make_step


def finding(check, severity, *steps, columns=("a",), group=()):
    suggestions = tuple(Step(remedy=r, params=tuple(p.items())) for r, p in steps)
    return Finding(
        check=check,
        severity=Severity[severity],
        title=f"{check} of {columns[0]}",
        why="w",
        columns=columns,
        group=group,
        suggestions=suggestions,
    )


def result(*findings, dismissals=(), sensitive=()):
    columns = tuple(ColumnRole(column=c, roles=(Role.SENSITIVE,)) for c in sensitive)
    return Result(
        version=None,
        roles=RoleMap(columns=columns),
        reports={},
        findings=findings,
        dismissals=dismissals,
        checked=(),
    )


def on(*columns):
    return {"columns": columns}


def told(proposals):
    return [(p.step.remedy, p.step.given, len(p.answers)) for p in proposals]


def test_steps_that_differ_in_their_columns_alone_become_one():
    found = mend_first(
        result(
            finding("pads", "NOTICE", ("trim-space", on("a"))),
            finding("pads", "NOTICE", ("trim-space", on("b")), columns=("b",)),
        )
    )
    assert told(found) == [("trim-space", {"columns": ["a", "b"]}, 2)]
    assert found[0].step.why == "pads of a and 1 more"


def test_one_critical_finding_comes_before_many_notices():
    many = [finding(f"n{i}", "NOTICE", ("trim-space", {})) for i in range(20)]
    grave = finding("c", "CRITICAL", ("drop-missing", on("a")))
    assert told(mend_first(result(*many, grave), most=1)) == [
        ("drop-missing", {"columns": ["a"]}, 1)
    ]


def test_the_step_that_answers_more_of_equal_findings_is_taken():
    both = ("drop-missing", on("a"))
    found = mend_first(
        result(
            finding("one", "WARNING", ("trim-space", {}), both),
            finding("two", "WARNING", both),
        ),
    )
    assert told(found) == [("drop-missing", {"columns": ["a"]}, 2)]


def test_what_is_first_suggested_is_preferred():
    steps = (("trim-space", {}), ("drop-missing", {}))
    assert told(mend_first(result(finding("x", "WARNING", *steps)))) == [("trim-space", {}, 1)]


def test_values_are_cleaned_before_rows_go():
    found = mend_first(
        result(
            finding("c", "CRITICAL", ("drop-missing", {})),
            finding("n", "NOTICE", ("trim-space", {})),
        )
    )
    assert [p.step.remedy for p in found] == ["trim-space", "drop-missing"]


@pytest.mark.parametrize(
    "suggestion", [("no-such-step", {}), ("drop-missing", {"no_such_parameter": "x"})]
)
def test_a_suggestion_that_no_remedy_takes_is_left_out(suggestion):
    assert mend_first(result(finding("x", "WARNING", suggestion))) == ()


def test_no_finding_needs_no_step():
    assert mend_first(result(finding("x", "INFO", ("trim-space", {})))) == ()
    assert mend_first(result(finding("x", "CRITICAL"))) == ()


def test_what_is_in_the_recipe_is_not_added_again():
    known = make_step("trim-space", {"columns": ["a"]}, why="mine")
    recipe = Recipe(steps=(known,))
    same = Proposal(step=make_step("trim-space", {"columns": ["a"]}), answers=())
    other = Proposal(step=make_step("drop-missing"), answers=())
    assert [s.remedy for s in with_proposals(recipe, (same, other)).steps] == [
        "trim-space",
        "drop-missing",
    ]


def test_what_was_called_no_problem_is_not_mended():
    grave = finding("c", "CRITICAL", ("drop-missing", {}))
    gone = runner.Dismissal(check="c", columns=("a",), group=(), reason="known")
    assert mend_first(result(grave, dismissals=(gone,))) == ()


def test_a_column_is_dropped_only_where_a_warning_asks_for_that_first():
    found = mend_first(
        result(
            finding("leak", "CRITICAL", ("drop-columns", on("a"))),
            finding("proxy", "NOTICE", ("drop-columns", on("b")), columns=("b",)),
            finding("driver", "WARNING", ("trim-space", {}), ("drop-columns", on("c"))),
            finding("kind", "WARNING", ("drop-columns", on("sex")), columns=("sex",)),
            sensitive=("sex",),
        )
    )
    assert told(found) == [("trim-space", {}, 1), ("drop-columns", {"columns": ["a"]}, 1)]


def test_no_step_names_a_column_that_another_drops():
    found = mend_first(
        result(
            finding("leak", "CRITICAL", ("drop-columns", on("a"))),
            finding("pads", "WARNING", ("trim-space", on("a"))),
            finding("pads", "WARNING", ("trim-space", on("b")), columns=("b",)),
            finding("rare", "WARNING", ("group-rare-values", {"column": "a"})),
        )
    )
    assert told(found) == [
        ("trim-space", {"columns": ["b"]}, 1),
        ("drop-columns", {"columns": ["a"]}, 1),
    ]


def test_duplicates_are_found_before_the_key_is_dropped():
    found = mend_first(
        result(
            finding("key", "CRITICAL", ("drop-columns", on("id"))),
            finding("duplicate-rows", "WARNING", ("drop-duplicates", {})),
        )
    )
    assert [p.step.remedy for p in found] == ["drop-duplicates", "drop-columns"]


def test_only_one_step_gives_weights():
    found = mend_first(
        result(
            finding("x", "CRITICAL", ("reweigh", {"by": ("sex", "y")})),
            finding("y", "CRITICAL", ("reweigh", {"by": ("race", "y")})),
        )
    )
    assert told(found) == [("reweigh", {"by": ["sex", "y"]}, 1)]


def test_what_stands_for_missing_goes_before_outliers_are_clipped():
    coded = finding("coded-missing", "NOTICE", ("replace-null-tokens", on("a")))
    far = finding("outliers", "WARNING", ("clip-outliers", on("a")))
    remedies = [p.step.remedy for p in mend_first(result(coded, far))]
    assert remedies == ["replace-null-tokens", "clip-outliers"]


def test_a_disparity_that_turns_round_within_strata_is_not_weighed_away():
    women = (("sex", "f"),)
    about = ("sex", "y")
    steps = [("reweigh", {"by": about})]
    found = result(
        finding("label-disparity", "CRITICAL", *steps, columns=about, group=women),
        finding("simpson-reversal", "WARNING", columns=(*about, "department"), group=women),
        finding(
            "proxy",
            "WARNING",
            ("drop-columns", on("department")),
            ("generalize", {"column": "department"}),
            columns=("department",),
        ),
    )
    assert mend_first(found) == ()
    others = finding("label-disparity", "WARNING", *steps, columns=about, group=(("sex", "x"),))
    assert [p.step.remedy for p in mend_first(result(*found.findings, others))] == ["reweigh"]


QUASI = ("zip", "age")
CLASSES = ("k-anonymize", {"columns": QUASI, "k": 5})


def coarser(column):
    return ("generalize", {"column": column})


def test_coarser_values_lessen_and_do_not_answer():
    (one,) = mend_first(result(finding("proxy", "WARNING", coarser("zip"))))
    assert (one.answers, [f.check for f in one.lessens]) == ((), ["proxy"])


def test_a_step_of_which_others_do_all_is_not_proposed():
    unique = finding("many-uniques", "CRITICAL", coarser("age"), CLASSES, columns=QUASI)
    driver = finding("risk-driver", "NOTICE", coarser("age"), columns=("age",))
    told_of = mend_first(result(unique, finding("near", "WARNING", CLASSES, columns=QUASI)))
    assert told(told_of) == [("k-anonymize", {"columns": ["zip", "age"]}, 2)]
    # What is about the coarser values alone is what they are proposed for, and nothing else.
    both = {p.step.remedy: p for p in mend_first(result(unique, driver))}
    assert [f.check for f in both["k-anonymize"].answers] == ["many-uniques"]
    assert [f.check for f in both["generalize"].lessens] == ["risk-driver"]


def test_a_step_chosen_first_goes_where_later_ones_do_all_that_it_does():
    trim, gaps = ("trim-space", {}), ("drop-missing", on("b"))
    found = mend_first(
        result(
            finding("p", "WARNING", trim, ("drop-duplicates", {})),
            finding("q", "WARNING", trim, ("flag-zeros", on("b")), gaps),
            finding("r", "WARNING", ("drop-duplicates", {}), columns=("c",)),
            finding("s", "WARNING", gaps, columns=("b",)),
        )
    )
    assert told(found) == [("drop-duplicates", {}, 2), ("drop-missing", {"columns": ["b"]}, 2)]


def test_classes_are_made_once_and_as_the_stricter_finding_asks():
    diverse = ("k-anonymize", {"columns": QUASI, "k": 3, "l": 2})
    close = ("k-anonymize", {"columns": QUASI, "k": 5, "t": 0.2})
    found = mend_first(
        result(
            finding("many-uniques", "CRITICAL", CLASSES, columns=QUASI),
            finding("low-diversity", "WARNING", diverse, columns=("y", *QUASI)),
            finding("low-diversity", "NOTICE", close, columns=("x", *QUASI)),
        )
    )
    assert told(found) == [("k-anonymize", {"columns": ["zip", "age"], "l": 2}, 2)]


def test_small_classes_are_not_gone_when_they_are_large_enough_for_a_warning():
    (one,) = mend_first(result(finding("low-k", "WARNING", CLASSES, columns=QUASI)))
    assert not one.answers
    wide = ("k-anonymize", {"columns": QUASI, "k": 10})
    (one,) = mend_first(result(finding("low-k", "NOTICE", wide, columns=QUASI)))
    assert not one.lessens


def test_limits_that_names_tell_are_one_step_and_others_are_two():
    age = ("clear-out-of-range", {"columns": ("age",), "minimum": 0, "maximum": 120})
    day = ("clear-out-of-range", on("application_date"))
    own = ("clear-out-of-range", {"columns": ("age",), "minimum": 0, "maximum": 99})
    days = finding("impossible", "WARNING", day, columns=("application_date",))
    found = mend_first(result(finding("impossible", "WARNING", age, columns=("age",)), days))
    assert told(found) == [("clear-out-of-range", {"columns": ["age", "application_date"]}, 2)]
    found = mend_first(result(finding("impossible", "WARNING", own, columns=("age",)), days))
    assert len(found) == 2


def test_free_text_is_not_dropped_for_its_gaps():
    gaps = finding("missing-values", "WARNING", ("drop-columns", on("notes")), columns=("notes",))
    roles = RoleMap(columns=(ColumnRole(column="notes", roles=(Role.FREE_TEXT,)),))
    assert mend_first(replace(result(gaps), roles=roles)) == ()
    assert told(mend_first(result(gaps))) == [("drop-columns", {"columns": ["notes"]}, 1)]


def test_no_weight_lifts_a_group_without_a_good_outcome():
    steps = [("reweigh", {"by": ("sex", "y")})]
    none = Measure(name="disparate_impact", value=0.0, unit="ratio", n=9)
    found = result(replace(finding("label-disparity", "CRITICAL", *steps), measures=(none,)))
    (one,) = mend_first(found)
    assert (len(one.answers), len(one.lessens)) == (0, 1)
