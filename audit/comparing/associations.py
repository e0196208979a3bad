"""Whether columns that went together still do."""

from audit.comparing.pairing import Rows
from audit.comparing.values import AssociationKept
from audit.reports.distribution.values import Distribution

MOST = 30


def associations(
    before: Distribution, after: Distribution, rows: Rows
) -> tuple[AssociationKept, ...]:
    """Hold the associations of both reports against each other, the largest moves first.

    Pairs that are measured on one side alone come last; at most :data:`MOST` in all.
    """
    later = {(frozenset((p.first, p.second)), p.measure): p.value for p in after.pairs}
    found = []
    for pair in before.pairs:
        names = frozenset(rows.later_name(c) for c in (pair.first, pair.second))
        kept = AssociationKept(
            columns=(pair.first, pair.second),
            measure=pair.measure,
            before=pair.value,
            after=later.get((names, pair.measure)),
        )
        if kept.before is not None or kept.after is not None:
            found.append(kept)
    found.sort(key=_moved)
    return tuple(found[:MOST])


def _moved(kept: AssociationKept) -> tuple[object, ...]:
    change = kept.change
    size = abs(change) if change is not None else -1.0
    return -size, -abs(kept.before or 0.0), kept.columns, kept.measure
