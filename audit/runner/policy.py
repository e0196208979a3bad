"""The policy: which checks run, and with which thresholds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from audit import registry
from audit.registry import CheckSpec, ReportSpec, Settings
from audit.runner.mappings import read_mapping, readable, validated


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
        return validated(spec.params, given, f"parameter of {spec.id}", f"The check {spec.id}")

    def selected(self) -> tuple[CheckSpec, ...]:
        """List the checks that are not switched off."""
        return tuple(spec for id_, spec in registry.checks().items() if id_ not in self.off)


def report_settings(spec: ReportSpec, given: Mapping[str, Any]) -> Settings:
    """Give the options of a report with what is ``given``; raises ParameterError otherwise."""
    return validated(spec.options, given, f"option of {spec.id}", f"The report {spec.id}")
