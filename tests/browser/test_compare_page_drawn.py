"""Compare in a browser: every part drawn in both themes, accessible, reached by the keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from audit import runner
from audit.store import Version, Workspace
from tests.browser.test_every_page import check_page

if TYPE_CHECKING:
    from tests.browser.conftest import App, Viewer

STEPS = ("trim-space", "replace-null-tokens", "drop-missing", "drop-duplicates")


@pytest.fixture(scope="module")
def mended(app: "App", measured: Version) -> Version:
    """The Adult sample without rows that lack a value, already compared with what it was."""
    space = Workspace.open(app.workspace)
    try:
        before = space.find(measured.id)
        steps = tuple(runner.make_step(step, {}) for step in STEPS)
        after = runner.apply(before, runner.Recipe(steps=steps), workspace=space)
        runner.compare(before, after, workspace=space)
        return after
    finally:
        space.close()


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_part_is_drawn_and_accessible(
    theme: str,
    mended: Version,
    new_context: Callable[..., BrowserContext],
    as_viewer: Callable[[Page], "Viewer"],
    tmp_path: Path,
) -> None:
    viewer = as_viewer(new_context(color_scheme=theme).new_page())
    viewer.go(f"/compare?dataset={mended.id}")
    main = viewer.page.get_by_test_id("stMain")
    for part in ("Measures", "Findings", "Each step", "Columns", "What a model learns", "Rows"):
        main.get_by_role("radio", name=part, exact=True).click()
        viewer.settle()
        check_page(viewer, tmp_path, f"compare-{part.replace(' ', '-')}-{theme}")


@pytest.mark.slow
def test_what_got_worse_is_reached_by_the_keyboard(mended: Version, viewer: "Viewer") -> None:
    viewer.go(f"/compare?dataset={mended.id}")
    main = viewer.page.get_by_test_id("stMain")
    every = main.get_by_role("radio", name="All", exact=False).first
    every.focus()
    viewer.page.keyboard.press("ArrowRight")
    viewer.page.keyboard.press("Enter")
    viewer.settle()
    worse = main.get_by_role("radio", name="Got worse", exact=False).first
    expect(worse).to_be_checked()
