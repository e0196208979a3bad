"""What anonymising cost, for two versions of which one was made of the other."""

from collections.abc import Iterator

from audit.comparing.information_loss import information_loss as measured
from audit.comparing.pairing import Rows
from audit.comparing.values import InformationLoss
from audit.mending.effects import Effect
from audit.model import Role
from audit.registry import Settings
from audit.runner.applying import applied
from audit.runner.loading import roles
from audit.runner.pairs_of_rows import related
from audit.runner.recipe import Recipe
from audit.store import Version, Workspace


def information_loss(
    before: Version, after: Version, *, workspace: Workspace, rows: Rows | None = None
) -> InformationLoss | None:
    """Measure what anonymising cost; None where ``after`` was not anonymised out of ``before``.

    Parameters
    ----------
    before, after : Version
        The two.
    workspace : Workspace
        Where they are kept, and the versions between them.
    rows : Rows, optional
        Which row is which, where that is known already.
    """
    rows = rows or related(before, after, workspace).rows
    if rows.relation != "made from it":
        return None
    made = tuple(_made(before, after, workspace))
    quasi = roles(before).having(Role.QUASI_IDENTIFIER)
    return measured(before.table, after.table, rows, made, quasi)


def _made(
    before: Version, after: Version, workspace: Workspace
) -> Iterator[tuple[Effect, Settings | None]]:
    """Give the steps from one version to the other, with what they were given."""
    record = applied(after)
    if after.id == before.id or record is None:
        return
    yield from _made(before, workspace.find(record.parent), workspace)
    steps = dict(Recipe.parse(record.recipe.encode()).active)
    for effect in record.effects:
        step = steps.get(effect.position)
        yield effect, step.params if step is not None else None
