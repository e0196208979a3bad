"""Columns that give a sensitive column away."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import coefficient
from audit.judging.choice import capped
from audit.judging.columns import CAPTIONS
from audit.judging.words import bare, interval, on_columns, quoted
from audit.model import Finding, Measure, Role, RoleMap, Severity, Step
from audit.registry import Settings, check
from audit.reports.representation.part_values import Proxies, Proxy
from audit.reports.representation.values import Representation

_WHY = (
    "Leaving the sensitive column out changes little: a model can treat people by it all the same."
)


class Params(Settings):
    """How much a column may tell of a sensitive one."""

    notice_auc: float = Field(
        0.75, ge=0.5, le=1, description="AUC of telling the sensitive column that is noticed."
    )
    warning_auc: float = Field(0.9, ge=0.5, le=1, description="The same, from a warning on.")
    notice_association: float = Field(
        0.5, gt=0, le=1, description="Cramér's V or correlation ratio that is noticed."
    )
    warning_association: float = Field(0.8, gt=0, le=1, description="The same, from a warning on.")
    together_auc: float = Field(
        0.9, ge=0.5, le=1, description="AUC of all other columns together that is noticed."
    )
    most_findings: int = Field(10, ge=1, description="More columns than this are counted.")


@check("strong-proxy", title="Proxies of sensitive columns", topic="label bias")
def strong_proxy(report: Representation, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report columns from which a sensitive column can be told.

    Judged are the association of both columns and the area under the ROC curve of predicting
    the sensitive column from the other one alone, out of fold. Where no single column tells
    much, but all together do, that is noticed. Other sensitive columns are no proxies:
    they are known for what they are.
    """
    sensitive = set(roles.having(Role.SENSITIVE))
    cases = [
        (severity, proxies, proxy)
        for proxies in report.proxies
        for proxy in proxies.columns
        if proxy.column not in sensitive and (severity := _severity(proxy, params))
    ]
    cases.sort(key=lambda c: (-c[0], -_strength(c[2]), c[2].sensitive, c[2].column))
    yield from capped(cases, params.most_findings, lambda case: _finding(*case), "column")
    told = {proxies.sensitive for _, proxies, _ in cases}
    for proxies in report.proxies:
        low = proxies.together.low if proxies.together.low is not None else 0.0
        if proxies.sensitive not in told and low >= params.together_auc:
            yield _together(proxies)


def _severity(proxy: Proxy, params: Params) -> Severity:
    """Judge the lower end of the AUC, and the association; INFO is no finding."""
    auc = 0.0 if proxy.auc.low is None else proxy.auc.low
    found = float(proxy.association.value or 0.0)
    if auc >= params.warning_auc or found >= params.warning_association:
        return Severity.WARNING
    if auc >= params.notice_auc or found >= params.notice_association:
        return Severity.NOTICE
    return Severity.INFO


def _strength(proxy: Proxy) -> float:
    return max(float(proxy.auc.value or 0.0), float(proxy.association.value or 0.0))


def _finding(severity: Severity, proxies: Proxies, proxy: Proxy) -> Finding:
    columns = (proxy.column, proxy.sensitive)
    known = [
        *((_auc(proxy.auc.value, proxy.auc.low, proxy.auc.high),) if proxy.auc.value else ()),
        *((_association(proxy),) if proxy.association.value is not None else ()),
    ]
    return Finding(
        check="strong-proxy",
        severity=severity,
        title=f"{quoted(proxy.column)} gives {quoted(proxy.sensitive)} away ({'; '.join(known)})",
        why=_WHY,
        columns=columns,
        measures=(proxy.auc.measure(columns), proxy.association.measure(columns)),
        caveats=(
            "An AUC of 0.5 is guessing. A proxy may be a fair reason too: judge what it stands for.",
            *_all_together(proxies),
            *((proxies.note,) if proxies.note else ()),
        ),
        suggestions=(
            on_columns("drop-columns", proxy.column),
            Step(remedy="generalize", params=(("column", proxy.column),)),
        ),
    )


def _auc(value: float, low: float | None, high: float | None) -> str:
    return f"AUC {bare(value)}{interval(low, high, bare)}"


def _association(proxy: Proxy) -> str:
    name = CAPTIONS["cramers_v" if proxy.association.name == "cramers_v" else "correlation_ratio"]
    return f"{name} {coefficient(proxy.association.value)}"


def _all_together(proxies: Proxies) -> tuple[str, ...]:
    value = proxies.together.value
    if value is None:
        return ()
    return (f"All other columns together reach an AUC of {bare(float(value))}.",)


def _together(proxies: Proxies) -> Finding:
    found = proxies.together
    measure: Measure = found.measure((proxies.sensitive,))
    return Finding(
        check="strong-proxy",
        severity=Severity.NOTICE,
        title=(
            f"All other columns together give {quoted(proxies.sensitive)} away "
            f"({_auc(float(found.value or 0.0), found.low, found.high)})"
        ),
        why=_WHY,
        columns=(proxies.sensitive,),
        measures=(measure,),
        caveats=(
            "An AUC of 0.5 is guessing. No single column tells much: dropping one changes little.",
            *((proxies.note,) if proxies.note else ()),
        ),
    )
