"""Resampling before it is done: shares set by hand, and the table that would come out."""

from collections.abc import Sequence
from typing import Any, cast

import streamlit as st

from audit.charts.template import visible
from audit.errors import AuditError, ParameterError
from audit.mending.change import Context
from audit.mending.forecast import CellForecast, Forecast, forecast_of
from audit.mending.resampling import Resample
from audit.model import Pairs
from audit.registry import Settings
from audit.ui import jobs, parts, state, trouble
from audit.ui.recipe import tables
from audit.ui.recipe.look import Look
from audit.ui.text import count, counted, md, percent, shorten

_SLIDERS = 12
"""Groups up to which each has a slider; more stand in a table, with a slider for any one."""
MOST_COLUMNS = 3
_SHARE = "share in percent"


def ask(
    value: Sequence[dict[str, Any]], by: Sequence[str], look: Look, key: str
) -> list[dict[str, Any]]:
    """Ask for the share of each group that rows have; they need not add up to 100."""
    parts.heading("Shares", "one for each group; what counts is how they compare with each other")
    if not 1 <= len(by) <= MOST_COLUMNS:
        message = "Shares need one to three columns that say which groups there are."
        raise ParameterError(message, hint="Choose them under 'Groups by'.")
    found = _counted(look, Resample(by=tuple(by)))
    if found is None:
        return list(value)
    rows = max(1, sum(c.rows for c in found.cells))
    known = {tuple(sorted(e["group"].items())): float(e["amount"]) for e in value}
    whole = sum(known.values()) or 1.0
    now = {
        c.levels: 100 * known.get(tuple(sorted(c.levels)), 0.0) / whole
        if known
        else 100 * c.rows / rows
        for c in found.cells
    }
    key = f"{key}-{'-'.join(by)}"
    shares = _sliders(now, key) if len(now) <= _SLIDERS else _table(now, key)
    total = sum(shares.values())
    st.markdown(parts.small(f"together {total:.4g}; shown below is what that makes of the rows"))
    if total <= 0:
        message = "All shares are 0."
        raise ParameterError(message, hint="Give one group more than 0.")
    return [{"group": dict(levels), "amount": share / 100} for levels, share in shares.items()]


def show(params: Settings, look: Look) -> None:
    """Show what a step would make of the rows, as they are now."""
    step = cast("Resample", params)
    try:
        found = _counted(look, step)
    except AuditError as error:
        if step.by:
            trouble.show(error.problem, error.hint)
        else:
            st.markdown(parts.small("The forecast comes once 'Groups by' says which groups."))
        return
    if found is None:
        return
    note = (
        "of the rows before the steps above it"
        if look.changed
        else "exactly what the step would do"
    )
    with st.container(border=True, gap="small"):
        parts.heading(
            f"Forecast: {count(found.rows)} → {counted(found.then, 'row')}",
            f"{count(found.removed)} removed, {count(found.copied)} copied · {note}",
        )
        if found.disparate_impact is not None and found.disparate_impact_then is not None:
            parts.numbers(
                [
                    ("Lowest label rate ÷ highest, now", f"{found.disparate_impact:.2f}"),
                    ("then", f"{found.disparate_impact_then:.2f}"),
                ],
                width=230,
            )
        _bars(found)
        for note in found.notes:
            st.markdown(f"{parts.mark('notice')} {md(note)}")


def _counted(look: Look, step: Resample) -> Forecast | None:
    """Count the groups as a job: None while it is at work."""
    table, roles = look.version.table, look.roles

    def work(_: jobs.Job) -> Forecast:
        return forecast_of(table, step, Context(roles=roles))

    key = f"forecast-{look.version.id}-{step.model_dump_json()}"
    job = jobs.find(key) or jobs.start(key, "Counting the groups", work)
    if not job.wait(jobs.PATIENCE_S):
        jobs.watch(job)
        return None
    if job.error is not None:
        raise job.error
    if job.state != "done":
        jobs.show_end(job)
        return None
    forecast: Forecast = job.result
    return forecast


