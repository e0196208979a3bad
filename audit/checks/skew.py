"""Numbers that lean strongly to one side."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import number
from audit.judging.words import on_columns, quoted
from audit.model import APART_ROLES, Finding, Measure, Role, RoleMap, Severity
from audit.registry import Settings, check
from audit.reports.distribution.values import Column, Distribution, Numbers


class Params(Settings):
    """How much skew is strong."""

    info_skewness: float = Field(
        2, gt=0, description="Skewness, of either sign, from which a column is mentioned."
    )
    notice_skewness: float = Field(
        5, gt=0, description="Skewness, of either sign, from which a column is noticed."
    )
    most_zeros: float = Field(
        0.5,
        gt=0,
        le=1,
        description="With more zeros than this share, the check of zeros speaks instead.",
    )
    fewest_distinct: int = Field(
        10, ge=2, description="Columns with fewer different values are taken for codes."
    )


@check("skew", title="Strong skew")
def skew(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report columns of numbers whose distribution has one very long tail.

    Skewness is the bias-corrected third standardised moment: 0 for a symmetric distribution,
    2 for an exponential one. It says nothing about right or wrong.
    """
    for column in report.columns:
        numbers = column.numbers
        if numbers is None or numbers.skewness is None:
            continue
        if abs(numbers.skewness) < min(params.info_skewness, params.notice_skewness):
            continue
        if column.distinct < params.fewest_distinct:
            continue
        if numbers.zeros > params.most_zeros * column.present:
            continue
        if (APART_ROLES | {Role.DATE}).intersection(roles.of(column.name)):
            continue
        yield _finding(column, numbers, numbers.skewness, params)


def _finding(column: Column, numbers: Numbers, skewness: float, params: Params) -> Finding:
    strong = abs(skewness) >= params.notice_skewness
    median = dict(numbers.quantiles)[0.5]
    side = "right" if skewness > 0 else "left"
    remedy = "transform-log" if skewness > 0 and numbers.minimum > 0 else "clip-outliers"
    return Finding(
        check="skew",
        severity=Severity.NOTICE if strong else Severity.INFO,
        title=(
            f"{quoted(column.name)} is skewed to the {side}: its mean is {number(numbers.mean)}, "
            f"its median {number(median)} (skewness {number(round(skewness, 2))})"
        ),
        why=(
            "The mean does not stand for a typical row, and methods that assume a bell shape "
            "follow the tail."
        ),
        columns=(column.name,),
        measures=(
            _measure("skewness", skewness, column, "coefficient"),
            _measure("mean", numbers.mean, column, "value"),
            _measure("quantile", median, column, "value"),
        ),
        caveats=("Codes for missing values are among the numbers and weigh in.",)
        if column.null_tokens
        else (),
        suggestions=(on_columns(remedy, column.name),),
    )


def _measure(name: str, value: float, column: Column, unit: str) -> Measure:
    return Measure(
        name=name,
        value=value,
        unit="coefficient" if unit == "coefficient" else "value",
        n=column.present,
        columns=(column.name,),
        group=(("q", "0.5"),) if name == "quantile" else (),
    )
