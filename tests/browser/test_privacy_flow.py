"""The Privacy page with a mouse: from the map to a value, a scan that goes on, what would be."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from audit import runner
from audit.model import ColumnRole, Origin, Role, RoleMap
from audit.runner.loading import complete
from audit.store import Version, Workspace
from tests.browser.stillness import PATIENCE_MS
from tests.browser.test_every_page import KNOWN, violations, wider_than_window

if TYPE_CHECKING:
    from tests.browser.conftest import App, Viewer

PARTS = [
    *("Personal data", "One column", "Repeats", "Re-identification", "What drives it"),
    *("What if", "Sensitive attributes", "Detection", "Settings"),
]
SMALL_SAMPLE = 1_000
JOINER = "\u2060"
"""Splits an address so that Streamlit makes no link of it; nobody sees it."""
E_MAIL = re.compile(r"[\w.]+@[\w.]+\w")


def main(viewer: "Viewer") -> Locator:
    return viewer.page.get_by_test_id("stMain")


def answer(viewer: "Viewer") -> Locator:
    return main(viewer).locator("h4").first


def open_part(viewer: "Viewer", name: str) -> None:
    part = main(viewer).get_by_role("radio", name=name, exact=True)
    part.click()
    expect(part).to_be_checked()
    viewer.settle()


def choose(viewer: "Viewer", label: str, option: str) -> None:
    main(viewer).get_by_role("combobox", name=label).click()
    viewer.page.get_by_role("option", name=option, exact=True).click()
    viewer.settle()


def made(app: "App", rows: dict[str, list[object]], *, sample: int, **roles: Role) -> Version:
    """A version of ``rows`` with these roles, measured on a sample of its values."""
    space = Workspace.open(app.workspace)
    try:
        with space.draft() as draft:
            pq.write_table(pa.table(rows), draft.data)
            version = space.commit(draft, name=next(iter(rows)), origin=Origin(source="test"))
        columns = tuple(ColumnRole(column=c, roles=(r,)) for c, r in roles.items())
        version.set_roles(complete(RoleMap(columns=columns), version))
        runner.set_report_options(version, "pii", {"sample": sample})
        runner.run(version)
        return version
    finally:
        space.close()


@pytest.fixture(scope="module")
def loans(app: "App") -> Version:
    """The loan sample; of a column of many values a small sample is looked at."""
    space = Workspace.open(app.workspace)
    try:
        version = runner.load_sample(runner.sample("loans"), workspace=space)
        runner.set_report_options(version, "pii", {"sample": SMALL_SAMPLE})
        runner.run(version)
        return version
    finally:
        space.close()


@pytest.fixture(scope="module")
def people(app: "App") -> Version:
    """600 people: four of each town, age and job; their postal code is not counted yet."""
    n = 600
    rows: dict[str, list[object]] = {
        "town": [("Ash", "Birch", "Cedar")[i % 3] for i in range(n)],
        "age": [20 + i % 50 for i in range(n)],
        "job": [("cook", "nurse")[i % 2] for i in range(n)],
        "zip": [f"{20_001 + 7 * (i % 4)}" for i in range(n)],
    }
    known = Role.QUASI_IDENTIFIER
    return made(app, rows, sample=0, town=known, age=known, job=known)


def e_mails(version: Version) -> set[str]:
    """E-mail addresses in the notes, by an expression that is nobody's recognizer."""
    notes = pq.read_table(version.data, columns=["notes"])["notes"].to_pylist()
    return {found for note in notes if note for found in E_MAIL.findall(note)}


def seen(viewer: "Viewer", texts: set[str]) -> set[str]:
    """Which of these stand anywhere in the page, shown or not."""
    whole = viewer.page.content().replace(JOINER, "")
    return {text for text in texts if text in whole}


