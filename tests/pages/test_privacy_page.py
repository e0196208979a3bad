"""Privacy: what a person reads, chooses and changes, on reports made up and on real ones."""

import json
import threading
import time
from dataclasses import replace

import pytest

from audit import registry, runner
from audit.errors import ParameterError
from audit.model import ColumnRole, Role, RoleMap
from audit.runner import audits
from audit.store import Version
from audit.ui.privacy.view import PII, RISK
from tests.ui import privacy_values as made

PAGE = "pages/audit/privacy.py"
MAIL = "canary.person@example.org"
PARTS = ["Personal data", "One column", "Repeats", "Detection", "Settings"]


def words(app) -> str:
    """What a person reads, without the backslashes of the escaper."""
    texts = (*app.main.get("markdown"), *app.title, *app.subheader)
    return "\n".join(str(e.value) for e in texts).replace("\\", "")


def answers(app) -> list[str]:
    found = [str(m.value) for m in app.main.get("markdown")]
    return [m.removeprefix("#### ").replace("\\", "") for m in found if m.startswith("#### ")]


def numbers(app) -> dict[str, str]:
    return {m.label: m.value for m in app.main.get("metric")}


def alts(app) -> list[str]:
    return [e.proto.alt for e in app.main.get("plotly_chart")]


def control(app, label: str):
    found = [*app.segmented_control, *app.selectbox, *app.pills, *app.toggle, *app.text_area]
    found += [*app.slider, *app.number_input, *app.multiselect, *app.text_input]
    return next(c for c in found if c.label.startswith(label))


def part(app, name: str):
    return control(app, "Question").set_value(name).run()


def press(app, label: str, settled=None):
    app = next(b for b in app.button if label in b.label).click().run()
    return app if settled is None else wait(app, settled)


def wait(app, settled):
    """Wait for a change: a quick one ends within the run that waits for it."""
    settled(app)
    time.sleep(0.05)
    return settled(app.run())


def lines(app) -> list[dict[str, str]]:
    """Every line of every table."""
    return [
        {k: str(v).replace("\\", "") for k, v in line.items()}
        for t in app.table
        for line in t.value.to_dict("records")
    ]


def keep(version: Version, report: str, value: object, options=None) -> None:
    """Let a report be what a test says."""
    spec = registry.reports()[report]
    chosen = options or runner.report_options(version, report)
    seen = audits._seen(version, spec, None)
    version.keep(audits._kept_name(spec, chosen, seen), value)


def measured(version: Version, personal: object, risk: object) -> None:
    """Keep both reports, and measure the others, which rest on what was found."""
    keep(version, PII, personal)
    runner.run(version, reports=["distribution", "representation"])
    keep(version, RISK, risk)


@pytest.fixture
def told(version_of):
    """Make a version whose reports are those given."""

    def make(personal=None, risk=None, rows=None) -> Version:
        rows = rows or {
            "age": [30, 41, 52, 63] * 10,
            "remarks": [f"ask {MAIL} again", "nothing", "ring at noon", "closed"] * 10,
            "email": [MAIL, "a@example.org", "b@example.org", "c@example.org"] * 10,
        }
        version = version_of(rows, name="made")
        columns = tuple(ColumnRole(column=c, confirmed=True) for c in rows)
        version.set_roles(RoleMap(columns=columns))
        measured(version, personal or made.personal(), risk or made.risk())
        return version

    return make


# What it opens on


def test_it_opens_on_who_is_in_it_and_how_much_was_looked_at(open_app, told):
    app = open_app(told(), PAGE)
    assert not app.error
    assert answers(app)[0] == (
        "“email” holds e-mail addresses, “name” names of people, and one more column holds "
        "personal data. By “age”, “sex” and “zip”, 480 of 2,000 rows are the only ones of their "
        "kind: who knows these of a person finds the row."
    )
    assert numbers(app) == {
        "Columns with personal data": "3 of 6",
        "Kinds of it": "4",
        "Rows with a direct identifier": "≥ 98.1%",
        "Unique rows": "24.0%",
    }
    # 61 + 1,000 + 900 + 900 + 0 + 4 of 61 + 1,900 + 900 + 900 + 900 + 4
    assert "2,865 of 4,665 different values of 6 columns" in words(app)
    assert any("Quick look" in str(b.value) for b in app.main.get("markdown")) or "Quick look" in (
        words(app)
    )


