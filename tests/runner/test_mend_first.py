"""Mend first: the fewest steps that answer the most severe findings."""

import pytest

from audit import runner
from audit.model import ColumnRole, Finding, Role, RoleMap, Severity, Step
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
