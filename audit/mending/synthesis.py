"""Synthetic rows between rows that are alike: SMOTE and its relatives, one cell at a time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.mending.imblearn_parts import found_once, quick_encoder
from audit.mending.learnable import Learnable, as_numbers, from_numbers

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Numbers = npt.NDArray[np.float64]

MOST_SEEDS = 5_000
"""Rows of a cell that synthetic ones are made of at the most: all are compared with all."""
MOST_NOMINAL_SEEDS = 3_000
"""The same where all columns are categories: all distances are held at once."""
_AT_A_TIME = 20_000
_MEGABYTES = 64
"""Of distances that are held at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coded:
    """Rows as numbers, and how to get back."""

    codes: "npt.NDArray[np.int64]"
    numbers: "Numbers"
    """Divided by their spread, so that no column counts for more than another."""
    low: "Numbers"
    high: "Numbers"
    spread: "Numbers"
    values: "tuple[pa.Array, ...]"
    """Values of the categories, and behind them a missing one."""
    lacking: "dict[str, npt.NDArray[np.bool_]]"
    """Which of the rows of the cell lack a value, by column; those of which none does are not in."""


def synthesize(
    rows: "pa.Table",
    others: "pa.Table",
    what: Learnable,
    *,
    n: int,
    neighbours: int,
    seed: list[int],
) -> "pa.Table":
    """Make ``n`` rows that lie between neighbours among ``rows``.

    Parameters
    ----------
    rows : pyarrow.Table
        At least two rows of one cell.
    others : pyarrow.Table
        Rows of other cells: distances of categories rest on how they tell cells apart.
    what : Learnable
        The columns.
    n : int
        Rows to make.
    neighbours : int
        How many neighbours of a row are looked at.
    seed : list of int
        The same seed makes the same rows.

    Notes
    -----
    SMOTE for numbers, SMOTENC for numbers and categories, SMOTEN for categories (Chawla et al.
    2002), by imbalanced-learn. Numbers are scaled by their standard deviation within the cell.

    Where a row lacks a value, that of another row of the cell, which the seed draws, stands in
    while rows are compared. Synthetic rows then lack what rows of the cell lack: the gaps of the
    rows are dealt out to them in turn, so that shares stay, and what is missing together.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    from sklearn import config_context
    from threadpoolctl import threadpool_limits

    coded = _coded(rows, others, what, np.random.default_rng([*seed, 0, 0]))
    made = []
    near = found_once(min(neighbours, rows.num_rows - 1))
    with threadpool_limits(1), config_context(working_memory=_MEGABYTES):
        for part, at in enumerate(range(0, n, _AT_A_TIME)):
            number = int(np.random.default_rng([*seed, part]).integers(2**31 - 1))
            asked = {"random_state": number, "k_neighbors": near}
            made.append(_sampled(coded, rows.num_rows, min(_AT_A_TIME, n - at), asked))
    found = np.concatenate(made)
    width = coded.codes.shape[1]
    codes = np.rint(found[:, :width].astype(np.float64)).astype(np.int64)
    scaled = found[:, width:].astype(np.float64) * coded.spread
    numbers = np.clip(scaled, coded.low, coded.high)
    dealt = _dealt(rows.num_rows, n, np.random.default_rng([*seed, 0, 1]))
    columns: dict[str, pa.Array] = {}
    at_code, at_number = 0, 0
    for one in what.columns:
        type_ = rows.schema.field(one.column).type
        if one.kind == "code":
            columns[one.column] = coded.values[at_code].take(pa.array(codes[:, at_code]))
            at_code += 1
        else:
            columns[one.column] = from_numbers(numbers[:, at_number], type_)
            at_number += 1
        if one.column in coded.lacking:
            gaps = pa.array(coded.lacking[one.column][dealt])
            columns[one.column] = pc.if_else(gaps, pa.scalar(None, type_), columns[one.column])
    return pa.table(columns)


def _dealt(rows: int, n: int, rng: "np.random.Generator") -> "npt.NDArray[np.int64]":
    """Name a row for each of ``n`` new ones: all in an order that is drawn, and again."""
    import numpy as np

    return np.resize(rng.permutation(rows), n)


def _coded(
    rows: "pa.Table", others: "pa.Table", what: Learnable, rng: "np.random.Generator"
) -> _Coded:
    import numpy as np
    import pyarrow as pa

    whole = pa.concat_tables([rows, others])
    n, parts = whole.num_rows, (slice(0, rows.num_rows), slice(rows.num_rows, None))
    codes, values, numbers = [], [], []
    lacking: dict[str, npt.NDArray[np.bool_]] = {}
    for one in what.columns:
        if one.kind == "number":
            cells = as_numbers(whole[one.column])
            empty = ~np.isfinite(cells)
            cells = np.where(empty, 0.0, cells)
            numbers.append(cells)
        else:
            encoded = whole[one.column].combine_chunks().dictionary_encode()
            none = len(encoded.dictionary)
            indices = encoded.indices.fill_null(none).to_numpy(zero_copy_only=False)
            cells = indices.astype(np.int64)
            empty = cells == none
            codes.append(cells)
            gap = pa.nulls(1, encoded.dictionary.type)
            values.append(pa.concat_arrays([encoded.dictionary, gap]))
        if empty[parts[0]].any():
            lacking[one.column] = empty[parts[0]]
        for part in parts:
            _stand_in(cells[part], empty[part], rng)
    plain = np.column_stack(numbers) if numbers else np.empty((n, 0))
    own = plain[: rows.num_rows]
    spread = own.std(axis=0)
    spread[~(spread > 0) | ~np.isfinite(spread)] = 1.0
    return _Coded(
        codes=np.column_stack(codes) if codes else np.empty((n, 0), dtype=np.int64),
        numbers=plain / spread,
        low=own.min(axis=0, initial=np.inf),
        high=own.max(axis=0, initial=-np.inf),
        spread=spread,
        values=tuple(values),
        lacking=lacking,
    )


def _stand_in(
    cells: "npt.NDArray[Any]", empty: "npt.NDArray[np.bool_]", rng: "np.random.Generator"
) -> None:
    """Put values of other rows where one is missing; where all are, they stay as they are."""
    if empty.any() and not empty.all():
        cells[empty] = rng.choice(cells[~empty], size=int(empty.sum()))


def _sampled(coded: _Coded, own: int, n: int, asked: dict[str, Any]) -> "npt.NDArray[Any]":
    """Have imbalanced-learn make rows of the class of the first ``own`` ones."""
    import numpy as np
    from imblearn.over_sampling import SMOTE, SMOTEN, SMOTENC

    categories, numbers = coded.codes.shape[1], coded.numbers.shape[1]
    known: npt.NDArray[Any] = np.column_stack([coded.codes, coded.numbers])
    if numbers or len(known) == own:
        # A second class has to be there; where there are numbers, distances rest on the cell alone.
        known = np.concatenate([known[:own], known[:1]])
    is_own = np.arange(len(known)) < own
    asked = {"sampling_strategy": {1: own + n}, **asked}
    if not categories:
        model: Any = SMOTE(**asked)
    elif not numbers:
        model, known = SMOTEN(**asked), known.astype(np.int64)
    else:
        model = SMOTENC(list(range(categories)), categorical_encoder=quick_encoder(), **asked)
    found, _ = model.fit_resample(known, is_own.astype(np.int64))
    return np.asarray(found)[len(known) :]
