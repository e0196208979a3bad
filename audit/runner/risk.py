"""What the privacy page asks of the data beyond its report: other columns, population counts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit import sources
from audit.errors import ParameterError
from audit.reports.reidentification.options import Options
from audit.reports.reidentification.values import Risk
from audit.reports.reidentification.what_if import Coarsening
from audit.reports.reidentification.what_if import coarsenings as _coarsenings
from audit.reports.reidentification.what_if import what_if as _what_if
from audit.runner.options import report_options
from audit.store import Table, Version, Workspace
from audit.store.rows import is_numeric

REPORT = "reidentification"
COUNTS = ("count", "n", "number", "population", "people")
"""What the column of counts may be called; case does not matter."""
MOST_ROWS = 100_000
_HINT = "It needs the quasi-identifiers as columns, named as in the dataset, and one called count."


def what_if(version: Version, columns: tuple[str, ...], coarser: Mapping[str, Coarsening]) -> Risk:
    """Measure the risk by other quasi-identifiers, some of them made coarser."""
    return _what_if(version.table, columns, _options(version), coarser=coarser)


def coarsenings(version: Version, column: str) -> tuple[Coarsening, ...]:
    """List the ways in which a column can be made coarser."""
    return _coarsenings(version.table, column)


def read_population(
    version: Version, path: Path, *, workspace: Workspace, name: str | None = None
) -> dict[str, Any]:
    """Read how many people of a population have each combination of quasi-identifiers.

    Parameters
    ----------
    version : Version
        The dataset whose quasi-identifiers it counts by.
    path : Path
        A table in any format that can be loaded.
    workspace : Workspace
        Lends the place where the file is unpacked; nothing of it stays.
    name : str, optional
        What it is called; by default as the file.

    Returns
    -------
    dict
        The options ``population`` and ``population_name`` of the re-identification report.

    Raises
    ------
    ParameterError
        If it has no column of counts, or none that is called as one of the dataset.
    SourceError
        If it cannot be read.
    """
    called = name or path.name
    with workspace.draft() as draft:
        sources.load(path, draft.folder)
        rows = _rows(workspace.table(draft.data), version, called)
    return {"population": rows, "population_name": called}


def _options(version: Version) -> Options:
    options = report_options(version, REPORT)
    assert isinstance(options, Options)
    return options


def _rows(table: Table, version: Version, called: str) -> list[dict[str, Any]]:
    names = [c.name for c in table.columns]
    counts = [c for c in names if c.casefold() in COUNTS and is_numeric(table.type_of(c))]
    groups = [c.name for c in version.manifest.columns if c.name in names and c.name not in counts]
    if len(counts) != 1 or not groups:
        message = f"{called} does not say how many people have which quasi-identifiers."
        raise ParameterError(message, hint=_HINT)
    if not 0 < table.n_rows <= MOST_ROWS:
        message = f"{called} has {table.n_rows:,} rows; population counts have 1 to {MOST_ROWS:,}."
        raise ParameterError(message, hint="Count the people by their quasi-identifiers first.")
    listed = ", ".join(f"CAST({{c{i}}} AS VARCHAR)" for i in range(len(groups)))
    found = table.rows(
        f"SELECT CAST({{a}} AS DOUBLE), {listed} FROM {{t}} ORDER BY {{row}}",  # noqa: S608
        **table.keys(groups),
        a=counts[0],
    )
    if any(value is None or not 0 <= value < float("inf") for value, *_ in found):
        message = f"The column {counts[0]!r} of {called} holds values that are no counts."
        raise ParameterError(message, hint="Each must be 0 or more.")
    return [
        {
            "group": [[c, v] for c, v in zip(groups, cells, strict=True) if v is not None],
            "count": value,
        }
        for value, *cells in found
    ]
