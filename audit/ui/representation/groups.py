"""Part 'Groups': who is in the data, against the reference population."""

from typing import TYPE_CHECKING

from audit.charts import representation as charts
from audit.charts.representation.names import times
from audit.reports.representation.group_values import UNIFORM, Group, named
from audit.ui import parts
from audit.ui.representation import tables
from audit.ui.representation.names import group_text, people
from audit.ui.representation.view import (
    View,
    apart,
    findings,
    frame,
    of_groups,
    show_findings,
    show_rows,
    steps,
)
from audit.ui.text import count, counted, in_words, md, number, percent, plural, quoted

if TYPE_CHECKING:
    import pandas as pd

CHECKS = frozenset({"under-represented-group"})
_DISTANCES = (
    *("imbalance_ratio", "effective_groups", "total_variation", "jensen_shannon"),
    *("population_stability_index", "goodness_of_fit", "goodness_of_fit_p_value"),
)


def show(view: View) -> None:
    """Show shares of rows, their ratio to the reference population, and how far all are apart."""
    parts.answer(answer(view))
    parts.numbers(_numbers(view))
    combination, report = view.combination, view.report
    drawn = charts.group_shares(
        combination,
        reference_name=report.reference_name,
        min_group=report.min_group,
        p=parts.palette(),
    )
    frame(
        view,
        f"Share of rows by {md(' × '.join(view.columns))}{_against(view)}",
        f"n = {counted(report.rows, 'row')} · lines are 95% Wilson intervals · ratio on a "
        "logarithmic scale · click a mark to see its rows",
        drawn,
        key=f"shares-{'-'.join(view.columns)}",
        where=lambda at: combination.groups[at].where,
    )
    show_rows(view, of_groups(combination.groups), key="shares")
    found = findings(view.result, CHECKS, *view.columns)
    show_findings(found)
    _explain(view, steps(found, _to_do(view)))
    tables.frame(
        _table(view),
        title="Every group",
        note=f"{counted(len(combination.groups), 'group')} · ratio = share ÷ reference · fewer "
        f"than {report.min_group} rows: too few to tell",
        alt=f"Groups of {' and '.join(view.columns)} with rows, shares and ratios",
        key="shares-table",
    )
    parts.heading("All groups together", "what the numbers above are, and what they rest on")
    tables.measures(tables.chosen(combination.estimates, _DISTANCES), key="shares-measures")


def _against(view: View) -> str:
    words = reference_words(view)
    silent = view.report.reference_name != UNIFORM and not has_reference(view)
    return f"; {words} says nothing of these together" if silent else f", against {words}"


def reference_words(view: View) -> str:
    """Name the reference population in a sentence. Escaped."""
    name = view.report.reference_name
    if name == UNIFORM:
        return "equal shares"
    weights = view.options.reference_weights
    if weights and not view.options.reference:
        return f"the survey weights in {quoted(weights, 40)}"
    return quoted(name, 40)


def answer(view: View) -> str:
    """Say who is rarer here than elsewhere; without a reference population, how sizes differ."""
    large = view.large()
    if not view.groups():
        return "No row belongs to a group: every value is missing."
    if not has_reference(view):
        return _sizes(view)
    missing = [g for g in view.groups() if not g.n]
    if missing:
        largest = max(missing, key=_reference)
        rest = len(missing) - 1
        more = f", nor of {in_words(rest)} more {plural(rest, 'group')}" if rest else ""
        return (
            f"{people(largest.levels)} makes up {percent(_reference(largest))} of the reference "
            f"population, and no row is of that group{more}."
        )
    off = [g for g in large if apart(g.estimate("representation_ratio"), neutral=1)]
    if not off:
        few = len(view.groups()) - len(large)
        but = f"; {in_words(few)} {plural(few, 'is')} too few to tell" if few else ""
        return (
            "No group large enough to tell is rarer or more frequent than in the reference "
            f"population by more than a twentieth{but}."
        )
    lowest = min(off, key=ratio_of)
    chosen = lowest if ratio_of(lowest) < 1 else max(off, key=ratio_of)
    return (
        f"{people(chosen.levels)} makes up {percent(share_of(chosen))} of the rows and "
        f"{percent(_reference(chosen))} of the reference population."
    )


def _sizes(view: View) -> str:
    """Say how sizes differ, where there is nothing to hold them against."""
    groups = sorted((g for g in view.groups() if g.n), key=lambda g: -g.n)
    if len(groups) == 1:
        return f"There is only one group: {people(groups[0].levels)} is every row that has a value."
    first, last = groups[0], groups[-1]
    if len(groups) == 2:
        return (
            f"{people(first.levels)} is {percent(share_of(first))} of the rows, "
            f"{people(last.levels)} {percent(share_of(last))}."
        )
    return (
        f"Of {in_words(len(groups))} groups the largest, {people(first.levels)}, is "
        f"{percent(share_of(first))} of the rows; the smallest, {people(last.levels)}, "
        f"{percent(share_of(last))}, {counted(last.n, 'row')}."
    )


