"""Proxies: which other columns give a sensitive column away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from audit.model import RoleMap
from audit.reports.representation.group_values import Axis, Estimate
from audit.reports.representation.options import Options
from audit.reports.representation.part_values import Proxies, Proxy
from audit.reports.representation.proxy_associations import of_categories, of_number
from audit.reports.representation.proxy_rows import (
    MOST_VALUES,
    Candidates,
    Rows,
    candidates,
    draw_rows,
    told,
)
from audit.reports.representation.proxy_scores import (
    FOLDS,
    Area,
    Codes,
    area,
    area_of_codes,
    fold_counts,
    folds_of,
    log_odds,
)
from audit.stats import Array
from audit.store import Table

FEWEST = 50
"""Rows below which nothing is predicted: a fold would hold fewer than ten."""

_NAMED = 5


def proxies(
    table: Table, axes: tuple[Axis, ...], roles: RoleMap, options: Options
) -> tuple[Proxies, ...]:
    """Measure how far other columns give each sensitive column away.

    Parameters
    ----------
    table : Table
        The version.
    axes : tuple of Axis
        The sensitive columns; missing values and the rest are not predicted.
    roles : RoleMap
        What the columns mean. A label, prediction, score, weight, split, identifier or free
        text is no proxy; another sensitive column is one.
    options : Options
        ``seed`` of the folds.

    Returns
    -------
    tuple of Proxies
        One per sensitive column, its columns by falling AUC.

    Notes
    -----
    Association: bias-corrected Cramér's V of a category, exact over all rows; the correlation
    ratio of a number, on the sample. ``proxy_auc``: how well the level is told from this column
    alone in five-fold cross-validation on at most 100,000 rows, drawn by row number. A number
    is cut into up to 50 bins, and missing is a value of its own; the score of a row is the
    share of the level among rows of the other folds with the same value. With several levels
    each is told from all others, and these areas are averaged, weighted by rows. Together:
    naive Bayes on the same values. See :func:`audit.reports.representation.proxy_scores.area`.
    """
    if not axes or not table.n_rows:
        return ()
    found = candidates(table, axes, roles)
    names = found.names(table)
    rows = draw_rows(table, axes, found)
    fold = folds_of(rows.n, options.seed)
    note = _left_out(found)
    return tuple(_of_axis(axis, names, found, rows, fold, note) for axis in axes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The rows of the sample whose level of one sensitive column is predicted."""

    axis: Axis
    level: Codes
    fold: Codes
    sample: str

    def estimate(self, found: Area | None, way: str = "") -> Estimate:
        """Make ``proxy_auc`` of an area, and say how it was found."""
        method = "; ".join(part for part in (self.sample, way, f"{FOLDS}-fold; delong") if part)
        n = len(self.level)
        plain = Estimate(name="proxy_auc", value=None, n=n, unit="coefficient", method=method)
        if found is None:
            few = f"Fewer than {FEWEST} rows have a value of the column."
            return replace(plain, reason=few if n < FEWEST else "All rows are of one group.")
        return replace(plain, value=found.value, low=found.low, high=found.high)


def _of_axis(
    axis: Axis, names: tuple[str, ...], found: Candidates, rows: Rows, fold: Codes, note: str
) -> Proxies:
    kept = rows.levels[axis.column] >= 0
    level = rows.levels[axis.column][kept]
    told = _Told(axis=axis, level=level, fold=fold[kept], sample=rows.method)
    others = [name for name in names if name != axis.column]
    codes = {name: rows.codes[name][kept] for name in others}
    tables = {
        name: fold_counts(told.fold, code, level, rows.sizes[name], axis.size)
        for name, code in codes.items()
    }
    columns = [
        Proxy(
            sensitive=axis.column,
            column=name,
            association=_association(axis, name, found, rows),
            auc=told.estimate(area_of_codes(tables[name]) if len(level) >= FEWEST else None),
        )
        for name in others
    ]
    together = told.estimate(_together(told, codes, tables), "naive-bayes")
    if not others:
        together = replace(together, reason="There is no other column to tell it from.")
    return Proxies(
        sensitive=axis.column,
        columns=tuple(sorted(columns, key=_weakness)),
        together=together,
        note=note,
    )


def _association(axis: Axis, name: str, found: Candidates, rows: Rows) -> Estimate:
    counts = found.categories.get(name)
    if counts is None:
        measured = of_number(rows.numbers[name], rows.levels[axis.column], axis.size)
        way = "; ".join(part for part in (rows.method, measured.method) if part)
        return replace(measured, method=way)
    level = counts.levels[axis.column]
    values, code = np.unique(counts.values, return_inverse=True)
    there = level >= 0
    cells = np.zeros((axis.size, len(values)), dtype=np.int64)
    np.add.at(cells, (level[there], code[there]), counts.n[there])
    return of_categories(cells[told(axis)])


def _together(told: _Told, codes: Mapping[str, Codes], tables: Mapping[str, Array]) -> Area | None:
    if len(told.level) < FEWEST or not tables:
        return None
    odds = log_odds(told.fold, list(codes.values()), list(tables.values()))
    levels = np.arange(told.axis.size)[:, None] == told.level
    return area(told.fold, odds, levels.astype(np.float64))


def _weakness(proxy: Proxy) -> tuple[float, float]:
    auc, association = proxy.auc.value, proxy.association.value
    return -(auc if auc is not None else -1.0), -(association if association is not None else -1.0)


def _left_out(found: Candidates) -> str:
    """Name what was not looked at, in one sentence."""
    parts = [
        f"{_listed(names)} ({why})"
        for names, why in (
            (found.many, f"more than {MOST_VALUES} different texts"),
            (found.other, "no numbers, texts or dates"),
        )
        if names
    ]
    return f"Left out: {'; '.join(parts)}." if parts else ""


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names[:_NAMED]]
    more = len(names) - len(quoted)
    return ", ".join(quoted) + (f" and {more:,} more" if more else "")
