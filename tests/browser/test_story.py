"""The story that the README tells: from nothing to a file in which three faults are mended."""

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

from audit import runner
from audit.runner import recipe_draft
from audit.store import Version
from docs import story

if TYPE_CHECKING:
    from tests.browser.conftest import Viewer

SAMPLES = Path(__file__).parents[2] / "sample_data"
PICTURES = ("1-load", "2-findings", "3-recipe", "4-preview", "5-compare", "6-export")


@pytest.fixture(scope="module")
def faults() -> dict[str, Any]:
    """What was planted in the loan sample, and where."""
    text = (SAMPLES / "loans_truth.json").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text)["faults"]
    return told


@pytest.fixture(scope="module")
def loans() -> list[dict[str, str]]:
    """The rows of the loan sample, as its file has them."""
    with (SAMPLES / "loans.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_three_suggested_fixes_are_taken_tried_applied_compared_and_hold_in_the_file(
    viewer: "Viewer",
    page: Page,
    tmp_path: Path,
    faults: dict[str, Any],
    loans: list[dict[str, str]],
) -> None:
    main = page.get_by_test_id("stMain")
    copies, n = faults["duplicate-rows"]["count"], len(loans)
    seen: list[str] = []

    story.load(page, seen.append)
    before = viewer.in_use()
    there = viewer.ids()
    assert before.manifest.rows == n
    assert viewer.metric("Repeated rows") == f"{copies:,}"

    story.take_fixes(page, seen.append)
    expect(main).to_contain_text("in the recipe")

    story.see_recipe(page, seen.append)
    for i, (_, step) in enumerate(story.FIXES, start=1):
        expect(main).to_contain_text(f"{i} {step}")
    taken = [(s.remedy, s.params) for s in recipe_draft.draft(before).steps]
    assert [remedy for remedy, _ in taken] == ["drop-duplicates", "redact-pii", "reweigh"]

    story.preview(page, seen.append)
    expect(main).to_contain_text(f"{n:,} rows in")
    assert viewer.ids() == there, "a preview made a version"

    story.apply_and_compare(page, seen.append)
    after = viewer.in_use()
    assert after.manifest.origin.parent == before.id
    assert after.manifest.rows == n - copies
    expect(main).to_contain_text(f"{copies} rows are gone; no group lost more of its rows")
    assert gone(after) == faults["duplicate-rows"]["rows"]

    file = story.download(page, seen.append, tmp_path)
    assert seen == [*PICTURES[:1], story.OVERVIEW, *PICTURES[1:]]
    check(file, faults, loans)


def gone(version: Version) -> list[int]:
    """Numbers of the rows that were removed."""
    found = runner.removed(version)
    assert found is not None
    return sorted(found.rows.tolist())


def check(file: Path, faults: dict[str, Any], loans: list[dict[str, str]]) -> None:
    """Open the file and hold it against the sample: what was taken is mended, all else is there."""
    table = pq.read_table(file)
    away = set(faults["duplicate-rows"]["rows"])
    assert table.num_rows == len(loans) - len(away)
    assert table.group_by(table.column_names).aggregate([]).num_rows == table.num_rows
    kept = [row for i, row in enumerate(loans) if i not in away]
    assert table["application_id"].to_pylist() == [row["application_id"] for row in kept]

    spans = faults["personal-data"]["spans"].items()
    planted = {loans[int(row)]["notes"][a:b] for row, found in spans for _, a, b in found}
    notes = table["notes"].to_pylist()
    whole = "\n".join(filter(None, notes))
    assert planted
    assert [value for value in planted if value in whole] == []
    assert [note is None for note in notes] == [row["notes"] == "" for row in kept]

    rates = weighted_rates(table.to_pylist())
    assert set(rates) == {row["ethnicity"] for row in loans}
    assert rates == pytest.approx(dict.fromkeys(rates, rates["White"]), rel=1e-9)


def weighted_rates(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Weighted share of approvals by ethnicity."""
    total, approved = dict[str, float](), dict[str, float]()
    for row in rows:
        group, weight = row["ethnicity"], row["weight"]
        total[group] = total.get(group, 0.0) + weight
        approved[group] = approved.get(group, 0.0) + weight * (row["approved"] == "yes")
    return {group: approved[group] / total[group] for group in total}
