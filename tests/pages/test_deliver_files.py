"""What is handed out: files from the disk, byte for byte, and CSV that no spreadsheet runs."""

import asyncio
import csv
import hashlib
import io
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from audit.ui.export_csv import spreadsheet_csv
from audit.ui.export_files import file_stem, offer, routes


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    largest_piece: int = 0


def get(address: str) -> Answer:
    """Ask the routes for ``address`` as a server would."""
    answer = Answer()

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)  # the one who asks stays on the line
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            answer.body += message["body"]
            answer.largest_piece = max(answer.largest_piece, len(message["body"]))

    scope = {"type": "http", "method": "GET", "path": address, "headers": [], "query_string": b""}
    asyncio.run(Starlette(routes=routes())(scope, receive, send))
    return answer


def test_a_file_on_offer_arrives_byte_for_byte_and_in_pieces(tmp_path: Path) -> None:
    file = tmp_path / "data.parquet"
    file.write_bytes(bytes(range(256)) * 50_000)
    answer = get(offer(file, "räder.parquet"))
    assert hashlib.sha256(answer.body).digest() == hashlib.sha256(file.read_bytes()).digest()
    assert answer.largest_piece <= 1 << 20
    assert answer.headers["content-length"] == str(file.stat().st_size)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"


def test_an_address_that_was_not_given_out_leads_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "data.parquet"
    file.write_bytes(b"x")
    given = offer(file, "a.parquet")
    assert get(given).status == 200
    for guess in ("/download/0", given[:-1] + "g", f"/download/{'0' * 64}", f"/download/{file}"):
        assert get(guess).status == 404


def test_a_deleted_file_is_said_to_be_gone(tmp_path: Path) -> None:
    file = tmp_path / "data.parquet"
    file.write_bytes(b"x")
    address = offer(file, "a.parquet")
    file.unlink()
    assert get(address).status == 404


def test_the_same_file_has_the_same_address_and_another_one_another(tmp_path: Path) -> None:
    assert offer(tmp_path / "a", "n") == offer(tmp_path / "a", "n")
    assert offer(tmp_path / "a", "n") != offer(tmp_path / "b", "n")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../x", "x-abcdef"),
        ('a"b\r\nSet-Cookie: x', "a-b-Set-Cookie-x-abcdef"),
        ("<b>", "b-abcdef"),
        ("...", "dataset-abcdef"),
    ],
)
def test_a_download_is_named_harmlessly(name: str, stem: str) -> None:
    assert file_stem(name, "abcdef0011223344") == stem


def test_formulas_stay_text_and_numbers_stay_numbers_in_a_csv_for_spreadsheets() -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "plain", -5, None, 'a"b,c\nd']
    made = spreadsheet_csv(["=head", "ok"], [[c, 1] for c in cells])
    read = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert read[0] == ["'=head", "ok"]
    assert [row[0] for row in read[1:]] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@SUM(A1)",
        "'\t=1",
        "'\r=1",
        "plain",
        "-5",
        "",
        'a"b,c\nd',
    ]
