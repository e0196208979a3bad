"""The process that reads a source: ``python -m audit.sources.child``.

One request comes in as a line of JSON; messages go out as lines of JSON. When the other end
goes away, so does this process: nobody would want what it makes.
"""

import os
import sys
import threading
import traceback
from pathlib import Path
from typing import TextIO

from audit.errors import AuditError, ParameterError
from audit.sources.messages import Message, Request
from audit.sources.work import load_here, preview_here
from audit.store import codec


def main() -> None:
    """Do what the one line on standard input asks for."""
    sys.meta_path.insert(0, _WithoutPandas())
    request = codec.read(Request, sys.stdin.buffer.readline())
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    limit_memory(request.limits.memory_bytes)
    _say(out, _answer(request, out))


class _WithoutPandas:
    """Hides pandas: Arrow would import it on the first Python number, a quarter of a second."""

    def find_spec(self, name: str, *_: object) -> None:
        """Say that there is no pandas; everything else is found as usual."""
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def limit_memory(memory_bytes: int) -> None:
    """Cap the address space of this process."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _answer(request: Request, out: TextIO) -> Message:
    try:
        return _work(request, out)
    except AuditError as error:
        wrong = isinstance(error, ParameterError)
        return Message(problem=error.problem, hint=error.hint, parameter=wrong)
    except MemoryError:
        return Message(
            problem="There is not enough memory to read the file.",
            hint="Close other programs, raise the limit, or load a part of the file.",
        )
    except RecursionError:
        return Message(
            problem="The values of the file are nested too deeply to be a table.",
            hint="Check that it is the file you meant.",
        )
    except Exception as error:  # noqa: BLE001 - a hostile file may break a reader in any way
        return _surprise(error)


def _surprise(error: Exception) -> Message:
    """Report what nobody foresaw: where, but not its message, which may quote a cell."""
    if isinstance(error, OSError):
        reason = error.strerror or "damaged"
        return Message(
            problem=f"The file cannot be read or the workspace not written: {reason}.",
            hint="Check the file, the disk's free space and who may read the file.",
        )
    return Message(
        problem=f"Reading the file failed unexpectedly ({type(error).__name__}).",
        hint="It may be damaged. If it is not, this is a fault of the program: please report it.",
        where="".join(traceback.format_tb(error.__traceback__)),
    )


def _work(request: Request, out: TextIO) -> Message:
    path, scratch = Path(request.path), Path(request.scratch)
    options = dict(request.options)
    if request.task == "preview":
        return Message(
            preview=preview_here(
                path, scratch, kind=request.kind, options=options, limits=request.limits
            )
        )
    return Message(
        loaded=load_here(
            path,
            Path(request.draft),
            scratch,
            kind=request.kind,
            options=options,
            limits=request.limits,
            progress=lambda share, note="", /: _say(out, Message(share=share, note=note)),
        )
    )


def _say(out: TextIO, message: Message) -> None:
    out.write(codec.dump(message).decode().replace("\n", "") + "\n")
    out.flush()


def _leave_with_parent() -> None:
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
