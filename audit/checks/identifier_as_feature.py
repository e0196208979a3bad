"""Columns that name rows or people, standing among the features."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted
from audit.judging.columns import distinct_caveats, distinct_of, how_many, share_of
from audit.judging.words import on_columns, quoted
from audit.model import Finding, Role, RoleMap, Severity, Step
from audit.registry import Settings, check
from audit.reports.distribution.values import Column, Distribution

_OTHER_USE = frozenset({Role.LABEL, Role.PREDICTION, Role.SCORE, Role.WEIGHT, Role.FREE_TEXT})


class Params(Settings):
    """When a column counts as an identifier."""

    least_share: float = Field(
        0.98,
        gt=0,
        le=1,
        description="Share of different values from which text counts as an identifier.",
    )
    most_words: float = Field(
        4, ge=1, description="Text with more words than this on average is prose, no identifier."
    )
    fewest_rows: int = Field(
        20, ge=2, description="Columns with fewer values are not judged by their values."
    )


@check("identifier-as-feature", title="Identifiers used as features")
def identifier_as_feature(
    report: Distribution, roles: RoleMap, params: Params
) -> Iterator[Finding]:
    """Report columns that tell single rows or people apart.

    These are the columns marked as direct identifiers, text whose values are (nearly) all
    different and short, and whole numbers that are all different without a gap. Measured
    quantities that happen to be all different are not meant.
    """
    for column in report.columns:
        own = roles.of(column.name)
        if not column.present or _OTHER_USE.intersection(own):
            continue
        marked = Role.DIRECT_IDENTIFIER in own
        if not marked and (column.present < params.fewest_rows or not _names_rows(column, params)):
            continue
        yield Finding(
            check="identifier-as-feature",
            severity=Severity.WARNING,
            title=_title(column, marked=marked),
            why=(
                "A model that sees it can learn rows by heart, and whoever gets the data "
                "can tell whose row it is."
            ),
            columns=(column.name,),
            measures=(
                distinct_of(column),
                share_of("distinct_share", column.distinct_share, column, n=column.present),
            ),
            caveats=_caveats(column, roles, marked=marked),
            suggestions=_suggestions(column, marked=marked),
        )


def _names_rows(column: Column, params: Params) -> bool:
    share = column.distinct_share or 0.0
    if column.kind == "text" and column.text is not None:
        short = column.text.words_mean <= params.most_words
        dates = column.text.date_text >= 0.9 * column.present
        return share >= params.least_share and short and not dates
    numbers = column.numbers
    if numbers is None or not column.is_key or not column.type.endswith(("INT", "INTEGER")):
        return False
    return numbers.maximum - numbers.minimum + 1 == column.n


def _title(column: Column, *, marked: bool) -> str:
    name, values = quoted(column.name), counted(column.present, "row")
    if column.is_key:
        return f"{name} has a different value in each of {values}"
    told = "names people or rows" if marked else "has hardly a value twice"
    different = "different value" if column.distinct == 1 else "different values"
    return f"{name} {told}: {how_many(column)} {different} in {values}"


def _caveats(column: Column, roles: RoleMap, *, marked: bool) -> tuple[str, ...]:
    entry = next((c for c in roles.columns if c.column == column.name), None)
    guessed = marked and entry is not None and not entry.confirmed
    told = "The role is a guess, not confirmed yet." if guessed else ""
    return (*((told,) if told else ()), *distinct_caveats(column))


def _suggestions(column: Column, *, marked: bool) -> tuple[Step, ...]:
    drop = on_columns("drop-columns", column.name)
    return (drop, on_columns("hash-keyed", column.name)) if marked else (drop,)
