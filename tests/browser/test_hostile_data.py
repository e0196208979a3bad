"""Whatever stands in a file, no page fetches anything because of it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Viewer


class Canary:
    """A server that must never be asked for anything."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[str] = []


@contextmanager
def _serving() -> Iterator[Canary]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            canary.asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    canary = Canary(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield canary
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    with _serving() as server:
        yield server


def payloads(url: str) -> list[str]:
    """Strings that Markdown, HTML, Streamlit or a spreadsheet might act on."""
    return [
        f"![a]({url}/image)",
        f"<img src={url}/html>",
        f"[link]({url}/link)",
        f":material/x: {url}/bare",
        f'"><script>fetch("{url}/script")</script>',
        f"<style>@import '{url}/style'</style>",
        f'=IMAGE("{url}/sheet")',
        f"![a][r]\n\n[r]: {url}/reference",
    ]


def hostile_csv(url: str) -> bytes:
    """A CSV whose header and cells are all payloads; each repeats, so that it is a category."""

    def quoted(cells: list[str]) -> str:
        return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)

    kinds = payloads(url)
    header = [*(k.replace("\n", " ") for k in kinds), "outcome"]
    body = [[*(kinds[i % len(kinds) - j] for j in range(len(kinds))), "yes"] for i in range(120)]
    short = ["only one field"]  # rejected, so that its text is shown too
    return "\n".join(map(quoted, [header, *body, short, [kinds[0]]])).encode()


def test_nothing_in_a_file_makes_a_page_fetch_anything(
    new_context: Callable[..., BrowserContext],
    as_viewer: Callable[[Page], "Viewer"],
    canary: Canary,
) -> None:
    # Without the Content-Security-Policy, which would hide a string that was not escaped.
    page = new_context(bypass_csp=True).new_page()
    viewer = as_viewer(page)

    def harmless() -> None:
        viewer.settle()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_text("Something went wrong")).to_have_count(0)
        port = canary.url.rsplit(":", 1)[1]
        acting = page.evaluate(
            """port => [...document.querySelectorAll('[src],[href],style')]
                 .map(e => e.getAttribute('src') || e.getAttribute('href') || e.textContent)
                 .filter(text => text.includes(':' + port))""",
            port,
        )
        assert acting == []

    viewer.go("/load")
    name = f"![n]({canary.url}/name) <img src={canary.url}/tag>.csv"
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": hostile_csv(canary.url)}
    )
    page.get_by_role("button", name="Load", exact=True).wait_for()
    harmless()
    page.get_by_label("Name of the dataset").fill(f"![d]({canary.url}/dataset)")
    page.get_by_label("Name of the dataset").press("Enter")
    viewer.settle()
    viewer.click("Load")
    viewer.heading("is loaded").wait_for()
    harmless()
    if page.get_by_text("Show the text of the records").count():
        page.get_by_text("Show the text of the records").click()
        harmless()
    viewer.click("Confirm what the columns mean")
    viewer.heading("What the columns mean").wait_for()
    harmless()
    for place in ("Overview", "Distribution", "Export", "Load", "Findings"):
        viewer.menu(place)
        page.wait_for_timeout(500)
        harmless()
    group = page.get_by_role("radiogroup", name="Findings")
    findings = group.get_by_role("radio")
    for i in range(min(findings.count(), 5)):
        if i > 0:
            findings.nth(i - 1).focus()
            page.keyboard.press("ArrowDown")
        title = group.locator("label").nth(i).locator("p").first.inner_text()[2:]
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        viewer.settle()
        if page.get_by_text("Show the rows").count():
            page.get_by_text("Show the rows").click()
        harmless()
    assert findings.count() > 0, "the hostile file gave no finding: nothing was tried"
    assert canary.asked == []


def test_the_canary_is_heard_where_a_page_does_fetch(chromium: Browser, canary: Canary) -> None:
    # Not in a recorded window: this request is meant to leave.
    page = chromium.new_page()
    page.set_content(f'<img src="{canary.url}/image">')
    page.wait_for_load_state("networkidle")
    page.close()
    assert canary.asked == ["/image"]


def test_every_answer_carries_the_policy_that_forbids_fetching_elsewhere(
    viewer: "Viewer",
) -> None:
    answer = viewer.page.goto("/load")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "img-src 'self' data: blob:" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
