"""Columns whose values a step turned into others by design: groups, codes, another scale."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from audit.mending.effects import Effect

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recast:
    """What a step made of the values of a column."""

    remedy: str
    step: str
    """'Step 2 (Make coarser)'."""
    into: str
    """groups, codes, another scale, …"""
    sources: tuple[str, ...]
    """The columns of 'before' that it was made of."""

    @property
    def groups(self) -> bool:
        """Whether values were put together: nothing is told that was not told before."""
        return self.into == "groups"

    @property
    def reason(self) -> str:
        """Say what was done, in a sentence."""
        return f"{self.step} turned the columns' values into {self.into}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """What steps did to columns, from the first to the last."""

    before: Mapping[str, Recast] = field(default_factory=dict)
    """By column of 'before': its values are other ones afterwards, or stand in other columns."""
    after: Mapping[str, Recast] = field(default_factory=dict)
    """By column of 'after': its values are not those of any column before."""
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By column of 'after' that a step added, of whatever sort: what it was made of before, as
    far as that is known."""

    changed: frozenset[str] = frozenset()
    """Columns of 'before' of which a cell was changed by whatever step."""


def numbered(steps: Sequence[Effect]) -> tuple[Effect, ...]:
    """Count steps through where several recipes have them; those of one keep their places."""
    found: list[Effect] = []
    before = last = 0
    for step in steps:
        if step.position <= last:
            before += last
        last = step.position
        found.append(replace(step, position=before + step.position))
    return tuple(found)


def traced(steps: Sequence[Effect], recasts: Mapping[str, str]) -> Traced:
    """Follow columns through steps.

    Parameters
    ----------
    steps : sequence of Effect
        What was done to make one version of the other; none where it is not known.
    recasts : mapping
        By remedy that turns values into others: into what.
    """
    line = _Line()
    for step in steps:
        line.go(step, recasts.get(step.remedy, ""))
    return Traced(
        before=line.before,
        after=line.after,
        sources=line.made,
        changed=frozenset(line.changed),
    )


class _Line:
    """Names and origins of columns while steps go by."""

    def __init__(self) -> None:
        self.before: dict[str, Recast] = {}
        self.after: dict[str, Recast] = {}
        self.made: dict[str, tuple[str, ...]] = {}
        self.changed: set[str] = set()
        self._first: dict[str, str] = {}
        """What columns were called before, by their names now; of those that were renamed."""

    def go(self, step: Effect, into: str) -> None:
        """Do what a step did."""
        made = dict.fromkeys(step.columns_added, ()) | {
            name: self._origins(needed) for name, needed in step.made_of
        }
        changed = {name: self._origins((name,)) for name, _ in step.changed_cells}
        self.changed |= {origin for found in changed.values() for origin in found}
        gone = set(step.columns_removed)
        # A column that is gone, and of which others were made, lives on in these.
        moved = {o for _, needed in step.made_of for o in self._origins(gone.intersection(needed))}
        self._rename(step)
        self.made |= made
        if not into:
            return
        names = dict(step.columns_renamed)
        own = partial(
            Recast, remedy=step.remedy, step=f"Step {step.position} ({step.title})", into=into
        )
        for name in (*moved, *(o for found in changed.values() for o in found)):
            self.before[name] = own(sources=(name,))
        self.after |= {names.get(n, n): own(sources=found) for n, found in changed.items()}
        self.after |= {n: own(sources=found) for n, found in made.items()}

    def _origins(self, names: Iterable[str]) -> tuple[str, ...]:
        found = (o for n in names for o in self.made.get(n, (self._first.get(n, n),)))
        return tuple(dict.fromkeys(found))

    def _rename(self, step: Effect) -> None:
        names = dict.fromkeys(step.columns_removed, "") | dict(step.columns_renamed)
        for old in dict(step.columns_renamed):
            if old not in self.made:
                self._first.setdefault(old, old)
        _move(self.after, names)
        _move(self.made, names)
        _move(self._first, names)


def _move(known: dict[str, _Value], names: Mapping[str, str]) -> None:
    """Call entries by their new names; those without one go."""
    moved = {new: known.pop(old) for old, new in names.items() if old in known}
    known.update((new, value) for new, value in moved.items() if new)
