"""The story that the README tells: one function a step, each of them what a person clicks.

``make pictures`` goes this way and takes the pictures; a browser test goes it and looks at what
came of it. Each step calls ``take`` with the name of its picture once its page is drawn.
"""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

Take = Callable[[str], None]
"""Told the name of a step once its page is drawn."""

OVERVIEW = "overview"
FIXES = (
    ("rows are exact copies of an earlier row", "Drop duplicate rows"),
    ("“notes” holds phone numbers", "Redact personal data"),
    ("times as frequent for “Black” as for “White”", "Reweigh groups and labels"),
)
"""Words of a finding's title, and the step that is taken of those it suggests."""
PATIENCE_MS = 180_000
"""How long an audit or a comparison may take on a machine that has other work."""
_QUIET_MS = 700
_AT_REST = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const main = document.querySelector('[data-testid="stMain"]');
    const drawn = app?.dataset.testScriptState === "notRunning" && main?.querySelector("h1")
        && !main.querySelector('[data-testid="stProgress"], [data-testid="stSkeleton"]');
    if (!drawn) delete window.atRestSince;
    else window.atRestSince ??= performance.now();
    return drawn && performance.now() - window.atRestSince > QUIET;
}""".replace("QUIET", str(_QUIET_MS))


def settle(page: Page) -> None:
    """Wait until nothing is at work: no script, no job, no place that waits for its content."""
    page.evaluate("() => delete window.atRestSince")
    page.wait_for_function(_AT_REST, polling=100, timeout=PATIENCE_MS)


def load(page: Page, take: Take) -> None:
    """Step 1: open the loan sample, and wait for its overview."""
    page.goto("/")
    settle(page)
    _menu(page, "Load")
    take("1-load")
    _main(page).locator(".st-key-sample-loans").get_by_role("button").click()
    _answer(page, "Mend first")
    take(OVERVIEW)


def take_fixes(page: Page, take: Take) -> None:
    """Step 2: read the findings, and take a suggested step of three of them, a click each."""
    _menu(page, "Findings")
    for finding, step in FIXES:
        _main(page).get_by_role("radiogroup").last.get_by_text(finding).click()
        expect(_main(page).get_by_role("heading").filter(has_text=finding)).to_be_visible()
        settle(page)
        line = _suggestion(page, step)
        line.get_by_role("button", name="Add to the recipe").click()
        expect(line).to_contain_text("in the recipe")
        settle(page)
    expect(page.get_by_test_id("stToast")).to_have_count(0, timeout=PATIENCE_MS)
    take("2-findings")


def see_recipe(page: Page, take: Take) -> None:
    """Step 3: look at the steps that were taken, in their order, before anything is done."""
    _menu(page, "Recipe")
    take("3-recipe")


def preview(page: Page, take: Take) -> None:
    """Step 4: try the recipe, and look at the rows that its steps touch."""
    _press(page, "Preview")
    _answer(page, "The rows it touches")
    take("4-preview")


def apply_and_compare(page: Page, take: Take) -> None:
    """Step 5: apply, which makes a new version; hold it against the one it was made of."""
    _press(page, "Apply: make a new version")
    _main(page).get_by_role("link", name=re.compile("ompare")).first.click()
    _answer(page, "Before and after, measure by measure")
    take("5-compare")


def download(page: Page, take: Take, folder: Path) -> Path:
    """Step 6: take the new version away as Parquet; where the file is."""
    _menu(page, "Export")
    take("6-export")
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Download Parquet").click()
    target = folder / arriving.value.suggested_filename
    arriving.value.save_as(target)
    return target


def _main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def _menu(page: Page, name: str) -> None:
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    settle(page)


def _press(page: Page, name: str) -> None:
    _main(page).get_by_role("button", name=name, exact=True).click()
    settle(page)


def _answer(page: Page, text: str) -> None:
    _main(page).get_by_text(text, exact=True).first.wait_for(timeout=PATIENCE_MS)
    settle(page)


def _suggestion(page: Page, step: str) -> Locator:
    blocks = _main(page).get_by_test_id("stHorizontalBlock")
    return blocks.filter(has=page.get_by_text(step)).last
