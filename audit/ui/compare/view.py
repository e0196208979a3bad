"""What the page looks at: two versions, how they compare, and what several parts share."""

from collections.abc import Iterator
from dataclasses import dataclass

from audit.comparing.values import Comparison
from audit.store import Version
from audit.ui import audits, masking


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Two versions and their comparison."""

    in_use: Version
    before: Version
    after: Version
    comparison: Comparison

    @property
    def key(self) -> str:
        """Distinguish widgets of these two versions from those of others."""
        return f"{self.before.id[:8]}-{self.after.id[:8]}"

    @property
    def paired(self) -> bool:
        """Whether rows are held against each other one by one."""
        return self.comparison.pairing.relation != "other data"

    @property
    def earlier(self) -> dict[str, str]:
        """What columns were called before, by their names after; only those renamed by steps."""
        names: dict[str, str] = {}
        for effect in self.comparison.steps:
            for old, new in effect.columns_renamed:
                names[new] = names.pop(old, old)
        return names

    @property
    def personal(self) -> frozenset[str]:
        """Columns whose values are masked: personal in one of the versions, or found to be."""
        return frozenset(name for names in self._personal() for name in names)

    def _personal(self) -> Iterator[tuple[str, ...]]:
        sides = (
            (self.before, self.comparison.before),
            (self.after, self.comparison.after),
        )
        for version, side in sides:
            yield masking.personal_columns(side.roles, audits.found(version))