def test_columns_by_kind_are_drawn_and_listed_with_the_reason(open_app, told):
    app = open_app(told(), PAGE)
    assert "email: e-mail address in 98.1% of the rows" in alts(app)[0]
    listed = [line for line in lines(app) if "What it holds" in line]
    assert [line["Column"] for line in listed] == [
        *("**email**", "**name**", "**remarks**", "**photo**", "**age**", "**segment**"),
    ]
    mail, _, remarks, photo, *_ = listed
    assert mail["What it holds"] == "e-mail addresses"
    assert "The name says e-mail." in mail["Why"]
    assert remarks["Share"].startswith("12.4%")
    assert "11.1% to 13.9%" in remarks["Share"]
    assert remarks["Values looked at"] == "1,000 of 1,900"
    assert photo["What it holds"] == "? not scanned"
    assert "“diagnosis” (health)" in words(app)
    assert "GDPR, Article 9" in words(app)


def test_where_nothing_was_found_it_says_what_was_looked_for(open_app, told):
    app = open_app(told(made.nothing(), made.risk(columns=(), risk=None)), PAGE)
    assert not app.error
    assert answers(app)[0].startswith("✓ No personal data was found in 2 columns.")
    assert "Looked for: e-mail addresses, phone numbers, names of people" in words(app)
    assert "in 65 different values of 2 columns" in words(app)
    assert not alts(app)
    assert not any("Scan everything" in b.label for b in app.button)


def test_what_is_incomplete_is_said_and_never_ticked(open_app, told):
    report = made.nothing()
    slow = replace(report.columns[0], timed_out=2)
    notes = ("2 values took too long.", "Names were not looked for: pip install a-model.")
    report = replace(report, columns=(slow, report.columns[1]), notes=notes, model="")
    app = open_app(told(report), PAGE)
    assert "✓" not in answers(app)[0]
    assert ":orange[▲] 2 values took too long." in words(app)
    assert "pip install a-model" in words(app)


def test_an_empty_dataset_has_nobody_in_it(open_app, told):
    report = made.personal(rows=0, columns=(), repeats=(), texts=(), special=(), sampled=False)
    app = open_app(told(report, made.risk(rows=0, columns=(), risk=None), {"a": [], "b": []}), PAGE)
    assert not app.error
    assert answers(app)[0] == "There are no rows, so that there is nobody to find."


# A scan of everything


def test_everything_is_scanned_as_a_job_and_then_stays_so(open_app, told, settled, monkeypatch):
    version = told()
    asked = []

    def whole(version, report, *, options, progress):
        progress(0.5, "remarks")
        asked.append(options.sample)
        value = made.personal(sampled=False)
        keep(version, report, value, options)
        return value

    app = open_app(version, PAGE)
    monkeypatch.setattr(runner, "report", whole)
    app = press(app, "Scan everything", settled)
    assert asked == [0]
    assert runner.report_options(version, PII).sample == 0
    assert not app.error
    assert not any("Scan everything" in b.label for b in app.button)


def test_a_stopped_scan_says_that_it_goes_on_where_it_stopped(open_app, told, settled, monkeypatch):
    version = told()
    started = threading.Event()

    def endless(version, report, *, options, progress):
        while True:
            started.set()
            time.sleep(0.02)
            progress(0.1, "remarks")

    app = open_app(version, PAGE)
    monkeypatch.setattr(runner, "report", endless)
    app = press(app, "Scan everything")
    assert started.wait(10)
    app = press(app.run(), "Stop")
    app = wait(app, settled)
    assert "goes on where it stopped" in words(app)
    assert runner.report_options(version, PII).sample == 10_000
    assert any("Scan everything" in b.label for b in app.button)


# One column


