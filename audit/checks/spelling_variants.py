"""One category written in several ways: 'Male', 'male ', 'MALE'."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, percent, plural
from audit.judging.columns import is_category, rows_of, share_of
from audit.judging.words import LISTED, listed, on_columns, quoted
from audit.model import Finding, Role, RoleMap, RowTest, Severity, Step, Where
from audit.registry import Settings, check
from audit.reports.distribution.personal import SMALLEST_COUNT
from audit.reports.distribution.values import Column, Distribution, Variants

_GROUPING = frozenset({Role.LABEL, Role.SENSITIVE})
_PADDED_WHY = "A comparison with the value as people write it finds none of these rows."


class Params(Settings):
    """From which share on spellings matter."""

    warning_share: float = Field(
        0.01, ge=0, le=1, description="Share of rows in a rarer spelling that is a warning."
    )
    padded_share: float = Field(
        0.0, ge=0, le=1, description="Share of rows with white space around, above which to notice."
    )


@check("spelling-variants", title="Spelling variants")
def spelling_variants(report: Distribution, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report categories that are written in several ways, and white space around values.

    Spellings are variants of each other if they differ in case or white space only. In a
    label or a sensitive column they split a group in two, so that there it is a warning.
    """
    everywhere = []
    for column in report.columns:
        if column.text is None or Role.FREE_TEXT in roles.of(column.name):
            continue
        if column.text.variants:
            yield _variants(column, column.text.variants, roles, params)
        elif column.text.padded > max(column.text.blank, params.padded_share * column.n):
            if column.text.padded == column.n:
                everywhere.append(column)
            else:
                yield _padded(column, column.text.padded)
    if everywhere:
        yield _padded_everywhere(everywhere)


def _variants(
    column: Column, variants: tuple[Variants, ...], roles: RoleMap, params: Params
) -> Finding:
    rarer = [spelling for v in variants for spelling in v.spellings[1:]]
    n = sum(spelling.count for spelling in rarer)
    share = n / column.n
    splits = bool(_GROUPING.intersection(roles.of(column.name)))
    serious = splits or share >= params.warning_share
    return Finding(
        check="spelling-variants",
        severity=Severity.WARNING if serious else Severity.NOTICE,
        title=_title(column, variants, n, quotable=_quotable(column, variants, roles)),
        why="Each spelling counts as a group of its own, so that groups look smaller than they are.",
        columns=(column.name,),
        measures=(
            rows_of("variant_rows", n, column),
            share_of("variant_share", share, column),
        ),
        caveats=("Case may be meant: then these are different values.",),
        suggestions=_suggestions(column, variants),
        rows=Where(
            tests=(RowTest(op="in", columns=(column.name,), values=tuple(s.value for s in rarer)),)
        ),
    )


def _quotable(column: Column, variants: tuple[Variants, ...], roles: RoleMap) -> bool:
    """Whether the values are categories, and those that a title lists are not of a few people."""
    rows = (sum(s.count for s in v.spellings) for v in variants[:LISTED])
    return is_category(column, roles) and min(rows) >= SMALLEST_COUNT


def _title(column: Column, variants: tuple[Variants, ...], n: int, *, quotable: bool) -> str:
    rows = f"{counted(n, 'row')} of {quoted(column.name)}"
    if not quotable:
        many = counted(len(variants), "value")
        is_ = plural(len(variants), "is")
        return f"{many} {is_} written in several ways, differing in case or white space, in {rows}"
    if len(variants) == 1:
        first, *others = (s.value for s in variants[0].spellings)
        return f"{quoted(first)} is also written {listed(others)} in {rows}"
    names = listed([v.spellings[0].value for v in variants])
    return f"{names} are written in several ways in {rows}"


def _suggestions(column: Column, variants: tuple[Variants, ...]) -> tuple[Step, ...]:
    unify = on_columns("unify-variants", column.name)
    spaced = any(
        str(s.value) != " ".join(str(s.value).split()) for v in variants for s in v.spellings
    )
    return (unify, on_columns("trim-space", column.name)) if spaced else (unify,)


def _padded(column: Column, n: int) -> Finding:
    has = "has" if n == 1 else "have"
    share = n / column.n
    return Finding(
        check="spelling-variants",
        severity=Severity.NOTICE,
        title=(
            f"{n:,} of {counted(column.present, 'value')} of {quoted(column.name)} {has} "
            f"white space around ({percent(share)})"
        ),
        why=_PADDED_WHY,
        columns=(column.name,),
        measures=(rows_of("padded", n, column), share_of("padded_share", share, column)),
        suggestions=(on_columns("trim-space", column.name),),
        rows=Where(tests=(RowTest(op="padded", columns=(column.name,)),)),
    )


def _padded_everywhere(columns: list[Column]) -> Finding:
    """Tell it once where it is true of every row: the file was written with a blank too many."""
    names = tuple(column.name for column in columns)
    return Finding(
        check="spelling-variants",
        severity=Severity.NOTICE,
        title=f"All {counted(columns[0].n, 'value')} of {listed(names)} have white space around",
        why=_PADDED_WHY,
        columns=names,
        measures=tuple(rows_of("padded", column.n, column) for column in columns),
        suggestions=(on_columns("trim-space", *names),),
        rows=Where(tests=(RowTest(op="padded", columns=names[:1]),)),
    )
