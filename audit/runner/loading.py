"""Sources become versions; versions get their roles."""

import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from audit import registry, sources
from audit.errors import ParameterError, SourceError
from audit.model import AT_LEAST, About, Origin, Progress, Role, RoleMap, silent
from audit.runner.samples import Sample
from audit.store import Draft, Version, Workspace
from audit.store.rows import is_numeric

_AS_WRITTEN = "Write it as the data do: case and spaces count."
_HOLDS_TEXT = (
    "The label holds text, and only numbers reach a number. Where a code such as NA makes it "
    "text, say so when the file is read: missing=NA."
)
_SAME_VALUE = "lower(v) = lower($1) OR TRY_CAST(v AS DOUBLE) = TRY_CAST($1 AS DOUBLE)"


def load(
    source: object,
    *,
    workspace: Workspace,
    name: str | None = None,
    kind: str | None = None,
    options: Mapping[str, object] | None = None,
    progress: Progress = silent,
) -> Version:
    """Read a source into a new version.

    Parameters
    ----------
    source : path or Arrow-speaking object
        A file, folder or glob, or anything with ``__arrow_c_stream__`` (pandas, polars,
        pyarrow, DuckDB relations).
    workspace : Workspace
        Where the version is kept.
    name : str, optional
        Name of the dataset; by default that of the file.
    kind : str, optional
        Id of the source that is to read it; by default told from its bytes and name.
    options : mapping, optional
        How to read it (delimiter, encoding, sheet, …); what is left out is sniffed.
    progress : Progress
        Told how far the work is; may raise Stopped.

    Raises
    ------
    SourceError
        If the source cannot be read, or its records do not add up.
    """
    # The reading is another process's; meanwhile this one imports what comes next.
    threading.Thread(target=registry.reports, daemon=True).start()
    with workspace.draft() as draft:
        loaded = _read(source, draft, kind, options, progress)
        if not loaded.report.adds_up:
            counts = loaded.report
            message = (
                f"{counts.found:,} records were found, but {counts.loaded:,} loaded, "
                f"{counts.rejected:,} rejected and {counts.skipped:,} skipped do not add up to that."
            )
            raise SourceError(message, hint="Check delimiter, quote and encoding in the preview.")
        label = _label(source)
        return workspace.commit(
            draft,
            name=dataset_name(name or label),
            origin=Origin(source=label, kind=loaded.kind, options=loaded.options),
            load=loaded.report,
        )


def load_sample(sample: Sample, *, workspace: Workspace, progress: Progress = silent) -> Version:
    """Load a bundled sample with the roles and the licence stated for it."""
    version = load(sample.path, workspace=workspace, name=sample.title, progress=progress)
    if version.roles() is None:
        version.set_roles(complete(sample.roles, version))
        about = About(source=sample.source, licence=sample.licence, purpose=sample.description)
        version.set_about(about)
    return version


def roles(version: Version) -> RoleMap:
    """Give the role map kept beside the version; where there is none, a guess, which is kept."""
    kept = version.roles()
    if kept is not None:
        return kept
    from audit.reports.roles import guess

    guessed = guess(version.table)
    version.set_roles(guessed)
    return guessed


def state_roles(version: Version, stated: Mapping[str, Any]) -> RoleMap:
    """Put what the user states in the place of what was guessed, and keep it.

    ``stated`` are the arguments of :func:`audit.reports.roles.apply`. A positive value that
    no row has is a ParameterError: every figure about the label would be of nobody.
    """
    from audit.reports.roles import apply

    given = apply(roles(version), **stated)
    if stated.get("positive") is not None:
        given = replace(given, positive=as_written(version, given, str(stated["positive"])))
    version.set_roles(given)
    return given


def as_written(version: Version, given: RoleMap, positive: str) -> str:
    """Find the positive value in the label; a number or a truth value may be written otherwise."""
    label = str(given.one(Role.LABEL))
    type_ = version.table.type_of(label)
    if is_numeric(type_) and positive.startswith(AT_LEAST):
        return _threshold(positive)
    is_text = type_ == "VARCHAR"
    same = "v = $1" if is_text else _SAME_VALUE
    (found,) = version.table.row(
        f"SELECT min(v) FROM (SELECT DISTINCT CAST({{l}} AS VARCHAR) AS v FROM {{t}}) WHERE {same}",  # noqa: S608
        [positive],
        l=label,
    )
    if found is None and version.manifest.rows:
        message = f"No row has the value {positive!r} in the label {label!r}."
        hint = _HOLDS_TEXT if positive.startswith(AT_LEAST) else _AS_WRITTEN
        raise ParameterError(message, hint=hint)
    return positive if found is None else str(found)


def _threshold(positive: str) -> str:
    """Read '>= 50000', which makes the numbers from there on the positive ones."""
    try:
        return f"{AT_LEAST}{float(positive.removeprefix(AT_LEAST)):.15g}"
    except ValueError as error:
        message = f"{positive!r} is not a number to be reached."
        raise ParameterError(message, hint="Write it as >=50000.") from error


def complete(given: RoleMap, version: Version) -> RoleMap:
    """Add an entry for each column that ``given`` does not name; table order."""
    from audit.reports.roles import guess

    known = {c.column: c for c in given.columns}
    guessed = {c.column: c for c in guess(version.table).columns}
    columns = tuple(
        known.get(c.name) or replace(guessed[c.name], roles=()) for c in version.manifest.columns
    )
    return replace(given, columns=columns)


def dataset_name(text: str) -> str:
    r"""Make a name for a dataset: one line, no control characters, at most 120 of them.

    Examples
    --------
    >>> dataset_name("../a\nb.csv"), dataset_name("caf\udce9")
    ('../a b.csv', 'caf?')
    """
    written = text.encode("utf-8", "replace").decode()
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", written).strip()[:120] or "unnamed"


def _label(source: object) -> str:
    if isinstance(source, str | Path):
        return Path(source).name or str(source)
    return f"{type(source).__module__.split('.')[0]} object"


def _read(
    source: object,
    draft: Draft,
    kind: str | None,
    options: Mapping[str, object] | None,
    progress: Progress,
) -> sources.Loaded:
    if isinstance(source, str | Path):
        path = Path(source)
        return sources.load(path, draft.folder, kind=kind, options=options, progress=progress)
    if hasattr(source, "__arrow_c_stream__"):
        return sources.load_arrow(source, draft.folder, progress=progress)
    message = f"A {type(source).__name__} cannot be loaded as a table."
    raise SourceError(message, hint="Give a path, or a pandas, polars or pyarrow table.")
