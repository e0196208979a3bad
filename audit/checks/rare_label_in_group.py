"""Labels that hardly any row of a group has."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from pydantic import Field

from audit.format import counted
from audit.judging.choice import capped
from audit.judging.groups import combinations_of, group_name, is_real, level_name
from audit.judging.words import some, wanting
from audit.model import Finding, Measure, Pairs, RoleMap, Severity, Step, Where
from audit.registry import Settings, check
from audit.reports.representation.group_values import REST, Group, Label, Level
from audit.reports.representation.label import classes
from audit.reports.representation.values import Representation


class Params(Settings):
    """How many rows of each label a group needs."""

    fewest_rows: int = Field(
        30, ge=1, description="A label with fewer rows than this in a group is too rare to learn."
    )
    warning_rows: int = Field(10, ge=0, description="With fewer rows than this it is a warning.")
    most_columns: int = Field(
        2, ge=1, le=3, description="Sensitive columns that meet in the groups judged, at the most."
    )
    most_findings: int = Field(10, ge=1, description="More of them than this are counted.")


@check("rare-label-in-group", title="Labels too rare in a group", topic="label bias")
def rare_label_in_group(
    report: Representation, roles: RoleMap, params: Params
) -> Iterator[Finding]:
    """Report groups that are large enough, but have too few rows with one of the labels.

    A label that is rare in the whole table is left to *label-constant*, and what is told of a
    group is not told again of its parts.
    """
    label = report.label
    if label is None or label.axis is None:
        return
    cases = list(_cases(report, roles, label, params))
    cases.sort(key=lambda c: (c.n, len(c.group.levels), -c.group.n, c.group.levels, c.at))
    yield from capped(
        cases, params.most_findings, lambda c: _finding(report, label, c, params), "group"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    group: Group
    level: Level
    """The class."""
    at: int
    """Its position."""
    n: int
    """Rows of the group with it."""


def _cases(report: Representation, roles: RoleMap, label: Label, params: Params) -> Iterator[_Case]:
    told: set[tuple[Pairs, int]] = set()
    for combination in sorted(combinations_of(report, roles), key=lambda c: len(c.columns)):
        if len(combination.columns) > params.most_columns:
            continue
        counts = [g.counts for g in combination.groups if g.counts]
        totals = [sum(k) for k in zip(*counts, strict=True)]
        for group in combination.groups:
            if not is_real(group.levels) or sum(group.counts) < report.min_group:
                continue
            for at, level in enumerate(classes(label)[: len(group.counts)]):
                rare = group.counts[at] < params.fewest_rows <= totals[at]
                if not rare or level.name == REST or _is_told(group.levels, at, told):
                    continue
                told.add((group.levels, at))
                yield _Case(group=group, level=level, at=at, n=group.counts[at])


def _is_told(levels: Pairs, at: int, told: set[tuple[Pairs, int]]) -> bool:
    """Whether a group that this one is a part of has been told already."""
    sizes = range(1, len(levels))
    return any((part, at) in told for size in sizes for part in combinations(levels, size))


def _finding(report: Representation, label: Label, case: _Case, params: Params) -> Finding:
    columns = tuple(c for c, _ in case.group.levels)
    group = (*case.group.levels, (label.column, case.level.name))
    name = group_name(report, case.group.levels)
    value = level_name(label.axis, label.column, case.level.name)
    whole = sum(case.group.counts)
    rows = some(case.n).capitalize() if case.n else "None"
    by = ("by", (*columns, label.column))
    return Finding(
        check="rare-label-in-group",
        severity=Severity.WARNING if case.n < params.warning_rows else Severity.NOTICE,
        title=(
            f"{rows} of the {counted(whole, 'row')} of {name} {'are' if case.n else 'is'} {value}"
        ),
        why=(
            f"With fewer than {params.fewest_rows} rows there is too little to learn who of "
            "this group gets that label, and to test it."
        ),
        columns=(*columns, label.column),
        group=group,
        measures=(
            Measure(
                name="label_rows",
                value=case.n,
                unit="rows",
                n=whole,
                columns=(*columns, label.column),
                group=group,
            ),
        ),
        caveats=(wanting(case.n, params.fewest_rows),),
        suggestions=(Step(remedy="resample", params=(by, ("target", "equal"))),) if case.n else (),
        rows=Where(tests=(*case.group.where.tests, case.level.test)) if case.n else None,
    )
