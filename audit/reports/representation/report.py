"""The representation report, put together from its parts."""

from audit.model import Progress, Role, RoleMap
from audit.registry import report
from audit.reports.representation.axes import axis_of
from audit.reports.representation.label import read_label
from audit.reports.representation.options import Options
from audit.reports.representation.values import Representation
from audit.store import Table

READS = (
    *(Role.LABEL, Role.PREDICTION, Role.SCORE, Role.SENSITIVE, Role.WEIGHT, Role.SPLIT),
    *(Role.DIRECT_IDENTIFIER, Role.FREE_TEXT),
)


@report("representation", title="Representation and bias", version=1, roles=READS)
def representation(
    table: Table, roles: RoleMap, options: Options, progress: Progress
) -> Representation:
    """Measure who is in the data, how labels and a model treat them, and what is missing."""
    progress(0.0, "groups")
    axes = tuple(
        axis_of(table, c, edges=options.bins.get(c), most_groups=options.most_groups)
        for c in roles.having(Role.SENSITIVE)
    )
    return Representation(
        rows=table.n_rows,
        axes=axes,
        label=read_label(table, roles),
        weight=roles.one(Role.WEIGHT),
        min_group=options.min_group,
        reference_name="uniform",
    )
