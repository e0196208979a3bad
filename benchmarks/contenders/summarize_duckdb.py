"""DuckDB's SUMMARIZE on a Parquet file; prints the seconds of the statement alone."""

import sys
import time

import duckdb

connection = duckdb.connect()
connection.execute("SELECT 1")
begun = time.perf_counter()
rows = connection.execute("SUMMARIZE SELECT * FROM read_parquet(?)", [sys.argv[1]]).fetchall()
print(time.perf_counter() - begun)
assert rows
