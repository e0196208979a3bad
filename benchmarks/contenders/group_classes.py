"""The classes of some columns, counted by one plain GROUP BY; prints seconds."""

import sys
import time

import duckdb

source = sys.argv[1]
listed = ", ".join(f'"{name}"' for name in sys.argv[2].split(","))
connection = duckdb.connect()
connection.execute("SELECT 1")
begun = time.perf_counter()
connection.execute(
    f"SELECT {listed}, count(*) FROM read_parquet('{source}') GROUP BY ALL"
).fetchnumpy()
print(time.perf_counter() - begun)
