"""The frame: navigation, the dataset in use, readable errors; and how a first visit goes."""

import pytest

from audit import runner
from audit.ui import state

PAGES = [
    "pages/explore/overview.py",
    "pages/explore/distribution.py",
    "pages/audit/findings.py",
]
HOSTILE = "![x](http://e.example/x.png) :material/home: <b> $x$"


def words(app) -> str:
    everything = (*app.main.get("markdown"), *app.title, *app.subheader, *app.sidebar.markdown)
    return "\n".join(str(e.value) for e in everything)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_data_says_how_to_get_some_and_offers_every_sample(open_app, page):
    app = open_app(page=page)
    assert [t.value for t in app.title] == ["No dataset yet"]
    labels = [b.label for b in app.button]
    assert labels[0] == "Load a file …"
    assert labels.count("Open") == len(runner.samples())
    assert all(s.title.split("(")[0].strip() in words(app) for s in runner.samples())


def test_a_sample_opens_in_one_click_and_is_measured(open_app, settled):
    app = open_app()
    app.button(key="sample-berkeley").click().run()
    settled(app)
    assert not app.error
    assert [t.value for t in app.title] == ["UC Berkeley admissions 1973"]
    values = {m.label: m.value for m in app.metric}
    assert values["Rows"] == "4,526"
    assert values["Columns"] == "3"


def test_the_sidebar_names_version_rows_and_open_findings(open_app, version_of):
    version = version_of({"a": [1, 1, 1, None], "b": ["x", "y", "z", "x"]}, name=HOSTILE)
    app = open_app(version)
    side = "\n".join(m.value for m in app.sidebar.markdown)
    assert f"version {version.id[:6]} · 4 rows" in side
    assert "![x]" not in side
    counts = runner.kept_result(version).open_findings
    assert counts
    assert str(sum(f.severity == counts[0].severity for f in counts)) in side


def test_the_frame_measures_nothing_by_itself(open_app, version_of):
    version = version_of({"a": [1, 2]})
    app = open_app(version, "pages/deliver/export.py")
    # the overview was opened first, which measured; a version nobody has looked at is not
    other = version_of({"b": [1, 2, 3]})
    app.query_params["dataset"] = other.id
    app.run()
    assert "not measured yet" in "\n".join(m.value for m in app.sidebar.markdown)
    assert runner.kept_result(other) is None


def test_a_version_that_is_gone_is_said_so_and_the_page_offers_others(open_app, version_of):
    app = open_app()
    app.query_params["dataset"] = "0123456789abcdef"
    app.run()
    assert "There is no dataset" in app.error[0].value
    assert [t.value for t in app.title] == ["No dataset yet"]


def test_a_bug_is_a_calm_message_with_an_id_and_no_value(open_app, version_of, monkeypatch, capsys):
    def broken() -> None:
        canary = "canary-4711"
        raise RuntimeError(canary)

    monkeypatch.setattr(state, "current", broken)
    app = open_app()
    (shown, *_) = app.error
    assert "Something went wrong" in shown.value
    written = capsys.readouterr().err
    assert "RuntimeError" in written
    assert "canary-4711" not in written + shown.value
    assert any(
        f"error {line.split()[-1]}" in shown.value
        for line in written.splitlines()
        if line.startswith("evenhand: error")
    )
