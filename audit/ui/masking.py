"""Values that may name a person: shown as shapes until somebody asks for them."""

import re

import streamlit as st

from audit.model import Role, RoleMap

_PERSONAL = frozenset({Role.DIRECT_IDENTIFIER, Role.FREE_TEXT})
_MOST = 40


def is_personal(roles: RoleMap, column: str) -> bool:
    """Whether values of ``column`` may name a person."""
    return not _PERSONAL.isdisjoint(roles.of(column))


def personal_columns(roles: RoleMap) -> tuple[str, ...]:
    """List the columns whose values are masked at first."""
    return tuple(c.column for c in roles.columns if not _PERSONAL.isdisjoint(c.roles))


def masked(value: object) -> str | None:
    """Write what a value is built of, without saying it: letters become x, digits 9.

    Examples
    --------
    >>> masked("Jane Doe, 41"), masked(None), masked("é" * 50)
    ('xxxx xxx, 99', None, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…')
    """
    if value is None:
        return None
    text = str(value)
    shape = re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", text[:_MOST]))
    return shape + ("…" if len(text) > _MOST else "")


def reveal(columns: int, *, key: str) -> bool:
    """Ask whether to show personal values; nothing is asked where there are none."""
    if not columns:
        return False
    return st.toggle(
        "Show personal values",
        key=key,
        help="Columns of direct identifiers and of free text are shown as shapes until you ask.",
    )
