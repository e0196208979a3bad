"""What a column holds: its values, its name and its type together.

Hits alone mislead. Nine in a hundred random numbers pass a checksum, a model finds names among
products, and a passport number looks like any other. So a verdict rests on how many of the values
a hit covers whole, on whether something confirmed them, and on what the column is called; what
speaks for it and against is said in the reasons.
"""

from collections.abc import Callable, Sequence

from audit.format import percent
from audit.pii.catalogue import entity
from audit.pii.column_evidence import Evidence, Seen, evidence
from audit.pii.column_reads import name_like, reads
from audit.pii.column_words import agrees, is_plain, kind_of_name
from audit.pii.strength import SILENT, Strength, share_of, strengths, telling
from audit.pii.values import Hit, Scanned, Verdict

__all__ = ["Evidence", "Seen", "evidence", "held_by_names", "judge_column", "kind_of_name", "reads"]

_SURE = 0.5
"""Strength from which the values of a column are of one kind."""
_AS_NAMED = 0.5
"""Share of values that must be as the name says."""
_FEW_ROWS = 0.2
"""Share of rows below which values, many different ones as they are, do not say what a column
is made of: in chats few greetings fill most rows."""
_OF_NOBODY = frozenset({"LOCATION", "ORGANIZATION"})
"""Kinds that say of no person who it is."""
_SAME = 0.02
"""Shares of values and of rows that differ by less are told as one."""
_BY_HITS = frozenset({"EMAIL_ADDRESS", "IP_ADDRESS", "MAC_ADDRESS", "IBAN_CODE"})
"""Kinds whose form is so plain that where the scan finds none, there is none."""


def judge_column(known: Evidence) -> Verdict:
    """Judge what a column holds, and say why.

    Parameters
    ----------
    known : Evidence
        Counts of hits and what the values look like, see :func:`evidence`.
    """
    if not known.values:
        return Verdict(holds="none", score=1.0, reasons=("It has no value.",))
    if not known.scanned:
        return Verdict(holds="unknown", reasons=("None of its values was scanned to its end.",))
    said = kind_of_name(known.name)
    rare = {s.entity for s in known.seen if _in_few_rows(known, s)}
    by_values = [s for s in strengths(known) if s.entity not in rare]
    best = max(by_values, key=lambda s: s.value, default=None)
    named = _as_named(known, said, by_values)
    if best is not None and best.value >= _SURE and (named is None or best.value > named.score):
        return Verdict(
            holds="identifiers",
            entity=best.entity,
            score=min(1.0, best.value),
            reasons=(best.reason, *_unsaid(said)),
        )
    return named or _in_parts(known, said)


def held_by_names(
    names: Sequence[str], scan: Callable[[Sequence[str]], Scanned]
) -> tuple[tuple[str, str], ...]:
    """Find column names that are personal data themselves: a wide table with a column a person.

    Parameters
    ----------
    names : sequence of str
        The names of the columns.
    scan : callable
        Finds personal data in texts.

    Returns
    -------
    tuple of (str, str)
        (column, kind), for names that one hit covers whole.
    """
    found = scan(names).hits
    pairs = ((name, _kind_held(name, hits)) for name, hits in zip(names, found, strict=True))
    return tuple((name, kind) for name, kind in pairs if kind is not None)


def _kind_held(name: str, hits: Sequence[Hit]) -> str | None:
    for hit in hits:
        if hit.length < 0.8 * len(name.strip()) or hit.entity in SILENT:
            continue
        if hit.entity == "PERSON":
            # A model takes 'Credit Card' for somebody: the lists must know one of the words.
            sure = len(name.split()) > 1 and name_like(name)
        else:
            sure = entity(hit.entity).direct and (hit.validated or hit.score >= _SURE)
        if sure and kind_of_name(name) is None:
            return hit.entity
    return None


