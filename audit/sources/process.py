"""The other side of :mod:`audit.sources.child`: start it, listen, stop it."""

import os
import selectors
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from audit import ahead
from audit.errors import ParameterError, SourceError
from audit.model import Progress, silent
from audit.sources.messages import Message, Request
from audit.store import codec

if TYPE_CHECKING:
    import subprocess

_LOOK_S = 0.1
"""How often the caller's ``progress`` is asked whether to stop, at the least."""


def ask(request: Request, progress: Progress = silent) -> Message:
    """Have a child answer ``request``; it never outlives this call.

    Raises
    ------
    SourceError
        If the file cannot be read, or the child crashed or ran out of time or memory.
    ParameterError
        If an option does not exist or fit.
    Stopped
        If ``progress`` raises it; the child is killed at once.
    """
    with ahead.take() as child:
        try:
            answer = _talk(child, request, progress)
        finally:
            child.kill()
    if answer is None:
        raise _crashed(child.returncode)
    if answer.problem:
        kind = ParameterError if answer.parameter else SourceError
        cause = RuntimeError(f"in the reading process:\n{answer.where}") if answer.where else None
        raise kind(answer.problem, hint=answer.hint) from cause
    return answer


def scratch_folder(beside: Path | None = None) -> tempfile.TemporaryDirectory[str]:
    """Make a private folder for the child, gone with the context."""
    return tempfile.TemporaryDirectory(prefix="evenhand-", dir=beside, ignore_cleanup_errors=True)


def _talk(child: "subprocess.Popen[bytes]", request: Request, progress: Progress) -> Message | None:
    """Fetch the answer, or None if the child went away without one."""
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("no pipes")  # noqa: EM101
    try:
        child.stdin.write(codec.dump(request).replace(b"\n", b"") + b"\n")
        child.stdin.flush()
    except BrokenPipeError:
        return None
    ends = time.monotonic() + request.limits.time_s
    last = Message()
    pipe = child.stdout.fileno()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        rest = b""
        while True:
            if selector.select(_LOOK_S):
                read = os.read(pipe, 1 << 16)
                if not read:
                    return None
                *lines, rest = (rest + read).split(b"\n")
                for line in lines:
                    last = codec.read(Message, line)
                    if last.preview or last.loaded or last.problem:
                        return last
                    progress(last.share, last.note)
            else:
                progress(last.share, last.note)
            if time.monotonic() > ends:
                message = f"Reading took longer than {request.limits.time_s:,.0f} s."
                raise SourceError(message, hint="Raise the time limit, or load a part of the file.")


def _crashed(code: int) -> SourceError:
    if code in (-signal.SIGKILL, -signal.SIGABRT, 1, -signal.SIGSEGV, -signal.SIGBUS):
        message = "The file could not be read: the reading process ended early."
    else:
        message = f"The file could not be read: the reading process ended with {code}."
    hint = "It may be damaged or need more memory. Try another copy, or a part of it."
    return SourceError(message, hint=hint)
