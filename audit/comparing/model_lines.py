"""The scorecard of predictions: how a model, or a column of predictions, treats groups."""

from collections.abc import Iterator

from audit.comparing.values import Line
from audit.comparing.verdicts import RATE, Scale, judged
from audit.format import cut
from audit.judging.groups import is_personal
from audit.judging.words import quoted
from audit.model import Measure, RoleMap
from audit.reports.representation.group_values import Estimates, named
from audit.reports.representation.model_values import Model, ModelCombination
from audit.reports.representation.values import Representation

_OVERALL = (("roc_auc", "ROC AUC"), ("accuracy", "Accuracy"))
_GAPS = (
    ("demographic_parity_difference", "Largest difference of selection rates"),
    ("equalized_odds_difference", "Largest difference of error rates"),
)
_HIGH = Scale(ideal=1.0, poor=0.5, tolerance=RATE)
_GAP = Scale(ideal=0.0, poor=1.0, tolerance=RATE)


def model_lines(before: Representation, after: Representation, roles: RoleMap) -> Iterator[Line]:
    """Compare what predictions are worth, and how far groups are apart; none without any."""
    old, new = before.model, after.model
    if old is None and new is None:
        return
    what = " and ".join(dict.fromkeys(m.title for m in (old, new) if m))
    for name, title in _OVERALL:
        sides = [_measure(m, m.estimates if m else (), name, ()) for m in (old, new)]
        yield _line(f"{title} ({what})", name, sides, _HIGH)
    for columns in _columns(old, new, roles):
        for name, title in _GAPS:
            sides = [
                _measure(m, found.estimates if (found := _of(m, columns)) else (), name, columns)
                for m in (old, new)
            ]
            yield _line(f"{title}, {quoted(cut(columns[0], 40))}", name, sides, _GAP)


def _columns(old: Model | None, new: Model | None, roles: RoleMap) -> list[tuple[str, ...]]:
    found = [c.columns for m in (old, new) if m for c in m.combinations if len(c.columns) == 1]
    return [c for c in dict.fromkeys(found) if not is_personal(c, roles)]


def _of(model: Model | None, columns: tuple[str, ...]) -> ModelCombination | None:
    if model is None:
        return None
    return next((c for c in model.combinations if c.columns == columns), None)


def _measure(
    model: Model | None, estimates: Estimates, name: str, columns: tuple[str, ...]
) -> Measure:
    found = named(estimates, name)
    if found is None:
        reason = "There are no predictions." if model is None else "It is not measured."
        return Measure(name=name, value=None, unit="share", n=0, columns=columns, reason=reason)
    return found.measure((*columns, *(model.columns if model else ())))


def _line(title: str, name: str, sides: list[Measure], scale: Scale) -> Line:
    line = Line(
        topic="model fairness",
        name=name,
        title=title,
        before=sides[0],
        after=sides[1],
        columns=sides[0].columns or sides[1].columns,
    )
    return judged(line, scale)
