"""The front page of a dataset: its cards, and sketches of the columns that matter most.

A card is added with its audit; the grid takes as many as there are.
"""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from audit import registry, runner
from audit.charts import cards as charts
from audit.charts import distribution
from audit.charts.template import Picture, visible
from audit.model import Finding, LoadReport, Role
from audit.reports.distribution.values import Column, Distribution
from audit.ui import masking, parts, since, words
from audit.ui.privacy import card
from audit.ui.recipe import first_card
from audit.ui.representation import cards
from audit.ui.text import count, counted, in_words, md, percent, plural, quoted, shorten

DISTRIBUTION_PAGE = "pages/explore/distribution.py"
_MOST_SKETCHES = 6


def show_cards(result: runner.Result) -> None:
    """Show one card per audit that has run, and one that says what to look at first.

    Of a version that a recipe made, each says what became of its measures.
    """
    report = distribution_of(result)
    before = since.parent(result)
    moved = since.lines(before, result)
    grid = st.grid(3, min_column_width=300, border=True)
    with grid.cell():
        _size_card(result, report)
        since.show_size(before, result)
    with grid.cell():
        _quality_card(result, report)
        since.show(moved, ("quality",))
    with grid.cell():
        cards.representation(result)
        since.show(moved, cards.REPRESENTATION)
    with grid.cell():
        cards.label_bias(result)
        since.show(moved, cards.LABEL_BIAS)
    with grid.cell():
        card.privacy(result)
        since.show(moved, (card.TOPIC,))
    with grid.cell():
        first_card.show(result)


def show_sketches(result: runner.Result) -> None:
    """Draw the columns that matter most: label and sensitive ones, then those with findings."""
    report = distribution_of(result)
    chosen = [c for c in _ranked(result, report) if _drawable(result, c)][:_MOST_SKETCHES]
    if not chosen:
        return
    st.subheader("The columns that matter most", anchor=False)
    grid = st.grid(3, min_column_width=300, border=True)
    for i, column in enumerate(chosen):
        with grid.cell(), st.container(gap="xsmall"):
            roles = ", ".join(result.roles.of(column.name))
            note = f"{words.KINDS[column.kind]}{' · ' + roles if roles else ''}"
            parts.heading(md(shorten(column.name, 40)), note)
            parts.picture(_sketch(column), key=f"sketch-{i}", on_card=True)
    if st.button(f"See all {counted(len(report.columns), 'column')}", type="tertiary"):
        st.switch_page(DISTRIBUTION_PAGE)


def distribution_of(result: runner.Result) -> Distribution:
    """Give the distribution report of a result."""
    report: Distribution = result.reports["distribution"]
    return report


def worst_level(findings: Sequence[Finding]) -> str:
    """Name the highest severity among findings; 'passed' where there are none."""
    return max(f.severity for f in findings).word if findings else "passed"


def _of_topic(result: runner.Result, topic: str) -> list[Finding]:
    return [f for f in result.open_findings if words.check_topic(f) == topic]


def _size_card(result: runner.Result, report: Distribution) -> None:
    found = _of_topic(result, "size")
    load = result.version.manifest.load
    level = worst_level(found)
    if not found and load is not None and load.rejected:
        level = "notice"
    label = _label(result, report)
    parts.verdict_card(
        "Size",
        level,
        md(found[0].title) if found else _size_in_words(report, label, load),
        [("Rows", count(report.rows)), ("Columns", count(len(report.columns)))],
        _classes(label, result.roles.positive) if label else _kinds(report),
        _load_in_words(load, report.rows),
    )


def _quality_card(result: runner.Result, report: Distribution) -> None:
    found = _of_topic(result, "quality")
    ran = sum(registry.checks()[id_].topic == "quality" for id_ in result.checked)
    worst = (
        f"{parts.mark(found[0].severity.word)} {md(found[0].title)}"
        if found
        else f"{parts.mark('passed')} {counted(ran, 'check')} ran and found nothing."
    )
    parts.verdict_card(
        "Quality",
        worst_level(found),
        _quality_in_words(found),
        [
            ("Cells missing or coded", percent(_empty_share(report))),
            ("Repeated rows", count(report.duplicate_rows)),
        ],
        _gaps(report),
        worst,
    )


def _size_in_words(report: Distribution, label: Column | None, load: LoadReport | None) -> str:
    if load is not None and load.rejected:
        return f"{counted(load.rejected, 'record')} of the file could not be loaded."
    if label is not None and len(label.top) > 1:
        rare = min(label.top, key=lambda v: v.count)
        return (
            f"Of {in_words(label.distinct)} labels the {'rarer' if label.distinct == 2 else 'rarest'}, {quoted(visible(rare.value), 24)}, "
            f"has {count(rare.count)} of {counted(label.n, 'row')}."
        )
    kinds = len({c.kind for c in report.columns})
    return (
        f"{counted(report.rows, 'row')}, with columns of {in_words(kinds)} {plural(kinds, 'kind')}."
    )


