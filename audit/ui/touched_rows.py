"""Rows before and after in one line each: a changed cell reads 'old → new' and is tinted."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from audit.charts.template import Palette, visible
from audit.mending.effects import Touched
from audit.ui import masking
from audit.ui.text import shorten

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

ARROW = " → "
_MISSING = "(missing)"
_LONGEST = 120


def frame(
    rows: Sequence[Touched],
    columns: tuple[Sequence[str], Sequence[str]],
    *,
    masks: Collection[str] = (),
    earlier: Mapping[str, str] | None = None,
) -> "pd.DataFrame":
    """Write one line for each row, columns in which something changed on the left.

    Parameters
    ----------
    rows : sequence of Touched
        What is shown.
    columns : (names before, names after)
        In the order of the cells.
    masks : collection of str
        Columns whose cells are written as shapes.
    earlier : mapping, optional
        What a column was called before, by its name after.
    """
    import pandas as pd

    was, now = columns
    names = _ordered(rows, was, now, earlier or {})
    lines = [_line(row, names, columns, masks, earlier or {}) for row in rows]
    made = pd.DataFrame(lines, columns=names, dtype=object)
    numbers = ["new" if row.row is None else f"{row.row + 1:,}" for row in rows]
    made.index = pd.Index(numbers, name="row", dtype=object)
    return made


def styled(made: "pd.DataFrame", p: Palette) -> "Styler":
    """Tint the cells that changed; the arrow in them says it without colour."""
    made = made.reset_index()
    tint = f"background-color: {p.wash}; color: {p.ink}; font-weight: 600"

    def cell(value: object) -> str:
        return tint if isinstance(value, str) and ARROW in value else ""

    styler = made.style.map(cell)
    styler.hide(axis="index")
    return styler


def _ordered(
    rows: Sequence[Touched],
    was: Sequence[str],
    now: Sequence[str],
    earlier: Mapping[str, str],
) -> list[str]:
    """List columns as they are called afterwards: changed ones, the others, those that went."""
    changed = dict.fromkeys(name for row in rows for name in row.changed)
    any_after = any(row.after is not None for row in rows)
    there = list(now) if any_after else []
    known = {earlier.get(name, name) for name in there}
    gone = [name for name in was if name not in known]
    if any_after and not any(row.before is not None for row in rows):
        gone = []
    return [*changed, *(n for n in (*there, *gone) if n not in changed)]


def _line(
    row: Touched,
    names: Sequence[str],
    columns: tuple[Sequence[str], Sequence[str]],
    masks: Collection[str],
    earlier: Mapping[str, str],
) -> list[str]:
    old = dict(zip(columns[0], row.before or (), strict=False))
    new = dict(zip(columns[1], row.after or (), strict=False))
    line = []
    for name in names:
        first = earlier.get(name, name)
        write = _masked if {name, first} & set(masks) else _plain
        if name in row.changed:
            line.append(f"{write(old.get(first))}{ARROW}{write(new.get(name))}")
        else:
            line.append(write(new[name] if name in new else old.get(first)))
    return line


def _plain(value: Any) -> str:
    return _MISSING if value is None else shorten(visible(value), _LONGEST)


def _masked(value: Any) -> str:
    return masking.masked(value) or _MISSING
