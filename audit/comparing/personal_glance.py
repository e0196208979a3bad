"""Personal data after each step of a recipe: what a step did not touch is not looked at again."""

from dataclasses import replace

from audit.comparing.privacy_lines import personal_lines
from audit.comparing.recast import Traced
from audit.mending.effects import Effect
from audit.model import Measure, RoleMap
from audit.registry import NoParts
from audit.reports.pii.options import Options
from audit.reports.pii.report import personal_data
from audit.reports.pii.values import PersonalData, ScannedColumn
from audit.store import Table

_MOST_KINDS = 4
"""Kinds of personal data that are followed, those that most rows hold first."""


class PersonalGlance:
    """What is personal along a recipe.

    Parameters
    ----------
    table, roles
        The first table.
    options : Options
        Those of the report.
    """

    def __init__(self, table: Table, roles: RoleMap, options: Options) -> None:
        self._options = options
        self._first = self._now = _searched(table, roles, options)
        lines = [x for x in personal_lines(self._first, self._first) if x.group]
        lines.sort(key=lambda line: -(line.before.value or 0.0))
        self._kinds = [line.group for line in lines[:_MOST_KINDS]]
        named = {line.group: line.title for line in lines}
        self.titles = tuple(
            ("privacy", title)
            for title in ("Columns with personal data", *(named[k] for k in self._kinds))
        )
        self.ideals = (0.0,) * len(self.titles)

    def measures(
        self, table: Table, roles: RoleMap, effect: Effect | None, traced: Traced
    ) -> tuple[Measure, ...]:
        """Look at the columns that a step changed or added, and take the measures."""
        if effect is not None:
            self._go(table, roles, effect)
        by = {line.group: line.after for line in personal_lines(self._first, self._now, traced)}
        return (by[()], *(by[kind] for kind in self._kinds))

    def _go(self, table: Table, roles: RoleMap, effect: Effect) -> None:
        names = dict(effect.columns_renamed)
        touched = {names.get(name, name) for name, _ in effect.changed_cells}
        touched |= set(effect.columns_added)
        known = (replace(c, column=names.get(c.column, c.column)) for c in self._now.columns)
        there = {c.name for c in table.columns}
        kept = tuple(c for c in known if c.column in there - touched)
        found: tuple[ScannedColumn, ...] = ()
        if touched & there:
            found = _searched(table.only(sorted(touched)), roles, self._options).columns
        self._now = replace(self._now, rows=table.n_rows, columns=(*kept, *found))


def _searched(table: Table, roles: RoleMap, options: Options) -> PersonalData:
    return personal_data(table, roles, options, lambda *_: None, NoParts())
