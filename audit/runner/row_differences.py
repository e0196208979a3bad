"""Rows of two versions that differ, a page at a time."""

from collections.abc import Sequence

from audit.comparing.differences import Differences, What, differences
from audit.runner.pairs_of_rows import related
from audit.store import Version, Workspace


def row_differences(
    before: Version,
    after: Version,
    *,
    workspace: Workspace,
    what: What = "changed",
    columns: Sequence[str] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Differences:
    """Fetch a page of the rows that changed, went, were added or copied; never kept.

    Parameters are those of :func:`audit.comparing.differences.differences`.
    """
    rows = related(before, after, workspace).rows
    return differences(
        before.table, after.table, rows, what=what, columns=columns, limit=limit, offset=offset
    )
