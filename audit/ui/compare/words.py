"""What a comparison says in sentences: counts, the loudest loss, who was filtered out.

Everything is escaped for Markdown; nothing here draws.
"""

from collections.abc import Sequence

from audit.charts.comparison.scorecard import place, values
from audit.comparing.values import Comparison, GroupRemoval, Line, Pairing, Side, Verdict
from audit.model import Role
from audit.ui.text import count, counted, in_words, md, percent, plural, quoted, shorten

_VERBS: dict[Verdict, str] = {"better": "got better", "worse": "got worse", "same": "stayed"}
_NAME = 60

RELATIONS = {
    "made from it": "paired row by row: one version was made from the other",
    "made from the same": "paired row by row: both versions were made from one",
    "same rows": "paired by their number: both versions have equally many rows of the same columns",
    "other data": "not paired: the versions do not come from each other",
}


def answer(comparison: Comparison) -> str:
    """Say how many measures moved which way, the loudest loss, and who was filtered out."""
    told = [counts(comparison.lines), loss(comparison.lines), gain(comparison.lines)]
    told.append(gone(comparison))
    return " ".join(t for t in told if t)


def counts(lines: Sequence[Line]) -> str:
    """Count the measures by verdict: '**7 measures got better, 3 got worse, 1 stayed.**'."""
    by = {v: len(of_verdict(lines, v)) for v in (*_VERBS, "unknown")}
    if not lines:
        return "**Nothing that both versions have can be measured.**"
    if not (by["better"] or by["worse"] or by["unknown"]):
        return f"**Nothing moved: {_all(by['same'])}.**"
    shown = [v for v in _VERBS if by[v] or v == "worse"]
    told = [f"{count(by[v])} {_VERBS[v]}" for v in shown]
    noun = plural(by[shown[0]], "measure")
    told[0] = f"{count(by[shown[0]])} {noun} {_VERBS[shown[0]]}"
    sentence = ", ".join(told)
    if by["unknown"]:
        sentence += f"; of {in_words(by['unknown'])} nothing can be said"
    return f"**{sentence}.**"


def of_verdict(lines: Sequence[Line], verdict: Verdict) -> tuple[Line, ...]:
    """Pick the measures of a verdict; of one without a goal nothing could be said anyway."""
    aimless = verdict == "unknown"
    return tuple(x for x in lines if x.verdict == verdict and not (aimless and x.ideal is None))


def loss(lines: Sequence[Line]) -> str:
    """Name the loudest loss: past a threshold first, then the longest way from the ideal."""
    worst = loudest(lines, "worse")
    if worst is None:
        return ""
    past = ", past its threshold" if _crossed(worst) else ""
    return f"The loudest loss: **{_moved(worst)}**{past}."


def gain(lines: Sequence[Line]) -> str:
    """Name the largest gain."""
    best = loudest(lines, "better")
    return f"The largest gain: {_moved(best)}." if best is not None else ""


def loudest(lines: Sequence[Line], verdict: Verdict) -> Line | None:
    """Pick the measure of a verdict that crossed its threshold, or else moved farthest."""
    found = [line for line in lines if line.verdict == verdict]
    return max(found, key=lambda line: (_crossed(line), _way(line)), default=None)


def gone(comparison: Comparison) -> str:
    """Say whether rows are gone, and whether some groups lost more of theirs than others."""
    pairing = comparison.pairing
    if pairing.relation == "other data":
        return "Who was filtered out cannot be said: the rows cannot be paired."
    if not pairing.removed:
        return ""
    rows = f"{counted(pairing.removed, 'row')} {plural(pairing.removed, 'is')} gone"
    more = [r for r in told_first(comparison) if r.verdict == "more"]
    if more:
        return f"**{rows}, and not evenly: {uneven(more[0], comparison)}.**"
    if not comparison.removals:
        return f"{rows}; no column is marked as sensitive, so that who they were is not said."
    few = sum(r.verdict == "too few" for r in comparison.removals)
    if few == len(comparison.removals):
        return f"{rows}; all groups are too small to tell who they were."
    return f"{rows}; no group lost more of its rows than all do, as far as can be told."


def told_first(comparison: Comparison) -> tuple[GroupRemoval, ...]:
    """Order groups: those of one sensitive column, those of other columns, where groups meet."""
    sensitive = comparison.before.roles.having(Role.SENSITIVE)

    def rank(removal: GroupRemoval) -> int:
        if len(removal.group) > 1:
            return 2
        return 0 if removal.group[0][0] in sensitive else 1

    return tuple(sorted(comparison.removals, key=rank))


def uneven(removal: GroupRemoval, comparison: Comparison) -> str:
    """Say how much more one group lost: '35.0% of “Other” (race), against 8.1% of all rows'."""
    overall = comparison.overall_removal
    against = f", against {percent(overall.value)} of all rows" if overall is not None else ""
    return f"{percent(removal.share.value)} of {group(removal)}{against}"


def group(removal: GroupRemoval) -> str:
    """Name a group by its values and columns: '“Other” (race)'."""
    named = " and ".join(quoted(value, 40) for _, value in removal.group)
    of = ", ".join(md(shorten(column, 30)) for column, _ in removal.group)
    return f"{named} ({of})"


def sides(comparison: Comparison) -> str:
    """Say what is compared: names, versions, rows, steps; for small type."""
    told = [_side("Before", comparison.before), _side("After", comparison.after)]
    if comparison.steps:
        n = len(comparison.steps)
        told.append(f"{in_words(n)} {plural(n, 'step')}")
    weighted = {s.weight for s in (comparison.before, comparison.after) if s.weight}
    if weighted:
        told.append(f"weights honoured: {', '.join(md(w) for w in sorted(weighted))}")
    return " · ".join(told)


def pairing_in_words(pairing: Pairing) -> str:
    """Say what became of the rows one by one, and how they are paired."""
    if pairing.relation == "other data":
        return (
            "The rows are not paired: the versions do not come from each other. Measures, "
            "distributions and findings are compared all the same; who was filtered out and which "
            "cells changed cannot be said."
        )
    told = [
        f"{counted(n, 'row')} {verb}"
        for n, verb in (
            (pairing.paired, "still there"),
            (pairing.removed, "gone"),
            (pairing.copied, "copied"),
            (pairing.added, "added"),
            (pairing.changed, "with a changed cell"),
        )
        if n or verb == "still there"
    ]
    return f"{', '.join(told)}. Rows are {RELATIONS[pairing.relation]}."


def _all(n: int) -> str:
    return "the one measure is as it was" if n == 1 else f"all {count(n)} measures are as they were"


def _side(word: str, side: Side) -> str:
    name = md(shorten(side.name, _NAME))
    return f"{word}: {name}, version {side.version[:6]}, {counted(side.rows, 'row')}"


def _moved(line: Line) -> str:
    before, after = values(line)
    return f"{md(shorten(line.title, 90))}, from {before} to {after}"


def _way(line: Line) -> float:
    """Give the part of its own scale that a measure moved."""
    start, end = place(line, line.before.value), place(line, line.after.value)
    return 0.0 if start is None or end is None else abs(end - start)


def _crossed(line: Line) -> bool:
    """Tell whether a measure was on one side of its threshold and is on the other."""
    line_at = place(line, line.threshold)
    start, end = place(line, line.before.value), place(line, line.after.value)
    if line_at is None or start is None or end is None:
        return False
    return (start >= line_at) != (end >= line_at)
