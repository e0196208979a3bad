"""Groups and their shares: how many there are of each, against the reference population."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations as choose
from itertools import product

import numpy as np

from audit.model import Progress, Where, silent
from audit.reports.representation.cells import Cells
from audit.reports.representation.group_values import (
    Axis,
    Combination,
    Estimate,
    Estimates,
    Group,
    Label,
)
from audit.reports.representation.label import classes
from audit.reports.representation.options import Options
from audit.reports.representation.reference import Reference, Shares, is_real
from audit.stats import (
    benjamini_hochberg,
    distance_interval,
    entropy,
    goodness_of_fit,
    js_divergence,
    population_stability,
    resample,
    total_variation,
    wilson_interval,
)

NO_REFERENCE = "The reference population says nothing about these columns."
MOST_GROUPS = 2000
"""Groups of one combination that are kept, those with the most rows."""


def tables(axes: Sequence[Axis], depth: int) -> list[tuple[Axis, ...]]:
    """List the largest contingency tables needed: the smaller ones are sums of these."""
    return list(choose(axes, min(depth, len(axes)))) if axes else []


def combine(
    axes: Sequence[Axis],
    counted: Sequence[Cells],
    label: Label | None,
    reference: Reference,
    options: Options,
    *,
    weighted: bool,
    progress: Progress = silent,
) -> tuple[Combination, ...]:
    """Build all combinations of one to ``options.depth`` columns with their shares.

    Parameters
    ----------
    axes : sequence of Axis
        The sensitive columns.
    counted : sequence of Cells
        The tables of :func:`tables`, with the label as last axis where it has classes.
    label, reference, options
        What the report is about.
    weighted : bool
        Whether the cells carry weights that groups are to remember.
    progress : Progress
        Told at each combination; may raise Stopped.
    """
    found = []
    for depth in range(1, min(options.depth, len(axes)) + 1):
        for chosen in choose(axes, depth):
            progress(0.0, "groups")
            names = [axis.column for axis in chosen]
            cells = next(c for c in counted if set(names) <= {a.column for a in c.axes})
            found.append(_combination(chosen, cells, label, reference, options, weighted))
    return _corrected(found)


def _combination(
    axes: tuple[Axis, ...],
    cells: Cells,
    label: Label | None,
    reference: Reference,
    options: Options,
    weighted: bool,
) -> Combination:
    columns = tuple(axis.column for axis in axes)
    own = cells.over(*columns)
    by_class = cells.over(*columns, label.column) if label and label.axis else None
    shares = reference.shares(axes)
    groups, real = [], []
    for at in product(*(range(axis.size) for axis in axes)):
        if not own.n[at] and not (reference.rows and shares is not None and shares[at] > 0):
            continue
        levels = [axis.levels[i] for axis, i in zip(axes, at, strict=True)]
        group = Group(
            levels=tuple((c, level.name) for c, level in zip(columns, levels, strict=True)),
            n=int(own.n[at]),
            where=Where(tests=tuple(level.test for level in levels)),
        )
        groups.append(_by_class(group, by_class, at, label, weighted) if by_class else group)
        real.append(all(is_real(level) for level in levels))
    known = None if shares is None else _known(axes, own, shares)
    total = int(own.n.sum())
    estimated = tuple(
        replace(g, estimates=_of_group(g, total, reference.name, _share(g, axes, shares), known))
        for g in groups
    )
    return Combination(
        columns=columns,
        groups=_largest(estimated),
        reference_group=_reference_group(estimated, real, options),
        estimates=(
            *_of_counts([g.n for g, is_ in zip(groups, real, strict=True) if is_ and g.n]),
            *_distances(own, shares, reference.name, options),
        ),
    )


def _by_class(
    group: Group, cells: Cells, at: tuple[int, ...], label: Label | None, weighted: bool
) -> Group:
    assert label is not None
    kept = slice(0, len(classes(label)))
    group = replace(group, counts=tuple(int(k) for k in cells.n[at][kept]))
    if not weighted:
        return group
    return replace(
        group,
        weights=tuple(float(w) for w in cells.weight[at][kept]),
        weights_squared=tuple(float(w) for w in cells.weight_squared[at][kept]),
    )


def _share(group: Group, axes: Sequence[Axis], shares: Shares | None) -> float | None:
    if shares is None:
        return None
    at = tuple(a.names().index(name) for a, (_, name) in zip(axes, group.levels, strict=True))
    return float(shares[at])


def _known(axes: Sequence[Axis], own: Cells, shares: Shares) -> int:
    """Count the rows that the reference population speaks of: missing values are not among them."""
    speaks = np.ones(own.n.shape, dtype=bool)
    for i, axis in enumerate(axes):
        others = tuple(j for j in range(len(axes)) if j != i)
        there = shares.sum(axis=others) > 0
        real = np.array([is_real(level) for level in axis.levels])
        speaks &= (there | real).reshape([-1 if j == i else 1 for j in range(len(axes))])
    return int(own.n[speaks].sum())


def _of_group(
    group: Group, total: int, reference: str, share: float | None, known: int | None
) -> Estimates:
    low, high = wilson_interval(group.n, total) if total else (None, None)
    own = Estimate(
        name="group_share",
        value=group.n / total if total else None,
        n=total,
        low=low,
        high=high,
        method="wilson",
        reason="" if total else "There are no rows.",
    )
    if share is None or known is None:
        return (
            own,
            Estimate(
                name="representation_ratio", value=None, n=total, unit="ratio", reason=NO_REFERENCE
            ),
        )
    return own, *_against(group, share, known, reference)


def _against(group: Group, share: float, known: int, reference: str) -> Estimates:
    stated = Estimate(name="reference_share", value=share, n=known, method=reference)
    if share <= 0 or not known:
        why = (
            "The reference population has nobody of this group." if known else "There are no rows."
        )
        ratio = Estimate(name="representation_ratio", value=None, n=known, unit="ratio", reason=why)
        return stated, ratio
    low, high = wilson_interval(min(group.n, known), known)
    return stated, Estimate(
        name="representation_ratio",
        value=group.n / known / share,
        n=known,
        unit="ratio",
        low=low / share,
        high=high / share,
        method="wilson",
        against=reference,
    )


def _largest(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    if len(groups) <= MOST_GROUPS:
        return groups
    least = sorted((g.n for g in groups), reverse=True)[MOST_GROUPS - 1]
    return tuple(g for g in groups if g.n >= least)


def _reference_group(groups: Sequence[Group], real: Sequence[bool], options: Options) -> str | None:
    """Name the group that others are compared with: as chosen, else the one with the most rows."""
    able = [g for g, is_ in zip(groups, real, strict=True) if is_ and g.n]
    chosen = [
        g
        for g in able
        if all(options.reference_groups.get(c, name) == name for c, name in g.levels)
    ]
    largest = max(chosen or able, key=lambda g: g.n, default=None)
    return largest.name if largest else None


def _of_counts(counts: Sequence[int]) -> Estimates:
    n = sum(counts)
    why = "" if len(counts) > 1 else "There are not two groups."
    return (
        Estimate(
            name="imbalance_ratio",
            value=max(counts) / min(counts) if len(counts) > 1 else None,
            n=n,
            unit="ratio",
            reason=why,
        ),
        Estimate(
            name="effective_groups",
            value=float(2 ** entropy(counts)) if counts else None,
            n=n,
            unit="value",
            reason="" if counts else "There are no rows.",
        ),
    )


def _distances(own: Cells, shares: Shares | None, name: str, options: Options) -> Estimates:
    names = ("total_variation", "jensen_shannon", "population_stability_index")
    if shares is None:
        return tuple(Estimate(name=n, value=None, n=0, reason=NO_REFERENCE) for n in names)
    speaks = shares.ravel() > 0
    counts, wanted = own.n.ravel()[speaks], shares.ravel()[speaks]
    n = int(counts.sum())
    if not n or len(counts) < 2:
        why = "There are not two groups in the reference population."
        return tuple(Estimate(name=m, value=None, n=n, reason=why) for m in names)
    times = options.resamples_of(len(counts))
    drawn = resample(counts, times, np.random.default_rng(options.seed)) / n
    measured = (total_variation, js_divergence, population_stability)
    found = [
        _distance(m, function, counts / n, drawn, wanted, n, name)
        for m, function in zip(names, measured, strict=True)
    ]
    statistic, degrees, p = goodness_of_fit(counts, wanted)
    chi = Estimate(
        name="goodness_of_fit",
        value=statistic,
        n=n,
        unit="value",
        method=f"chi-square; {degrees} degrees of freedom",
        against=name,
    )
    p_value = Estimate(name=_P, value=p, n=n, unit="value", method="chi-square", against=name)
    return (*found, chi, p_value)


_P = "goodness_of_fit_p_value"


def _distance(
    name: str,
    function: object,
    share: Shares,
    drawn: Shares,
    wanted: Shares,
    n: int,
    reference: str,
) -> Estimate:
    assert callable(function)
    value = float(function(share, wanted))
    if not np.isfinite(value):
        why = "It is infinite: a group of the reference population has no rows."
        return Estimate(name=name, value=None, n=n, unit="coefficient", reason=why)
    low = high = None
    if len(drawn):
        samples = function(drawn, np.broadcast_to(wanted, drawn.shape))
        finite = samples[np.isfinite(samples)]
        if len(finite) > 0.95 * len(samples):
            low, high = (float(end) for end in distance_interval(finite, np.array(value)))
    return Estimate(
        name=name,
        value=value,
        n=n,
        unit="coefficient",
        low=low,
        high=high,
        method=f"bootstrap:{len(drawn)}",
        against=reference,
    )


def _corrected(found: Sequence[Combination]) -> tuple[Combination, ...]:
    """Correct the p-values of goodness of fit: the combinations are one family of tests."""
    given = [next((e.value for e in c.estimates if e.name == _P), None) for c in found]
    adjusted = benjamini_hochberg(given)
    return tuple(
        replace(
            combination,
            estimates=tuple(
                replace(e, value=p, method=f"{e.method}; benjamini-hochberg") if e.name == _P else e
                for e in combination.estimates
            ),
        )
        for combination, p in zip(found, adjusted, strict=True)
    )
