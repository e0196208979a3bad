"""The groups of some columns, as a model treats them."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from audit.model import Where
from audit.reports.representation.group_values import Axis, Estimate, Estimates, Level
from audit.reports.representation.model.auc import roc_auc
from audit.reports.representation.model.calibration import calibration
from audit.reports.representation.model.confusion import FN, FP, TN, TP, Confusion
from audit.reports.representation.model.estimates import Rates, against, of_rates, rates_of
from audit.reports.representation.model.parity import parity
from audit.reports.representation.model.source import Source
from audit.reports.representation.model_values import CalibrationBin, ModelCombination, ModelGroup
from audit.reports.representation.options import Options
from audit.reports.representation.reference import is_real
from audit.reports.representation.shares import MOST_GROUPS

Places = npt.NDArray[np.intp]


def overall(source: Source, everybody: Confusion, options: Options) -> Estimates:
    """Write the numbers of all rows together."""
    scores, _ = _of_scores((), source, np.zeros(1, dtype=np.intp))
    rates = of_rates(_rates(everybody, source, options))
    return (_count(int(everybody.rows[0])), *rates[0], *scores[0])


def combination(
    axes: tuple[Axis, ...], source: Source, confusion: Confusion, options: Options
) -> ModelCombination:
    """Write the numbers of all groups in which levels of some columns meet.

    Parameters
    ----------
    axes : tuple of Axis
        The columns.
    source : Source
        Where predictions and scores come from.
    confusion : Confusion
        Of all groups, the first axis slowest.
    options : Options
        Resamples, seed, reference groups, and how many rows are enough.

    Returns
    -------
    ModelCombination
        Groups without rows are left out, and all but the largest where there are thousands.
        Each is compared with the group chosen, else with the largest (the first of two that
        are as large); groups of missing values, or of all rare ones, are not compared with.
        Bins of calibration are given for single columns.
    """
    levels = list(product(*(axis.levels for axis in axes)))
    kept = _largest(confusion.rows)
    own = confusion.take(kept)
    names = [_name(levels[i]) for i in kept]
    real = np.array([all(is_real(level) for level in levels[i]) for i in kept], dtype=bool)
    rates = _rates(own, source, options)
    reference = _reference(axes, [levels[i] for i in kept], own.rows, real, options)
    scores, bins = _of_scores(axes, source, kept)
    compared: list[list[Estimate]] = [[] for _ in kept]
    able = real & (own.rows >= options.min_group)
    if reference is not None:
        compared = against(rates, reference, names[reference], able)
    return ModelCombination(
        columns=tuple(axis.column for axis in axes),
        groups=tuple(
            ModelGroup(
                levels=_pairs(axes, levels[at]),
                n=int(own.rows[i]),
                where=Where(tests=tuple(level.test for level in levels[at])),
                true_positives=_plain(own, i, TP),
                false_positives=_plain(own, i, FP),
                false_negatives=_plain(own, i, FN),
                true_negatives=_plain(own, i, TN),
                estimates=(_count(int(own.rows[i])), *own_rates, *scores[i], *compared[i]),
                calibration=bins[i],
            )
            for i, (at, own_rates) in enumerate(zip(kept, of_rates(rates), strict=True))
        ),
        reference_group=None if reference is None else names[reference],
        estimates=parity(rates, able, options.min_group),
    )


def _count(rows: int) -> Estimate:
    return Estimate(name="count", value=rows, n=rows, unit="count")


def _rates(confusion: Confusion, source: Source, options: Options) -> Rates:
    return rates_of(confusion, options.resamples, options.seed, source.basis)


def _largest(rows: npt.NDArray[np.int64]) -> Places:
    """Give the places of the groups that have rows: the largest, in their order."""
    order = np.argsort(-rows, kind="stable")[:MOST_GROUPS]
    return np.sort(order[rows[order] > 0])


def _reference(
    axes: tuple[Axis, ...],
    groups: Sequence[tuple[Level, ...]],
    rows: npt.NDArray[np.int64],
    real: npt.NDArray[np.bool_],
    options: Options,
) -> int | None:
    """Choose the group that others are compared with."""
    able = [int(i) for i in np.flatnonzero(real)]
    wanted = options.reference_groups
    chosen = [
        i for i in able if all(wanted.get(c, name) == name for c, name in _pairs(axes, groups[i]))
    ]
    return max(chosen or able, key=lambda i: int(rows[i]), default=None)


def _of_scores(
    axes: tuple[Axis, ...], source: Source, kept: Places
) -> tuple[list[Estimates], list[tuple[CalibrationBin, ...]]]:
    """Write what rests on scores: ROC AUC and calibration of each group."""
    if source.scores is None:
        return [() for _ in kept], [() for _ in kept]
    scored = source.scores.scored
    groups, size = scored.groups(axes)
    areas = roc_auc(scored, groups, size)
    found = calibration(scored, groups, size)
    single = len(axes) < 2
    return (
        [(areas[i], *found.estimates[i]) for i in kept],
        [found.bins[i] if single else () for i in kept],
    )


def _pairs(axes: tuple[Axis, ...], levels: tuple[Level, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((a.column, level.name) for a, level in zip(axes, levels, strict=True))


def _name(levels: tuple[Level, ...]) -> str:
    return " × ".join(level.name for level in levels)


def _plain(confusion: Confusion, group: int, cell: int) -> float:
    """Give a cell as a sum of weights, which is the number of rows where there are none."""
    return float(confusion.weight[group, cell])
