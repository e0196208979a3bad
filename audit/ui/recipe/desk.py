"""The recipe that is being made: kept beside its version at every change, with undo and redo."""

from dataclasses import dataclass

from audit import runner
from audit.model import RoleMap
from audit.runner import recipe_draft
from audit.runner.recipe_draft import History
from audit.store import Version
from audit.ui import audits, state

_HISTORY = "recipe-history"
_EDITED, _TOLD = "recipe-edited", "recipe-told"
RECIPE_PAGE = "pages/improve/recipe.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The step whose form is open."""

    remedy: str
    place: int | None
    """From 0; None: it is not in the recipe yet."""
    token: str
    """Part of the keys of the form's widgets: another form starts afresh."""
    why: str = ""


def history(version: Version) -> History:
    """Give the recipe with its past; a change made in another tab is a change like any other."""
    known = state.session().get(_HISTORY)
    if isinstance(known, tuple) and known[0] == version.id:
        found: History = known[1].changed(recipe_draft.draft(version))
    else:
        found = recipe_draft.history(version)
    state.session()[_HISTORY] = (version.id, found)
    return found


def recipe(version: Version) -> runner.Recipe:
    """Give the recipe that is being made."""
    return history(version).now


def change(version: Version, wanted: runner.Recipe) -> None:
    """Go on with another recipe, and keep it."""
    _keep(version, history(version).changed(wanted))


def undo(version: Version) -> None:
    """Take the last change back."""
    close()
    _keep(version, history(version).undone())


def redo(version: Version) -> None:
    """Make the change that was taken back again."""
    close()
    _keep(version, history(version).redone())


def add(version: Version, *steps: runner.RecipeStep) -> None:
    """Add steps at the end; those that are there already are left out."""
    wanted = recipe(version)
    for step in steps:
        if not recipe_draft.has(wanted, step):
            wanted = recipe_draft.add(wanted, step)
    change(version, wanted)


def edited() -> Edited | None:
    """Say whose form is open."""
    found = state.session().get(_EDITED)
    return found if isinstance(found, Edited) else None


def edit(version: Version, place: int) -> None:
    """Open the form of a step."""
    step = recipe(version).steps[place]
    _open(Edited(remedy=step.remedy, place=place, token=_token(), why=step.why))


def begin(remedy: str) -> None:
    """Open the form of a step that is not in the recipe yet."""
    _open(Edited(remedy=remedy, place=None, token=_token()))


def close() -> None:
    """Close the form that is open."""
    state.session().pop(_EDITED, None)


def tell(sentence: str) -> None:
    """Say something once, on the next run of the page. Escaped."""
    state.session()[_TOLD] = sentence


def told() -> str:
    """Give what is to be said, once."""
    found: str = state.session().pop(_TOLD, "")
    return found


def roles(version: Version) -> RoleMap:
    """Give the roles, with the columns in which personal data was found: these are masked."""
    known = audits.kept(version)
    return known.roles if known is not None else runner.guarded_roles(version)


def forget(version: Version) -> None:
    """Begin with an empty recipe."""
    close()
    change(version, runner.Recipe())


def _keep(version: Version, wanted: History) -> None:
    recipe_draft.keep_history(version, wanted)
    state.session()[_HISTORY] = (version.id, wanted)


def _open(wanted: Edited) -> None:
    state.session()[_EDITED] = wanted


def _token() -> str:
    number: int = state.session().get("recipe-forms", 0) + 1
    state.session()["recipe-forms"] = number
    return f"form-{number}"
