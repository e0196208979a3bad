"""Which suggested steps can stand in one recipe: none undoes, or needs, what another takes away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from audit import registry
from audit.model import Finding, Pairs, Role, Severity, Step
from audit.runner.audits import Result
from audit.runner.mending_steps import CLASSES

DROP = "drop-columns"
_COARSEN = "generalize"
SHAPING = frozenset({"clip-outliers", "transform-log"})
"""Steps that change values which may well be true."""
_KEPT = (
    Role.LABEL,
    Role.PREDICTION,
    Role.SCORE,
    Role.SENSITIVE,
    Role.WEIGHT,
    Role.SPLIT,
    Role.FREE_TEXT,
)
"""Roles of columns that are not dropped unasked: without them groups cannot be looked at any more,
and of a text there is more to be had than what is wrong with it."""
_WRONG = frozenset({"coded-missing", "impossible-values", "number-as-text"})
"""Checks for values that are none: they are mended before anything is made of the column."""
_MADE_OF_VALUES = SHAPING | {"fill-missing"}
_REVERSAL = "simpson-reversal"
_NAMING = ("columns", "column", "by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A step that a finding suggests, and at which place."""

    finding: Finding
    step: Step
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What is known when the next step is chosen.

    Notes
    -----
    - A column is dropped only where that is the first thing a warning suggests; never one that
      groups are looked at by, of free text, that another step names, or that turns a disparity
      round.
    - Classes are made once at the most.
    - What is not a value goes before outliers are clipped or gaps are filled.
    - One step at the most gives weights or draws rows: a second one would undo the first.
    - A disparity that turns round within strata is not weighed away: it has to be understood,
      by the column that turns it round.
    """

    needed: frozenset[str]
    """Columns that are not dropped."""
    wrong: Mapping[str, frozenset[tuple[str, Pairs]]]
    """By column, findings of values that are none and that no step answers yet."""
    reversals: tuple[Finding, ...]
    dropped: frozenset[str] = frozenset()
    has_weights: bool = False
    has_classes: bool = False

    @classmethod
    def of(cls, result: Result) -> Self:
        """Begin with what an audit found."""
        found = result.open_findings
        reversals = tuple(f for f in found if f.check == _REVERSAL)
        needed = {c for role in _KEPT for c in result.roles.having(role)}
        needed |= {c for f in reversals for c in f.columns}
        wrong: dict[str, frozenset[tuple[str, Pairs]]] = {}
        for f in found:
            for column in f.columns if f.check in _WRONG and f.suggestions else ():
                wrong[column] = wrong.get(column, frozenset()) | {(f.check, f.group)}
        return cls(needed=frozenset(needed), wrong=wrong, reversals=reversals)

    def fitted(self, one: Suggested) -> Suggested | None:
        """Give the suggestion as it can still be taken, or None."""
        if one.step.remedy == DROP:
            return one if self._can_go(one) else None
        own = None if self._undoes(one) else self.trimmed(one.step)
        if own is None:
            return None
        named = _named(own)
        if own.remedy == _COARSEN and any(
            c in f.columns[2:] for f in self.reversals for c in named
        ):
            return None
        if own.remedy in _MADE_OF_VALUES and any(self.wrong.get(c) for c in named):
            return None
        return replace(one, step=own)

    def trimmed(self, step: Step) -> Step | None:
        """Leave out columns that are dropped; None where nothing is left, or all are needed."""
        return step if step.remedy == DROP else _without(step, self.dropped)

    def joined(self, step: Step, answers: tuple[Finding, ...]) -> "Together":
        """Give what is known once a step was chosen."""
        named = frozenset(_named(step))
        settled = {(f.check, f.group) for f in answers}
        is_drop = step.remedy == DROP
        return replace(
            self,
            needed=self.needed if is_drop else self.needed | named,
            dropped=self.dropped | named if is_drop else self.dropped,
            has_weights=self.has_weights or _is_rebalancing(step),
            has_classes=self.has_classes or step.remedy == CLASSES,
            wrong={c: own - settled if c in named else own for c, own in self.wrong.items()},
        )

    def _undoes(self, one: Suggested) -> bool:
        if one.step.remedy == CLASSES:
            return self.has_classes
        return _is_rebalancing(one.step) and (self.has_weights or self._turns_round(one))

    def _can_go(self, one: Suggested) -> bool:
        if one.place or one.finding.severity < Severity.WARNING:
            return False
        return not self.needed & set(_named(one.step))

    def _turns_round(self, one: Suggested) -> bool:
        by = set(_named(one.step))
        return any(
            set(f.columns[:2]) <= by and set(f.group) & set(one.finding.group)
            for f in self.reversals
        )


def _is_rebalancing(step: Step) -> bool:
    spec = registry.remedies().get(step.remedy)
    return spec is not None and spec.family == "rebalance"


def _named(step: Step) -> tuple[str, ...]:
    """List the columns that a step names."""
    found = [value for key, value in step.params if key in _NAMING]
    return tuple(str(c) for v in found for c in (v if isinstance(v, tuple) else (v,)))


def _without(step: Step, dropped: frozenset[str]) -> Step | None:
    if not dropped & set(_named(step)):
        return step
    params = dict(step.params)
    columns = params.get("columns")
    if not isinstance(columns, tuple) or dropped & set(_named(_only(step, ("column", "by")))):
        return None
    left = tuple(c for c in columns if c not in dropped)
    given = tuple((k, left if k == "columns" else v) for k, v in step.params)
    return Step(remedy=step.remedy, params=given) if left else None


def _only(step: Step, keys: tuple[str, ...]) -> Step:
    return Step(remedy=step.remedy, params=tuple(p for p in step.params if p[0] in keys))
