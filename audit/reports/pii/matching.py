"""Rows that hold given values, of one place or of several: a row counts once."""

from collections.abc import Mapping, Sequence

from audit.reports.pii.drawing import Drawn
from audit.store import Table

Wanted = Mapping[int, Sequence[int]]
"""By label, ids of values."""


def count_rows(table: Table, asked: Sequence[tuple[Drawn, Wanted]]) -> dict[int, int]:
    """Count, for each label, the rows that hold one of its values in any of the places."""
    if not asked:
        return {}
    joined, values, names = _joined(asked)
    rows = table.rows(
        f"SELECT label, count(DISTINCT r) FROM ({joined}) GROUP BY label",  # noqa: S608
        values,
        **names,
    )
    return dict(rows)


def row_numbers(
    table: Table, asked: Sequence[tuple[Drawn, Wanted]], *, most: int
) -> dict[int, tuple[int, ...]]:
    """Give, for each label, the first rows that hold one of its values."""
    if not asked:
        return {}
    joined, values, names = _joined(asked)
    rows = table.rows(
        f"""SELECT label, list_sort(list(DISTINCT r))[1:{most}]
        FROM ({joined}) GROUP BY label""",  # noqa: S608
        values,
        **names,
    )
    return {label: tuple(numbers) for label, numbers in rows}


def _joined(
    asked: Sequence[tuple[Drawn, Wanted]],
) -> tuple[str, list[Sequence[int]], dict[str, str]]:
    """Write SQL that gives (label, r), its parameters and its names."""
    parts: list[str] = []
    values: list[Sequence[int]] = []
    names: dict[str, str] = {}
    for i, (drawn, wanted) in enumerate(asked):
        source = drawn.source.replace("{c}", f"{{c{i}}}")
        names[f"c{i}"] = drawn.place.column
        pairs = [(id_, label) for label, ids in wanted.items() for id_ in ids]
        values += [[id_ for id_, _ in pairs], [label for _, label in pairs]]
        parts.append(
            f"""SELECT m.label, s.r
            FROM (SELECT r, CAST(hash(v) >> 1 AS BIGINT) AS h FROM ({source})
                WHERE v IS NOT NULL) s
            JOIN (SELECT unnest(?::BIGINT[]) AS h, unnest(?::BIGINT[]) AS label) m ON s.h = m.h"""  # noqa: S608
        )
    return " UNION ALL ".join(parts), values, names
