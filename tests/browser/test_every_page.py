"""Every page, light and dark, wide and narrow: drawn without an error, and accessible."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from audit.store import Version
from tests.browser.stillness import wait_until_still

if TYPE_CHECKING:
    from tests.browser.conftest import Viewer

PAGES = (
    *("overview", "distribution", "findings", "representation"),
    *("privacy", "load", "describe", "recipe", "compare", "export"),
)
WIDTHS = (1440, 900)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KNOWN = {"list", "listitem"}
"""Of st.navigation with named sections: Streamlit's own markup."""

THEMES: dict[Literal["light", "dark"], str] = {
    "light": "rgb(251, 250, 247)",
    "dark": "rgb(20, 23, 26)",
}
"""The colour that each stands on."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_drawn_without_an_error_and_is_accessible(
    name: str, measured: Version, viewer: "Viewer", tmp_path: Path
) -> None:
    viewer.go(f"/{'' if name == 'overview' else name}?dataset={measured.id}")
    check_page(viewer, tmp_path, name)


def test_the_preview_of_a_source_is_drawn_without_an_error_and_is_accessible(
    viewer: "Viewer", tmp_path: Path
) -> None:
    viewer.preview_path(Path(__file__).parents[2] / "sample_data" / "berkeley.csv")
    check_page(viewer, tmp_path, "preview")


def test_a_page_without_a_dataset_offers_one(viewer: "Viewer", tmp_path: Path) -> None:
    for name in ("", *PAGES[1:4], "describe", "export"):
        viewer.go(f"/{name}")
        expect(viewer.heading("No dataset yet")).to_be_visible()
        expect(viewer.page.get_by_role("button", name="Open", exact=True)).to_have_count(3)
    check_page(viewer, tmp_path, "empty")


def check_page(viewer: "Viewer", folder: Path, name: str) -> None:
    """Look at the page in both themes, at both widths; every picture is kept to be looked at."""
    for theme, ground in THEMES.items():
        viewer.page.emulate_media(color_scheme=theme)
        expect(viewer.page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        viewer.page.keyboard.press("r")  # run anew: pictures take their colours from the script
        for width in WIDTHS:
            check_width(viewer, folder / f"{name}-{theme}-{width}.png", width)
        viewer.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        found = [v for v in violations(viewer.page) if v["id"] not in KNOWN]
        assert not found, "\n".join(
            f"{theme}: {v['id']} ({v['impact']}): {[n['html'][:160] for n in v['nodes'][:3]]}"
            for v in found
        )


def check_width(viewer: "Viewer", file: Path, width: int) -> None:
    """Look at the page as it is drawn at one width."""
    page = viewer.page
    page.set_viewport_size({"width": width, "height": 900})
    wait_until_still(page, still_ms=400)
    picture(page, file, width)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stMain").get_by_test_id("stAlertContentError")).to_have_count(0)
    text = page.get_by_test_id("stMain").inner_text()
    assert "Traceback" not in text
    assert len(text) > 100, "the page is empty"
    assert wider_than_window(page) == [], "the page has to be scrolled sideways"


def picture(page: Page, path: Path, width: int) -> None:
    """Keep the whole page: it scrolls inside, so the window is made as high as its content."""
    height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(height, 900), 6000)})
    page.wait_for_timeout(200)
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": 900})


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe has against the page once it is still, by the rules of WCAG 2.2 A and AA."""
    wait_until_still(page, still_ms=500)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return found


def wider_than_window(page: Page) -> list[str]:
    """Elements of the page's body that stick out on the right."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
            const main = document.querySelector('[data-testid="stMain"]');
            return main.scrollWidth > main.clientWidth + 1 ? [main.scrollWidth + 'px'] : [];
        }"""
    )
