"""What each step of a recipe contributed: a handful of measures before it and after it."""

from audit.comparing.glance import Plan, glance, plan
from audit.comparing.values import Ablation, StepPart
from audit.errors import ParameterError
from audit.mending.change import no_key
from audit.mending.effects import Effect
from audit.mending.stage import Stage
from audit.model import Progress, RoleMap, silent
from audit.runner.applying import SAMPLE_ROWS, Key, applied, stages
from audit.runner.recipe import Recipe
from audit.store import Version, Workspace

_START = "Before the first step"


def ablation(
    version: Version,
    recipe: Recipe | None = None,
    *,
    workspace: Workspace,
    key: Key = no_key,
    rows: int = SAMPLE_ROWS,
    progress: Progress = silent,
) -> Ablation:
    """Carry a recipe out on a sample, and measure the table after each step.

    Parameters
    ----------
    version : Version
        What the recipe is applied to; without a recipe a version that one made, of which the
        steps are carried out again.
    recipe : Recipe, optional
        The steps.
    workspace : Workspace
        Where the version is kept.
    key : callable
        Gives the key of steps that need one.
    rows : int
        Rows of the sample at the most.
    progress : Progress
        Told how far it is; may raise Stopped.

    Notes
    -----
    Class sizes and groups are those of the sample: k is smaller, and more rows are unique, in
    fewer rows. Read how they move from step to step.
    """
    source = version
    if recipe is None:
        source, recipe = _made_of(version, workspace)
    seen: list[Plan] = []
    titles = {0: _START} | {i: f"{i}. {s.spec.title}" for i, s in recipe.active}

    def look(stage: Stage, roles: RoleMap, effect: Effect | None) -> StepPart:
        if not seen:
            seen.append(plan(stage.table, roles))
        position = effect.position if effect else 0
        return StepPart(
            position=position,
            title=titles[position],
            effect=effect,
            measures=glance(stage.table, roles, seen[0]),
        )

    parts: tuple[StepPart, ...] = stages(
        source, recipe, workspace=workspace, key=key, rows=rows, look=look, progress=progress
    )
    return Ablation(
        titles=seen[0].titles,
        ideals=seen[0].ideals,
        parts=parts,
        rows=int(parts[0].measures[0].value or 0),
        of=source.manifest.rows,
    )


def _made_of(version: Version, workspace: Workspace) -> tuple[Version, Recipe]:
    record = applied(version)
    if record is None:
        message = f"{version.manifest.name} was loaded: no recipe made it."
        raise ParameterError(message, hint="Give a recipe, or a version that one made.")
    return workspace.find(record.parent), Recipe.parse(record.recipe.encode())
