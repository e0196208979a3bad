"""What parent and child say to each other: frozen values as JSON lines."""

from dataclasses import dataclass
from typing import Literal

from audit.model import Column, LoadReport, Pairs, Scalar
from audit.sources.base import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the child is asked to do."""

    task: Literal["preview", "load"]
    path: str
    draft: str = ""
    scratch: str
    kind: str | None
    options: tuple[tuple[str, Scalar], ...]
    limits: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The beginning of a source, and how it would be read."""

    kind: str
    title: str
    """The kind in words."""
    options: dict[str, Scalar]
    """Every option with its effective value."""
    reasons: dict[str, str]
    """Option to one sentence why it has this value."""
    choices: tuple[str, ...]
    """Sheets or tables to choose from; empty if there is no choice."""
    columns: tuple[Column, ...]
    """With the types that would be loaded, as far as the beginning tells."""
    rows: tuple[tuple[str | None, ...], ...]
    """The first 50 records, values as text."""
    size_bytes: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load left in the draft folder, and how it was read."""

    report: LoadReport
    kind: str
    options: Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One line from the child: how far it is, or what came of it."""

    share: float = 0.0
    note: str = ""
    preview: Preview | None = None
    loaded: Loaded | None = None
    problem: str = ""
    hint: str = ""
    parameter: bool = False
    """Whether the problem is an option that does not exist or fit."""
    where: str = ""
    """Where in the code the child failed, if it did so unexpectedly."""
