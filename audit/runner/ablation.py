"""What each step of recipes contributed: a handful of measures before it and after it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, cast

from audit.comparing.glance import Plan, glance, plan
from audit.comparing.personal_glance import PersonalGlance
from audit.comparing.values import Ablation, StepPart
from audit.errors import ParameterError
from audit.format import counted
from audit.mending.change import no_key
from audit.mending.effects import Effect
from audit.mending.stage import Stage
from audit.model import Progress, RoleMap, silent
from audit.runner.applying import SAMPLE_ROWS, Key, applied, stages
from audit.runner.loading import roles as roles_of
from audit.runner.options import report_options
from audit.runner.recipe import Recipe
from audit.runner.report_lines import followed
from audit.store import Version, Workspace

if TYPE_CHECKING:
    from audit.reports.pii.options import Options

_START = "Before the first step"


def ablation(
    version: Version,
    recipe: Recipe | None = None,
    *,
    since: Version | None = None,
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
    since : Version, optional
        Without a recipe: an earlier version, from which on the steps of all recipes between are
        covered; by default those of the last recipe.
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

    Several recipes are carried out as one. Where roles were changed by hand between two of them,
    that would do something else: the last recipe alone is covered, and the note says so.
    """
    legs = [_Leg(version, recipe)] if recipe else _legs(version, since, workspace)
    asked = _Asked(workspace, key, rows)
    try:
        return asked.measured(legs, progress)
    except _OtherRolesError:
        found = asked.measured(legs[-1:], progress)
    steps = counted(len(found.parts) - 1, "step")
    note = f"Of the last recipe alone ({steps}): before it, roles were changed by hand."
    return replace(found, note=note)


class _OtherRolesError(Exception):
    """Roles were changed between two recipes."""


class _Leg(NamedTuple):
    """A recipe, and what it was applied to."""

    source: Version
    recipe: Recipe

    def fits(self, roles: RoleMap) -> bool:
        """Whether it would find the roles that it found."""
        there = {c.column: c.roles for c in roles.columns}
        wanted = {c.column: c.roles for c in roles_of(self.source).columns}
        return {**there, **self.recipe.roles} == {**wanted, **self.recipe.roles}


class _Asked(NamedTuple):
    workspace: Workspace
    key: Key
    rows: int

    def measured(self, legs: Sequence[_Leg], progress: Progress) -> Ablation:
        """Measure after each step of recipes that follow one another."""
        source, recipe, begins = legs[0].source, _joined(legs), _begins(legs)
        seen: list[tuple[Plan, PersonalGlance]] = []
        done: list[Effect] = []
        titles = {0: _START} | {i: f"{i}. {s.spec.title}" for i, s in recipe.active}

        def look(stage: Stage, roles: RoleMap, effect: Effect | None) -> StepPart:
            if not seen:
                options = cast("Options", report_options(source, "pii"))
                personal = PersonalGlance(stage.table, roles, options)
                seen.append((plan(source.table, roles), personal))
            position = effect.position if effect else 0
            if position in begins and not begins[position].fits(roles):
                raise _OtherRolesError
            done.extend([effect] if effect else ())
            steps = followed(done)
            wanted, personal = seen[0]
            told = glance(stage.table, roles, wanted, steps.sources)
            return StepPart(
                position=position,
                title=titles[position],
                effect=effect,
                measures=(*told, *personal.measures(stage.table, roles, effect, steps)),
            )

        parts: tuple[StepPart, ...] = stages(
            source,
            recipe,
            workspace=self.workspace,
            key=self.key,
            rows=self.rows,
            look=look,
            progress=progress,
        )
        wanted, personal = seen[0]
        return Ablation(
            titles=(*wanted.titles, *personal.titles),
            ideals=(*wanted.ideals, *personal.ideals),
            parts=parts,
            rows=int(parts[0].measures[0].value or 0),
            of=source.manifest.rows,
        )


def _joined(legs: Sequence[_Leg]) -> Recipe:
    """Make one recipe of several; steps switched off at the end of one are left out."""
    steps = tuple(step for leg in legs for step in leg.recipe.steps[: _last(leg.recipe)])
    return replace(legs[0].recipe, steps=steps)


def _begins(legs: Sequence[_Leg]) -> dict[int, _Leg]:
    """Tell after which step each recipe but the first begins."""
    ends = list(accumulate(_last(leg.recipe) for leg in legs))
    return dict(zip(ends[:-1], legs[1:], strict=True))


def _last(recipe: Recipe) -> int:
    return max((position for position, _ in recipe.active), default=0)


def _legs(version: Version, since: Version | None, workspace: Workspace) -> list[_Leg]:
    """List the recipes that made a version, from an earlier version on."""
    found: list[_Leg] = []
    while not found or (since is not None and version.id != since.id):
        record = applied(version)
        if record is None:
            message = f"{version.manifest.name} was loaded: no recipe made it."
            raise ParameterError(message, hint="Give a recipe, or a version that one made.")
        version = workspace.find(record.parent)
        found.insert(0, _Leg(version, Recipe.parse(record.recipe.encode())))
    return found
