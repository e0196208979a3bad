"""Read a CSV file and write it as Parquet, with another library and its defaults."""

import sys
from pathlib import Path

source, scratch, library = sys.argv[1:4]
target = Path(scratch) / "out.parquet"
if library == "duckdb":
    import duckdb

    relation = duckdb.connect().read_csv(source)
    relation.write_parquet(str(target), compression="zstd")
elif library == "pandas":
    import pandas as pd

    pd.read_csv(source).to_parquet(target, compression="zstd")
else:
    import polars as pl

    pl.read_csv(source).write_parquet(target, compression="zstd")
