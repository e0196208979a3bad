"""Values as the representation report would give them: made up, shaped like the Adult census."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from audit.model import RowTest, Where
from audit.reports.representation.group_values import Combination, Estimate, Group
from audit.reports.representation.model_values import CalibrationBin, ModelCombination, ModelGroup
from audit.reports.representation.part_values import (
    Conditional,
    Coverage,
    Proxies,
    Proxy,
    Quality,
    StratumGroup,
    Uncovered,
)
from audit.stats import wilson_interval

HOSTILE = '<img src=x onerror=alert(1)><a href="http://e.example">$E=mc^2$ %{x}</a>'
LONG = "Married people whose spouse is absent for reasons that the form did not ask about"
WIDE = "結婚していて配偶者が不在の人々とその家族全員"
ROWS = 48_842
RACES = (
    # name, rows, rows with the label, share of the reference population
    ("White", 41_762, 10_607, 0.843),
    ("Black", 4_685, 566, 0.117),
    ("Asian-Pac-Islander", 1_519, 409, 0.026),
    ("Amer-Indian-Eskimo", 470, 55, 0.0061),
    ("Other", 406, 50, 0.0086),
)
AGES = ("17-24", "25-34", "35-44", "45-54", "55-64", "65 and over")


def group(
    levels: Sequence[tuple[str, str]],
    n: int,
    hits: int | None = None,
    *,
    reference: float | None = None,
    base: float | None = None,
    against: str = "",
    total: int = ROWS,
    label_class: str = "",
) -> Group:
    """One group with its shares and, where ``hits`` is given, its label rate and impact."""
    low, high = wilson_interval(n, total)
    estimates = [Estimate(name="group_share", value=n / total, n=total, low=low, high=high)]
    if reference:
        estimates += [
            Estimate(name="reference_share", value=reference, n=total),
            Estimate(
                name="representation_ratio",
                value=n / total / reference,
                n=total,
                unit="ratio",
                low=low / reference,
                high=high / reference,
            ),
        ]
    else:
        why = "The reference population says nothing about these columns."
        estimates += [Estimate(name="representation_ratio", value=None, n=total, reason=why)]
    if hits is not None:
        low, high = wilson_interval(hits, n) if n else (None, None)
        rate = hits / n if n else None
        estimates.append(
            Estimate(
                name="label_rate",
                value=rate,
                n=n,
                low=low,
                high=high,
                method="wilson",
                reason="" if n else "There are no rows.",
                label_class=label_class,
            )
        )
        if rate is not None and base and low is not None and high is not None:
            estimates.append(
                Estimate(
                    name="disparate_impact",
                    value=rate / base,
                    n=n,
                    unit="ratio",
                    low=low / base,
                    high=high / base,
                    against=against,
                    label_class=label_class,
                )
            )
    return Group(
        levels=tuple(levels),
        n=n,
        where=Where(tests=tuple(RowTest(op="equal", columns=(c,), values=(v,)) for c, v in levels)),
        estimates=tuple(estimates),
    )


def races(*more: tuple[str, int, int, float], label: bool = True) -> Combination:
    """The races of Adult, the largest being the reference group; ``more`` is appended."""
    known = (*RACES, *more)
    base = known[0][2] / known[0][1]
    return Combination(
        columns=("race",),
        groups=tuple(
            group(
                (("race", name),),
                n,
                hits if label else None,
                reference=share,
                base=base,
                against=known[0][0],
            )
            for name, n, hits, share in known
        ),
        reference_group=known[0][0],
    )


def groups_with_ratio(value: float, low: float, high: float) -> Combination:
    """One group of 500 rows with this representation ratio."""
    one = group((("g", "a"),), 500, reference=0.1)
    ratio = Estimate(
        name="representation_ratio", value=value, n=ROWS, unit="ratio", low=low, high=high
    )
    return Combination(
        columns=("g",),
        groups=(replace(one, estimates=(*one.estimates[:2], ratio)),),
        reference_group="a",
    )


def sexes() -> Combination:
    known = (("Male", 32_650, 9_918, 0.49), ("Female", 16_192, 1_769, 0.51))
    base = known[0][2] / known[0][1]
    return Combination(
        columns=("sex",),
        groups=tuple(
            group((("sex", name),), n, hits, reference=share, base=base, against="Male")
            for name, n, hits, share in known
        ),
        reference_group="Male",
    )


def many(k: int, *, n: int = 1_000) -> Combination:
    """``k`` groups of falling size; every fifth is a third of what the reference has."""
    groups = []
    for i in range(k):
        rows = n - 10 * i
        share = rows / ROWS * (3 if i % 5 == 4 else 1)
        hits = rows // (12 if i % 5 == 4 else 4)
        name = f"country {i + 1}"
        groups.append(
            group((("country", name),), rows, hits, reference=share, base=0.25, against="country 1")
        )
    return Combination(
        columns=("country",), groups=tuple(groups), reference_group="country 1" if k else None
    )


def race_by_age(*, label: bool = True, ages: Sequence[str] = AGES) -> Combination:
    """Two columns; the smaller cells are below 100 rows, and one has no rows at all."""
    groups = []
    for (i, (race, n, _, share)), (j, age) in product(enumerate(RACES), enumerate(ages)):
        rows = int(n * (0.17, 0.25, 0.25, 0.18, 0.1, 0.05)[j % 6])
        if (i, j) == (4, 5):
            continue
        hits = int(rows * (0.02, 0.18, 0.35, 0.41, 0.33, 0.21)[j % 6] * (1, 0.5, 1.05, 0.6, 0.5)[i])
        levels = (("race", race), ("age", age))
        groups.append(group(levels, rows, hits if label else None, reference=share / 6))
    return Combination(
        columns=("race", "age"), groups=tuple(groups), reference_group="White × 35-44"
    )


def race_by_age_by_sex() -> Combination:
    groups = []
    for g in race_by_age().groups:
        for sex, part in (("Female", 0.33), ("Male", 0.67)):
            n = int(g.n * part)
            groups.append(group((*g.levels, ("sex", sex)), n, n // 5, reference=0.01))
    return Combination(columns=("race", "age", "sex"), groups=tuple(groups), reference_group=None)


def berkeley() -> Conditional:
    """Admissions of 1973 to six departments: women against men (the true counts)."""
    departments = (
        ("A", 108, 89, 825, 512),
        ("B", 25, 17, 560, 353),
        ("C", 593, 202, 325, 120),
        ("D", 375, 131, 417, 138),
        ("E", 393, 94, 191, 53),
        ("F", 341, 24, 373, 22),
    )
    return Conditional(
        column="sex",
        level="women",
        stratum="department",
        strata=tuple(
            StratumGroup(stratum=name, n=n, positives=k, rate=k / n, rest_n=m, rest_rate=j / m)
            for name, n, k, m, j in departments
        ),
        conditional=Estimate(
            name="conditional_demographic_disparity", value=-0.0193, n=4526, low=-0.04, high=-0.01
        ),
        overall=Estimate(name="demographic_disparity", value=0.1438, n=4526, low=0.11, high=0.17),
        reversed=True,
    )


def missing_in(
    column: str | None, *shares: tuple[str, int, int], p_value: float = 0.001
) -> Quality:
    """The share of rows without a value in ``column``, by sex: (level, rows, hits)."""
    found = []
    for level, n, hits in shares:
        low, high = wilson_interval(hits, n)
        found.append(
            (level, Estimate(name="missing_share", value=hits / n, n=n, low=low, high=high))
        )
    ranked = sorted((e.value, level) for level, e in found if e.n >= 100)
    able = len(ranked) > 1
    return Quality(
        kind="missing_share",
        column=column,
        by="sex",
        groups=tuple(found),
        gap=Estimate(
            name="missing_share_gap",
            value=ranked[-1][0] - ranked[0][0] if able else None,
            n=sum(n for _, n, _ in shares),
            reason="" if able else "There are not two groups with 100 rows.",
        ),
        p_value=p_value if able else None,
        highest=ranked[-1][1] if able else None,
        lowest=ranked[0][1] if able else None,
    )


def qualities() -> tuple[Quality, ...]:
    return (
        missing_in("occupation", ("Male", 32_650, 1_530), ("Female", 16_192, 1_279)),
        missing_in("workclass", ("Male", 32_650, 1_500), ("Female", 16_192, 1_250)),
        missing_in("native-country", ("Male", 32_650, 600), ("Female", 16_192, 299), p_value=0.9),
        missing_in(LONG, (LONG, 500, 10), (HOSTILE, 900, 90)),
        missing_in("note", ("Male", 50, 1), ("Female", 20, 3)),
    )


def proxies(k: int = 6) -> Proxies:
    names = ("relationship", "marital-status", "occupation", LONG, HOSTILE, "fnlwgt")
    found = []
    for i in range(k):
        auc = max(0.93 - 0.09 * i, 0.495)
        name = names[i] if i < len(names) else f"column {i}"
        found.append(
            Proxy(
                sensitive="sex",
                column=name,
                association=Estimate(
                    name="correlation_ratio" if i == 5 else "cramers_v",
                    value=0.65 / (i + 1),
                    n=ROWS,
                ),
                auc=Estimate(
                    name="proxy_auc", value=auc, n=ROWS, low=auc - 0.012, high=auc + 0.012
                ),
            )
        )
    together = Estimate(name="proxy_auc", value=0.945, n=ROWS, low=0.94, high=0.95)
    return Proxies(sensitive="sex", columns=tuple(found), together=together)


def model_group(
    name: str,
    n: int,
    rate: float | None,
    *,
    base: float = 0.08,
    half: float = 0.02,
    bins: Sequence[tuple[float, float, int]] = (),
) -> ModelGroup:
    """A group with a false positive rate and its difference from ``base``, give or take ``half``."""
    estimates = [
        Estimate(
            name="false_positive_rate",
            value=rate,
            n=n,
            low=None if rate is None else max(rate - half, 0.0),
            high=None if rate is None else rate + half,
            method="bootstrap:1000",
            reason="" if rate is not None else "There are no negative labels.",
        )
    ]
    if rate is not None:
        estimates.append(
            Estimate(
                name="false_positive_rate_difference",
                value=rate - base,
                n=n,
                low=rate - base - half,
                high=rate - base + half,
                against="White",
            )
        )
    return ModelGroup(
        levels=(("race", name),),
        n=n,
        where=Where(),
        true_positives=1.0,
        false_positives=1.0,
        false_negatives=1.0,
        true_negatives=1.0,
        estimates=tuple(estimates),
        calibration=tuple(
            CalibrationBin(
                low=score - 0.05,
                high=score + 0.05,
                n=m,
                mean_score=score,
                label_rate=rate_,
                rate_low=wilson_interval(rate_ * m, m)[0],
                rate_high=wilson_interval(rate_ * m, m)[1],
            )
            for score, rate_, m in bins
        ),
    )


def model_races(*more: ModelGroup) -> ModelCombination:
    return ModelCombination(
        columns=("race",),
        groups=(
            model_group("White", 41_762, 0.08, half=0.003),
            model_group("Black", 4_685, 0.031, half=0.006),
            model_group("Asian-Pac-Islander", 1_519, 0.11, half=0.019),
            model_group("Amer-Indian-Eskimo", 470, 0.05, half=0.032),
            model_group("Other", 60, 0.02),
            model_group("Armed-Forces", 150, None),
            *more,
        ),
        reference_group="White",
    )


def scored(k: int = 5, *, scale: float = 1.0) -> tuple[ModelGroup, ...]:
    """``k`` groups whose calibration lines end close together."""
    names = ("White", "Black", LONG, HOSTILE, "Other", "Sixth", "Seventh")
    return tuple(
        model_group(
            names[i],
            1_000 - i,
            0.1,
            bins=[
                (scale * s, min(max(s + 0.03 * (i - 2), 0.0), 1.0), 90 - 10 * i)
                for s in (0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95)
            ],
        )
        for i in range(k)
    )


def uncovered(by_level: tuple[int, ...] = (2, 37, 118)) -> Coverage:
    pattern = Uncovered(levels=(("race", "Other"), ("age", "65 and over")), n=3, where=Where())
    return Coverage(
        columns=("race", "age", "sex"),
        min_cell=30,
        patterns=(pattern,) if sum(by_level) else (),
        by_level=by_level,
    )
