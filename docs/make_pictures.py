"""Take the pictures of the README from the real app, on an empty workspace: ``make pictures``."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from docs import story  # noqa: E402 - found by the line above

WIDTH, HEIGHT, HEIGHT_OF_OVERVIEW = 1440, 900, 1080
COLOURS = 256
"""The pages have few colours: so a picture is a third as large, and looks the same."""
EVEN_RARE = Image.Quantize.MAXCOVERAGE
"""A colour of a few pixels is kept as well: the marks of severity are small."""
NONE = Image.Dither.NONE
NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Go through the story, and write its pictures."""
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        sys.exit("Chromium is absent: install it, or name it in CHROMIUM.")
    with (
        tempfile.TemporaryDirectory() as folder,
        app(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page(
            base_url=address,
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=1,
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.set_default_timeout(story.PATIENCE_MS)

        def take(name: str) -> None:
            picture(page, name)

        story.load(page, take)
        story.take_fixes(page, take)
        story.see_recipe(page, take)
        story.preview(page, take)
        story.apply_and_compare(page, take)
        story.download(page, take, Path(folder))
        browser.close()


def picture(page: Page, name: str) -> None:
    """Write what the window shows of the top of the page."""
    of_overview = name == story.OVERVIEW
    height = HEIGHT_OF_OVERVIEW if of_overview else HEIGHT
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    page.mouse.move(WIDTH - 4, height - 4)  # nothing looks as if it were pointed at
    page.evaluate("() => { document.activeElement?.blur(); return document.fonts.ready }")
    story.settle(page)
    path = HERE / "overview.png" if of_overview else HERE / "story" / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        few = shot.convert("RGB").quantize(COLOURS, method=EVEN_RARE, kmeans=1, dither=NONE)
        few.save(path, optimize=True)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    sys.stderr.write(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1000:.0f} kB\n")


@contextmanager
def app(folder: Path) -> Iterator[str]:
    """Run the app on an empty workspace, and give its address."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if "DISPLAY" not in k}
    environment["EVENHAND_WORKSPACE"] = str(folder / "workspace")
    command = [sys.executable, "-m", "audit.ui.server", str(port), ""]
    with (folder / "app.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=15)


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the app answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            time.sleep(0.2)
    sys.exit("The app did not start.")


if __name__ == "__main__":
    main()
