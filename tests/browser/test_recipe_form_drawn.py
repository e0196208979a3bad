"""The form of a step in a browser: accessible in both themes, what is chosen included."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page

from audit.store import Version
from tests.browser.test_every_page import check_page

if TYPE_CHECKING:
    from tests.browser.conftest import Viewer


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_form_of_a_step_is_drawn_and_accessible_with_a_column_chosen(
    theme: str,
    measured: Version,
    new_context: Callable[..., BrowserContext],
    as_viewer: Callable[[Page], "Viewer"],
    tmp_path: Path,
) -> None:
    viewer = as_viewer(new_context(color_scheme=theme).new_page())
    viewer.go(f"/recipe?dataset={measured.id}")
    main = viewer.page.get_by_test_id("stMain")
    main.get_by_role("radio", name="All steps", exact=True).click()
    viewer.settle()
    viewer.page.locator(".st-key-begin-drop-missing button").first.click()
    chosen = main.get_by_role("combobox", name="Columns")
    chosen.click()
    viewer.page.get_by_role("option").first.click()
    viewer.page.keyboard.press("Escape")
    main.locator("[data-tag]").first.wait_for()
    chosen.blur()  # else the key that runs the page anew would be typed into the list

    check_page(viewer, tmp_path, f"form-{theme}")
