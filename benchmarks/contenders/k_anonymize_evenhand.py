"""Our k-anonymity of a Parquet file, and the next table written; prints seconds, then what it did.

The file is asked as it lies, through the same table the program uses.
"""

import sys
import time
from pathlib import Path

# Loading Arrow is no part of the work, as little as loading DuckDB.
import numpy as np
import pyarrow as pa
import pyarrow.compute

from audit.mending.change import Context
from audit.mending.stage import Stage, carry_out
from audit.remedies.k_anonymize import KAnonymize, k_anonymize
from audit.store.engine import Engine
from audit.store.table import table_of

source, scratch = Path(sys.argv[1]), Path(sys.argv[2])
step = KAnonymize(columns=tuple(sys.argv[3].split(",")), k=int(sys.argv[4]))
engine = Engine(source.parent, spill=scratch)
table = table_of(engine, source, id_="benchmark")
stage = Stage(table=table, lineage=np.arange(table.n_rows, dtype=np.int64))

begun = time.perf_counter()
change = k_anonymize(table, step, Context())
carry_out(
    stage,
    change,
    path=scratch / "made.parquet",
    position=1,
    remedy="k-anonymize",
    title="Make k-anonymous",
)
print(time.perf_counter() - begun)
assert pa.compute
print(change.notes[0])
