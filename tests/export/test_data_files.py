import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import load_workbook

from audit import runner
from audit.errors import ParameterError, Stopped
from audit.export.data import export
from audit.export.formats import FORMATS, format_of
from audit.store import Workspace

ROWS = {
    "id": pa.array([1, 2, 2**60, None], pa.int64()),
    "share": pa.array([0.1, float("nan"), float("inf"), None]),
    "text": ["=1+1", "", None, 'a "quoted"\nline, ä'],
    "day": pa.array([date(2020, 2, 29), date(1850, 1, 1), None, date(2000, 1, 1)]),
    "moment": pa.array([1_577_872_800_000_005, None, None, None], pa.timestamp("us")),
    "zoned": pa.array([datetime(2020, 1, 1, 10, tzinfo=UTC)] * 4, pa.timestamp("us", "UTC")),
    "flag": [True, False, None, True],
    "nested": [[{"role": "user", "content": "=hi"}], [], None, [{"role": "x", "content": None}]],
    "bytes": [b"\x00\xff", b"", None, b"abc"],
}


@pytest.fixture
def space(tmp_path):
    opened = Workspace.open(tmp_path / "workspace")
    yield opened
    opened.close()


@pytest.fixture
def version(space):
    return runner.load(pa.table(ROWS), workspace=space)


def written(version, tmp_path: Path, id_: str, **given):
    format_ = FORMATS[id_]
    return export(version, tmp_path / f"data{format_.suffix}", format_, **given)


@pytest.mark.parametrize("id_", ["parquet", "arrow"])
def test_columnar_files_hold_exactly_what_the_version_holds(version, tmp_path, id_):
    (done,) = written(version, tmp_path, id_)
    read = pq.read_table if id_ == "parquet" else lambda p: pa.ipc.open_file(str(p)).read_all()
    assert repr(read(done.path).to_pydict()) == repr(pq.read_table(version.data).to_pydict())
    assert done.rows == 4


def test_parquet_is_the_version_byte_for_byte(version, tmp_path):
    (done,) = written(version, tmp_path, "parquet")
    assert done.path.read_bytes() == version.data.read_bytes()


def test_csv_is_read_back_to_the_same_values(space, tmp_path):
    rows = {k: v for k, v in ROWS.items() if k in ("id", "share", "day", "flag")}
    rows["id"] = [1, 2, 2**50, None]
    rows["text"] = ["=1+1", "-5 apples", None, 'a "quoted"\nline, ä']
    version = runner.load(pa.table(rows), workspace=space)
    (done,) = written(version, tmp_path, "csv")
    again = runner.load(done.path, workspace=space)
    assert repr(again.table.rows("SELECT * FROM {t}")) == repr(
        version.table.rows("SELECT * FROM {t}")
    )
    assert "2 texts begin as formulas do" in done.notes[0]


def test_csv_tells_an_empty_text_from_a_missing_one(version, tmp_path):
    (done,) = written(version, tmp_path, "csv")
    lines = done.path.read_text(encoding="utf-8").splitlines()
    assert lines[2].startswith('2,nan,"",')
    assert lines[3].startswith("1152921504606846976,inf,,")


def test_csv_for_spreadsheets_neutralises_formulas_and_says_so(version, tmp_path):
    (done,) = written(version, tmp_path, "csv-spreadsheet")
    text = done.path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert b'"\'=1+1"' in text
    assert done.notes == (
        "1 text that a spreadsheet would run as a formula got an apostrophe in front.",
    )


FULL_WIDTH = ["\uff1d", "\uff0b", "\uff0d", "\uff20"]
"""Excel takes them for = + - @ where Chinese or Japanese is written."""


@pytest.mark.parametrize("leader", ["=", "+", "-", "@", "\t", "\r", "\n", *FULL_WIDTH])
def test_each_leader_of_a_formula_is_neutralised_in_cells_and_names(space, tmp_path, leader):
    version = runner.load(pa.table({f"{leader}name": [f"{leader}1"]}), workspace=space)
    (done,) = written(version, tmp_path, "csv-spreadsheet")
    assert done.path.read_bytes().count(f"'{leader}".encode()) == 2


