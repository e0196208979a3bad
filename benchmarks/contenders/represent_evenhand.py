"""Our representation report, or its model part, on a Parquet file; prints the seconds.

The file is asked as it lies, through the same table the program uses: no version is made and
nothing is kept.
"""

import sys
import time
from pathlib import Path

from audit.model import ColumnRole, Role, RoleMap, silent
from audit.reports.representation import Options, representation
from audit.reports.representation.axes import axis_of
from audit.reports.representation.label import read_label
from audit.reports.representation.model import model
from audit.store.engine import Engine
from audit.store.table import Table, describe

GROUPS = ("sex", "race")

source, scratch, work = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
resamples = int(sys.argv[4]) if len(sys.argv) > 4 else Options().resamples
engine = Engine(source.parent, spill=scratch)
with engine.cursor() as cursor:
    columns, n_rows = describe(cursor, source)
table = Table(engine, source, id_="benchmark", columns=columns, n_rows=n_rows)
options = Options(resamples=resamples, depth=2)
given = {"income": Role.LABEL, **dict.fromkeys(GROUPS, Role.SENSITIVE)}
if work == "model":
    given["said"] = Role.PREDICTION
roles = RoleMap(
    columns=tuple(ColumnRole(column=c, roles=(r,)) for c, r in given.items()), positive=">50K"
)

begun = time.perf_counter()
if work == "model":
    axes = tuple(axis_of(table, column) for column in GROUPS)
    found = model(table, axes, read_label(table, roles), roles, options, None, silent)
    assert found is not None
    assert len(found.combinations) == 3
else:
    report = representation(table, roles, options, silent)
    assert len(report.combinations) == 3
print(time.perf_counter() - begun)
