"""Columns of the special categories of personal data."""

from collections.abc import Iterator

from pydantic import Field

from audit.judging.choice import capped
from audit.judging.words import on_columns, quoted
from audit.model import Finding, Role, RoleMap, Severity, Step
from audit.registry import Settings, check
from audit.reports.pii.values import PersonalData

_NOTE = "A reading of the column's name and values, not a finding of law (GDPR Art. 9)."


class Params(Settings):
    """How many are told."""

    most_findings: int = Field(20, ge=1, description="More columns than this are counted.")


@check("special-category", title="Special categories of data", topic="privacy")
def special_category(report: PersonalData, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report columns of health, religion, ethnic origin, politics and the like (GDPR Art. 9).

    To process them needs a reason of its own, such as explicit consent. A column that is
    marked as sensitive is a notice: that it is there is known. Any other is a warning.
    """
    yield from capped(
        report.special, params.most_findings, lambda case: _finding(case, roles), "column"
    )


def _finding(case: tuple[str, str], roles: RoleMap) -> Finding:
    column, category = case
    known = Role.SENSITIVE in roles.of(column)
    return Finding(
        check="special-category",
        severity=Severity.NOTICE if known else Severity.WARNING,
        title=f"{quoted(column)} is of a special category: {category}",
        why="Such data may be processed for few reasons only, and does most harm where it leaks.",
        columns=(column,),
        caveats=(_NOTE,),
        suggestions=(
            on_columns("drop-columns", column),
            Step(remedy="generalize", params=(("column", column),)),
        ),
    )
