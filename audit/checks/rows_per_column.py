"""More columns than the rows can support."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, ratio
from audit.model import Finding, Measure, Severity
from audit.registry import Settings, check
from audit.reports.distribution.values import Distribution


class Params(Settings):
    """How many rows a column needs."""

    notice_ratio: float = Field(
        10, ge=0, description="Fewer rows per column than this are noticed."
    )
    warning_ratio: float = Field(
        1, ge=0, description="No more rows per column than this are a warning."
    )


@check("rows-per-column", title="Rows per column", topic="size")
def rows_per_column(report: Distribution, params: Params) -> Iterator[Finding]:
    """Report a table that has few rows for the number of its columns.

    With as many columns as rows a model can fit any label, noise too. Ten rows for each
    column is the usual rule of thumb (events per variable, Peduzzi et al. 1996).
    """
    n_rows, n_columns = report.rows, len(report.columns)
    if not n_rows or not n_columns:
        return
    each = n_rows / n_columns
    if each <= params.warning_ratio:
        severity = Severity.WARNING
    elif each < params.notice_ratio:
        severity = Severity.NOTICE
    else:
        return
    yield Finding(
        check="rows-per-column",
        severity=severity,
        title=f"The table has {counted(n_columns, 'column')} for {counted(n_rows, 'row')}",
        why=(
            f"With {ratio(each)} rows for each column, a model can learn rows by heart "
            "instead of what they have in common."
        ),
        measures=(
            Measure(name="rows", value=n_rows, unit="rows", n=n_rows),
            Measure(name="columns", value=n_columns, unit="columns", n=n_rows),
            Measure(name="rows_per_column", value=each, unit="ratio", n=n_rows),
        ),
    )
