"""Our distribution report on a Parquet file; prints the seconds of the work alone.

The file is asked as it lies, through the same table the program uses: no version is made
and nothing is cached.
"""

import sys
import time
from pathlib import Path

from audit import registry
from audit.model import silent
from audit.store.engine import Engine
from audit.store.table import Table, describe

source, scratch, work = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
engine = Engine(source.parent, spill=scratch)
with engine.cursor() as cursor:
    columns, n_rows = describe(cursor, source)
table = Table(engine, source, id_="benchmark", columns=columns, n_rows=n_rows)
spec = registry.reports()["distribution"]
begun = time.perf_counter()
value = spec.function(table, spec.options(), silent)
print(time.perf_counter() - begun)
assert value.rows == n_rows
