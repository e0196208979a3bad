"""Categories that few rows have, put together."""

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.change import Change, Context
from audit.mending.choosing import chosen, learnt_before, remembered
from audit.mending.distinct import Rewrite, rewritten
from audit.mending.fields import Fitted, TextColumn, TextColumns
from audit.mending.labels import positive_after
from audit.model import Role
from audit.registry import Settings, remedy
from audit.store.rows import is_text
from audit.store.table import Table


class GroupRareValues(Settings):
    """Put rare categories together."""

    column: TextColumn = Field(default="", title="Column", description="A column of text.")
    columns: TextColumns = Field(
        default=(), title="More columns", description="Each of them is treated by itself."
    )
    least: float = Field(
        default=10,
        ge=0,
        title="Fewest rows",
        description="Values that fewer rows have are rare; below 1 it is a share of the rows.",
    )
    most: int = Field(
        default=49,
        ge=1,
        title="Most values",
        description="However many rows have them, only so many of the most frequent values stay.",
    )
    to: str = Field(
        default="other",
        min_length=1,
        title="What they become",
        description="One word for all rare values of a column.",
    )
    fitted: Fitted = None


@remedy(
    "group-rare-values",
    title="Put rare categories together",
    family="clean",
    fast=False,
    recasts="groups",
)
def group_rare_values(table: Table, step: GroupRareValues, context: Context) -> Change:
    """Replace the rare values of a column by one value; missing stays missing.

    Which values stay is kept in the recipe: in another file every other value is replaced.
    """
    named = tuple(name for name in (step.column, *step.columns) if name)
    if not named:
        message = "No column is named."
        raise ParameterError(message, hint="Name a column of categories.")
    columns = chosen(table, context, named, is_text)
    before = learnt_before(step.fitted)
    functions, learnt, notes = {}, {}, []
    for name in columns:
        if name in before:
            stay = frozenset(map(str, before[name]))
        else:
            stay, gone = _frequent(table, name, step)
            notes.append(f"{counted(gone, 'value')} of {name!r} became {step.to!r}.")
        if any(value.strip().casefold() == step.to.strip().casefold() for value in stay):
            notes.append(f"{name!r} has {step.to!r} as a value of its own, or one but for case.")
        functions[name] = _grouping(stay, step.to)
        learnt[name] = sorted(stay)
    kept, said = remembered(context, learnt)
    label = functions.get(context.roles.one(Role.LABEL) or "")
    return Change(
        computed=rewritten(functions),
        positive=positive_after(context, columns, label) if label else None,
        fitted={"columns": kept} if kept else None,
        notes=(*notes, *said),
    )


def _frequent(table: Table, name: str, step: GroupRareValues) -> tuple[frozenset[str], int]:
    """Give the values that stay, and how many others there are."""
    rows = table.rows(
        """WITH c AS (SELECT {c} AS v, count(*) AS k FROM {t} WHERE {c} IS NOT NULL GROUP BY 1)
        SELECT v FROM c
        WHERE k >= CASE WHEN ? < 1 THEN ? * (SELECT sum(k) FROM c) ELSE ? END
        ORDER BY k DESC, v LIMIT ?""",
        (step.least, step.least, step.least, step.most),
        c=name,
    )
    (different,) = table.row("SELECT count(DISTINCT {c}) FROM {t}", c=name)
    return frozenset(v for (v,) in rows), int(different) - len(rows)


def _grouping(stay: frozenset[str], to: str) -> Rewrite:
    def group(text: str) -> str:
        return text if text in stay else to

    return group
