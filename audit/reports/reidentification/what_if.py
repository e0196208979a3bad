"""The risk if fewer columns were known, or coarser ones: asked for as often as a box is ticked."""

from collections.abc import Mapping, Sequence

from audit.errors import ColumnError
from audit.reports.reidentification.classes import Key, classes_of, read_cells
from audit.reports.reidentification.coarsening import Coarsening, coarsenings, key_of
from audit.reports.reidentification.options import Options
from audit.reports.reidentification.risks import risk_of
from audit.reports.reidentification.values import Risk
from audit.store import Table

__all__ = ["Coarsening", "coarsenings", "what_if"]


def what_if(
    table: Table,
    columns: Sequence[str],
    options: Options,
    *,
    coarser: Mapping[str, Coarsening] | None = None,
) -> Risk:
    """Measure the risk with these quasi-identifiers, some of them made coarser.

    Parameters
    ----------
    table : Table
        The version.
    columns : sequence of str
        The quasi-identifiers that stay; none of them: all rows are one class.
    options : Options
        Of the report; the rule for missing values holds here too.
    coarser : mapping, optional
        Columns among ``columns`` and how they are made coarser.
    """
    chosen = tuple(dict.fromkeys(columns))
    given = dict(coarser or {})
    for column in given:
        if column not in chosen:
            raise ColumnError.unknown(column, list(chosen))
    if not chosen:
        n = table.n_rows
        return Risk(columns=(), rows=n, classes=min(n, 1), sizes=((n, 1),) if n else ())
    by = [key_of(table, column, given.get(column)) for column in chosen]
    if options.missing == "wildcard":
        classes, _ = classes_of(read_cells(table, by), "wildcard")
        return risk_of(classes)
    return _counted(table, by)


def _counted(table: Table, by: Sequence[Key]) -> Risk:
    """Tally class sizes in the statement itself, where no class has to be known for it."""
    terms = ", ".join(key.sql.replace("{cell}", f"{{c{i}}}") for i, key in enumerate(by))
    numbers = ", ".join(str(i + 1) for i in range(len(by)))
    found = table.rows(
        f"WITH classes AS (SELECT {terms}, count(*) AS n FROM {{t}} GROUP BY {numbers}) "  # noqa: S608
        "SELECT n, count(*) FROM classes GROUP BY n ORDER BY n",
        [value for key in by for value in key.values],
        **table.keys([key.column for key in by]),
    )
    sizes = tuple((int(n), int(classes)) for n, classes in found)
    return Risk(
        columns=tuple(key.column for key in by),
        rows=table.n_rows,
        classes=sum(classes for _, classes in sizes),
        sizes=sizes,
    )
