"""A comparison as HTML: all of it in one file, and nothing in the data is run or fetched."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from audit.comparing.values import (
    AssociationKept,
    ColumnDrift,
    Comparison,
    FindingChange,
    GroupRemoval,
    Line,
    Pairing,
    Side,
    Utility,
    Withheld,
)
from audit.export.comparison_html import render
from audit.mending.effects import Effect
from audit.model import Finding, Measure, RoleMap, Severity

LOUD = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "![x](https://example.org/x.png)",
    "{{ 7 * 7 }}{% raw %}",
    "a\u202eb\x00\x1b[31m",
]


def measure(value, **more):
    return Measure(name="m", value=value, unit="share", n=100, **more)


def comparison(text, group="f"):
    groups = (("sex", group),)
    side = Side(version="abc", name=text, rows=100, columns=2, roles=RoleMap(), weight=text or None)
    finding = Finding(
        check="c", severity=Severity.WARNING, title=f"“{text}” is rare", why="", columns=(text,)
    )
    return Comparison(
        before=side,
        after=side,
        pairing=Pairing(
            relation="made from it", paired=90, removed=10, copied=0, added=0, changed=1
        ),
        lines=(
            Line(
                topic="label bias",
                name="m",
                title=f"Rate of “{text}”, “{group}”",
                before=measure(0.4),
                after=measure(0.2),
                group=groups,
                ideal=1.0,
                poor=0.0,
                threshold=0.3,
                verdict="worse",
                change=-0.2,
                low=-0.3,
                high=-0.1,
                reason=text,
            ),
        ),
        findings=(FindingChange(what="new", after=finding, dismissed=text),),
        removals=(
            GroupRemoval(
                group=groups,
                rows=50,
                removed=10,
                share=measure(0.2, low=0.1, high=0.3),
                ratio=measure(2.0),
                verdict="more",
            ),
        ),
        overall_removal=measure(0.1),
        drift=(
            ColumnDrift(
                column=text,
                type_before="INTEGER",
                type_after="INTEGER",
                kind="number",
                psi=measure(0.1),
                ks=measure(0.1),
                js=measure(0.1),
                reason=text,
            ),
        ),
        associations=(AssociationKept(columns=(text, "b"), measure="r", before=0.1, after=0.3),),
        utility=Utility(reason=text),
        steps=(
            Effect(
                position=1,
                remedy="r",
                title=text,
                rows_in=100,
                rows_out=90,
                removed=10,
                reasons=((text, 10),),
                notes=(text,),
            ),
        ),
        notes=(text,),
    )


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, *pair) for pair in attrs]

    def handle_data(self, data):
        self.text.append(data)


def read(page):
    found = Elements()
    found.feed(page)
    return found


PLAIN = read(render(comparison("plain")))


@pytest.mark.parametrize("text", LOUD)
def test_what_stands_in_data_makes_no_element_and_no_attribute(text):
    found = read(render(comparison(text, group=text)))
    assert found.tags == PLAIN.tags
    assert not found.tags & {"script", "img", "link", "iframe", "object", "a", "form"}
    assert {a for _, a, _ in found.attributes} == {a for _, a, _ in PLAIN.attributes}


def test_no_string_of_the_list_of_naughty_ones_is_more_than_text(shared):
    naughty = json.loads(shared("blns/blns.json").read_text())
    for start in range(0, len(naughty), 80):
        text = " ".join(naughty[start : start + 80])
        assert read(render(comparison(text, group=text[:60]))).tags == PLAIN.tags


def test_nothing_is_fetched_and_no_script_may_run():
    page = render(comparison("plain"))
    policy = next(v for t, a, v in read(page).attributes if t == "meta" and "default-src" in str(v))
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert not re.search(r"(?:src|href|url|@import)\s*[=(]|https?:", page)


def test_it_says_what_the_page_says():
    text = " ".join(" ".join(PLAIN.text).split())
    for part in (
        "1 measure got worse",
        "from 40.0% to 20.0%, past its threshold",
        "10 rows are gone, and not evenly: 20.0% of “f” (sex), against 10.0% of all rows.",
        "◀ worse",
        "−20.0 pp −30.0 pp to −10.0 pp",
        "20.0% (10.0%–30.0%)",
        "warning: “plain” is rare.",
        "1. plain",
    ):
        assert part in text


def test_values_that_hardly_any_row_has_are_masked_unless_asked_for():
    rare = replace(comparison("plain", group="Zaphod"), withheld=Withheld(values=("Zaphod",)))
    assert "Zaphod" not in render(rare)
    assert "Zaphod" in render(rare, include_samples=True)


def test_numbers_of_very_small_groups_are_not_told():
    found = comparison("plain")
    few = replace(found.removals[0], rows=40, removed=3)
    page = render(replace(found, removals=(few,)))
    assert "20.0% (10.0%" not in page
    assert "20.0% (10.0%" in render(replace(found, removals=(few,)), include_samples=True)


def test_findings_that_cannot_be_compared_stand_below_the_step_that_is_why():
    made = comparison("town")
    finding = made.findings[0].after
    why = "Step 1 (Bins) turned the columns' values into groups."
    own = FindingChange(what="not comparable", reason=why)
    changes = (replace(own, before=finding), replace(own, after=finding))
    text = render(replace(made, findings=changes), include_samples=True)
    assert "Cannot be compared: 2 (1 before, 1 after)" in text
    assert text.count("turned the columns&#39; values into groups.") == 1
    for side in ("Before", "After"):
        assert f"<li>{side}, warning: “town” is rare." in text
    assert "No check had anything to report" not in text


def test_a_change_and_its_interval_stand_below_one_another():
    text = render(comparison("town"), include_samples=True)
    assert '−20.0 pp<br><span class="small">−30.0 pp to −10.0 pp</span>' in text


def test_a_measure_without_a_goal_is_not_called_unclear():
    made = comparison("town")
    aimless = replace(made.lines[0], ideal=None, verdict="unknown", reason="Neither is better.")
    text = render(replace(made, lines=(aimless,)), include_samples=True)
    assert "– no goal" in text
    assert "unclear" not in text
    assert "Neither is better." not in text
