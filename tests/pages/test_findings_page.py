"""Findings: worst first, narrowed, shown with their rows, dismissed and taken back."""

import pytest

from audit import runner
from audit.model import Severity
from audit.runner import recipe_draft

FINDINGS = "pages/audit/findings.py"


def written(app) -> str:
    """The Markdown of the page as it goes to the browser."""
    return "\n".join(str(e.value) for e in (*app.main.get("markdown"), *app.title, *app.subheader))


JOINER = "\u2060"
"""Keeps a browser from taking a name for an address; it has no width."""


def words(app) -> str:
    """The same as a person reads it: without the marks of the escaper."""
    return written(app).replace("\\", "").replace(JOINER, "")


@pytest.fixture
def faulty(version_of):
    """200 rows: a coded missing value, a constant, missing values, a repeated row."""
    n = 199
    rows = {
        "age": [20 + (i * 7) % 50 for i in range(n)],
        "job": ["?" if i % 10 == 0 else f"job {i % 6}" for i in range(n)],
        "country ![x](http://e.example)": ["US"] * n,
        "pay": [None if i % 2 else float(i) for i in range(n)],
    }
    return version_of({k: [*v, v[0]] for k, v in rows.items()}, name="faulty")


@pytest.fixture
def page(open_app, faulty):
    return open_app(faulty, FINDINGS)


def listed(app) -> list[str]:
    return list(app.radio[0].options)


def test_the_title_counts_the_open_findings(page, faulty):
    n = len(runner.kept_result(faulty).open_findings)
    assert n >= 4
    assert "finding" in page.title[0].value


def test_findings_are_listed_worst_first_with_their_marks(page, faulty):
    found = runner.kept_result(faulty).open_findings
    shown = [f for f in found if f.severity > Severity.INFO]
    assert len(listed(page)) == len(shown)
    marks = {"critical": "◆", "warning": "▲", "notice": "●"}
    for option, finding in zip(listed(page), shown, strict=True):
        assert marks[finding.severity.word] in option
    assert [f.severity for f in shown] == sorted((f.severity for f in shown), reverse=True)


def test_the_first_finding_is_open_with_why_it_matters_and_its_numbers(page, faulty):
    first = next(f for f in runner.kept_result(faulty).open_findings)
    assert len(page.subheader) == 1
    assert page.metric
    assert "n = " in words(page)
    assert first.title in words(page)
    assert first.why in words(page)


def test_search_narrows_the_list_and_says_so_when_nothing_is_left(page):
    page.text_input(key="search").set_value("JOB").run()
    assert listed(page)
    assert all("job" in option for option in listed(page))
    page.text_input(key="search").set_value("no such word").run()
    assert "No finding passes these filters." in words(page)


def test_severities_can_be_switched_off(page, faulty):
    page.pills(key="severity").set_value(["notice"]).run()
    expected = sum(f.severity is Severity.NOTICE for f in runner.kept_result(faulty).open_findings)
    assert len(listed(page)) == expected


def choose(app, text: str):
    option = next(i for i, o in enumerate(listed(app)) if text in o)
    return app.radio[0].set_value(option).run()


def test_show_the_rows_shows_exactly_the_rows_meant(page, faulty):
    page.text_input(key="search").set_value("job").run()
    choose(page, "?")
    next(t for t in page.toggle if t.label == "Show the rows").set_value(True).run()
    rows = page.dataframe[-1].value
    assert set(rows["job"]) == {"?"}
    assert list(rows.index) == [*(i + 1 for i in range(0, 199, 10)), 200]
    assert rows.columns[0] == "job"


def test_what_would_mend_it_is_added_to_the_recipe_in_one_click(page, faulty):
    page.text_input(key="search").set_value("job").run()
    choose(page, "?")
    assert "What would mend it" in words(page)
    assert "coming" not in words(page)
    next(b for b in page.button if b.label == "Add to the recipe").click().run()
    (step,) = recipe_draft.draft(faulty).steps
    assert step.remedy == "replace-null-tokens"
    assert "job" in step.why
    assert "✓ in the recipe" in words(page)


def test_not_a_problem_needs_a_reason_and_keeps_it_apart(page, faulty):
    title = page.subheader[0].value
    before = len(listed(page))
    submit = next(b for b in page.button if b.label == "Dismiss the finding")
    submit.click().run()
    assert "Say why" in page.error[0].value
    assert len(listed(page)) == before

    reason = next(t for t in page.text_input if t.label.startswith("Why"))
    reason.set_value("It is a sample of one country.")
    next(b for b in page.button if b.label == "Dismiss the finding").click().run()
    assert not page.error
    assert len(listed(page)) == before - 1
    assert runner.dismissals(faulty)[0].reason == "It is a sample of one country."

    page.segmented_control(key="shelf").set_value("Dismissed (1)").run()
    assert page.subheader[0].value == title
    assert "It is a sample of one country" in words(page)
    next(b for b in page.button if b.label == "Take it back").click().run()
    assert runner.dismissals(faulty) == ()


def test_hostile_names_stay_text(page):
    assert "![x]" not in written(page) + "".join(listed(page))


def test_nothing_to_report_says_which_checks_ran_on_how_many_rows(
    open_app, version_of, monkeypatch
):
    monkeypatch.setattr(runner.Policy, "selected", lambda self: ())
    app = open_app(version_of({"a": list(range(50))}), FINDINGS)
    assert "✓ No check has anything to report" in words(app)
    assert "0 checks ran on 50 rows" in words(app)
