"""Carrying a recipe out: on a whole version, for a new one; or on a part of it, to see what it does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audit.errors import ParameterError
from audit.mending.change import Context, no_key
from audit.mending.effects import Done, Effect
from audit.mending.stage import Outcome, Stage, carry_out
from audit.model import Origin, Progress, RoleMap, silent
from audit.runner.inheriting import inherit, roles_after
from audit.runner.kept_rows import keep_rows
from audit.runner.learnt import learnt_before
from audit.runner.loading import dataset_name
from audit.runner.recipe import Recipe, RecipeStep
from audit.runner.references import inlined
from audit.runner.rows_left import with_rows
from audit.runner.stated_roles import stated_roles
from audit.runner.step_errors import at_step, told_at, without_cells
from audit.store import Version, Workspace, codec
from audit.store.scratch import writable
from audit.stretch import stretch

APPLIED = "applied.json"
WHOLE_ROWS = 1_000_000
"""Rows up to which a preview of steps that are quick takes the whole table."""
SMALL_ROWS = 25_000
"""Rows up to which it takes the whole table whatever the steps."""
SAMPLE_ROWS = 10_000
"""Rows of a preview otherwise."""

Key = Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What is kept beside a version that a recipe made."""

    parent: str
    recipe: str
    """The recipe as YAML, with what its steps learnt: it does the same to another file."""
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a recipe would do: nothing of it is kept."""

    done: tuple[Done, ...]
    rows: int
    """Rows it was tried on."""
    of: int
    """Rows of the version."""

    @property
    def sampled(self) -> bool:
        """Whether it was tried on a part of the rows: counts are of that part."""
        return self.rows < self.of


def apply(
    version: Version,
    recipe: Recipe,
    *,
    workspace: Workspace,
    name: str | None = None,
    key: Key = no_key,
    any_source: bool = False,
    progress: Progress = silent,
) -> Version:
    """Make a new version by carrying out the steps that are switched on.

    Parameters
    ----------
    version : Version
        What is mended; it stays as it is.
    recipe : Recipe
        The steps.
    workspace : Workspace
        Where both versions are kept.
    name : str, optional
        Name of the new version; by default that of the old one and of the recipe.
    key : callable
        Gives the key of steps that need one.
    any_source : bool
        Whether the recipe may have been made for other data.
    progress : Progress
        Told how far it is; may raise Stopped, after which nothing was made.

    Raises
    ------
    ParameterError
        If no step is switched on, a step cannot be carried out or leaves no row, or the recipe
        names other data.
    """
    _check_source(version, recipe, any_source=any_source)
    if not recipe.active:
        message = "The recipe has no step that is switched on."
        raise ParameterError(message, hint="Add a step, or switch one on.")
    whole = inlined(recipe, version, workspace)
    told = without_cells("Applying the recipe")
    with told, workspace.draft() as draft, workspace.scratch() as folder:
        line = _Line(version, whole, folder, key=key, progress=progress, last=draft.data)
        outcomes = list(with_rows(line.run(line.begin())))
        done, stage = line.done, outcomes[-1].stage
        record = Applied(
            parent=version.id,
            recipe=_remembering(whole, done).text(),
            effects=tuple(d.effect for d in done),
        )
        gone = [(d.effect, o.gone) for d, o in zip(done, outcomes, strict=True)]
        with writable("The version"):
            (draft.folder / APPLIED).write_bytes(codec.dump(record))
            keep_rows(draft.folder, stage.lineage, gone)
        origin = Origin(
            source=version.manifest.origin.source,
            kind="recipe",
            parent=version.id,
            recipe=whole.digest,
        )
        made = workspace.commit(
            draft,
            name=dataset_name(name or _name(version, recipe)),
            origin=origin,
            complete=lambda draft: inherit(version, draft, line.roles),
        )
        # Of a version that was there before: it has not all of this yet.
        inherit(version, made, line.roles)
    return made


def preview(
    version: Version,
    recipe: Recipe,
    *,
    workspace: Workspace,
    key: Key = no_key,
    rows: int | None = None,
    progress: Progress = silent,
) -> Preview:
    """Try a recipe, on the whole version where its steps are quick, else on a sample of rows.

    Parameters
    ----------
    version, recipe, workspace, key, progress
        As for :func:`apply`.
    rows : int, optional
        Rows to try it on at the most.

    Returns
    -------
    Preview
        What each step did, with examples of the rows it touched.
    """
    whole = inlined(recipe, version, workspace)
    quick = all(step.spec.fast for _, step in whole.active)
    small = version.manifest.rows <= (WHOLE_ROWS if quick else SMALL_ROWS)
    most = rows or (version.manifest.rows if small else SAMPLE_ROWS)
    with workspace.scratch() as folder:
        line = _Line(version, whole, folder, key=key, progress=progress, examples=True)
        begin = line.begin(most)
        for _ in line.run(begin):
            pass
        return Preview(done=line.done, rows=begin.table.n_rows, of=version.manifest.rows)


def stages(
    version: Version,
    recipe: Recipe,
    *,
    workspace: Workspace,
    key: Key = no_key,
    rows: int = SAMPLE_ROWS,
    look: Callable[[Stage, RoleMap, Effect | None], Any],
    progress: Progress = silent,
) -> tuple[Any, ...]:
    """Carry a recipe out on a sample and look at the table before the first step and after each.

    For ablation: what each step contributes. ``look`` is given the stage, the roles of its
    columns and the effect of the step (None before the first), while the files are there.
    """
    whole = inlined(recipe, version, workspace)
    with workspace.scratch() as folder:
        line = _Line(version, whole, folder, key=key, progress=progress)
        begin = line.begin(rows)
        first = look(begin, line.roles, None)
        return (first, *(look(o.stage, line.roles, o.effect) for o in line.run(begin)))


def applied(version: Version) -> Applied | None:
    """Give the account of the recipe that made a version; None where it was loaded."""
    return version.account(APPLIED, Applied)


class _Line:
    """The steps of a recipe, one after the other; each file goes once the next is there."""

    def __init__(
        self,
        version: Version,
        recipe: Recipe,
        folder: Path,
        *,
        key: Key,
        progress: Progress,
        last: Path | None = None,
        examples: bool = False,
    ) -> None:
        self.done: tuple[Done, ...] = ()
        self.roles = stated_roles(version, recipe)
        self._version, self._folder, self._key = version, folder, key
        self._steps = recipe.active
        self._need_key()
        self._progress, self._last, self._examples = progress, last, examples
        self._sampled = False

    def _need_key(self) -> None:
        """Raise before any work where a step needs the key and there is none."""
        for position, step in self._steps:
            if step.params.needs_key():
                try:
                    self._key()
                except ParameterError as error:
                    raise told_at(error, position, step) from error

    def begin(self, most: int | None = None) -> Stage:
        """Give the first stage: the version, or a sample of ``most`` rows of it."""
        import numpy as np

        table = self._version.table
        self._sampled = most is not None and table.n_rows > most
        if not self._sampled or most is None:
            return Stage(table=table, lineage=np.arange(table.n_rows, dtype=np.int64))
        from audit.mending.sampling import sample

        return sample(table, most, self._folder / "sample.parquet")

    def run(self, stage: Stage) -> Iterator[Outcome]:
        """Carry the steps out, one for each turn of the iterator."""
        for i, (position, step) in enumerate(self._steps):
            last = i == len(self._steps) - 1
            told = f"Step {position}: {step.spec.title}"
            part = stretch(self._progress, i / len(self._steps), (i + 1) / len(self._steps), told)
            outcome = self._one(stage, position, step, part, last=last)
            yield outcome
            if stage.table.id != self._version.id:
                stage.table.remove()
            stage = outcome.stage

    def _one(
        self, stage: Stage, position: int, step: RecipeStep, progress: Progress, *, last: bool
    ) -> Outcome:
        final = self._last if last else None
        context = Context(
            roles=self.roles,
            folder=self._folder,
            progress=stretch(progress, 0.0, 0.6),
            key=self._key,
            sampled=self._sampled,
        )
        with at_step(position, step), learnt_before(step):
            change = step.spec.function(stage.table, step.params, context)
            outcome = carry_out(
                stage,
                change,
                path=final or self._folder / f"step-{position}.parquet",
                position=position,
                remedy=step.remedy,
                title=step.spec.title,
                draft=final is None,
                examples=self._examples,
                progress=stretch(progress, 0.6, 1.0),
            )
        self.roles = roles_after(self.roles, change, outcome.stage.table)
        fitted = Done(effect=outcome.effect, fitted=change.fitted, shown=outcome.shown)
        self.done = (*self.done, fitted)
        return outcome


def _remembering(recipe: Recipe, done: tuple[Done, ...]) -> Recipe:
    """Put what steps learnt into the recipe."""
    learnt = {d.effect.position: d.fitted for d in done if d.fitted is not None}
    steps = tuple(
        replace(s, params=s.params.model_copy(update={"fitted": learnt[i]})) if i in learnt else s
        for i, s in enumerate(recipe.steps, 1)
    )
    return replace(recipe, steps=steps)


def _check_source(version: Version, recipe: Recipe, *, any_source: bool) -> None:
    meant = recipe.source_sha256
    if any_source or not meant or version.manifest.sha256.startswith(meant):
        return
    message = f"The recipe was made for other data ({recipe.source_name or meant[:12]})."
    hint = "Give that file, or allow another: --any-source; on the page, Use it for this dataset."
    raise ParameterError(message, hint=hint)


def _name(version: Version, recipe: Recipe) -> str:
    return f"{version.manifest.name[:80]} · {recipe.name or 'mended'}"