def test_from_the_map_to_a_value_that_is_allowed(viewer: "Viewer", loans: Version) -> None:
    secret = e_mails(loans)
    assert len(secret) > 200
    viewer.go(f"/privacy?dataset={loans.id}")
    expect(answer(viewer)).to_contain_text("the text of “notes” holds phone numbers")
    # How many depends on the roles, which another test may have left to be guessed.
    unique = re.compile(r"11,\d{3} of 12,000 rows are the only ones of their kind")
    expect(answer(viewer)).to_contain_text(unique)
    cells = main(viewer).locator(".barlayer .point path")
    expect(cells).to_have_count(12)  # two columns by six kinds
    cells.nth(6).click(force=True)
    expect(answer(viewer)).to_contain_text("“zip” is a column of postcodes")
    expect(viewer.page).to_have_url(re.compile(r"about=One\+column"))
    expect(viewer.page).to_have_url(re.compile(r"held=zip"))
    viewer.page.reload()
    viewer.settle()
    expect(answer(viewer)).to_contain_text("“zip” is a column of postcodes")
    choose(viewer, "Column", "notes")
    expect(answer(viewer)).to_contain_text("The text of “notes”")
    choose(viewer, "Examples and values of", "E-mail address")
    expect(main(viewer)).to_contain_text("Show whole rows that hold e-mail addresses")
    viewer.settle()
    assert seen(viewer, secret) == set()
    pieces = main(viewer).locator("tr", has_text="E-mail address").locator("td").nth(3)
    before = int(pieces.inner_text())
    main(viewer).get_by_text("Show values", exact=True).click()
    question = main(viewer).get_by_text("Which of these are no e-mail addresses?")
    expect(question).to_be_visible()
    viewer.settle()
    shown = seen(viewer, secret)
    assert 0 < len(shown) < 20
    marked = main(viewer).locator(".stMarkdownBadge").all_inner_texts()
    assert shown <= {text.replace(JOINER, "").strip() for text in marked}
    offered = main(viewer).get_by_role("toolbar", name="Which of these are no e-mail addresses?")
    offered.get_by_role("button").first.click()
    viewer.click("Not personal: add one value to the allow-list")
    expect(pieces).to_have_text(str(before - 1))
    assert len(runner.report_options(loans, "pii").model_dump()["allow"]) == 1


@pytest.mark.slow
def test_a_scan_that_was_stopped_goes_on_from_what_is_finished(
    viewer: "Viewer", app: "App"
) -> None:
    names = ("Anna Berger", "Tom Walker", "Maria Lopez", "John Smith")
    heads = ("let", "off", "week", "gard", "riv", "wind", "bridg", "pap", "strand", "mark", "wint")
    words = [a + b for a in heads for b in ("er", "en", "ings", "le", "ow", "ish", "ards", "ock")]
    drawn = np.random.default_rng(4)

    def said() -> str:
        some = " ".join(drawn.choice(words, 8))
        return f"{drawn.choice(names)} wrote to us about the {some} {drawn.integers(10**6)}."

    n = 6_000
    rows: dict[str, list[object]] = {
        "note": [said() if i < 1_000 else None for i in range(n)],
        "remark": [said() for _ in range(n)],
    }
    version = made(app, rows, sample=20)
    viewer.go(f"/privacy?dataset={version.id}")
    kept = version.folder / "reports"

    def part(number: int) -> Path | None:
        return next(kept.rglob(f"*.part-place-{number}-0.json"), None)

    def wait(number: int) -> Path:
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while (found := part(number)) is None:
            assert time.monotonic() < deadline, "no part was kept"
            viewer.page.wait_for_timeout(20)
        return found

    viewer.click("Scan everything")
    expect(main(viewer).get_by_role("progressbar")).to_be_visible()
    finished = wait(0)
    viewer.click("Stop")
    expect(main(viewer)).to_contain_text("goes on where it stopped")
    assert part(1) is None, "the scan was over before it was stopped: nothing is tried here"
    written = finished.stat()
    viewer.settle()
    viewer.click("Scan everything")
    wait(1)
    assert (finished.stat().st_ino, finished.stat().st_mtime_ns) == (
        written.st_ino,
        written.st_mtime_ns,
    )
    expect(main(viewer).get_by_text("Quick look")).to_have_count(0)
    expect(main(viewer)).to_contain_text("7,000 different values of 2 columns looked at")


def test_less_that_is_known_moves_k_at_once(viewer: "Viewer", people: Version) -> None:
    viewer.go(f"/privacy?dataset={people.id}&about=What+if")
    assert viewer.metric("Smallest class (k)") == "4"
    smallest = viewer.page.get_by_test_id("stMetric").filter(has_text="Smallest class (k)")
    known = main(viewer).get_by_role("toolbar", name="Quasi-identifiers")
    known.get_by_text("age", exact=True).click()
    expect(smallest).to_contain_text("4 → 100")
    known.get_by_text("age", exact=True).click()
    expect(smallest).not_to_contain_text("→")
    choose(viewer, "age", "bins of 10")
    expect(smallest).to_contain_text("4 → 20")
    expect(main(viewer)).to_contain_text("Generalize: age")
    viewer.click("Put everything back")
    expect(smallest).not_to_contain_text("→")


def test_what_is_typed_stays_where_a_pattern_is_refused(viewer: "Viewer", people: Version) -> None:
    viewer.go(f"/privacy?dataset={people.id}&about=Settings")
    patterns = viewer.page.get_by_label(re.compile("^Own patterns"))
    allow = viewer.page.get_by_label(re.compile("^Never personal"))
    patterns.fill("STAFF_NUMBER 0.9: (E[0-9]{6}")
    allow.fill("never this")
    before = runner.report_options(people, "pii")
    viewer.click("Save and measure anew")
    refused = main(viewer).get_by_text("The pattern for STAFF_NUMBER")
    expect(refused).to_contain_text("is not valid: missing )")
    expect(patterns).to_have_value("STAFF_NUMBER 0.9: (E[0-9]{6}")
    expect(allow).to_have_value("never this")
    assert runner.report_options(people, "pii") == before


