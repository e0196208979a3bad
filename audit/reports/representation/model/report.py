"""How a model treats groups: a column of predictions or scores, or a probe trained here."""

from collections.abc import Callable

from audit.model import Progress, Role, RoleMap
from audit.reports.representation.group_values import Axis, Estimate, Label
from audit.reports.representation.model.confusion import RATES
from audit.reports.representation.model.curves import curve
from audit.reports.representation.model.groups import combination, overall
from audit.reports.representation.model.sides import sides_of_label
from audit.reports.representation.model.source import About, Source, by_columns, by_probe
from audit.reports.representation.model_values import Model
from audit.reports.representation.options import Options
from audit.store import Table


def model(
    table: Table,
    axes: tuple[Axis, ...],
    label: Label | None,
    roles: RoleMap,
    options: Options,
    weight: str | None,
    progress: Progress,
) -> Model | None:
    """Measure how predictions treat groups.

    Parameters
    ----------
    table : Table
        The version.
    axes : tuple of Axis
        The sensitive columns as groups.
    label : Label or None
        Only one with a positive class can be held against predictions.
    roles : RoleMap
        Which column is the prediction, which the score.
    options : Options
        Depth, threshold, resamples, seed, and whether a probe is trained.
    weight : str or None
        Column of weights.
    progress : Progress
        May stop the work.

    Returns
    -------
    Model or None
        Predictions as their column has them; else those of a score from a threshold on; else
        those of a probe, where one is asked for. None where there is nothing of these, or no
        positive label.

    Notes
    -----
    Rows are counted once, by group, label and prediction; all rates, comparisons and their
    bootstrap intervals follow from these counts. Values are those of ``fairlearn.metrics``;
    where it gives 0 to a rate that no row bears on, the value is None here, with the reason.
    """
    if label is None or label.axis is None or label.positive is None:
        return None
    # A column that only looks like predictions must not keep a probe away that was asked for.
    column = roles.one if options.probe == "none" else roles.stated
    read = (column(Role.PREDICTION), column(Role.SCORE))
    if read == (None, None) and options.probe == "none":
        return None
    about = About(
        table=table,
        axes=tuple(axis for axis in axes if axis.column not in (label.column, *read)),
        label=label,
        side=sides_of_label(label),
        options=options,
        weight=weight,
    )
    progress(0.0, "predictions")
    if read == (None, None):
        source = by_probe(about, roles, lambda share, note="", /: progress(0.8 * share, note))
    else:
        source = by_columns(about, roles)
    progress(0.8, "groups")
    found = _measured(about, source, lambda share: progress(0.8 + 0.2 * share, "groups"))
    progress(1.0)
    return found


def _measured(about: About, source: Source, progress: Callable[[float], None]) -> Model:
    """Compute everything that follows from the counts."""
    note = " ".join(filter(None, source.notes))
    if source.decisions is None:
        why = source.notes[-1]
        return Model(
            source=source.kind,
            title=source.title,
            columns=source.columns,
            n=0,
            combinations=(),
            estimates=tuple(Estimate(name=name, value=None, n=0, reason=why) for name in RATES),
            note=note,
        )
    everybody = source.decisions.confusion(()).together()
    combinations = []
    chosen = about.combinations()
    for i, axes in enumerate(chosen):
        progress(i / len(chosen))
        counts = source.decisions.confusion(axes)
        combinations.append(combination(axes, source, counts, about.options))
    scores = source.scores
    return Model(
        source=source.kind,
        title=source.title,
        columns=source.columns,
        n=int(everybody.rows[0]),
        combinations=tuple(combinations),
        estimates=overall(source, everybody, about.options),
        threshold=scores.threshold if scores else None,
        curves=tuple(curve(scores, axis) for axis in about.axes) if scores else (),
        note=note,
    )
