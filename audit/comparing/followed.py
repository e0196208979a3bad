"""Findings, followed from one version to the other by their identity."""

from collections import Counter
from collections.abc import Mapping, Sequence

from audit.comparing.incomparable import Incomparable
from audit.comparing.recast import Traced
from audit.comparing.unmeasured import Later
from audit.comparing.values import FindingChange, FindingVerdict
from audit.format import plural
from audit.judging.words import listed
from audit.model import Finding, Pairs

Identity = tuple[str, tuple[str, ...], Pairs]

_ORDER: tuple[FindingVerdict, ...] = (
    "new",
    "worse",
    "remaining",
    "not comparable",
    "not measured",
    "better",
    "resolved",
)


_OF_ALL = frozenset({"risk-driver", "terms-not-stated"})
"""Checks that say one thing of the whole table, and name the columns it rests on."""


def follow(
    before: Sequence[Finding],
    after: Sequence[Finding],
    *,
    dismissed: Mapping[Identity, str],
    renamed: Mapping[str, str],
    later: Later | None = None,
    traced: Traced | None = None,
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
    traced : Traced, optional
        What steps did to columns; without it all findings can be compared.
    """
    right = {f.identity: f for f in after}
    steps = traced or Traced()
    left = _by_identity(before, right, renamed, later, steps)
    rule = Incomparable(traced=steps, later=later, before=before) if later else None
    found = []
    for identity in {**right, **left}:
        old, new = left.get(identity), right.get(identity)
        what, reason = _what(old, new, rule)
        found.append(
            FindingChange(
                what=what,
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
    traced: Traced,
) -> dict[Identity, Finding]:
    """Give findings by the identity they have afterwards.

    What is said of several columns together, as of all quasi-identifiers, is said of those that
    are left when one of them is dropped, and of one more when a step made one of them.
    """
    found: dict[Identity, Finding] = {_renamed(f, renamed): f for f in before}
    if later is None:
        return _shrunk(found, right)
    open_ = {_joint(i, later, traced): i for i in right if i not in found}
    for identity in [i for i in found if i not in right]:
        check, columns, group = identity
        fewer: Identity | None = check, tuple(c for c in columns if c in later.columns), group
        if fewer not in right:
            fewer = open_.get(_joint(identity, later, traced))
        if fewer is not None and fewer not in found:
            found[fewer] = found.pop(identity)
    return _shrunk(found, right)


def _shrunk(
    found: dict[Identity, Finding], right: Mapping[Identity, Finding]
) -> dict[Identity, Finding]:
    """Pair what is left of a finding with it: the same check, of some of its columns alone.

    Only where it is the one finding that can be meant, on either side.
    """
    gone = [i for i in found if i not in right]
    came = [i for i in right if i not in found]
    pairs = [(old, new) for old in gone for new in came if _is_part(new, old)]
    olds, news = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    for old, new in pairs:
        if olds[old] == 1 and news[new] == 1:
            found[new] = found.pop(old)
    return found


def _is_part(part: Identity, whole: Identity) -> bool:
    same = (part[0], part[2]) == (whole[0], whole[2])
    return same and bool(part[1]) and set(part[1]) < set(whole[1])


def _joint(identity: Identity, later: Later, traced: Traced) -> object:
    """Tell by what a finding about columns together is known again: by those on both sides."""
    check, columns, group = identity
    if check in _OF_ALL:
        return check
    shared = frozenset(c for c in columns if c in later.columns and c not in traced.sources)
    # Columns stand together in what is said of quasi-identifiers; elsewhere each has its part.
    is_joint = later.topics.get(check) == "privacy" and len(shared) > 1
    return (check, shared, group) if is_joint else identity


def _what(
    before: Finding | None, after: Finding | None, rule: Incomparable | None
) -> tuple[FindingVerdict, str]:
    """Tell what became of a finding, and why nothing can be said where nothing can."""
    if after is None:
        assert before is not None
        return _not_there(before, rule)
    if before is None:
        why = rule.came(after) if rule else ""
        other = rule.later.other_role(after) if rule else ""
        return ("not comparable", why) if why else ("new", other)
    other = _part_left(before, after, rule)
    if not other and after.check in _OF_ALL and rule and before.columns != after.columns:
        other = f"Before: {before.title}."
    if after.severity == before.severity:
        return "remaining", other
    why = rule.moved(before, after) if rule else ""
    if why:
        return "not comparable", why
    return ("worse" if after.severity > before.severity else "better"), other


def _part_left(before: Finding, after: Finding, rule: Incomparable | None) -> str:
    """Say of which columns a finding is no more; nothing of those that are measured together.

    Of all quasi-identifiers together less is not said when there are fewer of them.
    """
    if rule and rule.later.topics.get(after.check) == "privacy" and after.check not in _OF_ALL:
        return ""
    names = rule.later.renamed if rule else {}
    gone = [c for c in before.columns if names.get(c, c) not in after.columns]
    if not gone or len(gone) == len(before.columns):
        return ""
    is_, left = plural(len(gone), "is"), plural(len(after.columns), "is")
    return f"Smaller than before: {listed(after.columns)} {left} left, {listed(gone)} {is_} not."


def _not_there(before: Finding, rule: Incomparable | None) -> tuple[FindingVerdict, str]:
    if rule is None:
        return "resolved", ""
    told = rule.later.told_of_more(before)
    if told:
        return "remaining", told
    unmeasured = rule.later.unmeasured(before) or rule.overlooked(before)
    why = rule.lost(before, unmeasured=bool(unmeasured))
    if why:
        return "not comparable", why
    return ("not measured", unmeasured) if unmeasured else ("resolved", "")


def _renamed(finding: Finding, renamed: Mapping[str, str]) -> Identity:
    columns = tuple(renamed.get(c, c) for c in finding.columns)
    group = tuple((renamed.get(c, c), value) for c, value in finding.group)
    return finding.check, columns, group


def _key(change: FindingChange) -> tuple[object, ...]:
    own = change.after or change.before
    assert own is not None
    worst = max(f.severity for f in (change.before, change.after) if f)
    return -worst, _ORDER.index(change.what), own.check, own.columns, own.group
