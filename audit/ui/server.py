"""Serve the app: Streamlit for this machine alone, with headers that forbid fetching elsewhere.

Run as ``python -m audit.ui.server PORT DATASET``; the command line's ``app`` does.
"""

import os
import sys
import threading
import time
import webbrowser
from http.client import HTTPConnection
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketClose
from streamlit.runtime.pages_manager import PagesManager
from streamlit.starlette import App

from audit.runner import app_folder
from audit.ui import export_files

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Streamlit's front end starts from an inline script and compiles chart templates.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "media-src 'self' data: blob:",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
"""What this machine calls itself in an address."""


class OnlyLocal:
    """ASGI middleware that refuses what a page of another site asks of this machine.

    Host: a site may let its own name point here, and then reads answers as its own. Origin:
    for one it does not know, Streamlit asks an address on the internet for its own.
    """

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass the request on if it was asked of this machine, by a page of this machine."""
        if scope["type"] == "lifespan" or is_local(Headers(scope=scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
        else:
            refusal = PlainTextResponse("Only for this machine.", status_code=403)
            await refusal(scope, receive, send)


def is_local(headers: Headers) -> bool:
    """Whether a request names this machine as Host and, if it names any, as Origin."""
    addresses = [f"//{headers.get('host', '')}", *headers.getlist("origin")]
    return all(_host_name(address) in LOCAL_NAMES for address in addresses)


def _host_name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


class SecurityHeaders:
    """ASGI middleware that adds :data:`HEADERS` to every answer."""

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass the request on; add the headers where the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, with_headers)


def serve(port: int, dataset: str) -> None:
    """Serve until interrupted, and open a browser on ``dataset`` where there is a screen.

    Settings and theme come from the ``.streamlit`` beside app.py.

    Parameters
    ----------
    port : int
        Port on this machine; an error where another program has it.
    dataset : str
        Id of the version to open on.
    """
    script = app_folder() / "app.py"
    # Streamlit looks for .streamlit/config.toml beside the script that was started.
    sys.argv[:] = [str(script)]
    url = f"http://127.0.0.1:{port}/?dataset={dataset}"
    threading.Thread(target=_open_when_ready, args=(port, url), daemon=True).start()
    # Streamlit takes pages/ for pages of its own until one run has called st.navigation: the
    # first visitor who follows a link to a page would be told that it does not exist.
    PagesManager.uses_pages_directory = False
    guards = [Middleware(SecurityHeaders), Middleware(OnlyLocal)]
    # Two viewers who come at once would both import it for the first time, and one would find it
    # half made; so it is imported before there is any.
    import_module("pandas")
    app = App(script, routes=export_files.routes(), middleware=guards)
    app.run(
        config={
            "server.port": port,
            # The address below is ours to open and to print.
            "server.headless": True,
            # Nobody edits the program while it runs; watching its folders costs, and a reload
            # midway would give every class a new identity.
            "server.fileWatcherType": "none",
        }
    )


def _open_when_ready(port: int, url: str) -> None:
    while not _is_ready(port):
        time.sleep(0.2)
    print(f"\n  Evenhand: {url}\n  Stop it with Ctrl-C.\n", flush=True)  # noqa: T201
    if sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(url)


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2])
