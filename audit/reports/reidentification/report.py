"""The re-identification report, put together from its parts."""

import numpy as np

from audit.errors import ColumnError, ParameterError
from audit.format import counted
from audit.model import Progress, Role, RoleMap, RowTest, Where
from audit.registry import report
from audit.reports.reidentification.classes import (
    Classes,
    Key,
    classes_of,
    read_cells,
    refuse_nested,
)
from audit.reports.reidentification.disclosures import attributes_of, disclosures, ordered_of
from audit.reports.reidentification.drivers import drivers, unique_sets
from audit.reports.reidentification.options import Options
from audit.reports.reidentification.risks import population_of, risk_of
from audit.reports.reidentification.suggestions import suggestions
from audit.reports.reidentification.values import Population, Reidentification
from audit.store import Table
from audit.stretch import stretch

READS = (
    *(Role.QUASI_IDENTIFIER, Role.SENSITIVE, Role.LABEL, Role.DIRECT_IDENTIFIER),
    *(Role.FREE_TEXT, Role.PREDICTION, Role.SCORE, Role.WEIGHT, Role.SPLIT),
)
_MOST_SHOWN = 1000
"""Rows of the smallest classes of which the number is kept."""

NO_QUASI_IDENTIFIER = (
    "No column is a quasi-identifier: say which ones others may know of a person. Without them "
    "there is no risk to state, which is not the same as none."
)
NO_ROWS = "There are no rows."
NO_ATTRIBUTE = (
    "What classes tell of their members is not measured: no column that could be is sensitive or "
    "the label."
)


@report("reidentification", title="Re-identification", version=1, roles=READS)
def reidentification(
    table: Table, roles: RoleMap, options: Options, progress: Progress
) -> Reidentification:
    """Measure how easily a person could be picked out by what others may know of them.

    Rows are counted once, by the quasi-identifiers and the attributes to be protected; all
    risks, distances, columns left out and combinations are computed from these counts. The
    rows of the smallest classes and the columns suggested take one statement each.

    Attributes are the sensitive columns and the label that are no quasi-identifiers.
    """
    progress(0.0, "equivalence classes")
    columns = roles.having(Role.QUASI_IDENTIFIER)
    attributes = _attributes(table, roles, options, columns)
    if not columns:
        return Reidentification(
            rows=table.n_rows,
            columns=(),
            missing=options.missing,
            rows_with_missing=0,
            theta=options.theta,
            risk=None,
            suggestions=suggestions(table, roles, columns, attributes),
            notes=(NO_QUASI_IDENTIFIER,),
        )
    cells = read_cells(
        table,
        [Key(column=c) for c in columns],
        attributes,
        ordered=ordered_of(table, options, attributes),
        texts=bool(options.population),
    )
    classes, of_cell = classes_of(cells, options.missing)
    progress(0.2, "risk")
    risk = risk_of(classes)
    progress(0.25, "what classes give away")
    disclosed = disclosures(cells, classes, of_cell)
    progress(0.45, "rows of the smallest classes")
    population = population_of(cells, classes, options)
    numbers = _smallest(table, classes)
    sets, note = unique_sets(classes, options, stretch(progress, 0.5, 0.8))
    driven = drivers(classes, stretch(progress, 0.8, 0.95))
    progress(0.95, "columns that are not marked")
    suggested = suggestions(table, roles, columns, attributes)
    progress(1.0)
    return Reidentification(
        rows=table.n_rows,
        columns=columns,
        missing=options.missing,
        rows_with_missing=int(classes.rows[classes.incomplete].sum()),
        theta=options.theta,
        risk=risk,
        example_row=numbers[0] if numbers else None,
        smallest=Where(tests=(RowTest(op="numbered", values=numbers),)) if numbers else None,
        drivers=driven,
        unique_sets=sets,
        unique_sets_note=note,
        disclosures=disclosed,
        population=population,
        suggestions=suggested,
        notes=_notes(table, roles, options, population, attributes),
    )


def _attributes(
    table: Table, roles: RoleMap, options: Options, columns: tuple[str, ...]
) -> tuple[str, ...]:
    """Check what columns the options name, and give the attributes to be protected."""
    refuse_nested(table, columns)
    if options.attributes is not None:
        refuse_nested(table, options.attributes)
        both = next((c for c in options.attributes if c in columns), None)
        if both is not None:
            message = f"{both!r} is a quasi-identifier: others know it already."
            raise ParameterError(message, hint="Name attributes that are no quasi-identifiers.")
    for column in options.ordered or ():
        table.type_of(column)
    found = attributes_of(roles, options, columns)
    return tuple(c for c in found if options.attributes is not None or not _nested(table, c))


def _nested(table: Table, column: str) -> bool:
    try:
        refuse_nested(table, [column])
    except ColumnError:
        return True
    return False


def _smallest(table: Table, classes: Classes) -> tuple[int, ...]:
    """Give the numbers of rows of the smallest classes, in file order, at most a thousand.

    Of a class of one the number is known; the others of a larger class are looked up.
    """
    if not len(classes.rows):
        return ()
    low = int(classes.sizes.min())
    chosen = np.flatnonzero(classes.sizes == low)
    first = np.sort(classes.first[chosen])[:_MOST_SHOWN]
    if low == 1:
        return tuple(first.tolist())
    names = table.keys(classes.columns)
    same = " AND ".join(f"one.{{{key}}} IS NOT DISTINCT FROM every.{{{key}}}" for key in names)
    listed = ", ".join(f"{{{key}}}" for key in names)
    found = table.rows(
        f"WITH one AS (SELECT {listed} FROM {{t}} WHERE {{row}} IN (SELECT unnest(?))) "  # noqa: S608
        f"SELECT every.{{row}} FROM {{t}} AS every JOIN one ON {same} "
        f"ORDER BY 1 LIMIT {_MOST_SHOWN}",
        [first[: max(1, _MOST_SHOWN // low)].tolist()],
        **names,
    )
    return tuple(number for (number,) in found)


def _notes(
    table: Table,
    roles: RoleMap,
    options: Options,
    population: Population | None,
    attributes: tuple[str, ...],
) -> tuple[str, ...]:
    found: list[str] = []
    if not table.n_rows:
        found.append(NO_ROWS)
    if not attributes:
        found.append(NO_ATTRIBUTE)
    found += _passed_over(table, roles, options)
    if population is not None and population.unknown_rows and not population.reason:
        found.append(
            f"{counted(population.unknown_rows, 'row')} without a count in {population.name} that is "
            "as large as in the data: their class alone stands for it, the highest possible risk."
        )
    return tuple(found)


def _passed_over(table: Table, roles: RoleMap, options: Options) -> list[str]:
    """Say of sensitive columns and the label why nothing is said of what classes tell of them."""
    if options.attributes is not None:
        return []
    known = roles.having(Role.QUASI_IDENTIFIER)
    found = []
    for column in dict.fromkeys((*roles.having(Role.SENSITIVE), *roles.having(Role.LABEL))):
        if column in known:
            found.append(
                f"{column!r} is a quasi-identifier: others are taken to know it, and what classes "
                "tell of it is not measured."
            )
        elif _nested(table, column):
            found.append(
                f"{column!r} holds lists or structures: what classes tell of it is not measured."
            )
    return found
