"""Parquet, Arrow and tables in memory: types kept, names made plain, damage refused."""

import datetime as dt
import decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest

from audit.errors import SourceError, Stopped
from audit.sources import load_arrow

ASKED = "The work was stopped."
MOMENT = dt.datetime.fromisoformat("2024-01-02T03:04:05.678901")
TABLE = pa.table(
    {
        "money": pa.array([decimal.Decimal("1.10"), None], pa.decimal128(10, 2)),
        "zoned": pa.array([MOMENT, None], pa.timestamp("us", "Europe/Berlin")),
        "plain": pa.array([MOMENT, None], pa.timestamp("us")),
        "nested": pa.array([{"x": [1, 2]}, None], pa.struct([("x", pa.list_(pa.int32()))])),
        "word": pa.array(["a", None]).dictionary_encode(),
        "raw": pa.array([b"\0\xff", None]),
        "day": pa.array([dt.date(2024, 1, 2), None]),
        "nothing": pa.nulls(2),
        "small": pa.array([1, 2], pa.uint8()),
    }
)
TYPES = {
    "money": "DECIMAL(10,2)",
    "zoned": "TIMESTAMP WITH TIME ZONE",
    "plain": "TIMESTAMP",
    "nested": 'STRUCT("x" INTEGER[])',
    "word": "VARCHAR",
    "raw": "BLOB",
    "day": "DATE",
    "nothing": "VARCHAR",
    "small": "UTINYINT",
}


def files(folder):
    pq.write_table(TABLE, folder / "t.parquet")
    feather.write_feather(TABLE, folder / "t.feather")
    with pa.ipc.new_file(folder / "t.arrow", TABLE.schema) as out:
        out.write_table(TABLE)
    with pa.ipc.new_stream(folder / "t.arrows", TABLE.schema) as out:
        out.write_table(TABLE)
    return ["t.parquet", "t.feather", "t.arrow", "t.arrows"]


def test_types_are_kept_whatever_the_file(tmp_path, read):
    for name in files(tmp_path):
        found = read(tmp_path / name)
        assert found.types == TYPES, name
        assert found.table.to_pylist()[0]["nested"] == {"x": [1, 2]}
        assert found.table["zoned"].to_pylist()[0] == MOMENT.replace(tzinfo=dt.UTC)
        assert found.counts == (2, 2, 0, 0)


def test_duckdb_reads_the_types_we_say(tmp_path, read):
    files(tmp_path)
    found = read(tmp_path / "t.parquet")
    with duckdb.connect() as connection:
        rows = connection.execute(f"DESCRIBE FROM '{found.folder / 'data.parquet'}'").fetchall()
    assert {r[0]: r[1].replace("STRUCT(x ", 'STRUCT("x" ') for r in rows} == TYPES


def test_the_same_rows_are_the_same_bytes_however_they_came(tmp_path, read):
    written = {(read(tmp_path / n).folder / "data.parquet").read_bytes() for n in files(tmp_path)}
    assert len(written) == 1


def test_names_that_differ_in_case_only_are_told_apart(tmp_path, read):
    table = pa.table([[1], [2], [{"k": 1, "K": 2}]], names=["a", "A", "s"])
    pq.write_table(table, tmp_path / "t.parquet")
    found = read(tmp_path / "t.parquet")
    assert found.rows == [(1, 2, {"k": 1, "K_2": 2})]
    with duckdb.connect() as connection:
        out = connection.execute("FROM read_parquet(?)", [str(found.folder / "data.parquet")])
        assert out.fetchall() == [(1, 2, {"k": 1, "K_2": 2})]


@pytest.mark.parametrize("name", ["t.parquet", "t.feather", "t.arrow", "t.arrows"])
def test_a_cut_file_is_an_error_and_leaves_nothing(tmp_path, read, name):
    files(tmp_path)
    whole = (tmp_path / name).read_bytes()
    with pytest.raises(SourceError, match=r"is a damaged (Parquet|Arrow) file"):
        read(whole[: len(whole) * 2 // 3], name=name)


def test_flipped_bytes_never_give_a_crash(tmp_path, read):
    files(tmp_path)
    for name in ("t.parquet", "t.arrow", "t.arrows"):
        whole = (tmp_path / name).read_bytes()
        for at in range(8, len(whole), max(1, len(whole) // 25)):
            bad = bytearray(whole)
            bad[at] ^= 0x55
            try:
                found = read(bytes(bad), name=name)
            except SourceError:
                continue
            assert found.report.adds_up


def test_a_stream_without_end_mark_is_said(tmp_path, read):
    files(tmp_path)
    whole = (tmp_path / "t.arrows").read_bytes()
    found = read(whole[:-8], name="t.arrows")
    assert found.report.loaded == 2
    assert any("no end mark" in note for note in found.report.notes)


FRAMES = {
    "pandas": lambda: pd.DataFrame({"x": [1, 2], "s": ["a", None]}),
    "polars": lambda: pl.DataFrame({"x": [1, 2], "s": ["a", None]}),
    "pyarrow": lambda: pa.table({"x": [1, 2], "s": ["a", None]}),
    "reader": lambda: pa.table({"x": [1, 2], "s": ["a", None]}).to_reader(),
    "duckdb": lambda: duckdb.connect().sql("FROM (VALUES (1::BIGINT, 'a'), (2, NULL)) t(x, s)"),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_tables_in_memory_are_loaded(tmp_path, kind):
    loaded = load_arrow(FRAMES[kind](), tmp_path)
    assert (loaded.report.found, loaded.report.loaded) == (2, 2)
    assert pq.read_table(tmp_path / "data.parquet").to_pydict() == {"x": [1, 2], "s": ["a", None]}


def test_what_is_no_table_is_named(tmp_path):
    with pytest.raises(SourceError, match="A list is not a table"):
        load_arrow([1, 2], tmp_path)
    with pytest.raises(SourceError, match="holds values that Arrow has no type for"):
        load_arrow(pd.DataFrame({"x": [1, "a", object()]}), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_loading_a_table_in_memory_can_be_stopped(tmp_path):
    def stop(_share, _note=""):
        raise Stopped(ASKED)

    with pytest.raises(Stopped):
        load_arrow(pa.table({"x": range(10)}), tmp_path, progress=stop)
    assert list(tmp_path.iterdir()) == []
