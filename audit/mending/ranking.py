"""How likely each row is to have the positive label, by a model trained on the table itself."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.mending.learnable import Learnable, as_numbers
from audit.model import Progress
from audit.store import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

MOST_ROWS = 50_000
"""Rows that the model is trained on at the most."""
_BATCH = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Scores of all rows."""

    scores: "npt.NDArray[np.float64]"
    trained: int
    """Rows that the model was trained on."""
    settled: bool
    """Whether the fit came to its end."""


def rank(
    table: Table,
    what: Learnable,
    *,
    rows: "npt.NDArray[np.int64]",
    positive: "npt.NDArray[np.bool_]",
    seed: int,
    progress: Progress,
) -> Ranked:
    """Score all rows by a logistic regression.

    Parameters
    ----------
    table : Table
        The rows.
    what : Learnable
        The columns that the model sees: one at least.
    rows : array
        Numbers of the rows that have a label and are in a group, ascending.
    positive : array
        Which of all rows have the positive label.
    seed : int
        Draws the rows of the training where there are more than :data:`MOST_ROWS`.
    progress : Progress
        Told how far it is; may stop it.
    """
    import numpy as np

    from audit.reports.representation.model.probe import one_thread, pipeline, quietly

    drawn = rows
    if len(rows) > MOST_ROWS:
        chosen = np.random.default_rng([seed, 1]).choice(rows, size=MOST_ROWS, replace=False)
        drawn = np.sort(chosen)
    coder = _Coder(table, what)
    known = np.concatenate([b for _, b in coder.batches(drawn)])
    model = pipeline("logistic-regression", len(coder.categories), len(coder.numbers), seed)
    scores = np.zeros(table.n_rows)
    with one_thread():
        with quietly() as said:
            model.fit(coder.filled(known), positive[drawn])
        for at, batch in coder.batches():
            progress(at / max(1, table.n_rows), "ranking rows")
            with warnings.catch_warnings():
                # A rare category that training did not see counts for nothing, which is as well.
                warnings.simplefilter("ignore", UserWarning)
                scores[at : at + len(batch)] = model.predict_proba(coder.filled(batch))[:, 1]
    # Digits that differ between processors decide nothing.
    return Ranked(scores=scores.round(9), trained=len(drawn), settled=not said)


class _Coder:
    """Gives rows as numbers: categories first, as positions among their values."""

    def __init__(self, table: Table, what: Learnable) -> None:
        self._table = table
        self.categories = [c.column for c in what.columns if c.kind == "code"]
        self.numbers = list(what.numbers)
        self._values = [self._distinct(name) for name in self.categories]

    def batches(
        self, rows: "npt.NDArray[np.int64] | None" = None
    ) -> "Iterator[tuple[int, npt.NDArray[np.float64]]]":
        names = [*self.categories, *self.numbers]
        listed = ", ".join(f"{{c{i}}}" for i in range(len(names)))
        only = "" if rows is None else "WHERE {row} IN (SELECT unnest(?)) ORDER BY {row}"
        at = 0
        for batch in self._table.batches(
            f"SELECT {listed} FROM {{t}} {only}",  # noqa: S608
            [] if rows is None else [rows.tolist()],
            size=_BATCH,
            **self._table.keys(names),
        ):
            yield at, self._coded(batch)
            at += batch.num_rows

    def filled(self, known: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
        """Put zeros into columns without any number, which no median can fill."""
        import numpy as np

        empty = np.isnan(known).all(axis=0)
        return np.where(empty, 0.0, known)

    def _coded(self, batch: "pa.RecordBatch") -> "npt.NDArray[np.float64]":
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        columns: list[npt.NDArray[Any]] = []
        for i, values in enumerate(self._values):
            place = pc.fill_null(pc.index_in(batch.column(i), value_set=values), -1)
            columns.append(np.asarray(place.to_numpy(zero_copy_only=False), dtype=np.float64))
        for i in range(len(self._values), batch.num_columns):
            found = as_numbers(pa.chunked_array([batch.column(i)]))
            columns.append(np.where(np.isfinite(found), found.clip(-1e100, 1e100), np.nan))
        return np.column_stack(columns)

    def _distinct(self, column: str) -> "pa.Array":
        found = self._table.arrow(
            "SELECT DISTINCT {c} AS v FROM {t} WHERE {c} IS NOT NULL ORDER BY v", c=column
        )
        return found["v"].combine_chunks()


def nearest(
    rows: "npt.NDArray[np.int64]",
    scores: "npt.NDArray[np.float64]",
    n: int,
    *,
    highest: bool,
    seed: Sequence[int],
) -> "npt.NDArray[np.int64]":
    """Choose the ``n`` rows of highest or lowest score; among equal ones the seed draws."""
    import numpy as np

    lots = np.random.default_rng(list(seed)).permutation(len(rows))
    own = scores[rows]
    order = np.lexsort((lots, -own if highest else own))
    return np.sort(rows[order[:n]])
