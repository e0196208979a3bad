"""What several checks say of personal data and of the risk of being picked out."""

from collections.abc import Iterable, Sequence

from audit.format import counted, cut, percent
from audit.judging.words import SMALL, quoted
from audit.model import Measure, RowTest, Where
from audit.pii.catalogue import entity
from audit.pii.wording import several
from audit.reports.pii.values import Found, ScannedColumn

_LISTED = 3


def kinds(entities: Sequence[str]) -> str:
    """Name kinds of personal data in a row: 'e-mail addresses, IBANs and 2 more kinds'."""
    titles = [several(id_) for id_ in entities[:_LISTED]]
    if len(entities) > _LISTED:
        return f"{', '.join(titles)} and {counted(len(entities) - _LISTED, 'more kind')}"
    return " and ".join([", ".join(titles[:-1]), titles[-1]] if len(titles) > 1 else titles)


def is_direct(found: Found) -> bool:
    """Whether one piece of it says who somebody is."""
    return entity(found.entity).direct


def is_secret(id_: str) -> bool:
    """Whether a kind opens doors: keys, tokens, passwords."""
    return entity(id_).family == "secret"


def in_rows(found: Found) -> str:
    """Write in how many rows: 'in 12.0% of the rows', with the interval of an estimate.

    Few rows are not told apart: a finding may be shown to anybody.
    """
    value, low, high = found.share.value, found.share.low, found.share.high
    if value is None or (found.rows or 0) < SMALL:
        return f"in fewer than {SMALL} rows" if found.share.method == "exact" else "in few rows"
    if found.share.method == "exact" or low is None or high is None:
        return f"in {percent(value)} of the rows"
    return f"in {percent(value)}, 95% interval {percent(low)} to {percent(high)}, of the rows"


def measures_of(column: ScannedColumn, found: Iterable[Found]) -> tuple[Measure, ...]:
    """Give the numbers a finding on some kinds in a column rests on."""
    return tuple(m for f in found for m in (*_rows(column, f), f.share))


def rows_of(column: ScannedColumn, found: Sequence[Found]) -> Where | None:
    """Give exactly the rows that hold what was found; None where not all of them are known."""
    if len(found) != 1 or not column.complete:
        return None
    (one,) = found
    if not one.rows or len(one.row_numbers) != one.rows:
        return None
    return Where(tests=(RowTest(op="numbered", values=one.row_numbers),))


def scan_caveats(columns: Iterable[ScannedColumn]) -> tuple[str, ...]:
    """Say what was not looked at of the columns a finding is about."""
    caveats = []
    for column in columns:
        name = quoted(column.title)
        if column.values_scanned < column.values:
            looked = f"{column.values_scanned:,} of {column.values:,}"
            caveats.append(f"Of {name} {looked} different values were looked at.")
        if column.timed_out or column.cut or column.skipped:
            left = column.timed_out + column.cut + column.skipped
            caveats.append(f"{counted(left, 'value')} of {name} could not be looked at whole.")
        if column.note:
            caveats.append(cut(column.note, 300))
    return tuple(dict.fromkeys(caveats))


def few(n: int) -> str:
    """Write how many rows: 'fewer than 10 rows' of one to nine, else '1,204 rows'."""
    return f"fewer than {SMALL} rows" if 0 < n < SMALL else counted(n, "row")


def _rows(column: ScannedColumn, found: Found) -> tuple[Measure, ...]:
    if not column.complete:
        return ()
    return (
        Measure(
            name="pii_rows",
            value=found.rows,
            unit="rows",
            n=found.share.n,
            columns=(column.column,),
            group=(("entity", found.entity),),
        ),
    )
