"""The role map as a table to confirm: what it shows, what an edit means, what is wrong with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.errors import ColumnError
from audit.model import SINGLE_ROLES, Column, ColumnRole, Role, RoleMap
from audit.store.rows import is_numeric
from audit.store.table import Table

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_ROWS = 200
"""Rows at the head of a version from which the look of its values is told."""
BY_YOU = "set by you"
_HIDDEN = frozenset({Role.DIRECT_IDENTIFIER, Role.FREE_TEXT})
_NUMBERS = frozenset({Role.SCORE, Role.WEIGHT})
_LONGEST = 40


def role_frame(table: Table, roles: RoleMap) -> "pd.DataFrame":
    """One line per column: name, type, what its values look like, roles, reason.

    Values are shown where they repeat, as categories do; of others, and of columns that
    identify people, only the shape is ('Aaaa 99').
    """
    import pandas as pd

    known = {c.column: c for c in roles.columns}
    looks = _looks(table, roles)
    lines = [
        {
            "column": column.name,
            "type": column.type,
            "values": looks[column.name],
            "roles": [r.value for r in known[column.name].roles] if column.name in known else [],
            "reason": known[column.name].reason if column.name in known else "",
        }
        for column in table.columns
    ]
    return pd.DataFrame(lines, columns=["column", "type", "values", "roles", "reason"])


def edited(kept: RoleMap, columns: Sequence[str], chosen: Sequence[Sequence[str]]) -> RoleMap:
    """Build the role map that the table stands for; roles that differ from ``kept`` are the user's."""
    known = {c.column: c for c in kept.columns}
    entries = []
    for name, given in zip(columns, chosen, strict=True):
        roles = tuple(r for r in Role if r.value in set(given))
        before = known.get(name, ColumnRole(column=name))
        same = set(roles) == set(before.roles)
        entries.append(before if same else replace(before, roles=roles, reason=BY_YOU))
    return replace(kept, columns=tuple(entries))


def confirmed(roles: RoleMap) -> RoleMap:
    """Mark a role map as seen by a person."""
    return replace(roles, columns=tuple(replace(c, confirmed=True) for c in roles.columns))


def changes(kept: RoleMap, now: RoleMap) -> tuple[str, ...]:
    """Columns whose roles differ, in table order."""
    return tuple(c.column for c in now.columns if set(c.roles) != set(kept.of(c.column)))


def fault(roles: RoleMap, columns: Sequence[Column]) -> ColumnError | None:
    """Find the first reason why these roles cannot be kept, or None.

    Label, prediction, score, weight and split belong to one column each; a score and a
    weight are numbers.
    """
    for role in Role:
        having = roles.having(role)
        if role in SINGLE_ROLES and len(having) > 1:
            listed = ", ".join(map(repr, having[:6])) + (", …" if len(having) > 6 else "")
            message = f"{len(having)} columns are given the role {role.value}: {listed}."
            return ColumnError(message, hint="Take the role from all of them but one.")
    types = {c.name: c.type for c in columns}
    for role in sorted(_NUMBERS):
        for name in roles.having(role):
            if not is_numeric(types[name]):
                message = f"The column {name!r} is {types[name]}; a {role.value} must be a number."
                return ColumnError(message, hint="Choose a column of numbers.")
    return None


def label_values(table: Table, label: str, most: int = 50) -> tuple[tuple[str, int], ...]:
    """Count the most frequent values of the label, as text."""
    rows = table.rows(
        "SELECT CAST({l} AS VARCHAR) AS v, count(*) AS n FROM {t} WHERE {l} IS NOT NULL "
        "GROUP BY 1 ORDER BY n DESC, v LIMIT ?",
        [most],
        l=label,
    )
    return tuple((str(value), int(n)) for value, n in rows)


def shape(text: str) -> str:
    """Say what a value is built of, not the value: letters become A and a, digits 9.

    Examples
    --------
    >>> shape("Jane Doe"), shape("2024-05-01"), shape("j.d@example.org")
    ('Aaaa Aaa', '9999-99-99', 'a.a@aaaaaaa.aaa')
    """
    return "".join(map(_sign, text))


def _sign(character: str) -> str:
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return character


def _looks(table: Table, roles: RoleMap) -> dict[str, str]:
    names = [c.name for c in table.columns]
    if not names:
        return {}
    keys = table.keys(names)
    listed = ", ".join(f"CAST({{{key}}} AS VARCHAR)" for key in keys)
    rows = table.rows(f"SELECT {listed} FROM {{t}} LIMIT ?", [SAMPLE_ROWS], **keys)  # noqa: S608
    cells: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * len(names)
    return {
        name: _look(values, hide=bool(_HIDDEN & set(roles.of(name))))
        for name, values in zip(names, cells, strict=True)
    }


def _look(values: Sequence[str | None], *, hide: bool) -> str:
    present = Counter(v for v in values if v is not None and v.strip())
    if not present:
        return "no value in the first rows"
    repeated = [v for v, n in present.most_common() if n > 1]
    if repeated and not hide:
        return _joined(repeated)
    return "like " + _joined([s for s, _ in Counter(map(shape, present)).most_common()])


def _joined(parts: Sequence[str]) -> str:
    told = ""
    for part in parts:
        longer = f"{told}, {part}" if told else part
        if len(longer) > _LONGEST:
            return f"{told}, …" if told else f"{longer[: _LONGEST - 1]}…"
        told = longer
    return told
