"""What the Load page has in hand: the source chosen, how it is to be read, what came of it."""

from dataclasses import dataclass, field
from pathlib import Path

from audit import runner, sources
from audit.errors import AuditError
from audit.store import Version, Workspace
from audit.ui import jobs, state
from audit.ui.load_upload import Chosen, discard
from audit.ui.text import shorten

LOADING = "load"
_DESK, _PREVIEW = "load-desk", "preview"


@dataclass(slots=True)
class Desk:
    """The state of one viewer's Load page."""

    turn: int = 0
    """Raised with each source chosen: widgets of another source are other widgets."""
    chosen: Chosen | None = None
    kind: str | None = None
    given: dict[str, object] = field(default_factory=dict)
    """Options the user set; all others are sniffed."""
    shown: sources.Preview | None = None
    """The newest preview that could be made."""
    error: AuditError | None = None
    """Why the newest preview could not be made."""
    bug: str = ""
    asked: object = None
    tries: int = 0
    name: str = ""
    """What the dataset is to be called; the file's name where this is empty."""
    loaded: str | None = None
    """Id of the version that was loaded last, whose report is shown."""


def desk() -> Desk:
    """Find the desk of this session."""
    found = state.session().setdefault(_DESK, Desk())
    assert isinstance(found, Desk)
    return found


def put(chosen: Chosen | None) -> None:
    """Take a source in hand, or none; what was in hand is put away."""
    mine = desk()
    if mine.chosen is not None:
        discard(mine.chosen)
    for job in jobs.under_way():
        if job.key.startswith(_PREVIEW):
            job.stop()
    state.session()[_DESK] = Desk(turn=mine.turn + 1, chosen=chosen)


def read_as(kind: str | None) -> None:
    """Read the source as another kind; what was set for the former kind no longer applies."""
    mine = desk()
    mine.kind, mine.given = kind, {}


def preview_job() -> jobs.Job | None:
    """Make a preview where the source or an option changed; the job if it is still at work."""
    mine = desk()
    assert mine.chosen is not None
    asked = (_stamp(mine.chosen.path), mine.kind, tuple(sorted(mine.given.items(), key=repr)))
    if mine.asked != asked:
        former = jobs.find(f"{_PREVIEW}-{mine.tries}")
        if former is not None and not former.ended:
            former.stop()
        mine.asked, mine.tries = asked, mine.tries + 1
        path, workspace = mine.chosen.path, state.workspace()
        kind, given = mine.kind, dict(mine.given)
        jobs.start(
            f"{_PREVIEW}-{mine.tries}",
            f"Looking at {shorten(mine.chosen.name)}",
            lambda _: _preview(path, workspace, kind, given),
        )
    job = jobs.find(f"{_PREVIEW}-{mine.tries}")
    if job is None:
        return None
    if not job.wait(jobs.PATIENCE_S):
        return job
    mine.error, mine.bug = job.error, job.bug
    if job.state == "done":
        mine.shown = job.result
    jobs.dismiss(job.key)
    return None


def start_load(name: str) -> None:
    """Load what is in hand, as a job."""
    mine, workspace = desk(), state.workspace()
    mine.name = name
    chosen, kind, given = mine.chosen, mine.kind, dict(mine.given)
    assert chosen is not None
    jobs.dismiss(LOADING)
    jobs.start(
        LOADING,
        f"Loading {shorten(chosen.name)}",
        lambda job: _load(chosen, workspace, name, kind, given, job),
    )


def finish(version: Version) -> None:
    """Put the source away, use the new version and show what became of its records."""
    jobs.dismiss(LOADING)
    put(None)
    desk().loaded = version.id
    state.choose(version)


def _preview(
    path: Path, workspace: Workspace, kind: str | None, given: dict[str, object]
) -> sources.Preview:
    with workspace.scratch() as scratch:
        return sources.preview(path, kind=kind, options=given, scratch=scratch)


def _load(
    chosen: Chosen,
    workspace: Workspace,
    name: str,
    kind: str | None,
    given: dict[str, object],
    job: jobs.Job,
) -> Version:
    # ``chosen`` is held until the work ends: an upload's file lives as long as it does.
    return runner.load(
        chosen.path, workspace=workspace, name=name, kind=kind, options=given, progress=job
    )


def _stamp(path: Path) -> tuple[str, int, int]:
    """Tells a file from what it was before somebody wrote to it."""
    try:
        known = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), known.st_size, known.st_mtime_ns
