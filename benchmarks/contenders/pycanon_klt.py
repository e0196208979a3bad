"""pycanon's k, l and t of a table whose rows are in memory; prints seconds, then the three.

Columns of text are made Python's own strings first, which is what it knows.
"""

import sys
import time

import pandas as pd
from pycanon import anonymity

source, listed = sys.argv[1], sys.argv[2]
known, label = listed.split(","), ["income"]
frame = pd.read_parquet(source, columns=[*known, *label])
begun = time.perf_counter()
k = anonymity.k_anonymity(frame, known)
diverse = anonymity.l_diversity(frame, known, label)
close = anonymity.t_closeness(frame, known, label)
print(time.perf_counter() - begun)
print(k, diverse, close)
