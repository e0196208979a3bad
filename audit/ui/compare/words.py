"""What a comparison says in sentences: counts, the loudest loss, who was filtered out.

Everything is escaped for Markdown; nothing here draws.
"""

from audit.comparing import words
from audit.comparing.values import Comparison, Pairing, Side
from audit.ui.text import counted, in_words, md, plural, shorten

_NAME = 60

RELATIONS = {
    "made from it": "paired row by row: one version was made from the other",
    "made from the same": "paired row by row: both versions were made from one",
    "same rows": "paired by their number: both versions have equally many rows of the same columns",
    "other data": "not paired: the versions do not come from each other",
}


def answer(comparison: Comparison) -> str:
    """Say how many measures moved which way, the loudest loss, and who was filtered out."""
    lines = comparison.lines
    gone = md(words.filtered_out(comparison))
    uneven = any(r.verdict == "more" for r in comparison.removals)
    told = (
        f"**{md(words.counts(comparison))}**",
        md(words.loss(lines)),
        md(words.gain(lines)),
        f"**{gone}**" if uneven else gone,
    )
    empty = md("")
    return " ".join(sentence for sentence in told if sentence != empty)


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
    told = md(words.paired(pairing))
    return told if pairing.note else f"{told} Rows are {RELATIONS[pairing.relation]}."


def _side(word: str, side: Side) -> str:
    name = md(shorten(side.name, _NAME))
    return f"{word}: {name}, version {side.version[:6]}, {counted(side.rows, 'row')}"
