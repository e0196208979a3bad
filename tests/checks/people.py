"""Representation reports of tables that are given as counts, and their other parts by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from audit.model import Pairs, RowTest, Where
from audit.reports.representation.cells import Cells
from audit.reports.representation.group_values import MISSING, REST, Axis, Estimate, Label, Level
from audit.reports.representation.labels import with_labels
from audit.reports.representation.model_values import Model, ModelCombination, ModelGroup
from audit.reports.representation.options import Options, ReferenceRow
from audit.reports.representation.part_values import (
    Conditional,
    Proxies,
    Proxy,
    Quality,
    StratumGroup,
)
from audit.reports.representation.reference import Reference
from audit.reports.representation.shares import combine
from audit.reports.representation.values import Representation

KINDS = {MISSING: "missing", REST: "rest"}
YES_NO = ("no", "yes")


def axis(column: str, names: Sequence[str], *, edges: tuple[float, ...] = ()) -> Axis:
    """Levels of a column; those called missing or rest are that."""
    return Axis(
        column=column, levels=tuple(_level(column, n, bool(edges)) for n in names), edges=edges
    )


def _level(column: str, name: str, cut: bool) -> Level:
    kind = KINDS.get(name, "bin" if cut else "value")
    test = RowTest(op="missing", columns=(column,))
    if kind == "value":
        test = RowTest(op="equal", columns=(column,), values=(name,))
    return Level(name=name, kind=kind, test=test)


def report(
    columns: Mapping[str, Sequence[str]],
    counts: Any,
    *,
    classes: Sequence[str] | None = YES_NO,
    positive: int | None = 1,
    label_column: str = "y",
    reference: Mapping[Pairs, float] | None = None,
    weights: Any = None,
    edges: Mapping[str, tuple[float, ...]] | None = None,
    **given: Any,
) -> Representation:
    """Make the report of rows by the levels of ``columns`` and, on the last axis, the label."""
    options = Options(
        depth=min(3, len(columns)),
        resamples=200,
        reference=tuple(ReferenceRow(group=g, amount=k) for g, k in (reference or {}).items()),
    )
    axes = tuple(axis(c, names, edges=(edges or {}).get(c, ())) for c, names in columns.items())
    label = _label(classes, positive, label_column) if classes else None
    rows = np.asarray(counts, dtype=np.int64)
    weight = np.asarray(rows if weights is None else weights, dtype=np.float64)
    cells = Cells(
        axes=(*axes, *((label.axis,) if label and label.axis else ())),
        n=rows,
        weight=weight,
        weight_squared=np.divide(weight**2, rows, out=np.zeros_like(weight), where=rows > 0),
    )
    weighted = weights is not None
    against = Reference(name="census.csv", rows=options.reference)
    against = against if reference else Reference(name="uniform")
    found = combine(axes, [cells], label, against, options, weighted=weighted)
    usual = {
        "rows": int(rows.sum()),
        "axes": axes,
        "label": label,
        "weight": "w" if weighted else None,
        "min_group": options.min_group,
        "reference_name": against.name,
        "combinations": with_labels(found, label, options, weighted) if label else found,
    }
    return Representation(**(usual | given))


def _label(classes: Sequence[str], positive: int | None, column: str = "y") -> Label:
    kind = "binary" if len(classes) == 2 else "classes"
    return Label(column=column, kind=kind, axis=axis(column, classes), positive=positive)


def plain(**given: Any) -> Representation:
    """A report without groups, but for what is given."""
    usual = {
        "rows": 1000,
        "axes": (axis("sex", ("Male", "Female")),),
        "label": _label(YES_NO, 1),
        "weight": None,
        "min_group": 100,
        "reference_name": "uniform",
    }
    return Representation(**(usual | given))


def estimate(name: str, value: float | None, half: float | None = 0.01, **given: Any) -> Estimate:
    """A number with an interval ``half`` as wide to each side."""
    ends = {} if value is None or half is None else {"low": value - half, "high": value + half}
    return Estimate(**({"name": name, "value": value, "n": 1000} | ends | given))


def conditional(
    cdd: float, dd: float, *, column: str = "sex", level: str = "Female", stratum: str = "job",
    half: float = 0.01, turned: bool = False, strata: Sequence[tuple[float, float]] = ((0.2, 0.3),),
) -> Conditional:  # fmt: skip
    """Disparity of a group within strata, given as pairs of rates: of the group, of others."""
    return Conditional(
        column=column,
        level=level,
        stratum=stratum,
        strata=tuple(
            StratumGroup(
                stratum=f"s{i}", n=100, positives=int(100 * a), rate=a, rest_n=100, rest_rate=b
            )
            for i, (a, b) in enumerate(strata)
        ),
        conditional=estimate("conditional_demographic_disparity", cdd, half),
        overall=estimate("demographic_disparity", dd, half),
        reversed=turned,
    )


def quality(
    shares: Mapping[str, float], *, kind: Any = "missing_share", column: str | None = "income",
    by: str = "sex", half: float = 0.01, p: float | None = 0.0001, n: int = 1000,
) -> Quality:  # fmt: skip
    """A quality of rows by level, with the gap between the highest and the lowest."""
    high, low = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
    unit = "characters" if kind == "length_mean" else "share"
    return Quality(
        kind=kind,
        column=column,
        by=by,
        groups=tuple((k, estimate(kind, v, half, unit=unit, n=n)) for k, v in shares.items()),
        gap=estimate(f"{kind}_gap", shares[high] - shares[low], 2**0.5 * half, unit=unit),
        p_value=p,
        highest=high,
        lowest=low,
    )


def proxies(
    *columns: tuple[str, float, float], sensitive: str = "sex", together: float = 0.6
) -> Proxies:
    """Columns with their AUC and Cramér's V."""
    return Proxies(
        sensitive=sensitive,
        columns=tuple(
            Proxy(
                sensitive=sensitive,
                column=name,
                association=estimate("cramers_v", v, None, unit="coefficient"),
                auc=estimate("proxy_auc", auc, unit="coefficient"),
            )
            for name, auc, v in columns
        ),
        together=estimate("proxy_auc", together, unit="coefficient"),
    )


