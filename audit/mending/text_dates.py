"""Dates in columns: whether day or month comes first, where they are written as text."""

from audit.pii.date_texts import Order, order_of, shifted
from audit.store.rows import is_text
from audit.store.table import Table

_LOOKED = 10_000


def order_in(table: Table, column: str) -> Order | None:
    """Tell what comes first in the dates of a column; None where they leave it open."""
    if not is_text(table.type_of(column)):
        return None
    rows = table.rows(
        r"""SELECT DISTINCT CAST({c} AS VARCHAR) AS v FROM {t}
        WHERE regexp_matches(CAST({c} AS VARCHAR), '^\s*(1[3-9]|[23][0-9])[-/]|^\s*[0-9]+[-/](1[3-9]|[23][0-9])[-/]')
        ORDER BY v LIMIT ?""",
        [_LOOKED],
        c=column,
    )
    return order_of(text for (text,) in rows)


def leaves_order_open(table: Table, column: str) -> bool:
    """Whether a column has dates of which only their order says what is the month."""
    (n,) = table.row(
        r"""SELECT count(*) FROM {t}
        WHERE regexp_matches(CAST({c} AS VARCHAR), '^\s*[0-9]+[-/][0-9]+[-/][0-9][0-9][0-9][0-9]')""",
        c=column,
    )
    return bool(n)


def unread_dates(table: Table, column: str, order: Order) -> int:
    """Count the cells of a column of text that are neither blank nor dates."""
    unread = 0
    statement = "SELECT CAST({c} AS VARCHAR) AS v, count(*) AS n FROM {t} GROUP BY {c}"
    for batch in table.batches(statement, size=_LOOKED, c=column):
        pairs = zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)
        unread += sum(
            n for text, n in pairs if text and text.strip() and shifted(text, 0, order) is None
        )
    return unread
