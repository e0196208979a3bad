"""skrub's TableReport with its defaults: CSV in, its JSON out."""

import sys
from pathlib import Path

from skrub import TableReport

source, target, library = sys.argv[1:4]
if library == "polars":
    import polars as pl

    frame = pl.read_csv(source)
else:
    import pandas as pd

    frame = pd.read_csv(source)
Path(target).write_text(TableReport(frame, verbose=0).json(), encoding="utf-8")
