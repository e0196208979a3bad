"""Findings, followed from one version to the other by their identity."""

from collections.abc import Mapping, Sequence
from typing import Literal

from audit.comparing.unmeasured import Later
from audit.comparing.values import FindingChange
from audit.model import Finding, Pairs

Identity = tuple[str, tuple[str, ...], Pairs]
What = Literal["resolved", "new", "remaining", "worse", "better", "not measured"]

_ORDER = ("new", "worse", "remaining", "not measured", "better", "resolved")


def follow(
    before: Sequence[Finding],
    after: Sequence[Finding],
    *,
    dismissed: Mapping[Identity, str],
    renamed: Mapping[str, str],
    later: Later | None = None,
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
    later : Later, optional
        What tells that a finding which is not there could not be measured.
    """
    right = {f.identity: f for f in after}
    left = _by_identity(before, right, renamed, later)
    found = []
    for identity in {**right, **left}:
        old, new = left.get(identity), right.get(identity)
        reason = later.unmeasured(old) if later and old and not new else ""
        found.append(
            FindingChange(
                what="not measured" if reason else _what(old, new),
                before=old,
                after=new,
                dismissed=dismissed.get(identity, ""),
                reason=reason,
            )
        )
    return tuple(sorted(found, key=_key))


def _by_identity(
    before: Sequence[Finding],
    right: Mapping[Identity, Finding],
    renamed: Mapping[str, str],
    later: Later | None,
) -> dict[Identity, Finding]:
    """Give findings by the identity they have afterwards.

    What is said of several columns together, as of all quasi-identifiers, is said of those that
    are left when one of them is dropped.
    """
    found: dict[Identity, Finding] = {_renamed(f, renamed): f for f in before}
    for identity in list(found):
        check, columns, group = identity
        if later is None or identity in right:
            continue
        fewer = check, tuple(c for c in columns if c in later.columns), group
        if fewer in right and fewer not in found:
            found[fewer] = found.pop(identity)
    return found


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
