"""Two versions held against each other, from audits to what is kept."""

import json
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.comparing.values import Comparison
from audit.model import Role
from audit.runner.comparison_document import SCHEMA_VERSION
from audit.store import Workspace

STATED = {
    "label": "hired",
    "positive": "yes",
    "sensitive": ("sex",),
    "quasi_identifier": ("age", "town"),
}


def applicants():
    rng = np.random.default_rng(11)
    n = 600
    sex = np.where(rng.random(n) < 0.4, "f", "m")
    pay = rng.normal(50, 9, n).round()
    pay = np.where((sex == "f") & (rng.random(n) < 0.5), np.nan, pay)
    hired = rng.random(n) < np.where(sex == "f", 0.25, 0.6)
    town = np.where(rng.random(n) < 0.008, "Nowhere", rng.choice(["Aix", "Bath", "Cork"], n))
    return pa.table(
        {
            "sex": sex,
            "age": rng.integers(20, 60, n),
            "town": [f"{t} " if i % 3 == 0 else t for i, t in enumerate(town)],
            "pay": pa.array(pay, from_pandas=True),
            "hired": np.where(hired, "yes", "no"),
        }
    )


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    workspace = Workspace.open(tmp_path_factory.mktemp("compare"))
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def before(space):
    version = runner.load(applicants(), workspace=space, name="applicants")
    runner.state_roles(version, STATED)
    return version


@pytest.fixture(scope="module")
def after(space, before):
    steps = (
        runner.make_step("trim-space", {"columns": ["town"]}),
        runner.make_step("drop-missing", {"columns": ["pay"]}),
    )
    return runner.apply(before, runner.Recipe(steps=steps), workspace=space)


@pytest.fixture(scope="module")
def found(space, before, after):
    return runner.compare(before, after, workspace=space)


def test_a_version_compared_with_itself_is_all_the_same(space, before):
    same = runner.compare(before, before, workspace=space)
    assert {line.verdict for line in same.lines} == {"same"}
    assert {f.what for f in same.findings} <= {"remaining"}
    assert (same.pairing.changed, same.pairing.removed, same.removals) == (0, 0, ())
    assert all(d.psi.value in (0.0, None) and d.changed_cells == 0 for d in same.drift)
    assert all(not a.change for a in same.associations)


def test_coded_missing_values_that_are_missing_now_are_no_loss(space):
    table = pa.table({"a": ["x", "?", "y"] * 40, "b": ["n/a", "u", "v"] * 40})
    version = runner.load(table, workspace=space, name="coded")

    def verdicts(*steps):
        made = runner.Recipe(steps=tuple(runner.make_step(*step) for step in steps))
        there = runner.apply(version, made, workspace=space)
        found = runner.compare(version, there, workspace=space, utility=False)
        return {line.name: line.verdict for line in found.lines if line.topic == "quality"}

    told = verdicts(("replace-null-tokens", {}))
    assert (told["null_tokens"], told["missing_share"]) == ("better", "unknown")
    assert told["rows_with_missing"] == "unknown"
    unread = ("change-types", {"columns": {"a": "integer"}})
    assert verdicts(unread)["missing_share"] == "worse"


def test_the_scorecard_tells_what_was_lost_and_what_was_won(found):
    verdicts = {line.name: line.verdict for line in found.lines}
    assert verdicts["rows_kept"] == "worse"
    assert verdicts["missing_share"] == verdicts["rows_with_missing"] == "better"
    assert {line.topic for line in found.lines} >= {
        *("size", "quality", "representation", "label bias", "privacy", "utility")
    }
    assert all(line.reason for line in found.lines if line.verdict in ("same", "unknown"))
    impact = next(line for line in found.lines if line.name == "disparate_impact")
    assert impact.title == "Rate of “hired = yes”, “sex = f” ÷ “sex = m”"
    assert impact.before.value == pytest.approx(0.25 / 0.6, abs=0.15)


def test_who_was_filtered_out_is_told_first(found):
    assert found.pairing.relation == "made from it"
    first = found.removals[0]
    assert (first.group, first.verdict) == ((("sex", "f"),), "more")
    rows = applicants()
    gone = sum(p is None for p in rows["pay"].to_pylist())
    assert found.overall_removal.value == pytest.approx(gone / 600)
    assert found.pairing.changed_cells == (("town", found.pairing.changed),)
    assert [effect.remedy for effect in found.steps] == ["trim-space", "drop-missing"]


def test_findings_are_followed_by_what_they_are_about(found):
    what = {(f.before or f.after).check: f.what for f in found.findings}
    assert what["missing-values"] == "resolved"
    assert what["label-disparity"] in ("remaining", "better")


def test_swapping_the_sides_swaps_the_verdicts(space, before, after, found):
    back = runner.compare(after, before, workspace=space, utility=False)
    swapped = {"better": "worse", "worse": "better", "same": "same", "unknown": "unknown"}
    mine = {(x.name, x.columns, x.group): x.verdict for x in found.lines}
    its = {(x.name, x.columns, x.group): x.verdict for x in back.lines}
    shared = [k for k in mine if k in its and k[0] != "rows_kept"]
    assert len(shared) > 10
    assert {k: swapped[mine[k]] for k in shared} == {k: its[k] for k in shared}
    assert back.pairing.added == found.pairing.removed
    ways = {"resolved": "new", "new": "resolved", "better": "worse", "worse": "better"}
    identity = {f.identity: c.what for c in back.findings for f in (c.before, c.after) if f}
    for f in found.findings:
        assert identity[(f.after or f.before).identity] == ways.get(f.what, f.what)


