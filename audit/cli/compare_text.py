"""A comparison as lines of text: the answer, the scorecard, who was filtered out, findings."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from audit.cli.text import MARKS as SEVERITY_MARKS
from audit.cli.text import plain
from audit.comparing.values import Comparison, FindingChange, Side
from audit.comparing.words import (
    REMOVED,
    answer,
    by_topic,
    doubt,
    group,
    incomparable,
    paired,
    side,
    sides_of,
    values,
    verdict,
)
from audit.format import NOT_DEFINED, counted, percent, ratio
from audit.model import Finding, Severity

_TITLE, _VALUE = 44, 10
_WIDTH = 80
_MOST_GROUPS = 12
_WHAT = {
    "new": "New findings",
    "worse": "More severe than before",
    "better": "Less severe than before",
    "resolved": "Resolved findings",
    "not measured": "Not measured any more, so that nobody knows whether they are resolved",
}


def report(comparison: Comparison) -> Iterator[str]:
    """Write the comparison, the answer first."""
    yield plain(answer(comparison))
    yield ""
    yield _side("before", comparison.before)
    yield _side("after", comparison.after)
    yield paired(comparison.pairing)
    for note in comparison.notes:
        yield f"▲ {plain(note)}"
    yield from _scorecard(comparison)
    yield from _filtered_out(comparison)
    yield from _findings(comparison)


def _side(word: str, side: Side) -> str:
    weight = f", weighted by “{plain(side.weight)}”" if side.weight else ""
    size = f"{counted(side.rows, 'row')}, {counted(side.columns, 'column')}"
    return f"{word:6}  {plain(side.name)}  version {side.version}  {size}{weight}"


def _scorecard(comparison: Comparison) -> Iterator[str]:
    for topic, lines in by_topic(comparison.lines):
        yield ""
        yield f"{topic:<{_TITLE}}  {'before':>{_VALUE}}  {'after':>{_VALUE}}"
        for line in lines:
            title, *more = _title(line.title)
            old, new = values(line)
            yield f"{title:<{_TITLE}}  {old:>{_VALUE}}  {new:>{_VALUE}}  {verdict(line)}"
            yield from more
            yield from _indented(doubt(line))
    if comparison.utility.reason:
        yield f"Learning: {plain(comparison.utility.reason)}"


def _title(text: str) -> list[str]:
    """Break a title over lines: what tells measures of two groups apart may stand at its end."""
    return wrap(plain(text), _TITLE, subsequent_indent="  ") or [""]


def _indented(text: str) -> list[str]:
    return wrap(plain(text), _WIDTH, initial_indent="    ", subsequent_indent="    ")


def _filtered_out(comparison: Comparison) -> Iterator[str]:
    if not comparison.removals:
        return
    told = [r for r in comparison.removals if r.verdict != "too few"]
    yield ""
    yield f"{'who was filtered out':<{_TITLE}}  {'rows':>{_VALUE}}  {'removed':>{_VALUE}}"
    for removal in told[:_MOST_GROUPS]:
        name, *more = _title(group(removal))
        share, times = percent(removal.share.value), ratio(removal.ratio.value)
        usual = f"×{times}" if times != NOT_DEFINED else times
        verdict = REMOVED[removal.verdict]
        yield f"{name:<{_TITLE}}  {removal.rows:>{_VALUE},}  {share:>{_VALUE}}  {usual}  {verdict}"
        yield from more
    yield "○ as all: within one point of all rows, or no farther off than chance goes."
    few = len(comparison.removals) - len(told)
    if len(told) > _MOST_GROUPS:
        yield f"{_MOST_GROUPS} of {counted(len(told), 'group')} shown, the most affected."
    if few:
        yield f"{counted(few, 'group')} too small to tell."


def _findings(comparison: Comparison) -> Iterator[str]:
    for what, title in _WHAT.items():
        changes = [c for c in comparison.findings if c.what == what]
        if changes:
            yield ""
            yield f"{title}: {len(changes):,}"
            for change in changes:
                why = f"  {plain(change.reason)}" if change.reason else ""
                yield _finding(change) + why
    yield from _incomparable(comparison)
    yield ""
    yield _remaining([c.after or c.before for c in comparison.findings if c.what == "remaining"])


def _finding(change: FindingChange) -> str:
    finding = change.after or change.before
    assert finding is not None
    mark, _ = SEVERITY_MARKS[finding.severity]
    gone = f"  (called 'not a problem': {plain(change.dismissed)})" if change.dismissed else ""
    return f"{mark} {finding.severity.word:8}  {plain(finding.title)}{gone}"


def _incomparable(comparison: Comparison) -> Iterator[str]:
    for reason, changes in incomparable(comparison.findings).items():
        yield ""
        yield f"Cannot be compared: {len(changes):,} ({sides_of(changes)})"
        yield from _indented(reason)
        for change in changes:
            yield f"{side(change):6}  {_finding(change)}"


def _remaining(found: Sequence[Finding | None]) -> str:
    by = {
        s: sum(f is not None and f.severity == s for f in found)
        for s in sorted(Severity, reverse=True)
    }
    told = ", ".join(f"{n:,} {severity.word}" for severity, n in by.items() if n)
    return f"{counted(len(found), 'finding')} on both sides{f': {told}' if told else ''}."
