"""The card of the overview: whether there is personal data, and whether a person stands out."""

from audit import registry, runner
from audit.charts import cards
from audit.charts.privacy.classes import class_sizes
from audit.charts.template import Picture
from audit.model import Finding
from audit.pii.wording import several
from audit.reports.pii.values import PersonalData
from audit.reports.reidentification.values import Reidentification
from audit.ui import parts, words
from audit.ui.privacy import names
from audit.ui.privacy.view import holding, personal_of, risk_of, share_of
from audit.ui.text import count, counted, in_words, md, percent, plural, quoted

TOPIC = "privacy"
_ABOUT_RISK = frozenset({"low-k", "many-uniques", "low-diversity", "risk-driver"})
_MOST = 4


def privacy(result: runner.Result) -> None:
    """Show the answer, two numbers, the columns that hold most, and the worst finding."""
    report, risk = personal_of(result), risk_of(result)
    found = [f for f in result.open_findings if words.check_topic(f) == TOPIC]
    held = len(holding(report))
    parts.verdict_card(
        "Privacy",
        found[0].severity.word if found else "passed",
        verdict(report, risk, found),
        [
            ("Personal columns", f"{count(held)} of {count(len(report.columns))}"),
            alone(risk),
        ],
        _picture(report, risk, found),
        _worst(result, found),
    )


def verdict(report: PersonalData, risk: Reidentification, found: list[Finding]) -> str:
    """Say what is worst, in the two lines that a card has. Escaped."""
    held = holding(report)
    uniques = risk.risk.uniques if risk.risk else 0
    if uniques and (not held or (found and found[0].check in _ABOUT_RISK)):
        of = counted(risk.risk.rows if risk.risk else 0, "row")
        return f"{count(uniques)} of {of} can be told from all others."
    if not held:
        looked = [c for c in report.columns if c.values_scanned]
        return f"No personal data was found in {counted(len(looked), 'column')}."
    first, more = held[0], len(held) - 1
    kind = first.verdict.entity or first.found[0].entity
    rest = (
        f"; {in_words(more)} more {plural(more, 'column')} {plural(more, 'is')} personal too"
        if more
        else ""
    )
    return f"{quoted(first.title, 20)} holds {md(several(kind))}{rest}."


def alone(risk: Reidentification) -> tuple[str, str]:
    """Give the number that says how easily a row is found."""
    known = risk.risk
    if known is None or known.k is None:
        return "Unique rows", "–"
    if known.uniques:
        return "Unique rows", percent(known.uniques / known.rows)
    return "Smallest class, k", count(known.k)


def _picture(report: PersonalData, risk: Reidentification, found: list[Finding]) -> Picture:
    """Draw class sizes where who stands out is worst; else what is held, by column or by kind."""
    held = holding(report)
    p = parts.palette()
    about_risk = not held or bool(found and found[0].check in _ABOUT_RISK)
    if about_risk and risk.risk and risk.risk.rows:
        return class_sizes(risk.risk, compact=True, p=p)
    if not held:
        clean = [("columns without", 1.0, f"all {count(len(report.columns))}")]
        what = "Columns in which no personal data was found"
        return cards.bars(clean, what=what, focus=(), p=p)
    if len(held) == 1 and held[0].found:
        bars = [(names.one(f.entity), *_share(share_of(f))) for f in held[0].found[:_MOST]]
        return cards.bars(bars, what=f"Share of rows of {held[0].title} by kind", p=p)
    bars = [(c.title, *_share(max(map(share_of, c.found), default=None))) for c in held[:_MOST]]
    return cards.bars(bars, what="Share of rows with personal data by column", p=p)


def _share(share: float | None) -> tuple[float, str]:
    """Give a bar's length and what is written at it; of a column that is personal as a whole all."""
    if share is None:
        return 1.0, "whole"
    return share, percent(share, 0 if share >= 0.01 else 1)


def _worst(result: runner.Result, found: list[Finding]) -> str:
    if found:
        return f"{parts.mark(found[0].severity.word)} {md(found[0].title)}"
    ran = sum(registry.checks()[id_].topic == TOPIC for id_ in result.checked)
    return f"{parts.mark('passed')} {counted(ran, 'check')} ran and found nothing."
