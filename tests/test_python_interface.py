"""``import audit``: load, run, write."""

import hashlib
import json

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import audit
from audit.errors import AuditError, ColumnError, WorkspaceError
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


def test_what_a_recipe_did_is_told_and_its_rows_and_its_learning_are_given(tmp_path):
    people = pa.table({"age": [30.0, None, 41.0, 30.0] * 30, "sex": ["F", "M", "F", "F"] * 30})
    data = audit.load(people, workspace=tmp_path / "w", name="people")
    assert data.effects == ()
    assert data.recipe is None
    with pytest.raises(WorkspaceError, match="loaded"):
        data.removed()
    wanted = b"steps: [{drop-missing: {columns: [age]}}, {scale: {columns: [age]}}]"
    fixed = audit.apply(data, audit.Recipe.parse(wanted))
    assert [(e.rows_in, e.rows_out, e.removed) for e in fixed.effects] == [
        (120, 90, 30),
        (90, 90, 0),
    ]
    gone = fixed.removed()
    assert gone.column_names[:2] == ["age", "sex"]
    assert gone["age"].to_pylist() == [None] * 30
    assert gone["removed_row"].to_pylist() == list(range(2, 121, 4))
    other = audit.load(pa.table({"age": [30.0], "sex": ["F"]}), workspace=tmp_path / "w")
    assert fixed.recipe is not None
    again = audit.apply(other, fixed.recipe, any_source=True)
    ages = np.array([30.0, 41.0, 30.0] * 30)
    assert again.arrow()["age"].to_pylist() == pytest.approx([(30 - ages.mean()) / ages.std()])


def test_a_recipe_is_applied_compared_and_taken_away(tmp_path):
    people = pa.table({"age": [30, None, 41, 30] * 30, "sex": ["F", "M", "F", "F"] * 30})
    data = audit.load(people, workspace=tmp_path / "w", name="people", sensitive=["sex"])
    file = tmp_path / "recipe.yaml"
    file.write_text("steps: [{drop-missing: {columns: [age]}}]")
    fixed = audit.apply(data, audit.Recipe.read(file), name="fixed")
    found = audit.compare(data, fixed, utility=False)
    assert found.values.pairing.removed == 30
    page = found.save(tmp_path / "comparison.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    document = json.loads(found.save(tmp_path / "comparison.json").read_text(encoding="utf-8"))
    assert document["schema_version"] == 1
    assert pl.read_csv(fixed.write(tmp_path / "fixed.csv"))["age"].to_list() == [30, 41, 30] * 30
    with pytest.raises(AuditError, match=r"neither in \.html nor in \.json"):
        found.save(tmp_path / "comparison.pdf")
