"""Examples of the rows that a step touches, collected while it is carried out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from audit.mending.change import Change
from audit.mending.effects import MOST_SHOWN, Shown, Touched
from audit.mending.selection import Selection

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa


class Examples:
    """The first rows of each sort: removed, changed, copied, added."""

    def __init__(
        self,
        stage: Any,
        change: Change,
        chosen: Selection,
        names: Sequence[str],
        *,
        most: int | None = None,
    ) -> None:
        self._lineage = stage.lineage
        self._chosen, self._names = chosen, tuple(names)
        self._most = MOST_SHOWN if most is None else most
        self._found: list[Touched] = []
        self._counts: Counter[str] = Counter()
        self._reasons = _reasons(change) if self._most else {}

    def add(
        self,
        at: int,
        batch: "pa.RecordBatch",
        columns: "Mapping[str, pa.Array]",
        flags: "Mapping[str, npt.NDArray[np.bool_]]",
        times: "npt.NDArray[np.int32]",
    ) -> None:
        """Look at a batch; ``flags`` says by column which cells differ."""
        import numpy as np

        changed = np.zeros(len(times), dtype=bool)
        for flag in flags.values():
            changed |= flag
        for what, rows in (("removed", times == 0), ("changed", changed), ("copied", times > 1)):
            room = self._most - self._counts[what]
            for i in np.flatnonzero(rows)[: max(0, room)]:
                self._counts[what] += 1
                self._found.append(self._touched(int(i), at, what, (batch, columns, flags)))

    def add_new(self, table: "pa.Table") -> None:
        """Look at rows that are added."""
        room = max(0, self._most - self._counts["added"])
        for row in table.slice(0, room).to_pylist():
            self._counts["added"] += 1
            cells = tuple(row.values())
            self._found.append(Touched(row=None, what="added", before=None, after=cells))

    def shown(self) -> Shown:
        """Give what was found."""
        return Shown(
            columns_before=self._chosen.old, columns_after=self._names, rows=tuple(self._found)
        )

    def _touched(self, i: int, at: int, what: str, of: tuple[Any, Any, Any]) -> Touched:
        batch, columns, flags = of
        origin = int(self._lineage[at + i])
        by_old = dict(zip(self._chosen.names, self._names, strict=True))
        before = tuple(batch.column(1 + c)[i].as_py() for c in range(len(self._chosen.old)))
        after = tuple(column[i].as_py() for column in columns.values())
        return Touched(
            row=origin if origin >= 0 else None,
            what=what,
            before=before,
            after=None if what == "removed" else after,
            changed=tuple(by_old[name] for name, flag in flags.items() if flag[i]),
            reason=self._reasons.get(at + i, "") if what == "removed" else "",
        )


def _reasons(change: Change) -> dict[int, str]:
    """Give the reason by row number, of the first rows of each reason."""
    removed = change.removed
    if removed is None:
        return {}
    pairs = zip(removed.rows[:MOST_SHOWN].tolist(), removed.why[:MOST_SHOWN].tolist(), strict=True)
    return {row: removed.reasons[why] for row, why in pairs}
