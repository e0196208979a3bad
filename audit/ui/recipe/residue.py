"""After anonymising: the personal data that is still found, beside what was found before."""

from collections.abc import Sequence

import streamlit as st

from audit import registry
from audit.mending.effects import Effect
from audit.model import Measure
from audit.runner.residual import Remaining, Residual, residual
from audit.store import Version
from audit.ui import jobs, parts
from audit.ui.privacy import names
from audit.ui.text import counted, in_words, md, percent, plural

PRIVACY_PAGE = "pages/audit/privacy.py"
_MOST_LINES = 100


def anonymised(effects: Sequence[Effect]) -> bool:
    """Whether one of the steps was to take personal data out."""
    known = registry.remedies()
    return any(e.remedy in known and known[e.remedy].family == "anonymize" for e in effects)


def show(version: Version, parent: Version | None) -> None:
    """Look once more, as a job, and show what is still found."""

    def work(job: jobs.Job) -> Residual:
        return residual(version, parent, progress=job)

    title = "Looking for personal data that is left"
    job = jobs.ready(f"residual-{version.id}", title, work, shared=True)
    if job is None:
        return
    found: Residual = job.result
    st.markdown(f"{parts.mark('warning' if found.remaining else 'passed')} **{answer(found)}**")
    if not found.complete:
        st.markdown(f"{parts.mark('warning')} Not every value was looked at: shares are estimates.")
    if found.found:
        _table(found)
    st.page_link(PRIVACY_PAGE, label="Personal data, column by column")


def answer(found: Residual) -> str:
    """Say what is left, in a sentence."""
    left, gone = found.remaining, found.gone
    looked = "" if found.complete else " in what was looked at"
    if not left:
        what = f"; {_kinds(gone)} went" if gone else ""
        made_up = " but pseudonyms" if any(r.made_up and r.after for r in found.found) else ""
        return f"No personal data{made_up} is found any more{looked}{what}."
    columns = len({r.title for r in left})
    what = f", {_kinds(gone)} went" if gone else ""
    verb = "holds" if columns == 1 else "hold"
    return (
        f"{in_words(columns).capitalize()} {plural(columns, 'column')} still {verb} personal "
        f"data{looked}{what}."
    )


def _kinds(gone: Sequence[Remaining]) -> str:
    kinds = len({(r.title, r.entity) for r in gone})
    return f"{counted(kinds, 'kind')} in {counted(len({r.title for r in gone}), 'column')}"


def _table(found: Residual) -> None:
    lines = [
        {
            "Column": md(r.title),
            "Kind": md(names.capital(r.entity)),
            "Rows before": _share(r.before),
            "Rows now": _now(r),
        }
        for r in found.found[:_MOST_LINES]
    ]
    st.table(lines)
    if len(found.found) > _MOST_LINES:
        st.markdown(parts.small(f"{_MOST_LINES} of {counted(len(found.found), 'line')}"))


def _now(line: Remaining) -> str:
    if line.after is None:
        return "✓ none found"
    return f"{_share(line.after)}{', made-up' if line.made_up else ''}"


def _share(share: Measure | None) -> str:
    if share is None:
        return "–"
    return "the whole column" if share.value is None else percent(share.value)
