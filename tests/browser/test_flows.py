"""What a person does, from end to end, in a real browser on the running app."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from audit import runner
from audit.model import Role
from audit.store import Workspace
from audit.store.rows import count

if TYPE_CHECKING:
    from tests.browser.conftest import Viewer

SAMPLES = Path(__file__).parents[2] / "sample_data"


def test_a_sample_opens_in_one_click_and_its_overview_is_shown(viewer: "Viewer") -> None:
    viewer.go("/load")
    card = viewer.page.get_by_test_id("stVerticalBlock").filter(has_text="48,842 people").last
    card.get_by_role("button", name="Open").click()
    viewer.heading("Adult census income").first.wait_for()
    expect(viewer.page.get_by_test_id("stMain")).to_contain_text("48,842")
    expect(viewer.page.get_by_test_id("stMain")).to_contain_text("Quality")
    assert viewer.page.url.split("?")[0].endswith(("/", "/overview"))


@pytest.mark.slow
def test_an_upload_of_100_mb_shows_its_progress_and_loads_every_record(
    viewer: "Viewer", write_big_csv: Callable[[int], tuple[Path, int]]
) -> None:
    path, n_rows = write_big_csv(100_000_000)
    viewer.go("/load")
    # The upload is slowed down so that a machine of any speed shows its progress.
    network = viewer.page.context.new_cdp_session(viewer.page)
    limits = {"offline": False, "latency": 0, "downloadThroughput": -1}
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {**limits, "uploadThroughput": 40_000_000})
    viewer.page.locator('input[type="file"]').set_input_files(path)
    expect(viewer.page.get_by_test_id("stFileChipIconSpinner")).to_be_visible()
    viewer.page.get_by_role("button", name="Load", exact=True).wait_for()
    expect(viewer.heading(path.name)).to_be_visible()
    viewer.click("Load")
    viewer.page.get_by_text(re.compile(r"Loading people.*records")).wait_for()
    viewer.heading("is loaded").wait_for()
    viewer.settle()
    total = f"{n_rows:,}"
    expect(viewer.page.get_by_test_id("stMain")).to_contain_text(
        f"{total} records found = {total} loaded + 0 rejected + 0 skipped"
    )
    assert viewer.newest().manifest.rows == n_rows
    assert not list((viewer.workspace / "tmp").glob("*/upload/*")), "the upload was kept"


def test_a_load_that_is_stopped_adds_nothing_and_says_so(
    viewer: "Viewer", write_big_csv: Callable[[int], tuple[Path, int]]
) -> None:
    path, _ = write_big_csv(400_000_000)
    before = viewer.ids()
    viewer.preview_path(path)
    viewer.page.get_by_label("Name of the dataset").fill("to be stopped")
    viewer.click("Load")
    viewer.click("Stop")
    viewer.page.get_by_text("stopped. Nothing was changed.").wait_for()
    viewer.settle()
    assert viewer.ids() == before
    # What was typed is still there, for another try.
    expect(viewer.page.get_by_label("Name of the dataset")).to_have_value("to be stopped")
    expect(viewer.page.get_by_role("button", name="Load", exact=True)).to_be_visible()


def test_roles_changed_in_the_table_are_still_there_after_a_reload(
    viewer: "Viewer", tmp_path: Path
) -> None:
    file = tmp_path / "small.csv"
    lines = ["town,grade,outcome", *(f"t{i % 3},{i},{'yes' if i % 2 else 'no'}" for i in range(40))]
    file.write_text("\n".join(lines) + "\n")
    version = viewer.load_path(file)
    viewer.click("Confirm what the columns mean")
    give_role(viewer, row=0, role="sensitive")
    expect(viewer.page.get_by_test_id("stMain")).to_contain_text("Not saved yet: town")
    viewer.click("Confirm roles")
    expect(viewer.page.get_by_test_id("stMain")).to_contain_text("3 columns · confirmed")
    viewer.page.reload()
    viewer.settle()
    expect(viewer.page.get_by_test_id("stMain")).to_contain_text("one column is sensitive")
    expect(viewer.page.get_by_test_id("stMain")).to_contain_text("3 columns · confirmed")
    roles = version.roles()
    assert roles is not None
    assert roles.having(Role.SENSITIVE) == ("town",)
    assert all(c.confirmed for c in roles.columns)


def give_role(viewer: "Viewer", *, row: int, role: str) -> None:
    """Add a role to the column in line ``row`` of the table, as one does without a mouse."""
    table = viewer.page.get_by_test_id("stDataFrame").first
    editor = viewer.page.locator("#portal input")
    for _ in range(10):  # the table takes keys a moment after it is drawn
        table.click(position={"x": 30, "y": 50})
        for key in [*["ArrowDown"] * row, "ArrowRight", "Enter"]:
            viewer.page.keyboard.press(key)
        viewer.page.wait_for_timeout(500)
        if editor.count():
            break
    editor.wait_for()
    viewer.page.keyboard.type(role)
    viewer.page.locator("#portal").get_by_role("option", name=role, exact=True).click()
    viewer.heading("What the columns mean").click()
    viewer.settle()


def test_the_rows_of_a_finding_are_as_many_as_the_finding_says(
    viewer: "Viewer", tmp_path: Path
) -> None:
    file = tmp_path / "parcels.csv"
    lines = [f"{i},{i * 7919 % 1000},{'north' if i % 3 else 'south'}" for i in range(1_080)]
    file.write_text("\n".join(["parcel,grams,depot", *lines, *lines[::9]]) + "\n")
    version = viewer.load_path(file)
    viewer.menu("Findings")
    copies = viewer.page.get_by_text(re.compile("120 of 1,200 rows are exact copies"))
    copies.first.click()
    viewer.settle()
    viewer.page.get_by_text("Show the rows").click()
    expect(viewer.page.get_by_test_id("stMain")).to_contain_text("1 to 100 of 120 rows")
    space = Workspace.open(viewer.workspace)
    try:
        result = runner.run(space.find(version.id))
        meant = [f for f in result.findings if f.check == "duplicate-rows"]
        table = space.find(version.id).table
        assert [count(table, f.rows) for f in meant if f.rows] == [120]
    finally:
        space.close()


def test_a_download_is_the_versions_file_byte_for_byte(
    viewer: "Viewer", page: Page, tmp_path: Path
) -> None:
    version = viewer.load_path(SAMPLES / "berkeley.csv")
    viewer.menu("Export")
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Download Parquet").click()
    arrived = tmp_path / "arrived.parquet"
    arriving.value.save_as(arrived)
    digest = hashlib.sha256(arrived.read_bytes()).hexdigest()
    assert digest == hashlib.sha256(version.data.read_bytes()).hexdigest()
    expect(page.get_by_test_id("stMain")).to_contain_text(digest)
    assert arriving.value.suggested_filename == f"berkeley-{version.id[:6]}.parquet"


def test_a_version_is_deleted_after_a_question_and_gone_from_the_disk(
    viewer: "Viewer", tmp_path: Path
) -> None:
    file = tmp_path / "canary.csv"
    file.write_text("word,n\n" + "".join(f"canary-7f3a,{i}\n" for i in range(50)))
    version = viewer.load_path(file)
    line = viewer.page.get_by_test_id("stMain").locator(f".st-key-delete-{version.id}")
    line.get_by_role("button").click()
    dialog = viewer.page.get_by_role("dialog")
    expect(dialog).to_contain_text("cannot be undone")
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(line).to_have_count(0)
    assert version.id not in viewer.ids()
    left = [
        p for p in viewer.workspace.rglob("*") if p.is_file() and b"canary-7f3a" in p.read_bytes()
    ]
    assert left == []
