"""Part 'Measures': the scorecard as a table, with intervals, methods and reasons."""

from typing import TYPE_CHECKING

from audit.comparing.values import Line
from audit.comparing.words import values, verdict
from audit.format import moved
from audit.ui import parts
from audit.ui.compare.view import View
from audit.ui.representation.tables import frame
from audit.ui.text import count

if TYPE_CHECKING:
    import pandas as pd


def there(view: View) -> bool:
    """Whether there is a measure."""
    return bool(view.comparison.lines)


def show(view: View) -> None:
    """Show every measure with all that it rests on."""
    lines = view.comparison.lines
    frame(
        table(lines),
        title="All measures",
        note="change = after − before · 95% intervals of the change where one can be given",
        alt="All measures before and after",
        key=f"measures-{view.key}",
    )
    parts.explain(
        "Each measure is judged by how far it is from the value that would be best. A change whose "
        "95% interval holds 0 is called neither better nor worse.",
        "A mending that helps one group or one kind of fault often costs another. What got worse "
        "stands beside what got better.",
        "Where the price is too high, switch off the step that asks it: the part “Each step” "
        "shows which one does.",
    )


def table(lines: tuple[Line, ...]) -> "pd.DataFrame":
    """List the measures: values, change with its interval, verdict, what they rest on."""
    import pandas as pd

    return pd.DataFrame([_row(line) for line in lines])


def _row(line: Line) -> dict[str, str]:
    before, after = values(line)
    unit = line.after.unit
    interval = (
        f"{moved(line.low, unit)} to {moved(line.high, unit)}"
        if line.low is not None and line.high is not None
        else ""
    )
    return {
        "Measure": line.title,
        "Before": before,
        "After": after,
        "Change": moved(line.change, unit),
        "95% interval": interval,
        "Verdict": verdict(line),
        "Why": line.reason or line.after.reason or line.before.reason,
        "Topic": line.topic.capitalize(),
        "n": f"{count(line.before.n)} → {count(line.after.n)}",
        "Method": _method(line),
    }


def _method(line: Line) -> str:
    methods = dict.fromkeys(m.method for m in (line.before, line.after) if m.value is not None)
    return ", ".join(methods)
