"""What a comparison says in sentences, as plain text: for the command line and for files."""

from collections.abc import Iterator, Sequence

from audit.comparing.values import Comparison, FindingChange, GroupRemoval, Line, Pairing, Verdict
from audit.format import counted, cut, in_unit, in_words, is_difference, number, percent, plural
from audit.judging.words import quoted
from audit.model import Measure, Role

WORDS: dict[Verdict, str] = {
    "better": "better",
    "worse": "worse",
    "same": "same",
    "unknown": "unclear",
}
AIMLESS, VALUELESS = "– no goal", "– no value"
MARKS: dict[Verdict, str] = {"better": "▶", "worse": "◀", "same": "=", "unknown": "?"}
REMOVED = {"more": "◆ more", "less": "● less", "as all": "○ as all", "too few": "? too few"}
_VERBS: dict[Verdict, str] = {"better": "got better", "worse": "got worse", "same": "stayed"}
_TITLE = 90
_COUNTS = frozenset({"count", "rows", "columns"})


def answer(comparison: Comparison) -> str:
    """Say how many measures moved which way, the loudest loss, and who was filtered out."""
    lines = comparison.lines
    told = (counts(comparison), loss(lines), gain(lines), filtered_out(comparison))
    return " ".join(sentence for sentence in told if sentence)


def counts(comparison: Comparison) -> str:
    """Count the measures by verdict: '7 measures got better, 3 got worse, 1 stayed.'."""
    by = {verdict: len(of_verdict(comparison.lines, verdict)) for verdict in WORDS}
    if not comparison.lines:
        return "Nothing that both versions have can be measured."
    if not (by["better"] or by["worse"] or by["unknown"]):
        n = by["same"]
        said = "the one measure is as it was" if n == 1 else f"all {n:,} measures are as they were"
        return f"{_rows_moved(comparison)}: {said}."
    shown = [v for v in _VERBS if by[v] or v == "worse"]
    told = [f"{by[v]:,} {_VERBS[v]}" for v in shown]
    told[0] = f"{counted(by[shown[0]], 'measure')} {_VERBS[shown[0]]}"
    open_ = f"; of {in_words(by['unknown'])} nothing can be said" if by["unknown"] else ""
    return f"{', '.join(told)}{open_}."


def _rows_moved(comparison: Comparison) -> str:
    """Say what became of rows and columns where no measure moved."""
    pairing = comparison.pairing
    columns = comparison.after.columns - comparison.before.columns
    told = [f"{counted(abs(columns), 'column')} {'came' if columns > 0 else 'went'}"] * bool(
        columns
    )
    told += [
        f"{counted(rows, 'row')} {what}"
        for rows, what in (
            (pairing.removed, "went"),
            (pairing.copied + pairing.added, "came"),
            (pairing.changed, "changed"),
        )
        if rows
    ]
    return ", ".join(told) if told else "Nothing moved"


def of_verdict(lines: Sequence[Line], verdict: Verdict) -> tuple[Line, ...]:
    """Pick the measures of a verdict; of one without a goal nothing could be said anyway."""
    aimless = verdict == "unknown"
    return tuple(x for x in lines if x.verdict == verdict and not (aimless and x.ideal is None))


def loudest(lines: Sequence[Line], verdict: Verdict = "worse") -> Line | None:
    """Pick the measure of a verdict that crossed its threshold, or else moved farthest."""
    found = of_verdict(lines, verdict)
    return max(found, key=lambda line: (_crossed(line), _way(line)), default=None)


def loss(lines: Sequence[Line]) -> str:
    """Name the loudest loss: past a threshold first, then the longest way from the ideal."""
    line = loudest(lines)
    if line is None:
        return ""
    past = ", past its threshold" if _crossed(line) else ""
    return f"The loudest loss: {_moved(line)}{past}."


def gain(lines: Sequence[Line]) -> str:
    """Name the largest gain."""
    line = loudest(lines, "better")
    return "" if line is None else f"The largest gain: {_moved(line)}."


def values(line: Line) -> tuple[str, str]:
    """Write the values before and after, ``≈`` where one is estimated.

    With more digits where they differ and would be written alike.
    """
    sides = (line.before, line.after)
    before, after = (in_unit(m.value, m.unit, m.name) for m in sides)
    if before == after and line.verdict != "same" and line.before.value != line.after.value:
        before, after = (_finer(m) for m in sides)
    about = ["≈" if m.approximate and m.value is not None else "" for m in sides]
    return about[0] + before, about[1] + after