def test_detection_is_measured_on_a_labelled_sample(
    viewer: "Viewer", people: Version, tmp_path: Path
) -> None:
    marks = [
        ("Write to ann.berger@example.org please.", "ann.berger@example.org", "EMAIL_ADDRESS"),
        ("The copy went to tom@example.org too.", "tom@example.org", "EMAIL_ADDRESS"),
        ("The badge zx-99 was lost.", "zx-99", "PERSON"),
    ]
    listed = [
        {
            "full_text": text,
            "spans": [
                {
                    "entity_type": kind,
                    "start_position": text.index(piece),
                    "end_position": text.index(piece) + len(piece),
                }
            ],
        }
        for text, piece, kind in marks
    ]
    path = tmp_path / "marked.json"
    path.write_text(json.dumps(listed))
    viewer.go(f"/privacy?dataset={people.id}&about=Detection")
    viewer.page.get_by_label("or its path on this machine").fill(str(path))
    viewer.click("Measure")
    expect(answer(viewer)).to_have_text(
        "Of 3 marked places 66.7% are found, and 100.0% of what is found is marked.",
    )
    viewer.settle()
    assert seen(viewer, {piece for _, piece, _ in marks}) == set()
    expect(main(viewer).get_by_text("Missed (1)")).to_be_visible()


def test_a_suggested_quasi_identifier_is_marked_and_counted(
    viewer: "Viewer", people: Version
) -> None:
    # The last of those that look at ``people``: after it the postal code counts as well.
    viewer.go(f"/privacy?dataset={people.id}&about=What+drives+it")
    expect(main(viewer)).to_contain_text("with all 3: k = 4")
    viewer.click("Mark as quasi-identifier")
    expect(main(viewer)).to_contain_text("with all 4: k = 2")
    assert "zip" in runner.roles(people).having(Role.QUASI_IDENTIFIER)


@pytest.mark.parametrize(
    ("theme", "width"),
    [("light", 1440), pytest.param("dark", 900, marks=pytest.mark.slow)],
)
def test_every_part_is_accessible_and_fits(
    theme: Literal["light", "dark"],
    width: int,
    loans: Version,
    new_context: Callable[..., BrowserContext],
    as_viewer: Callable[[Page], "Viewer"],
) -> None:
    viewer = as_viewer(new_context(color_scheme=theme).new_page())
    viewer.page.set_viewport_size({"width": width, "height": 900})
    viewer.go(f"/privacy?dataset={loans.id}")
    for part in PARTS:
        if part != PARTS[0]:
            open_part(viewer, part)
        expect(answer(viewer)).to_be_visible()
        expect(viewer.page.get_by_test_id("stException")).to_have_count(0)
        assert wider_than_window(viewer.page) == [], part
        found = [v for v in violations(viewer.page) if v["id"] not in KNOWN]
        assert not found, "\n".join(
            f"{part}: {v['id']}: {[n['html'][:200] for n in v['nodes'][:3]]}" for v in found
        )


@pytest.mark.slow
def test_names_and_values_make_no_page_fetch_anything(
    app: "App",
    new_context: Callable[..., BrowserContext],
    as_viewer: Callable[[Page], "Viewer"],
) -> None:
    # ``new_context`` sees every request; without the policy none would be stopped before that.
    viewer = as_viewer(new_context(bypass_csp=True).new_page())
    url = "http://e.example"
    bad = [f"![a]({url}/image) a@e.example", f"<img src={url}/html>", f":material/x: {url}/bare"]
    first, second = f"![c]({url}/column)", f"<img src={url}/tag>"
    rows: dict[str, list[object]] = {
        first: [f"{bad[i % 3]} user{i % 150}@example.org" for i in range(300)],
        second: [f"{bad[i % 2]} {i % 7}" for i in range(300)],
    }
    version = made(app, rows, sample=0, **{second: Role.QUASI_IDENTIFIER})
    viewer.go(f"/privacy?dataset={version.id}")
    parts = main(viewer).get_by_role("radio").all_inner_texts()
    assert "Repeats" in parts
    for part in parts:
        open_part(viewer, part)
        if part == "One column":
            main(viewer).get_by_text("Show values", exact=True).click()
            expect(main(viewer)).to_contain_text("Which of these")
            viewer.settle()
        acting = viewer.page.evaluate(
            """url => [...document.querySelectorAll('[src],[href],style')]
                 .map(e => e.getAttribute('src') || e.getAttribute('href') || e.textContent)
                 .filter(text => text.includes(url))""",
            url,
        )
        assert acting == [], part
