"""Our re-identification report, or its risks alone, on a Parquet file; prints the seconds.

The file is asked as it lies, through the same table the program uses: no version is made and
nothing is kept. Quasi-identifiers are given with commas between them; the label is income.
``risks`` are all risk measures, with l, t and alpha of the label; ``report`` adds what drives
the risk, the rows of the smallest classes and the columns suggested.
"""

import sys
import time
from pathlib import Path

# Loading Arrow is no part of the work, as little as loading DuckDB.
import pyarrow as pa
import pyarrow.compute

from audit.model import ColumnRole, Role, RoleMap, silent
from audit.reports.reidentification import Options, reidentification
from audit.reports.reidentification.classes import Key, classes_of, read_cells
from audit.reports.reidentification.disclosures import disclosures
from audit.reports.reidentification.risks import risk_of
from audit.store.engine import Engine
from audit.store.table import Table, describe

LABEL = "income"

source, scratch, work = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
known = tuple(sys.argv[4].split(","))
engine = Engine(source.parent, spill=scratch)
with engine.cursor() as cursor:
    columns, n_rows = describe(cursor, source)
table = Table(engine, source, id_="benchmark", columns=columns, n_rows=n_rows)
roles = RoleMap(
    columns=(
        *(ColumnRole(column=c, roles=(Role.QUASI_IDENTIFIER,)) for c in known),
        ColumnRole(column=LABEL, roles=(Role.LABEL,)),
    )
)

begun = time.perf_counter()
if work == "risks":
    cells = read_cells(table, [Key(column=c) for c in known], [LABEL])
    classes, of_cell = classes_of(cells, "value")
    risk, told = risk_of(classes), disclosures(cells, classes, of_cell)
else:
    report = reidentification(table, roles, Options(), silent)
    assert report.risk is not None
    risk, told = report.risk, report.disclosures
print(time.perf_counter() - begun)
assert pa.compute
print(risk.k, told[0].l_diversity, told[0].t)
