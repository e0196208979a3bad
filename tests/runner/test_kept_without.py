"""A report that had to do without something is measured again once that is there."""

import pytest

from audit.errors import ParameterError
from audit.pii import model
from audit.reports.pii.options import Options
from audit.runner import kept_report, kept_result, report, run


def take_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        problem = "The language model that finds names is not installed."
        raise ParameterError(problem, hint="Install it.")

    monkeypatch.setattr(model, "check", missing)


def test_names_are_looked_for_once_the_model_is_there(version_of, monkeypatch):
    version = version_of({"remark": ["Ann Miller called about the late order"] * 3})
    with monkeypatch.context() as without:
        take_away(without)
        first = run(version).reports["pii"]
        assert "Install it." in first.notes[0]
        assert kept_report(version, "pii") == first
        assert kept_result(version) is not None
    assert kept_report(version, "pii") is None
    assert kept_result(version) is None
    second = report(version, "pii")
    assert second.notes == ()
    assert second.column("remark").of("PERSON")


def test_names_that_were_found_stay_when_the_model_goes(version_of, monkeypatch):
    version = version_of({"remark": ["Ann Miller called about the late order"] * 3})
    found = report(version, "pii")
    take_away(monkeypatch)
    assert kept_report(version, "pii") == found
    assert report(version, "pii") == found


def test_without_names_no_model_is_missed(version_of, monkeypatch):
    version = version_of({"remark": ["Ann Miller called about the late order"] * 3})
    options = Options(names=False)
    first = report(version, "pii", options=options)
    take_away(monkeypatch)
    assert kept_report(version, "pii", options=options) == first
