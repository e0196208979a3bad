"""A handful of measures of a table, quick enough to be taken after each step of a recipe."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from audit.comparing.group_lines import PARITY
from audit.comparing.privacy_lines import K_GOOD
from audit.format import cut
from audit.judging.words import quoted
from audit.model import Measure, Role, RoleMap, Unit
from audit.reports.distribution.repeats import duplicate_rows
from audit.reports.reidentification.classes import Key, classes_of, read_cells
from audit.reports.reidentification.risks import risk_of
from audit.reports.representation.axes import axis_of
from audit.reports.representation.cells import Cells, count_cells
from audit.reports.representation.group_values import Axis, Label
from audit.reports.representation.label import read_label
from audit.reports.representation.options import Options
from audit.store import Table

_MOST_COLUMNS = 3
"""Sensitive columns that are looked at."""
_FEWEST = 30
"""Rows of a group from which on its label rate counts, of a sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The label rates of two groups that are held against each other."""

    column: str
    group: str
    against: str
    edges: tuple[float, ...] = ()
    """Where numbers are cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is measured: chosen once, so that every step is measured alike."""

    sensitive: tuple[str, ...]
    rates: tuple[Rate, ...]
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
            *(("label bias", _rate_title(rate)) for rate in self.rates),
            ("privacy", "Rows in the smallest class (k)"),
            ("privacy", "Rows like no other"),
        )

    @property
    def ideals(self) -> tuple[float | None, ...]:
        """The value that is best, of each measure."""
        groups = (1.0,) * (len(self.sensitive) + len(self.rates))
        return (None, 0.0, 0.0, *groups, float(K_GOOD), 0.0)


def plan(table: Table, roles: RoleMap) -> Plan:
    """Choose what is measured along a recipe, from the whole table: what the scorecard names."""
    label = roles.one(Role.LABEL)
    there = _names(table)
    sensitive = [c for c in roles.having(Role.SENSITIVE) if c in there and c != label]
    known = read_label(table, roles) if label in there else None
    chosen = tuple(sensitive[:_MOST_COLUMNS])
    return Plan(
        sensitive=chosen,
        rates=tuple(_chosen(table, roles, chosen, known)) if known else (),
        quasi_identifiers=tuple(c for c in roles.having(Role.QUASI_IDENTIFIER) if c in there),
        label=label if label in there else None,
    )


def _chosen(table: Table, roles: RoleMap, sensitive: Sequence[str], label: Label) -> Iterator[Rate]:
    """Choose the group whose rate is furthest from that of the largest group."""
    for column in sensitive:
        axis = axis_of(table, column)
        rates = _label_rates(table, roles, axis, label, fewest=Options().min_group)
        (cells,) = count_cells(table, [(axis,)])
        sizes = {level.name: int(n) for level, n in zip(axis.levels, cells.n, strict=True)}
        real = [level.name for level in axis.levels if level.kind in ("value", "bin")]
        against = max(real, key=lambda name: sizes[name], default="")
        if not rates.get(against):
            continue
        ratios = {g: rates[g] / rates[against] for g in real if g in rates and g != against}
        if ratios:
            group = max(ratios, key=lambda g: PARITY.distance(ratios[g]))
            yield Rate(column=column, group=group, against=against, edges=axis.edges)


def _rate_title(rate: Rate) -> str:
    groups = " ÷ ".join(quoted(cut(name, 40)) for name in (rate.group, rate.against))
    return f"Label rate, {groups}, {quoted(cut(rate.column, 40))}"


def glance(
    table: Table, roles: RoleMap, wanted: Plan, made: Collection[str] = ()
) -> tuple[Measure, ...]:
    """Take the measures of a plan, in the order of its titles but for personal data.

    Cells of the columns in ``made``, which steps added, are not counted: shares would fall with
    nothing mended.
    """
    return (
        Measure(name="rows", value=table.n_rows, unit="rows", n=table.n_rows),
        *_quality(table, made),
        *(_imbalance(table, column) for column in wanted.sensitive),
        *_rates(table, roles, wanted),
        *_risk(table, wanted.quasi_identifiers),
    )


def _quality(table: Table, made: Collection[str]) -> Iterator[Measure]:
    names = [c.name for c in table.columns if c.name not in made]
    keys = table.keys(names)
    listed = ", ".join(f"count({{{key}}})" for key in keys)
    cells = table.n_rows * len(names)
    there = sum(table.row(f"SELECT {listed} FROM {{t}}", **keys)) if names else 0  # noqa: S608
    yield _measure("missing_share", (cells - there) / cells if cells else None, cells)
    repeats = duplicate_rows(table) / table.n_rows if table.n_rows else None
    yield _measure("duplicate_rows", repeats, table.n_rows)


def _imbalance(table: Table, column: str) -> Measure:
    cells = _cells(table, (column,))
    sizes = [int(n) for n in cells.n.ravel() if n] if cells else []
    value = max(sizes) / min(sizes) if sizes else None
    return _measure("imbalance_ratio", value, table.n_rows, unit="ratio", columns=(column,))


def _rates(table: Table, roles: RoleMap, wanted: Plan) -> Iterator[Measure]:
    """Give the label rate of a group divided by that of another, where both have enough rows."""
    label = read_label(table, roles) if wanted.label in _names(table) else None
    for rate in wanted.rates:
        value = None
        if label is not None and rate.column in _names(table):
            axis = axis_of(table, rate.column, edges=rate.edges or None)
            found = _label_rates(table, roles, axis, label, fewest=_FEWEST)
            if rate.group in found and found.get(rate.against):
                value = found[rate.group] / found[rate.against]
        columns = (rate.column, wanted.label or "")
        yield _measure("disparate_impact", value, table.n_rows, unit="ratio", columns=columns)


def _label_rates(
    table: Table, roles: RoleMap, axis: Axis, label: Label, *, fewest: int
) -> dict[str, float]:
    """Give the weighted label rates of groups with at least so many rows that have a label."""
    if label.axis is None or label.positive is None:
        return {}
    weight = roles.stated(Role.WEIGHT)
    weight = weight if weight in _names(table) else None
    (cells,) = count_cells(table, [(axis, label.axis)], weight=weight)
    known = [i for i, level in enumerate(label.axis.levels) if level.kind != "missing"]
    rows = cells.n[:, known].sum(axis=1)
    total = cells.weight[:, known].sum(axis=1)
    return {
        level.name: float(cells.weight[i, label.positive] / total[i])
        for i, level in enumerate(axis.levels)
        if rows[i] >= fewest and total[i] > 0
    }


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
