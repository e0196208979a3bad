"""The look of every chart: two palettes, one template, and what each figure comes with.

Rules that hold for all of them:

* The page says in words what a chart shows; a figure carries no title of its own.
* Names and numbers stand beside the marks. There is no legend and no colour bar,
  and nothing has to be hovered to be understood.
* Shares enter in [0, 1] and are drawn as per cent.
* Colour is always the second channel; position, shape or hatching is the first.
* Text from data goes through :func:`plain` or :func:`wrap`, because plotly renders tags.
"""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import east_asian_width

from audit.format import cut

if TYPE_CHECKING:
    import plotly.graph_objects as go

FONT = (
    '"Source Sans", "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, '
    '"Liberation Sans", sans-serif'
)
CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
"""Goes with every figure to the browser; cards add ``staticPlot``."""

SMALL, NORMAL = 12, 13
CARD_HEIGHT = 112
"""All pictures on cards are equally high, so that what stands below them aligns."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by role. ``paper`` equals the theme's backgroundColor: cards are transparent."""

    paper: str
    ink: str
    """Names and values."""
    muted: str
    """n, axis text, units."""
    faint: str
    """Reference marks, intervals of no consequence."""
    grid: str
    zero: str
    data: str
    """A quantity without a verdict, in focus."""
    context: str
    """Quantities that are fine: grey, so that the rest stands out."""
    better: str
    worse: str
    """Past a threshold; moved away from the goal."""
    caution: str
    """Between two thresholds."""
    wash: str
    """Ground of hatched cells and of bands."""
    categorical: tuple[str, ...]
    """Five and no more: these stay apart under every kind of colour blindness."""
    sequential: tuple[str, ...]


LIGHT = Palette(
    paper="#FBFAF7",
    ink="#171512",
    muted="#625D55",
    faint="#8C877E",
    grid="#E6E1D7",
    zero="#8C877E",
    data="#0072B2",
    context="#B9B3A7",
    better="#0072B2",
    worse="#A33C00",
    caution="#BC8200",
    wash="#F0ECE3",
    categorical=("#00598D", "#8D3C00", "#009E73", "#B77E00", "#663A52"),
    sequential=(
        *("#F3F7FA", "#E1EDF5", "#CBE0EE", "#B0D0E5", "#92BEDB"),
        *("#70AACF", "#4B94C1", "#257EB0", "#0A6699", "#004C78"),
    ),
)
DARK = Palette(
    paper="#14171A",
    ink="#ECE9E2",
    muted="#A8A297",
    faint="#77736B",
    grid="#2E3338",
    zero="#77736B",
    data="#56B4E9",
    context="#4C535A",
    better="#56B4E9",
    worse="#F0803C",
    caution="#EFD39A",
    wash="#24292E",
    categorical=("#56B4E9", "#A94900", "#B3CABF", "#EAB26C", "#A25F84"),
    sequential=(
        *("#1F2930", "#213441", "#234153", "#254F67", "#285F7D"),
        *("#2C7095", "#3384AE", "#3F99C8", "#63B3DE", "#95D0F2"),
    ),
)


class Picture(NamedTuple):
    """A figure and its text for those who do not see it."""

    figure: go.Figure
    alt: str


def plain(text: object) -> str:
    """Escape text from data, so that plotly draws it as it is."""
    return html.escape(_UNSEEN.sub("\ufffd", str(text)), quote=False)


def visible(value: object) -> str:
    """Write a value of the data so that it can be told from its neighbours.

    Spaces at either end become ``␣``, nothing at all becomes ``(empty)``, truth values are
    written small. Not escaped: pass it to :func:`plain` or :func:`wrap`.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if not text:
        return "(empty)"
    inner = text.strip(" ")
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - len(text.rstrip(" ")) if inner else 0
    return "␣" * before + inner + "␣" * after


def places(text: str) -> float:
    """Tell how wide a text is drawn, in small letters: capitals and Chinese are wider."""
    wide = (2.0 if east_asian_width(letter) in "WF" else 1.0 for letter in text)
    tall = sum(
        0.6 if letter in "MW@%" else 0.2 for letter in text if letter in "%@" or letter.isupper()
    )
    return sum(wide) + tall


def wrap(text: object, width: int = 24, lines: int = 2) -> list[str]:
    """Break a name into at most ``lines`` lines; what is too much becomes an ellipsis.

    ``width`` counts small letters.

    Examples
    --------
    >>> wrap("marital status of the applicant", 16), wrap("marital_status_of_applicant", 16, 1)
    (['marital status', 'of the applicant'], ['marital_st…icant'])
    """
    clean = _UNSEEN.sub("\ufffd", str(text))
    width = int(width * len(clean) / max(places(clean), len(clean), 1)) or 1
    if not any(map(str.isspace, clean)):
        clean = cut(clean, width * lines)
    broken = textwrap.wrap(clean, width, break_on_hyphens=False) or ["(empty)"]
    if len(broken) > lines:
        last = broken[lines - 1]
        broken = [*broken[: lines - 1], last[: width - 1].rstrip() + "…"]
    return broken


def small(text: str, colour: str) -> str:
    """Set escaped text in the size of notes."""
    return f'<span style="font-size:{SMALL}px;color:{colour}">{text}</span>'


def text_on(ground: str, p: Palette) -> str:
    """Choose ink or paper, whichever can be read better on ``ground`` (WCAG 2.2 contrast)."""
    light = _luminance(ground) + 0.05

    def contrast(colour: str) -> float:
        other = _luminance(colour) + 0.05
        return max(light, other) / min(light, other)

    return max((p.ink, p.paper), key=contrast)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def figure(p: Palette, **layout: Any) -> go.Figure:
    """Make an empty figure in the template."""
    import plotly.graph_objects as go

    return go.Figure(layout=go.Layout(template=template(p), **layout))


def template(p: Palette) -> go.layout.Template:
    """Build the template that all figures use; transparent, so that it sits on any card."""
    import plotly.graph_objects as go

    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": False,
        "fixedrange": True,
        "tickangle": 0,
        "tickfont": {"size": SMALL, "color": p.muted},
        "title": {"font": {"size": SMALL, "color": p.muted}, "standoff": 6},
    }
    label = {"family": FONT, "size": NORMAL, "color": p.ink}
    return go.layout.Template(
        layout={
            "font": label,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": list(p.categorical),
            "margin": {"l": 0, "r": 0, "t": 8, "b": 8},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "hoverlabel": {"bgcolor": p.paper, "bordercolor": p.grid, "font": label},
            "xaxis": axis,
            "yaxis": axis,
            "annotationdefaults": {"showarrow": False, "font": {"size": NORMAL, "color": p.ink}},
            "bargap": 0.12,
            "colorscale": {"sequential": [[i / 9, c] for i, c in enumerate(p.sequential)]},
        }
    )


def clickable(drawn: go.Figure) -> None:
    """Let a click choose a mark without dimming the others: the page draws what is chosen."""
    drawn.update_layout(clickmode="event+select")
    full = {"marker": {"opacity": 1}}
    drawn.update_traces(selected=full, unselected=full, selector={"type": "bar"})
