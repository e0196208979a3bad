"""Files handed out straight from the disk, in pieces: no copy of a large file in memory.

``st.download_button`` reads what it is given into memory and keeps it there until the page is
drawn again, even when its data is a callable (Streamlit 1.67). A version may be larger than
memory, so it has an address of its own. The address cannot be guessed: only a page gives it out.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

_ROOM = "/download"
_SECRET = secrets.token_bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    path: Path
    name: str
    media_type: str


_OFFERS: dict[str, _Offer] = {}


def offer(path: Path, name: str, media_type: str = "application/octet-stream") -> str:
    """Give the address, on this server, under which ``path`` can be fetched as ``name``.

    The same file and name have the same address until the program ends.
    """
    told = f"{path}\n{name}".encode("utf-8", "surrogateescape")
    token = hmac.new(_SECRET, told, hashlib.sha256).hexdigest()
    _OFFERS[token] = _Offer(path=path, name=name, media_type=media_type)
    return f"{_ROOM}/{token}"


def routes() -> list[BaseRoute]:
    """Give the routes that :mod:`audit.ui.server` adds to those of Streamlit."""
    return [Route(f"{_ROOM}/{{token}}", _send, methods=["GET", "HEAD"])]


def file_stem(name: str, version_id: str) -> str:
    """Make a file name, without ending, that every system accepts.

    Examples
    --------
    >>> file_stem("Adult census (UCI)", "3f9a71aa00112233"), file_stem("../..", "3f9a71aa00112233")
    ('Adult-census-UCI-3f9a71', 'dataset-3f9a71')
    """
    plain = re.sub(r"[^\w]+", "-", name).strip("-")[:60] or "dataset"
    return f"{plain}-{version_id[:6]}"


async def _send(request: Request) -> Response:
    given = _OFFERS.get(request.path_params["token"])
    if given is None or not given.path.is_file():
        return PlainTextResponse("This file is not here any more.", status_code=404)
    headers = {"Cache-Control": "no-store"}
    return FileResponse(
        given.path, filename=given.name, media_type=given.media_type, headers=headers
    )
