"""Parts that every page is laid out with: native Streamlit, no HTML.

They take plain values and finished pictures. A string that comes from data must have gone
through :func:`~audit.ui.text.md` before it gets here.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from audit.charts.template import CONFIG, DARK, LIGHT, Palette, Picture
from audit.model import Severity
from audit.ui import state

Colour = Literal["red", "orange", "blue", "gray"]
Level = Literal["critical", "warning", "notice", "info", "passed", "too few to tell"]

MARKS: dict[str, tuple[str, Colour]] = {
    "critical": ("◆", "red"),
    "warning": ("▲", "orange"),
    "notice": ("●", "blue"),
    "info": ("○", "gray"),
    "passed": ("✓", "gray"),
    "too few to tell": ("?", "gray"),
}
"""Shape first, colour second. The same marks stand on the command line and in reports."""

WORST_FIRST = tuple(sorted(Severity, reverse=True))


def palette() -> Palette:
    """Choose the chart palette that fits the viewer's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def mark(level: str) -> str:
    """Write the coloured mark of a severity, for running text: ':red[◆]'."""
    shape, colour = MARKS[level]
    return f":{colour}[{shape}]"


def badge(level: str) -> None:
    """Show a severity as a badge: mark, word, tint."""
    shape, colour = MARKS[level]
    st.badge(f"{shape} {level.capitalize()}", color=colour)


def primary(
    label: str, *, key: str, on_click: Callable[..., Any] | None = None, args: tuple[Any, ...] = ()
) -> bool:
    """Show the one main action of a view.

    Streamlit writes primary buttons in white whatever the primary colour is; in the dark theme
    that has a contrast of 2.3. The label therefore takes the colour of the page's ground.
    """
    text = f':color[{label}]{{foreground="{palette().paper}"}}'
    return st.button(text, type="primary", key=key, on_click=on_click, args=args)


def picture(drawn: Picture, *, key: str, on_card: bool = False) -> None:
    """Draw a chart; one on a card does not react to the mouse."""
    config = CONFIG | {"staticPlot": True} if on_card else CONFIG
    st.plotly_chart(drawn.figure, theme=None, key=key, alt=drawn.alt, config=config)


def clickable_picture(
    drawn: Picture, *, key: str, on_click: Callable[..., Any], args: tuple[Any, ...] = ()
) -> None:
    """Draw a chart whose marks can be clicked; ``on_click`` gets the mark's data first."""

    def clicked() -> None:
        chosen = state.session()[key].get("selection", {}).get("points", [])
        on_click(chosen[0].get("customdata") if chosen else None, *args)

    st.plotly_chart(
        drawn.figure,
        theme=None,
        key=key,
        alt=drawn.alt,
        config=CONFIG,
        on_select=clicked,
        selection_mode="points",
    )


def numbers(values: Sequence[tuple[str, str]], *, width: int = 110) -> None:
    """Show large numbers in a row that wraps; in columns a narrow one would be cut."""
    grid = st.grid(max(len(values), 1), min_column_width=width)
    for label, value in values:
        grid.metric(label, value)


def heading(title: str, note: str = "") -> None:
    """Write a chart's title: what it shows; then unit, n, interval and scale in small type."""
    st.markdown(f"**{title}**" + (f"  \n{small(note)}" if note else ""))


def answer(sentence: str) -> None:
    """Say what the numbers below say, in one sentence."""
    st.markdown(f"#### {sentence}", anchors=False)


def explain(means: str, matters: str, do: str) -> None:
    """Say what a picture means, why it matters and what to do: below it, never in a tooltip."""
    grid = st.grid(3, min_column_width=230, gap="medium")
    for title, text in (("What it means", means), ("Why it matters", matters), ("What to do", do)):
        grid.markdown(f"**{title}**  \n{text}")


def small(text: str) -> str:
    """Set text as a note."""
    return f":small[:gray[{text}]]"


def topic(name: str, level: str | None = None) -> None:
    """Write the first line of a card: the topic on the left, the severity on the right."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":gray[{name}]", width="stretch")
        if level:
            badge(level)


def verdict_card(
    name: str,
    level: str,
    verdict: str,
    two: Sequence[tuple[str, str]],
    drawn: Picture,
    worst: str,
) -> None:
    """Show one verdict: topic, answer in words, two numbers, one picture, the worst finding.

    Call it in a cell of ``st.grid(3, min_column_width=300, border=True)``: the grid's own
    border is as high as the row. Verdicts of 45 to 55 characters fill two lines there.
    """
    with st.container(gap=None):
        topic(name, level)
        st.markdown(f"#### {verdict}", anchors=False)
        st.space("xsmall")
        for place, (label, value) in zip(st.columns(2), two, strict=True):
            place.metric(label, value)
        st.space("xxsmall")
        picture(drawn, key=f"card-{name}", on_card=True)
        st.markdown(f":small[{worst}]")


def chart_card(title: str, note: str, drawn: Picture, *, key: str) -> None:
    """Show a chart with its title in a frame of its own."""
    with st.container(border=True, gap="xsmall"):
        heading(title, note)
        picture(drawn, key=key)