def test_a_column_is_explained_with_masked_examples(open_app, told):
    app = open_app(told(), PAGE, about="One column", held="remarks")
    assert not app.error
    assert control(app, "Column").value == "remarks"
    assert answers(app) == [
        "The text of “remarks” holds names of people in about 12.4% of the rows, and 2 further "
        "kinds of personal data."
    ]
    assert "12.4% of its texts name a person." in words(app)
    assert ":blue-badge[name of a person]" in words(app)
    assert [line["Kind"] for line in lines(app)] == [
        *("Name of a person", "Phone number", "Postal address"),
    ]
    assert lines(app)[1]["Confirmed"] == "20 of 68"


def test_values_are_shown_only_when_asked_for_and_kept_nowhere(open_app, told):
    mail = made.found("EMAIL_ADDRESS", 0.25, row_numbers=(0, 4))
    column = made.column("email", mail, holds="identifiers", entity="EMAIL_ADDRESS", names=False)
    version = told(made.personal(columns=(column,)))
    runner.set_report_options(version, PII, {"names": False})
    keep(version, PII, made.personal(columns=(column,)))
    app = open_app(version, PAGE, about="One column")
    assert MAIL not in words(app)
    app = control(app, "Show values").set_value(True).run()
    assert not app.error
    assert f":blue-badge[{MAIL}]" in words(app).replace("\u2060", "")
    assert "row 5" in words(app)
    assert "dataset" in repr(app.session_state)
    assert MAIL not in repr(app.session_state)
    assert MAIL not in json.dumps(dict(app.query_params))
    for path in version.folder.rglob("*.json"):
        if path.parent.name == "reports" and path.name.startswith((PII, RISK)):
            assert MAIL not in path.read_text()


def test_a_false_hit_is_put_on_the_allow_list(open_app, told, settled, monkeypatch):
    mail = made.found("EMAIL_ADDRESS", 0.25, row_numbers=(0, 1))
    column = made.column("email", mail, holds="identifiers", entity="EMAIL_ADDRESS", names=False)
    version = told(made.personal(columns=(column,)))
    runner.set_report_options(version, PII, {"names": False, "allow": ["x@example.org"]})
    keep(version, PII, made.personal(columns=(column,)))
    app = open_app(version, PAGE, about="One column")
    app = control(app, "Show values").set_value(True).run()

    def again(version, report, *, options, progress):
        keep(version, report, made.nothing(), options)

    monkeypatch.setattr(runner, "report", again)
    app = control(app, "Which of these are no e-mail addresses?").set_value([1]).run()
    app = press(app, "Not personal: add one value to the allow-list", settled)
    assert not app.error
    assert runner.report_options(version, PII).allow == ("x@example.org", "a@example.org")


# Detection


@pytest.fixture
def sample(tmp_path):
    """One mark that is found, one name that is not looked for, one hit that nobody marked."""
    path = tmp_path / "marked.json"
    entries = [
        {"full_text": f"write to {MAIL} now", "spans": [_span("EMAIL_ADDRESS", 9, 9 + len(MAIL))]},
        {"full_text": "Jane was here", "spans": [_span("PERSON", 0, 4)]},
        {"full_text": "see help@example.org please", "spans": []},
    ]
    path.write_text(json.dumps(entries))
    return path


def _span(entity: str, start: int, end: int) -> dict[str, object]:
    return {"entity_type": entity, "start_position": start, "end_position": end}


