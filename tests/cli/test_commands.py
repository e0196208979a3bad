"""The command line: data on standard output, the rest on standard error, exit codes that mean it."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    rows = "".join(f"{i % 50 + 18},{'FM'[i % 2]},{i % 3 == 0:d}\n" for i in range(300))
    path.write_text(f"age,sex,hired\n{rows}")
    return path


def test_an_audit_writes_json_to_standard_output_and_nothing_else_there(evenhand, people):
    code, out, err = evenhand("audit", people, "--json", "-", "--fail-on", "never")
    assert code == 0
    assert json.loads(out)["dataset"]["rows"] == 300
    assert err == ""


def test_stated_roles_stand_in_the_document(evenhand, people):
    stated = ["--label", "hired", "--positive", "1", "--sensitive", "sex", "--sensitive", "age"]
    _, out, _ = evenhand("audit", people, "--json", "-", "--fail-on", "never", *stated)
    dataset = json.loads(out)["dataset"]
    assert "label" in dataset["roles"]["hired"]
    assert dataset["positive"] == "1"
    assert all("sensitive" in dataset["roles"][c] for c in ("sex", "age"))


def test_roles_are_read_from_a_file(evenhand, people, tmp_path):
    file = tmp_path / "roles.yaml"
    file.write_text(
        "roles: {hired: label, sex: [sensitive, quasi-identifier]}\npositive: {hired: 1}"
    )
    _, out, _ = evenhand("audit", people, "--roles", file, "--json", "-", "--fail-on", "never")
    roles = json.loads(out)["dataset"]["roles"]
    assert roles["hired"] == ["label"]
    assert set(roles["sex"]) == {"sensitive", "quasi-identifier"}


@pytest.mark.parametrize(("written", "found"), [("1", "1.0"), ("1.00", "1.0"), ("0", "0.0")])
def test_a_positive_number_may_be_written_otherwise(evenhand, tmp_path, written, found):
    path = tmp_path / "scores.csv"
    path.write_text("a,label\n" + "1,1.0\n2,0.0\n3,\n" * 20)
    stated = ["--label", "label", "--positive", written, "--json", "-", "--fail-on", "never"]
    assert json.loads(evenhand("audit", path, *stated)[1])["dataset"]["positive"] == found


def test_findings_fail_an_audit_from_the_severity_asked_for(evenhand, tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_text("a,b\n" + "1,\n" * 90 + "2,x\n" * 10)
    assert evenhand("audit", path, "--fail-on", "notice")[0] == 1
    assert evenhand("audit", path, "--fail-on", "never")[0] == 0


def test_a_table_without_rows_is_never_a_pass(evenhand, tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("a,b\n")
    code, _, err = evenhand("audit", path, "--fail-on", "never")
    assert code == 2
    assert "no rows" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "nowhere.csv"], "nowhere.csv"),
        (["audit", "{people}", "--label", "hird"], "hired"),
        (["audit", "{people}", "--label", "hired", "--positive", "yes"], "No row has"),
        (["audit", "{people}", "--report", "distributoin"], "distribution"),
        (["audit", "{people}", "--read", "delimiter"], "NAME=VALUE"),
        (["audit", "{people}", "--kind", "cvs"], "csv"),
        (["audit", "{people}", "--policy", "nowhere.yaml"], "nowhere.yaml"),
        (["show", "poeple.csv"], "poeple.csv"),
        (["delete", "nothing"], "nothing"),
        (["audit"], "source"),
        (["nonsense"], "nonsense"),
    ],
)
def test_a_mistake_is_exit_code_two_and_says_what_to_do(evenhand, people, arguments, said):
    code, out, err = evenhand(*(a.replace("{people}", str(people)) for a in arguments))
    assert code == 2
    assert said in err
    assert "Traceback" not in err
    assert out == ""


def test_a_dataset_is_listed_shown_audited_by_name_and_deleted(evenhand, people):
    evenhand("audit", people, "--name", "staff", "--fail-on", "never")
    assert "staff" in evenhand("list")[1]
    listed = json.loads(evenhand("list", "--json", "-")[1])
    assert [(m["name"], m["rows"]) for m in listed] == [("staff", 300)]
    shown = json.loads(evenhand("show", "staff", "--json", "-")[1])
    assert [c["name"] for c in shown["columns"]] == ["age", "sex", "hired"]
    assert "hired" in evenhand("show", "staff")[1]
    assert evenhand("audit", "staff", "--fail-on", "never")[0] == 0
    assert "Deleted staff" in evenhand("delete", "staff")[1]
    assert json.loads(evenhand("list", "--json", "-")[1]) == []


def test_deleting_tells_what_else_has_the_name(evenhand, people):
    evenhand("audit", people, "--fail-on", "never")
    evenhand("audit", people, "--name", "staff", "--fail-on", "never")
    (first,) = json.loads(evenhand("list", "--json", "-")[1])
    people.write_text(people.read_text() + "99,F,1\n")
    evenhand("audit", people, "--fail-on", "never")
    second = next(m["id"] for m in json.loads(evenhand("list", "--json", "-")[1]) if m != first)
    assert f"Other data of that name stays: {first['id']}" in evenhand("delete", second)[1]
    said = evenhand("delete", "staff")[1]
    assert f"Deleted people.csv alias staff ({first['id']})" in said
    assert "stay" not in said


def test_a_name_cannot_write_to_the_terminal(evenhand, people):
    evenhand("audit", people, "--name", "red\x1b[31m", "--fail-on", "never")
    _, out, _ = evenhand("list")
    assert "\x1b" not in out


def test_the_delimiter_can_be_stated(evenhand, tmp_path):
    path = tmp_path / "semi.csv"
    path.write_text("a,b;c,d\n1,2;3,4\n5,6;7,8\n")
    read = ["--read", "delimiter=;", "--json", "-", "--fail-on", "never"]
    _, out, _ = evenhand("audit", path, *read)
    assert [c["name"] for c in json.loads(out)["dataset"]["columns"]] == ["a,b", "c,d"]


def test_python_m_audit_is_evenhand():
    done = subprocess.run(
        [sys.executable, "-m", "audit", "--help"], capture_output=True, text=True, check=True
    )
    assert "audit" in done.stdout


def test_the_command_starts_without_the_heavy_libraries():
    script = "import sys, audit.cli; print([m for m in ('pandas', 'streamlit', 'plotly', 'scipy', 'pyarrow') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_fault_of_the_program_tells_its_place_and_no_value(evenhand, people, monkeypatch):
    """1 would mean findings; and a message of the engine may quote a cell."""

    cell = "-".join(["Jane", "Canary"])

    def broken(*_, **__):
        message = f"Could not convert string '{cell}' to INT32"
        raise ValueError(message) from KeyError(cell)

    monkeypatch.setattr("audit.runner.run", broken)
    code, out, err = evenhand("audit", people)
    assert code == 2
    assert out == ""
    assert "builtins.ValueError" in err
    assert "test_commands.py" in err
    assert cell not in err


@pytest.mark.parametrize("where", ["source", "--name", "--read", "--label"])
def test_bytes_that_are_no_text_are_refused_with_advice(evenhand, people, where):
    odd = os.fsdecode(b"caf\xe9")
    arguments = [odd] if where == "source" else [people, where, odd]
    code, _, err = evenhand("audit", *arguments)
    assert code == 2
    assert "is not UTF-8" in err
    assert "Traceback" not in err


def test_no_source_at_all_is_not_the_folder_one_stands_in(evenhand):
    code, _, err = evenhand("audit", "")
    assert code == 2
    assert "The source has no name" in err


def test_what_was_typed_cannot_colour_the_terminal(evenhand, people):
    code, _, err = evenhand("audit", people, "--fail-on", "\x1b[31mred")
    assert code == 2
    assert "\x1b" not in err


def measures_of(out, name, **group):
    return [m for m in json.loads(out)["measures"] if m["name"] == name and m["group"] == group]


def test_a_reference_population_is_read_from_a_file(evenhand, people, tmp_path):
    census = tmp_path / "census.csv"
    census.write_text("sex,share\nF,0.8\nM,0.2\n")
    asked = ["--sensitive", "sex", "--report", "representation", "--json", "-"]
    never = ["--fail-on", "never"]
    _, out, _ = evenhand("audit", people, *asked, *never, "--reference", census)
    (ratio,) = measures_of(out, "representation_ratio", sex="F")
    assert ratio["value"] == pytest.approx(0.5 / 0.8)
    assert "census.csv" in ratio["method"]
    _, out, _ = evenhand("audit", people, *asked, *never)
    (ratio,) = measures_of(out, "representation_ratio", sex="F")
    assert ratio["value"] == pytest.approx(1.0)


def test_options_of_a_report_are_set_for_one_run(evenhand, people):
    asked = ["--sensitive", "age", "--report", "representation", "--json", "-"]
    bins = ["--set", "representation.bins={age: [40]}", "--fail-on", "never"]
    _, out, _ = evenhand("audit", people, *asked, *bins)
    assert measures_of(out, "group_share", age="under 40")


def test_an_option_that_does_not_exist_is_named_with_the_nearest(evenhand, people):
    code, _, err = evenhand("audit", people, "--set", "representation.min_grup=3")
    assert code == 2
    assert "min_group" in err


def test_roles_that_figures_rest_on_are_said_also_where_they_were_stated_before(evenhand, people):
    stated = ("--label", "hired", "--positive", "1", "--sensitive", "sex", "--weight", "age")
    evenhand("audit", people, *stated)
    _, out, _ = evenhand("audit", people)
    assert "label “hired” (positive “1”); sensitive “sex”; weight “age”" in out


def test_text_that_cannot_reach_a_number_is_told_how_it_becomes_numbers(evenhand, tmp_path):
    path = tmp_path / "pay.csv"
    path.write_text("sex,pay\nf,1000\nm,NA\nf,3000\n", encoding="utf-8")
    stated = ("audit", path, "--label", "pay", "--positive", ">=1500")
    code, _, err = evenhand(*stated)
    assert code == 2
    assert "missing=NA" in err
    assert evenhand(*stated, "--read", "missing=NA")[0] != 2


def test_a_label_of_numbers_is_cut_where_the_positive_value_says(evenhand, tmp_path):
    path = tmp_path / "pay.csv"
    path.write_text("sex,pay\n" + "".join(f"{'FM'[i % 2]},{i * 10}\n" for i in range(300)))
    stated = ["--label", "pay", "--positive", ">= 1500", "--sensitive", "sex", "--json", "-"]
    _, out, _ = evenhand("audit", path, *stated, "--fail-on", "never")
    assert json.loads(out)["dataset"]["positive"] == ">=1500"
    code, _, err = evenhand("audit", path, "--label", "pay", "--positive", ">=x")
    assert code == 2
    assert ">=50000" in err
