"""Folders and patterns: one table out of many files, columns united by name."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.errors import SourceError
from audit.sources import detect, preview


def write(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name.replace("__", ".")).write_text(text)
    return folder


def test_files_are_put_together_in_the_order_of_their_names(tmp_path, read):
    folder = write(tmp_path / "d", b__csv="a,b\n3,z\n", a__csv="a,b\n1,x\n2,y\n\n", README__md="no")
    found = read(folder)
    assert found.rows == [(1, "x"), (2, "y"), (3, "z")]
    assert found.counts == (4, 3, 0, 1)
    assert "2 files were put together." in found.report.notes
    assert detect(folder) == "folder"
    assert preview(folder).rows[0] == ("1", "x")


def test_columns_are_united_by_name_and_differences_said(tmp_path, read):
    folder = write(tmp_path / "d", a__csv="a,b\n1,x\n", b__csv="c,a\n2.5,7\n")
    found = read(folder)
    assert found.rows == [(1, "x", None), (7, None, 2.5)]
    assert "b.csv lacks 'b'." in found.report.notes


def test_a_column_that_is_text_in_one_file_keeps_its_writing_in_all(tmp_path, read):
    folder = write(
        tmp_path / "d", a__csv="k,v\n1.50,1\n", b__csv="k,v\nx,00123\n", c__csv="k,v\n,\n"
    )
    found = read(folder)
    assert found.rows == [("1.50", "1"), ("x", "00123"), (None, None)]


def test_parts_without_header_take_the_names_of_the_first(tmp_path, read):
    folder = write(tmp_path / "d", a__csv="n,w\n1,x\n2,y\n", b__csv="3,z\n4,x\n5,y\n")
    found = read(folder)
    assert found.table.schema.names == ["n", "w"]
    assert found.rows == [(1, "x"), (2, "y"), (3, "z"), (4, "x"), (5, "y")]


def test_rejects_say_in_which_file(tmp_path, read):
    folder = write(tmp_path / "d", a__csv="a,b\n1,2\n", b__csv="a,b\n3\n4,5\n")
    found = read(folder)
    assert found.counts == (3, 2, 1, 0)
    assert found.rejects[0]["reason"] == "b.csv: It has 1 field instead of 2."


def test_parquet_shards_with_other_types_are_widened(tmp_path, read):
    pq.write_table(pa.table({"x": pa.array([1], pa.int32())}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"x": pa.array([2], pa.int64()), "y": ["z"]}), tmp_path / "b.parquet")
    found = read(tmp_path / "*.parquet")
    assert found.rows == [(1, None), (2, "z")]


def test_options_hold_for_every_file(tmp_path, read):
    folder = write(tmp_path / "d", a__csv="x,y\n1,2\n", b__csv="3,4\n")
    assert read(folder, header=False).rows == [("x", "y"), ("1", "2"), ("3", "4")]


def test_files_of_several_kinds_are_an_error_with_a_pattern(tmp_path, read):
    folder = write(tmp_path / "d", a__csv="a,b\n1,2\n", b__csv="a,b\n1,2\n", c__json='[{"a": 1}]')
    with pytest.raises(SourceError, match="several kinds: 2 csv, 1 json") as raised:
        read(folder)
    assert raised.value.hint.endswith("d/*.csv")
    assert read(folder / "*.csv").report.loaded == 2


def test_an_empty_folder_and_a_pattern_without_files_are_errors(tmp_path):
    (tmp_path / "d").mkdir()
    for path in (tmp_path / "d", tmp_path / "*.csv"):
        with pytest.raises(SourceError, match="There are no files"):
            detect(path)