def test_detection_is_measured_and_a_false_hit_allowed(
    open_app, told, sample, settled, monkeypatch
):
    version = told()
    runner.set_report_options(version, PII, {"names": False})
    keep(version, PII, made.personal())
    app = open_app(version, PAGE, about="Detection")
    control(app, "or its path").set_value(str(sample))
    app = press(app, "Measure", settled)
    assert not app.error
    assert answers(app) == [
        "Of 2 marked places 50.0% are found, and 50.0% of what is found is marked."
    ]
    # precision 1/2 and recall 1/2, so that F1 and F2 are 1/2, too
    assert numbers(app) == {"Precision": "50.0%", "Recall": "50.0%", "F1": "0.500", "F2": "0.500"}
    by_kind = {line["Kind"]: line for line in lines(app)}
    assert by_kind["E-mail address"]["Recall"].startswith("100.0%")
    assert by_kind["Name of a person"]["Recall"].startswith("0.0%")
    assert "help@example.org" not in words(app)
    app = control(app, "Show values").set_value(True).run()
    assert ":blue-badge[help@example.org]" in words(app).replace("\u2060", "")
    assert "help@example.org" not in repr(app.session_state)
    monkeypatch.setattr(runner, "report", lambda *_, **__: None)
    app = control(app, "Which of these are no e-mail addresses?").set_value([0]).run()
    press(app, "Not personal: add one value to the allow-list", settled)
    assert runner.report_options(version, PII).allow == ("help@example.org",)


def test_a_sample_that_cannot_be_read_says_what_it_should_be(open_app, told, settled):
    app = open_app(told(), PAGE, about="Detection")
    app.file_uploader[0].upload("marked.json", b'[{"text": 1}]', "application/json")
    app = press(app.run(), "Measure", settled)
    assert "Entry 1 of marked.json has no text" in app.error[0].value.replace("\\", "")
    assert control(app, "or its path")


# Repeats


def test_what_models_recite_is_said_with_its_numbers(open_app, told):
    app = open_app(told(), PAGE, about="Repeats")
    assert not app.error
    # 310 + 40 + 12 + 3 e-mail addresses and 110 names in more than one row
    assert answers(app) == [
        "One e-mail address stands in 140 rows, and 475 pieces of personal data stand in more than "
        "one; 73 rows are of texts that repeat."
    ]
    assert numbers(app) == {
        "Pieces that repeat": "475",
        "Most rows of one piece": "140",
        "Rows of equal texts": "61",
        "Rows of nearly equal texts": "12",
    }
    assert "the most frequent in 140 rows" in alts(app)[0]
    app = control(app, "Show rows that hold them").set_value(True).run()
    assert "of 4 rows" in words(app)
    assert MAIL not in repr([d.value.to_dict() for d in app.dataframe])


def test_where_nothing_repeats_it_says_so(open_app, told):
    (kind, _) = made.personal().repeats
    once = replace(kind, times=((1, 900, 900),), most=1, examples=(), row_numbers=())
    app = open_app(told(made.personal(repeats=(once,), texts=())), PAGE, about="Repeats")
    assert answers(app) == [
        "Every piece of personal data stands in one row only: nothing here repeats."
    ]


# Settings


def test_settings_are_kept_once_they_have_worked(open_app, told, settled, monkeypatch):
    version = told()
    app = open_app(version, PAGE, about="Settings")

    def again(version, report, *, options, progress):
        keep(version, report, made.personal(), options)

    monkeypatch.setattr(runner, "report", again)
    control(app, "Never personal").set_value("info@example.org\n\nhelp@example.org")
    control(app, "Always personal").set_value("person: Jane Doe")
    control(app, "Own patterns").set_value(r"STAFF_NUMBER 0.9: \bE\d{6}\b")
    control(app, "Scores from which").set_value("PHONE_NUMBER: 0.6")
    control(app, "Score from which").set_value(0.5)
    app = press(app, "Save and measure anew", settled)
    assert not app.error
    kept = runner.report_options(version, PII)
    assert kept.allow == ("info@example.org", "help@example.org")
    assert kept.deny == {"PERSON": ("Jane Doe",)}
    assert (kept.patterns[0].entity, kept.patterns[0].score) == ("STAFF_NUMBER", 0.9)
    assert kept.thresholds == {"PHONE_NUMBER": 0.6}
    assert kept.threshold == 0.5
    assert kept.entities is None
    app = press(app, "Back to the usual settings", settled)
    assert runner.report_options(version, PII).allow == ()


