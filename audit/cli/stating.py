"""What a command is told about data: the roles of columns, and options of reports."""

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any

import typer

from audit.errors import ColumnError, ParameterError
from audit.store import Version, Workspace

Label = Annotated[str | None, typer.Option(help="Column that is to be predicted.")]
Positive = Annotated[str | None, typer.Option(help="Value of the label that counts.")]
Sensitive = Annotated[list[str] | None, typer.Option(help="Sensitive column.")]
QuasiIdentifier = Annotated[list[str] | None, typer.Option(help="Quasi-identifier.")]
Identifier = Annotated[list[str] | None, typer.Option(help="Direct identifier.")]
Text = Annotated[list[str] | None, typer.Option(help="Column of free text.")]
Prediction = Annotated[str | None, typer.Option(help="Column of predicted labels.")]
Score = Annotated[str | None, typer.Option(help="Column of predicted scores.")]
Weight = Annotated[str | None, typer.Option(help="Column of row weights.")]
Roles = Annotated[Path | None, typer.Option(help="YAML: roles: {column: role}.")]
Reference = Annotated[Path | None, typer.Option(help="Table of groups and their share or count.")]
Population = Annotated[
    Path | None, typer.Option(help="Table of quasi-identifiers and how many people have them.")
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", help="Option of a report: representation.min_group=50"),
]
PolicyFile = Annotated[Path | None, typer.Option(help="YAML with thresholds.")]


def stated_roles(
    *,
    label: str | None = None,
    positive: str | None = None,
    sensitive: list[str] | None = None,
    quasi_identifier: list[str] | None = None,
    identifier: list[str] | None = None,
    text: list[str] | None = None,
    prediction: str | None = None,
    score: str | None = None,
    weight: str | None = None,
) -> dict[str, Any]:
    """Give what the options state, as ``runner.state_roles`` takes it; what is not said is not in it."""
    stated = {
        "label": label,
        "prediction": prediction,
        "score": score,
        "weight": weight,
        "sensitive": tuple(sensitive or ()),
        "quasi_identifier": tuple(quasi_identifier or ()),
        "direct_identifier": tuple(identifier or ()),
        "free_text": tuple(text or ()),
        "positive": positive,
    }
    return {name: value for name, value in stated.items() if value}


def keep_roles(version: Version, file: Path | None, stated: dict[str, Any]) -> None:
    """State the roles of the file first: what the command itself says has the last word."""
    from audit.runner import state_roles

    for given in _given(file, stated):
        state_roles(version, given)


def keep_roles_of_both(
    before: Version, after: Version, file: Path | None, stated: dict[str, Any]
) -> None:
    """State roles on both sides; each column on the side that has it, and on one at least."""
    from audit.runner import state_roles

    names = [{c.name: None for c in v.manifest.columns} for v in (before, after)]
    for given in _given(file, stated):
        for column in _named(given):
            if not any(column in own for own in names):
                raise ColumnError.unknown(column, list(names[0] | names[1]))
        for version, own in zip((before, after), names, strict=True):
            known = _existing(given, own)
            if not known:
                continue
            try:
                state_roles(version, known)
            except ParameterError:
                if version is before or "positive" not in known:
                    raise
                # The rows with the positive label may all have gone: that is to be told.
                state_roles(version, {k: v for k, v in known.items() if k != "positive"})


def _given(file: Path | None, stated: dict[str, Any]) -> list[dict[str, Any]]:
    from audit.runner import read_mapping

    given = [_from_file(read_mapping(file, "role file"))] if file is not None else []
    return [*given, *([stated] if stated else [])]


def _named(stated: dict[str, Any]) -> list[str]:
    parts = (v if isinstance(v, tuple) else (v,) for k, v in stated.items() if k != "positive")
    return [column for part in parts for column in part]


def _existing(stated: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Leave out columns that are not there; the positive value goes with the label."""
    found: dict[str, Any] = {}
    for role, value in stated.items():
        if isinstance(value, tuple):
            kept = tuple(c for c in value if c in names)
            found |= {role: kept} if kept else {}
        elif role == "positive" or value in names:
            found[role] = value
    label = stated.get("label")
    if label is not None and label not in names:
        found.pop("positive", None)
    return found


def read_changes(
    version: Version,
    given: list[str] | None,
    reference: Path | None,
    population: Path | None,
    space: Workspace,
) -> dict[str, dict[str, Any]]:
    """Read what is set for this run: options of reports, and the populations compared with."""
    from audit.runner import read_change, read_population, read_reference

    changes: dict[str, dict[str, Any]] = {}
    if reference is not None:
        changes["representation"] = read_reference(version, reference.expanduser(), workspace=space)
    if population is not None:
        found = read_population(version, population.expanduser(), workspace=space)
        changes["reidentification"] = found
    for text in given or ():
        report, name, value = read_change(text)
        changes.setdefault(report, {})[name] = value
    return changes


def _from_file(given: dict[str, Any]) -> dict[str, Any]:
    """Turn ``roles: {column: role or list}`` into the arguments of ``roles.apply``."""
    from audit.model import SINGLE_ROLES, Role

    unknown = sorted(set(given) - {"roles", "positive", "version"})
    if unknown:
        noun = "entry of a role file"
        raise ParameterError.unknown(noun, unknown[0], ["roles", "positive"])
    by_role: dict[Role, list[str]] = {}
    for column, role_or_list in (given.get("roles") or {}).items():
        for word in role_or_list if isinstance(role_or_list, list) else [role_or_list]:
            if word not in list(Role):
                noun = "role"
                raise ParameterError.unknown(noun, str(word), [r.value for r in Role])
            by_role.setdefault(Role(word), []).append(str(column))
    arguments: dict[str, Any] = {}
    for role, columns in by_role.items():
        if role in SINGLE_ROLES and len(columns) > 1:
            message = f"Only one column can be the {role}: {', '.join(columns)}."
            raise ParameterError(message)
        key = role.value.replace("-", "_")
        arguments[key] = columns[0] if role in SINGLE_ROLES else tuple(columns)
    positive = given.get("positive")
    if isinstance(positive, dict):
        positive = next(iter(positive.values()), None)
    if positive is not None:
        arguments["positive"] = str(positive)
    return arguments
