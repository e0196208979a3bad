"""Numbers and dates that are stored as text."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted
from audit.judging.columns import CODE_NAMES, NumberText, rows_of, share_of
from audit.judging.words import on_columns, quoted
from audit.model import Finding, Measure, Role, RoleMap, RowTest, Severity, Where
from audit.registry import Settings, check
from audit.reports.column_names import says
from audit.reports.distribution.values import Column, Distribution


class Params(Settings):
    """When text counts as numbers or dates."""

    least_share: float = Field(
        0.9,
        gt=0,
        le=1,
        description="Share of values that read as numbers (or dates) from which text is noticed.",
    )
    fewest_values: int = Field(
        5, ge=1, description="Columns with fewer values than this are not judged."
    )


@check("number-as-text", title="Numbers stored as text")
def number_as_text(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report text columns whose values are (nearly) all numbers, or all ISO dates.

    Missing, empty and coded missing values are left out. Digits with leading zeros and
    columns named like a code (a postcode, an id) should stay text: they are an information.
    """
    for column in report.columns:
        found = NumberText.of(column)
        if found is None or found.values < params.fewest_values:
            continue
        if Role.FREE_TEXT in roles.of(column.name):
            continue
        if found.share >= params.least_share:
            yield _numbers(column, found, is_date=Role.DATE in roles.of(column.name))
        elif column.text is not None and column.text.date_text >= params.least_share * found.values:
            yield _dates(column, found, column.text.date_text)


def _numbers(column: Column, found: NumberText, *, is_date: bool) -> Finding:
    code = not is_date and (says(column.name, CODE_NAMES) or _leading_zeros(column))
    kind = "dates in digits" if is_date else "numbers"
    name, values = quoted(column.name), counted(found.values, "value")
    title = f"All {values} of {name} are {kind} stored as text"
    measures: tuple[Measure, ...] = (
        share_of("number_text_share", found.share, column, n=found.values),
    )
    where = None
    if found.words:
        does = "does" if found.words == 1 else "do"
        title = (
            f"{name} holds {kind} as text: {found.words:,} of {values} {does} not read as a number"
        )
        measures = (rows_of("not_number_text", found.words, column), *measures)
        own = RowTest(op="not-number-text", columns=(column.name,))
        where = Where(tests=(own, *found.no_tokens(column.name)))
    step = on_columns("parse-dates" if is_date else "parse-numbers", column.name)
    return Finding(
        check="number-as-text",
        severity=Severity.INFO if code else Severity.WARNING,
        title=title,
        why="As text, numbers have no order, no mean and no distance.",
        columns=(column.name,),
        measures=measures,
        caveats=("It looks like a code, which should stay text.",) if code else (),
        suggestions=() if code else (step,),
        rows=where,
    )


def _dates(column: Column, found: NumberText, dates: int) -> Finding:
    rest = found.values - dates
    name = quoted(column.name)
    title = f"{dates:,} of {found.values:,} values of {name} are dates stored as text"
    if rest <= 0:
        title = f"All {counted(found.values, 'value')} of {name} are dates stored as text"
    return Finding(
        check="number-as-text",
        severity=Severity.NOTICE,
        title=title,
        why="As text, dates have no distance, and gaps and future dates go unseen.",
        columns=(column.name,),
        measures=(share_of("date_text_share", min(1.0, dates / found.values), column),),
        suggestions=(on_columns("parse-dates", column.name),),
    )


def _leading_zeros(column: Column) -> bool:
    return any(
        isinstance(t.value, str) and len(t.value) > 1 and t.value.isdigit() and t.value[0] == "0"
        for t in column.top
    )