@pytest.mark.parametrize(
    ("box", "typed", "problem"),
    [
        ("Own patterns", "STAFF: (", "The pattern for STAFF"),
        ("Always personal", "Jane Doe", "In the deny-list: line 1 does not say of which kind"),
        ("spaCy pipeline", "no_such_model", "not installed"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_typed_is_lost(open_app, told, box, typed, problem):
    version = told()
    app = open_app(version, PAGE, about="Settings")
    control(app, "Never personal").set_value("info@example.org")
    control(app, box).set_value(typed)
    app = press(app, "Save and measure anew")
    assert problem in app.error[0].value.replace("\\", "")
    assert control(app, "Never personal").value == "info@example.org"
    assert control(app, box).value == typed
    assert runner.report_options(version, PII).allow == ()


def test_settings_that_cannot_be_measured_leave_everything_as_it_was(
    open_app, told, settled, monkeypatch
):
    version = told()
    app = open_app(version, PAGE, about="Settings")

    def broken(*_, **__):
        message = "It cannot be measured."
        raise ParameterError(message)

    monkeypatch.setattr(runner, "report", broken)
    control(app, "Never personal").set_value("info@example.org")
    app = press(app, "Save and measure anew", settled)
    assert "It cannot be measured" in app.error[0].value
    assert control(app, "Never personal").value == "info@example.org"
    assert runner.report_options(version, PII).allow == ()


# Odd tables


def test_hostile_names_are_text_in_every_part(open_app, told):
    name = made.HOSTILE
    hostile = made.column(
        name,
        replace(made.found("PERSON", 0.5), examples=(f"{name} [NAME OF A PERSON]",)),
        made.found("OWN", 0.2),
        holds="text",
        reasons=(f"It is called {name}.",),
        note=name,
    )
    report = made.personal(
        columns=(hostile, replace(hostile, place="[].x", found=())),
        repeats=tuple(replace(r, columns=(name,)) for r in made.personal().repeats),
        texts=tuple(replace(t, column=name) for t in made.personal().texts),
        special=((name, name),),
        column_names=((name, "PERSON"),),
        notes=(name,),
    )
    risk = made.risk(columns=(), risk=None)
    app = open_app(told(report, risk, {name: [name, "b"] * 20, "age": [1, 2] * 20}), PAGE)
    for one in control(app, "Question").options:
        app = part(app, one)
        assert not app.error, (one, [e.value for e in app.error])
        assert not app.exception
        raw = "\n".join(str(m.value) for m in app.main.get("markdown"))
        for t in app.table:
            raw += "\n".join(str(v) for v in t.value.to_numpy().ravel())
        for bad in ("![x]", " :material/home:", "<b>", "$x$"):
            assert bad not in raw, (one, bad)


def test_forty_columns_are_drawn_in_part_and_listed_whole(open_app, told):
    many = tuple(
        made.column(f"column {i}", made.found("PERSON", 0.1 + i / 100), holds="text")
        for i in range(40)
    )
    app = open_app(told(made.personal(columns=many)), PAGE)
    assert "20 of 40 columns" in words(app)
    assert len([line for line in lines(app) if "What it holds" in line]) == 40


# The overview's card


def test_the_overview_says_who_is_in_it(open_app, told):
    app = open_app(told())
    assert not app.error
    found = numbers(app)
    assert found["Personal columns"] == "3 of 6"
    assert found["Unique rows"] == "24.0%"
    # Who stands out is the worst finding here, so that the card draws that.
    assert any(alt.startswith("Share of rows by class size: unique 24.0%") for alt in alts(app))
    assert "Privacy" in words(app)


def test_values_in_rows_are_masked_where_personal_data_was_found(open_app, told):
    version = told()
    roles = tuple(ColumnRole(column=c, roles=(Role.DATE,), confirmed=True) for c in ("age",))
    version.set_roles(RoleMap(columns=roles))
    measured(version, made.personal(), made.risk())
    app = open_app(version, PAGE, about="One column", held="email")
    app = control(app, "Show whole rows").set_value(True).run()
    shown = repr([d.value.to_dict() for d in app.dataframe])
    assert MAIL not in shown
    assert "xxxxxx.xxxxxx@xxxxxxx.xxx" in shown