def filtered_out(comparison: Comparison) -> str:
    """Say how many rows are gone, and whether some groups lost more of theirs than others."""
    pairing = comparison.pairing
    if pairing.relation == "other data":
        return "Who was filtered out cannot be said: the rows cannot be paired."
    if not pairing.removed:
        return ""
    rows = f"{counted(pairing.removed, 'row')} {plural(pairing.removed, 'is')} gone"
    more = [r for r in told_first(comparison) if r.verdict == "more"]
    if more:
        usual = comparison.overall_removal
        all_rows = f", against {percent(usual.value)} of all rows" if usual else ""
        share = percent(more[0].share.value)
        return f"{rows}, and not evenly: {share} of {group(more[0])}{all_rows}."
    if not comparison.removals:
        return f"{rows}; no column is marked as sensitive, so that who they were is not said."
    if all(r.verdict == "too few" for r in comparison.removals):
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


def group(removal: GroupRemoval) -> str:
    """Name a group by its values and columns: '“Other” (race)'."""
    named = " and ".join(quoted(value, 40) for _, value in removal.group)
    return f"{named} ({', '.join(cut(column, 30) for column, _ in removal.group)})"


def paired(pairing: Pairing) -> str:
    """Say what became of the rows one by one, and how they are paired where that is not plain."""
    if pairing.relation == "other data":
        return "The rows are not paired: the versions do not come from each other."
    told = (
        (pairing.paired, "still there"),
        (pairing.removed, "gone"),
        (pairing.copied, "copied"),
        (pairing.added, "added"),
        (pairing.changed, "with a changed cell"),
    )
    shown = [f"{counted(n, 'row')} {what}" for n, what in told if n or what == "still there"]
    return f"{', '.join(shown)}. {pairing.note}".rstrip()


def verdict(line: Line) -> str:
    """Write a verdict with its mark: '▶ better'; of a measure without a goal there is none."""
    if line.verdict != "unknown":
        return f"{MARKS[line.verdict]} {WORDS[line.verdict]}"
    if line.before.value is None or line.after.value is None:
        return VALUELESS
    return AIMLESS if line.ideal is None else f"{MARKS[line.verdict]} {WORDS[line.verdict]}"


def doubt(line: Line) -> str:
    """Say why nothing can be said of a measure that has a goal, or what to know of its move."""
    return "" if line.verdict == "same" or verdict(line) == AIMLESS else line.reason


def incomparable(changes: Sequence[FindingChange]) -> dict[str, list[FindingChange]]:
    """Put findings that cannot be compared together by the step that is why."""
    found: dict[str, list[FindingChange]] = {}
    for change in changes:
        if change.what == "not comparable":
            found.setdefault(change.reason, []).append(change)
    return found


def sides_of(changes: Sequence[FindingChange]) -> str:
    """Count on which side findings are: '9 before, 7 after'."""
    before = sum(change.before is not None for change in changes)
    after = sum(change.after is not None for change in changes)
    return f"{before:,} before, {after:,} after"


def side(change: FindingChange) -> str:
    """Say on which side a finding is."""
    return "both" if change.before and change.after else "before" if change.before else "after"


def by_topic(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Give the lines of each topic, topics in the order in which they come."""
    for topic in dict.fromkeys(line.topic for line in lines):
        yield topic, [line for line in lines if line.topic == topic]


def place(line: Line, value: float | None) -> float | None:
    """Tell where a value stands between poor (0) and ideal (1); past poor it stands at it.

    Past the ideal, a count is at it: more than enough is enough. A ratio of 1.25 is as far from 1
    as 0.8 is, and of all else the distance counts: overshooting is no gain.
    """
    if value is None or line.ideal is None:
        return None
    ideal, poor = line.ideal, line.poor
    unit = line.after.unit
    if poor is not None and (value - ideal) * (poor - ideal) < 0:
        if unit in _COUNTS:
            return 1.0
        if unit == "ratio" and value > 0 and ideal > 0:
            value = ideal * (ideal / value)
    far = [abs(v - ideal) for v in (line.before.value, line.after.value) if v is not None]
    whole = abs(poor - ideal) if poor is not None else max(far, default=0.0) * 1.1
    if not whole:
        return 1.0 if value == ideal else 0.0
    return min(1.0, max(0.0, 1 - abs(value - ideal) / whole))


def _moved(line: Line) -> str:
    before, after = values(line)
    return f"{cut(line.title, _TITLE)}, from {before} to {after}"


def _finer(measure: Measure) -> str:
    if measure.value is None:
        return in_unit(None, measure.unit)
    if measure.unit == "share":
        return f"{number(measure.value * 100)}{' pp' if is_difference(measure.name) else '%'}"
    return number(measure.value)


def _way(line: Line) -> float:
    start, end = place(line, line.before.value), place(line, line.after.value)
    return 0.0 if start is None or end is None else abs(end - start)


def _crossed(line: Line) -> bool:
    at = place(line, line.threshold)
    start, end = place(line, line.before.value), place(line, line.after.value)
    if at is None or start is None or end is None:
        return False
    return (start >= at) != (end >= at)
