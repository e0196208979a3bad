"""Findings that are not there any more, and of which nobody can say that they are resolved."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit.format import counted, cut, ratio
from audit.judging.words import quoted
from audit.model import Finding, Pairs, Role, RoleMap
from audit.reports.pii.values import PersonalData
from audit.reports.representation.group_values import Group
from audit.reports.representation.values import Representation

_OF_GROUPS = frozenset({"representation", "label bias", "model fairness"})
_OF_LABELS = frozenset({"label bias", "model fairness"})
_UNCOVERED = "uncovered-pattern"
_COUNTING = frozenset({"under-represented-group", _UNCOVERED, "rare-label-in-group"})
"""Checks of how many rows there are: few rows are what they tell."""
_NEEDED = (Role.SENSITIVE, Role.LABEL, Role.PREDICTION, Role.SCORE)
"""Without these nobody can look; without another column, as a proxy, there is nothing to find."""
WITHIN = frozenset({"conditional-disparity", "simpson-reversal"})
"""Checks that need all of their columns: they look within strata."""
_DISPARITY, _IMPACT = "label-disparity", "disparate_impact"
_PROXY = "strong-proxy"
_HARDLY = 0.8
"""A disparity that kept so much of its distance from parity is no other one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What is known of the version in which findings are missing."""

    columns: frozenset[str]
    """Its columns, as they are called there."""
    renamed: Mapping[str, str]
    roles: RoleMap
    """Of the version in which they were found."""
    roles_after: RoleMap
    checked: frozenset[str]
    topics: Mapping[str, str]
    """Of checks, by id."""
    representation: Representation
    personal: PersonalData

    @property
    def needed_columns(self) -> frozenset[str]:
        """Columns of 'before' without which nobody can look at groups, labels and predictions."""
        return frozenset(c for role in _NEEDED for c in self.roles.having(role))

    def other_role(self, finding: Finding) -> str:
        """Name a column of a finding that has another role now: other checks look at it."""
        first = {self.renamed.get(c.column, c.column): c.roles for c in self.roles.columns}
        for column in finding.columns:
            if column in first and first[column] != self.roles_after.of(column):
                return f"{_named(column)} has another role than before."
        return ""

    def told_of_more(self, finding: Finding) -> str:
        """Say so where a combination is rare still, and one of its groups now is as a whole."""
        coverage = self.representation.coverage
        if finding.check != _UNCOVERED or coverage is None or len(finding.group) < 2:
            return ""
        for column, value in finding.group:
            single = self.representation.combination(self.renamed.get(column, column))
            rows = _rows(single.group(value)) if single is not None else 0
            if 0 < rows < coverage.min_cell:
                return (
                    f"Rare still: all of {_named(value)} has fewer than {coverage.min_cell:,} rows."
                )
        return ""

    def unmeasured(self, finding: Finding) -> str:
        """Say why it cannot be told whether a finding is resolved; empty: it is."""
        topic = self.topics.get(finding.check, "")
        if finding.check not in self.checked:
            return "The check did not run."
        why = self._not_looked_at(finding) if topic == "privacy" else ""
        if topic in _OF_GROUPS:
            why = self._gone(finding) or self._no_label(topic) or self._no_group(finding)
        return why or self._no_proxy(finding)

    def _no_proxy(self, finding: Finding) -> str:
        """Say so where a column is there and was left out: constant ones are, too, with reason."""
        names = tuple(self.renamed.get(c, c) for c in finding.columns)
        if finding.check != _PROXY or len(names) != 2 or names[0] not in self.columns:
            return ""
        found = next((p for p in self.representation.proxies if p.sensitive == names[1]), None)
        if found is None or names[0] in {proxy.column for proxy in found.columns}:
            return ""
        left_out = f"“{names[0]}”" in found.note or " more (" in found.note
        return f"{_named(names[0])} was not looked at as a proxy." if left_out else ""

    def _not_looked_at(self, finding: Finding) -> str:
        names = {self.renamed.get(c, c) for c in finding.columns}
        for column in self.personal.columns:
            if column.column in names and column.verdict.holds == "unknown":
                return f"{_named(column.column)} was not searched for personal data."
        return ""

    def _gone(self, finding: Finding) -> str:
        """Name a column that is needed and not there: without it nobody can look."""
        needed = finding.columns
        if finding.check not in WITHIN:
            needed = tuple(c for c in needed if c in self.needed_columns)
        gone = [c for c in needed if self.renamed.get(c, c) not in self.columns]
        return f"{_named(gone[0])} is not there any more." if gone else ""

    def _no_label(self, topic: str) -> str:
        label = self.representation.label
        if topic in _OF_LABELS and (label is None or label.axis is None):
            return "There is no label that could be measured."
        return ""

    def _no_group(self, finding: Finding) -> str:
        levels = tuple((self.renamed.get(c, c), value) for c, value in finding.group)
        # A finding about several groups together names them in its measures alone.
        told = finding.group or tuple(pair for m in finding.measures for pair in m.group)
        for column, value in ((self.renamed.get(c, c), value) for c, value in told):
            single = self.representation.combination(column)
            if single is not None and not _rows(single.group(value)):
                return f"{_named(value)} is no group of {_named(column)} any more."
        if not levels or finding.check in _COUNTING:
            return ""
        group = self._group(levels)
        few = self.representation.min_group
        if group is not None and group.n < few:
            return f"Too few rows to tell: {counted(group.n, 'row')} of {few:,}."
        return self._still_there(finding, group) if finding.check == _DISPARITY else ""

    def _group(self, levels: Pairs) -> Group | None:
        found = self.representation.combination(*(column for column, _ in levels))
        if found is None:
            return None
        return next((g for g in found.groups if g.levels == levels), None)

    def _still_there(self, finding: Finding, group: Group | None) -> str:
        """Say so where the disparity is what it was, and rows are too few to be sure of it."""
        was = next((m for m in finding.measures if m.name == _IMPACT and m.value), None)
        if was is None or group is None:
            return ""
        against = was.method.partition("; against ")[2]
        now = group.estimate(_IMPACT, against)
        if now is None or now.value is None or was.value is None:
            return ""
        if 1 - now.value < _HARDLY * (1 - was.value):
            return ""
        return f"The ratio is {ratio(now.value)}, of fewer rows: they are too few to be sure."


def _named(column: str) -> str:
    return quoted(cut(column, 40))


def _rows(group: Group | None) -> int:
    return group.n if group else 0
