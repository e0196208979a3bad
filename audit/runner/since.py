"""What measures became since the version that one was made of: read off what is kept."""

from audit.comparing.multiplicity import beyond_chance
from audit.comparing.values import Line
from audit.runner.applying import applied
from audit.runner.audits import Result
from audit.runner.compare import kept_comparison
from audit.runner.pairs_of_rows import renamed_by
from audit.runner.report_lines import followed, report_lines


def since(before: Result, after: Result) -> tuple[Line, ...]:
    """Hold the measures of a version against those of the one that a recipe made it of.

    Nothing is measured and no row is read. Where the two have been compared, these are the lines
    of that comparison; else those that the reports kept beside both versions can tell.
    """
    known = kept_comparison(before.version, after.version)
    if known is not None:
        return known.lines
    made = applied(after.version)
    steps = made.effects if made is not None else ()
    return beyond_chance(
        report_lines(
            before.reports, after.reports, before.roles, followed(steps), renamed_by(steps)
        )
    )
