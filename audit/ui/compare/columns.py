"""Part 'Columns': how far each one moved, and one of them in depth, both distributions drawn."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import streamlit as st

from audit.charts.comparison.columns import distributions
from audit.comparing.column_pair import ColumnPair, Spread, column_pair
from audit.comparing.values import ColumnDrift
from audit.format import type_word
from audit.ui import jobs, parts
from audit.ui.compare.view import View
from audit.ui.representation.tables import frame
from audit.ui.text import count, counted, in_words, md, number, percent, plural, quoted, shorten

if TYPE_CHECKING:
    import pandas as pd

COLUMN = "compared"
"""Name of the choice of a column; in the URL too, as elsewhere: a name, never a value."""
_STABLE, _MOVED = 0.1, 0.25
"""Usual readings of the population stability index."""


def there(view: View) -> bool:
    """Whether there are columns."""
    return bool(view.comparison.drift)


def show(view: View) -> None:
    """Say what moved, show one column in depth, then the table of all."""
    drift = view.comparison.drift
    parts.answer(answer(drift))
    able = in_depth_first(drift, view.personal)
    if able:
        _in_depth(view, able)
    frame(
        table(drift, paired=view.paired),
        title="All columns",
        note="PSI: 0.1 and 0.25 are the usual lines · 0 is the same; nothing in common: KS 1, JS 0.69",
        alt="How far each column moved",
        key=f"drift-{view.key}",
    )
    parts.explain(
        "PSI, KS and JS say how far the values of a column are spread otherwise than before: all "
        "are 0 where nothing moved. Rows that were filtered out move columns as well as cells that "
        "were changed.",
        "A column that a mending was not meant to touch should not have moved: where it did, those "
        "who are left differ from those who were there.",
        "Look at the columns that moved most and ask which step did it.",
    )


def ranked(drift: tuple[ColumnDrift, ...]) -> list[ColumnDrift]:
    """Order columns by how far they moved, those that cannot be told last."""
    return sorted(drift, key=lambda d: (d.psi.value is None, -float(d.psi.value or 0)))


def in_depth_first(drift: tuple[ColumnDrift, ...], personal: Collection[str]) -> list[str]:
    """Order the columns that can be looked at: what moved most first, what is not drawn last."""
    able = [d for d in ranked(drift) if drawable(d)]
    return [d.column for d in sorted(able, key=lambda d: not _is_shown(d, personal))]


def _is_shown(drift: ColumnDrift, personal: Collection[str]) -> bool:
    """Whether a picture can be shown: bins tell no value, values of personal columns are masked."""
    return drift.kind in ("number", "date") or drift.column not in personal


def drawable(drift: ColumnDrift) -> bool:
    """Whether both versions have the column, of a kind that can be drawn."""
    return bool(drift.type_before and drift.type_after)


def answer(drift: tuple[ColumnDrift, ...]) -> str:
    """Say how many columns moved, and which most. Escaped."""
    known = [d for d in drift if d.psi.value is not None]
    new = [d for d in drift if not d.type_before and d.type_after]
    old = [d for d in drift if d.type_before and not d.type_after]
    told = []
    moved = [d for d in ranked(tuple(known)) if float(d.psi.value or 0) >= _STABLE]
    if moved:
        n = len(moved)
        first = f"{quoted(moved[0].column, 40)} (PSI {number(moved[0].psi.value)})"
        rest = f", {first} most" if n > 1 else f": {first}"
        told.append(f"{counted(n, 'column')} {plural(n, 'is')} spread otherwise than before{rest}")
    elif known:
        told.append("No column is spread otherwise than before to speak of")
    for found, word in ((old, "gone"), (new, "new")):
        if found:
            named = ", ".join(quoted(d.column, 30) for d in found[:3])
            more = f" and {in_words(len(found) - 3)} more" if len(found) > 3 else ""
            told.append(f"{named}{more} {plural(len(found), 'is')} {word}")
    return "; ".join(told) + "." if told else "No column of both versions can be compared."


def table(drift: tuple[ColumnDrift, ...], *, paired: bool) -> "pd.DataFrame":
    """List every column: types, drift, changed cells, and why something is missing."""
    import pandas as pd

    lines = []
    for d in drift:
        line = {
            "Column": d.column,
            "Type": _types(d),
            "PSI": _value(d.psi.value),
            "KS": _value(d.ks.value),
            "JS": _value(d.js.value),
        }
        if paired:
            line["Changed cells"] = "–" if d.changed_cells is None else count(d.changed_cells)
        line["Note"] = d.reason or _reading(d)
        lines.append(line)
    return pd.DataFrame(lines)


def _types(drift: ColumnDrift) -> str:
    """Write the types in words: 'text', or 'text → whole number'."""
    told = [type_word(t) if t else "–" for t in (drift.type_before, drift.type_after)]
    return told[0] if told[0] == told[1] else " → ".join(told)


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _reading(drift: ColumnDrift) -> str:
    value = drift.psi.value
    if value is None:
        return drift.psi.reason
    return "◆ moved far" if value >= _MOVED else "▲ moved" if value >= _STABLE else "in line"


def _in_depth(view: View, able: list[str]) -> None:
    with st.container(border=True, gap="small"):
        chosen = st.selectbox(
            "Column in depth",
            able,
            format_func=lambda name: shorten(name, 80),
            key=COLUMN,
            bind="query-params",
        )
        if chosen is None:
            return
        drift = next(d for d in view.comparison.drift if d.column == chosen)
        parts.numbers(_numbers(drift), width=120)
        before, after = view.before.table, view.after.table
        job = jobs.ready(
            f"pair-{view.before.id}-{view.after.id}-{chosen}",
            f"Counting {shorten(chosen, 40)} in both versions",
            lambda _: column_pair(before, after, chosen),
        )
        if job is not None:
            _draw(view, job.result)


def _numbers(drift: ColumnDrift) -> list[tuple[str, str]]:
    found = [
        (name, _value(measure.value))
        for name, measure in (("PSI", drift.psi), ("KS", drift.ks), ("JS", drift.js))
        if measure.value is not None
    ]
    if drift.changed_cells is not None:
        found.append(("Changed cells", count(drift.changed_cells)))
    return found


def _draw(view: View, pair: ColumnPair) -> None:
    if pair.kind == "category" and pair.column in view.personal:
        st.markdown("The values of this column may name people and are not drawn.")
        return
    note = (
        f"share of the rows with a value · n = {_present(pair.before)} before, "
        f"{_present(pair.after)} after"
    )
    parts.heading(f"{quoted(pair.column, 60)}, before and after", note)
    drawn = distributions(pair, p=parts.palette())
    parts.picture(drawn, key=f"pair-{view.key}-{md(pair.column)}")
    left = left_out(pair)
    if left:
        st.markdown(parts.small(left))


def _present(spread: Spread) -> str:
    return count(spread.rows - spread.missing)


def left_out(pair: ColumnPair) -> str:
    """Say which rows are not drawn: missing ones, and those of other values. Escaped."""
    told = []
    for name in ("missing", "other"):
        was, now = getattr(pair.before, name), getattr(pair.after, name)
        if was or now:
            what = "missing" if name == "missing" else "with another value, or beyond the axis"
            told.append(
                f"{what}: {count(was)} ({_share(was, pair.before)}) before, "
                f"{count(now)} ({_share(now, pair.after)}) after"
            )
    return f"Not drawn: {'; '.join(told)}." if told else ""


def _share(n: int, spread: Spread) -> str:
    return percent(n / spread.rows if spread.rows else None)
