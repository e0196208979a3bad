"""The recipe in the making: kept beside its version, so that nothing somebody typed is lost.

Changes are pure functions from a recipe to a recipe; :class:`History` takes them back again.
"""

from dataclasses import dataclass, replace

from audit.errors import AuditError
from audit.runner.loading import roles as roles_of
from audit.runner.recipe import Recipe, RecipeStep
from audit.store import Version

DRAFT = "recipe.draft"
"""Not called ``.json``: pages watch these for reports, which a draft leaves as they are."""
HISTORY = "recipe.history"
"""Apart from the draft: it is needed once, by a page that is opened again."""
_MOST_PAST = 200
_MOST_KEPT, _LONGEST = 50, 2_000_000
"""Recipes before and after the draft that are kept for a restart, and letters of them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """How a draft lies on the disk: as the YAML that people can read."""

    recipe: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _KeptHistory:
    """How a history lies on the disk: recipes as YAML, those nearest to ``now`` first."""

    now: str
    past: tuple[str, ...] = ()
    future: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A recipe, what it was before, and what it was before that was taken back."""

    now: Recipe
    past: tuple[Recipe, ...] = ()
    future: tuple[Recipe, ...] = ()

    def changed(self, recipe: Recipe) -> "History":
        """Go on with another recipe; what was taken back before is gone."""
        if recipe == self.now:
            return self
        return History(now=recipe, past=(*self.past, self.now)[-_MOST_PAST:])

    def undone(self) -> "History":
        """Go back by one change, as far as there is one."""
        if not self.past:
            return self
        *past, last = self.past
        return History(now=last, past=tuple(past), future=(self.now, *self.future))

    def redone(self) -> "History":
        """Make the change that was taken back last again."""
        if not self.future:
            return self
        first, *rest = self.future
        return History(now=first, past=(*self.past, self.now), future=tuple(rest))


def draft(version: Version) -> Recipe:
    """Give the recipe that is being made for a version; an empty one where there is none.

    Raises
    ------
    ParameterError
        If what was kept no longer fits this program; :func:`draft_text` still gives it.
    """
    text = draft_text(version)
    return Recipe.parse(text.encode(), "draft") if text else Recipe()


def draft_text(version: Version) -> str:
    """Give the kept recipe as YAML, whether or not it can be read; empty where there is none."""
    kept = version.kept(DRAFT, _Kept)
    return kept.recipe if kept else ""


def keep_draft(version: Version, recipe: Recipe) -> None:
    """Keep the recipe that is being made for a version."""
    version.keep(DRAFT, _Kept(recipe=recipe.text()))


def history(version: Version) -> History:
    """Give the recipe that is being made, with what it was before; as far as that was kept.

    Raises
    ------
    ParameterError
        If the draft no longer fits this program. A former recipe that does not is left out, and
        all that lie behind it.
    """
    now = draft(version)
    kept = version.kept(HISTORY, _KeptHistory)
    if kept is None:
        return History(now=now)
    past, future = _readable(kept.past), _readable(kept.future)
    if kept.now == draft_text(version):
        return History(now=now, past=past[::-1], future=future)
    former = _readable((kept.now,))
    return History(now=former[0], past=past[::-1]).changed(now) if former else History(now=now)


def keep_history(version: Version, history: History) -> None:
    """Keep the recipe that is being made, and as much of its past and future as is sensible."""
    room = _LONGEST
    sides: list[tuple[str, ...]] = []
    for recipes in (history.past[::-1], history.future):
        texts: list[str] = []
        for recipe in recipes[:_MOST_KEPT]:
            text = recipe.text()
            room -= len(text)
            if room < 0:
                break
            texts.append(text)
        sides.append(tuple(texts))
    keep_draft(version, history.now)
    version.keep(HISTORY, _KeptHistory(now=history.now.text(), past=sides[0], future=sides[1]))


def _readable(texts: tuple[str, ...]) -> tuple[Recipe, ...]:
    """Read recipes up to the first that this program cannot read."""
    found = []
    for text in texts:
        try:
            found.append(Recipe.parse(text.encode(), "draft"))
        except AuditError:
            break
    return tuple(found)


def add(recipe: Recipe, step: RecipeStep, place: int | None = None) -> Recipe:
    """Put a step at ``place`` (from 0), or at the end."""
    at = len(recipe.steps) if place is None else place
    return replace(recipe, steps=(*recipe.steps[:at], step, *recipe.steps[at:]))


def move(recipe: Recipe, place: int, by: int) -> Recipe:
    """Move a step ``by`` places down, or up where it is negative; not past either end."""
    steps = list(recipe.steps)
    step = steps.pop(place)
    steps.insert(min(len(steps), max(0, place + by)), step)
    return replace(recipe, steps=tuple(steps))


def remove(recipe: Recipe, place: int) -> Recipe:
    """Take a step out."""
    return replace(recipe, steps=recipe.steps[:place] + recipe.steps[place + 1 :])


def put(recipe: Recipe, place: int, step: RecipeStep) -> Recipe:
    """Put another step in the place of one.

    What the former learnt from other data goes, unless the other brings something itself: it
    may not fit the new parameters.
    """
    former = recipe.steps[place]
    if step.given != former.given and _learnt(step) == _learnt(former):
        step = forgetful(step)
    return replace(recipe, steps=(*recipe.steps[:place], step, *recipe.steps[place + 1 :]))


def switch(recipe: Recipe, place: int, *, on: bool) -> Recipe:
    """Switch a step on or off; one that is off keeps its place and its parameters."""
    steps = list(recipe.steps)
    steps[place] = replace(steps[place], skip=not on)
    return replace(recipe, steps=tuple(steps))


def rename(recipe: Recipe, name: str) -> Recipe:
    """Call the recipe something else."""
    return replace(recipe, name=" ".join(name.split())[:80])


def forgetful(step: RecipeStep) -> RecipeStep:
    """Let a step learn anew, from the data it will be given."""
    if _learnt(step) is None:
        return step
    return replace(step, params=step.params.model_copy(update={"fitted": None}))


def has(recipe: Recipe, step: RecipeStep) -> bool:
    """Whether a recipe does already what ``step`` would do; a note beside it does not matter."""
    return any(
        s.remedy == step.remedy and not s.skip and s.given == step.given for s in recipe.steps
    )


def for_version(recipe: Recipe, version: Version) -> Recipe:
    """Complete a recipe for a version: what it is made for, and roles that somebody confirmed.

    With these the command line, which guesses roles, does the same to the same file.
    """
    from audit.reports.roles import guess

    manifest = version.manifest
    whole = replace(recipe, source_name=manifest.name, source_sha256=manifest.sha256)
    if recipe.roles or recipe.positive is not None:
        return whole
    roles = roles_of(version)
    sure = [c for c in roles.columns if c.confirmed]
    if not sure:
        return whole
    guessed = guess(version.table)
    given = {c.column: c.roles for c in sure if c.roles or guessed.of(c.column)}
    return replace(whole, roles=given, positive=roles.positive if given else None)


def fits(recipe: Recipe, version: Version) -> bool:
    """Whether a recipe was made for this data, or for none in particular."""
    meant = recipe.source_sha256
    return not meant or version.manifest.sha256.startswith(meant)


def _learnt(step: RecipeStep) -> object:
    return getattr(step.params, "fitted", None)
