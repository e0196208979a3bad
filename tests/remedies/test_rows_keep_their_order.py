"""Rows come out in their order, whatever the engine makes of the expressions."""

import pyarrow as pa

from audit.store.parquet import GROUP_ROWS


def test_rows_keep_their_order_over_several_groups_and_columns(mended):
    n = GROUP_ROWS + 5000
    columns = {f"c{i}": pa.array(["x", "N/A", " ", "y"] * (n // 4)) for i in range(8)}
    rows = n // 4 * 4
    columns["number"] = pa.array(range(rows), pa.int64())
    made = mended(pa.table(columns), ("replace-null-tokens", {}))
    assert made.table["number"].to_pylist() == list(range(rows))
    assert made.column("c3")[:4] == ["x", None, None, "y"]
