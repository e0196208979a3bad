"""What steps take from files: read once, and put into the step in place of the file's name."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from audit import sources
from audit.errors import ParameterError
from audit.mending.fields import files_of
from audit.model import Role
from audit.runner.loading import roles
from audit.runner.options import report_options
from audit.runner.recipe import Recipe, RecipeStep, make_step
from audit.runner.reference import read_reference
from audit.store import Version, Workspace


def inlined(recipe: Recipe, version: Version, workspace: Workspace) -> Recipe:
    """Put the content of files in the place of their names, in all steps.

    A reference may also be named as the one that the version is compared with already.

    Raises
    ------
    ParameterError
        If a file is not there, or the recipe came from a place that has no files.
    SourceError
        If it cannot be read.
    """
    steps = tuple(_inlined(s, recipe.folder, version, workspace) for s in recipe.steps)
    return replace(recipe, steps=steps)


def _inlined(
    step: RecipeStep, folder: Path | None, version: Version, workspace: Workspace
) -> RecipeStep:
    found: dict[str, Any] = {}
    for name, what in files_of(type(step.params)).items():
        value = getattr(step.params, name)
        if isinstance(value, str) and value:
            found[name] = _read(value, what, folder, version, workspace)
    if not found:
        return step
    made = make_step(step.remedy, {**step.given, **found}, why=step.why)
    return replace(made, skip=step.skip)


def _read(name: str, what: str, folder: Path | None, version: Version, workspace: Workspace) -> Any:
    if what == "reference":
        options: Any = report_options(version, "representation")
        if name == options.reference_name and options.reference:
            return [{"group": dict(g.group), "amount": g.amount} for g in options.reference]
        if options.reference_weights is not None and folder is None:
            return _of_weights(version, options.reference_weights)
    if folder is None:
        message = f"The recipe names the file {name!r}, and came from a place without files."
        raise ParameterError(message, hint="Give what the file holds in the step itself.")
    path = _beside(folder, name)
    if what == "hierarchy":
        return read_hierarchy(path, workspace)
    found = read_reference(version, path, workspace=workspace)["reference"]
    return [{"group": dict(entry["group"]), "amount": entry["amount"]} for entry in found]


def _beside(folder: Path, name: str) -> Path:
    """Find a file in the recipe's folder or below; what it holds is kept, so no other will do."""
    try:
        path = (folder / name).resolve()
        inside = path.is_relative_to(folder.resolve())
        there = path.is_file()
    except (OSError, ValueError):
        inside = there = False
    if inside and there:
        return path
    shown = f"{name[:80]}…" if len(name) > 80 else name
    if there:
        message = f"The file {shown!r} that the recipe names is not in the recipe's folder."
        hint = "Copy it there: a recipe reads no other files."
        raise ParameterError(message, hint=hint)
    message = f"The file {shown!r} that the recipe names is not there."
    raise ParameterError(message, hint="It is looked for beside the recipe.")


def _of_weights(version: Version, weights: str) -> list[dict[str, Any]]:
    """Give the margins of the sensitive columns as a column of survey weights has them."""
    amounts = []
    for column in roles(version).having(Role.SENSITIVE):
        amounts += [
            {"group": {column: value}, "amount": amount}
            for value, amount in version.table.rows(
                "SELECT CAST({c} AS VARCHAR), sum(CAST({w} AS DOUBLE)) AS s FROM {t} "
                "WHERE {c} IS NOT NULL AND {w} > 0 GROUP BY 1 HAVING isfinite(s) ORDER BY 1",
                c=column,
                w=weights,
            )
        ]
    return amounts


def read_hierarchy(path: Path, workspace: Workspace) -> dict[str, list[str]]:
    """Read a hierarchy: a table without a header whose first column holds the values.

    Each further column holds what the value becomes one level coarser, as ARX writes them.
    """
    with workspace.draft() as draft:
        sources.load(path, draft.folder, kind="csv", options={"header": False})
        table = workspace.table(draft.data)
        names = [c.name for c in table.columns]
        listed = ", ".join(f"CAST({{c{i}}} AS VARCHAR)" for i in range(len(names)))
        rows = table.rows(f"SELECT {listed} FROM {{t}} ORDER BY {{row}}", **table.keys(names))  # noqa: S608
    if len(names) < 2:
        message = f"{path.name} has one column; a hierarchy has a value and what it becomes."
        raise ParameterError(message)
    return {str(first): [str(v) for v in rest if v is not None] for first, *rest in rows}
