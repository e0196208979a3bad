"""Cells as texts, in SQL: as :mod:`audit.mending.cell_texts` writes them."""

from audit.store.rows import is_text

_WHOLE = (
    "CASE WHEN isfinite({c}) AND {c} = trunc({c}) AND abs({c}) < 9007199254740992 "
    "THEN CAST(TRY_CAST({c} AS BIGINT) AS VARCHAR) ELSE CAST({c} AS VARCHAR) END"
)


def text_sql(type_: str) -> str:
    """Write SQL for a cell of the column ``{c}`` as text; a whole number has no fraction."""
    if is_text(type_):
        return "{c}"
    return f"({_WHOLE})" if type_ in ("DOUBLE", "FLOAT") else "CAST({c} AS VARCHAR)"
