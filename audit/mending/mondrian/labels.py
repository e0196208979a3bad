"""What the cells of a class become: a range, a set, or one number; the same for all its rows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from audit.mending.coded import Coded
from audit.reports.reidentification.coding import Floats, Ints

if TYPE_CHECKING:
    import pyarrow as pa

Codes = npt.NDArray[np.int32]
Numbers = Literal["range", "mean", "median"]

MISSING = " or missing"
"""Stands behind a range or a set in which values are missing."""
_NEEDS_QUOTES = r'[,{}"]|^\s|\s$|^$'


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoded:
    """One column recoded: a cell for each class."""

    cells: "pa.Array"
    shortened: int = 0
    """Classes whose values are too many to be listed."""
    filled: int = 0
    """Missing values for which a mean or median of their class stands."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Codes of one column counted by class, in the order of both; missing ones left out."""

    codes: Ints
    rows: Ints
    starts: Ints
    """Of the classes that have a value."""
    known: Ints
    """Their numbers."""
    missing: Ints
    """Rows with a missing value, by class."""

    @property
    def ends(self) -> Ints:
        """Where the last value of each class is."""
        return np.append(self.starts, len(self.codes))[1:] - 1


def recoded(
    column: Coded, codes: Codes, classes: Ints, weights: Ints, *, numbers: Numbers, most: int
) -> Recoded:
    """Write what the cells of each class become.

    Parameters
    ----------
    column : Coded
        The column.
    codes, classes, weights
        Code, class and number of rows of each entry.
    numbers : str
        What numbers become.
    most : int
        Values that are listed in a set; of more, the first and the last of their order stand
        for those between.
    """
    pairs = _pairs(codes, classes, weights, column.width)
    filled = int(pairs.missing[pairs.known].sum())
    if column.kind == "number" and numbers == "mean":
        return Recoded(cells=_cells(_means(pairs, column), pairs), filled=filled)
    if column.kind == "number" and numbers == "median":
        return Recoded(cells=_cells(_medians(pairs, column), pairs), filled=filled)
    if column.kind == "category":
        return _sets(pairs, column.texts(), most)
    return Recoded(cells=_ranges(pairs, column))


def _pairs(codes: Codes, classes: Ints, weights: Ints, width: int) -> _Pairs:
    keys = classes * width + codes
    order = np.argsort(keys, kind="stable")
    first = np.flatnonzero(np.diff(keys[order], prepend=-1))
    rows = np.add.reduceat(weights[order], first)
    class_, code = keys[order][first] // width, keys[order][first] % width
    missing = np.zeros(int(classes.max()) + 1, dtype=np.int64)
    missing[class_[code == 0]] = rows[code == 0]
    class_, code, rows = class_[code > 0], code[code > 0], rows[code > 0]
    starts = np.flatnonzero(np.diff(class_, prepend=-1))
    return _Pairs(code, rows, starts, class_[starts], missing)


def _means(pairs: _Pairs, column: Coded) -> Floats:
    if not len(pairs.starts):
        return np.zeros(0)
    weighted = column.positions()[pairs.codes] * pairs.rows
    sums = np.add.reduceat(weighted, pairs.starts)
    return np.asarray(sums / np.add.reduceat(pairs.rows, pairs.starts))


def _medians(pairs: _Pairs, column: Coded) -> Floats:
    """Take the middle value, or the mean of the two in the middle."""
    so_far = np.cumsum(pairs.rows)
    before = so_far[pairs.starts] - pairs.rows[pairs.starts]
    n = so_far[pairs.ends] - before
    found = column.positions()[pairs.codes]
    low = found[np.searchsorted(so_far, before + (n - 1) // 2, side="right")]
    high = found[np.searchsorted(so_far, before + n // 2, side="right")]
    return np.asarray(low / 2 + high / 2)


def _cells(values: Floats, pairs: _Pairs) -> "pa.Array":
    """Give each class its number; none to those without a value."""
    import pyarrow as pa

    whole = np.zeros(len(pairs.missing))
    whole[pairs.known] = values
    none = np.ones(len(whole), dtype=np.bool_)
    none[pairs.known] = False
    return pa.array(whole, mask=none)


def _ranges(pairs: _Pairs, column: Coded) -> "pa.Array":
    import pyarrow.compute as pc

    texts = column.texts()
    low, high = (texts.take(_index(pairs.codes[i] - 1)) for i in (pairs.starts, pairs.ends))
    plain = column.kind == "number" and not pc.any(pc.match_substring_regex(texts, "[-ae]")).as_py()
    between = "-" if plain else " to "
    wide = pc.binary_join_element_wise("[", low, between, high, "]", "")
    return _finished(pc.if_else(pc.equal(low, high), low, wide), pairs)


def _sets(pairs: _Pairs, texts: "pa.Array", most: int) -> Recoded:
    import pyarrow as pa
    import pyarrow.compute as pc

    starts = pairs.starts
    lengths = pairs.ends + 1 - starts
    quoted = pc.if_else(
        pc.match_substring_regex(texts, _NEEDS_QUOTES),
        pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', ""),
        texts,
    )
    # Of classes with too many values the first and the last are listed.
    listed = np.where(lengths > most, 2, lengths)
    owner = np.repeat(np.arange(len(starts)), listed)
    place = np.arange(len(owner)) - (np.cumsum(listed) - listed)[owner]
    is_last = (lengths > most)[owner] & (place == 1)
    at = starts[owner] + np.where(is_last, lengths[owner] - 1, place)
    offsets = pa.array(np.append(0, np.cumsum(listed)), pa.int32())
    chosen = quoted.take(_index(pairs.codes[at] - 1))
    lists = pa.ListArray.from_arrays(offsets, chosen)
    counts = pc.cast(pa.array(lengths), pa.string())
    whole = pc.binary_join_element_wise("{", pc.binary_join(lists, ", "), "}", "")
    short = pc.binary_join_element_wise(
        "{", pc.binary_join(lists, " … "), ": ", counts, " values}", ""
    )
    single = texts.take(_index(pairs.codes[starts] - 1))
    cells = pc.if_else(
        pa.array(lengths == 1), single, pc.if_else(pa.array(lengths > most), short, whole)
    )
    return Recoded(cells=_finished(cells, pairs), shortened=int((lengths > most).sum()))


def _finished(cells: "pa.Array", pairs: _Pairs) -> "pa.Array":
    """Say where values are missing too, and give nothing to classes without a value."""
    import pyarrow as pa
    import pyarrow.compute as pc

    some = pa.array(pairs.missing[pairs.known] > 0)
    cells = pc.if_else(some, pc.binary_join_element_wise(cells, MISSING, ""), cells)
    place = np.full(len(pairs.missing), -1, dtype=np.int64)
    place[pairs.known] = np.arange(len(pairs.known))
    return cells.take(pa.array(place, mask=place < 0))


def _index(places: Ints) -> "pa.Array":
    import pyarrow as pa

    return pa.array(places)
