"""What checks share: names of groups, numbers in sentences, which findings are told."""

import doctest

import pytest

from audit.judging import choice, words
from audit.judging.groups import away_from_zero, clearly_worse, group_name, level_name
from audit.model import Finding, Severity
from tests.checks import people


@pytest.mark.parametrize("module", [choice, words])
def test_the_examples_hold(module):
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Female", "“Female”"),
        ("F", "“sex = F”"),
        ("1", "“sex = 1”"),
        ("yes", "“sex = yes”"),
        ("True", "“sex = True”"),
        ("25-44", "“sex = 25-44”"),
        ("女性", "“女性”"),
    ],
)
def test_a_value_that_says_nothing_alone_is_named_with_its_column(value, name):
    assert level_name(people.axis("sex", (value, "other")), "sex", value) == name
    assert level_name(None, "sex", value) == name


def test_bins_are_named_with_their_column():
    ages = people.axis("age", ("under 25", "25 and over"), edges=(25.0,))
    report = people.plain(axes=(ages, people.axis("sex", ("Female",))))
    levels = (("age", "under 25"), ("sex", "Female"))
    assert group_name(report, levels) == "“age under 25” × “Female”"


def test_an_intersection_is_worse_only_beyond_the_intervals_of_all_its_parts():
    whole, sex, race = (("s", "f"), ("r", "b")), (("s", "f"),), (("r", "b"),)
    assert clearly_worse(whole, {whole: (0.5, 0.6), sex: (0.2, 0.4), race: (0.1, 0.4)})
    assert not clearly_worse(whole, {whole: (0.5, 0.6), sex: (0.2, 0.5), race: (0.1, 0.4)})
    assert clearly_worse(whole, {whole: (0.5, 0.6)})
    assert clearly_worse(sex, {sex: (0.1, 0.2), race: (0.9, 1.0)})


@pytest.mark.parametrize(
    ("value", "half", "ends"),
    [(0.3, 0.1, (0.2, 0.4)), (-0.3, 0.1, (0.2, 0.4)), (0.1, 0.3, (0.0, 0.4)), (None, 0.1, (0, 0))],
)
def test_the_size_of_a_difference_has_an_interval(value, half, ends):
    assert away_from_zero(people.estimate("x", value, half)) == pytest.approx(ends)


def finding(case):
    severity = Severity.WARNING if case.startswith("w") else Severity.NOTICE
    return Finding(check="c", severity=severity, title=case, why=".", columns=(case,))


def test_findings_are_shown_worst_first_and_the_last_counts_the_others():
    found = list(choice.capped(["n2", "w1", "n1", "n3"], 3, finding, "group", unlisted=1))
    assert [f.title for f in found] == ["w1", "n1", "n2"]
    assert [f.caveats for f in found] == [
        (), (), ("2 more groups of this kind are not listed here.",)
    ]  # fmt: skip
    (only,) = choice.capped(["w1"], 3, finding, "group")
    assert only.caveats == ()
    (only, _) = reversed(list(choice.capped(["a", "b", "c"], 2, finding, "gap")))
    assert only.caveats == ("1 more gap of this kind is not listed here.",)
    assert list(choice.capped([], 3, finding, "group")) == []
