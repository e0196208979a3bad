"""A sample of a table, in the order of its rows: what a preview is made on."""

from pathlib import Path

from audit.mending.change import Change, Removed
from audit.mending.stage import Stage, carry_out
from audit.store.table import Table

_SEED = 20_261_123


def sample(table: Table, most: int, path: Path) -> Stage:
    """Write ``most`` rows of ``table``, drawn with a fixed seed, to ``path``."""
    import numpy as np

    chosen = np.random.default_rng(_SEED).choice(table.n_rows, size=most, replace=False)
    others = np.ones(table.n_rows, dtype=bool)
    others[chosen] = False
    rows = np.flatnonzero(others)
    removed = Removed(rows=rows, why=np.zeros(len(rows), np.int32), reasons=("not drawn",))
    whole = Stage(table=table, lineage=np.arange(table.n_rows, dtype=np.int64))
    outcome = carry_out(
        whole,
        Change(removed=removed),
        path=path,
        position=0,
        remedy="sample",
        title="Sample",
        draft=True,
    )
    return outcome.stage
