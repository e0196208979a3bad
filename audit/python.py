"""The Python interface: what ``import audit`` gives."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit import runner
from audit.model import Progress, silent
from audit.store import Version, Workspace, default_root

if TYPE_CHECKING:
    import pyarrow as pa

    from audit.comparing.values import Comparison as CompareValues
    from audit.mending.effects import Effect


class Dataset:
    """A version of a dataset, loaded and with its roles. Speaks the Arrow PyCapsule protocol."""

    def __init__(self, version: Version, workspace: Workspace) -> None:
        self.version = version
        self.workspace = workspace

    def __repr__(self) -> str:
        m = self.version.manifest
        return f"<Dataset {m.name!r} {m.id}: {m.rows:,} rows, {len(m.columns)} columns>"

    @property
    def roles(self) -> Any:
        """The role map kept beside the version."""
        return runner.roles(self.version)

    @property
    def effects(self) -> "tuple[Effect, ...]":
        """What each step of the recipe that made it did; empty for a dataset that was loaded."""
        record = runner.applied(self.version)
        return () if record is None else record.effects

    @property
    def recipe(self) -> runner.Recipe | None:
        """The recipe that made it, with what its steps learnt; None where it was loaded."""
        record = runner.applied(self.version)
        return None if record is None else runner.Recipe.parse(record.recipe.encode())

    def removed(self) -> "pa.Table":
        """Give the rows that the recipe removed, as they were, with number, step and reason.

        Raises
        ------
        WorkspaceError
            If no recipe made this dataset, or the one it was made of is not there any more.
        """
        with self.workspace.scratch() as folder:
            gone = runner.removed_rows(self.version, workspace=self.workspace, folder=folder)
            return gone.arrow("SELECT * FROM {t}")

    def write(self, path: str | Path) -> Path:
        """Write the rows to a file, in the format that its ending says.

        Parquet (the bytes of the version), CSV, JSON Lines, Excel or Arrow.
        """
        from audit.export.data import export
        from audit.export.formats import format_of

        target = Path(path).expanduser()
        export(self.version, target, format_of(target))
        return target

    def arrow(self) -> "pa.Table":
        """Give all rows as one Arrow table, in memory."""
        return self.version.table.arrow("SELECT * FROM {t}")

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the rows to pandas, polars, pyarrow or DuckDB."""
        return self.arrow().__arrow_c_stream__(requested_schema)


def load(
    source: object,
    *,
    name: str | None = None,
    label: str | None = None,
    positive: str | None = None,
    sensitive: Sequence[str] = (),
    quasi_identifier: Sequence[str] = (),
    identifier: Sequence[str] = (),
    text: Sequence[str] = (),
    prediction: str | None = None,
    score: str | None = None,
    weight: str | None = None,
    kind: str | None = None,
    options: Mapping[str, object] | None = None,
    workspace: str | Path | None = None,
    progress: Progress = silent,
) -> Dataset:
    """Load a dataset into the workspace and state its roles; what is not stated is guessed.

    Parameters
    ----------
    source : path or Arrow-speaking object
        A file, folder or glob, or anything with ``__arrow_c_stream__`` (pandas, polars,
        pyarrow, DuckDB relations).
    name : str, optional
        Name to keep it under; by default that of the file.
    label, prediction, score, weight : str, optional
        The column with that role.
    positive : str, optional
        The value of the label that counts as positive, as text.
    sensitive, quasi_identifier, identifier, text : sequence of str
        Columns with that role.
    kind, options
        How to read the source; see ``evenhand audit --kind --read``.
    workspace : path, optional
        Folder of the datasets; by default ``EVENHAND_WORKSPACE`` or the user's data folder.
    progress : callable
        Told (share, note) while the source is read.

    Raises
    ------
    SourceError
        If the source cannot be read, or its records do not add up.
    ColumnError
        If a column named does not exist.
    ParameterError
        If no row has the positive value.
    """
    space = _workspace(default_root() if workspace is None else Path(workspace))
    version = runner.load(
        source, workspace=space, name=name, kind=kind, options=options, progress=progress
    )
    stated: dict[str, Any] = {
        "label": label,
        "positive": positive,
        "prediction": prediction,
        "score": score,
        "weight": weight,
        "sensitive": tuple(sensitive),
        "quasi_identifier": tuple(quasi_identifier),
        "direct_identifier": tuple(identifier),
        "free_text": tuple(text),
    }
    runner.state_roles(version, {k: v for k, v in stated.items() if v not in (None, ())})
    return Dataset(version, space)


