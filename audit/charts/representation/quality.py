"""Quality by group: where values are missing, repeated or far out for some more than for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.marks import Mark
from audit.charts.representation.names import NEGLIGIBLE, WIDTH, of_many, too_few
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, plain, small, visible, wrap
from audit.format import NOT_DEFINED, count, percent, points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.representation.group_values import Estimate
    from audit.reports.representation.part_values import Quality

KINDS = {
    "missing_share": "missing",
    "duplicate_share": "duplicates",
    "outlier_share": "outliers",
    "length_mean": "mean length",
}
"""What a quality is called in a picture."""
_SURE = 0.05


def quality_gaps(
    quality: Sequence[Quality], *, min_group: int, p: Palette = LIGHT, most: int = 20
) -> Picture:
    """Draw the lowest and the highest group of each quality, the widest gap on top.

    Parameters
    ----------
    quality : sequence of Quality
        Shares, or mean lengths: of both, the shares are drawn. Each mark carries
        ``[position in this sequence]`` as ``customdata``.
    min_group : int
        How many rows a group needs to count.
    p : Palette
        Colours.
    most : int
        Qualities at the most, those with the widest gaps.

    Notes
    -----
    ◆ is a gap that chance does not explain (p < 0.05 after correction) and that is more than a
    trifle; ○ is none.
    """
    lengths = bool(quality) and all(q.kind == "length_mean" for q in quality)
    able = [(i, q) for i, q in enumerate(quality) if (q.kind == "length_mean") is lengths]
    able.sort(key=lambda entry: -(-1.0 if entry[1].gap.value is None else entry[1].gap.value))
    shown = able[:most]
    rows = Rows(
        [_title(q) for _, q in shown],
        p,
        notes=[wrap(f"{KINDS[q.kind]} by {visible(q.by)}", 24, 1)[0] for _, q in shown],
        columns=[("lowest", 78), ("highest", 80), ("gap", 62)],
        above=0,
        below=34,
        width=WIDTH,
    )
    ends = [v for _, q in shown for e in _ends(q) if (v := e.value if e else None) is not None]
    _axis(rows, max(ends, default=0.0), lengths=lengths)
    _gaps(rows, shown)
    marks.say_how_many(rows, len(shown), len(able), "qualities")
    said = "; ".join(_gap_words(q, min_group) for _, q in shown) or "nothing to compare"
    some = "" if len(shown) == len(able) else f" ({len(shown)} of {len(able):,})"
    return Picture(marks.finish(rows), f"Lowest and highest group of each quality{some}: {said}.")


def quality_groups(
    quality: Quality, *, min_group: int, p: Palette = LIGHT, most: int = 20
) -> Picture:
    """Draw one quality over all its groups with intervals.

    Parameters
    ----------
    quality : Quality
        One quality. Each mark carries ``[position of the group]`` as ``customdata``.
    min_group : int
        Groups with fewer rows are hatched.
    p : Palette
        Colours.
    most : int
        Groups at the most: the highest and the lowest, then the largest.
    """
    ends = (quality.highest, quality.lowest)
    kept = marks.chosen([(level not in ends, -e.n) for level, e in quality.groups], most)
    groups = [(i, *quality.groups[i]) for i in kept]
    rows = Rows(
        [visible(level) for _, level, _ in groups],
        p,
        notes=[f"n = {count(e.n)}" for _, _, e in groups],
        columns=[("value" if _is_length(quality) else "share", 60), ("95% interval", 92)],
        above=0,
        below=34,
        width=WIDTH,
    )
    solid = [e for _, _, e in groups if e.n >= min_group]
    top = max((v for e in solid for v in (e.value, e.high) if v is not None), default=0.0)
    _axis(rows, top, lengths=_is_length(quality))
    _groups(rows, quality, groups, min_group, (top or 1.0) * 0.32)
    marks.say_how_many(rows, len(groups), len(quality.groups), "groups")
    said = "; ".join(
        too_few(visible(level), e.n)
        if e.n < min_group
        else f"{visible(level)} {_text(e.value, quality)} ({_span(e, quality)}, n = {count(e.n)})"
        for _, level, e in groups
    )
    return Picture(
        marks.finish(rows),
        f"{_title(quality)}: {KINDS[quality.kind]} by {quality.by}, with 95% "
        f"intervals{of_many(len(groups), len(quality.groups))}: {said or 'no groups'}.",
    )


def _title(quality: Quality) -> str:
    return "whole rows" if quality.column is None else visible(quality.column)


def _is_length(quality: Quality) -> bool:
    return quality.kind == "length_mean"


def _text(value: float | None, quality: Quality) -> str:
    return _length(value) if _is_length(quality) else percent(value)


def _length(value: float | None) -> str:
    return NOT_DEFINED if value is None else f"{value:,.1f}"


def _span(e: Estimate, quality: Quality) -> str:
    if e.low is None or e.high is None:
        return "–"
    return f"{_text(e.low, quality)}–{_text(e.high, quality)}"


def _ends(quality: Quality) -> tuple[Estimate | None, Estimate | None]:
    groups = dict(quality.groups)
    return tuple(  # type: ignore[return-value]
        None if level is None else groups.get(level) for level in (quality.lowest, quality.highest)
    )


def is_apart(quality: Quality) -> bool:
    """Tell whether the gap is more than chance, and more than a trifle of the highest group."""
    _, high = _ends(quality)
    if quality.p_value is None or quality.gap.value is None or high is None or not high.value:
        return False
    return quality.p_value < _SURE and quality.gap.value > NEGLIGIBLE * high.value


def _axis(rows: Rows, top: float, *, lengths: bool) -> None:
    marks.share_axis(rows, 0, (top or 1.0) * 1.08, title="share of the group's rows")
    if lengths:
        ticks = [0.0, top / 2, top] if top else [0.0]
        rows.figure.layout.xaxis.update(
            tickvals=ticks, ticktext=[count(t) for t in ticks], title={"text": "characters"}
        )
    rows.zero()


def _gaps(rows: Rows, shown: Sequence[tuple[int, Quality]]) -> None:
    p = rows.p
    drawn: list[Mark] = []
    hatched: list[tuple[int, str, tuple[object, ...]]] = []
    reach = rows.figure.layout.xaxis.range[1] * 0.32
    for i, (at, q) in enumerate(shown):
        low, high = _ends(q)
        if low is None or high is None or low.value is None or high.value is None:
            words = f"{_title(q)}: {q.gap.reason or 'too few to tell'}"
            hatched.append((i, words, (at,)))
            rows.values(i, ["–", "–", "too few"], strong=p.muted)
            continue
        apart = is_apart(q)
        colour = p.worse if apart else p.muted
        hover = f"{_title(q)}: {q.lowest} {_text(low.value, q)}, {q.highest} {_text(high.value, q)}"
        drawn += [
            Mark(row=i, x=low.value, colour=colour, symbol="circle-open", hover=hover, data=(at,)),
            Mark(
                row=i,
                x=high.value,
                low=low.value,
                high=high.value,
                colour=colour,
                symbol="diamond" if apart else "circle-open",
                hover=hover,
                data=(at,),
            ),
        ]
        gap = _length(q.gap.value) if _is_length(q) else points(q.gap.value).lstrip("+")
        named = [
            _named(_text(e.value, q), name, p) for e, name in ((low, q.lowest), (high, q.highest))
        ]
        rows.values(i, [*named, gap], strong=colour if apart else p.ink)
    marks.add_hatches(rows, hatched, (0, reach))
    marks.add_marks(rows, drawn)


def _named(text: str, level: str | None, p: Palette) -> str:
    return f"{text}<br>{small(plain(wrap(visible(level), 12, 1)[0]), p.muted)}"


def _groups(
    rows: Rows,
    quality: Quality,
    groups: Sequence[tuple[int, str, Estimate]],
    min_group: int,
    reach: float,
) -> None:
    p = rows.p
    drawn: list[Mark] = []
    hatched: list[tuple[int, str, tuple[object, ...]]] = []
    for i, (at, level, e) in enumerate(groups):
        few = e.n < min_group
        if few or e.value is None:
            words = too_few(visible(level), e.n) if few else f"{visible(level)}: {e.reason}"
            hatched.append((i, words, (at,)))
            rows.values(i, ["–", "too few" if few else "–"], strong=p.muted)
            continue
        worst = level == quality.highest and is_apart(quality) and not _is_length(quality)
        colour = p.worse if worst else p.ink
        drawn.append(
            Mark(
                row=i,
                x=e.value,
                low=e.low,
                high=e.high,
                colour=colour,
                symbol="diamond" if worst else "circle",
                hover=f"{visible(level)}: {_text(e.value, quality)} ({_span(e, quality)}, "
                f"n = {count(e.n)})",
                data=(at,),
            )
        )
        rows.values(i, [_text(e.value, quality), _span(e, quality)])
    marks.add_hatches(rows, hatched, (0, reach))
    marks.add_marks(rows, drawn)


def _gap_words(quality: Quality, min_group: int) -> str:
    what = f"{_title(quality)}, {KINDS[quality.kind]} by {quality.by}"
    low, high = _ends(quality)
    if low is None or high is None or quality.gap.value is None:
        why = quality.gap.reason or f"fewer than two groups have {min_group} rows"
        return f"{what}: no gap ({why.rstrip('.')})"
    gap = (
        _length(quality.gap.value) if _is_length(quality) else points(quality.gap.value).lstrip("+")
    )
    return (
        f"{what}: lowest {_text(low.value, quality)} for {quality.lowest}, highest "
        f"{_text(high.value, quality)} for {quality.highest}, gap {gap}"
    )
