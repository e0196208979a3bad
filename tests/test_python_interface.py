"""``import audit``: load, run, write."""

import hashlib

import pandas as pd
import polars as pl
import pytest

import audit
from audit.errors import ColumnError
from audit.model import Role


@pytest.fixture
def frame():
    return pd.DataFrame({"income": [">50K", "<=50K"] * 50, "sex": ["F", "M", "M", "F"] * 25})


def test_a_frame_is_loaded_audited_and_written(frame, tmp_path):
    data = audit.load(
        frame, label="income", positive=">50K", sensitive=["sex"], workspace=tmp_path / "w"
    )
    assert data.roles.one(Role.LABEL) == "income"
    assert data.roles.positive == ">50K"
    result = audit.run(data)
    rows = [m for m in result.measures if m.name == "rows"]
    assert [m.value for m in rows] == [100]
    written = data.write(tmp_path / "out.parquet")
    assert hashlib.sha256(written.read_bytes()).hexdigest() == data.version.manifest.sha256


def test_a_dataset_speaks_arrow(frame, tmp_path):
    data = audit.load(frame, workspace=tmp_path / "w")
    assert pl.DataFrame(data).shape == (100, 2)


def test_a_column_that_does_not_exist_is_named(frame, tmp_path):
    with pytest.raises(ColumnError, match="income"):
        audit.load(frame, label="incom", workspace=tmp_path / "w")


def test_what_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError):
        audit.nonsense  # noqa: B018
