"""How the rows of two versions belong together: along the recipes that made them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit.comparing.cells import agree_by_number
from audit.comparing.equal_cells import equal_columns
from audit.comparing.pairing import Rows, by_ancestor, composed, other_data, same_rows
from audit.errors import WorkspaceError
from audit.format import counted
from audit.mending.effects import Effect
from audit.mending.stage import ADDED
from audit.runner.applying import applied
from audit.runner.kept_rows import LINEAGE, lineage
from audit.store import Version, Workspace
from audit.store.intact import damaged

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """How two versions are related."""

    rows: Rows
    steps: tuple[Effect, ...] = ()
    """What was done to make one of the other, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ancestor:
    version: Version
    rows: "npt.NDArray[np.int64]"
    """For each row of the version asked about its row in this one."""
    steps: tuple[Effect, ...]


def related(before: Version, after: Version, workspace: Workspace) -> Related:
    """Find out which row after is which row before.

    By lineage, where one was made of the other or both of one version; else by number, where
    both have equally many rows and the same columns, and cells agree more often than by chance,
    or where other columns came or went and all cells of those that both have are equal; else not
    at all.
    """
    sizes = before.manifest.rows, after.manifest.rows
    if before.id == after.id:
        return Related(rows=same_rows(sizes[0]))
    later = list(_ancestors(after, workspace))
    made = next((a for a in later if a.version.id == before.id), None)
    if made is not None:
        rows = Rows(
            relation="made from it",
            of=made.rows,
            before=sizes[0],
            after=sizes[1],
            renamed=renamed_by(made.steps),
        )
        return Related(rows=rows, steps=made.steps)
    known = {a.version.id: a for a in later}
    for mine in _ancestors(before, workspace):
        shared = known.get(mine.version.id)
        if shared is not None:
            of = by_ancestor(mine.rows, shared.rows, mine.version.manifest.rows)
            return Related(rows=replace(other_data(*sizes), relation="made from the same", of=of))
    alike = sizes[0] == sizes[1] and before.manifest.columns == after.manifest.columns
    if alike and agree_by_number(before.table, after.table):
        return Related(rows=same_rows(sizes[0]))
    equal = equal_columns(before.table, after.table)
    if equal:
        rows = replace(same_rows(sizes[0]), note=_equal_note(len(equal)))
        return Related(rows=rows)
    return Related(rows=other_data(*sizes))


def _equal_note(columns: int) -> str:
    told = f"all cells of the {counted(columns, 'column')} that both versions have are equal"
    return f"Rows are paired by their number: {told}, row by row."


def _ancestors(version: Version, workspace: Workspace) -> Iterator[_Ancestor]:
    """Give a version and what it was made of, as far back as there are versions."""
    import numpy as np

    rows = np.arange(version.manifest.rows, dtype=np.int64)
    steps: tuple[Effect, ...] = ()
    seen: set[str] = set()
    while version.id not in seen:
        seen.add(version.id)
        yield _Ancestor(version=version, rows=rows, steps=steps)
        parents, made = lineage(version), applied(version)
        if parents is None or made is None or version.manifest.origin.parent is None:
            return
        try:
            parent = workspace.find(version.manifest.origin.parent)
        except WorkspaceError:
            return
        if parents.max(initial=ADDED) >= parent.manifest.rows:
            raise damaged(version.id, LINEAGE)
        rows, steps = composed(rows, parents), (*made.effects, *steps)
        version = parent


def renamed_by(steps: tuple[Effect, ...]) -> dict[str, str]:
    """Follow the names of columns from the first step to the last."""
    names: dict[str, str] = {}
    for step in steps:
        origin = {later: first for first, later in names.items()}
        for old, new in step.columns_renamed:
            names[origin.get(old, old)] = new
    return {first: last for first, last in names.items() if first != last}
