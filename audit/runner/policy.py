"""The policy: which checks run, and with which thresholds."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from audit import registry
from audit.errors import ParameterError
from audit.registry import CheckSpec, ReportSpec, Settings

_BOOL = "tag:yaml.org,2002:bool"


class _Loader(yaml.SafeLoader):
    """YAML as people read it: ``off``, ``yes`` and ``no`` are words, only ``true`` is true.

    YAML 1.1 takes them for truth values, so that neither the key ``off`` nor a column, or a
    positive value, called ``no`` would be what it says.
    """


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    _BOOL, re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


class Policy(BaseModel):
    """Thresholds by check, the checks that are switched off, and options of reports.

    As YAML::

        version: 1
        off: [heavy-zeros]
        checks:
          missing-values: {notice_share: 0.02}
        reports:
          pii: {allow: [Example Ltd], thresholds: {PERSON: 0.7}}

    Options of reports go before those kept beside a version.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = 1
    off: tuple[str, ...] = ()
    checks: dict[str, dict[str, Any]] = {}
    reports: dict[str, dict[str, Any]] = {}

    @classmethod
    def read(cls, path: Path) -> "Policy":
        """Read a policy file; raises ParameterError that says what is wrong with it."""
        given = read_mapping(path, "policy")
        try:
            policy = cls.model_validate(given)
        except ValidationError as error:
            problem = f"The policy {path.name} cannot be used"
            raise readable(problem, error) from error
        policy.validate_names()
        return policy

    def validate_names(self) -> None:
        """Raise ParameterError for what does not exist, or a parameter out of range."""
        known = registry.checks()
        for id_ in (*self.off, *self.checks):
            self.params(registry.find("check", id_, known))
        for id_, given in self.reports.items():
            report_settings(registry.find("report", id_, registry.reports()), given)

    def params(self, spec: CheckSpec) -> Settings:
        """Give the parameters of one check: those given, else its defaults."""
        given = self.checks.get(spec.id, {})
        return _validated(spec.params, given, f"parameter of {spec.id}", f"The check {spec.id}")

    def selected(self) -> tuple[CheckSpec, ...]:
        """List the checks that are not switched off."""
        return tuple(spec for id_, spec in registry.checks().items() if id_ not in self.off)


def report_settings(spec: ReportSpec, given: Mapping[str, Any]) -> Settings:
    """Give the options of a report with what is ``given``; raises ParameterError otherwise."""
    return _validated(spec.options, given, f"option of {spec.id}", f"The report {spec.id}")


def read_mapping(path: Path, noun: str) -> dict[str, Any]:
    """Read a YAML file that holds a mapping; raises ParameterError with the line otherwise."""
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        message = f"The {noun} {path.name} cannot be read: {error.strerror}."
        raise ParameterError(message) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        message = f"The {noun} {path.name} is not YAML{where}."
        raise ParameterError(message) from error
    if not isinstance(given, dict):
        message = f"The {noun} {path.name} must be a mapping of names to values."
        raise ParameterError(message)
    return given


def readable(problem: str, error: ValidationError) -> ParameterError:
    """Turn what pydantic says of a value into an error with the name of the field."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    told = first["msg"].removeprefix("Value error, ").removesuffix("?").removesuffix(".")
    end = "?" if first["msg"].endswith("?") else "."
    return ParameterError(": ".join(filter(None, (problem, where, told))) + end)


def _validated(cls: type[Settings], given: Mapping[str, Any], noun: str, who: str) -> Settings:
    try:
        return cls.model_validate(dict(given))
    except ValidationError as error:
        unknown = [str(e["loc"][0]) for e in error.errors() if e["type"] == "extra_forbidden"]
        if unknown:
            raise ParameterError.unknown(noun, unknown[0], sorted(cls.model_fields)) from error
        problem = f"{who} cannot take this"
        raise readable(problem, error) from error
