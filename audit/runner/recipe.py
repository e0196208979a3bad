"""Recipes: steps in an order, as values and as YAML files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from audit import registry
from audit.errors import ParameterError
from audit.model import Role, RoleMap, Step
from audit.registry import RemedySpec, Settings
from audit.runner.mappings import OneLine, dump_mapping, parse_mapping, read_file, validated

VERSION = 1
_KEYS = ("version", "name", "source", "roles", "positive", "steps")
_MOST_STEPS = 1_000
_BESIDE = ("skip", "why")
"""Keys that may stand in a step beside the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeStep:
    """One step: a remedy with its parameters."""

    remedy: str
    params: Settings
    skip: bool = False
    """Whether it is switched off."""
    why: str = ""
    """Where it came from, in words: the title of a finding, or what somebody noted."""

    @property
    def spec(self) -> RemedySpec:
        """The remedy."""
        return registry.find("remedy", self.remedy, registry.remedies())

    @property
    def given(self) -> dict[str, Any]:
        """The parameters that differ from their defaults, as JSON values."""
        return self.params.model_dump(mode="json", exclude_defaults=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Steps in an order, and what they are meant for.

    As YAML::

        version: 1
        name: for the credit model
        source: {name: applicants, sha256: …}
        roles: {income: label, sex: sensitive}
        positive: {income: ">50K"}
        steps:
          - drop-duplicates: {}
          - resample: {by: [sex, income], target: equal}
            skip: true
    """

    name: str = ""
    source_name: str = ""
    source_sha256: str = ""
    roles: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)
    positive: str | None = None
    steps: tuple[RecipeStep, ...] = ()
    folder: Path | None = field(default=None, compare=False)
    """Where files are that steps name; None: they can name none."""

    @property
    def active(self) -> tuple[tuple[int, RecipeStep], ...]:
        """The steps that are not switched off, with their place from 1."""
        return tuple((i, s) for i, s in enumerate(self.steps, 1) if not s.skip)

    @property
    def digest(self) -> str:
        """SHA-256 of what decides about the result: steps that are on, roles, positive value."""
        told = replace(self, name="", source_name="", source_sha256="")
        steps = tuple(replace(step, why="") for _, step in self.active)
        return sha256(replace(told, steps=steps).text().encode()).hexdigest()

    @classmethod
    def read(cls, path: str | Path) -> "Recipe":
        """Read a recipe file; raises ParameterError that says what is wrong and where."""
        place = Path(path).expanduser()
        data = read_file(place, "recipe")
        return replace(cls.parse(data, place.name), folder=place.resolve().parent)

    @classmethod
    def parse(cls, data: bytes, name: str = "") -> "Recipe":
        """Read a recipe from the bytes of a YAML file called ``name``."""
        given = parse_mapping(data, f"recipe {name}".strip())
        for key in given:
            if key not in _KEYS:
                noun = "entry of a recipe"
                raise ParameterError.unknown(noun, str(key), list(_KEYS))
        if given.get("version", VERSION) != VERSION:
            message = f"The recipe is of version {given['version']!r}; this program reads 1."
            raise ParameterError(message, hint="Use a newer evenhand.")
        source = _mapping(given.get("source"), "source")
        roles = _roles(_mapping(given.get("roles"), "roles"))
        return cls(
            name=str(given.get("name") or ""),
            source_name=str(source.get("name") or ""),
            source_sha256=str(source.get("sha256") or ""),
            roles=roles,
            positive=_positive(given.get("positive"), roles),
            steps=tuple(_step(i, s) for i, s in enumerate(_list(given.get("steps")), 1)),
        )

    def text(self) -> str:
        """Write it as YAML; :meth:`parse` reads the same recipe back."""
        told: dict[str, Any] = {"version": VERSION}
        if self.name:
            told["name"] = self.name
        if self.source_name or self.source_sha256:
            source = {"name": self.source_name, "sha256": self.source_sha256}
            told["source"] = OneLine({k: v for k, v in source.items() if v})
        if self.roles:
            told["roles"] = {
                column: roles[0].value if len(roles) == 1 else [r.value for r in roles]
                for column, roles in self.roles.items()
            }
        if self.positive is not None:
            label = next((c for c, r in self.roles.items() if Role.LABEL in r), "")
            told["positive"] = {label: self.positive} if label else self.positive
        told["steps"] = [_plain(step) for step in self.steps]
        return dump_mapping(told)

    def write(self, path: str | Path) -> None:
        """Write it to a YAML file."""
        Path(path).expanduser().write_text(self.text(), encoding="utf-8")


def make_step(remedy: str, given: Mapping[str, Any] | None = None, *, why: str = "") -> RecipeStep:
    """Make a step; raises ParameterError with the nearest name, or what does not fit."""
    spec = registry.find("step", remedy, registry.remedies())
    params = validated(spec.step, given or {}, f"parameter of {remedy}", f"The step {remedy}")
    return RecipeStep(remedy=remedy, params=params, why=why)


def from_suggestion(step: Step, *, why: str = "") -> RecipeStep:
    """Make a step of what a finding suggests."""
    given = {key: list(v) if isinstance(v, tuple) else v for key, v in step.params}
    return make_step(step.remedy, given, why=why)


def stated(roles: RoleMap) -> tuple[dict[str, tuple[Role, ...]], str | None]:
    """Give roles and positive value as a recipe holds them."""
    return {c.column: c.roles for c in roles.columns if c.roles}, roles.positive


def _step(number: int, given: Any) -> RecipeStep:
    if isinstance(given, str):
        given = {given: None}
    if not isinstance(given, dict):
        message = f"Step {number} must be a remedy with its parameters: drop-duplicates: {{}}."
        raise ParameterError(message)
    named = [key for key in given if key not in _BESIDE]
    if len(named) != 1:
        message = f"Step {number} names {len(named)} remedies; it needs one: {named}."
        raise ParameterError(message, hint="Begin each step with a dash.")
    try:
        made = make_step(str(named[0]), _mapping(given[named[0]], str(named[0])))
    except ParameterError as error:
        message = f"Step {number}: {error.problem}"
        raise ParameterError(message, hint=error.hint) from error
    return replace(made, skip=bool(given.get("skip")), why=str(given.get("why") or ""))


def _plain(step: RecipeStep) -> dict[str, Any]:
    told: dict[str, Any] = {step.remedy: OneLine(step.given)}
    if step.skip:
        told["skip"] = True
    if step.why:
        told["why"] = step.why
    return told


def _mapping(given: Any, name: str) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        message = f"{name!r} must be a mapping of names to values."
        raise ParameterError(message)
    return given


def _list(given: Any) -> list[Any]:
    if given is None:
        return []
    if not isinstance(given, list):
        message = "'steps' must be a list."
        raise ParameterError(message, hint="Begin each step with a dash.")
    if len(given) > _MOST_STEPS:
        message = f"A recipe may have {_MOST_STEPS:,} steps; this has {len(given):,}."
        raise ParameterError(message, hint="Part it into several recipes.")
    return given


def _roles(given: Mapping[str, Any]) -> dict[str, tuple[Role, ...]]:
    known = [role.value for role in Role]
    roles: dict[str, tuple[Role, ...]] = {}
    for column, words in given.items():
        listed = words if isinstance(words, list) else [words]
        for word in listed:
            if word not in known:
                noun = "role"
                raise ParameterError.unknown(noun, str(word), known)
        roles[str(column)] = tuple(Role(word) for word in listed)
    return roles


def _positive(given: Any, roles: Mapping[str, tuple[Role, ...]]) -> str | None:
    """Read the positive value, which may stand behind the name of the label."""
    if isinstance(given, dict):
        labels = [column for column, own in roles.items() if Role.LABEL in own]
        stray = [str(name) for name in given if labels and str(name) not in labels]
        if stray or len(given) > 1:
            message = f"The recipe states the positive value of {(stray or list(given))[-1]!r}."
            hint = f"The label is {labels[0]!r}." if labels else "Name one label."
            raise ParameterError(message, hint=hint)
        given = next(iter(given.values()), None)
    return None if given is None else str(given)
