"""Columns that give the label away."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import coefficient
from audit.judging.columns import CAPTIONS, is_trivial, pair_caveats, strongest
from audit.judging.words import on_columns, quoted
from audit.model import Finding, Role, RoleMap, Severity
from audit.registry import Settings, check
from audit.reports.distribution.measures import pair_measure
from audit.reports.distribution.values import Distribution, Pair

_NO_FEATURE = frozenset(
    {Role.LABEL, Role.PREDICTION, Role.SCORE, Role.WEIGHT, Role.SPLIT, Role.DIRECT_IDENTIFIER}
)


class Params(Settings):
    """How strong an association gives the label away."""

    warning_association: float = Field(
        0.9, gt=0, le=1, description="Association with the label from which it is a warning."
    )
    critical_association: float = Field(
        0.98, gt=0, le=1, description="Association with the label from which it is critical."
    )
    fewest_rows: int = Field(
        30, ge=3, description="Pairs with fewer rows that have both values are not judged."
    )


@check("label-leak", title="Columns that give the label away")
def label_leak(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report columns that are so closely associated with the label that they tell it.

    Association is Pearson's or Spearman's coefficient for two columns of numbers, Cramér's V
    for two categories, and the correlation ratio for one of each. Such a column is often
    written down after the outcome and will not be there when a model is used.
    """
    label = roles.one(Role.LABEL)
    if label is None:
        return
    for name, pair in strongest(report, label).items():
        value = abs(pair.value or 0.0)
        if pair.n < params.fewest_rows or value < params.warning_association:
            continue
        if _NO_FEATURE.intersection(roles.of(name)) or is_trivial(report, pair):
            continue
        yield _finding(report, name, label, pair, value >= params.critical_association)


def _finding(report: Distribution, name: str, label: str, pair: Pair, critical: bool) -> Finding:
    return Finding(
        check="label-leak",
        severity=Severity.CRITICAL if critical else Severity.WARNING,
        title=(
            f"{quoted(name)} gives the label {quoted(label)} away "
            f"({CAPTIONS[pair.measure]} {coefficient(pair.value)})"
        ),
        why=(
            "A model will read the answer off this column, and fail where the column is not "
            "known in time."
        ),
        columns=(name, label),
        measures=(pair_measure(pair),),
        caveats=(
            "A column that is known before the outcome may be a true cause: ask when it is written.",
            *pair_caveats(report, pair),
        ),
        suggestions=(on_columns("drop-columns", name),),
    )
