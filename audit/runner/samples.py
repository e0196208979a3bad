"""The bundled samples, and where the files of the app lie."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import audit
from audit import registry
from audit.model import ColumnRole, Role, RoleMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A small dataset that comes with the program."""

    id: str
    title: str
    description: str
    path: Path
    licence: str
    source: str
    roles: RoleMap


def app_folder() -> Path:
    """Find the folder that holds app.py, pages/ and sample_data/: in a wheel or in a checkout."""
    package = Path(audit.__file__).parent
    packed = package / "_app"
    return packed if packed.is_dir() else package.parent


@cache
def samples() -> tuple[Sample, ...]:
    """All bundled samples, in the order they are offered."""
    folder = app_folder() / "sample_data"
    listed = json.loads((folder / "samples.json").read_text(encoding="utf-8"))
    return tuple(_sample(folder, entry) for entry in listed)


def sample(id_: str) -> Sample:
    """Find the sample called ``id_``; raises ParameterError where there is none."""
    known = {s.id: s for s in samples()}
    return registry.find("sample", id_, known)


def _sample(folder: Path, entry: dict[str, object]) -> Sample:
    roles = entry.get("roles")
    assert isinstance(roles, dict)
    positive = entry.get("positive")
    columns = tuple(
        ColumnRole(
            column=column,
            roles=tuple(Role(r) for r in given),
            reason="stated with the sample",
            confirmed=True,
        )
        for column, given in roles.items()
    )
    return Sample(
        id=str(entry["id"]),
        title=str(entry["title"]),
        description=str(entry["description"]),
        path=folder / str(entry["file"]),
        licence=str(entry["licence"]),
        source=str(entry["source"]),
        roles=RoleMap(columns=columns, positive=None if positive is None else str(positive)),
    )
