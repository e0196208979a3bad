"""Steps and what they do, in words. What comes from data or from somebody's hand is escaped."""

from collections.abc import Mapping, Sequence
from typing import Any

from audit import runner
from audit.mending.effects import Effect
from audit.mending.form import FormField, asked, form_of
from audit.ui.text import count, counted, in_words, md, number, percent, plural, shorten

FAMILIES = {
    "filter": "Filter",
    "clean": "Clean",
    "rebalance": "Rebalance",
    "anonymize": "Anonymize",
}
_MOST_NAMES, _LONGEST = 6, 60
DROP, _MOST_DROPPED = "drop-columns", 200
"""Columns that a step takes away are all named; the form shows the rest of so many."""


def answer(recipe: runner.Recipe, effects: Sequence[Effect | None]) -> str:
    """Say what a recipe does, as far as a preview has shown it; ``effects`` by step."""
    on = recipe.active
    if not recipe.steps:
        return "No step yet. The data stays as it is until you add one and apply it."
    if not on:
        only = "The only step is" if len(recipe.steps) == 1 else "All steps are"
        return f"{only} switched off: nothing would change."
    n = len(on)
    begin = f"{in_words(n).capitalize()} {plural(n, 'step')}"
    known = [e for e in effects if e is not None]
    empty = next((e for e in known if e.leaves_no_row), None)
    if empty is not None:
        return f"Step {empty.position} leaves none of {_rows(empty.rows_in)}."
    if len(known) < n:
        return f"{begin}; a preview shows what {'it does' if n == 1 else 'they do'}."
    rows = known[0].rows_in
    told = [text for e in known if (text := _clause(e, rows))]
    if not told:
        return f"{begin}, and nothing changes: the data has nothing for {'it' if n == 1 else 'them'} to mend."
    more = f", and {in_words(len(told) - 3)} more" if len(told) > 3 else ""
    return f"{begin}: {', '.join(told[:3])}{more}{_left(rows, known[-1].rows_out)}."


def effect(done: Effect) -> str:
    """Say what one step did, in numbers."""
    if done.did_nothing:
        return "Changes nothing here"
    rows = (
        f"{counted(done.rows_in, 'row')} in, {count(done.rows_out)} out"
        if done.rows_in != done.rows_out
        else f"{counted(done.rows_in, 'row')} stay"
    )
    told = [
        (done.removed, "removed"),
        (done.changed, "changed"),
        (done.copied, "copied"),
        (done.added, "added"),
    ]
    parts = [rows, *(f"{count(n)} {word}" for n, word in told if n)]
    added, gone = done.columns_added, done.columns_removed
    if added:
        parts.append(f"{plural(len(added), 'column')} added: {_names(added)}")
    if gone:
        parts.append(f"{plural(len(gone), 'column')} removed: {_names(gone, _MOST_DROPPED)}")
    if done.columns_renamed:
        pairs = [f"{old} → {new}" for old, new in done.columns_renamed]
        parts.append(f"renamed: {_names(pairs)}")
    return " · ".join(parts)


def reasons(done: Effect, most: int = 4) -> str:
    """Say why rows went, with counts; empty where none did."""
    told = [f"{count(n)}: {md(shorten(why, 90))}" for why, n in done.reasons[:most]]
    if len(done.reasons) > most:
        rest = sum(n for _, n in done.reasons[most:])
        told.append(f"{count(rest)} for {in_words(len(done.reasons) - most)} more reasons")
    return " · ".join(told)


def params(step: runner.RecipeStep) -> str:
    """Say what a step is given; what is as usual is left out."""
    form = {f.name: f for f in asked(form_of(type(step.params)))}
    most = _MOST_DROPPED if step.remedy == DROP else _MOST_NAMES
    told = [
        f"{md(form[name].title or name)}: {value(form[name], given, most)}"
        for name, given in step.given.items()
        if name in form
    ]
    learnt = ["as learnt from other data"] if step.given.get("fitted") else []
    return " · ".join([*told, *learnt]) or "as usual"


def value(field: FormField, given: Any, most: int = _MOST_NAMES) -> str:
    """Write a parameter's value. Escaped."""
    if given is None or given in ("", [], {}):
        return "none"
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, int | float):
        return number(given)
    if isinstance(given, str):
        return choice(given) if field.shape == "choice" else md(shorten(given, _LONGEST * 2))
    return _several(given, most)


def _several(given: Mapping[str, Any] | Sequence[Any], most: int) -> str:
    if isinstance(given, Mapping):
        inner = [len(v) if isinstance(v, Mapping) else 1 for v in given.values()]
        return counted(sum(inner), "line")
    if any(isinstance(entry, Mapping) for entry in given):
        return counted(len(given), "group")
    return _names([str(entry) for entry in given], most)


def choice(given: object) -> str:
    """Write one of several choices: 'equal-rates' as 'equal rates'."""
    return md(str(given).replace("-", " ").replace("_", " "))


def first_line(doc: str) -> str:
    """Take the first sentence of a remedy's documentation, as one line."""
    return " ".join(doc.split("\n\n")[0].split())


def _left(rows: int, then: int) -> str:
    """Say how many rows of all there will be, where it is another number."""
    if then == rows:
        return ""
    if then > rows:
        return f"; {_rows(rows)} become {count(then)}"
    return f"; of {_rows(rows)} {count(then)} {plural(then, 'is')} left"


def _clause(done: Effect, rows: int) -> str:
    """Say what one step does within a sentence; ``rows`` are those that there are at first."""
    parts = []
    if done.removed:
        share = f" ({percent(done.removed / rows)})" if rows else ""
        parts.append(f"{_rows(done.removed)} {'goes' if done.removed == 1 else 'go'}{share}")
    if done.changed:
        n = len(done.changed_cells)
        where = (
            f"of {_names([c for c, _ in done.changed_cells])}"
            if n <= 2
            else f"in {count(n)} columns"
        )
        cells = sum(n for _, n in done.changed_cells)
        parts.append(f"{counted(cells, 'value')} {where} {'changes' if cells == 1 else 'change'}")
    if done.copied:
        parts.append(f"{_rows(done.copied)} repeated")
    if done.added:
        parts.append(f"{_rows(done.added)} made new")
    if done.columns_added and not done.changed:
        what = (
            _names(done.columns_added)
            if len(done.columns_added) < 3
            else count(len(done.columns_added))
        )
        parts.append(f"{plural(len(done.columns_added), 'column')} {what} added")
    if done.columns_removed:
        n = len(done.columns_removed)
        parts.append(f"{counted(n, 'column')} {'goes' if n == 1 else 'go'}")
    if done.columns_renamed:
        parts.append(f"{counted(len(done.columns_renamed), 'column')} renamed")
    return " and ".join(parts)


def _rows(n: int) -> str:
    return counted(n, "row")


def _names(names: Sequence[str], most: int = _MOST_NAMES) -> str:
    shown = [md(shorten(name, _LONGEST)) for name in names[:most]]
    more = len(names) - most
    return ", ".join(shown) + (f" and {count(more)} more" if more > 0 else "")
