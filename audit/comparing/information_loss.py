"""How much less a version says than the one it was made of by anonymising it.

Nothing is read out of ranges or sets: what a cell stands for is told by the rows before that
have this cell now. Each column is read once before and once after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from audit import registry
from audit.comparing.pairing import Rows
from audit.comparing.values import ColumnLoss, InformationLoss
from audit.mending.coded import Coded, coded, together
from audit.mending.effects import Effect
from audit.mending.loss import (
    average_class_size,
    discernibility,
    il1s,
    ncp_of_categories,
    ncp_of_numbers,
)
from audit.model import Measure
from audit.registry import Settings
from audit.store import Table

Ints = npt.NDArray[np.int64]
Made = Sequence[tuple[Effect, Settings | None]]
"""What each step did, and what it was given, where that is known; in their order."""
_PENALTY = "normalized_certainty_penalty"
_NO_VALUE = "No row with a value is left."
_REPLACED = (
    "Each value was replaced by one of its own: rows that were alike are alike still, and nothing "
    "became coarser."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the steps were to do."""

    columns: dict[str, str]
    """The columns that changed or make classes: names after, by those before."""
    by: tuple[str, ...]
    """Columns that make classes, by their names before."""
    k: int
    suppressed: int


def information_loss(
    before: Table, after: Table, rows: Rows, made: Made, quasi: Sequence[str]
) -> InformationLoss | None:
    """Measure what anonymising cost; None where no step was to anonymise.

    Parameters
    ----------
    before, after : Table
        The two versions.
    rows : Rows
        Which row is which; rows that went count in the discernibility alone, where it was to
        anonymise that they went.
    made : sequence of (Effect, Settings or None)
        The steps between the two.
    quasi : sequence of str
        The quasi-identifiers before, where no step names others.
    """
    asked = _asked(before, after, made, quasi)
    if asked is None or not rows.are_paired:
        return None
    first = rows.first()
    earlier = rows.of[first]
    columns = tuple(
        _column(before, after, names, (earlier, first)) for names in asked.columns.items()
    )
    by = tuple(asked.columns[c] for c in asked.by)
    average, discerned = _classes(after, by, asked)
    return InformationLoss(
        columns=columns,
        certainty_penalty=_mean(columns, len(first)),
        by=by,
        average_class_size=average,
        discernibility=discerned,
        suppressed=asked.suppressed,
    )


def _asked(before: Table, after: Table, made: Made, quasi: Sequence[str]) -> _Asked | None:
    """Follow the names of columns through the steps, and gather what was to be anonymised."""
    known = registry.remedies()
    origin = {c.name: c.name for c in before.columns}
    touched: set[str] = set()
    by, k, suppressed, any_ = tuple(quasi), 1, 0, False
    for effect, params in made:
        renamed = dict(effect.columns_renamed)
        origin = {
            renamed.get(now, now): first
            for now, first in origin.items()
            if now not in effect.columns_removed
        }
        if effect.remedy not in known or known[effect.remedy].family != "anonymize":
            continue
        any_ = True
        suppressed += effect.removed
        touched |= {origin[c] for c, _ in effect.changed_cells if c in origin}
        if params is not None and hasattr(params, "k"):
            k = params.k
            by = tuple(origin[c] for c in getattr(params, "columns", ()) if c in origin) or by
    there = {c.name for c in after.columns if not _nested(c.type)}
    later = {first: now for now, first in origin.items() if now in there}
    told = [c.name for c in before.columns if c.name in later and not _nested(c.type)]
    by = tuple(c for c in by if c in told)
    columns = {c: later[c] for c in told if c in touched or c in by}
    return _Asked(columns=columns, by=by, k=k, suppressed=suppressed) if any_ else None


def _nested(type_: str) -> bool:
    return type_.endswith("]") or type_.startswith(("STRUCT", "MAP", "UNION"))


