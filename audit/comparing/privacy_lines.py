"""The scorecard of privacy: what is personal, and how easily somebody is picked out."""

from collections.abc import Iterator
from dataclasses import replace

from audit.comparing.recast import Traced
from audit.comparing.values import Line
from audit.comparing.verdicts import SHARE, Scale, judged
from audit.format import cut
from audit.judging.privacy import is_direct
from audit.model import Measure
from audit.pii.wording import several
from audit.reports.pii.values import PersonalData
from audit.reports.reidentification.values import Disclosure, Reidentification

K_GOOD, K_LEAST = 10, 5
"""Class sizes from which on more is no better, and below which a class is small."""
_L_GOOD, _L_LEAST = 3, 2
_T_MOST = 0.2
_T_NEAR = 0.05
"""It is that of one class: a single row of ten moves it by a tenth."""
_SHARE = Scale(ideal=0.0, poor=1.0, tolerance=SHARE)
_NO_KEYS = "There is no quasi-identifier."
_NOT_SAME = "What classes tell of it is not measured."


def personal_lines(
    before: PersonalData, after: PersonalData, traced: Traced | None = None
) -> Iterator[Line]:
    """Compare columns with personal data, and rows with each kind that identifies by itself.

    A column that a step put into groups holds nothing that its values did not hold: what its
    ranges look like, as numbers with a dash look like those of a telephone, is left out.
    """
    after = without_ranges(before, after, traced or Traced())
    sides = [_columns(report) for report in (before, after)]
    top = max((float(m.value) for m in sides if m.value is not None), default=0.0)
    line = Line(
        topic="privacy",
        name="pii_columns",
        title="Columns with personal data",
        before=sides[0],
        after=sides[1],
    )
    yield judged(line, Scale(ideal=0.0, poor=max(1.0, top)), sure=True)
    shares = [_by_kind(report) for report in (before, after)]
    for kind in sorted({*shares[0], *shares[1]}):
        old, new = (
            of.get(kind) or _none(kind, report.rows)
            for of, report in zip(shares, (before, after), strict=True)
        )
        name = several(kind)
        line = Line(
            topic="privacy",
            name="pii_share",
            title=f"Rows with {name}",
            before=old,
            after=new,
            group=(("entity", kind),),
        )
        exact = old.method == new.method == "exact"
        yield judged(line, _SHARE, sure=exact)


def without_ranges(before: PersonalData, after: PersonalData, traced: Traced) -> PersonalData:
    """Leave out what ranges look like that a step made of values: they hold nothing new."""
    held: dict[str, set[str]] = {}
    for column in before.columns:
        held.setdefault(column.column, set()).update(one.entity for one in column.found)
    kept = []
    for column in after.columns:
        recast = traced.after.get(column.column)
        if recast is None or not recast.groups:
            kept.append(column)
            continue
        known = {entity for source in recast.sources for entity in held.get(source, ())}
        found = tuple(one for one in column.found if one.entity in known)
        if found or not column.found:
            kept.append(replace(column, found=found))
    return replace(after, columns=tuple(kept))


def _columns(report: PersonalData) -> Measure:
    held = {c.column for c in report.columns if c.is_personal}
    return Measure(
        name="pii_columns",
        value=len(held),
        unit="columns",
        n=report.rows,
        method="sample" if report.sampled else "exact",
    )


def _by_kind(report: PersonalData) -> dict[str, Measure]:
    """Give for each kind that identifies the share of rows in the column with most of it."""
    found: dict[str, Measure] = {}
    for column in report.columns:
        for one in column.found if column.is_personal else ():
            if is_direct(one) and one.share.value is not None:
                known = found.get(one.entity)
                if known is None or (known.value or 0) < one.share.value:
                    found[one.entity] = one.share
    return found


def _none(kind: str, rows: int) -> Measure:
    return Measure(name="pii_share", value=0.0, unit="share", n=rows, group=(("entity", kind),))


def risk_lines(
    before: Reidentification, after: Reidentification, traced: Traced | None = None
) -> Iterator[Line]:
    """Compare class sizes, and what classes tell of attributes that have the same values."""
    if before.risk is None and after.risk is None:
        return
    below = (("k", str(K_LEAST)),)
    for name, title, group, scale in (
        (
            "k_anonymity",
            "Rows in the smallest class (k)",
            (),
            Scale(ideal=K_GOOD, poor=1.0, threshold=K_LEAST, at_least=True),
        ),
        ("sample_uniques", "Rows like no other", (), _SHARE),
        ("rows_below_k", f"Rows in classes of fewer than {K_LEAST}", below, _SHARE),
        ("prosecutor_average", "Mean chance to be picked out", (), _SHARE),
    ):
        old, new = (_risk(report, name) for report in (before, after))
        line = Line(
            topic="privacy",
            name=name,
            title=title,
            before=old,
            after=new,
            columns=before.columns or after.columns,
            group=group,
        )
        yield judged(line, scale, sure=True)
    other = traced.before if traced else {}
    for line in _disclosed(before, after):
        recast = other.get(line.columns[-1])
        if recast is not None and line.verdict in ("better", "worse"):
            line = replace(line, verdict="unknown", reason=recast.reason)
        yield line


def _risk(report: Reidentification, name: str) -> Measure:
    risk = report.risk
    values: dict[str, float | None] = {}
    if risk is not None and risk.rows:
        values = {
            "k_anonymity": risk.k,
            "sample_uniques": risk.uniques / risk.rows,
            "rows_below_k": risk.rows_below(K_LEAST) / risk.rows,
            "prosecutor_average": risk.average,
        }
    value = values.get(name)
    return Measure(
        name=name,
        value=value,
        unit="rows" if name == "k_anonymity" else "share",
        n=report.rows,
        columns=report.columns,
        reason="" if value is not None else _NO_KEYS if risk is None else "There are no rows.",
    )


def _disclosed(before: Reidentification, after: Reidentification) -> Iterator[Line]:
    later = {d.attribute: d for d in after.disclosures}
    for old in before.disclosures:
        new = later.get(old.attribute)
        about = f"“{cut(old.attribute, 40)}” within a class"
        diverse = Scale(
            ideal=min(_L_GOOD, max(1, old.distinct)),
            poor=1.0,
            threshold=_L_LEAST,
            at_least=True,
        )
        yield _disclosure(before, old, new, "l_diversity", f"Fewest values of {about}", diverse)
        close = Scale(ideal=0.0, poor=1.0, threshold=_T_MOST, tolerance=_T_NEAR)
        yield _disclosure(
            before, old, new, "t_closeness", f"Furthest distance of {about} from all rows", close
        )


def _disclosure(
    report: Reidentification,
    old: Disclosure,
    new: Disclosure | None,
    name: str,
    title: str,
    scale: Scale,
) -> Line:
    columns = (*report.columns, old.attribute)
    sides = [
        Measure(
            name=name,
            value=(value := _value(found, name)),
            unit="count" if name == "l_diversity" else "value",
            n=report.rows,
            columns=columns,
            reason="" if value is not None else (found.reason if found else "") or _NOT_SAME,
        )
        for found in (old, new)
    ]
    line = Line(
        topic="privacy", name=name, title=title, before=sides[0], after=sides[1], columns=columns
    )
    return judged(line, scale, sure=True)


def _value(found: Disclosure | None, name: str) -> float | None:
    if found is None:
        return None
    return found.l_diversity if name == "l_diversity" else found.t
