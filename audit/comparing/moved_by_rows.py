"""A rate may move although nobody's values did: because of who was filtered out."""

from collections.abc import Sequence
from dataclasses import replace

from audit.comparing.values import Comparison, GroupRemoval, Line
from audit.comparing.words import group, told_first

_TOPIC = "label bias"


def remarked(comparison: Comparison) -> Comparison:
    """Say at each label rate that moved by the choice of rows alone that it did.

    Notes
    -----
    Said where a rate became better or worse, no cell of its columns changed, no row came and none
    is weighed, and some group lost rows significantly more, or less, often than all rows did (see
    ``removals``). Whether two groups are alike in other columns may then have changed, too: a
    rate can get better in the whole and worse in each part (Simpson 1951).
    """
    pairing = comparison.pairing
    uneven = [r for r in told_first(comparison) if r.verdict in ("more", "less")]
    weighted = comparison.before.weight or comparison.after.weight
    if not uneven or pairing.copied or pairing.added or weighted:
        return comparison
    changed = {column for column, _ in pairing.changed_cells}
    lines = tuple(_remarked(x, uneven, changed) for x in comparison.lines)
    return replace(comparison, lines=lines)


def _remarked(line: Line, uneven: Sequence[GroupRemoval], changed: set[str]) -> Line:
    if line.topic != _TOPIC or line.verdict not in ("better", "worse"):
        return line
    if changed.intersection(line.columns):
        return line
    own = [r for r in uneven if {column for column, _ in r.group}.issubset(line.columns)]
    shown = (own or uneven)[0]
    # Without numbers: those of small groups are not told in files (see comparison_document).
    lost = f"{group(shown)} lost {shown.verdict} of its rows than all did"
    return replace(line, reason=f"No value changed: it moved by who was filtered out; {lost}.")
