"""Measured once, judged at once, dismissed but not gone."""

import json
from dataclasses import replace

import pyarrow as pa
import pytest

from audit import registry
from audit.errors import ParameterError, SourceError, Stopped
from audit.model import ColumnRole, Role, RoleMap, Severity
from audit.runner import (
    Policy,
    dismiss,
    document,
    kept_result,
    load,
    report,
    restore,
    roles,
    run,
    state_roles,
)

CANARY = "canary-7f3a91-cafe"


@pytest.fixture
def version(version_of):
    rows = 200
    return version_of(
        pa.table(
            {
                "id": list(range(rows)),
                "sex": ["Male", "Female"] * (rows // 2),
                "age": [None] * 30 + list(range(rows - 30)),
                "name": [f"{CANARY} {i}" for i in range(rows)],
                "job": ["cook"] * 197 + ["beekeeper"] * 3,
            }
        )
    )


@pytest.fixture
def measured(monkeypatch):
    """Count how often the distribution is really measured."""
    spec = registry.reports()["distribution"]
    calls = []

    def counted(*arguments):
        calls.append(1)
        return spec.function(*arguments)

    monkeypatch.setitem(registry._REPORTS, "distribution", replace(spec, function=counted))
    return calls


def test_the_document_names_rows_only_by_values_that_it_may_tell(version_of):
    """Spellings of a name stand in the test that finds the rows; categories may."""
    cities = ["Oslo"] * 100 + ["oslo"] * 20 + ["Rome"] * 80
    names = [CANARY, CANARY.upper(), *(f"{CANARY} {i}" for i in range(198))]
    made = version_of({"name": names, "city": cities, "size": [1] * 199 + [-99999]})
    made.set_roles(RoleMap(columns=(ColumnRole(column="name"), ColumnRole(column="city"))))
    result = run(made)
    told = document(result)
    assert CANARY not in json.dumps(told).lower()
    spellings = {tuple(f["columns"]): f for f in told["findings"] if f["rows"] is None}
    assert any("not said" in c for c in spellings["name",]["caveats"])
    (city,) = (
        f
        for f in told["findings"]
        if f["check"] == "spelling-variants" and f["columns"] == ["city"]
    )
    assert city["rows"]["tests"][0]["values"] == ["oslo"]
    everything = document(result, include_samples=True)
    assert CANARY in json.dumps([f["rows"] for f in everything["findings"]])


def test_the_document_is_json_whatever_the_numbers(version_of):
    """The distance between the quartiles is more than the largest number there is."""
    made = version_of({"x": [1e308, -1e308] * 40, "y": [float("inf"), float("nan")] * 40})
    for samples in (False, True):
        told = document(run(made), include_samples=samples)
        json.dumps(told, allow_nan=False)
        (iqr,) = (m for m in told["measures"] if m["name"] == "iqr" and m["columns"] == ["x"])
        assert iqr["value"] is None
        assert iqr["reason"]


def test_a_report_is_measured_once_whatever_changes_beside_it(version, measured):
    first = run(version)
    state_roles(version, {"sensitive": ["sex"], "quasi_identifier": ["age"]})
    second = run(version, policy=Policy(checks={"missing-values": {"notice_share": 0.5}}))
    assert len(measured) == 1
    assert first.reports["distribution"] == second.reports["distribution"]


def test_moving_a_threshold_changes_the_findings_and_measures_nothing(version, measured):
    found = [f for f in run(version).findings if f.check == "missing-values"]
    assert [f.columns for f in found] == [("age",)]
    high = Policy(checks={"missing-values": {"notice_share": 0.9, "warning_share": 0.95}})
    assert not [f for f in run(version, policy=high).findings if f.check == "missing-values"]
    off = Policy(off=("missing-values",))
    assert "missing-values" not in run(version, policy=off).checked
    assert len(measured) == 1


def test_findings_come_the_worst_first(version):
    severities = [f.severity for f in run(version).findings]
    assert severities == sorted(severities, reverse=True)


def test_nothing_is_judged_before_it_is_measured(version):
    assert kept_result(version) is None
    done = run(version)
    kept = kept_result(version)
    assert kept is not None
    assert kept.findings == done.findings


def test_a_dismissed_finding_stays_with_its_reason(version):
    finding = run(version).findings[0]
    with pytest.raises(ParameterError, match="why"):
        dismiss(version, finding, "  ")
    dismiss(version, finding, "known and agreed")
    result = run(version)
    assert finding in result.findings
    assert finding not in result.open_findings
    written = document(result)["findings"]
    assert [f["dismissed"] for f in written].count("known and agreed") == 1
    restore(version, finding)
    assert finding in run(version).open_findings


def test_stopping_leaves_no_report(version):
    def stop(_share, _note="", /):
        message = "enough"
        raise Stopped(message)

    with pytest.raises(Stopped):
        run(version, progress=stop)
    assert kept_result(version) is None


def test_the_document_is_json_that_a_script_reads_with_one_loop(version):
    written = json.loads(json.dumps(document(run(version)), allow_nan=False))
    assert set(written) == {"schema_version", "dataset", "reports", "measures", "findings"}
    assert written["dataset"]["rows"] == 200
    fields = {"report", "name", "columns", "group", "value", "unit", "n", "low", "high", "method"}
    for measure in written["measures"]:
        assert fields <= set(measure)
    missing = [m for m in written["measures"] if m["name"] == "missing" and m["columns"] == ["age"]]
    assert [(m["value"], m["n"], m["report"]) for m in missing] == [(30, 200, "distribution")]
    assert {f["severity"] for f in written["findings"]} <= {s.word for s in Severity}


def test_values_that_may_be_personal_stand_in_no_document(version):
    result = run(version)
    told, everything = (json.dumps(document(result, include_samples=s)) for s in (False, True))
    assert CANARY not in told
    assert CANARY not in everything, "what identifies is kept in no report"
    assert "beekeeper" not in told
    assert "beekeeper" in everything
    assert "Female" in told, "a category is not personal"


def test_a_guessed_role_map_is_kept_and_gives_reasons(version):
    guessed = roles(version)
    assert guessed == version.roles()
    assert Role.SENSITIVE in guessed.of("sex")
    assert all(c.reason for c in guessed.columns if c.roles)


def test_an_option_of_another_report_is_an_error(version):
    with pytest.raises(ParameterError, match="distribution"):
        report(version, "distributoin")


def test_an_object_that_is_no_table_is_an_error(workspace):
    with pytest.raises(SourceError, match="int"):
        load(7, workspace=workspace)


def test_frames_of_any_library_are_loaded(workspace):
    import pandas as pd
    import polars as pl

    first = load(pd.DataFrame({"a": [1, 2]}), workspace=workspace, name="p")
    second = load(pl.DataFrame({"a": [1, 2]}), workspace=workspace, name="q")
    assert first.manifest.rows == second.manifest.rows == 2
    assert first.manifest.load.adds_up


def test_a_finding_that_leaves_the_workspace_counts_no_group_of_fewer_than_ten(version_of):
    made = version_of({"sex": ["F"] * 200 + ["M"] * 250 + ["X"] * 3})
    made.set_roles(RoleMap(columns=(ColumnRole(column="sex", roles=(Role.SENSITIVE,)),)))
    result = run(made)
    (here,) = (f for f in result.findings if f.check == "uncovered-pattern")
    assert here.measures[0].value == 3
    for samples, value in ((True, 3), (False, None)):
        told = document(result, include_samples=samples)["findings"]
        (found,) = (f for f in told if f["check"] == "uncovered-pattern")
        assert found["measures"][0]["value"] == value
        assert "3 rows" not in found["title"]


def test_a_value_that_one_row_has_is_named_in_no_finding_that_leaves_the_workspace(version_of):
    rare = ["CANARY 7", "Canary of one"]
    made = version_of(
        {
            "town": ["A"] * 200 + ["B"] * 250 + rare,
            "hired": ["no", "yes"] * 226,
        }
    )
    columns = (
        ColumnRole(column="town", roles=(Role.SENSITIVE,)),
        ColumnRole(column="hired", roles=(Role.LABEL,)),
    )
    made.set_roles(RoleMap(columns=columns, positive="yes"))
    result = run(made)
    assert any("CANARY 7" in f.title for f in result.findings)
    told = json.dumps(document(result)["findings"], ensure_ascii=False)
    assert "canary" not in told.lower()
    assert "(rare value)" in told
    everything = json.dumps(document(result, include_samples=True)["findings"], ensure_ascii=False)
    assert "CANARY 7" in everything
