"""One app on a free port, one Chromium, and a record of every address a page asks for."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from audit import runner
from audit.store import Version, Workspace
from tests.browser.stillness import PATIENCE_MS, wait_until_still

ROOT = Path(__file__).parents[2]
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The running app and the workspace it works in."""

    url: str
    workspace: Path
    log: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str | None:
    """Chromium of the machine: named by CHROMIUM, or found on the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app as a user starts it, on an empty workspace."""
    folder = tmp_path_factory.mktemp("app")
    workspace, log, port = folder / "workspace", folder / "app.log", free_port()
    url = f"http://127.0.0.1:{port}"
    # The server behind ``evenhand app``, which would put a sample into an empty workspace.
    command = [sys.executable, "-m", "audit.ui.server", str(port), ""]
    environment = {k: v for k, v in os.environ.items() if "DISPLAY" not in k}
    environment["EVENHAND_WORKSPACE"] = str(workspace)
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=sink, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_healthy(url, process, log)
        yield App(url=url, workspace=workspace, log=log)
    finally:
        process.terminate()
        process.wait(timeout=15)


def _wait_until_healthy(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"The app ended at once:\n{log.read_text()}")
        try:
            with urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The app did not start within a minute:\n{log.read_text()}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one module: while it is open an event loop runs, which no other test expects."""
    executable = find_chromium()
    if executable is None:
        pytest.skip("Chromium is absent: install it (make test does) or name it in CHROMIUM")
    playwright: Playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    if outcome.get_result().failed:  # type: ignore[attr-defined]
        item.stash[FAILED] = True


@pytest.fixture
def new_context(
    request: pytest.FixtureRequest, chromium: Browser, app: App, tmp_path: Path
) -> Iterator[Callable[..., BrowserContext]]:
    """Open windows of a given size and theme; none of them may ask another host for anything."""
    asked: list[str] = []
    opened: list[BrowserContext] = []

    def open_context(**settings: object) -> BrowserContext:
        wide: dict[str, object] = {"viewport": {"width": 1440, "height": 900}}
        context = chromium.new_context(base_url=app.url, **(wide | settings))  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", lambda request: asked.append(request.url))
        context.on("page", lambda page: page.on("websocket", lambda ws: asked.append(ws.url)))
        opened.append(context)
        return context

    yield open_context
    for i, context in enumerate(opened):
        if request.node.stash.get(FAILED, False):
            for j, page in enumerate(context.pages):
                page.screenshot(path=tmp_path / f"failed-{i}-{j}.png", full_page=True)
        context.close()
    elsewhere = [url for url in asked if not _is_ours(url, app.url)]
    assert asked, "no request was recorded: the record is broken"
    assert not elsewhere, f"the page asked for {elsewhere}"


def _is_ours(url: str, ours: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.netloc == urlsplit(ours).netloc


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of a new viewer, 1440 wide, light."""
    return new_context(color_scheme="light").new_page()


class Viewer:
    """What a person does with the app, and what they wait for."""

    def __init__(self, page: Page, workspace: Path) -> None:
        self.page = page
        self.workspace = workspace

    def go(self, path: str) -> None:
        """Open an address of the app and wait until it is drawn."""
        self.page.goto(path)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has ended and the page is drawn."""
        wait_until_still(self.page)

    def menu(self, name: str) -> None:
        """Go to a page through the sidebar."""
        menu = self.page.get_by_test_id("stSidebarNav")
        link = menu.get_by_role("link", name=name, exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        self.settle()

    def click(self, name: str) -> None:
        """Press the button called ``name``; not Streamlit's own in the header, which has a Stop too."""
        self.page.get_by_test_id("stMain").get_by_role("button", name=name, exact=True).click()

    def heading(self, text: str) -> Locator:
        """A heading that holds ``text``."""
        return self.page.get_by_role("heading").filter(has_text=text)

    def metric(self, label: str) -> str:
        """The large number under ``label``."""
        place = self.page.get_by_test_id("stMetric").filter(has_text=label).first
        return place.get_by_test_id("stMetricValue").inner_text()

    def preview_path(self, path: Path) -> None:
        """Type a path on the Load page and wait for the preview."""
        self.go("/load")
        field = self.page.get_by_label("Or a path on this computer")
        field.fill(str(path))
        field.press("Enter")
        self.page.get_by_role("button", name="Load", exact=True).wait_for()

    def load_path(self, path: Path, *, name: str | None = None) -> Version:
        """Load a file by its path; the version that came of it."""
        self.preview_path(path)
        if name is not None:
            self.page.get_by_label("Name of the dataset").fill(name)
            self.page.get_by_label("Name of the dataset").press("Enter")
            self.settle()
        self.click("Load")
        self.heading("is loaded").wait_for()
        self.settle()
        return self.newest()

    def newest(self) -> Version:
        """The version that the workspace took in last."""
        space = Workspace.open(self.workspace)
        try:
            return space.versions()[0]
        finally:
            space.close()

    def in_use(self) -> Version:
        """The version that the page is about."""
        (asked,) = parse_qs(urlsplit(self.page.url).query)["dataset"]
        space = Workspace.open(self.workspace)
        try:
            return space.find(asked)
        finally:
            space.close()

    def ids(self) -> set[str]:
        """Ids of all versions there are."""
        folder = self.workspace / "versions"
        return {entry.name for entry in folder.iterdir()} if folder.exists() else set()


@pytest.fixture
def viewer(page: Page, app: App) -> Viewer:
    return Viewer(page, app.workspace)


@pytest.fixture
def as_viewer(app: App) -> Callable[[Page], Viewer]:
    """A viewer of a page one has opened oneself."""
    return lambda page: Viewer(page, app.workspace)


@pytest.fixture(scope="session")
def write_big_csv(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], tuple[Path, int]]:
    """Write a CSV of at least so many bytes; its path and its number of records."""
    block = "".join(
        f"{i},{20 + i % 60},{'Female' if i % 3 else 'Male'},{i * 7919 % 100_000},town {i % 500}\n"
        for i in range(50_000)
    ).encode()

    def write(n_bytes: int) -> tuple[Path, int]:
        path = tmp_path_factory.mktemp("big") / f"people-{n_bytes // 10**6}mb.csv"
        size = rows = 0
        with path.open("wb") as file:
            size += file.write(b"id,age,sex,income,town\n")
            while size < n_bytes:
                size += file.write(block)
                rows += 50_000
        return path, rows

    return write


@pytest.fixture(scope="session")
def measured(app: App) -> Version:
    """The Adult sample, loaded and measured in the workspace of the running app."""
    space = Workspace.open(app.workspace)
    try:
        version = runner.load_sample(runner.sample("adult"), workspace=space)
        runner.run(version)
        return version
    finally:
        space.close()