def has_reference(view: View) -> bool:
    """Whether a reference population is stated that knows something of these columns."""
    stated = view.report.reference_name != UNIFORM
    return stated and any(_stated(g) is not None for g in view.groups())


def _numbers(view: View) -> list[tuple[str, str]]:
    estimates = view.combination.estimates
    groups = [g for g in view.groups() if g.n]
    effective = named(estimates, "effective_groups")
    imbalance = named(estimates, "imbalance_ratio")
    distance = named(estimates, "total_variation")
    rarest = min(groups, key=lambda g: g.n, default=None)
    found = []
    if not has_reference(view):
        found.append(("Smallest share", percent(share_of(rarest) if rarest else None)))
    else:
        ratios = [ratio_of(g) for g in view.large() if g.estimate("representation_ratio")]
        found.append(("Lowest ratio", times(min(ratios, default=None))))
        found.append(("Total variation", tables.value_text(distance)))
    largest = imbalance.value if imbalance else None
    found.append(("Largest ÷ smallest", "–" if largest is None else f"{_round(largest)} : 1"))
    effective_text = (
        number(round(float(effective.value), 2)) if effective and effective.value else "–"
    )
    found.append(("Effective groups", f"{effective_text} of {count(len(groups))}"))
    return found


def _round(value: float) -> str:
    return count(value) if value >= 10 else f"{value:.1f}"


def _explain(view: View, do: str) -> None:
    uniform = not has_reference(view)
    means = (
        "Bars are shares of the rows. Without a reference population groups are held against "
        "equal shares, ×1: ◀ has fewer rows, ▶ more. Choose a population above to know who is rare."
        if uniform
        else "Below ×1 a group is rarer here than in the reference population. ◀ and ▶ mark gaps "
        "that chance does not explain; ○ is in line, or cannot be told; hatched is too few rows."
    )
    parts.explain(
        means,
        "A model learns less about groups it sees less of, and its errors gather there; figures "
        "on the whole hide it.",
        do,
    )


def _to_do(view: View) -> str:
    off = [g for g in view.large() if apart(g.estimate("representation_ratio"), neutral=1)]
    lacking = [g for g in off if ratio_of(g) < 1]
    if lacking and has_reference(view):
        lowest = min(lacking, key=ratio_of)
        short = max(round((_reference(lowest) - share_of(lowest)) * view.report.rows), 1)
        return (
            f"Collect about {count(short)} more rows of {people(lowest.levels)}, or weigh rows so "
            "that shares match the reference."
        )
    return "Collect more rows of the groups that are too few, and say in the dataset's card who is missing."


def _table(view: View) -> "pd.DataFrame":
    import pandas as pd

    def line(g: Group) -> dict[str, object]:
        share, ratio = g.estimate("group_share"), g.estimate("representation_ratio")
        return {
            "Group": group_text(g.levels),
            "Rows": g.n,
            "Share": tables.value_text(share),
            "95% interval": tables.interval_text(share),
            "Reference": percent(_stated(g)),
            "Ratio": times(ratio.value if ratio else None),
            "95% interval of the ratio": tables.interval_text(ratio),
            "Standing": _standing(view, g),
        }

    return pd.DataFrame([line(g) for g in view.combination.groups])


def _standing(view: View, group: Group) -> str:
    if group.n < view.report.min_group:
        return "? too few to tell"
    ratio = group.estimate("representation_ratio")
    if ratio is None or ratio.value is None:
        return ratio.reason if ratio else ""
    if not apart(ratio, neutral=1):
        return "○ in line"
    if view.report.reference_name == UNIFORM:
        return "◀ below equal shares" if ratio.value < 1 else "▶ above equal shares"
    return "◀ rarer" if ratio.value < 1 else "▶ more frequent"


def share_of(group: Group) -> float:
    """Give the share of rows; 0 where there are none."""
    found = group.estimate("group_share")
    return float(found.value) if found and found.value is not None else 0.0


def _stated(group: Group) -> float | None:
    found = group.estimate("reference_share")
    return float(found.value) if found and found.value is not None else None


def _reference(group: Group) -> float:
    return _stated(group) or 0.0


def ratio_of(group: Group) -> float:
    """Give the representation ratio; 1 where there is none."""
    found = group.estimate("representation_ratio")
    return float(found.value) if found and found.value is not None else 1.0
