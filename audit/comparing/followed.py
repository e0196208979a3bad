"""Findings, followed from one version to the other by their identity."""

from collections.abc import Mapping, Sequence
from typing import Literal

from audit.comparing.values import FindingChange
from audit.model import Finding, Pairs

Identity = tuple[str, tuple[str, ...], Pairs]
What = Literal["resolved", "new", "remaining", "worse", "better"]

_ORDER = ("new", "worse", "remaining", "better", "resolved")


def follow(
    before: Sequence[Finding],
    after: Sequence[Finding],
    *,
    dismissed: Mapping[Identity, str],
    renamed: Mapping[str, str],
) -> tuple[FindingChange, ...]:
    """Tell which findings are resolved, new or remaining, the most severe first.

    Parameters
    ----------
    before, after : sequence of Finding
        Of the two versions.
    dismissed : mapping
        Reasons, by the identity of the finding after (before, where it is resolved).
    renamed : mapping
        Columns that are called otherwise afterwards.
    """
    left = {_renamed(f, renamed): f for f in before}
    right = {f.identity: f for f in after}
    found = [
        FindingChange(
            what=_what(left.get(identity), right.get(identity)),
            before=left.get(identity),
            after=right.get(identity),
            dismissed=dismissed.get(identity, ""),
        )
        for identity in {**right, **left}
    ]
    return tuple(sorted(found, key=_key))


def _what(before: Finding | None, after: Finding | None) -> What:
    if after is None:
        return "resolved"
    if before is None:
        return "new"
    if after.severity == before.severity:
        return "remaining"
    return "worse" if after.severity > before.severity else "better"


def _renamed(finding: Finding, renamed: Mapping[str, str]) -> Identity:
    columns = tuple(renamed.get(c, c) for c in finding.columns)
    group = tuple((renamed.get(c, c), value) for c, value in finding.group)
    return finding.check, columns, group


def _key(change: FindingChange) -> tuple[object, ...]:
    own = change.after or change.before
    assert own is not None
    worst = max(f.severity for f in (change.before, change.after) if f)
    return -worst, _ORDER.index(change.what), own.check, own.columns, own.group
