"""Two versions, held against each other: audited alike, paired row by row, kept beside 'after'."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from audit import registry
from audit.comparing.associations import associations
from audit.comparing.cells import Changed, changed
from audit.comparing.drift import drift
from audit.comparing.followed import Identity, follow
from audit.comparing.held_out import Asked
from audit.comparing.moved_by_rows import remarked
from audit.comparing.multiplicity import beyond_chance
from audit.comparing.pairing import Rows
from audit.comparing.recast import Traced, numbered
from audit.comparing.removals import Wanted, overall, removals
from audit.comparing.renaming import named_as_before
from audit.comparing.table_lines import size_lines
from audit.comparing.unmeasured import Later
from audit.comparing.utility import utility as learn
from audit.comparing.values import (
    Comparison,
    FindingChange,
    Line,
    Pairing,
    Side,
    Utility,
)
from audit.mending.effects import Effect
from audit.model import Progress, Role, silent
from audit.reports.representation.axes import axis_of
from audit.runner.anonymizing import information_loss
from audit.runner.audits import Result, dismissals, run
from audit.runner.comparing_alike import alike, same_roles
from audit.runner.comparison_document import withheld
from audit.runner.options import OPTIONS, Changes, KeptOptions, report_options
from audit.runner.pairs_of_rows import Related, related
from audit.runner.policy import Policy
from audit.runner.report_lines import followed, report_lines
from audit.store import Version, Workspace, codec
from audit.stretch import stretch

FORMAT = 7
"""Raised when a comparison says something else of the same versions."""
_MOST_LEVELS = 20
NOT_TRAINED = Utility(reason="No model was asked for.")


def compare(
    before: Version,
    after: Version,
    *,
    workspace: Workspace,
    policy: Policy | None = None,
    changes: Changes | None = None,
    utility: bool = True,
    progress: Progress = silent,
) -> Comparison:
    """Hold two versions against each other; what was compared once is kept beside 'after'.

    Parameters
    ----------
    before, after : Version
        The two; after may have been made of before, or not.
    workspace : Workspace
        Where both are kept.
    policy : Policy, optional
        Thresholds; by default those of the checks.
    changes : mapping, optional
        Options of reports that differ from those kept beside 'before', by report and name.
    utility : bool
        Whether models are trained to see what can be learnt from each.
    progress : Progress
        Told how far it is; may raise Stopped, after which nothing was kept.

    Notes
    -----
    Both are audited with the same options, and with the roles of the one of which roles were
    confirmed where those of the other are guesses. Weights count on the side that has them.
    """
    same_roles(before, after)
    kept = kept_comparison(before, after, policy=policy, changes=changes, utility=utility)
    if kept is not None:
        return kept
    rules = policy or Policy()
    old = run(before, policy=rules, changes=changes, progress=stretch(progress, 0.0, 0.3))
    kin = related(before, after, workspace)
    new, notes = alike(
        old, after, rules, changes, stretch(progress, 0.3, 0.6), renamed=kin.rows.renamed
    )
    both = _Both(old=old, new=new, related=kin)
    found = _compared(both, stretch(progress, 0.6, 1.0), trained=utility)
    lost = information_loss(before, after, workspace=workspace, rows=kin.rows)
    told = replace(found, notes=notes, withheld=withheld(found, (old, new)), loss=lost)
    found = remarked(told)
    after.keep(_kept_name(before, after, rules, changes, utility=utility), found)
    progress(1.0)
    return found


def kept_comparison(
    before: Version,
    after: Version,
    *,
    policy: Policy | None = None,
    changes: Changes | None = None,
    utility: bool = True,
) -> Comparison | None:
    """Give the comparison of two versions if it has been made, else None. Never compares."""
    name = _kept_name(before, after, policy or Policy(), changes, utility=utility)
    return after.kept(name, Comparison)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Both:
    """Both sides, audited and paired."""

    old: Result
    new: Result
    related: Related

    @property
    def rows(self) -> Rows:
        return self.related.rows

    @property
    def traced(self) -> Traced:
        """What steps did to columns; nothing is known of other data."""
        return followed(self.steps)

    @property
    def steps(self) -> tuple[Effect, ...]:
        """What was done to make one of the other, numbered through."""
        return numbered(self.related.steps)

    def reports(self, id_: str) -> tuple[Any, Any]:
        return self.old.reports[id_], self.new.reports[id_]

    def learnt(self, cells: dict[str, int] | None, progress: Progress) -> Utility:
        """Train a model on each side."""
        report = self.old.reports["representation"]
        options = report_options(self.old.version, "representation").model_dump()
        asked = Asked(
            before=self.old.version.table,
            after=self.new.version.table,
            rows=self.rows,
            roles=self.old.roles,
            cells=cells,
            weights=(self.old.roles.stated(Role.WEIGHT), self.new.roles.stated(Role.WEIGHT)),
            by=next(iter(report.axes), None),
            kind="logistic-regression" if options["probe"] == "none" else options["probe"],
            seed=options["seed"],
        )
        return learn(asked, progress)


def _compared(both: _Both, progress: Progress, *, trained: bool) -> Comparison:
    distributions = both.reports("distribution")
    tables = both.old.version.table, both.new.version.table
    progress(0.0, "rows and cells")
    differ = changed(*tables, both.rows) if both.rows.are_paired else None
    cells = differ.cells if differ else None
    moved = drift(*tables, both.rows, cells, stretch(progress, 0.1, 0.4))
    progress(0.4, "who was filtered out")
    gone = _removals(both)
    learnt = both.learnt(cells, stretch(progress, 0.5, 1.0)) if trained else NOT_TRAINED
    own = _lines(both)
    lines = beyond_chance((*own, *learnt.lines))
    learnt = replace(learnt, lines=lines[len(own) :])
    return Comparison(
        before=_side(both.old),
        after=_side(both.new),
        pairing=_pairing(both.rows, differ),
        lines=lines,
        findings=_findings(both),
        removals=gone,
        overall_removal=overall(both.rows),
        drift=moved,
        associations=associations(*distributions, both.rows),
        utility=learnt,
        steps=both.steps,
    )


def _side(result: Result) -> Side:
    manifest = result.version.manifest
    return Side(
        version=manifest.id,
        name=manifest.name,
        rows=manifest.rows,
        columns=len(manifest.columns),
        roles=result.roles,
        weight=result.roles.stated(Role.WEIGHT),
    )


def _pairing(rows: Rows, differ: Changed | None) -> Pairing:
    if differ is None:
        return Pairing(relation=rows.relation, paired=0, removed=0, copied=0, added=0, changed=0)
    paired = int(rows.there().sum())
    known = int((rows.of >= 0).sum())
    return Pairing(
        relation=rows.relation,
        paired=paired,
        removed=rows.before - paired,
        copied=known - paired,
        added=rows.after - known,
        changed=differ.rows,
        changed_cells=tuple((name, n) for name, n in differ.cells.items() if n),
        note=rows.note,
    )


def _lines(both: _Both) -> tuple[Line, ...]:
    rows = both.rows
    before, after = both.reports("distribution")
    told = report_lines(
        both.old.reports,
        both.new.reports,
        both.old.roles,
        both.traced,
        rows.renamed,
        paired=rows.are_paired,
    )
    return (*size_lines(before, named_as_before(after, rows.renamed), rows), *told)


def _findings(both: _Both) -> tuple[FindingChange, ...]:
    reasons: dict[Identity, str] = {
        d.identity: d.reason for side in (both.old, both.new) for d in side.dismissals
    }
    return follow(
        both.old.findings,
        both.new.findings,
        dismissed=reasons,
        renamed=both.rows.renamed,
        later=_later(both),
        traced=both.traced,
    )


def _later(both: _Both) -> Later:
    return Later(
        columns=frozenset(c.name for c in both.new.version.manifest.columns),
        renamed=both.rows.renamed,
        roles=both.old.roles,
        roles_after=both.new.roles,
        checked=frozenset(both.new.checked),
        topics={id_: spec.topic for id_, spec in registry.checks().items()},
        representation=both.new.reports["representation"],
        personal=both.new.reports["pii"],
    )


def _removals(both: _Both) -> tuple[Any, ...]:
    """Measure removals by the groups of the report, of the label and of the quasi-identifiers."""
    report = both.old.reports["representation"]
    table, roles = both.old.version.table, both.old.roles
    axes = {axis.column: axis for axis in report.axes}
    label = report.label.axis if report.label else None
    if label is not None:
        axes.setdefault(label.column, label)
    if both.rows.are_paired:
        for column in roles.having(Role.QUASI_IDENTIFIER):
            axes.setdefault(column, axis_of(table, column, most_groups=_MOST_LEVELS))
    meeting = tuple(axis.column for axis in report.axes)
    wanted = Wanted(axes=tuple(axes.values()), meeting=meeting, min_group=report.min_group)
    return removals(table, both.rows, wanted)


def _kept_name(
    before: Version, after: Version, policy: Policy, changes: Changes | None, *, utility: bool
) -> str:
    """Name a comparison by both versions and by all that it reads beside them."""
    versions = {id_: spec.version for id_, spec in registry.reports().items()}
    read: list[object] = [FORMAT, versions, policy.model_dump(mode="json"), utility]
    read.append({report: dict(own) for report, own in (changes or {}).items()})
    for version in (before, after):
        roles, options = version.roles(), version.kept(OPTIONS, KeptOptions)
        read += [
            codec.plain(roles) if roles else None,
            codec.plain(options) if options else None,
            [codec.plain(d) for d in dismissals(version)],
            codec.plain(version.manifest.about),
        ]
    digest = hashlib.sha256(repr(read).encode()).hexdigest()[:12]
    return f"comparisons/{before.id}-{digest}.json"
