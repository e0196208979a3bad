"""What the checks suggest does what it promises: the finding is gone, and the rows are those meant."""

import json
from pathlib import Path

import pytest

from audit import runner
from audit.store import Workspace

SAMPLES = Path(__file__).parents[2] / "sample_data"
FAULTS = json.loads((SAMPLES / "loans_truth.json").read_text(encoding="utf-8"))["faults"]
CLEAN = (
    ("impossible-values", ("age",), "clear-out-of-range", 15),
    ("impossible-values", ("application_date",), "clear-out-of-range", 12),
    ("number-as-text", ("collateral_value",), "parse-numbers", None),
    ("spelling-variants", ("gender",), "unify-variants", None),
    ("coded-missing", ("occupation",), "replace-null-tokens", None),
    ("coded-missing", ("years_employed",), "replace-null-tokens", None),
    ("missing-values", ("annual_income",), "fill-missing", 642),
    ("outliers", ("loan_amount",), "clip-outliers", None),
)


@pytest.fixture(scope="module")
def loans(tmp_path_factory):
    """The findings of the loan sample, and those after all suggestions were followed."""
    space = Workspace.open(tmp_path_factory.mktemp("loans"))
    before = runner.load_sample(runner.sample("loans"), workspace=space)
    first = runner.run(before, reports=["distribution"])
    findings = {(f.check, f.columns): f for f in first.findings}
    steps = tuple(
        runner.from_suggestion(
            next(s for s in findings[check, columns].suggestions if s.remedy == remedy)
        )
        for check, columns, remedy, _ in CLEAN
    )
    made = runner.apply(before, runner.Recipe(steps=steps), workspace=space)
    after = runner.run(made, reports=["distribution"])
    yield findings, {(f.check, f.columns) for f in after.findings}, runner.applied(made).effects
    space.close()


@pytest.mark.parametrize("i", range(len(CLEAN)), ids=[f"{c[0]}-{c[1][0]}" for c in CLEAN])
def test_a_finding_is_gone_once_its_suggestion_was_followed(loans, i):
    findings, after, effects = loans
    check, columns, _, changed = CLEAN[i]
    assert (check, columns) in findings
    assert (check, columns) not in after
    assert effects[i].rows_in == effects[i].rows_out == 12_000
    if changed is not None:
        assert effects[i].changed == changed


def test_exactly_the_planted_rows_are_changed(loans):
    _, _, effects = loans
    by_column = {CLEAN[i][1][0]: dict(e.changed_cells) for i, e in enumerate(effects)}
    assert by_column["gender"] == {"gender": len(FAULTS["spelling-variants"]["rows"])}
    assert by_column["occupation"] == {"occupation": len(FAULTS["coded-missing-text"]["rows"])}
    planted = len(FAULTS["coded-missing-number"]["rows"])
    assert by_column["years_employed"] == {"years_employed": planted}
    assert by_column["collateral_value"]["collateral_value"] == len(
        FAULTS["number-as-text"]["rows"]
    )


@pytest.mark.slow
def test_real_dirty_data_loses_its_findings(shared, tmp_path):
    space = Workspace.open(tmp_path / "workspace")
    version = runner.load(shared("hospital_dirty_100/hospital_100.csv"), workspace=space)
    found = runner.run(version, reports=["distribution"]).findings
    meant = ("high-cardinality", "missing-values")
    chosen = [f for f in found if f.check in meant and f.suggestions]
    steps = [
        s
        for f in chosen
        for s in f.suggestions
        if s.remedy in ("group-rare-values", "fill-missing")
    ]
    assert {s.remedy for s in steps} == {"group-rare-values", "fill-missing"}
    recipe = runner.Recipe(steps=tuple(runner.from_suggestion(s) for s in steps))
    made = runner.apply(version, recipe, workspace=space)
    after = {f.identity for f in runner.run(made, reports=["distribution"]).findings}
    mended = {s.params[0][1] for s in steps}
    assert not [f.identity for f in chosen if f.columns in mended and f.identity in after]
    space.close()
