"""A comparison as lines of text: the answer, the scorecard, who was filtered out, findings."""

from collections.abc import Iterator
from textwrap import wrap

from audit.cli.text import MARKS as SEVERITY_MARKS
from audit.cli.text import plain
from audit.comparing.values import Comparison, Side
from audit.comparing.words import MARKS, REMOVED, WORDS, answer, by_topic, group, paired, values
from audit.format import NOT_DEFINED, counted, percent, ratio

_TITLE, _VALUE = 44, 10
_WIDTH = 80
_MOST_GROUPS = 12
_WHAT = {
    "new": "New findings",
    "worse": "More severe than before",
    "better": "Less severe than before",
    "resolved": "Resolved findings",
    "not measured": "Not measured any more: nobody knows whether they are resolved",
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
            word = f"{MARKS[line.verdict]} {WORDS[line.verdict]}"
            yield f"{title:<{_TITLE}}  {old:>{_VALUE}}  {new:>{_VALUE}}  {word}"
            yield from more
            if line.verdict == "unknown":
                yield from _indented(line.reason)
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
    few = len(comparison.removals) - len(told)
    if len(told) > _MOST_GROUPS:
        yield f"{_MOST_GROUPS} of {counted(len(told), 'group')} shown, the most affected."
    if few:
        yield f"{counted(few, 'group')} too small to tell."


def _findings(comparison: Comparison) -> Iterator[str]:
    for what, title in _WHAT.items():
        changes = [c for c in comparison.findings if c.what == what]
        if not changes:
            continue
        yield ""
        yield f"{title}: {len(changes):,}"
        for change in changes:
            finding = change.after or change.before
            assert finding is not None
            mark, _ = SEVERITY_MARKS[finding.severity]
            gone = f"  (called 'not a problem': {plain(change.dismissed)})"
            said = gone if change.dismissed else ""
            why = f"  {plain(change.reason)}" if change.reason else ""
            yield f"{mark} {finding.severity.word:8}  {plain(finding.title)}{said}{why}"
    remaining = sum(c.what == "remaining" for c in comparison.findings)
    yield ""
    yield f"{counted(remaining, 'finding')} on both sides."
