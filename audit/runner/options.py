"""What reports are measured with: the options kept beside a version, and those of one run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from audit import registry
from audit.errors import ParameterError
from audit.registry import Settings
from audit.runner.policy import report_settings
from audit.store import Version

OPTIONS = "options.json"

Changes = Mapping[str, Mapping[str, Any]]
"""By report: the options that are to differ from those kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOptions:
    """Options by report, as they are kept beside a version."""

    reports: tuple[tuple[str, dict[str, Any]], ...] = ()


def report_options(
    version: Version, report: str, changes: Mapping[str, Any] | None = None
) -> Settings:
    """Give the options a report is measured with: the kept ones, else its defaults.

    Parameters
    ----------
    version : Version
        What is measured.
    report : str
        Id of the report.
    changes : mapping, optional
        Options that differ this time, by name.

    Raises
    ------
    ParameterError
        If an option does not exist or does not fit.
    """
    spec = registry.find("report", report, registry.reports())
    return report_settings(spec, {**_kept(version).get(report, {}), **(changes or {})})


def set_report_options(version: Version, report: str, changes: Mapping[str, Any]) -> Settings:
    """Keep options of a report beside a version; None takes one back to its default."""
    spec = registry.find("report", report, registry.reports())
    every = _kept(version)
    wanted = {**every.get(report, {}), **changes}
    chosen = report_settings(spec, {k: v for k, v in wanted.items() if v is not None})
    every[report] = chosen.model_dump(mode="json", exclude_defaults=True)
    version.keep(OPTIONS, KeptOptions(reports=tuple(sorted(every.items()))))
    return chosen


def read_change(text: str) -> tuple[str, str, Any]:
    """Read ``REPORT.NAME=VALUE``, the value as YAML, as the command line takes it.

    Examples
    --------
    >>> read_change("representation.bins={age: [25, 45]}")
    ('representation', 'bins', {'age': [25, 45]})
    """
    place, equals, value = text.partition("=")
    report, dot, name = place.partition(".")
    if not equals or not dot:
        message = f"An option is written REPORT.NAME=VALUE, not {text!r}."
        raise ParameterError(message, hint="For example: --set representation.min_group=50")
    try:
        return report, name, yaml.safe_load(value)
    except (yaml.YAMLError, RecursionError) as error:
        message = f"The value of {place} cannot be read."
        raise ParameterError(
            message, hint="Write it as YAML: 50, [a, b] or {age: [25]}."
        ) from error


def _kept(version: Version) -> dict[str, dict[str, Any]]:
    kept = version.kept(OPTIONS, KeptOptions)
    return dict(kept.reports) if kept else {}
