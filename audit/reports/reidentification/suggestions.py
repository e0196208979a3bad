"""Columns that may be quasi-identifiers and are not marked: by their kind, and by what they do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from audit.format import percent
from audit.model import Role, RoleMap
from audit.reports import column_names as names
from audit.reports.reidentification.coding import Codes, sizes
from audit.reports.reidentification.values import Suggestion
from audit.store import Table
from audit.store.rows import is_numeric, is_temporal, is_text

SAMPLE_ROWS = 10_000
"""Rows that are looked at, in stretches spread evenly over the version."""
_SAMPLE_CELLS = 1_000_000
_FEWEST_ROWS = 2_000
"""Of a wide table fewer rows are looked at."""
_STRETCHES = 10
SMALL = 5
"""Classes of fewer rows than this are small."""
_LEAST_GAIN = 0.1
"""Rows that a column has to bring into small classes, as a share of those looked at."""
_MOST_SUGGESTED = 3
_MOST_CANDIDATES = 50
_MOST_DISTINCT = 0.5
"""Different values per value seen above which a column is a key or a measurement."""
_NEARLY_ALL = 0.98

_NOT_SUGGESTED = frozenset(
    {
        *(Role.QUASI_IDENTIFIER, Role.DIRECT_IDENTIFIER, Role.FREE_TEXT, Role.LABEL),
        *(Role.PREDICTION, Role.SCORE, Role.WEIGHT, Role.SPLIT),
    }
)
_BIRTH = "a birth date"
"""What tells people apart all the better where each has their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sampled:
    """Codes of some columns in the rows looked at."""

    rows: int
    columns: dict[str, Codes]

    def small(self, chosen: Sequence[str]) -> float:
        """Give the share of rows that are in small classes by these columns."""
        if not chosen:
            return 0.0
        ones = np.ones(self.rows, dtype=np.int64)
        counted = sizes([self.columns[c] for c in chosen], ones)
        return float((counted < SMALL).mean())

    def distinct_share(self, column: str) -> float:
        """Different values per value seen; 1 where none is."""
        codes = self.columns[column]
        present = int((~codes.missing).sum())
        return codes.distinct / present if present else 1.0


def suggestions(
    table: Table, roles: RoleMap, columns: tuple[str, ...], attributes: tuple[str, ...]
) -> tuple[Suggestion, ...]:
    """Suggest quasi-identifiers: columns of known kinds first, then those that make classes small.

    A known kind is told by the name of the column: a birth date, a postcode, a sex, a place, an
    occupation and the like. Of the others the one that brings the most rows into classes of
    fewer than five is taken, with the quasi-identifiers there are and the known kinds, then the
    next; at most three, each with a tenth of the rows at the least. Columns in which (nearly)
    all values differ, and numbers with decimals, are none of them.

    One statement, on a bounded sample.
    """
    open_ = [
        c.name
        for c in table.columns
        if _NOT_SUGGESTED.isdisjoint(roles.of(c.name)) and c.name not in columns and _can_be(c.type)
    ]
    if not open_ or not table.n_rows:
        return ()
    sampled = _sample(table, [*columns, *open_])
    every = [c.name for c in table.columns]
    open_ = [c for c in open_ if sampled.columns[c].distinct > 1]
    known = tuple(
        Suggestion(column=c, kind="known kind", reason=f"It is named like {noun}.")
        for c in open_
        if (noun := _kind(c, every)) and (sampled.distinct_share(c) < _NEARLY_ALL or noun == _BIRTH)
    )
    base = [*columns, *(s.column for s in known)]
    others = [
        c
        for c in open_
        if c not in base
        and c not in attributes
        and sampled.distinct_share(c) <= _MOST_DISTINCT
        and not table.type_of(c).startswith(("FLOAT", "DOUBLE", "DECIMAL"))
    ]
    whole = sampled.rows == table.n_rows
    return (*known, *_greedy(sampled, base, others[:_MOST_CANDIDATES], whole=whole))


def _can_be(type_: str) -> bool:
    if type_.endswith("]"):
        return False
    return is_numeric(type_) or is_temporal(type_) or is_text(type_) or type_ == "BOOLEAN"


def _kind(column: str, every: list[str]) -> str:
    """Name the kind of person's feature that the column's name speaks of; '' for none."""
    code = names.ACS_CODES.get(column)
    if code and names.is_acs(every) and Role.QUASI_IDENTIFIER in code[1]:
        return code[0]
    fitting = next((s for s in names.SUBJECTS if s.fits(column)), None)
    return fitting.noun if fitting and Role.QUASI_IDENTIFIER in fitting.roles else ""


def _greedy(
    sampled: _Sampled, base: list[str], others: list[str], *, whole: bool
) -> tuple[Suggestion, ...]:
    """Take the column that brings the most rows into small classes, as long as it does."""
    found: list[Suggestion] = []
    among = "of the rows" if whole else f"of a sample of {sampled.rows:,} rows"
    before = sampled.small(base)
    while others and len(found) < _MOST_SUGGESTED:
        gains = [sampled.small([*base, c]) for c in others]
        best = int(np.argmax(gains))
        if gains[best] - before < _LEAST_GAIN:
            break
        column = others.pop(best)
        base = [*base, column]
        others_known = "With the others" if len(base) > 1 else "Alone"
        reason = (
            f"{others_known} it brings {percent(gains[best])} {among} into classes of fewer than "
            f"{SMALL}; without it: {percent(before)}."
        )
        found.append(Suggestion(column=column, kind="many small classes", reason=reason))
        before = gains[best]
    return tuple(found)


def _sample(table: Table, columns: list[str]) -> _Sampled:
    """Code the values of some columns in stretches of rows that a Parquet reader can skip to."""
    most = max(_FEWEST_ROWS, min(SAMPLE_ROWS, _SAMPLE_CELLS // len(columns)))
    n = min(most, table.n_rows)
    stretches = _STRETCHES if n < table.n_rows else 1
    length = -(-n // stretches)
    starts = [i * (table.n_rows - length) // max(1, stretches - 1) for i in range(stretches)]
    listed = ", ".join(
        f"hash({{c{i}}}) AS h{i}, {{c{i}}} IS NULL AS m{i}" for i in range(len(columns))
    )
    where = " OR ".join(["{row} BETWEEN ? AND ?"] * stretches)
    ends = [end for start in starts for end in (start, start + length - 1)]
    found = table.arrays(
        f"SELECT {listed} FROM {{t}} WHERE {where}",  # noqa: S608
        ends,
        **table.keys(columns),
    )
    coded: dict[str, Codes] = {}
    for i, column in enumerate(columns):
        values, which = np.unique(np.asarray(found[f"h{i}"]), return_inverse=True)
        missing = np.asarray(found[f"m{i}"], dtype=np.bool_)
        codes = np.where(missing, 0, which + 1).astype(np.int64)
        coded[column] = Codes(codes=codes, distinct=len(values))
    return _Sampled(rows=len(next(iter(coded.values())).codes), columns=coded)
