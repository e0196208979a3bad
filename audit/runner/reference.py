"""Populations to compare with: a small table of groups with their shares or counts."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from audit import sources
from audit.errors import ParameterError
from audit.model import Role
from audit.reports.representation.options import MOST_AMOUNT
from audit.runner.loading import roles
from audit.store import Table, Version, Workspace
from audit.store.rows import is_numeric

AMOUNTS = ("share", "proportion", "percent", "percentage", "count", "n", "number", "population")
"""What the column of shares or counts may be called; case does not matter."""
SHARES = frozenset({"share", "proportion", "percent", "percentage"})
_COUNTS = tuple(name for name in AMOUNTS if name not in SHARES)
MOST_ROWS = 100_000
_CLOSE = 0.02
_SCALAR = re.compile(r"[A-Z][A-Z0-9 ]*(\(\d+,\s*\d+\))?")
"""Types of DuckDB without parts: 'DOUBLE', 'DECIMAL(10,2)', 'TIMESTAMP WITH TIME ZONE'."""
_HINT = (
    "It needs columns named as in the dataset and one called share or count. Rows in which only "
    "some of those columns are filled are margins of their own."
)


def read_reference(
    version: Version, path: Path, *, workspace: Workspace, name: str | None = None
) -> dict[str, Any]:
    """Read a reference population for ``version``.

    Parameters
    ----------
    version : Version
        The dataset whose groups it speaks of.
    path : Path
        A table in any format that can be loaded: group columns and one column of shares or
        counts. All group columns filled: a joint population. Rows that fill only some of
        them: one margin each.
    workspace : Workspace
        Lends the place where the file is unpacked; nothing of it stays.
    name : str, optional
        What it is called; by default as the file.

    Returns
    -------
    dict
        The options ``reference`` and ``reference_name`` of the representation report.

    Raises
    ------
    ParameterError
        If it names no column of the dataset, or its amounts are no shares or counts.
    SourceError
        If it cannot be read.
    """
    called = name or path.name
    rows = _read(version, path, workspace, called)
    reference = [{"group": group, "amount": amount} for group, amount in rows]
    return {"reference": reference, "reference_name": called}


def read_population(
    version: Version, path: Path, *, workspace: Workspace, name: str | None = None
) -> dict[str, Any]:
    """Read how many people of the population share each combination of quasi-identifiers.

    Takes and raises what :func:`read_reference` does; the amounts must be counts, and every row
    must fill all of the columns it shares with the dataset.

    Returns
    -------
    dict
        The options ``population`` and ``population_name`` of the re-identification report.
    """
    called = name or path.name
    rows = _read(version, path, workspace, called, of=_COUNTS)
    if len({tuple(column for column, _ in group) for group, _ in rows}) > 1:
        message = f"A row of {called} leaves a quasi-identifier empty."
        raise ParameterError(message, hint="Each row needs a value in every column but the count.")
    _refuse_other_columns(version, called, {column for column, _ in rows[0][0]})
    population = [{"group": group, "count": amount} for group, amount in rows]
    return {"population": population, "population_name": called}


def _refuse_other_columns(version: Version, called: str, columns: set[str]) -> None:
    lacking = [c for c in roles(version).having(Role.QUASI_IDENTIFIER) if c not in columns]
    if lacking:
        message = f"{called} does not count people by {', '.join(map(repr, lacking))}."
        raise ParameterError(message, hint="It needs a column for each of the quasi-identifiers.")


def _read(
    version: Version, path: Path, workspace: Workspace, called: str, *, of: Sequence[str] = AMOUNTS
) -> list[tuple[list[list[str]], float]]:
    with workspace.draft() as draft:
        sources.load(path, draft.folder)
        return _rows(workspace.table(draft.data), version, called, of)


def _rows(
    table: Table, version: Version, called: str, of: Sequence[str]
) -> list[tuple[list[list[str]], float]]:
    known = {c.name for c in version.manifest.columns}
    names = [c.name for c in table.columns]
    amount = _amount(names, known, called)
    if amount.casefold() in SHARES.difference(of):
        message = f"The column {amount!r} of {called} holds shares; counts of people are needed."
        raise ParameterError(message, hint="Give the number of people in each combination.")
    groups = [c for c in names if c in known and c != amount]
    if not groups:
        message = f"No column of {called} is called as one of the dataset."
        raise ParameterError(message, hint=_HINT)
    if not is_numeric(table.type_of(amount)):
        message = f"The column {amount!r} of {called} holds no numbers."
        raise ParameterError(message, hint=_HINT)
    if not 0 < table.n_rows <= MOST_ROWS:
        message = (
            f"{called} has {table.n_rows:,} rows; a reference population has 1 to {MOST_ROWS:,}."
        )
        raise ParameterError(message, hint="Count the rows by group first.")
    listed = ", ".join(_text(table, version.table, c, f"{{c{i}}}") for i, c in enumerate(groups))
    found = table.rows(
        f"SELECT CAST({{a}} AS DOUBLE), {listed} FROM {{t}} ORDER BY {{row}}",  # noqa: S608
        **table.keys(groups),
        a=amount,
    )
    return [_row(value, cells, groups, called) for value, *cells in _checked(found, amount, called)]


def _text(table: Table, data: Table, column: str, cell: str) -> str:
    """Write a cell as the dataset would: 30 as 30.0 where the dataset has decimals.

    What the dataset's type cannot hold as it is, as the name of a bin, stays as it is written.
    """
    own, theirs = table.type_of(column), data.type_of(column)
    plain = f"CAST({cell} AS VARCHAR)"
    if own == theirs or not all(_SCALAR.fullmatch(type_) for type_ in (own, theirs)):
        return plain
    same = f"TRY_CAST({cell} AS {theirs})"
    return f"CASE WHEN TRY_CAST({same} AS {own}) = {cell} THEN CAST({same} AS VARCHAR) ELSE {plain} END"


def _amount(names: Sequence[str], known: set[str], called: str) -> str:
    """Find the column of shares or counts: by its name, else the only one the dataset has not."""
    by_name = [c for c in names if c.casefold() in AMOUNTS]
    others = [c for c in names if c not in known]
    for found in ([c for c in by_name if c not in known], by_name, others):
        if len(found) == 1:
            return found[0]
    message = f"{called} has no column of shares or counts that can be told from the others."
    raise ParameterError(message, hint=_HINT)


def _checked(
    found: Sequence[tuple[Any, ...]], amount: str, called: str
) -> Sequence[tuple[Any, ...]]:
    """Refuse amounts that are none, and shares of one margin that do not add up."""
    if any(value is None or not 0 <= value <= MOST_AMOUNT for value, *_ in found):
        message = f"The column {amount!r} of {called} holds values that are no shares or counts."
        raise ParameterError(message, hint="Each must be 0 or more.")
    sums: Counter[tuple[bool, ...]] = Counter()
    for value, *cells in found:
        sums[tuple(cell is not None for cell in cells)] += value
    if min(sums.values()) <= 0:
        message = f"The column {amount!r} of {called} adds up to 0."
        raise ParameterError(message)
    off = [s for s in sums.values() if abs(s - 1) > _CLOSE and abs(s - 100) > 100 * _CLOSE]
    if amount.casefold() in SHARES and off:
        message = f"The shares in {called} add up to {off[0]:.4g}, not to 1 or 100."
        raise ParameterError(message, hint="Call the column count if they are counts.")
    return found


def _row(
    value: float, cells: Sequence[str | None], groups: Sequence[str], called: str
) -> tuple[list[list[str]], float]:
    group = tuple((c, v) for c, v in zip(groups, cells, strict=True) if v is not None)
    if not group:
        message = f"A row of {called} names no group."
        raise ParameterError(message, hint=_HINT)
    return [list(pair) for pair in group], value