def test_what_was_compared_once_is_kept_until_a_role_or_a_dismissal_changes(
    space, before, after, found
):
    assert runner.kept_comparison(before, after) == found
    assert runner.kept_comparison(before, after, utility=False) is None
    assert runner.kept_comparison(after, before) is None
    finding = next(f.after for f in found.findings if f.after)
    runner.dismiss(after, finding, "It is meant so.")
    try:
        assert runner.kept_comparison(before, after) is None
        again = runner.compare(before, after, workspace=space)
        told = {f.after.identity: f.dismissed for f in again.findings if f.after}
        assert told[finding.identity] == "It is meant so."
    finally:
        runner.restore(after, finding)


def test_roles_are_carried_over_to_a_file_that_has_none(space, before):
    rows = applicants().slice(0, 500)
    other = runner.load(rows, workspace=space, name="other")
    result = runner.compare(before, other, workspace=space, utility=False)
    assert result.pairing.relation == "other data"
    assert (result.removals, result.overall_removal) == ((), None)
    assert result.after.roles.having(Role.SENSITIVE) == ("sex",)
    assert result.after.roles.positive == "yes"
    assert not any(line.name == "rows_kept" for line in result.lines)


def test_the_document_names_no_rare_value_and_counts_no_small_group(before, found):
    plain = runner.comparison_document(found)
    text = json.dumps(plain, allow_nan=False)
    assert plain["schema_version"] == SCHEMA_VERSION
    assert "Nowhere" not in text
    whole = json.dumps(runner.comparison_document(found, include_samples=True))
    assert "Nowhere" in whole
    ages = [r for r in plain["removals"] if list(r["group"]) == ["age"]]
    large = [r["group"]["age"] for r in ages if (r["rows"] or 0) >= 100]
    assert len(large) > 2
    assert "(rare value)" not in large  # a range that the report made is nobody's value
    for removal in plain["removals"]:
        for n in (removal["removed"], removal["rows"]):
            assert n is None or n == 0 or n >= 10
    assert all(f["after"]["rows"] is None for f in plain["findings"] if f["after"])
    assert {line["verdict"] for line in plain["lines"]} <= {"better", "worse", "same", "unknown"}


def test_each_step_has_its_own_part(space, before, after):
    found = runner.ablation(after, workspace=space)
    assert [part.position for part in found.parts] == [0, 1, 2]
    rows = [part.measures[0].value for part in found.parts]
    assert rows == [600, 600, after.manifest.rows]
    missing = [part.measures[1].value for part in found.parts]
    assert missing[0] == missing[1] > missing[2] == 0
    assert all(len(p.measures) == len(found.titles) == len(found.ideals) for p in found.parts)
    rates = [p.measures[[t[0] for t in found.titles].index("label bias")] for p in found.parts]
    kept = applicants().to_pandas().dropna(subset="pay")
    by = kept.groupby("sex")["hired"].apply(lambda y: (y == "yes").mean())
    assert rates[2].value == pytest.approx(by.min() / by.max())


def test_what_is_kept_can_be_read_again(found):
    from audit.store import codec

    assert codec.read(Comparison, codec.dump(found)) == replace(found)


def test_a_version_that_is_deleted_is_in_no_comparison_either(space, after, found):
    other = runner.load(applicants().slice(3, 200), workspace=space, name="gone")
    runner.compare(other, after, workspace=space, utility=False)
    assert list(after.folder.glob(f"comparisons/{other.id}-*"))
    space.delete(other)
    assert not list(after.folder.glob(f"comparisons/{other.id}-*"))
    assert list(after.folder.glob(f"comparisons/{found.before.version}-*"))


def test_groups_that_were_cut_otherwise_are_not_held_against_each_other(space):
    # Not all rows: the same bytes would be the same version, and its roles those of all tests.
    rows = applicants().slice(1)
    old = runner.load(rows, workspace=space, name="ages")
    runner.state_roles(old, {**STATED, "sensitive": ("age",), "quasi_identifier": ("town",)})
    ages = [f"{v // 10 * 10}s" for v in rows["age"].to_pylist()]
    new = runner.load(rows.set_column(1, "age", pa.array(ages)), workspace=space, name="decades")
    found = runner.compare(old, new, workspace=space, utility=False)
    about = [line for line in found.lines if line.topic in ("representation", "label bias")]
    assert {line.verdict for line in about} <= {"unknown", "same"}
    assert all(line.reason for line in about)
    assert len(about) <= 6


def test_weights_count_on_the_side_that_has_them(space, before):
    step = runner.make_step("reweigh", {"by": ["sex"]})
    weighted = runner.apply(before, runner.Recipe(steps=(step,)), workspace=space)
    found = runner.compare(before, weighted, workspace=space, utility=False)
    assert (found.before.weight, found.after.weight) == (None, "weight")
    impact = next(line for line in found.lines if line.name == "disparate_impact")
    assert impact.title.endswith("(weighted after)")
    assert impact.after.value == pytest.approx(1.0)
    assert impact.verdict == "better"
    assert impact.low > 0


def test_groups_of_other_data_are_worse_only_beyond_chance(space):
    def drawn(share, n):
        sex = np.where(np.arange(n) < share * n, "f", "m")
        version = runner.load(pa.table({"sex": sex}), workspace=space)
        runner.state_roles(version, {"sensitive": ("sex",)})
        return version

    def verdict(n, other):
        found = runner.compare(drawn(0.4, n), drawn(0.34, other), workspace=space, utility=False)
        return {x.name: x.verdict for x in found.lines}["representation_ratio"]

    assert (verdict(300, 350), verdict(6000, 7000)) == ("unknown", "worse")
