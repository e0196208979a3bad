"""The distribution report: every column, equal rows, missing cells and pairs of columns."""

from datetime import UTC, datetime

from pydantic import Field

from audit.model import Progress, RoleMap
from audit.registry import Settings, report
from audit.reports.distribution.columns import measure_columns
from audit.reports.distribution.missing import missing_patterns
from audit.reports.distribution.pairs import measure_pairs
from audit.reports.distribution.personal import PERSONAL, without_personal
from audit.reports.distribution.repeats import confirm_keys, duplicate_rows
from audit.reports.distribution.values import Distribution
from audit.store import Table
from audit.stretch import stretch


class Options(Settings):
    """What may be set; the defaults are what the figures in the documentation rest on."""

    exact_rows: int = Field(
        default=100_000, ge=0, description="Up to this many rows everything is exact."
    )
    counted_values: int = Field(
        default=1_000_000,
        ge=0,
        description="In larger tables a column of text with more different values is measured "
        "without holding them: how many there are is then an estimate.",
    )
    sample_rows: int = Field(
        default=100_000, ge=1, description="Rows that associations of columns rest on at most."
    )
    sample_cells: int = Field(
        default=10_000_000,
        ge=1,
        description="Cells that associations rest on at most: fewer rows of very many columns.",
    )
    most_levels: int = Field(
        default=50,
        ge=2,
        description="Different values a text may have to count as a category in associations.",
    )
    most_pairs: int = Field(
        default=5_000, ge=0, description="Associations that are kept, the strongest."
    )
    as_of: datetime | None = Field(
        default=None,
        description="The moment after which a date lies in the future; now where it is not given.",
    )


@report("distribution", title="Distribution", version=2, roles=PERSONAL)
def distribution(
    table: Table, roles: RoleMap, options: Options, progress: Progress
) -> Distribution:
    """Measure every column of a version, and what columns have to do with each other.

    See :func:`measure`. What may name a person is measured and not kept: the values of columns
    that are direct identifiers or free text, and values of others that read as personal data.
    """
    return without_personal(measure(table, options, progress), roles)


def measure(table: Table, options: Options, progress: Progress) -> Distribution:
    """Measure every column and every pair of columns, with the values that are most frequent.

    Values are counted once: where a column's different values are few, one grouping gives
    their number, the most frequent ones, entropy, quantiles, moments and histogram exactly;
    a column of many different numbers is sorted on its own; of many different texts the
    lengths and classes are counted in one scan. Each column is read a fixed number of times,
    however many there are, and never more than a few columns are held at once.

    Exact, unless a number says otherwise in its method. The same version and options give
    the same numbers on any number of threads: sums are taken over sorted values.
    """
    as_of = options.as_of or datetime.now(UTC)
    if as_of.tzinfo is None:
        as_of = as_of.replace(tzinfo=UTC)

    progress(0.0, "columns")
    columns = measure_columns(
        table,
        exact_rows=options.exact_rows,
        counted_values=options.counted_values,
        as_of=as_of,
        progress=stretch(progress, 0.0, 0.6),
    )
    progress(0.6, "missing values")
    rows_with_missing, patterns, patterns_total = missing_patterns(table, columns)
    progress(0.65, "equal rows")
    columns = confirm_keys(table, columns)
    keys = tuple(c.name for c in columns if c.is_key)
    repeated = 0 if keys else duplicate_rows(table)
    progress(0.85, "associations")
    pairs, note = measure_pairs(
        table,
        columns,
        sample_rows=options.sample_rows,
        sample_cells=options.sample_cells,
        most_levels=options.most_levels,
        most_pairs=options.most_pairs,
    )
    progress(1.0)
    return Distribution(
        rows=table.n_rows,
        columns=columns,
        size_bytes=table.size_bytes,
        duplicate_rows=repeated,
        rows_with_missing=rows_with_missing,
        patterns=patterns,
        patterns_total=patterns_total,
        keys=keys,
        pairs=pairs,
        pairs_note=note,
    )
