"""What there is: sources, reports, checks and remedies, each added by one file with a decorator.

A decorator reads the types of a function's parameters from its annotations and its help
text from its docstring. :func:`load_all` imports every module of the rooms, so that a new
file is found without being named anywhere. Pages, command line and docs read the specs.
"""

import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from audit.errors import ParameterError
from audit.model import About, Finding, Measure, Role, RoleMap

_Value = TypeVar("_Value")


class Settings(BaseModel):
    """Base of options, check parameters and steps: frozen, and nothing unknown is accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def lacking(self) -> str:
        """Name what the settings ask for and this machine has not; empty where there is all.

        A report measured without it is kept apart, and measured again once it is there.
        """
        return ""

    def needs_key(self) -> bool:
        """Whether a step with these parameters needs the secret key."""
        return False


class NoSettings(Settings):
    """For what has nothing to set."""


class Measured(Protocol):
    """What every report value can do besides holding its fields."""

    def measures(self) -> Iterator[Measure]:
        """Yield every number of the report as a flat stream, named as in the docs."""

    def shareable(self, roles: RoleMap) -> "Measured":
        """Give the report without values of cells that may be personal."""


class Parts(Protocol):
    """Where a long report keeps what it has done, so that it goes on after a stop.

    Parts lie beside the version until the report is whole; they hold no value of a cell.
    """

    def kept(self, name: str, cls: type[_Value]) -> _Value | None:
        """Read a part of this report with these options; None where there is none."""

    def keep(self, name: str, value: object) -> None:
        """Write a part; ``name`` is of letters, digits and hyphens."""


class NoParts:
    """Parts of a report that is measured without a version to keep them beside."""

    def kept(self, name: str, cls: type[_Value]) -> _Value | None:
        """Give nothing: nothing was kept."""
        del name, cls
        return None

    def keep(self, name: str, value: object) -> None:
        """Keep nothing."""
        del name, value


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSpec:
    """One report: ``function(table, roles?, options, progress, parts?) -> result``."""

    id: str
    title: str
    version: int
    """Raised when the numbers change; part of the name a cached report is kept under."""
    roles: tuple[Role, ...]
    """Roles it reads; only a change of these makes a kept report stale. It is given no others."""
    takes_roles: bool
    takes_parts: bool
    options: type[Settings]
    result: type[Any]
    function: Callable[..., Any]
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSpec:
    """One check: ``function(report, …, roles?, params) -> findings``."""

    id: str
    title: str
    topic: str
    """Which card and filter it belongs to: size, quality, representation, label bias, model
    fairness, privacy."""
    params: type[Settings]
    reports: tuple[type[Any], ...]
    takes_roles: bool
    function: Callable[..., Iterable[Finding]]
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpec:
    """One kind of source; ``function`` is the class that reads it (see ``sources.base``)."""

    id: str
    title: str
    suffixes: tuple[str, ...]
    """Endings of file names, with the dot, in lower case: the second opinion after the bytes."""
    options: type[Settings]
    function: Callable[..., Any]
    doc: str


Family = Literal["filter", "clean", "rebalance", "anonymize"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedySpec:
    """One remedy: ``function(table, step, context) -> Change`` (see ``mending.change``)."""

    id: str
    """A verb, then what: ``drop-duplicates``."""
    title: str
    family: Family
    fast: bool
    """Whether it is done in SQL or alike, so that a preview may take the whole table."""
    recasts: str
    """Into what it turns the values of columns, where they are other ones by design: groups,
    codes, another scale. What is said of such a column before is not said of the same values."""
    step: type[Settings]
    function: Callable[..., Any]
    doc: str


_Function = TypeVar("_Function", bound=Callable[..., Any])
_Spec = TypeVar("_Spec", ReportSpec, CheckSpec, SourceSpec, RemedySpec)
_Known = TypeVar("_Known")

_SOURCES: dict[str, SourceSpec] = {}
_REPORTS: dict[str, ReportSpec] = {}
_CHECKS: dict[str, CheckSpec] = {}
_REMEDIES: dict[str, RemedySpec] = {}


def report(
    id_: str, *, title: str, version: int, roles: tuple[Role, ...] = ()
) -> Callable[[_Function], _Function]:
    """Register ``function(table, options, progress)`` as the report ``id_``.

    A report that reads roles takes them, as a :class:`~audit.model.RoleMap`, after the table;
    one that may take minutes takes :class:`Parts` as its last parameter.
    """

    def register(function: _Function) -> _Function:
        hints = typing.get_type_hints(function)
        _add(
            _REPORTS,
            ReportSpec(
                id=id_,
                title=title,
                version=version,
                roles=roles,
                takes_roles=RoleMap in hints.values(),
                takes_parts=Parts in hints.values(),
                options=_settings(hints),
                result=hints["return"],
                function=function,
                doc=inspect.getdoc(function) or "",
            ),
        )
        return function

    return register


def check(id_: str, *, title: str, topic: str = "quality") -> Callable[[_Function], _Function]:
    """Register a check. Its parameters are told apart by their annotations.

    A parameter annotated with a report's result type is given that report, one annotated
    :class:`~audit.model.RoleMap` the role map, one annotated :class:`~audit.model.About` what
    the user says of the dataset, one annotated with :class:`Settings` the check's part of the
    policy.
    """

    def register(function: _Function) -> _Function:
        hints = typing.get_type_hints(function)
        hints.pop("return", None)
        settings = _settings(hints)
        reports = tuple(h for h in hints.values() if h not in (RoleMap, About, settings))
        _add(
            _CHECKS,
            CheckSpec(
                id=id_,
                title=title,
                topic=topic,
                params=settings,
                reports=reports,
                takes_roles=RoleMap in hints.values(),
                function=function,
                doc=inspect.getdoc(function) or "",
            ),
        )
        return function

    return register


def remedy(
    id_: str, *, title: str, family: Family, fast: bool = True, recasts: str = ""
) -> Callable[[_Function], _Function]:
    """Register ``function(table, step, context)`` as a remedy.

    The parameter annotated with :class:`Settings` says what a step of it is given.
    """

    def register(function: _Function) -> _Function:
        step = _settings(typing.get_type_hints(function))
        doc = inspect.getdoc(function) or ""
        spec = RemedySpec(
            id=id_,
            title=title,
            family=family,
            fast=fast,
            recasts=recasts,
            step=step,
            function=function,
            doc=doc,
        )
        _add(_REMEDIES, spec)
        return function

    return register


def source(
    id_: str, *, title: str, suffixes: tuple[str, ...], options: type[Settings] = NoSettings
) -> Callable[[_Function], _Function]:
    """Register a class as the reader of one kind of source."""

    def register(function: _Function) -> _Function:
        doc = inspect.getdoc(function) or ""
        spec = SourceSpec(
            id=id_, title=title, suffixes=suffixes, options=options, function=function, doc=doc
        )
        _add(_SOURCES, spec)
        return function

    return register


def judge(
    spec: CheckSpec,
    reports: dict[type[Any], Any],
    roles: RoleMap,
    params: Settings,
    about: About | None = None,
) -> tuple[Finding, ...]:
    """Run one check on the reports it asks for."""
    hints = typing.get_type_hints(spec.function)
    hints.pop("return", None)
    known = {**reports, RoleMap: roles, spec.params: params, About: about or About()}
    return tuple(spec.function(**{name: known[hint] for name, hint in hints.items()}))


def sources() -> dict[str, SourceSpec]:
    """All kinds of sources by id."""
    load_all("audit.sources")
    return dict(_SOURCES)


def reports() -> dict[str, ReportSpec]:
    """All reports by id."""
    load_all("audit.reports")
    return dict(_REPORTS)


def checks() -> dict[str, CheckSpec]:
    """All checks by id."""
    load_all("audit.checks")
    return dict(_CHECKS)


def remedies() -> dict[str, RemedySpec]:
    """All remedies by id."""
    load_all("audit.remedies")
    return dict(_REMEDIES)


def find(noun: str, id_: str, known: dict[str, _Known]) -> _Known:
    """Look up ``id_``, or raise a :class:`ParameterError` that names the nearest."""
    if id_ not in known:
        raise ParameterError.unknown(noun, id_, sorted(known))
    return known[id_]


def load_all(package: str) -> None:
    """Import every module of ``package`` and of its packages, so that their decorators run."""
    root = import_module(package)
    for module in pkgutil.walk_packages(root.__path__, f"{package}."):
        import_module(module.name)


def _settings(hints: dict[str, Any]) -> type[Settings]:
    found = (h for h in hints.values() if inspect.isclass(h) and issubclass(h, Settings))
    return next(found, NoSettings)


def _add(known: dict[str, _Spec], spec: _Spec) -> None:
    other = known.get(spec.id)
    if other is not None and other.function.__module__ != spec.function.__module__:
        message = (
            f"{spec.id!r} is registered twice: "
            f"{other.function.__module__} and {spec.function.__module__}"
        )
        raise RuntimeError(message)
    known[spec.id] = spec
