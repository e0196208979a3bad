"""The Representation page with a mouse: marks and cells give rows, the threshold is dragged."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from audit import runner
from audit.model import ColumnRole, Origin, Role, RoleMap
from audit.store import Version, Workspace
from tests.browser.test_every_page import KNOWN, violations, wider_than_window

if TYPE_CHECKING:
    from tests.browser.conftest import App, Viewer

PARTS = [
    *("Groups", "Labels", "Where groups meet", "Within strata", "Coverage", "Quality"),
    *("Proxies", "Model"),
]


def main(viewer: "Viewer") -> Locator:
    return viewer.page.get_by_test_id("stMain")


def answer(viewer: "Viewer") -> str:
    return str(main(viewer).locator("h4").first.inner_text())


def test_a_mark_gives_its_rows_and_the_way_back(viewer: "Viewer", measured: Version) -> None:
    viewer.go(f"/representation?dataset={measured.id}&groups=sex&part=Labels")
    assert "0.36 times as often as “Male”" in answer(viewer)
    marks = main(viewer).locator(".scatterlayer .points path")
    expect(marks).to_have_count(2)
    marks.nth(1).click(force=True)
    expect(main(viewer)).to_contain_text("1 to 100 of 16,192 rows")
    expect(main(viewer)).to_contain_text("Rows in which sex is Female")
    assert "group=" in viewer.page.url
    viewer.page.reload()
    viewer.settle()
    expect(main(viewer)).to_contain_text("1 to 100 of 16,192 rows")
    viewer.click("Hide these rows")
    expect(main(viewer)).not_to_contain_text("of 16,192 rows")
    viewer.settle()
    assert "group=" not in viewer.page.url


def test_a_bar_and_a_cell_give_their_rows(viewer: "Viewer", measured: Version) -> None:
    viewer.go(f"/representation?dataset={measured.id}&groups=race")
    main(viewer).locator(".barlayer .point path").first.click(force=True)
    expect(main(viewer)).to_contain_text("1 to 100 of 41,762 rows")
    viewer.go(f"/representation?dataset={measured.id}&groups=race+×+sex&part=Where+groups+meet")
    cells = main(viewer).locator(".barlayer .point path")
    expect(cells).to_have_count(10)
    cells.first.click(force=True)
    expect(main(viewer)).to_contain_text(re.compile(r"Rows in which race is .*, sex is "))


def measured_table(app: "App", rows: dict[str, list[object]], *roles: Role) -> Version:
    """A version of ``rows``, whose columns have these roles, measured; ``yes`` is positive."""
    space = Workspace.open(app.workspace)
    try:
        with space.draft() as draft:
            pq.write_table(pa.table(rows), draft.data)
            version = space.commit(draft, name=next(iter(rows)), origin=Origin(source="test"))
        given = zip(rows, roles, strict=True)
        columns = tuple(ColumnRole(column=c, roles=(r,)) for c, r in given)
        version.set_roles(RoleMap(columns=columns, positive="yes"))
        runner.run(version)
        return version
    finally:
        space.close()


@pytest.fixture(scope="module")
def scored(app: "App") -> Version:
    """600 rows with a score: three groups, each with scores of its own."""
    n = 600
    rows: dict[str, list[object]] = {
        "city": [("Ash", "Birch", "Cedar")[i % 3] for i in range(n)],
        "score": [(i * 37 % 100) / 100 for i in range(n)],
        "repaid": ["yes" if (i * 37 % 100) + 20 * (i % 3) > 60 else "no" for i in range(n)],
    }
    return measured_table(app, rows, Role.SENSITIVE, Role.SCORE, Role.LABEL)


def test_the_threshold_redraws_the_picture_as_it_is_moved(
    viewer: "Viewer", scored: Version
) -> None:
    viewer.go(f"/representation?dataset={scored.id}&part=Model")
    kept = sorted((scored.folder / "reports").iterdir())
    # While it is drawn anew there are two for a moment: the old one, then the new.
    picture = main(viewer).locator(".st-key-threshold-picture .js-plotly-plot").last
    before = picture.inner_text()
    expect(main(viewer)).to_contain_text("at a threshold of 0.5")
    slider = viewer.page.get_by_role("slider")
    slider.focus()
    for _ in range(20):
        viewer.page.keyboard.press("ArrowRight")
    expect(main(viewer)).to_contain_text("at a threshold of 0.7")
    expect(main(viewer)).to_contain_text("From 0.7 on,")
    expect(picture).not_to_have_text(before)
    assert sorted((scored.folder / "reports").iterdir()) == kept


@pytest.mark.slow
def test_every_part_is_accessible_and_fits(
    scored: Version,
    measured: Version,
    new_context: Callable[..., BrowserContext],
    as_viewer: Callable[[Page], "Viewer"],
) -> None:
    viewer = as_viewer(new_context(color_scheme="dark").new_page())
    viewer.page.set_viewport_size({"width": 900, "height": 900})
    seen = 0
    for part in PARTS:
        version = scored if part == "Model" else measured
        chosen = "" if part == "Model" else "&groups=race"
        viewer.go(f"/representation?dataset={version.id}{chosen}&part={part.replace(' ', '+')}")
        expect(main(viewer).locator("h4").first).to_be_visible()
        expect(main(viewer).get_by_test_id("stAlertContentError")).to_have_count(0)
        assert wider_than_window(viewer.page) == [], part
        found = [v for v in violations(viewer.page) if v["id"] not in KNOWN]
        assert not found, "\n".join(
            f"{part}: {v['id']}: {[n['html'][:200] for n in v['nodes'][:3]]}" for v in found
        )
        seen += 1
    assert seen == len(PARTS)


@pytest.mark.slow
def test_names_and_values_make_no_page_fetch_anything(
    app: "App",
    new_context: Callable[..., BrowserContext],
    as_viewer: Callable[[Page], "Viewer"],
) -> None:
    # ``new_context`` sees every request; without the policy none would be stopped before that.
    viewer = as_viewer(new_context(bypass_csp=True).new_page())
    url = "http://e.example"
    bad = [f"![a]({url}/image)", f"<img src={url}/html>", f":material/x: {url}/bare"]
    rows: dict[str, list[object]] = {
        f"![c]({url}/column)": [bad[i % 3] for i in range(400)],
        f"<img src={url}/tag>": [bad[i % 2] for i in range(400)],
        f"[o]({url}/outcome)": ["yes" if i % 3 else bad[0] for i in range(400)],
    }
    version = measured_table(app, rows, Role.SENSITIVE, Role.SENSITIVE, Role.LABEL)
    for part in ("Groups", "Labels", "Where groups meet", "Within strata", "Proxies"):
        viewer.go(f"/representation?dataset={version.id}&part={part.replace(' ', '+')}")
        expect(main(viewer).locator("h4").first).to_be_visible()
        acting = viewer.page.evaluate(
            """url => [...document.querySelectorAll('[src],[href],style')]
                 .map(e => e.getAttribute('src') || e.getAttribute('href') || e.textContent)
                 .filter(text => text.includes(url))""",
            url,
        )
        assert acting == [], part
