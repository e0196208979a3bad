"""The app as a person uses it: opened on a version, page by page, until it has settled."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.store import Version, Workspace

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60


@pytest.fixture
def open_app(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page of the app on a version, or on none; wait until no job is at work."""
    monkeypatch.setenv("EVENHAND_WORKSPACE", str(workspace.root))

    def open_(version: Version | None = None, page: str | None = None, **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_S)
        if version is not None:
            app.query_params["dataset"] = version.id
        app.run()
        if page is not None:
            app.switch_page(str(ROOT / page))
        for name, value in query.items():
            app.query_params[name] = value
        return settle(app.run())

    return open_


@pytest.fixture
def settled() -> Callable[[AppTest], AppTest]:
    """Wait until no job is at work."""
    return settle


def settle(app: AppTest) -> AppTest:
    until = time.monotonic() + PATIENCE_S
    while app.main.get("progress") and time.monotonic() < until:
        time.sleep(0.1)
        app.run()
    return app
