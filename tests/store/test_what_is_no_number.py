"""NaN is found where it stands: the engine is told nothing that leaves it out."""

import pyarrow as pa
import pytest

from audit import runner
from audit.store import Workspace

NAN = float("nan")


@pytest.fixture
def table(tmp_path):
    space = Workspace.open(tmp_path / "workspace")
    rows = {"x": [1.0, NAN, 4.0], "n": [1, 2, 3], "s": [{"a": 1.0}, {"a": NAN}, None]}
    yield runner.load(pa.table(rows), workspace=space).table
    space.close()


@pytest.mark.parametrize(
    ("test", "rows"),
    [
        ("isnan({x})", [1]),
        ("{x} = 'NaN'::DOUBLE", [1]),
        ("{x} > 5", [1]),  # to the engine NaN is greater than every number
        ("{x} <= 4", [0, 2]),
        ("isnan({s}.a)", [1]),
        ("{n} > 2", [2]),
    ],
)
def test_comparisons_are_made_with_every_value(table, test, rows):
    found = table.rows(
        f"SELECT {{row}} FROM {{t}} WHERE {test} ORDER BY 1",
        **{key: key for key in ("x", "s", "n") if f"{{{key}}}" in test},
    )
    assert [row for (row,) in found] == rows
