"""Work that must not block a page: run in the background, watched, stopped, survived.

A worker never calls ``st``: it writes its progress into a :class:`Job`, which a fragment reads.
Two jobs run at a time in one process; further ones wait for their turn.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, Literal
from uuid import uuid4

import streamlit as st

from audit.errors import AuditError, Stopped
from audit.store.engine import Engine
from audit.ui import state, trouble
from audit.ui.text import duration, md

AT_ONCE = 2
POLL_S = 0.5
PATIENCE_S = 0.7
"""How long a page waits for a job before it draws progress: what is quick shows none."""

State = Literal["waiting", "running", "done", "failed", "stopped"]
_JOBS, _SESSION = "jobs", "session"


class Job:
    """One piece of work: written by its worker, read by pages.

    A job is itself the ``progress`` that the work is given: calling it notes how far the work
    is, and raises :class:`~audit.errors.Stopped` once somebody asked to stop.
    """

    def __init__(self, key: str, title: str, engine: Engine | None = None) -> None:
        self.key = key
        self.title = title
        self.state: State = "waiting"
        self.share = 0.0
        self.note = ""
        self.result: Any = None
        self.error: AuditError | None = None
        self.bug = ""
        """Id of an error that is not the user's; its trace went to stderr."""
        self.started_s: float | None = None
        self._engine = engine
        self._asked = threading.Event()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread: int | None = None

    def __call__(self, share: float, note: str = "", /) -> None:
        """Note that ``share`` of the work is done; raise Stopped if it should go no further."""
        if self._asked.is_set():
            message = "The work was stopped."
            raise Stopped(message)
        self.share = min(1.0, max(0.0, share))
        self.note = note or self.note

    @property
    def ended(self) -> bool:
        """Whether there is nothing to wait for any more."""
        return self._ended.is_set()

    @property
    def stopping(self) -> bool:
        """Whether somebody asked to stop and the worker has not noticed yet."""
        return self._asked.is_set() and not self.ended

    @property
    def left_s(self) -> float | None:
        """Seconds left, as far as progress so far tells; None while it is too early to say."""
        if self.started_s is None or not 0.05 <= self.share < 1:
            return None
        gone = time.monotonic() - self.started_s
        return gone * (1 - self.share) / self.share if gone > 2 else None

    def stop(self) -> None:
        """Ask the worker to end, and interrupt the statement it is running."""
        self._asked.set()
        with self._lock:
            if self._thread is not None and self._engine is not None:
                self._engine.interrupt(self._thread)

    def wait(self, seconds: float) -> bool:
        """Wait at most ``seconds`` for the end; whether it has come."""
        return self._ended.wait(seconds)

    def run(self, work: Callable[["Job"], Any], turns: threading.Semaphore) -> None:
        """Do the work in this thread, and keep what comes of it."""
        with turns:
            with self._lock:
                self._thread = threading.get_ident()
            self.started_s = time.monotonic()
            outcome: State = "failed"
            try:
                self(0.0)
                self.state = "running"
                self.result = work(self)
                outcome = "done"
            except Stopped:
                outcome = "stopped"
            except AuditError as error:
                self.error = error
            except Exception as error:  # noqa: BLE001 - a thread has nobody above it
                self.bug = trouble.note_bug(error)
            finally:
                with self._lock:
                    self._thread = None
                self.state = outcome
                self._ended.set()


class _Office:
    """The jobs of this process and the turns they take."""

    def __init__(self) -> None:
        self.turns = threading.Semaphore(AT_ONCE)
        self.lock = threading.Lock()
        self.shared: dict[str, Job] = {}


@st.cache_resource(show_spinner=False)
def _office() -> _Office:
    return _Office()


def start(key: str, title: str, work: Callable[[Job], Any], *, shared: bool = False) -> Job:
    """Run ``work(job)`` in the background and remember it under ``key``.

    A job of that key that is still under way is joined, not started twice. The work must take
    all it needs as values, and must not call ``st``.

    Parameters
    ----------
    key : str
        Name within this session; with ``shared``, within this process.
    title : str
        What the job does, in words: 'Measuring 48,842 rows'.
    work : callable
        Takes the job as its ``progress``; what it returns becomes ``job.result``.
    shared : bool
        Whether other sessions join it: for work whose result is kept beside a version. The key
        must then hold the version's id.
    """
    office = _office()
    with office.lock:
        mine = _mine()
        known = office.shared.get(key) if shared else mine.get(key)
        if known is None or known.ended:
            known = Job(key, title, state.workspace().engine)
            threading.Thread(
                target=known.run,
                args=(work, office.turns),
                name=f"job-{uuid4().hex[:6]}",
                daemon=True,
            ).start()
            if shared:
                running = {k: j for k, j in office.shared.items() if not j.ended}
                office.shared = running | {key: known}
        mine[key] = known
    return known


def find(key: str) -> Job | None:
    """Look up the job that this session started or joined under ``key``."""
    return _mine().get(key)


def dismiss(key: str) -> None:
    """Forget a job that has ended, and its error with it."""
    job = find(key)
    if job is not None and job.ended:
        del _mine()[key]


def under_way() -> tuple[Job, ...]:
    """Jobs of this session that have not ended."""
    return tuple(job for job in _mine().values() if not job.ended)


@st.fragment(run_every=POLL_S)
def watch(job: Job) -> None:
    """Show how far ``job`` is, with Stop; rerun the app once it has ended."""
    if job.ended:
        st.rerun(scope="app")
    stage = "waiting for its turn" if job.state == "waiting" else job.note
    if job.stopping:
        stage = "stopping"
    left = job.left_s
    parts = [md(job.title), md(stage) if stage else "", f"{duration(left)} left" if left else ""]
    with st.container(border=True, gap="xsmall"):
        st.progress(job.share, text=" · ".join(p for p in parts if p))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(":small[:gray[You can go on using the other pages.]]", width="stretch")
            st.button(
                "Stop",
                key=f"stop-{job.key}",
                on_click=job.stop,
                disabled=job.stopping,
                type="tertiary",
            )


def show_end(job: Job) -> None:
    """Show why a job ended without a result; it stays until dismissed."""
    if job.state == "failed":
        if job.error is not None:
            trouble.show(job.error.problem, job.error.hint)
        else:
            trouble.show_bug(job.bug)
    elif job.state == "stopped":
        st.info(f"{md(job.title)}: stopped. Nothing was changed.", icon=":material/info:")
    st.button("Dismiss", key=f"dismiss-{job.key}", on_click=dismiss, args=(job.key,))


def need(key: str, title: str, work: Callable[[Job], Any], *, shared: bool = False) -> Any:
    """Give the result of ``work``, or end the page here: with its progress, or its error.

    For pages whose content is the result. ``start``, ``watch`` and ``show_end`` are the parts,
    for pages that show the job beside something else.
    """
    job = ready(key, title, work, shared=shared)
    if job is None:
        st.stop()
    return job.result


def ready(key: str, title: str, work: Callable[[Job], Any], *, shared: bool = False) -> Job | None:
    """Give the job once it is done; until then show its progress or its error here.

    For a part of a page: what stands below it is still drawn.
    """
    job = find(key) or start(key, title, work, shared=shared)
    if not job.wait(PATIENCE_S):
        watch(job)
        return None
    if job.state != "done":
        show_end(job)
        st.button("Try again", key=f"again-{key}", on_click=dismiss, args=(key,))
        return None
    return job


def _mine() -> dict[str, Job]:
    jobs: dict[str, Job] = state.session().setdefault(_JOBS, {})
    return jobs
