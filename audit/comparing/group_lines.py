"""The scorecard of groups: who is in the data, and how their labels differ."""

from collections.abc import Iterator
from functools import partial

from audit.comparing.values import Line
from audit.comparing.verdicts import EXACT, RATE, RATIO, Scale, judged
from audit.format import counted, cut, percent
from audit.judging.groups import combinations_of, group_name, is_real, positive_name
from audit.judging.words import quoted
from audit.model import Measure, RoleMap
from audit.reports.representation.group_values import Combination, Estimate, Group, named
from audit.reports.representation.measures import group_measure
from audit.reports.representation.values import Representation

_MOST_GROUPS = 4
_RAREST = 2
"""Groups of a column that get lines of their own, the worst before first."""
_FOUR_FIFTHS = 0.8
_COLUMN = 40
_ROUNDING = 1e-9
_ABSENT = "The group is not there."
_NO_COLUMN = "There is no such sensitive column."

PARITY = Scale(ideal=1.0, poor=0.0, threshold=_FOUR_FIFTHS, tolerance=RATIO, ratio=True)
_IN_PROPORTION = Scale(ideal=1.0, poor=0.0, threshold=_FOUR_FIFTHS, tolerance=RATIO, ratio=True)
_DIFFERENCE = Scale(ideal=0.0, poor=1.0, tolerance=RATE)


def representation_lines(
    before: Representation, after: Representation, roles: RoleMap, *, paired: bool = True
) -> Iterator[Line]:
    """Compare how evenly groups are there, and the rarest against the reference population.

    What became of rows is a fact. Of other data (not ``paired``) it may be chance how many rows
    of a group were drawn, and verdicts need an interval.
    """
    for old in _single(before, roles):
        new = after.combination(*old.columns)
        yield from _evenness(old, new, sure=paired)
        for group in _that_stay(_rarest(old), new):
            other = new.group(group.name) if new else None
            line = _of_group(
                before, after, group, other, "representation_ratio", None, _IN_PROPORTION
            )
            unsure = not paired and line.verdict in ("better", "worse")
            yield judged(line, _IN_PROPORTION) if unsure else line
    yield from _uncovered(before, after)


def label_lines(before: Representation, after: Representation, roles: RoleMap) -> Iterator[Line]:
    """Compare label rates of groups: against the reference group, and against all others."""
    if before.label is None or before.label.axis is None or before.label.positive is None:
        return
    for old in _single(before, roles):
        new = after.combination(*old.columns)
        worst = [g for g in _judged_groups(before, old) if g.name != old.reference_group]
        shown = _that_stay(worst, new)
        others = [new.group(group.name) if new else None for group in shown]
        for group, other in zip(shown, others, strict=True):
            against = old.reference_group
            yield _of_group(before, after, group, other, "disparate_impact", against, PARITY)
        for group, other in list(zip(shown, others, strict=True))[:1]:
            name = "difference_in_proportions_of_labels"
            yield _of_group(before, after, group, other, name, None, _DIFFERENCE)


def _that_stay(groups: list[Group], new: Combination | None) -> list[Group]:
    """Keep the first group alone where none is there afterwards: it stands for them all."""
    there = {g.name for g in new.groups} if new else set()
    return groups if any(g.name in there for g in groups) else groups[:1]


def _single(report: Representation, roles: RoleMap) -> Iterator[Combination]:
    return (c for c in combinations_of(report, roles) if len(c.columns) == 1)


def _evenness(old: Combination, new: Combination | None, *, sure: bool) -> Iterator[Line]:
    (column,) = old.columns
    titles = (
        ("imbalance_ratio", "Largest ÷ smallest group", None),
        ("effective_groups", "Groups there would be were they even", float(len(old.groups))),
    )
    for name, title, most in titles:
        sides = [
            _measure(named(c.estimates, name) if c else None, name, column) for c in (old, new)
        ]
        top = max((float(m.value) for m in sides if m.value is not None), default=1.0)
        scale = (
            Scale(ideal=1.0, poor=top, tolerance=RATIO, ratio=True)
            if most is None
            else Scale(ideal=most, poor=1.0, tolerance=0.05 * most)
        )
        line = Line(
            topic="representation",
            name=name,
            title=f"{title}, {quoted(cut(column, _COLUMN))}",
            before=sides[0],
            after=sides[1],
            columns=(column,),
        )
        yield judged(line, scale, sure=sure, few=_regrouped(old, new))


def _regrouped(old: Combination, new: Combination | None) -> str:
    """Say that there are groups which were not there before: how even they are is no answer."""
    added = {g.name for g in new.groups} - {g.name for g in old.groups} if new else set()
    if not added:
        return ""
    return f"The groups are not the same: {counted(len(added), 'group')} came."


def _measure(found: Estimate | None, name: str, column: str) -> Measure:
    if found is None:
        none = partial(Measure, value=None, unit="ratio", n=0, reason=_NO_COLUMN)
        return none(name=name, columns=(column,))
    return found.measure((column,))


