"""Part 'What if': the risk with quasi-identifiers left out or made coarser, before beside after."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from audit import runner
from audit.charts.privacy.classes import before_and_after, class_sizes
from audit.charts.privacy.names import told_apart
from audit.mending.generalizing import params_of
from audit.model import Step
from audit.reports.reidentification.values import Risk
from audit.reports.reidentification.what_if import Coarsening
from audit.runner import risk as measured
from audit.store import Version
from audit.ui import jobs, parts, state, words
from audit.ui.privacy import quasi
from audit.ui.privacy.view import View
from audit.ui.recipe import suggesting
from audit.ui.representation import tables
from audit.ui.text import count, counted, md, percent, plural, quoted

if TYPE_CHECKING:
    import pandas as pd

_AS_IT_IS = "as it is"
_SMALL, _LETTERS = 5, 40
_TURN = "what-if-turn"
_WHY = "tried on the page Privacy"


class Choice(NamedTuple):
    """What is tried: the columns that count, and those of them made coarser."""

    columns: tuple[str, ...]
    coarser: Mapping[str, Coarsening]


def there(view: View) -> bool:
    """Whether there are quasi-identifiers and rows."""
    return view.risk.risk is not None and view.risk.risk.rows > 0


def show(view: View) -> None:
    """Let quasi-identifiers be left out or made coarser, and show what becomes of the risk."""
    _trying(view)


@st.fragment
def _trying(view: View) -> None:
    before = view.risk.risk
    if before is None:
        return
    place = st.container()
    choice = _choose(view, before)
    if not choice.columns:
        with place:
            parts.answer("With no quasi-identifier left, nobody can be picked out by one.")
        return
    with place:
        after = _measured(view, before, choice)
    if after is None:
        return
    with place:
        parts.answer(answer(before, after, choice))
        parts.numbers(numbers(before, after), width=150)
    _pictures(view, after, choice)


def _pictures(view: View, after: Risk, choice: Choice) -> None:
    before = view.risk.risk
    if before is None:
        return
    if after is before:
        title, note = "Rows by class size, as it is", ""
        drawn = class_sizes(before, p=parts.palette())
    else:
        title = "Rows by class size, after and before"
        note = "bar and bold: after · stroke and small: before · "
        drawn = before_and_after(before, after, p=parts.palette())
    note = f"n = {counted(after.rows, 'row')} · {note}left of k = 5: easily picked out"
    parts.chart_card(title, note, drawn, key="what-if-picture")
    if after is before:
        return
    _steps(view.version, steps(before, choice))
    tables.frame(
        table(before, after),
        title="Before and after",
        note=f"n = {counted(after.rows, 'row')}",
        alt="Measures of the risk before and after",
        key="what-if-table",
    )


def _choose(view: View, before: Risk) -> Choice:
    """Show what can be ticked off and made coarser."""
    more = [s.column for s in view.risk.suggestions if s.column not in before.columns]
    key = f"{view.version.id}-{len(before.columns)}-{_turn()}"
    with st.container(border=True, gap="small"):
        tick = "tick off what is to be left out" + (
            ", tick what may be known as well" if more else ""
        )
        parts.heading("What others know", f"{tick} · nothing is changed")
        shown = told_apart([*before.columns, *more], _LETTERS)
        ticked = st.pills(
            "Quasi-identifiers",
            [*before.columns, *more],
            selection_mode="multi",
            default=list(before.columns),
            format_func=lambda name: md(shown[name]),
            key=f"what-if-{key}",
            persist_state="page",
            label_visibility="collapsed",
        )
        kept = tuple(c for c in (*before.columns, *more) if c in ticked)
        coarser = _coarser(view.version, kept, shown)
        if kept != before.columns or coarser:
            st.button("Put everything back", key="what-if-back", type="tertiary", on_click=_back)
    return Choice(kept, coarser)


def _turn() -> int:
    """Count how often everything was put back: part of the keys of what is chosen."""
    number: int = state.session().get(_TURN, 0)
    return number


def _back() -> None:
    state.session()[_TURN] = _turn() + 1


def _coarser(
    version: Version, columns: tuple[str, ...], shown: Mapping[str, str]
) -> dict[str, Coarsening]:
    """Let each column that has coarser values be made coarser."""
    found: dict[str, Coarsening] = {}
    able = {c: ways for c in columns if (ways := _ways(version, c))}
    if not able:
        return found
    parts.heading("How finely they know it")
    grid = st.grid(3, min_column_width=220)
    for column, ways in able.items():
        by_name = {way.title: way for way in ways}
        chosen = grid.selectbox(
            md(shown[column]),
            [_AS_IT_IS, *by_name],
            key=f"what-if-{version.id}-{column}-{_turn()}",
            persist_state="page",
        )
        if chosen in by_name:
            found[column] = by_name[chosen]
    return found


@st.cache_resource(
    scope="session",
    max_entries=100,
    show_spinner=False,
    hash_funcs={Version: lambda version: version.id},
)
def _ways(version: Version, column: str) -> tuple[Coarsening, ...]:
    return measured.coarsenings(version, column)


def _measured(view: View, before: Risk, choice: Choice) -> Risk | None:
    """Give the risk of a choice; measured as a job, of which nothing is seen where it is quick."""
    if choice.columns == before.columns and not choice.coarser:
        return before
    tried = sorted((column, way.title) for column, way in choice.coarser.items())
    version = view.version
    key = f"what-if-{version.id}-{view.risk.missing}-{choice.columns}-{tried}"
    job = jobs.ready(key, "Measuring the risk", lambda _: measured.what_if(version, *choice))
    return None if job is None else job.result


def answer(before: Risk, after: Risk, choice: Choice) -> str:
    """Say what becomes of the risk, in one sentence. Escaped."""
    done = _changes(before, choice)
    if not done:
        return (
            f"As it is, {quasi.named(before.columns)} leave {counted(before.uniques, 'unique row')} "
            f"and k = {count(before.k)}: try what less would do."
        )
    with_ = f"With {words.together(done)}"
    if before.uniques != after.uniques:
        verb = "fall" if after.uniques < before.uniques else "rise"
        return (
            f"{with_}, unique rows {verb} from {count(before.uniques)} to {count(after.uniques)}; "
            f"{_of_k(before, after)}."
        )
    return f"{with_}, {_of_k(before, after)}; {counted(after.uniques, 'row')} {plural(after.uniques, 'is')} unique as before."


def numbers(before: Risk, after: Risk) -> list[tuple[str, str]]:
    """Give the numbers that move, before and after."""
    pairs = (
        ("Smallest class (k)", before.k, after.k),
        ("Unique rows", before.uniques, after.uniques),
        (f"Rows below k = {_SMALL}", before.rows_below(_SMALL), after.rows_below(_SMALL)),
        ("Classes", before.classes, after.classes),
    )
    return [
        (name, count(was) if was == now else f"{count(was)} → {count(now)}")
        for name, was, now in pairs
    ]


def table(before: Risk, after: Risk) -> "pd.DataFrame":
    """List the measures of the risk before and after."""
    import pandas as pd

    rows = before.rows or 1
    lines = [
        ("Smallest class (k)", count(before.k), count(after.k)),
        ("Classes", count(before.classes), count(after.classes)),
        ("Unique rows", percent(before.uniques / rows), percent(after.uniques / rows)),
        *(
            (
                f"Rows below k = {k}",
                percent(before.rows_below(k) / rows),
                percent(after.rows_below(k) / rows),
            )
            for k in (3, _SMALL, 10)
        ),
        ("Highest risk", percent(before.highest), percent(after.highest)),
        ("Average risk", percent(before.average), percent(after.average)),
    ]
    return pd.DataFrame(lines, columns=["Measure", "Before", "After"])


def steps(before: Risk, choice: Choice) -> list[Step]:
    """List the steps that would make the change lasting."""
    gone = tuple(c for c in before.columns if c not in choice.columns)
    dropped = [Step(remedy="drop-columns", params=(("columns", gone),))] if gone else []
    coarser = (
        Step(remedy="generalize", params=(("column", column), *params_of(way).items()))
        for column, way in choice.coarser.items()
    )
    return [*dropped, *coarser]


def _steps(version: Version, found: list[Step]) -> None:
    if not found:
        return
    st.markdown("**The steps that this would be**")
    st.markdown("\n".join(f"- {md(words.step_in_words(step))}" for step in found))
    st.button(
        "Add to the recipe",
        key="what-if-add",
        icon=":material/add:",
        on_click=suggesting.add,
        args=(version, *(runner.from_suggestion(step, why=_WHY) for step in found)),
    )
    st.markdown(parts.small("Nothing is changed here: the page Recipe previews and applies them."))


def _changes(before: Risk, choice: Choice) -> list[str]:
    """Say what is tried: '“zip” left out', '“age” in bins of 10', '“job” known as well'."""
    gone = [c for c in before.columns if c not in choice.columns]
    added = [c for c in choice.columns if c not in before.columns]
    told = [f"{quasi.named(gone)} left out"] if gone else []
    told += [f"{quasi.named(added)} known as well"] if added else []
    return told + [f"{quoted(c, 40)} {_way(way)}" for c, way in choice.coarser.items()]


def _way(coarsening: Coarsening) -> str:
    """Say how a column is made coarser, after its name: 'in bins of 10'."""
    before = {"bins": "in ", "first": "cut to its ", "rare": "with "}.get(coarsening.way, "by ")
    return before + coarsening.title


def _of_k(before: Risk, after: Risk) -> str:
    if before.k == after.k:
        return f"k stays {count(after.k)}"
    return f"k goes from {count(before.k)} to {count(after.k)}"
