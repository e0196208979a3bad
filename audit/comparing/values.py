"""What a comparison says: typed values, drawn by charts, written as JSON, read by nobody twice."""

from dataclasses import dataclass
from typing import Literal

from audit.mending.effects import Effect
from audit.model import Finding, Measure, Pairs, RoleMap

Verdict = Literal["better", "worse", "same", "unknown"]
"""``unknown``: the interval of the change holds 0, or one side is not defined."""

Relation = Literal["made from it", "made from the same", "same rows", "other data"]
"""How the rows after are paired with those before: by lineage (one was made of the other, or both
of one version), by their number (equally many rows of equal columns), or not at all."""


FindingVerdict = Literal[
    "resolved", "new", "remaining", "worse", "better", "not measured", "not comparable"
]
"""``worse`` and ``better``: it is there on both sides, with another severity. ``not measured``: it
is not there afterwards, where what it is about cannot be looked at. ``not comparable``: it is
about values that a step turned into others (see ``incomparable``). A remaining one has no finding
after where a larger group is told of in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two versions."""

    version: str
    name: str
    rows: int
    columns: int
    roles: RoleMap
    weight: str | None = None
    """The column whose weights are honoured, if there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measure before and after, on a scale of its own."""

    topic: str
    """size, quality, representation, label bias, model fairness, privacy, utility."""
    name: str
    """The measure, as in the JSON of an audit."""
    title: str
    """In words, plain text: 'Label rate, “Female” ÷ “Male” (weighted)'."""
    before: Measure
    after: Measure
    columns: tuple[str, ...] = ()
    group: Pairs = ()
    ideal: float | None = None
    """The value that is best; None: neither direction is better."""
    poor: float | None = None
    """The other end of the scale it is drawn on."""
    threshold: float | None = None
    verdict: Verdict = "unknown"
    change: float | None = None
    """after - before."""
    low: float | None = None
    high: float | None = None
    """95% interval of the change, where one can be given."""
    reason: str = ""
    """Why it is called the same, or why nothing can be said; of what moved, a remark on why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChange:
    """A finding, followed from one version to the other by its identity."""

    what: FindingVerdict
    before: Finding | None = None
    after: Finding | None = None
    dismissed: str = ""
    """The reason, where somebody called it 'not a problem'."""
    reason: str = ""
    """Why it was not measured, or cannot be compared; of others, what else there is to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRemoval:
    """How many rows of a group are not there any more."""

    group: Pairs
    """Column and value; pairs of several columns where groups meet."""
    rows: int
    """Rows of the group before."""
    removed: int
    share: Measure
    """removed / rows, with its Wilson interval; None below ``min_group`` rows."""
    ratio: Measure
    """Its share divided by that of all rows, with its interval."""
    verdict: Literal["more", "less", "as all", "too few"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDrift:
    """How far the values of a column moved."""

    column: str
    type_before: str
    type_after: str
    kind: str
    """number, category, text, date, …; empty where it cannot be compared."""
    psi: Measure
    ks: Measure
    js: Measure
    changed_cells: int | None = None
    """Cells that differ, of the rows that are paired."""
    reason: str = ""
    """Why it was not compared: removed, added, of another type."""
    tvd: Measure | None = None
    """Total variation distance: half of what moved from one value, or bin, to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationKept:
    """How strongly two columns go together, before and after."""

    columns: tuple[str, str]
    measure: str
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """After - before; None where one of them is not defined."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What became of the rows, one by one."""

    relation: Relation
    paired: int
    """Rows of 'before' that are still there."""
    removed: int
    copied: int
    """Rows beyond the first of each row of 'before'."""
    added: int
    """Rows after that were none before."""
    changed: int
    """Paired rows in which a cell differs."""
    changed_cells: tuple[tuple[str, int], ...] = ()
    note: str = ""
    """What rows are paired by, where that is not told by the relation alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utility:
    """How well a model learns from each side; both are tested on the same original rows."""

    lines: tuple[Line, ...] = ()
    """roc_auc, accuracy, …, each with the interval of the change."""
    trained_before: int = 0
    trained_after: int = 0
    tested: int = 0
    method: str = ""
    reason: str = ""
    """Why there is none, or what it does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLoss:
    """How much less a column says after it was anonymised, of the rows that are still there."""

    column: str
    later: str
    """What it is called afterwards."""
    certainty_penalty: Measure
    """``normalized_certainty_penalty``: 0 where each cell says one value, 1 where it may be any."""
    il1s: Measure
    """Mean distance of numbers from what stands for them, in standard deviations times root 2."""
    cleared: int
    """Cells that are missing now and were not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationLoss:
    """What anonymising cost."""

    columns: tuple[ColumnLoss, ...]
    """Those that steps of the family changed, and those that make classes."""
    certainty_penalty: Measure
    """Mean over the columns that have one."""
    by: tuple[str, ...]
    """Columns that make classes, as they are called afterwards."""
    average_class_size: Measure
    discernibility: Measure
    suppressed: int
    """Rows that anonymising took away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPart:
    """The scorecard after one step of the recipe: what it contributed."""

    position: int
    """0: before the first step."""
    title: str
    effect: Effect | None
    measures: tuple[Measure, ...]
    """In the same order for every step; topics and titles stand in :attr:`Ablation.titles`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ablation:
    """Measures along a recipe, step by step, on the rows said."""

    titles: tuple[tuple[str, str], ...]
    """Topic and title of each measure."""
    ideals: tuple[float | None, ...]
    parts: tuple[StepPart, ...]
    rows: int
    of: int
    note: str = ""
    """Which steps it covers, where these are not all that lie between two versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What stands in a comparison and may not leave the workspace unasked."""

    values: tuple[str, ...] = ()
    """Values of cells that hardly any row has; the longest first."""
    groups: tuple[Pairs, ...] = ()
    """Groups of so few rows that their numbers are not told, and those that would give them
    away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions, held against each other."""

    before: Side
    after: Side
    pairing: Pairing
    lines: tuple[Line, ...]
    """The scorecard, by topic; utility is among them."""
    findings: tuple[FindingChange, ...]
    """The most severe first; resolved ones too."""
    removals: tuple[GroupRemoval, ...]
    """Groups of the sensitive columns and the label, the most affected first; empty where rows
    are not paired."""
    overall_removal: Measure | None
    drift: tuple[ColumnDrift, ...]
    """Columns of 'before' in their order, then those that are new."""
    associations: tuple[AssociationKept, ...]
    """The pairs that moved most first."""
    utility: Utility
    steps: tuple[Effect, ...] = ()
    """What each step did, where a recipe made one of the other."""
    notes: tuple[str, ...] = ()
    withheld: Withheld = Withheld()
    loss: InformationLoss | None = None
    """None where no step was to anonymise."""

    def count(self, verdict: Verdict) -> int:
        """Count the lines of the scorecard with this verdict."""
        return sum(line.verdict == verdict for line in self.lines)
