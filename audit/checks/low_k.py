"""People who can be picked out by a few things that others may know of them."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import percent
from audit.judging.risk import by_columns, caveats, numbers, part_of, rows_below, steps
from audit.model import Finding, Severity
from audit.registry import Settings, check
from audit.reports.reidentification.values import Reidentification, Risk


class Params(Settings):
    """Which smallest class is enough."""

    warning_k: int = Field(
        5, ge=2, description="A smallest class of fewer rows than this is a warning."
    )
    notice_k: int = Field(10, ge=2, description="A smaller one than this is noticed.")


@check("low-k", title="Small classes", topic="privacy")
def low_k(report: Reidentification, params: Params) -> Iterator[Finding]:
    """Report quasi-identifiers by which some rows share their values with few or none.

    The size of the smallest class is the k of k-anonymity (Sweeney 2002): who knows these
    things of somebody in the data is left with k rows. Fewer than 5 are a warning, as
    guidelines for health data have it; how many rows are unique has a check of its own.
    """
    risk = report.risk
    if risk is None or risk.k is None or risk.k >= max(params.warning_k, params.notice_k):
        return
    severity = Severity.WARNING if risk.k < params.warning_k else Severity.NOTICE
    wanted = params.warning_k if severity is Severity.WARNING else params.notice_k
    yield Finding(
        check="low-k",
        severity=severity,
        title=(
            f"{by_columns(report)}, {_sharing(risk, wanted)} values with fewer than {wanted - 1} "
            f"others (k = {risk.k})"
        ),
        why=(
            f"Who knows these things of a person in the data finds the row with a chance of up to "
            f"{percent(1 / risk.k, 0)}."
        ),
        columns=report.columns,
        measures=numbers(report, "k_anonymity", "equivalence_classes", "prosecutor_max"),
        caveats=caveats(report),
        suggestions=steps(report, wanted),
        rows=rows_below(report, wanted),
    )


def _sharing(risk: Risk, wanted: int) -> str:
    """Say how many rows are in classes below ``wanted``: '3 rows of 40 share their'."""
    below = risk.rows_below(wanted)
    if risk.rows == 1:
        return "the only row shares its"
    return f"{part_of(below, risk.rows)} share their"