def _rarest(combination: Combination) -> list[Group]:
    """List the groups that are rarest against the reference population, the rarest first."""
    known = [
        (float(ratio.value), group)
        for group in combination.groups
        if is_real(group.levels)
        and (ratio := group.estimate("representation_ratio")) is not None
        and ratio.value is not None
    ]
    known.sort(key=lambda pair: pair[0])
    return [group for _, group in known[:_RAREST]]


def _judged_groups(report: Representation, combination: Combination) -> list[Group]:
    """List groups with enough rows for a verdict, those furthest from parity first."""
    against = combination.reference_group

    def distance(group: Group) -> float:
        found = group.estimate("disparate_impact", against)
        if found is None or found.value is None:
            return 0.0
        return -PARITY.distance(float(found.value))

    large = [g for g in combination.groups if g.n >= report.min_group and is_real(g.levels)]
    return sorted(large, key=distance)[: _MOST_GROUPS + 1]


def _of_group(
    before: Representation,
    after: Representation,
    group: Group,
    other: Group | None,
    name: str,
    against: str | None,
    scale: Scale,
) -> Line:
    """Make the line of one number of one group."""
    sides = [
        _group_measure(report, of, name, against, group)
        for report, of in ((before, group), (after, other))
    ]
    about_label = name != "representation_ratio"
    smallest = min(group.n, other.n if other else 0)
    few = f"Too few rows to tell (n = {smallest:,})." if smallest < before.min_group else ""
    if not about_label:
        few = _other_reference(group, other)
    line = Line(
        topic="label bias" if about_label else "representation",
        name=name,
        title=_title(before, after, group, name, against),
        before=sides[0],
        after=sides[1],
        columns=sides[0].columns,
        group=group.levels,
    )
    # How many rows of a group there are is a fact; how their labels differ rests on chance, too.
    return judged(line, scale, sure=not about_label, few=few)


def _other_reference(group: Group, other: Group | None) -> str:
    """Say that shares are held against another reference: a uniform one is over all groups."""
    found = [g.estimate("reference_share") if g else None for g in (group, other)]
    old, new = (e.value if e else None for e in found)
    if old is None or new is None or abs(old - new) < _ROUNDING:
        return ""
    return f"The reference itself is another one: {percent(old)} before, {percent(new)} after."


def _group_measure(
    report: Representation, group: Group | None, name: str, against: str | None, asked: Group
) -> Measure:
    found = group.estimate(name, against) if group else None
    if found is None or group is None:
        columns = tuple(c for c, _ in asked.levels)
        reason = _ABSENT if group is None else "It is not measured."
        return Measure(
            name=name,
            value=None,
            unit="ratio",
            n=0,
            columns=columns,
            group=asked.levels,
            reason=reason,
        )
    return group_measure(report, group, found)


def _title(
    before: Representation, after: Representation, group: Group, name: str, against: str | None
) -> str:
    who = group_name(before, group.levels)
    if name == "representation_ratio":
        return f"Share of {who} ÷ its share in the reference ({before.reference_name})"
    weighted = _weights(before, after)
    if against is not None:
        column = group.levels[0][0]
        other = group_name(before, ((column, against),))
        return f"Rate of {positive_name(before)}, {who} ÷ {other}{weighted}"
    return f"Rate of {positive_name(before)}, all others − {who}{weighted}"


def _weights(before: Representation, after: Representation) -> str:
    """Say on which side weights are honoured."""
    if before.weight and after.weight:
        return " (weighted)"
    return " (weighted after)" if after.weight else " (weighted before)" if before.weight else ""


def _uncovered(before: Representation, after: Representation) -> Iterator[Line]:
    if before.coverage is None:
        return
    same = after.coverage is not None and after.coverage.columns == before.coverage.columns
    sides = [
        Measure(
            name="uncovered_patterns",
            value=coverage.total if coverage and (same or report is before) else None,
            unit="count",
            n=report.rows,
            columns=before.coverage.columns,
            reason="" if same else "The sensitive columns are not the same.",
        )
        for report, coverage in ((before, before.coverage), (after, after.coverage))
    ]
    line = Line(
        topic="representation",
        name="uncovered_patterns",
        title=f"Combinations that fewer than {before.coverage.min_cell:,} rows have",
        before=sides[0],
        after=sides[1],
        columns=before.coverage.columns,
    )
    top = max((float(m.value) for m in sides if m.value is not None), default=1.0)
    scale = Scale(ideal=0.0, poor=max(1.0, top), tolerance=EXACT)
    yield judged(line, scale, sure=True, few=_other_levels(before, after))


def _other_levels(before: Representation, after: Representation) -> str:
    known = {axis.column: set(axis.names()) for axis in before.axes}
    others = [a.column for a in after.axes if set(a.names()) - known.get(a.column, set())]
    return f"The groups of {quoted(cut(others[0], _COLUMN))} are not the same." if others else ""
