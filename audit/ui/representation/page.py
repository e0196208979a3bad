"""The page put together: its parts, those that exist, and the one that is chosen."""

from collections.abc import Callable

import streamlit as st

from audit import runner
from audit.model import Finding
from audit.reports.representation.values import Combination
from audit.ui import state
from audit.ui.representation import (
    coverage,
    groups,
    labels,
    meet,
    model,
    proxies,
    quality,
    strata,
)
from audit.ui.representation.view import View, report_of

_PARTS: dict[str, tuple[Callable[[View], None], Callable[[View], bool]]] = {
    "Groups": (groups.show, lambda _: True),
    "Labels": (labels.show, lambda view: view.report.label is not None),
    "Where groups meet": (meet.show, lambda view: len(view.report.axes) > 1),
    "Within strata": (strata.show, strata.there),
    "Coverage": (coverage.show, lambda view: view.report.coverage is not None),
    "Quality": (quality.show, quality.there),
    "Proxies": (proxies.show, proxies.there),
    "Model": (model.show, model.able),
}
"""By name: what shows a part, and whether there is anything to show."""


def first(result: runner.Result) -> Combination | None:
    """Choose the columns to begin with: those of the worst finding about one of them alone."""
    single = {c.columns[0]: c for c in report_of(result).combinations if len(c.columns) == 1}
    found = next((c for f in result.open_findings if (c := _column(f, single))), None)
    return single[found] if found else next(iter(single.values()), None)


def choose(view: View) -> Callable[[View], None]:
    """Choose the part to look at; it stands in the URL."""
    there = [name for name, (_, is_there) in _PARTS.items() if is_there(view)]

    def changed() -> None:
        state.pick(view.version, None)

    chosen = st.segmented_control(
        "Question",
        there,
        default=there[0],
        required=True,
        key="part",
        bind="query-params",
        on_change=changed,
        wrap=True,
    )
    return _PARTS[chosen or there[0]][0]


def _column(finding: Finding, single: dict[str, Combination]) -> str | None:
    named = [c for c, _ in finding.group if c in single]
    return named[0] if len(named) == 1 else None
