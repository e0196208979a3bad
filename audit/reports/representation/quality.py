"""Quality by group: whether rows of some groups are emptier, more repetitive or stranger."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.model import Role, RoleMap
from audit.reports.representation.group_values import Axis
from audit.reports.representation.options import Options
from audit.reports.representation.part_values import Quality
from audit.reports.representation.quality_counts import (
    ByLevel,
    Fence,
    by_level,
    fences,
    lengths,
    missing_somewhere,
    presence,
)
from audit.reports.representation.quality_repeats import repeats
from audit.reports.representation.quality_values import of_lengths, of_shares
from audit.stats import benjamini_hochberg
from audit.store import Table

_KINDS = ("missing_share", "duplicate_share", "outlier_share", "length_mean")


def quality(
    table: Table, axes: tuple[Axis, ...], roles: RoleMap, options: Options
) -> tuple[Quality, ...]:
    """Measure the quality of the rows of each group of each sensitive column.

    Parameters
    ----------
    table : Table
        The version.
    axes : tuple of Axis
        The sensitive columns.
    roles : RoleMap
        What the columns mean: free text has lengths; identifiers and scores have no outliers.
    options : Options
        ``min_group``: groups that rest on fewer rows have no part in gaps and tests.

    Returns
    -------
    tuple of Quality
        By kind, then sensitive column, then column in table order: ``missing_share`` of every
        column that misses a value, ``duplicate_share`` of whole rows, ``outlier_share`` of
        numbers beyond Tukey's inner fence of all rows, and ``length_mean`` of free texts. A
        sensitive column is not measured by its own groups.

    Notes
    -----
    Shares are of rows, not of weights: they speak of the table, not of a population. The
    interval of a gap is that of two groups chosen beforehand; that they are the extremes of
    several is what the p-value allows for: Pearson's chi-square over all groups that are large
    enough (rows that miss the sensitive value, and the rest of rare values, are no groups), or
    Welch's analysis of variance of lengths, corrected by Benjamini and Hochberg over all
    entries of the same kind. The number of statements does not grow with the columns, up to the
    number that goes into one.
    """
    if not axes or not table.n_rows:
        return ()
    outlying = fences(table, roles)
    missing = missing_somewhere(table)
    texts = [name for name in roles.having(Role.FREE_TEXT) if lengths(table, name)]
    asked = [
        *(aggregate for name in missing for aggregate in presence(name)),
        *(aggregate for fence in outlying for aggregate in fence.aggregates(table)),
        *(aggregate for name in texts for aggregate in lengths(table, name)),
    ]
    sums = by_level(table, axes, asked)
    again = repeats(table, axes)
    entries = [
        entry
        for axis in axes
        for entry in _of_axis(
            axis,
            sums[axis.column] | {("again", ""): again[axis.column]},
            missing=missing,
            outlying=outlying,
            texts=texts,
            min_group=options.min_group,
        )
        if entry.column != entry.by
    ]
    return tuple(_corrected(entries))


def _of_axis(
    axis: Axis,
    sums: ByLevel,
    *,
    missing: Sequence[str],
    outlying: Sequence[Fence],
    texts: Sequence[str],
    min_group: int,
) -> Iterator[Quality]:
    rows = sums["rows", ""]
    for name in missing:
        hits = [n - k for n, k in zip(rows, sums["present", name], strict=True)]
        yield of_shares("missing_share", axis, name, hits=hits, n=rows, min_group=min_group)
    again = sums["again", ""]
    yield of_shares("duplicate_share", axis, None, hits=again, n=rows, min_group=min_group)
    for fence in outlying:
        name = fence.column
        hits, n = sums["outside", name], sums["finite", name]
        yield of_shares("outlier_share", axis, name, hits=hits, n=n, min_group=min_group)
    for name in texts:
        yield of_lengths(
            axis,
            name,
            n=sums["texts", name],
            sums=sums["characters", name],
            squares=sums["characters_squared", name],
            min_group=min_group,
        )


def _corrected(entries: Sequence[Quality]) -> Iterator[Quality]:
    """Correct the p-values of each kind for the number of its entries."""
    for kind in _KINDS:
        family = [entry for entry in entries if entry.kind == kind]
        adjusted = benjamini_hochberg([entry.p_value for entry in family])
        for entry, p_value in zip(family, adjusted, strict=True):
            yield replace(entry, p_value=p_value)
