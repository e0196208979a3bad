"""What a step did, as numbers and as a few examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one step did: ``rows_out = rows_in - removed + copied + added``."""

    position: int
    """Place of the step in the recipe, from 1; steps that are switched off count too."""
    remedy: str
    title: str
    rows_in: int
    rows_out: int
    removed: int = 0
    copied: int = 0
    """Copies of rows that are there already."""
    added: int = 0
    """Rows that are new: synthetic ones."""
    changed: int = 0
    """Rows, of those that stay, in which a cell of an existing column differs now."""
    reasons: tuple[tuple[str, int], ...] = ()
    """Why rows went, and how many for each reason; most frequent first."""
    changed_cells: tuple[tuple[str, int], ...] = ()
    """Cells that differ now, by column; columns without one are left out."""
    columns_added: tuple[str, ...] = ()
    made_of: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """By column that was added: the columns its values were made of, as the step found them."""
    columns_removed: tuple[str, ...] = ()
    columns_renamed: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def did_nothing(self) -> bool:
        """Whether the step left the table as it was."""
        rows = self.removed or self.copied or self.added or self.changed
        return not (rows or self.columns_added or self.columns_removed or self.columns_renamed)

    @property
    def leaves_no_row(self) -> bool:
        """Whether all rows went: no version is made of that."""
        return self.rows_in > 0 and self.rows_out == 0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Touched:
    """A row that a step touches, with its cells: shown on demand only, never kept or logged."""

    row: int | None
    """Row number in the source version, from 0; None for a row that was added."""
    what: str
    """``removed``, ``changed``, ``copied`` or ``added``."""
    before: tuple[Any, ...] | None
    """Cells in the order of :attr:`Shown.columns_before`; None for a row that was added."""
    after: tuple[Any, ...] | None
    """Cells in the order of :attr:`Shown.columns_after`; None for a row that went."""
    changed: tuple[str, ...] = ()
    """Names of the columns (as they are called afterwards) whose cells differ."""
    reason: str = ""

    def __repr__(self) -> str:
        """Say which row it is, and not what stands in it: a trace may end in a log."""
        return f"Touched(row={self.row}, {self.what})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Examples of what one step does: at most :data:`MOST_SHOWN` rows of each sort."""

    columns_before: tuple[str, ...] = ()
    columns_after: tuple[str, ...] = ()
    rows: tuple[Touched, ...] = ()


MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step that was carried out: what it did, what it learnt, examples where asked for."""

    effect: Effect
    fitted: Mapping[str, Any] | None = None
    shown: Shown = field(default_factory=Shown)
