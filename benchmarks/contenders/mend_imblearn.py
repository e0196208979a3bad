"""Filter, drop duplicates, oversample and write with pandas and imbalanced-learn; prints seconds."""

import sys
import time
from pathlib import Path

import pandas as pd
from imblearn.over_sampling import RandomOverSampler

source, scratch = sys.argv[1:3]
LABEL = "income"

begun = time.perf_counter()
frame = pd.read_parquet(source)
frame = frame.query("age >= 18 and `hours-per-week` <= 80 and workclass != '?'")
frame = frame[frame["workclass"].notna()].drop_duplicates()
features, label = RandomOverSampler(random_state=0).fit_resample(
    frame.drop(columns=LABEL), frame[LABEL]
)
features.assign(**{LABEL: label}).to_parquet(
    Path(scratch) / "out.parquet", compression="zstd", index=False
)
print(time.perf_counter() - begun)
