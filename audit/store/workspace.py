"""The workspace: immutable versions in a folder, and what is kept beside them.

::

    <root>/versions/<id>/data.parquet      the rows, never changed
                        /manifest.json     name, counts, lineage, what the user says about it
                        /rejected.parquet  records of the source that could not be loaded
                        /roles.json        the current role map
                        /dismissed.json    findings called 'not a problem', with the reason
                        /applied.json      of a version made by a recipe: what each step did
                        /lineage.parquet   … which row of the parent each row was
                        /removed.parquet   … rows of the parent that went, by which step, and why
                        /reports/*.json    reports, computed once
                        /comparisons/*.json  … with another version, named by its id
    <root>/tmp/                            work that is not finished

A version is written below ``tmp``, synced and renamed, so that it is there whole or not at
all. Several processes may use a workspace at once: nothing is ever edited in place.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import TypeVar

from audit.errors import WorkspaceError
from audit.model import About, LoadReport, Manifest, Origin, RoleMap
from audit.store import codec
from audit.store.engine import Engine
from audit.store.intact import check_rows, damaged, sha256, written
from audit.store.scratch import Scratch, alone, sweep, writable
from audit.store.table import Table, describe, table_of

Value = TypeVar("Value")

DATA, MANIFEST, ROLES, REJECTED = "data.parquet", "manifest.json", "roles.json", "rejected.parquet"
ID_LENGTH = 16
_IS_ID = re.compile(f"[0-9a-f]{{{ID_LENGTH}}}")


def default_root() -> Path:
    """``EVENHAND_WORKSPACE``, or the user's data folder."""
    given = os.environ.get("EVENHAND_WORKSPACE")
    if given:
        return Path(given).expanduser()
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "evenhand"


class Version:
    """One version of a dataset: its manifest, its rows and what is kept beside them."""

    def __init__(self, folder: Path, manifest: Manifest, engine: Engine) -> None:
        self.folder = folder
        self.manifest = manifest
        self._engine = engine

    @property
    def id(self) -> str:
        """The content hash, shortened."""
        return self.manifest.id

    @property
    def data(self) -> Path:
        """The Parquet file."""
        return self.folder / DATA

    @property
    def rejected(self) -> Path | None:
        """Parquet file of the records that could not be loaded, if there are any."""
        path = self.folder / REJECTED
        return path if path.exists() else None

    @property
    def rejected_table(self) -> Table | None:
        """The records that could not be loaded, to be asked in SQL."""
        path = self.rejected
        if path is None:
            return None
        return table_of(self._engine, path, id_=f"{self.id}-rejected")

    @property
    def table(self) -> Table:
        """The rows, to be asked in SQL; raises WorkspaceError where they are not as written."""
        check_rows(self.data, self.manifest, self._engine)
        return Table(
            self._engine,
            self.data,
            id_=self.id,
            columns=self.manifest.columns,
            n_rows=self.manifest.rows,
        )

    def roles(self) -> RoleMap | None:
        """Read the role map kept beside the version; None while nobody has made one."""
        return self.account(ROLES, RoleMap, instead="Delete that file: roles are guessed again.")

    def set_roles(self, roles: RoleMap) -> None:
        """Keep ``roles`` beside the version; every column named must exist."""
        for column in roles.columns:
            self.table.type_of(column.column)
        self.keep(ROLES, roles)

    def set_about(self, about: About) -> None:
        """Keep what the user says about the dataset in the manifest."""
        self.amend(lambda now: replace(now, about=about))

    def amend(self, change: Callable[[Manifest], Manifest]) -> None:
        """Change what the manifest says now, and let nobody else change it meanwhile."""
        self._must_exist()
        with writable(MANIFEST), alone(self.folder):
            self.manifest = change(self.kept(MANIFEST, Manifest) or self.manifest)
            self.keep(MANIFEST, self.manifest)

    def kept(self, name: str, cls: type[Value]) -> Value | None:
        """Read a value kept beside the version; None where there is none that can be read."""
        try:
            return codec.read(cls, _bytes(self.folder / name))
        except (OSError, ValueError):
            return None

    def account(self, name: str, cls: type[Value], *, instead: str = "") -> Value | None:
        """Read what cannot be made anew; None where there is none, an error where it is damaged."""
        found = self.kept(name, cls)
        if found is None and os.path.lexists(self.folder / name):
            raise damaged(self.id, name, instead=instead)
        return found

    def keep(self, name: str, value: object) -> None:
        """Write a value beside the version, whole or not at all."""
        self._must_exist()
        path = self.folder / name
        with writable(path.name):
            path.parent.mkdir(exist_ok=True, mode=0o700)
            _write(path, codec.dump(value))

    def _must_exist(self) -> None:
        if not self.folder.is_dir():
            message = f"Version {self.id} has been deleted."
            raise WorkspaceError(message, hint="Load the file again, or choose another version.")


