"""Every error a user can act on.

The hierarchy is flat on purpose::

    AuditError
    ├── SourceError       the file or upload cannot be read
    ├── ColumnError       a column is missing, or has the wrong role or type
    ├── ParameterError    an option, policy, check or step has a value outside its range
    ├── WorkspaceError    the workspace or a version in it cannot be used
    └── Stopped           the user, or a limit, ended the work

Anything else that is raised is a bug; of a step it is told as a :class:`StepError`, for what a library
says may quote a cell. No message of ours ever holds the value of a cell.
"""

import traceback
from difflib import get_close_matches


def _hint(name: str, known: list[str], otherwise: str) -> str:
    close = get_close_matches(name, known, n=3)
    return f"Did you mean {' or '.join(map(repr, close))}?" if close else otherwise


def trace(error: BaseException) -> str:
    """Say where ``error`` and its causes were raised, by kinds and places alone.

    For failures that nobody foresaw: their messages may quote a cell's value.
    """
    parts: list[str] = []
    chain: BaseException | None = error
    while chain is not None:
        parts += traceback.format_tb(chain.__traceback__)
        parts.append(f"{type(chain).__module__}.{type(chain).__qualname__}\n")
        chain = chain.__cause__ or chain.__context__
    return "".join(parts)


class AuditError(Exception):
    """Base of all expected failures: what is wrong, then what to do about it."""

    def __init__(self, problem: str, *, hint: str = "") -> None:
        self.problem = problem
        self.hint = hint
        super().__init__(f"{problem}\n{hint}" if hint else problem)


class SourceError(AuditError):
    """The file or upload cannot be read as a table."""


class ColumnError(AuditError):
    """A column is missing, or has the wrong role or type for what was asked."""

    @classmethod
    def unknown(cls, name: str, known: list[str]) -> "ColumnError":
        """Build the error for a column name that the table does not have."""
        listed = f"{', '.join(known[:8])}{', …' if len(known) > 8 else ''}"
        otherwise = f"The table has {len(known)} columns: {listed}."
        return cls(f"There is no column {name!r}.", hint=_hint(name, known, otherwise))


class ParameterError(AuditError):
    """An option, policy, check or step does not exist or has a value outside its range."""

    @classmethod
    def unknown(cls, noun: str, name: str, known: list[str]) -> "ParameterError":
        """Build the error for a report, check, source or parameter that does not exist."""
        hint = _hint(name, known, f"Known: {', '.join(known)}.")
        return cls(f"There is no {noun} {name!r}.", hint=hint)


class WorkspaceError(AuditError):
    """The workspace cannot be used, or it does not hold the version asked for."""


class Stopped(AuditError):  # noqa: N818 - not a failure: somebody asked for it
    """The user, or a limit the user set, ended the work."""


class StepError(RuntimeError):
    """A fault of the program, told without the words of what caused it: they may quote a cell.

    Raise it ``from None``: a traceback then ends here, and :func:`trace` still says where it began.
    """
