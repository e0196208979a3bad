"""Combinations that too few rows have, by the number of columns they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture
from audit.format import count, counted

if TYPE_CHECKING:
    from audit.reports.representation.part_values import Coverage


def coverage_levels(coverage: Coverage, *, p: Palette = LIGHT) -> Picture:
    """Draw the maximal uncovered patterns by the number of columns they name.

    Each bar carries ``[number of columns]`` as ``customdata``.
    """
    levels = list(enumerate(coverage.by_level, 1))
    rows = Rows(
        [counted(columns, "column") for columns, _ in levels],
        p,
        columns=[("patterns", 70)],
        below=8,
        tight=True,
    )
    rows.figure.update_xaxes(visible=False, range=[0, max(coverage.by_level, default=0) or 1])
    rows.zero()
    bars = [
        (i, float(n), f"{counted(columns, 'column')}: {counted(n, 'pattern')}", (columns,))
        for i, (columns, n) in enumerate(levels)
    ]
    marks.add_bars(rows, bars, p.data, width=0.6)
    for i, (_, n) in enumerate(levels):
        rows.values(i, [count(n)])
    said = "; ".join(f"{count(n)} name {counted(k, 'column')}" for k, n in levels) or "none"
    return Picture(
        marks.finish(rows),
        f"Combinations with fewer than {coverage.min_cell} rows, {count(coverage.total)} in all: "
        f"{said}.",
    )
