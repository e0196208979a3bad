"""anonypy's Mondrian on rows in memory: the classes alone; prints seconds, then how many.

Columns of text are made categories, as it asks for.
"""

import sys
import time

import pandas as pd
from anonypy.mondrian import Mondrian

source, listed, k = sys.argv[1], sys.argv[2], int(sys.argv[3])
columns = listed.split(",")
frame = pd.read_parquet(source, columns=columns)
for name in columns:
    if not pd.api.types.is_numeric_dtype(frame[name]):
        frame[name] = frame[name].astype("category")
begun = time.perf_counter()
classes = Mondrian(frame, columns).partition(k)
print(time.perf_counter() - begun)
print(len(classes), min(map(len, classes)))
