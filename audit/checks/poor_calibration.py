"""Groups whose scores are too high or too low."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field

from audit.judging.choice import capped, in_turn
from audit.judging.groups import (
    Interval,
    away_from_zero,
    clearly_worse,
    group_name,
    is_personal,
    is_real,
    label_caveats,
)
from audit.judging.words import gap, interval
from audit.model import Finding, Pairs, RoleMap, Severity
from audit.registry import Settings, check
from audit.reports.representation.group_values import Estimate
from audit.reports.representation.model_values import Model, ModelGroup
from audit.reports.representation.values import Representation


class Params(Settings):
    """How far scores may be off."""

    notice_gap: float = Field(
        0.05, gt=0, lt=1, description="Mean score minus label rate, of either sign: noticed."
    )
    warning_gap: float = Field(0.1, gt=0, lt=1, description="The same, from a warning on.")
    most_findings: int = Field(10, ge=1, description="More groups than this are counted.")


@check("poor-calibration", title="Calibration by group", topic="model fairness")
def poor_calibration(report: Representation, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report groups whose scores are, on average, not the share of positive labels.

    Only where scores are probabilities. The whole interval of the gap must lie beyond a
    threshold. An intersection of columns is told where it is clearly further off than every
    group it is a part of.
    """
    model = report.model
    if model is None:
        return
    found: dict[Pairs, _Case] = {}
    for combination in model.combinations:
        if is_personal(combination.columns, roles):
            continue
        for group in combination.groups:
            estimate = group.estimate("calibration_gap")
            if estimate and group.n >= report.min_group and is_real(group.levels):
                found[group.levels] = _Case(
                    group=group, estimate=estimate, far=away_from_zero(estimate)
                )
    far = {levels: case.far for levels, case in found.items()}
    chosen = [
        case
        for levels, case in found.items()
        if case.far[0] > params.notice_gap and clearly_worse(levels, far)
    ]
    chosen.sort(key=lambda case: (-case.far[0], case.group.levels))
    chosen = in_turn(chosen, lambda c: tuple(column for column, _ in c.group.levels))
    yield from capped(
        chosen, params.most_findings, lambda c: _finding(report, model, c, params), "group"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    group: ModelGroup
    estimate: Estimate
    far: Interval
    """Size of the gap."""


def _finding(report: Representation, model: Model, case: _Case, params: Params) -> Finding:
    columns = (*(c for c, _ in case.group.levels), *model.columns)
    value = float(case.estimate.value or 0.0)
    error = case.group.estimate("expected_calibration_error")
    return Finding(
        check="poor-calibration",
        severity=Severity.WARNING if case.far[0] > params.warning_gap else Severity.NOTICE,
        title=(
            f"Scores of {group_name(report, case.group.levels)} are {gap(value)} too "
            f"{'high' if value > 0 else 'low'} on average{interval(*case.far, gap)}"
        ),
        why="The same score stands for another chance in that group, and so does any threshold.",
        columns=columns,
        group=case.group.levels,
        measures=tuple(
            e.measure(columns, case.group.levels) for e in (case.estimate, error) if e is not None
        ),
        caveats=(
            f"Measured on {model.title}.",
            "No step on the data mends scores: recalibrate them, or fit the model again.",
            *((model.note,) if model.note else ()),
            *label_caveats(report),
        ),
        rows=case.group.where,
    )
