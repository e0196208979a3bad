"""The frame of every chart with one line per name: names and n left, marks, figures right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.charts.template import (
    CARD_HEIGHT,
    NORMAL,
    SMALL,
    Palette,
    figure,
    places,
    plain,
    small,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

_GAP = 14
_STEPS = {1: 30, 2: 44, 3: 62}
"""Pixels of a row by the lines of text in it."""
_SIDE, _LINE, _OVER, _UNDER = 12, 17, 14, 14
"""Pixels of rows whose names stand over the marks: left of the marks (half a mark), of a line of
a name, between it and what is above and below it, and under the marks."""


class Rows:
    """A figure laid out as a table: row ``i`` has its mark at ``y = i``, the first on top."""

    def __init__(
        self,
        names: Sequence[str],
        p: Palette,
        *,
        notes: Sequence[str] = (),
        columns: Sequence[tuple[str, int]],
        compact: bool = False,
        above: int = 0,
        below: int = 28,
        tight: bool = False,
        width: int = 28,
        over: bool = False,
    ) -> None:
        """Lay out the rows.

        Parameters
        ----------
        names : sequence of str
            Names as the data has them; escaped here.
        p : Palette
            Colours.
        notes : sequence of str
            What stands below each name, in small type.
        columns : sequence of (str, int)
            Heads and widths, in pixels, of the figures on the right. A card shows the last.
        compact : bool
            Whether it is a picture on a card.
        above, below : int
            Pixels kept free for what is named above the rows and for the axis below.
        tight : bool
            Whether rows of one line stand closer, for long lists.
        width : int
            Letters in a line of a name; on a card 20. Fewer leave more room for the marks.
        over : bool
            Whether names stand above their marks and not left of them: for long names, and for
            pictures that must be read on a telephone too.
        """
        self.p, self.compact, self.over = p, compact, over
        self._texts: list[dict[str, Any]] = []
        self.columns = list(columns[-1:] if compact else columns)
        self.notes = notes or [""] * len(names)
        letters, deep = 20 if compact else width, 1 if compact or tight else 2
        wrapped = [wrap(n, letters, deep) for n in names]
        longest = max((places(line) for lines in wrapped for line in lines), default=8)
        noted = 0 if compact else max(map(len, self.notes), default=0)
        beside = int(min(max(longest * 6.7 + 16, noted * 6.2 + 16, 70), 200))
        self.left = _SIDE if over else beside
        self.right = sum(width for _, width in self.columns) + _GAP
        heads = any(title for title, _ in self.columns)
        self.top = above if compact else above + (22 if heads else 6)
        self.step = self._step(wrapped, tight=tight, below=below)
        height = CARD_HEIGHT if compact else self.top + self.step * len(names) + below
        self.figure = figure(
            p,
            height=height,
            margin={"l": self.left, "r": self.right, "t": self.top, "b": below},
        )
        lines = max(len(names), 2) if compact else len(names)
        self.edge = (self.step - _UNDER) / self.step if over else 0.5
        """How far above its marks a row begins, as a share of its height."""
        self.figure.update_yaxes(range=[lines - self.edge, -self.edge], visible=False)
        for i, (text, note) in enumerate(zip(wrapped, self.notes, strict=True)):
            self._name(i, text, note)
        self._heads()

    def values(self, i: int, texts: Sequence[str], *, strong: str | None = None) -> None:
        """Write the figures of row ``i``; the last one takes the colour ``strong``."""
        offset = _GAP
        kept = texts[-len(self.columns) :]
        for j, ((_, width), text) in enumerate(zip(self.columns, kept, strict=True)):
            offset += width
            last = j == len(self.columns) - 1
            drawn = (
                f'<b><span style="color:{strong}">{text}</span></b>' if strong and last else text
            )
            self._text(drawn, i, x=1, shift=offset, anchor="right")

    def finish(self) -> go.Figure:
        """Write all names and figures at once, and give the figure; call it last.

        One by one each would make plotly copy and check all that are there already.
        """
        layout = self.figure.layout
        layout.annotations = [*(a.to_plotly_json() for a in layout.annotations), *self._texts]
        self._texts = []
        return self.figure

    def zero(self) -> None:
        """Draw the line that bars start from."""
        self.figure.add_shape(
            type="line",
            x0=0,
            x1=0,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": self.p.zero, "width": 1},
        )

    def _step(self, wrapped: Sequence[Sequence[str]], *, tight: bool, below: int) -> float:
        if self.compact:
            return (CARD_HEIGHT - self.top - below) / max(len(wrapped), 2)
        noted = any(self.notes)
        deepest = max((len(lines) for lines in wrapped), default=1) + (1 if noted else 0)
        if self.over:
            return _OVER + _LINE * deepest + _UNDER
        return 24 if tight and deepest == 1 else _STEPS[deepest]

    def _name(self, i: int, lines: Sequence[str], note: str) -> None:
        text = "<br>".join(plain(line) for line in lines)
        if note and not self.compact:
            text += "<br>" + small(plain(note), self.p.muted)
        self._text(text, i, x=0, shift=-self.left, anchor="left")
        if self.over:
            self._texts[-1].update(yanchor="bottom", yshift=_OVER // 2)

    def _text(self, text: str, y: float, *, x: float, shift: float, anchor: str) -> None:
        self._texts.append(
            {
                "text": text,
                "x": x,
                "xref": "paper",
                "xshift": shift,
                "xanchor": anchor,
                "y": y,
                "yref": "y",
                "yanchor": "middle",
                "align": anchor,
                "font": {"size": SMALL if self.compact else NORMAL},
            }
        )

    def _heads(self) -> None:
        offset = _GAP
        for title, width in self.columns:
            offset += width
            if title and not self.compact:
                self._texts.append(
                    {
                        "text": small(plain(title), self.p.muted),
                        "x": 1,
                        "xref": "paper",
                        "xshift": offset,
                        "xanchor": "right",
                        "y": 1,
                        "yref": "paper",
                        "yanchor": "bottom",
                        "align": "right",
                        "yshift": 2,
                    }
                )
