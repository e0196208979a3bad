"""The server answers this machine alone, and never on behalf of another site's page."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket

from audit.ui import server
from audit.ui.server import HEADERS, OnlyLocal, SecurityHeaders

LOCAL = ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "LOCALHOST", "127.0.0.1"]
FOREIGN = ["evil.example:8501", "evil.example", "127.0.0.1.evil.example", "192.168.1.5:8501", "["]


async def _app(scope, receive, send):
    if scope["type"] == "http":
        await PlainTextResponse("the data")(scope, receive, send)
        return
    stream = WebSocket(scope, receive, send)
    await stream.accept()
    await stream.send_text("the data")


def sent(kind, **headers):
    """What the guarded app sends for a request with these headers."""
    messages = []

    async def receive():
        return {"type": "websocket.connect" if kind == "websocket" else "http.request"}

    async def send(message):
        messages.append(message)

    scope = {
        "type": kind,
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }
    asyncio.run(SecurityHeaders(OnlyLocal(_app))(scope, receive, send))
    return messages


def refused(**headers):
    answer, body = sent("http", **headers)
    assert b"the data" not in body["body"]
    (closed,) = sent("websocket", **headers)
    return answer["status"] == 403 and closed["type"] == "websocket.close"


@pytest.mark.parametrize("host", LOCAL)
def test_this_machine_is_answered_with_headers(host):
    answer, body = sent("http", host=host, origin=f"http://{host}")
    assert body["body"] == b"the data"
    given = {k.decode().lower(): v.decode() for k, v in answer["headers"]}
    assert {k.lower(): v for k, v in HEADERS.items()}.items() <= given.items()


@pytest.mark.parametrize("host", LOCAL)
def test_pages_of_this_machine_have_their_stream(host):
    accepted, text = sent("websocket", host=host, origin=f"http://{host}")
    assert accepted["type"] == "websocket.accept"
    assert text["text"] == "the data"


@pytest.mark.parametrize("host", [*FOREIGN, ""])
def test_a_name_of_another_site_that_points_here_is_refused(host):
    """DNS rebinding: to the browser the page and this server are one site."""
    assert refused(host=host, origin=f"http://{host}")
    assert refused(host=host)
    assert refused()


@pytest.mark.parametrize("origin", [*(f"https://{name}" for name in FOREIGN), "null", "file://"])
def test_a_page_of_another_site_reaches_nothing(origin):
    """Streamlit would look up this machine's address on the internet before it refuses."""
    assert refused(host="127.0.0.1:8501", origin=origin)


def test_the_app_is_served_behind_both_guards(monkeypatch):
    made = []

    class Recorded:
        def __init__(self, _script, *, routes, middleware):
            assert routes
            made.extend(m.cls for m in middleware)

        def run(self, config):
            assert config["server.port"] == 1

    monkeypatch.setattr(server, "App", Recorded)
    monkeypatch.setattr(server, "_open_when_ready", lambda *_: None)
    monkeypatch.setattr("sys.argv", ["x"])
    monkeypatch.setattr(server.PagesManager, "uses_pages_directory", None)
    server.serve(1, "x")
    assert made == [SecurityHeaders, OnlyLocal]
