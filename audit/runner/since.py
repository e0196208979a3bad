"""What measures became since the version that one was made of: read off what is kept."""

from audit import registry
from audit.comparing.group_lines import label_lines, representation_lines
from audit.comparing.model_lines import model_lines
from audit.comparing.multiplicity import beyond_chance
from audit.comparing.privacy_lines import personal_lines, risk_lines
from audit.comparing.recast import numbered, traced
from audit.comparing.renaming import named_as_before
from audit.comparing.table_lines import quality_lines
from audit.comparing.values import Line
from audit.runner.applying import applied
from audit.runner.audits import Result
from audit.runner.compare import kept_comparison
from audit.runner.pairs_of_rows import renamed_by


def since(before: Result, after: Result) -> tuple[Line, ...]:
    """Hold the measures of a version against those of the one that a recipe made it of.

    Nothing is measured and no row is read. Where the two have been compared, these are the lines
    of that comparison; else those that the reports kept beside both versions can tell.
    """
    known = kept_comparison(before.version, after.version)
    if known is not None:
        return known.lines
    made = applied(after.version)
    steps = numbered(made.effects) if made is not None else ()
    renamed = renamed_by(steps)
    recast = traced(steps, {id_: spec.recasts for id_, spec in registry.remedies().items()})
    old, new = before.reports, after.reports
    told = {id_: named_as_before(report, renamed) for id_, report in new.items() if id_ in _NAMED}
    groups = old["representation"], told["representation"]
    lines = (
        *quality_lines(old["distribution"], told["distribution"], recast),
        *representation_lines(*groups, before.roles),
        *label_lines(*groups, before.roles),
        *model_lines(*groups, before.roles),
        *personal_lines(old["pii"], new["pii"], recast),
        *risk_lines(old["reidentification"], told["reidentification"], recast),
    )
    return beyond_chance(lines)


_NAMED = frozenset({"distribution", "representation", "reidentification"})
"""Reports whose measures are found by the names of columns."""
