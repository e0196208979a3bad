"""Categories with very many different values."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted
from audit.judging.columns import distinct_caveats, distinct_of, how_many, share_of
from audit.judging.words import quoted
from audit.model import APART_ROLES, Finding, Role, RoleMap, Severity, Step
from audit.registry import Settings, check
from audit.reports.distribution.values import Column, Distribution


class Params(Settings):
    """How many values are many."""

    notice_distinct: int = Field(
        50, ge=2, description="More different values than this are noticed."
    )
    warning_distinct: int = Field(
        1000, ge=2, description="More different values than this are a warning."
    )
    most_share: float = Field(
        0.98,
        gt=0,
        le=1,
        description="From this share of different values on it is an identifier, no category.",
    )
    most_words: float = Field(
        4, ge=1, description="Text with more words than this on average is prose, no category."
    )


@check("high-cardinality", title="High cardinality")
def high_cardinality(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report text columns with so many categories that most of them are rare.

    Identifiers, prose, and text that consists of numbers or dates are not meant: other
    checks speak of them.
    """
    for column in report.columns:
        share = column.distinct_share
        if share is None or share >= params.most_share or column.distinct <= params.notice_distinct:
            continue
        if not _is_category(column, params):
            continue
        if APART_ROLES.union({Role.DATE}).intersection(roles.of(column.name)):
            continue
        many = column.distinct > params.warning_distinct
        each = column.present / column.distinct
        yield Finding(
            check="high-cardinality",
            severity=Severity.WARNING if many else Severity.NOTICE,
            title=(
                f"{quoted(column.name)} has {how_many(column)} different values "
                f"in {counted(column.present, 'row')}"
            ),
            why=(
                f"A value has {each:,.1f} rows on average: too many columns when encoded one "
                "by one, and too few rows to learn what a value means."
            ),
            columns=(column.name,),
            measures=(
                distinct_of(column),
                share_of("distinct_share", share, column, n=column.present),
            ),
            caveats=distinct_caveats(column),
            suggestions=(Step(remedy="group-rare-values", params=(("column", column.name),)),),
        )


def _is_category(column: Column, params: Params) -> bool:
    text = column.text
    if column.kind != "text" or text is None or text.words_mean > params.most_words:
        return False
    return max(text.number_text, text.date_text) < 0.9 * column.present
