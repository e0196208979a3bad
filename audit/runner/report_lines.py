"""What the reports of two versions tell of measures, and what steps did to columns between them."""

from collections.abc import Mapping, Sequence
from typing import Any

from audit import registry
from audit.comparing.group_lines import label_lines, representation_lines
from audit.comparing.model_lines import model_lines
from audit.comparing.privacy_lines import personal_lines, risk_lines
from audit.comparing.recast import Traced, numbered, traced
from audit.comparing.renaming import named_as_before
from audit.comparing.table_lines import quality_lines
from audit.comparing.values import Line
from audit.mending.effects import Effect
from audit.model import RoleMap


def followed(steps: Sequence[Effect]) -> Traced:
    """Follow columns through steps, by what their remedies say that they make of values."""
    recasts = {id_: spec.recasts for id_, spec in registry.remedies().items()}
    return traced(numbered(steps), recasts)


def report_lines(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    roles: RoleMap,
    steps: Traced,
    renamed: Mapping[str, str],
    *,
    paired: bool = True,
) -> tuple[Line, ...]:
    """Hold the measures of reports against each other.

    Parameters
    ----------
    before, after : mapping
        Reports by id.
    roles : RoleMap
        Of the version before.
    steps : Traced
        What became of columns.
    renamed : mapping
        By name before: the name after.
    paired : bool
        Whether the rows are the same ones.
    """

    def both(id_: str) -> tuple[Any, Any]:
        return before[id_], named_as_before(after[id_], renamed)

    groups = both("representation")
    return (
        *quality_lines(*both("distribution"), steps),
        *representation_lines(*groups, roles, paired=paired),
        *label_lines(*groups, roles),
        *model_lines(*groups, roles),
        *personal_lines(before["pii"], after["pii"], steps),
        *risk_lines(*both("reidentification"), steps),
    )
