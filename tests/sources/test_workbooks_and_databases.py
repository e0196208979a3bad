"""Excel and SQLite: sheets and tables to choose from, values kept, kinds not mixed."""

import datetime as dt
import sqlite3
import zipfile
from contextlib import closing

import pytest
import xlsxwriter

from audit.errors import SourceError
from audit.sources import Limits, preview


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.add_worksheet("empty")
        people = book.add_worksheet("people")
        rows = [
            ["id", "zip", "born", "member", "mixed", "score"],
            [1, "00123", dt.date(1990, 5, 1), True, 1, 1.5],
            [2, "12345", dt.date(1991, 6, 2), False, "b", 2],
            [],
            [3],
        ]
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                people.write(r, c, value)
        notes = book.add_worksheet("notes")
        notes.write(0, 0, "Written by hand")
        for r, row in enumerate([["a", "b", "c"], [1, 2, 3], [4, 5, 6]], 2):
            notes.write_row(r, 0, row)
    return path


def test_a_sheet_is_read_with_types_and_counts(workbook, read):
    found = read(workbook)
    assert found.types == {
        "id": "BIGINT",
        "zip": "VARCHAR",
        "born": "DATE",
        "member": "BOOLEAN",
        "mixed": "VARCHAR",
        "score": "DOUBLE",
    }
    assert found.rows[0] == (1, "00123", dt.date(1990, 5, 1), True, "1", 1.5)
    assert found.counts == (4, 3, 0, 1)
    assert found.options["sheet"] == "people"


def test_sheets_are_choices(workbook, read):
    shown = preview(workbook)
    assert shown.choices == ("empty", "people", "notes")
    assert shown.rows[0][:2] == ("1", "00123")
    found = read(workbook, sheet="notes")
    assert found.rows == [(1, 2, 3), (4, 5, 6)]
    assert found.counts == (4, 2, 0, 2)
    with pytest.raises(SourceError, match="There is no sheet 'x'"):
        read(workbook, sheet="x")
    with pytest.raises(SourceError, match="holds no values"):
        read(workbook, sheet="empty")


def test_a_workbook_bomb_and_a_damaged_one_are_refused(tmp_path, workbook, read):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(workbook) as good, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name))
        bad.writestr("xl/media/zeros.bin", bytes(5 << 20))
    with pytest.raises(SourceError, match="unfolds to"):
        read(bomb, limits=Limits(unpacked_bytes=4 << 20))
    with pytest.raises(SourceError, match="damaged workbook"):
        read(workbook.read_bytes()[:4000], name="cut.xlsx")


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(
            """
            CREATE TABLE orders(id INTEGER, code TEXT, price REAL, "odd ""name" , raw BLOB);
            INSERT INTO orders VALUES (1, '00123', 1.5, 1, x'00ff'), (2, NULL, 2, 'x', NULL);
            CREATE TABLE small(a);
            INSERT INTO small VALUES (4611686018427387905);
            CREATE VIEW cheap AS SELECT id FROM orders WHERE price < 2;
            CREATE TABLE "drop table; --"(a);
            """
        )
        made.commit()
    return path


def test_a_table_is_read_as_it_is_stored(database, read):
    found = read(database)
    assert found.options == {"table": "orders"}
    assert found.rows == [(1, "00123", 1.5, "1", b"\0\xff"), (2, None, 2.0, "x", None)]
    assert found.counts == (2, 2, 0, 0)
    assert found.table.schema.names[3] == 'odd "name'


def test_tables_and_views_are_choices(database, read):
    assert preview(database).choices == ("cheap", "drop table; --", "orders", "small")
    assert read(database, table="cheap").rows == [(1,)]
    assert read(database, table="small").rows == [(4611686018427387905,)]
    assert read(database, table="drop table; --").counts == (0, 0, 0, 0)
    with pytest.raises(SourceError, match="There is no table 'none'"):
        read(database, table="none")


def test_reading_changes_nothing_and_a_damaged_database_is_an_error(database, read, tmp_path):
    before = database.read_bytes()
    read(database)
    assert database.read_bytes() == before
    with pytest.raises(SourceError, match="damaged or locked"):
        read(before[:100] + bytes(3000), name="cut.db")


def test_a_database_that_is_being_written_gives_its_committed_rows(database, read):
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("INSERT INTO orders(id) VALUES (3)")
        other.commit()
        assert read(database).report.loaded == 3
