"""Findings that cannot be compared: what they are about was turned into something else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.comparing.recast import Recast, Traced
from audit.comparing.unmeasured import WITHIN, Later
from audit.format import cut
from audit.model import Finding

_LOST = frozenset({"missing-values", "label-missing", "label-constant", "not-finite"})
"""Checks of what is gone for good: true of values of whatever form."""
_PERSONAL = frozenset({"direct-identifiers", "secrets", "pii-in-text", "repeated-personal-data"})
_BY_NAME = frozenset({"special-category", "impossible-values"})
_CONSTANT = "constant-column"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomparable:
    """Tells findings about values that a step replaced from those that came, or were mended.

    A finding that is there *before* alone cannot be compared where

    - nobody can look any more, and it is a step's doing: the group it names was put into
      another, or the column was parted into columns;
    - a column it names is gone and lives on in others (one-hot): what was said of it may be as
      true of them;
    - it speaks of the form of values (topic quality), and they are of another form now -- unless
      it suggested that step itself: then the step mended it, and the check looked again;
    - it looks within a column's groups, as proxies and strata do, and they are others now.

    What was measured again stays resolved: coarser values make rows less unique, and a column a
    weaker proxy, in truth.

    A finding that is there *after* alone cannot be compared where it names a column with values
    that a step made, and

    - the same check told of the same columns before, in whatever groups; or
    - it speaks of the form of these values (topic quality): the step gave it to them. Values that
      went missing or became infinite, and a column left with one value, are new all the same; or
    - it finds personal data in groups of values: they tell nothing that the values did not.

    One that is there on *both* sides is called better or worse by no other form of the values.

    All else is new: the first disparity of a column is one, be its groups coarser or not.
    """

    traced: Traced
    later: Later
    before: Sequence[Finding]

    def lost(self, finding: Finding, *, unmeasured: bool) -> str:
        """Say why a finding that is not there any more cannot be compared; empty: it can."""
        found = [(c, self.traced.before[c]) for c in finding.columns if c in self.traced.before]
        if not found:
            return ""
        for column, recast in found:
            if unmeasured or self._lives_on(column) or self._is_other(finding, column, recast):
                return recast.reason
        return ""

    def came(self, finding: Finding) -> str:
        """Say why a finding that was not there cannot be compared; empty: it is new."""
        for column in finding.columns:
            recast = self.traced.after.get(column)
            if recast is None:
                continue
            if self._is_known(finding, recast) or self._is_form(finding, column):
                return recast.reason
            if recast.groups and finding.check in _PERSONAL:
                return recast.reason
        return ""

    def moved(self, before: Finding, after: Finding) -> str:
        """Say why another severity tells nothing; empty: it does."""
        found = (self.traced.after[c] for c in after.columns if c in self.traced.after)
        recast = next(found, None)
        if recast is None or self.later.topics.get(after.check) != "quality":
            return ""
        mended = recast.remedy in {step.remedy for step in before.suggestions}
        return "" if mended or after.check in _LOST else recast.reason

    def overlooked(self, finding: Finding) -> str:
        """Say so where a check went by the name of a column, which is another one now."""
        for column in finding.columns if finding.check in _BY_NAME else ():
            name = self.later.renamed.get(column, column)
            if name != column and column not in self.traced.changed:
                return f"The check goes by names, and “{cut(column, 40)}” was renamed, not changed."
        return ""

    def _lives_on(self, column: str) -> bool:
        return self.later.renamed.get(column, column) not in self.later.columns

    def _is_other(self, finding: Finding, column: str, recast: Recast) -> bool:
        topic = self.later.topics.get(finding.check, "")
        if topic == "quality":
            return recast.remedy not in {step.remedy for step in finding.suggestions}
        if topic not in ("representation", "label bias", "model fairness"):
            return False
        grouped = finding.check in WITHIN or column in self.later.needed_columns
        return grouped and column not in dict(finding.group)

    def _is_known(self, finding: Finding, recast: Recast) -> bool:
        origins = {o for c in finding.columns for o in self._origins(c)}
        return any(
            known.check == finding.check
            and origins.issuperset(known.columns)
            and not set(recast.sources).isdisjoint(known.columns)
            for known in self.before
        )

    def _origins(self, column: str) -> Iterator[str]:
        """Give the columns before of which a column after was made, or what it was called."""
        recast = self.traced.after.get(column)
        if recast is not None:
            yield from recast.sources
            return
        yield from self.traced.sources.get(column, ())
        yield next((old for old, new in self.later.renamed.items() if new == column), column)

    def _is_form(self, finding: Finding, column: str) -> bool:
        if self.later.topics.get(finding.check) != "quality" or finding.check in _LOST:
            return False
        return finding.check != _CONSTANT or column in self.traced.sources
