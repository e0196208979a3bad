"""Options of the representation report changed on its page (see :mod:`audit.ui.changes`)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit import runner
from audit.store import Version, Workspace
from audit.ui import changes, jobs, state
from audit.ui.load_upload import Chosen

REPORT = "representation"


def turn() -> int:
    """Count the changes asked for: part of the keys of widgets that show what is kept."""
    return changes.turn(REPORT)


def change(version: Version, title: str, wanted: Mapping[str, Any]) -> None:
    """Measure with some options changed; None takes one back to its default."""
    changes.change(version, REPORT, title, wanted)


def read_reference(version: Version, chosen: Chosen) -> None:
    """Take a reference population from a file, and measure with it."""
    workspace = state.workspace()
    title = f"Measuring against {chosen.name}"
    changes.start(version, REPORT, title, lambda job: _against(version, chosen, workspace, job))


def follow(version: Version) -> None:
    """Show how far the newest change is, or why it ended without one; the page goes on below."""
    changes.follow(version, REPORT)


def _against(version: Version, chosen: Chosen, workspace: Workspace, job: jobs.Job) -> None:
    # ``chosen`` is held until the work ends: an upload's file lives as long as it does.
    path = Path(chosen.path)
    found = runner.read_reference(version, path, workspace=workspace, name=chosen.name)
    changes.measure(version, REPORT, {**found, "reference_weights": None}, job)
