"""The rows that a recipe removed, as a table: with the step and the reason, and their cells."""

from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import WorkspaceError
from audit.mending.change import Change, Computed, Removed
from audit.mending.stage import Stage, carry_out
from audit.runner.applying import applied
from audit.runner.kept_rows import REMOVED, removed
from audit.store import Table, Version, Workspace
from audit.store.intact import damaged

if TYPE_CHECKING:
    import pyarrow as pa

NUMBER, STEP, REASON = "removed_row", "removed_by", "removed_because"
"""Columns in front of none of the table's: its row number from 1, the step, the reason."""


def parent_of(version: Version, workspace: Workspace) -> Version:
    """Find the version that a recipe was applied to; raises WorkspaceError where it is gone."""
    parent = version.manifest.origin.parent
    if parent is None:
        message = "This version was loaded: no recipe removed rows of it."
        raise WorkspaceError(message)
    try:
        return workspace.find(parent)
    except WorkspaceError as error:
        message = (
            "The version that these rows were removed from has been deleted, and they with it."
        )
        raise WorkspaceError(message, hint="Load the file again and apply the recipe.") from error


def removed_rows(version: Version, *, workspace: Workspace, folder: Path) -> Table:
    """Write the rows that are not in ``version`` any more to ``folder``, as its parent has them.

    Parameters
    ----------
    version : Version
        One that a recipe made.
    workspace : Workspace
        Where its parent is, too.
    folder : Path
        Below the workspace; the caller deletes it.

    Returns
    -------
    Table
        The parent's columns, then the number of the row in the parent (from 1), the step that
        removed it, and why.
    """
    import numpy as np
    import pyarrow as pa

    parent = parent_of(version, workspace)
    gone = removed(version)
    record = applied(version)
    if gone is None or record is None:
        message = f"What the recipe did to {version.manifest.name} is not kept any more."
        raise WorkspaceError(message)
    titles = {e.position: f"{e.position}: {e.remedy}" for e in record.effects}
    if gone.rows.max(initial=-1) >= parent.manifest.rows or not titles.keys() >= {*gone.step}:
        raise damaged(version.id, REMOVED)
    names = _free((NUMBER, STEP, REASON), parent)
    at = np.full(parent.manifest.rows, -1, dtype=np.int64)
    at[gone.rows] = np.arange(len(gone.rows))

    def told(batch: "pa.RecordBatch", first: int) -> "dict[str, pa.Array]":
        mine = at[first : first + batch.num_rows].tolist()
        numbers = range(first + 1, first + batch.num_rows + 1)
        return {
            names[0]: pa.array(numbers, pa.int64()),
            names[1]: pa.array(
                [titles[gone.step[i]] if i >= 0 else None for i in mine], pa.string()
            ),
            names[2]: pa.array([gone.reason[i] if i >= 0 else None for i in mine], pa.string()),
        }

    types = {names[0]: pa.int64(), names[1]: pa.string(), names[2]: pa.string()}
    stay = np.flatnonzero(at < 0)
    change = Change(
        removed=Removed(rows=stay, why=np.zeros(len(stay), np.int32), reasons=("it stayed",)),
        computed=(Computed(needs=(), types=types, function=told),),
    )
    whole = Stage(table=parent.table, lineage=np.arange(parent.manifest.rows, dtype=np.int64))
    outcome = carry_out(
        whole,
        change,
        path=folder / "removed-rows.parquet",
        position=0,
        remedy="removed",
        title="Removed rows",
        draft=True,
    )
    return outcome.stage.table


def _free(wanted: tuple[str, ...], version: Version) -> tuple[str, ...]:
    """Give names that no column of the version has."""
    taken = {c.name.casefold() for c in version.manifest.columns}
    names = []
    for name in wanted:
        new = name
        while new.casefold() in taken:
            new += "_"
        names.append(new)
    return tuple(names)
