"""The values that a column holds, as digests: to tell whether an invented one is among them."""

import hashlib
import sys
from array import array
from bisect import bisect_left

import numpy as np
import numpy.typing as npt

from audit.mending.cell_sql import text_sql
from audit.store.table import Table

_AT_ONCE = 100_000


class Originals:
    """Knows the values of a column, in eight bytes for each different one; case is ignored."""

    def __init__(self, table: Table, column: str) -> None:
        sql = text_sql(table.type_of(column))
        statement = f"SELECT DISTINCT {sql} AS v FROM {{t}} WHERE {{c}} IS NOT NULL"  # noqa: S608
        batches = table.batches(statement, size=_AT_ONCE, c=column)
        parts = [_digests(batch.column(0).to_pylist()) for batch in batches]
        known = np.unique(np.concatenate([np.empty(0, np.uint64), *parts]))
        # An array of Python's own: single values are looked up in a third of the time.
        self._known = array("Q", known.tobytes())

    def __contains__(self, text: str) -> bool:
        """Whether a text is among the values."""
        digest = int.from_bytes(_digest(text), sys.byteorder)
        at = bisect_left(self._known, digest)
        return at < len(self._known) and self._known[at] == digest


def _digests(texts: list[str]) -> npt.NDArray[np.uint64]:
    return np.frombuffer(b"".join(map(_digest, texts)), dtype=np.uint64)


def _digest(text: str) -> bytes:
    plain = " ".join(text.casefold().split()).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(plain, digest_size=8).digest()