def run(
    data: Dataset,
    *,
    reports: Sequence[str] | None = None,
    policy: runner.Policy | None = None,
    reference: str | Path | None = None,
    population: str | Path | None = None,
    options: runner.Changes | None = None,
    progress: Progress = silent,
) -> runner.Result:
    """Measure and judge a dataset; see :func:`audit.runner.run`.

    Parameters
    ----------
    data : Dataset
        What to audit.
    reports : sequence of str, optional
        Ids of reports; by default all of them.
    policy : Policy, optional
        Thresholds of the checks.
    reference : path, optional
        A table of groups and their share or count: the population they are held against.
    population : path, optional
        A table of quasi-identifiers and the number of people who share them.
    options : mapping, optional
        Options of reports for this run, as ``{"representation": {"bins": {"age": (25,)}}}``.
    progress : callable
        Told (share, note).
    """
    changes = {report: dict(given) for report, given in (options or {}).items()}
    if reference is not None:
        found = runner.read_reference(data.version, Path(reference), workspace=data.workspace)
        changes["representation"] = found | changes.get("representation", {})
    if population is not None:
        found = runner.read_population(data.version, Path(population), workspace=data.workspace)
        changes["reidentification"] = found | changes.get("reidentification", {})
    return runner.run(
        data.version, reports=reports, policy=policy, changes=changes, progress=progress
    )


def apply(
    data: Dataset,
    recipe: runner.Recipe,
    *,
    name: str | None = None,
    key_file: str | Path | None = None,
    any_source: bool = False,
    progress: Progress = silent,
) -> Dataset:
    """Carry a recipe out; gives a new dataset, and leaves the old one as it is.

    Parameters
    ----------
    data : Dataset
        What is mended.
    recipe : Recipe
        The steps: ``audit.Recipe.read("recipe.yaml")``.
    name : str, optional
        Name of the new dataset.
    key_file : path, optional
        File with the key of steps that need one; by default ``EVENHAND_KEY``, or the workspace's.
    any_source : bool
        Whether the recipe may have been made for other data.
    progress : callable
        Told (share, note).
    """
    made = runner.apply(
        data.version,
        recipe,
        workspace=data.workspace,
        name=name,
        key=runner.find_key(data.workspace, None if key_file is None else Path(key_file)),
        any_source=any_source,
        progress=progress,
    )
    return Dataset(made, data.workspace)


class Comparison:
    """Two datasets, held against each other: ``values`` holds what was found."""

    def __init__(self, values: "CompareValues") -> None:
        self.values = values

    def __repr__(self) -> str:
        v = self.values
        counts = ", ".join(f"{v.count(w)} {w}" for w in ("better", "worse", "same", "unknown"))
        return f"<Comparison {v.before.version} → {v.after.version}: {counts}>"

    def save(self, path: str | Path) -> Path:
        """Write it as a page (``.html``) that needs nothing else, or as JSON (``.json``)."""
        from audit.errors import ParameterError

        target = Path(path).expanduser()
        suffix = target.suffix.lower()
        if suffix == ".html":
            from audit.export.comparison_html import render

            text = render(self.values)
        elif suffix == ".json":
            import json

            told = runner.comparison_document(self.values)
            text = json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False)
        else:
            message = f"{target.name} ends neither in .html nor in .json."
            raise ParameterError(message)
        target.write_text(text, encoding="utf-8")
        return target


def compare(
    before: Dataset,
    after: Dataset,
    *,
    policy: runner.Policy | None = None,
    options: runner.Changes | None = None,
    utility: bool = True,
    progress: Progress = silent,
) -> Comparison:
    """Hold two datasets of one workspace against each other; see :func:`audit.runner.compare`.

    Parameters
    ----------
    before, after : Dataset
        The two; rows are followed where one was made of the other.
    policy : Policy, optional
        Thresholds of the checks.
    options : mapping, optional
        Options of reports, for both.
    utility : bool
        Whether a model is trained on each side.
    progress : callable
        Told (share, note).
    """
    found = runner.compare(
        before.version,
        after.version,
        workspace=before.workspace,
        policy=policy,
        changes=options,
        utility=utility,
        progress=progress,
    )
    return Comparison(found)


@cache
def _workspace(root: Path) -> Workspace:
    """Keep one workspace, and so one DuckDB connection, for each folder and process."""
    return Workspace.open(root)
