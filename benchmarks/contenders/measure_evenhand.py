"""Our distribution report on a Parquet file; prints the seconds of the work alone.

The file is asked as it lies, through the same table the program uses: no version is made
and nothing is cached.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from audit.model import silent
from audit.reports.distribution import Options, measure
from audit.reports.distribution.columns import measure_columns
from audit.store.engine import Engine
from audit.store.table import Table, describe

source, scratch, work = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
options = Options()
engine = Engine(source.parent, spill=scratch)
with engine.cursor() as cursor:
    columns, n_rows = describe(cursor, source)
table = Table(engine, source, id_="benchmark", columns=columns, n_rows=n_rows)

begun = time.perf_counter()
if work == "report":
    measured = measure(table, options, silent).columns
else:
    measured = measure_columns(
        table,
        exact_rows=options.exact_rows,
        counted_values=options.counted_values,
        as_of=datetime.now(UTC),
        progress=silent,
    )
print(time.perf_counter() - begun)
assert len(measured) == len(columns)
assert all(column.n == n_rows for column in measured)
