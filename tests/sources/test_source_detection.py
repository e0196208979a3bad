"""Which kind a file is: by its bytes first, by its name second, refused with advice else."""

import os
import pickle

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.errors import SourceError
from audit.registry import sources
from audit.sources import detect, load, preview


def test_bytes_decide_before_the_name(tmp_path):
    pq.write_table(pa.table({"x": [1]}), tmp_path / "really_parquet.csv")
    assert detect(tmp_path / "really_parquet.csv") == "parquet"
    (tmp_path / "really_json.csv").write_text('{"a": 1}\n')
    assert detect(tmp_path / "really_json.csv") == "json"
    (tmp_path / "text.parquet").write_text("a,b\n1,2\n")
    assert detect(tmp_path / "text.parquet") == "csv"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (pickle.dumps({"a": 1}), "is a pickle"),
        (b"PK\x03\x04" + bytes(60), "is a zip archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "is an image"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        (b"\x7fELF\x02\x01\x01" + bytes(40), "is a program"),
        (bytes(range(256)) * 40, "of no kind"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(tmp_path, data, said):
    path = tmp_path / "upload.csv"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=said) as raised:
        detect(path)
    assert raised.value.hint


def test_a_pickle_by_name_is_refused(tmp_path):
    (tmp_path / "model.pkl").write_text("a,b\n1,2\n")
    with pytest.raises(SourceError, match="is a pickle"):
        detect(tmp_path / "model.pkl")


@pytest.mark.parametrize("what", ["file", "folder", "pattern"])
def test_a_name_that_is_no_text_is_refused_with_advice(tmp_path, what):
    (tmp_path / "draft").mkdir()
    folder = tmp_path / "data"
    folder.mkdir()
    file = folder / os.fsdecode(b"caf\xe9.csv")
    file.write_text("a,b\n1,2\n")
    path = {"file": file, "folder": folder, "pattern": folder / "*.csv"}[what]
    for read in (preview, lambda p: load(p, tmp_path / "draft")):
        with pytest.raises(SourceError, match=r"caf\\udce9\.csv' is not UTF-8") as raised:
            read(path)
        assert "Rename" in raised.value.hint


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(SourceError, match="cannot be read: No such file"):
        detect(tmp_path / "none.csv")


def test_every_source_keeps_the_contract():
    known = sources()
    assert set(known) >= {"csv", "json", "parquet", "arrow", "excel", "sqlite", "folder"}
    for spec in known.values():
        assert len(spec.doc) > 60, spec.id
        assert not any(spec.function.recognises(b) for b in (b"", b"a,b\n1,2\n", bytes(100))), (
            spec.id
        )
        for name, field in spec.options.model_fields.items():
            assert field.default is None, f"{spec.id}.{name} must mean 'find out' when empty"
            assert field.description, f"{spec.id}.{name}"