def _sliders(now: dict[Pairs, float], key: str) -> dict[Pairs, float]:
    grid = st.grid(2, min_column_width=280)
    found = {}
    for i, (levels, share) in enumerate(now.items()):
        shown = round(share, 1)
        chosen = grid.slider(
            md(shorten(named(levels), 70)),
            0.0,
            100.0,
            shown,
            0.1,
            format="%.1f%%",
            key=f"{key}-{i}",
            persist_state="session",
        )
        found[levels] = share if chosen == shown else chosen
    return found


def _table(now: dict[Pairs, float], key: str) -> dict[Pairs, float]:
    shown = [round(share, 2) for share in now.values()]
    names = [named(levels) for levels in now]
    lines = [{"group": n, _SHARE: share} for n, share in zip(names, shown, strict=True)]
    config = {
        "group": st.column_config.TextColumn("Group", disabled=True, width="large"),
        _SHARE: st.column_config.NumberColumn("Share", min_value=0, max_value=100, format="%.2f%%"),
    }
    found = tables.edited(list(config), lines, key=key, config=config, fixed=True)
    given = [float(line[_SHARE] or 0) for line in found]
    _slider_of_one(names, found, key)
    # what nobody changed stays as it is: rounded shares would make other rows of small groups
    return {
        levels: exact if share == was else share
        for (levels, exact), was, share in zip(now.items(), shown, given, strict=True)
    }


def _slider_of_one(names: Sequence[str], lines: list[dict[str, Any]], key: str) -> None:
    """Show a slider for one line of the table, to be chosen by its name."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        at = st.selectbox(
            "Set with a slider",
            range(len(names)),
            format_func=lambda i: shorten(names[i], 70),
            key=f"{key}-group",
            persist_state="session",
            width=280,
        )
        slider = f"{key}-slider"
        state.session()[slider] = float(lines[at][_SHARE] or 0)
        st.slider(
            md(shorten(names[at], 70)),
            0.0,
            100.0,
            step=0.01,
            format="%.2f%%",
            key=slider,
            on_change=_slid,
            args=(lines, at, key),
            width=280,
        )


def _slid(lines: list[dict[str, Any]], at: int, key: str) -> None:
    share = state.session()[f"{key}-slider"]
    changed = [{**line, _SHARE: share} if i == at else line for i, line in enumerate(lines)]
    tables.replace_lines(key, changed)


def named(levels: Pairs) -> str:
    """Write a group: 'sex Female, race Black'; blanks at the ends of values can be seen."""
    return ", ".join(f"{column} {visible(value)}" for column, value in levels)


def _bars(found: Forecast) -> None:
    """Show each group as a line of a table, with bars for the shares now and then."""
    import pandas as pd

    rows, then = max(1, found.rows), max(1, found.then)
    frame = pd.DataFrame(
        {
            "Group": [named(c.levels) for c in found.cells],
            "Rows now": [c.rows for c in found.cells],
            "Rows then": [c.then for c in found.cells],
            "Share now": [c.rows / rows for c in found.cells],
            "Share then": [c.then / then for c in found.cells],
            "Repeats": [_repeats(c) for c in found.cells],
        }
    )
    most = max((float(frame[c].max()) for c in ("Share now", "Share then")), default=1.0)
    bar = {
        name: st.column_config.ProgressColumn(
            name, min_value=0, max_value=max(most, 0.001), format="percent"
        )
        for name in ("Share now", "Share then")
    }
    plain = {
        name: st.column_config.NumberColumn(name, format="localized")
        for name in ("Rows now", "Rows then")
    }
    st.dataframe(
        frame,
        hide_index=True,
        height=min(36 * (len(frame) + 1) + 2, 400),
        column_config={**bar, **plain},
        alt=_alt(found),
    )


def _repeats(cell: CellForecast) -> str:
    if cell.most_times > 1:
        return f"up to ×{count(cell.most_times)}"
    return cell.why or "–"


def _alt(found: Forecast) -> str:
    told = [
        f"{named(c.levels)}: {percent(c.rows / max(1, found.rows))} now, "
        f"{percent(c.then / max(1, found.then))} then"
        for c in found.cells[:10]
    ]
    return "; ".join(told)
