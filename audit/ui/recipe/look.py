"""What a form is asked about: the columns that a step will meet, and of what kind they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.mending.effects import Effect
from audit.mending.fields import Kind
from audit.model import Column, RoleMap
from audit.store import Version
from audit.store.rows import is_numeric, is_temporal, is_text

KIND_WORDS = {"number": "number", "text": "text", "date": "date", "boolean": "true or false"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The table as a step will find it, as far as it is known beforehand."""

    version: Version
    roles: RoleMap
    columns: tuple[tuple[str, Kind], ...]
    changed: bool = False
    """Whether steps before it are switched on: what is counted now may be otherwise then."""

    def fitting(self, kinds: Sequence[Kind]) -> tuple[str, ...]:
        """List the columns, those of the kinds first."""
        fit = [c for c, kind in self.columns if kind in kinds or "any" in (*kinds, kind)]
        return (*fit, *(c for c, _ in self.columns if c not in fit))

    def kind(self, column: str) -> Kind:
        """Give the kind of a column; ``any`` where it is not known."""
        return next((kind for name, kind in self.columns if name == column), "any")

    def named(self, column: str) -> str:
        """Write a column for a list: 'age · number'."""
        word = KIND_WORDS.get(self.kind(column))
        return f"{column} · {word}" if word else column


def kind_of(type_: str) -> Kind:
    """Say of what kind the values of a DuckDB type are."""
    if is_numeric(type_):
        return "number"
    if is_text(type_):
        return "text"
    if is_temporal(type_):
        return "date"
    return "boolean" if type_ == "BOOLEAN" else "any"


def columns_after(
    columns: Sequence[Column], effects: Sequence[Effect]
) -> tuple[tuple[str, Kind], ...]:
    """Give the columns as they are after some steps."""
    known: dict[str, Kind] = {c.name: kind_of(c.type) for c in columns}
    for effect in effects:
        renamed = dict(effect.columns_renamed)
        gone = set(effect.columns_removed)
        known = {renamed.get(name, name): k for name, k in known.items() if name not in gone}
        known |= dict.fromkeys(effect.columns_added, "any")
    return tuple(known.items())
