"""A handful of measures of a table, quick enough to be taken after each step of a recipe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.comparing.privacy_lines import K_GOOD
from audit.format import cut
from audit.judging.words import quoted
from audit.model import Measure, Role, RoleMap, Unit
from audit.reports.distribution.repeats import duplicate_rows
from audit.reports.reidentification.classes import Key, classes_of, read_cells
from audit.reports.reidentification.risks import risk_of
from audit.reports.representation.axes import axis_of
from audit.reports.representation.cells import Cells, count_cells
from audit.reports.representation.group_values import Label
from audit.reports.representation.label import read_label
from audit.store import Table

_MOST_COLUMNS = 3
"""Sensitive columns that are looked at."""
_FEWEST = 30
"""Rows of a group from which on its label rate counts, of a sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is measured: chosen once, so that every step is measured alike."""

    sensitive: tuple[str, ...]
    quasi_identifiers: tuple[str, ...]
    label: str | None

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        """Topic and title of each measure, in their order."""
        columns = [quoted(cut(c, 40)) for c in self.sensitive]
        return (
            ("size", "Rows"),
            ("quality", "Cells without a value"),
            ("quality", "Rows that repeat an earlier one"),
            *(("representation", f"Largest ÷ smallest group, {c}") for c in columns),
            *(("label bias", f"Lowest ÷ highest label rate, {c}") for c in self._rated(columns)),
            ("privacy", "Rows in the smallest class (k)"),
            ("privacy", "Rows like no other"),
        )

    @property
    def ideals(self) -> tuple[float | None, ...]:
        """The value that is best, of each measure."""
        groups = (1.0,) * (len(self.sensitive) + len(self._rated(list(self.sensitive))))
        return (None, 0.0, 0.0, *groups, float(K_GOOD), 0.0)

    def _rated(self, columns: list[str]) -> list[str]:
        return columns if self.label is not None else []


def plan(table: Table, roles: RoleMap) -> Plan:
    """Choose what is measured along a recipe, from its first table."""
    label = roles.one(Role.LABEL)
    there = {c.name for c in table.columns}
    sensitive = [c for c in roles.having(Role.SENSITIVE) if c in there and c != label]
    return Plan(
        sensitive=tuple(sensitive[:_MOST_COLUMNS]),
        quasi_identifiers=tuple(c for c in roles.having(Role.QUASI_IDENTIFIER) if c in there),
        label=label if label in there else None,
    )


def glance(table: Table, roles: RoleMap, wanted: Plan) -> tuple[Measure, ...]:
    """Take the measures of a plan, in the order of its titles."""
    return (
        Measure(name="rows", value=table.n_rows, unit="rows", n=table.n_rows),
        *_quality(table),
        *(_imbalance(table, column) for column in wanted.sensitive),
        *(_rates(table, roles, wanted)),
        *_risk(table, wanted.quasi_identifiers),
    )


def _quality(table: Table) -> Iterator[Measure]:
    names = [c.name for c in table.columns]
    keys = table.keys(names)
    listed = ", ".join(f"count({{{key}}})" for key in keys)
    cells = table.n_rows * len(names)
    there = sum(table.row(f"SELECT {listed} FROM {{t}}", **keys))  # noqa: S608
    yield _measure("missing_share", (cells - there) / cells if cells else None, cells)
    repeats = duplicate_rows(table) / table.n_rows if table.n_rows else None
    yield _measure("duplicate_rows", repeats, table.n_rows)


def _imbalance(table: Table, column: str) -> Measure:
    cells = _cells(table, (column,))
    sizes = [int(n) for n in cells.n.ravel() if n] if cells else []
    value = max(sizes) / min(sizes) if sizes else None
    return _measure("imbalance_ratio", value, table.n_rows, unit="ratio", columns=(column,))


def _rates(table: Table, roles: RoleMap, wanted: Plan) -> Iterator[Measure]:
    """Give the lowest label rate divided by the highest, over groups that are large enough."""
    if wanted.label is None:
        return
    label = read_label(table, roles) if wanted.label in _names(table) else None
    for column in wanted.sensitive:
        value = _ratio(table, roles, column, label) if label is not None else None
        columns = (column, wanted.label)
        yield _measure("disparate_impact", value, table.n_rows, unit="ratio", columns=columns)


def _ratio(table: Table, roles: RoleMap, column: str, label: Label) -> float | None:
    import numpy as np

    if column not in _names(table) or label.axis is None or label.positive is None:
        return None
    weight = roles.stated(Role.WEIGHT)
    weight = weight if weight in _names(table) else None
    (cells,) = count_cells(table, [(axis_of(table, column), label.axis)], weight=weight)
    known = [i for i, level in enumerate(label.axis.levels) if level.kind != "missing"]
    rows = cells.n[:, known].sum(axis=1)
    total = cells.weight[:, known].sum(axis=1)
    large = (rows >= _FEWEST) & (total > 0)
    rates = cells.weight[large, label.positive] / total[large]
    if len(rates) < 2 or not np.max(rates) > 0:
        return None
    return float(np.min(rates) / np.max(rates))


def _risk(table: Table, columns: Sequence[str]) -> Iterator[Measure]:
    there = [c for c in columns if c in _names(table)]
    risk = None
    if there and table.n_rows:
        classes, _ = classes_of(read_cells(table, [Key(column=c) for c in there]), "value")
        risk = risk_of(classes)
    own = tuple(there)
    k = risk.k if risk else None
    yield _measure("k_anonymity", k, table.n_rows, unit="rows", columns=own)
    uniques = risk.uniques / risk.rows if risk else None
    yield _measure("sample_uniques", uniques, table.n_rows, columns=own)


def _cells(table: Table, columns: tuple[str, ...]) -> Cells | None:
    if not set(columns) <= _names(table):
        return None
    return count_cells(table, [tuple(axis_of(table, c) for c in columns)])[0]


def _names(table: Table) -> set[str]:
    return {c.name for c in table.columns}


def _measure(
    name: str,
    value: float | None,
    n: int,
    *,
    unit: Unit = "share",
    columns: tuple[str, ...] = (),
) -> Measure:
    reason = "" if value is not None else "It is not defined for what is left."
    return Measure(name=name, value=value, unit=unit, n=n, columns=columns, reason=reason)