RATES = ("false_positive_rate", "false_negative_rate", "selection_rate")


def model(
    groups: Mapping[Pairs, tuple[float, float, float]],
    *,
    half: float = 0.01,
    n: int = 1000,
    basis: int = 500,
    gaps: Mapping[Pairs, float] | None = None,
    **given: Any,
) -> Model:
    """A model with the false positive, false negative and selection rate of each group.

    The first group of each set of columns is the reference.
    """
    sets: dict[tuple[str, ...], list[ModelGroup]] = {}
    first: dict[tuple[str, ...], tuple[float, float, float]] = {}
    for levels, rates in groups.items():
        columns = tuple(c for c, _ in levels)
        base = first.setdefault(columns, rates)
        differences = [
            estimate(f"{name}_difference", a - b, half, against="x")
            for name, a, b in zip(RATES, rates, base, strict=True)
        ]
        own = [estimate(r, v, half, n=basis) for r, v in zip(RATES, rates, strict=True)]
        gap = (gaps or {}).get(levels)
        calibrated = [estimate("calibration_gap", gap, half)] if gap is not None else []
        sets.setdefault(columns, []).append(
            ModelGroup(
                levels=levels,
                n=n,
                where=Where(tests=tuple(_level(c, v, False).test for c, v in levels)),
                true_positives=1.0,
                false_positives=1.0,
                false_negatives=1.0,
                true_negatives=1.0,
                estimates=(*own, *differences, *calibrated),
            )
        )
    usual = {
        "source": "prediction",
        "title": "predictions in “p”",
        "columns": ("y", "p"),
        "n": n,
        "combinations": tuple(
            ModelCombination(
                columns=columns,
                groups=tuple(own),
                reference_group=own[0].name,
                estimates=(estimate("equalized_odds_difference", 0.2),),
            )
            for columns, own in sets.items()
        ),
    }
    return Model(**(usual | given))


def guessed(of: Representation) -> Representation:
    """The same with a positive value that nobody stated."""
    assert of.label is not None
    return replace(of, label=replace(of.label, guessed=True))