def _column(
    before: Table, after: Table, names: tuple[str, str], numbers: tuple[Ints, Ints]
) -> ColumnLoss:
    (old,), (new,) = coded(before, names[:1], ranges=True), coded(after, names[1:], ranges=True)
    was, now = old.codes[numbers[0]], new.codes[numbers[1]]
    there = was > 0
    was, now = was[there], now[there]
    cleared = int((now == 0).sum())
    stays = now > 0
    penalty, distance, why = _told(old, new, (was[stays], now[stays]), cleared)
    own = partial(Measure, n=len(was), columns=(names[0],))
    reasons = ["" if v is not None else w for v, w in zip((penalty, distance), why, strict=True)]
    return ColumnLoss(
        column=names[0],
        later=names[1],
        certainty_penalty=own(name=_PENALTY, value=penalty, unit="share", reason=reasons[0]),
        il1s=own(name="il1s", value=distance, unit="value", reason=reasons[1]),
        cleared=cleared,
    )


def _told(
    old: Coded, new: Coded, codes: tuple[npt.NDArray[np.int32], ...], cleared: int
) -> tuple[float | None, float | None, tuple[str, str]]:
    """Give both measures of a column, and why there is none."""
    was, now = codes
    if not len(was) + cleared:
        return None, None, (_NO_VALUE, _NO_VALUE)
    numbers = old.kind != "category"
    places = old.positions() if numbers else np.zeros(0)
    same = "All values were the same." if numbers else "It held no numbers."
    if (numbers and new.values.type == old.values.type) or old.kind == new.kind == "number":
        reason = "It holds numbers or dates still: the distance says how far they moved."
        return None, il1s(places[was], new.positions()[now]), (reason, same)
    stands, counts = np.unique(now.astype(np.int64) * old.width + was, return_counts=True)
    cell, value = stands // old.width, stands % old.width
    if not cleared and _replaced(old, new, cell, value):
        return None, None, (_REPLACED, _REPLACED if numbers else same)
    start = np.flatnonzero(np.diff(cell, prepend=-1))
    end = np.append(start, len(cell))[1:]
    rows = np.add.reduceat(counts, start) if len(start) else counts
    if not numbers:
        # A cell that is missing now may have been any value.
        listed = np.append(end - start, old.width - 1)
        return ncp_of_categories(listed, np.append(rows, cleared), old.width - 1), None, ("", same)
    low, high = places[value[start]], places[value[end - 1]]
    ends = places[1], places[-1]
    penalty = ncp_of_numbers(
        np.append(low, ends[0]),
        np.append(high, ends[1]),
        np.append(rows, cleared),
        ends[1] - ends[0],
    )
    middle = np.repeat(np.repeat((low + high) / 2, end - start), counts)
    return penalty, il1s(np.repeat(places[value], counts), middle), ("", same)


def _replaced(old: Coded, new: Coded, cell: Ints, value: Ints) -> bool:
    """Tell whether each value became another one, and no two the same."""
    import pyarrow as pa

    if len(np.unique(cell)) < len(cell) or len(np.unique(value)) < len(value):
        return False
    texts = old.texts().take(pa.array(value - 1))
    return not texts.equals(new.texts().take(pa.array(cell - 1)))


def _mean(columns: Sequence[ColumnLoss], rows: int) -> Measure:
    known = [c.certainty_penalty for c in columns if c.certainty_penalty.value is not None]
    return Measure(
        name=_PENALTY,
        value=float(np.mean([m.value for m in known])) if known else None,
        unit="share",
        n=rows,
        columns=tuple(c for m in known for c in m.columns),
        reason="" if known else "No column became coarser.",
    )


def _classes(after: Table, by: tuple[str, ...], asked: _Asked) -> tuple[Measure, Measure]:
    average: float | None = None
    whole: int | None = None
    if by and after.n_rows:
        number, _ = together(coded(after, by))
        sizes = np.bincount(number)
        average = average_class_size(sizes, asked.k)
        whole = discernibility(sizes, suppressed=asked.suppressed)
    reason = (
        "" if average is not None else "No column makes classes." if not by else "No row is left."
    )
    return (
        Measure(
            name="average_class_size",
            value=average,
            unit="value",
            n=after.n_rows,
            columns=by,
            group=(("k", str(asked.k)),),
            reason=reason,
        ),
        Measure(
            name="discernibility",
            value=whole,
            unit="value",
            n=after.n_rows + asked.suppressed,
            columns=by,
            reason=reason,
        ),
    )
