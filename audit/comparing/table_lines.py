"""The scorecard of the rows and their quality: facts about the table, which need no interval."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from audit.comparing.pairing import Rows
from audit.comparing.recast import Traced
from audit.comparing.values import Line
from audit.comparing.verdicts import SHARE, Scale, judged
from audit.model import Measure, Unit
from audit.reports.distribution.values import Column, Distribution

_LOST = 0.01
"""Share of the rows that may go before it is called a loss."""
_SHARE = Scale(ideal=0.0, poor=1.0, tolerance=SHARE)
_NO_ROWS = "There are no rows."
_DECODED = "Values that were coded missing ones count as missing now; no other value went missing."


def size_lines(before: Distribution, after: Distribution, rows: Rows) -> Iterator[Line]:
    """Compare how much there is, and how much of what there was is left."""
    counts: tuple[tuple[str, Unit, int, int], ...] = (
        ("Rows", "rows", before.rows, after.rows),
        ("Columns", "columns", len(before.columns), len(after.columns)),
    )
    for title, unit, old, new in counts:
        own = partial(Measure, name=unit, unit=unit)
        line = Line(
            topic="size",
            name=unit,
            title=title,
            before=own(value=old, n=before.rows),
            after=own(value=new, n=after.rows),
        )
        yield judged(line, Scale(ideal=None), sure=True)
    if rows.are_paired:
        yield _kept(rows)


def _kept(rows: Rows) -> Line:
    own = partial(Measure, name="rows_kept", unit="share", n=rows.before)
    why = "" if rows.before else _NO_ROWS
    there = int(rows.there().sum()) / rows.before if rows.before else None
    line = Line(
        topic="size",
        name="rows_kept",
        title="Rows that are still there",
        before=own(value=1.0 if rows.before else None, reason=why),
        after=own(value=there, reason=why),
    )
    return judged(line, Scale(ideal=1.0, poor=0.0, tolerance=_LOST), sure=True)


def quality_lines(
    before: Distribution, after: Distribution, traced: Traced | None = None
) -> Iterator[Line]:
    """Compare missing and coded missing values, duplicates, spellings and outliers, as shares.

    Cells are those of columns that are not made of others: a column in parts, or one beside its
    groups, would be counted more often, and shares would fall with nothing mended.
    """
    steps = traced or Traced()
    left = {c.name for c in after.columns}
    mine = [c for c in before.columns if c.name in left or c.name not in steps.before]
    its = [c for c in after.columns if c.name not in steps.sources]
    numbers = _with_numbers(mine) & _with_numbers(its)
    sides = _shares(before, mine, numbers), _shares(after, its, numbers)
    for name, title in _TITLES.items():
        (old, old_of), (new, new_of) = (side[name] for side in sides)
        line = Line(
            topic="quality",
            name=name,
            title=title,
            before=_share(name, old, old_of),
            after=_share(name, new, new_of),
        )
        line = judged(line, _SHARE, sure=True)
        if line.verdict == "worse" and name in _OF_MISSING and _is_decoded(*sides):
            line = replace(line, verdict="unknown", reason=_DECODED)
        yield line


_OF_MISSING = ("missing_share", "rows_with_missing")


def _is_decoded(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> bool:
    """Tell whether cells that are missing now can all have been coded ones: nothing was lost."""
    more = after["missing_share"][0] - before["missing_share"][0]
    return 0 < more <= before["null_tokens"][0] - after["null_tokens"][0]


_TITLES = {
    "missing_share": "Cells without a value",
    "rows_with_missing": "Rows with a missing value",
    "null_tokens": "Cells with a coded missing value",
    "duplicate_rows": "Rows that repeat an earlier one",
    "spelling_variants": "Cells in a rarer spelling of a value",
    "outliers": "Numbers outside 1.5 IQR",
}


def _with_numbers(columns: Sequence[Column]) -> set[str]:
    return {c.name for c in columns if c.numbers is not None}


def _shares(
    report: Distribution, columns: Sequence[Column], shared: set[str]
) -> dict[str, tuple[int, int]]:
    """Count what is wrong, and of how much; outliers of columns with numbers on both sides."""
    cells = report.rows * len(columns)
    numbers = [(c.numbers, c.present) for c in columns if c.numbers and c.name in shared]
    variants = sum(
        spelling.count
        for c in columns
        for variant in (c.text.variants if c.text else ())
        for spelling in variant.spellings[1:]
    )
    return {
        "missing_share": (sum(c.missing for c in columns), cells),
        "rows_with_missing": (report.rows_with_missing, report.rows),
        "null_tokens": (sum(t.count for c in columns for t in c.null_tokens), cells),
        "duplicate_rows": (report.duplicate_rows, report.rows),
        "spelling_variants": (variants, cells),
        "outliers": (sum(n.outliers for n, _ in numbers), sum(there for _, there in numbers)),
    }


def _share(name: str, part: int, whole: int) -> Measure:
    return Measure(
        name=name,
        value=part / whole if whole else None,
        unit="share",
        n=whole,
        reason="" if whole else "There is nothing that it could be a share of.",
    )