def _as_named(known: Evidence, said: str | None, by_values: Sequence[Strength]) -> Verdict | None:
    """Judge the column as what it is called; None where the values do not bear it out."""
    if said is None:
        return None
    agreeing = [s for s in known.seen if agrees(said, s.entity)]
    hits = max((_held(known, s) for s in agreeing), default=0.0)
    fitting = 0.0 if said in _BY_HITS else _fitting(known, said)
    support = max(hits, fitting)
    if support < _AS_NAMED:
        return None
    strength = max((s.value for s in by_values if agrees(said, s.entity)), default=0.0)
    doubt = 0.6 if is_plain(known.name) else 0.4
    checked = [s for s in agreeing if s.validated >= 0.8 * known.scanned]
    kind = checked[0].entity if checked else said
    title = entity(said).title
    how = "hold one" if hits >= fitting else "are written like one"
    return Verdict(
        holds="identifiers",
        entity=kind,
        score=1 - doubt * (1 - max(strength, 0.6 * support)),
        reasons=(
            f"The name says '{title}'.",
            f"{percent(support, 0)} of the values {how}.",
        ),
    )


def _in_few_rows(known: Evidence, seen: Seen) -> bool:
    """Whether many different values hold a kind, but few rows."""
    return seen.rows < min(_FEW_ROWS, share_of(known, seen) / 2)


def _held(known: Evidence, seen: Seen) -> float:
    """Give the share of values that are of a kind: in sentences, those that it covers whole."""
    if known.reads == "prose" and seen.entity != "ADDRESS":
        return seen.whole / known.scanned
    return share_of(known, seen)


def _fitting(known: Evidence, said: str) -> float:
    """Give how many values are as the name says; for common words, lists must know them."""
    if said == "PERSON" and is_plain(known.name):
        return min(1.0, 2 * known.names) if known.reads in ("names", "words") else 0.0
    if said == "LOCATION" and is_plain(known.name):
        return min(1.0, 2 * known.places)
    if said == "PERSON" and known.reads not in ("names", "words"):
        return 0.0
    return known.fitting


def _in_parts(known: Evidence, said: str | None) -> Verdict:
    """Judge a column that is not made of one kind."""
    parts = telling(known)
    unsaid = _unsaid(said)
    if not parts:
        return Verdict(holds="none", score=0.8, reasons=(*unsaid, *_doubts(known)))
    listed = "; ".join(f"{entity(s.entity).title}: {_how_many(known, s)}" for s in parts[:4])
    prose = known.reads == "prose"
    what = "It is free text with personal data in it" if prose else "Some values are personal"
    return Verdict(
        holds="text" if prose else "some",
        entity=None,
        score=max(s.score for s in parts),
        reasons=(f"{what} ({listed}).", *unsaid),
    )


def _how_many(known: Evidence, seen: Seen) -> str:
    share = share_of(known, seen)
    if abs(share - seen.rows) < _SAME or seen.rows == 1.0:
        return f"{percent(share, 0)} of the values"
    rows = f"{percent(seen.rows, 1)} of the rows that have one"
    return f"{percent(share, 0)} of the different values, {rows}"


def _unsaid(said: str | None) -> tuple[str, ...]:
    if said is None:
        return ()
    return (f"The name says '{entity(said).title}', but the values do not bear that out.",)


def _doubts(known: Evidence) -> tuple[str, ...]:
    """Say why what was found does not count."""
    if known.books >= _AS_NAMED:
        return ("The numbers are ISBN.",)
    if not known.seen:
        return ("Nothing personal was found in its values.",)
    most = next((s for s in known.seen if s.entity not in SILENT), known.seen[0])
    title, share = entity(most.entity).title, percent(share_of(known, most), 0)
    if most.entity == "PERSON":
        return (
            f"Words in {share} of the values look like names of people, but too few of them are "
            "in lists of names.",
        )
    if most.entity in SILENT or most.entity in _OF_NOBODY:
        return (f"{share} of the values hold {_a(title)}, which by itself points at nobody.",)
    return (
        f"{share} of the values could be of the kind '{title}', but so could many other values, "
        "and neither a check digit in nearly all of them nor the name says so.",
    )


def _a(title: str) -> str:
    return f"{'an' if title[0] in 'aeio' else 'a'} {title}"
