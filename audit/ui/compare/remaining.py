"""Part 'Personal data': what is still found after the mending, by column and kind."""

from typing import TYPE_CHECKING

import streamlit as st

from audit.model import Measure
from audit.runner.residual import Remaining, Residual, residual
from audit.ui import jobs, parts
from audit.ui.compare.view import View
from audit.ui.privacy import names
from audit.ui.representation.tables import frame
from audit.ui.text import counted, md, percent, plural

if TYPE_CHECKING:
    import pandas as pd

_LESS = 0.005
"""A share that fell by less than half a point is as before."""


def there(view: View) -> bool:
    """Whether one version was made from the other: else it is nothing that remains."""
    return bool(view.comparison.steps)


def show(view: View) -> None:
    """Look once more for personal data, and hold it against what was found before."""
    before, after = view.before, view.after
    job = jobs.ready(
        f"residual-{before.id}-{after.id}",
        "Looking for personal data",
        lambda progress: residual(after, before, steps=view.comparison.steps, progress=progress),
    )
    if job is None:
        return
    found: Residual = job.result
    parts.answer(answer(found))
    for note in found.notes:
        st.markdown(f"{parts.mark('warning')} {md(note)}")
    if found.found:
        frame(
            table(found),
            title="By column and kind",
            note="share of the rows in which it is found, with 95% intervals where a sample was read",
            alt="Personal data before and after",
            key=f"residual-{view.key}",
        )
    parts.explain(
        "The values of the mended version were searched again, with the same detectors and "
        "settings as before.",
        "A step that masks one column leaves what people wrote into another. What no detector "
        "knows is not found: 'gone' means not found any more.",
        "Add a step for what is left, or leave the column out. Pseudonyms look like personal data "
        "and are meant to.",
    )


def answer(found: Residual) -> str:
    """Say what is still found, and what is gone. Escaped."""
    left, gone = found.remaining, _gone(found)
    if not found.found:
        searched = "was found" if found.complete else "was found in the values looked at"
        return f"No personal data {searched}, before or after."
    if not left:
        made_up = " but pseudonyms" if any(r.made_up for r in found.found) else ""
        partly = "" if found.complete else " in the values looked at"
        told = f": {gone}" if gone else ""
        return f"No personal data{made_up} is found any more{partly}{told}."
    columns = list(dict.fromkeys(r.title for r in left))
    tail = f"; {gone}" if gone else ""
    return f"Personal data is still found in {names.titles(columns)}{tail}."


def _gone(found: Residual) -> str:
    """Count the kinds that are found nowhere any more."""
    n = len({r.entity for r in found.gone} - {r.entity for r in found.found if r.after is not None})
    return f"{counted(n, 'kind')} of it {plural(n, 'is')} gone" if n else ""


def table(found: Residual) -> "pd.DataFrame":
    """List what was found before and after; what is still there comes first."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "Column": r.title,
                "Kind": names.one(r.entity),
                "Before": _share(r.before),
                "After": _share(r.after),
                "What became of it": verdict(r),
            }
            for r in found.found
        ]
    )


def verdict(one: Remaining) -> str:
    """Say in a word what became of one kind in one column, with its mark in front."""
    if one.made_up and one.after is not None:
        return "✓ pseudonyms"
    if one.after is None:
        return "✓ gone"
    if one.before is None:
        return "◆ new"
    if one.before.value is None or one.after.value is None:
        return "= still there"
    fell = float(one.before.value) - float(one.after.value)
    return "▲ less, still there" if fell > _LESS else "= as before"


def _share(measure: Measure | None) -> str:
    if measure is None:
        return "none found"
    if measure.value is None:
        return "the whole column"
    if measure.low is None or measure.high is None:
        return percent(measure.value)
    return f"{percent(measure.value)} ({percent(measure.low)} to {percent(measure.high)})"
