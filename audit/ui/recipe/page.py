"""The page put together."""

from audit.errors import ParameterError
from audit.store import Version
from audit.ui.recipe import (
    adding,
    applying,
    files,
    keys,
    made,
    opening,
    steps,
    touched,
    trying,
)


def show(version: Version) -> None:
    """Show the recipe of a version, what it would do, and what made the version itself."""
    keys.note()
    made.show(version)
    try:
        view = trying.view_of(version)
    except ParameterError as error:
        files.broken(version, error)
        return
    opening.show(view)
    files.asked(version)
    steps.show(view)
    applying.actions(view)
    trying.follow(version)
    applying.follow(version)
    touched.show(view)
    adding.show(view)