def _load_in_words(load: LoadReport | None, rows: int) -> str:
    sign = parts.mark("notice" if load is not None and load.rejected else "passed")
    if load is None:
        return f"{sign} {counted(rows, 'row')} handed over in memory or made by a step."
    return (
        f"{sign} {counted(load.found, 'record')} found = {count(load.loaded)} loaded + "
        f"{count(load.rejected)} rejected + {count(load.skipped)} skipped."
    )


def _quality_in_words(found: Sequence[Finding]) -> str:
    if not found:
        return "No quality check has anything to report."
    worst = [f for f in found if f.severity == found[0].severity]
    (check, n), *_ = Counter(f.check for f in worst).most_common(1)
    first = next(f for f in worst if f.check == check)
    touched = len({c for f in worst if f.check == check for c in f.columns})
    rest = len(found) - n
    more = f", and {in_words(rest)} more {plural(rest, 'finding')}" if rest else ""
    one_each = touched and all(len(f.columns) == 1 for f in worst if f.check == check)
    where = f" in {in_words(touched)} {plural(touched, 'column')}" if one_each else ""
    return f"{md(words.check_title(first))}{where}{more}."


def _label(result: runner.Result, report: Distribution) -> Column | None:
    name = result.roles.one(Role.LABEL)
    column = next((c for c in report.columns if c.name == name), None)
    return column if column and column.top and 2 <= column.distinct <= 20 else None


def _classes(label: Column, positive: str | None) -> Picture:
    bars = [
        (visible(v.value), float(v.count), percent(v.count / label.n if label.n else None))
        for v in label.top[:4]
    ]
    focus = {positive} if positive else {bars[-1][0]}
    what = f"Share of rows by {label.name}"
    return charts.bars(bars, what=what, focus=focus, p=parts.palette())


def _kinds(report: Distribution) -> Picture:
    counts = Counter(c.kind for c in report.columns).most_common(4)
    bars = [(words.KINDS[kind], float(n), count(n)) for kind, n in counts]
    return charts.bars(bars, what="Columns by kind", focus=(), p=parts.palette())


def _empty_share(report: Distribution) -> float | None:
    """Give the share of cells that are missing or hold a code for it."""
    cells = sum(c.n for c in report.columns)
    return sum(_empty(c) for c in report.columns) / cells if cells else None


def _empty(column: Column) -> int:
    return column.missing + sum(token.count for token in column.null_tokens)


def _gaps(report: Distribution) -> Picture:
    """Draw the columns that lack most: missing values and codes that stand for them."""
    lacking = [(c.name, _empty(c) / c.n) for c in report.columns if c.n]
    worst = sorted((entry for entry in lacking if entry[1] > 0), key=lambda e: -e[1])[:3]
    if not worst:
        whole = [("columns complete", 1.0, f"all {count(len(report.columns))}")]
        return charts.bars(
            whole, what="Columns without a missing value", focus=(), p=parts.palette()
        )
    bars = [(name, share, percent(share)) for name, share in worst]
    return charts.bars(bars, what="Missing and coded missing values", p=parts.palette())


def _ranked(result: runner.Result, report: Distribution) -> list[Column]:
    of_interest = (Role.LABEL, Role.PREDICTION, Role.SCORE, Role.SENSITIVE)
    severity: Counter[str] = Counter()
    for finding in result.open_findings:
        for name in finding.columns:
            severity[name] = max(severity[name], int(finding.severity) + 1)

    def rank(column: Column) -> tuple[int, int]:
        roles = result.roles.of(column.name)
        places = [i for i, role in enumerate(of_interest) if role in roles]
        return (min(places, default=len(of_interest)), -severity[column.name])

    return sorted(report.columns, key=rank)


def _drawable(result: runner.Result, column: Column) -> bool:
    if masking.is_personal(result.roles, column.name) or column.distinct < 2:
        return False
    return column.numbers is not None or (bool(column.top) and column.distinct <= 50)


def _sketch(column: Column) -> Picture:
    if column.numbers is not None and column.distinct > 10:
        return distribution.column_sketch(column, p=parts.palette(), height=112)
    bars = [
        (visible(v.value), float(v.count), percent(v.count / column.n, 0)) for v in column.top[:4]
    ]
    what = f"Most frequent values of {column.name}, 4 of {count(column.distinct)} at the most"
    return charts.bars(bars, what=what, p=parts.palette())
