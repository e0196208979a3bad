"""Columns that say the same as another one."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import coefficient, counted
from audit.judging.columns import CAPTIONS, is_trivial, pair_caveats
from audit.judging.words import listed, on_columns
from audit.model import APART_ROLES, Finding, Role, RoleMap, Severity
from audit.registry import Settings, check
from audit.reports.distribution.measures import pair_measure
from audit.reports.distribution.values import Distribution, Pair


class Params(Settings):
    """How strong an association makes a column superfluous."""

    notice_association: float = Field(
        0.95, gt=0, le=1, description="Association from which two columns are noticed."
    )
    warning_association: float = Field(
        0.999, gt=0, le=1, description="Association from which one column gives the other."
    )
    fewest_rows: int = Field(
        30, ge=3, description="Pairs with fewer rows that have both values are not judged."
    )
    most_findings: int = Field(
        20, ge=1, description="More groups of columns than this are counted, not listed."
    )


@check("correlated-columns", title="Strongly correlated columns")
def correlated_columns(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report groups of columns that carry (almost) the same information.

    Columns are in one group if a chain of strong associations joins them: Pearson's or
    Spearman's coefficient for numbers, Cramér's V for categories, the correlation ratio for
    one of each. The label is left to *label-leak*.
    """
    pairs = [p for p in report.pairs if _strong(report, roles, p, params)]
    pairs.sort(key=lambda p: (-abs(p.value or 0.0), p.first, p.second))
    groups = _groups(report, pairs)
    shown = groups[: params.most_findings]
    for i, columns in enumerate(shown):
        within = [p for p in pairs if p.first in columns]
        left = len(groups) - len(shown) if i == len(shown) - 1 else 0
        yield _finding(report, columns, within, left, params)


def _strong(report: Distribution, roles: RoleMap, pair: Pair, params: Params) -> bool:
    if pair.value is None or abs(pair.value) < params.notice_association:
        return False
    if pair.n < params.fewest_rows or is_trivial(report, pair):
        return False
    own = (*roles.of(pair.first), *roles.of(pair.second))
    return not (APART_ROLES | {Role.LABEL}).intersection(own)


def _groups(report: Distribution, pairs: list[Pair]) -> list[tuple[str, ...]]:
    """Join what is linked, the most strongly linked group first, columns in table order."""
    groups: list[set[str]] = []
    for pair in pairs:
        joined = {pair.first, pair.second}
        first = next((i for i, g in enumerate(groups) if g & joined), None)
        if first is None:
            groups.append(joined)
            continue
        for other in [g for g in groups[first + 1 :] if g & joined]:
            joined |= other
            groups.remove(other)
        groups[first] |= joined
    order = {c.name: i for i, c in enumerate(report.columns)}
    return [tuple(sorted(g, key=lambda name: order.get(name, 0))) for g in groups]


def _finding(
    report: Distribution, columns: tuple[str, ...], pairs: list[Pair], left: int, params: Params
) -> Finding:
    best = pairs[0]
    equal = abs(best.value or 0.0) >= params.warning_association
    how = f"{CAPTIONS[best.measure]} {coefficient(best.value)}"
    if len(columns) > 2:
        how = f"{how} between {listed((best.first, best.second))}"
    caveats = list(pair_caveats(report, best))
    if left:
        caveats.append(f"{counted(left, 'more group')} of columns not listed here.")
    return Finding(
        check="correlated-columns",
        severity=Severity.WARNING if equal else Severity.NOTICE,
        title=f"{listed(columns)} carry almost the same information ({how})",
        why="What is said twice weighs twice, and the effect of one cannot be told from the other.",
        columns=columns,
        measures=tuple(pair_measure(p) for p in pairs[:10]),
        caveats=tuple(caveats),
        suggestions=(on_columns("drop-columns", *columns[1:]),),
    )
