"""One column split by the groups of another: small multiples on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts.format import count, percent
from audit.charts.template import LIGHT, Palette, Picture, figure, plain, small, visible, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_GROUPS = 5
"""Colours that stay apart; further groups are added up as 'other'."""
_ROW, _TOP, _FOOT, _LEFT = 58, 8, 26, 150


def split_bars(
    bins: Sequence[str],
    groups: Sequence[tuple[str, Sequence[int]]],
    *,
    column: str,
    by: str,
    p: Palette = LIGHT,
) -> Picture:
    """Draw how each group spreads over the bins of a column, as shares of the group.

    Parameters
    ----------
    bins : sequence of str
        Names of bins or values, in order.
    groups : sequence of (str, sequence of int)
        Rows per bin of each group, largest group first. From the sixth on they become 'other'.
    column, by : str
        What is split, and by what.
    p : Palette
        Colours.
    """
    shown = fold_groups(groups)
    n_bins = len(bins)
    height = _TOP + _ROW * len(shown) + _FOOT
    drawn = figure(
        p, height=height, margin={"l": _LEFT, "r": 12, "t": _TOP, "b": _FOOT}, bargap=0.08
    )
    shares = [[n / sum(c) if sum(c) else 0.0 for n in c] for _, c in shown]
    top = max((s for row in shares for s in row), default=0) or 1.0
    words = []
    for i, (name, counts) in enumerate(shown):
        colour = p.categorical[i] if i < MOST_GROUPS else p.context
        base = len(shown) - 1 - i
        drawn.add_bar(
            x=list(range(n_bins)),
            y=[s / top * 0.86 for s in shares[i]],
            base=[base] * n_bins,
            marker={"color": colour, "line": {"width": 0}},
            hovertemplate=[
                f"{plain(visible(name))}, {plain(visible(b))}: {percent(s)} ({count(c)} rows)"
                "<extra></extra>"
                for b, s, c in zip(bins, shares[i], counts, strict=True)
            ],
        )
        drawn.add_shape(
            type="line",
            x0=0,
            x1=1,
            xref="paper",
            y0=base,
            y1=base,
            line={"color": p.zero, "width": 1},
        )
        label = "<br>".join(plain(t) for t in wrap(visible(name), 20, 1))
        drawn.add_annotation(
            text=f"{label}<br>{small(f'n = {count(sum(counts))}', p.muted)}",
            x=0,
            xref="paper",
            xanchor="left",
            xshift=-_LEFT,
            y=base + 0.42,
            align="left",
        )
        peak = max(range(n_bins), key=lambda j: shares[i][j], default=None)
        if peak is not None:
            words.append(f"{name}: most often {bins[peak]} ({percent(shares[i][peak])})")
    drawn.update_layout(barmode="overlay")
    drawn.update_yaxes(visible=False, range=[0, max(len(shown), 1)])
    step = max(1, -(-n_bins // 7))
    drawn.update_xaxes(
        range=[-0.6, n_bins - 0.4],
        tickvals=list(range(0, n_bins, step)),
        ticktext=[plain(wrap(visible(b), 14, 1)[0]) for b in bins[::step]],
    )
    return Picture(drawn, f"{column} within each group of {by}: {'; '.join(words) or 'no rows'}.")


def fold_groups(
    groups: Sequence[tuple[str, Sequence[int]]],
) -> list[tuple[str, tuple[int, ...]]]:
    """Keep five groups and add the others up, bin by bin, as one called 'other (N)'."""
    kept = [(name, tuple(counts)) for name, counts in groups[:MOST_GROUPS]]
    rest = groups[MOST_GROUPS:]
    if rest:
        summed = tuple(sum(column) for column in zip(*(c for _, c in rest), strict=True))
        kept.append((f"other ({len(rest)})", summed))
    return kept
