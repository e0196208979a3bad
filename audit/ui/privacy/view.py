"""What the page looks at: both reports, their options, and what several parts share."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from audit import runner
from audit.model import ColumnRole, Role, RoleMap, RowTest, Where
from audit.reports.pii.options import Options
from audit.reports.pii.values import Found, PersonalData, ScannedColumn
from audit.reports.reidentification.values import Reidentification
from audit.store import Version
from audit.ui import rows_view, state
from audit.ui.privacy import names

PII, RISK = "pii", "reidentification"
"""Ids of the two reports."""

PART, COLUMN = "about", "held"
"""Keys of the choices of a part and of a column."""
ONE_COLUMN = "One column"
_CLICKED = "held-clicked"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The result of an audit, as this page reads it."""

    result: runner.Result

    @property
    def version(self) -> Version:
        """The version in use."""
        return self.result.version

    @property
    def personal(self) -> PersonalData:
        """The report on personal data."""
        return personal_of(self.result)

    @property
    def risk(self) -> Reidentification:
        """The re-identification report."""
        return risk_of(self.result)

    @property
    def options(self) -> Options:
        """What the report on personal data is measured with."""
        options = runner.report_options(self.version, PII)
        assert isinstance(options, Options)
        return options

    @property
    def roles(self) -> RoleMap:
        """The roles, with those columns marked that hold personal data: their values are masked."""
        return with_personal(self.result.roles, self.personal)


def personal_of(result: runner.Result) -> PersonalData:
    """Give the report on personal data of a result."""
    report: PersonalData = result.reports[PII]
    return report


def risk_of(result: runner.Result) -> Reidentification:
    """Give the re-identification report of a result."""
    report: Reidentification = result.reports[RISK]
    return report


def with_personal(roles: RoleMap, report: PersonalData) -> RoleMap:
    """Mark the columns in which personal data was found, so that their values are masked."""
    found = {c.column for c in report.columns if c.found or c.verdict.holds == "unknown"}
    known = {c.column for c in roles.columns}
    marked = [
        replace(c, roles=(*c.roles, Role.FREE_TEXT)) if c.column in found else c
        for c in roles.columns
    ]
    added = [ColumnRole(column=c, roles=(Role.FREE_TEXT,)) for c in sorted(found - known)]
    return replace(roles, columns=(*marked, *added))


def holding(report: PersonalData) -> list[ScannedColumn]:
    """List the columns that hold personal data, the most relevant first."""
    return sorted((c for c in report.columns if c.is_personal), key=relevance)


def names_people(column: ScannedColumn) -> bool:
    """Whether a column is made of what names a person by itself."""
    verdict = column.verdict
    return verdict.holds == "identifiers" and names.is_direct(verdict.entity or "")


def by_chance(report: PersonalData) -> list[ScannedColumn]:
    """List the columns with hits that were judged to be chance."""
    return [c for c in report.columns if c.found and c.verdict.holds == "none"]


def relevance(column: ScannedColumn) -> tuple[bool, bool, int, float, str]:
    """Rank a column: what names people by itself first, columns made of it before others."""
    kinds = ("identifiers", "text", "some", "none", "unknown")
    kinds_held = [f.entity for f in column.found] + [column.verdict.entity or ""]
    direct = any(names.is_direct(id_) for id_ in kinds_held)
    most = max((share_of(f) for f in column.found), default=0.0)
    judged = kinds.index(column.verdict.holds)
    return not column.is_personal, not direct, judged, -most, column.title


def share_of(found: Found) -> float:
    """Give the share of rows; 0 where it is not defined."""
    return float(found.share.value) if found.share.value is not None else 0.0


def look_at(column: ScannedColumn) -> None:
    """Go to the part about one column, from a part that is not about it."""
    state.session()[PART] = ONE_COLUMN
    state.session()[_CLICKED] = column.title
    # A box writes its own choices into the URL, not what it finds when it comes onto the page.
    st.query_params[COLUMN] = column.title


def clicked(known: Container[str]) -> str:
    """Choose the column that was clicked, before its box is drawn; its title, or nothing."""
    title: str = state.session().pop(_CLICKED, "")
    if title not in known:
        return ""
    state.session()[COLUMN] = title
    return title


def click_again(title: str) -> None:
    """Repeat a click that the URL went before: a box new on the page takes what a link said."""
    state.session()[_CLICKED] = title
    st.rerun()


def numbered(rows: Sequence[int]) -> Where:
    """Mean exactly the rows of these numbers."""
    return Where(tests=(RowTest(op="numbered", values=tuple(rows)),))


def show_rows(
    view: View, rows: Where, *, key: str, label: str, title: str, first: Sequence[str] = ()
) -> None:
    """Offer rows behind a switch: masked, and in full where somebody asks once more.

    ``title`` says what the rows are, escaped.
    """
    if st.toggle(label, key=f"{key}-show"):
        with st.container(border=True, gap="small"):
            rows_view.show(view.version, rows, view.roles, key=key, title=title, first=first)
