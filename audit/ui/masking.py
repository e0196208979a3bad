"""Values that may name a person: shown as shapes until somebody asks for them.

One rule for all pages: a column is masked by its roles, or by what the search for personal data
says of it. Of two versions that are held against each other both count.
"""

import re

import streamlit as st

from audit.model import Role, RoleMap
from audit.pii.catalogue import ENTITIES, entity
from audit.reports.pii.values import PersonalData, ScannedColumn

_PERSONAL = frozenset({Role.DIRECT_IDENTIFIER, Role.FREE_TEXT})
_MOST = 40
_TAG = re.compile(r"(<[A-Z0-9_]+>)")
"""What stands where personal data was redacted: it says of which kind that was, and of nobody."""


def is_personal(roles: RoleMap, column: str) -> bool:
    """Whether values of ``column`` may name a person."""
    return not _PERSONAL.isdisjoint(roles.of(column))


def personal_columns(roles: RoleMap, *reports: PersonalData | None) -> tuple[str, ...]:
    """List the columns whose values are masked at first.

    Parameters
    ----------
    roles : RoleMap
        Direct identifiers and free text are masked.
    *reports : PersonalData or None
        What was found: masked is what is made of a kind that says who somebody is, what holds any
        personal data, and what could not be searched. Hits that were judged to be chance do not
        count, nor does what is told of many, as a postcode.
    """
    found = (c.column for c in roles.columns if not _PERSONAL.isdisjoint(c.roles))
    held = (c.column for report in reports if report for c in report.columns if _names(c))
    return tuple(dict.fromkeys((*found, *held)))


def _names(column: ScannedColumn) -> bool:
    verdict = column.verdict
    if verdict.holds != "identifiers":
        return verdict.holds in ("text", "some", "unknown")
    kind = entity(verdict.entity or "")
    # What somebody wrote a pattern of their own for is masked, whatever it is.
    return kind.direct or kind.family == "secret" or kind.id not in ENTITIES


def masked(value: object) -> str | None:
    """Write what a value is built of, without saying it: letters become x, digits 9.

    A tag that stands where personal data was redacted is said.

    Examples
    --------
    >>> masked("Jane Doe, 41"), masked(None), masked("é" * 50)
    ('xxxx xxx, 99', None, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…')
    >>> masked("<PERSON> of 12 <Main St>")
    '<PERSON> xx 99 <xxxx xx>'
    """
    if value is None:
        return None
    text = str(value)
    shape = "".join(
        part if part[1:-1] in ENTITIES else re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", part))
        for part in _TAG.split(text[:_MOST])
    )
    return shape + ("…" if len(text) > _MOST else "")


def reveal(columns: int, *, key: str) -> bool:
    """Ask whether to show personal values; nothing is asked where there are none."""
    if not columns:
        return False
    return st.toggle(
        "Show personal values",
        key=key,
        help="Columns of direct identifiers, of free text, and in which personal data was found are "
        "shown as shapes until you ask.",
    )
