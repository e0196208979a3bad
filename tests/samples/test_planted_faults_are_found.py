"""Every fault planted in the loan sample is found, in exactly the rows it was planted in."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.model import Finding, Severity
from audit.runner import Result, load_sample, run, sample
from audit.store import Workspace
from audit.store.rows import MOST_ROWS, page

SAMPLES = Path(__file__).parents[2] / "sample_data"
TRUTH = json.loads((SAMPLES / "loans_truth.json").read_text(encoding="utf-8"))["faults"]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Result]:
    space = Workspace.open(tmp_path_factory.mktemp("loans"))
    yield run(load_sample(sample("loans"), workspace=space))
    space.close()


def rows_of(result: Result, finding: Finding) -> set[int]:
    if finding.rows is None:
        return set()
    found: set[int] = set()
    while True:
        part = page(result.version.table, finding.rows, offset=len(found), limit=MOST_ROWS)
        found |= set(part.numbers)
        if len(found) == part.total:
            return found


def about(result: Result, check: str, *columns: str) -> Finding:
    (found,) = [f for f in result.findings if f.check == check and set(columns) <= set(f.columns)]
    return found


@pytest.mark.parametrize(
    ("fault", "check", "columns"),
    [
        ("coded-missing-number", "coded-missing", ("years_employed",)),
        ("coded-missing-text", "coded-missing", ("occupation",)),
        ("near-constant", "constant-column", ("channel",)),
        ("future-date", "impossible-values", ("application_date",)),
        ("missing-income", "missing-values", ("annual_income",)),
        ("missing-income", "missing-values", ("monthly_income",)),
        ("number-as-text", "number-as-text", ("collateral_value",)),
        ("spelling-variants", "spelling-variants", ("gender",)),
        ("duplicate-rows", "duplicate-rows", ()),
    ],
)
def test_a_finding_means_exactly_the_rows_of_the_fault(audited, fault, check, columns):
    assert rows_of(audited, about(audited, check, *columns)) == set(TRUTH[fault]["rows"])


def test_impossible_ages_are_found_and_no_possible_one(audited):
    planted = set(TRUTH["negative-age"]["rows"]) | set(TRUTH["excessive-age"]["rows"])
    assert rows_of(audited, about(audited, "impossible-values", "age")) == planted


@pytest.mark.parametrize(
    ("fault", "check", "column"),
    [
        ("missing-together", "missing-values", "co_applicant_age"),
        ("missing-together", "missing-values", "co_applicant_income"),
        ("missing-notes", "missing-values", "notes"),
        ("zeros", "heavy-zeros", "existing_debt"),
    ],
)
def test_a_finding_means_as_many_rows_as_the_fault_has(audited, fault, check, column):
    assert len(rows_of(audited, about(audited, check, column))) == TRUTH[fault]["count"]


def test_the_amounts_planted_are_among_the_outliers(audited):
    planted = set(TRUTH["outlier"]["rows"])
    assert planted < rows_of(audited, about(audited, "outliers", "loan_amount"))


@pytest.mark.parametrize(
    ("check", "columns"),
    [
        ("constant-column", ("country",)),
        ("identifier-as-feature", ("application_id",)),
        ("skew", ("savings",)),
        ("correlated-columns", ("annual_income", "monthly_income")),
    ],
)
def test_a_fault_of_a_whole_column_is_found_by_its_check(audited, check, columns):
    assert about(audited, check, *columns).severity >= Severity.NOTICE


def test_the_column_that_gives_the_label_away_is_the_worst_finding(audited):
    assert audited.findings[0] == about(audited, "label-leak", "decision_code", "approved")


FINDABLE = {"low-k", "many-uniques", "low-diversity"}
"""Who knows nine things of a person finds the row: nobody planted that, it is so."""


def test_no_warning_is_about_a_column_without_a_fault(audited):
    faulty = {column for fault in TRUTH.values() for column in fault["columns"]}
    warned = {
        column
        for finding in audited.findings
        if finding.severity >= Severity.WARNING and finding.check not in FINDABLE
        for column in finding.columns
    }
    assert warned <= faulty


def test_personal_data_is_found_in_the_rows_it_was_planted_in(audited):
    """Of the social security numbers a quarter cannot exist (they begin with 000): not found."""
    planted: dict[str, set[str]] = {}
    for row, spans in TRUTH["personal-data"]["spans"].items():
        for kind, _, _ in spans:
            planted.setdefault(kind, set()).add(row)
    notes = audited.reports["pii"].column("notes")
    assert notes.complete
    found = {f.entity: f.rows for f in notes.found}
    for kind in ("EMAIL_ADDRESS", "PHONE_NUMBER"):
        assert found[kind] == len(planted[kind])
    assert 0.97 * len(planted["PERSON"]) <= found["PERSON"] <= len(planted["PERSON"])
    assert 0.7 * len(planted["US_SSN"]) <= found["US_SSN"] <= len(planted["US_SSN"])
    assert about(audited, "pii-in-text", "notes").severity is Severity.WARNING