def test_json_lines_hold_nested_values_and_no_word_that_json_has_not(version, tmp_path):
    def refuse(word):
        raise AssertionError(word)

    (done,) = written(version, tmp_path, "jsonl")
    lines = done.path.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line, parse_constant=refuse) for line in lines]
    assert rows[0]["nested"] == [{"role": "user", "content": "=hi"}]
    assert [r["share"] for r in rows] == [0.1, None, None, None]
    assert (rows[2]["id"], rows[0]["day"], rows[1]["text"]) == (2**60, "2020-02-29", "")


def test_excel_holds_texts_as_texts_and_says_what_it_cannot_hold(version, tmp_path):
    (done,) = written(version, tmp_path, "excel")
    sheet = load_workbook(str(done.path)).get_sheet_by_index(0).to_python()
    assert sheet[1][:4] == [1.0, 0.1, "=1+1", date(2020, 2, 29)]
    assert sheet[3][0] == str(2**60)
    assert sheet[2][3] == "1850-01-01"
    assert "written as text" in done.notes[0]


def test_no_cell_and_no_name_of_a_workbook_is_a_formula_or_a_link(space, tmp_path):
    hostile = ["=1+1", "{=1+1}", "http://canary.invalid/x", "mailto:a@b.invalid", "internal:A!A1"]
    hostile += ["external:c:\\\\x", "@SUM(1)", "+1", "-1", "file:///etc/passwd", "=cmd|' /C x'!A0"]
    table = pa.table({name: [name, None] for name in hostile})
    version = runner.load(table, workspace=space)
    (done,) = written(version, tmp_path, "excel")
    with zipfile.ZipFile(done.path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert "<f" not in sheet.replace("<sheetFormat", "")
    assert "hyperlink" not in sheet
    assert not [name for name in parts if "sheet1.xml.rels" in name or "externalLink" in name]
    rows = load_workbook(str(done.path)).get_sheet_by_index(0).to_python()
    assert rows[0] == rows[1] == hostile
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".evenhand")] == []


def test_the_same_workbook_is_the_same_bytes(version, tmp_path):
    (done,) = written(version, tmp_path, "excel")
    first = done.path.read_bytes()
    written(version, tmp_path, "excel")
    assert done.path.read_bytes() == first


def test_a_text_that_no_cell_of_excel_holds_is_refused_and_leaves_no_file(space, tmp_path):
    version = runner.load(pa.table({"t": ["x" * 32_768]}), workspace=space)
    with pytest.raises(ParameterError, match="32,767 characters"):
        written(version, tmp_path, "excel")
    assert not (tmp_path / "data.xlsx").exists()


def test_a_table_that_no_sheet_holds_is_refused(space, tmp_path):
    version = runner.load(pa.table({"n": pa.nulls(1_048_576, pa.int8())}), workspace=space)
    with pytest.raises(ParameterError, match="A sheet holds 1,048,575 rows"):
        written(version, tmp_path, "excel")


def test_stopping_leaves_no_file(version, tmp_path):
    def stop(_share, _note="", /):
        message = "enough"
        raise Stopped(message)

    with pytest.raises(Stopped):
        written(version, tmp_path, "csv", progress=stop)
    assert not (tmp_path / "data.csv").exists()


@pytest.mark.parametrize(
    ("name", "id_"), [("a.PARQUET", "parquet"), ("a.feather", "arrow"), ("a.ndjson", "jsonl")]
)
def test_the_ending_of_a_name_says_the_format(name, id_):
    assert format_of(Path(name)).id == id_


def test_an_unknown_ending_is_told_with_those_that_are_known():
    with pytest.raises(ParameterError, match=r"\.parquet, \.csv, \.jsonl, \.xlsx, \.arrow"):
        format_of(Path("data.docx"))