class Draft:
    """A version in the making: write ``data`` (and ``rejected``), then commit it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / DATA
        self.rejected = folder / REJECTED


class Workspace:
    """A folder of versions. Open it with :meth:`open`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._versions = root / "versions"
        self._tmp = root / "tmp"
        sweep(self._tmp)
        self._spill = Scratch(self._tmp)
        self.engine = Engine(root, spill=self._spill.path)

    @classmethod
    def open(cls, root: Path | None = None) -> "Workspace":
        """Open the workspace at ``root``, making it where there is none."""
        place = (root or default_root()).expanduser().resolve()
        try:
            (place / "versions").mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            message = f"The workspace {place} cannot be used: {error.strerror}."
            hint = "Choose another folder with --workspace or EVENHAND_WORKSPACE."
            raise WorkspaceError(message, hint=hint) from error
        return cls(place)

    def close(self) -> None:
        """Give memory and temporary space back."""
        self.engine.close()
        self._spill.remove()

    def table(self, path: Path) -> Table:
        """Open a Parquet file below the workspace that is no version, to be asked in SQL."""
        return table_of(self.engine, path, id_=path.stem)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Lend a private folder, gone afterwards; after a crash with the next start."""
        made = Scratch(self._tmp)
        try:
            yield made.path
        finally:
            made.remove()

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """Lend a folder for a version in the making; gone afterwards unless committed."""
        with self.scratch() as place:
            folder = place / "version"
            with writable("The workspace"):
                folder.mkdir(mode=0o700)
            yield Draft(folder)

    def commit(
        self,
        draft: Draft,
        *,
        name: str,
        origin: Origin,
        load: LoadReport | None = None,
        complete: Callable[[Version], None] = lambda _version: None,
    ) -> Version:
        """Make a draft a version. The same bytes twice are one version with two names.

        ``complete`` keeps what belongs beside it, before anybody can see it.

        What was rejected or skipped belongs to a version as its rows do: of two files with
        the same rows, one of which lost records, each keeps its own account.
        """
        with self.engine.cursor() as cursor:
            columns, n_rows = describe(cursor, draft.data)
        sha = sha256(draft.data)
        manifest = Manifest(
            id=_identity(sha, draft, load, origin)[:ID_LENGTH],
            name=name,
            sha256=sha,
            rows=n_rows,
            columns=columns,
            size_bytes=draft.data.stat().st_size,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            program=installed("evenhand"),
            origin=origin,
            load=load,
        )
        final = self._versions / manifest.id
        with writable("The version"):
            _write(draft.folder / MANIFEST, codec.dump(manifest))
            written(draft.data, manifest)
            version = Version(draft.folder, manifest, self.engine)
            complete(version)
            manifest = version.manifest
            for path in draft.folder.iterdir():
                _sync(path)
            _sync(draft.folder)
            try:
                draft.folder.rename(final)
            except OSError:
                if not final.exists():
                    raise
                return self._name_again(final, name)
            _sync(self._versions)
            with suppress(FileNotFoundError):  # deleted by another process already
                written(final / DATA, manifest)
        return Version(final, manifest, self.engine)

    def versions(self) -> tuple[Version, ...]:
        """All versions, the newest first."""
        found = (self._read(folder) for folder in self._versions.iterdir())
        known = [version for version in found if version is not None]
        return tuple(sorted(known, key=lambda v: (v.manifest.created, v.id), reverse=True))

    def find(self, reference: str) -> Version:
        """Find a version by id, by the beginning of its id (4 digits or more) or by name.

        Of several versions with one name the newest is meant.
        """
        known = self.versions()
        for version in known:
            if reference == version.id:
                return version
        for version in known:
            if reference in (version.manifest.name, *version.manifest.aliases):
                return version
        if _IS_ID.fullmatch(reference) and (self._versions / reference).exists():
            raise self._unreadable(reference)
        begun = [v for v in known if len(reference) >= 4 and v.id.startswith(reference)]
        if len(begun) == 1:
            return begun[0]
        names = sorted({v.manifest.name for v in known})
        listed = f"{', '.join(names[:12])}{', …' if len(names) > 12 else ''}"
        hint = f"There are: {listed}." if names else "The workspace is empty."
        message = f"There is no dataset {reference!r} in this workspace."
        raise WorkspaceError(message, hint=hint)

    def delete(self, version: Version) -> None:
        """Remove a version and all that is kept beside it from the disk."""
        scratch = Scratch(self._tmp)
        try:
            with writable("The workspace"), suppress(FileNotFoundError):
                version.folder.rename(scratch.path / "version")
        finally:
            scratch.remove()
        # What others hold of it: comparisons name groups and findings of both sides.
        for path in self._versions.glob(f"*/comparisons/{version.id}-*"):
            path.unlink(missing_ok=True)
        if scratch.path.exists():
            message = f"Not all files of version {version.id} could be deleted."
            raise WorkspaceError(message, hint=f"Delete the folder {scratch.path}.")

    def children(self, version: Version) -> tuple[Version, ...]:
        """Versions that were made from ``version``."""
        return tuple(v for v in self.versions() if v.manifest.origin.parent == version.id)

    def _read(self, folder: Path) -> Version | None:
        if folder.is_symlink():
            return None
        try:
            manifest = codec.read(Manifest, _bytes(folder / MANIFEST))
        except (OSError, ValueError):
            return None
        # The id becomes part of paths: no other than that of the folder.
        return Version(folder, manifest, self.engine) if manifest.id == folder.name else None

    def _unreadable(self, id_: str) -> WorkspaceError:
        instead = f"Delete the folder {self._versions / id_}, and load the file again."
        return damaged(id_, MANIFEST, instead=instead)

    def _name_again(self, folder: Path, name: str) -> Version:
        version = self._read(folder)
        if version is None:
            raise self._unreadable(folder.name)
        if name not in (version.manifest.name, *version.manifest.aliases):
            version.amend(lambda now: _also(now, name))
        return version


def _also(manifest: Manifest, name: str) -> Manifest:
    known = (manifest.name, *manifest.aliases)
    return manifest if name in known else replace(manifest, aliases=(*known[1:], name))


def _bytes(path: Path) -> bytes:
    """Read a file that is kept; one that blocks or never ends is none."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise FileNotFoundError(path)
    return path.read_bytes()


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}")
    try:
        with open(beside, "wb", opener=_private) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _identity(sha: str, draft: Draft, load: LoadReport | None, origin: Origin) -> str:
    """Digest of the rows; where records were lost on the way, of the rows and what was lost.

    A version that a recipe made keeps an account of its own, whatever else has the same rows.
    """
    if origin.parent is not None:
        return hashlib.sha256(f"{sha} {origin.parent} {origin.recipe}".encode()).hexdigest()
    if load is None or not (load.rejected or load.skipped):
        return sha
    lost = sha256(draft.rejected) if draft.rejected.exists() else ""
    told = f"{sha} {load.found} {load.rejected} {load.skipped} {lost}"
    return hashlib.sha256(told.encode()).hexdigest()
