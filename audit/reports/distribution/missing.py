"""Which columns are missing together."""

from audit.reports.distribution.values import Column, Pattern
from audit.store import Table

MOST_PATTERNS = 50
WORD = 60
"""Columns in one packed number."""


def missing_patterns(
    table: Table, columns: tuple[Column, ...]
) -> tuple[int, tuple[Pattern, ...], int]:
    """Count rows by the set of columns that are missing in them.

    Returns
    -------
    rows, patterns, total
        Rows with any missing value; the most frequent patterns; how many patterns there are.

    Notes
    -----
    One scan, of the columns that have missing values only: a bit for each, packed into
    whole numbers to group by.
    """
    asked = [c.name for c in columns if c.missing]
    if not asked:
        return 0, (), 0
    keys = table.keys(asked)
    bits = [
        f"(CASE WHEN {{{key}}} IS NULL THEN {1 << i % WORD} ELSE 0 END)"
        for i, key in enumerate(keys)
    ]
    words = [" + ".join(bits[i : i + WORD]) for i in range(0, len(bits), WORD)]
    packed = ", ".join(f"CAST({word} AS BIGINT) AS w{i}" for i, word in enumerate(words))
    names = ", ".join(f"w{i}" for i in range(len(words)))
    found = table.rows(
        f"""
        WITH p AS (SELECT {names}, count(*) AS k FROM (SELECT {packed} FROM {{t}}) GROUP BY ALL),
        q AS (SELECT * FROM p WHERE {" OR ".join(f"w{i} <> 0" for i in range(len(words)))})
        SELECT k, count(*) OVER (), sum(k) OVER (), {names}
        FROM q ORDER BY k DESC, {names} LIMIT {MOST_PATTERNS}""",  # noqa: S608
        **keys,
    )
    if not found:
        return 0, (), 0
    patterns = tuple(
        Pattern(columns=_unpacked(asked, [int(w) for w in row[3:]]), rows=int(row[0]))
        for row in found
    )
    return int(found[0][2]), patterns, int(found[0][1])


def _unpacked(asked: list[str], words: list[int]) -> tuple[str, ...]:
    return tuple(name for i, name in enumerate(asked) if words[i // WORD] >> i % WORD & 1)
