"""What a probe learns from: the other columns of the rows that have a label, as numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from audit.model import NO_FEATURE_ROLES, Role, RoleMap
from audit.reports.representation.cells import Array, weight_scale, weight_sql
from audit.reports.representation.group_values import Axis
from audit.reports.representation.model.scored import expressions, labelled
from audit.reports.representation.model.sides import Sides
from audit.reports.representation.options import Options
from audit.store import Table
from audit.store.rows import is_numeric, is_temporal, is_text

if TYPE_CHECKING:
    import pyarrow as pa

_MOST_DIFFERENT = 0.5
"""A column of text with more different values per row is no category."""
_ALWAYS_CATEGORY = 50
_FEW_ROWS = 100
"""With fewer rows a column of whole numbers that are all different may well be a measurement."""
_LARGEST = 1e100
"""Numbers beyond are cut: their squares would be infinite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """The rows a probe is trained on."""

    numbers: dict[str, Array]
    """Numbers, moments in seconds, and truth values; NaN where missing."""
    categories: dict[str, npt.NDArray[np.int64]]
    """Values as 0, 1, ... in the order of the text; -1 where missing."""
    found: Mapping[str, npt.NDArray[Any]]
    """Groups and label of the same rows, as :func:`expressions` names them; weights as ``w``."""
    rows: int
    """Rows that have a label, of which these are a sample where they are fewer."""
    left_out: tuple[str, ...]
    """Columns that look like identifiers or text."""

    @property
    def names(self) -> tuple[str, ...]:
        """Columns that are learnt from: categories first."""
        return *self.categories, *self.numbers


def read_features(
    table: Table,
    axes: tuple[Axis, ...],
    label: Sides,
    roles: RoleMap,
    options: Options,
    weight: str | None,
) -> Features:
    """Fetch the rows that a probe is trained on, and what it may learn from.

    All other columns: numbers, truth values, moments as seconds, text of few different
    values. Sensitive columns only where the options say so; never what has the role of an
    identifier or of free text, nor text of which most values are different, nor whole numbers
    that are all different. Of more than ``options.probe_rows`` rows those are taken whose
    hashed number is smallest.
    """
    asked = learnable(table, roles, options)
    texts, wordy = categories_among(table, [c for c in asked if is_text(table.type_of(c))])
    numbers = [c for c in asked if not is_text(table.type_of(c))]
    parts, values, names = expressions(table, axes, label)
    if weight:
        scale = weight_scale(table, weight)
        parts["w"], names["w"] = f"CAST({weight_sql(scale)} AS DOUBLE) * {scale!r}", weight
    columns = [*texts, *numbers]
    cells = [cell_sql(table.type_of(c), f"{{c{i}}}") for i, c in enumerate(columns)]
    listed = ", ".join(
        [f"{sql} AS {name}" for name, sql in parts.items()]
        + [f"{cell} AS f{i}" for i, cell in enumerate(cells)]
    )
    n = _labelled_rows(table, label)
    kept = _smallest(n, options.probe_rows)
    frame = table.arrow(
        f"""WITH coded AS (
            SELECT {listed}, hash({{row}}) AS h FROM {{t}}{kept})
        SELECT * FROM coded WHERE {labelled(label)}""",  # noqa: S608
        values,
        **names,
        **table.keys(columns),
    )
    frame = _drawn(frame, options.probe_rows)
    plain = {c: floats(frame[f"f{i}"]) for i, c in enumerate(columns) if i >= len(texts)}
    coded = {c: _codes(frame[f"f{i}"]) for i, c in enumerate(texts)}
    ids = [c for c in numbers if is_identifier(table.type_of(c), plain[c])]
    return Features(
        numbers={c: v for c, v in plain.items() if c not in ids and not np.isnan(v).all()},
        categories=coded,
        found={name: frame[name].to_numpy() for name in parts},
        rows=n,
        left_out=(*wordy, *ids),
    )


def learnable(table: Table, roles: RoleMap, options: Options) -> list[str]:
    """List the columns whose role and type let a model learn from them."""
    never = NO_FEATURE_ROLES if options.probe_sensitive else NO_FEATURE_ROLES | {Role.SENSITIVE}
    return [
        c.name
        for c in table.columns
        if not never.intersection(roles.of(c.name)) and _is_learnable(c.type)
    ]


def _is_learnable(type_: str) -> bool:
    return is_numeric(type_) or is_temporal(type_) or is_text(type_) or type_ == "BOOLEAN"


def categories_among(table: Table, texts: list[str]) -> tuple[list[str], list[str]]:
    """Part columns of text into categories and the others, in one scan."""
    if not texts:
        return [], []
    counts = ", ".join(
        f"approx_count_distinct({{c{i}}}), count({{c{i}}})" for i in range(len(texts))
    )
    found = table.row(f"SELECT {counts} FROM {{t}}", **table.keys(texts))  # noqa: S608
    kept: list[str] = []
    wordy: list[str] = []
    for i, column in enumerate(texts):
        distinct, present = found[2 * i], found[2 * i + 1]
        few = distinct <= max(_ALWAYS_CATEGORY, _MOST_DIFFERENT * present)
        if present:
            (kept if few else wordy).append(column)
    return kept, wordy


def cell_sql(type_: str, cell: str) -> str:
    """Write a cell as a feature: text as it is, moments as seconds, all else as a number."""
    if is_text(type_):
        return f"CAST({cell} AS VARCHAR)"
    if is_temporal(type_):
        return f"TRY(epoch({cell})::DOUBLE)"
    return f"{cell}::DOUBLE"


def _labelled_rows(table: Table, label: Sides) -> int:
    parts, values, names = expressions(table, (), label)
    (n,) = table.row(
        f"""SELECT count(*) FROM (SELECT {parts["y"]} AS y FROM {{t}})
        WHERE {labelled(label)}""",  # noqa: S608
        values,
        **names,
    )
    return int(n)


def _smallest(labelled_: int, most: int) -> str:
    """Write the condition that leaves a few more than ``most`` rows with a label."""
    if labelled_ <= most:
        return ""
    share = min(1.0, (1.1 * most + 200) / labelled_)
    return f" WHERE hash({{row}}) <= {int(share * (2**64 - 1))}"


def _drawn(frame: "pa.Table", most: int) -> "pa.Table":
    """Keep the rows with the smallest hashes, in the order of the file."""
    if len(frame) <= most:
        return frame
    order = np.argsort(frame["h"].to_numpy(), kind="stable")[:most]
    return frame.take(np.sort(order))


def floats(column: "pa.ChunkedArray") -> Array:
    """Give numbers that a model can take: NaN where there is none, or no finite one."""
    values = np.array(column.to_numpy(), dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    return np.clip(values, -_LARGEST, _LARGEST)


def _codes(column: "pa.ChunkedArray") -> npt.NDArray[np.int64]:
    """Give each value its place in their own order, whatever the order of the rows."""
    encoded = column.combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    place = np.empty(len(values) + 1, dtype=np.int64)
    place[sorted(range(len(values)), key=values.__getitem__)] = np.arange(len(values))
    place[-1] = -1
    codes: npt.NDArray[np.int64] = place[encoded.indices.fill_null(-1).to_numpy()]
    return codes


def is_identifier(type_: str, values: Array) -> bool:
    """Whether these are whole numbers of which no two are equal."""
    there = values[~np.isnan(values)]
    if "INT" not in type_ or len(there) < _FEW_ROWS:
        return False
    return len(np.unique(there)) == len(there)
