"""Where predictions come from: a column of them, a score from a threshold on, or a probe."""

from dataclasses import dataclass
from itertools import combinations
from typing import Literal, Protocol

from audit.format import counted, number, plural
from audit.model import Progress, Role, RoleMap
from audit.reports.representation.group_values import Axis, Label
from audit.reports.representation.model.confusion import Confusion
from audit.reports.representation.model.probe import probe
from audit.reports.representation.model.scored import (
    Thresholded,
    read_scores,
    thresholded,
)
from audit.reports.representation.model.sides import (
    Counted,
    Sides,
    sides_of_prediction,
)
from audit.reports.representation.options import Options
from audit.store import Table
from audit.store.rows import is_numeric

_NOT_TRAINED = "There is a column of predictions or scores: no model was trained."


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the report is about."""

    table: Table
    axes: tuple[Axis, ...]
    label: Label
    side: Sides
    options: Options
    weight: str | None

    def combinations(self) -> list[tuple[Axis, ...]]:
        """List the combinations of one to ``depth`` columns."""
        depths = range(1, min(self.options.depth, len(self.axes)) + 1)
        return [chosen for depth in depths for chosen in combinations(self.axes, depth)]


class Decisions(Protocol):
    """What can count labels and predictions by group."""

    def confusion(self, axes: tuple[Axis, ...]) -> Confusion:
        """Give the confusion counts of all groups of some axes, the first axis slowest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where predictions come from."""

    kind: Literal["prediction", "score", "probe"]
    title: str
    columns: tuple[str, ...]
    """The label, and the columns read."""
    decisions: Decisions | None
    """None where there are none; the last note then says why."""
    scores: Thresholded | None = None
    notes: tuple[str, ...] = ()

    @property
    def basis(self) -> str:
        """``sample:200000`` where not all rows were looked at."""
        return self.scores.scored.basis if self.scores else ""


def by_columns(about: About, roles: RoleMap) -> Source:
    """Take decisions from the column of predictions, else from the score and a threshold."""
    column, score = roles.one(Role.PREDICTION), roles.one(Role.SCORE)
    notes = [_NOT_TRAINED] if about.options.probe != "none" else []
    scores = _scores(about, score, notes) if score else None
    read = (score,) if score and scores else ()
    if column is not None:
        sides = sides_of_prediction(about.table, column, about.label)
        if isinstance(sides, Sides):
            decisions = _counted(about, sides, notes)
            return Source(
                kind="prediction",
                title=f"predictions in “{column}”",
                columns=(about.label.column, column, *read),
                decisions=decisions,
                scores=scores,
                notes=(*notes, sides.note),
            )
        notes.append(sides)
    if scores is not None:
        _say_left_out(about, scores.scored.rows, notes)
        return Source(
            kind="score",
            title=f"scores in “{score}”, positive from {number(scores.threshold)} on",
            columns=(about.label.column, *read),
            decisions=scores,
            scores=scores,
            notes=(*notes, scores.note),
        )
    return Source(
        kind="prediction" if column else "score",
        title=f"predictions in “{column}”" if column else f"scores in “{score}”",
        columns=(about.label.column, *filter(None, (column or score,))),
        decisions=None,
        notes=tuple(notes),
    )


def by_probe(about: About, roles: RoleMap, progress: Progress) -> Source:
    """Train a model, and take decisions from its scores."""
    options = about.options
    found = probe(about.table, about.axes, about.side, roles, options, about.weight, progress)
    columns = (about.label.column,)
    if isinstance(found, str):
        title = "a model trained here"
        return Source(kind="probe", title=title, columns=columns, decisions=None, notes=(found,))
    scores = thresholded(found.scored, options.threshold)
    return Source(
        kind="probe",
        title=found.title,
        columns=columns,
        decisions=scores,
        scores=scores,
        notes=(found.note, scores.note),
    )


def _scores(about: About, score: str, notes: list[str]) -> Thresholded | None:
    type_ = about.table.type_of(score)
    if not is_numeric(type_) and type_ != "BOOLEAN":
        notes.append(f"“{score}” holds no numbers: it was not taken for a score.")
        return None
    scored = read_scores(about.table, about.axes, about.side, score, about.weight)
    return thresholded(scored, about.options.threshold)


def _counted(about: About, sides: Sides, notes: list[str]) -> Counted:
    counts = Counted(
        about.table,
        about.axes,
        about.side,
        sides,
        depth=about.options.depth,
        weight=about.weight,
    )
    _say_left_out(about, int(counts.confusion(()).n.sum()), notes)
    return counts


def _say_left_out(about: About, rows: int, notes: list[str]) -> None:
    """Note the rows that have no label or no prediction."""
    gone = about.table.n_rows - rows
    if gone:
        verb = plural(gone, "is")
        notes.append(f"{counted(gone, 'row')} without a label or a prediction {verb} left out.")
