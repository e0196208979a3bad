"""What a comparison says in sentences, as plain text: for the command line and for files."""

from collections.abc import Iterator, Sequence

from audit.comparing.values import Comparison, GroupRemoval, Line, Pairing
from audit.format import counted, cut, in_unit, in_words, percent, plural
from audit.judging.words import quoted

WORDS = {"better": "better", "worse": "worse", "same": "same", "unknown": "unclear"}
MARKS = {"better": "▶", "worse": "◀", "same": "=", "unknown": "?"}
REMOVED = {"more": "◆ more", "less": "● less", "as all": "○ as all", "too few": "? too few"}
_VERBS = {"better": "got better", "worse": "got worse", "same": "stayed"}
_TITLE = 90


def answer(comparison: Comparison) -> str:
    """Say how many measures moved which way, the loudest loss, and who was filtered out."""
    told = (counts(comparison), _loss(comparison.lines), filtered_out(comparison))
    return " ".join(sentence for sentence in told if sentence)


def counts(comparison: Comparison) -> str:
    """Count the measures by verdict: '7 measures got better, 3 got worse, 1 stayed.'."""
    by = {v: sum(line.verdict == v for line in comparison.lines) for v in WORDS}
    if not comparison.lines:
        return "Nothing that both versions have can be measured."
    if by["same"] == len(comparison.lines):
        return f"Nothing moved: {counted(by['same'], 'measure')} stayed as they were."
    shown = [v for v in _VERBS if by[v] or v == "worse"]
    told = [f"{by[v]:,} {_VERBS[v]}" for v in shown]
    told[0] = f"{counted(by[shown[0]], 'measure')} {_VERBS[shown[0]]}"
    open_ = f"; of {in_words(by['unknown'])} nothing can be said" if by["unknown"] else ""
    return f"{', '.join(told)}{open_}."


def loudest(lines: Sequence[Line]) -> Line | None:
    """Pick the loss that crossed its threshold, or else moved farthest on its scale."""
    worse = [line for line in lines if line.verdict == "worse"]
    return max(worse, key=lambda line: (_crossed(line), _way(line)), default=None)


def _loss(lines: Sequence[Line]) -> str:
    line = loudest(lines)
    if line is None:
        return ""
    before, after = (in_unit(m.value, m.unit) for m in (line.before, line.after))
    past = ", past its threshold" if _crossed(line) else ""
    return f"The loudest loss: {cut(line.title, _TITLE)}, from {before} to {after}{past}."


def filtered_out(comparison: Comparison) -> str:
    """Say how many rows are gone, and whether some groups lost more of theirs than others."""
    pairing = comparison.pairing
    if pairing.relation == "other data":
        return "Who was filtered out cannot be said: the rows cannot be paired."
    if not pairing.removed:
        return ""
    rows = f"{counted(pairing.removed, 'row')} {plural(pairing.removed, 'is')} gone"
    more = [r for r in comparison.removals if r.verdict == "more"]
    if more:
        usual = comparison.overall_removal
        all_rows = f", against {percent(usual.value)} of all rows" if usual else ""
        share = percent(more[0].share.value)
        return f"{rows}, and not evenly: {share} of {group(more[0])}{all_rows}."
    if not comparison.removals:
        return f"{rows}; no column is marked as sensitive, so that who they were is not said."
    return f"{rows}; no group lost more of its rows than all do, as far as can be told."


def group(removal: GroupRemoval) -> str:
    """Name a group by its values and columns: '“Other” (race)'."""
    named = " and ".join(quoted(value, 40) for _, value in removal.group)
    return f"{named} ({', '.join(cut(column, 30) for column, _ in removal.group)})"


def paired(pairing: Pairing) -> str:
    """Say what became of the rows one by one."""
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
    return f"{', '.join(shown)}."


def by_topic(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Give the lines of each topic, topics in the order in which they come."""
    for topic in dict.fromkeys(line.topic for line in lines):
        yield topic, [line for line in lines if line.topic == topic]


def place(line: Line, value: float | None) -> float | None:
    """Give where a value lies between the poor end (0) and the ideal (1)."""
    if value is None or line.ideal is None or line.poor is None or line.ideal == line.poor:
        return None
    share = (value - line.poor) / (line.ideal - line.poor)
    return min(1.0, max(0.0, share if share <= 1 else 2 - share))


def _way(line: Line) -> float:
    start, end = place(line, line.before.value), place(line, line.after.value)
    return 0.0 if start is None or end is None else abs(end - start)


def _crossed(line: Line) -> bool:
    at = place(line, line.threshold)
    start, end = place(line, line.before.value), place(line, line.after.value)
    if at is None or start is None or end is None:
        return False
    return (start >= at) != (end >= at)
