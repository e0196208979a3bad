"""DuckDB, hardened: one connection per process and workspace, one cursor per use.

A connection may read and write below its workspace and nowhere else; it can load no
extension and reach no network, and none of that can be switched on again.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb

from audit.errors import Stopped, WorkspaceError

MEMORY_SHARE = 0.5
"""Part of the machine's memory that DuckDB may use before it spills to disk."""


def default_memory_bytes() -> int:
    """Half of the memory that this process may use, and at least 512 MiB."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(int(total * MEMORY_SHARE), 512 * 2**20)


def connect(
    folders: tuple[Path, ...],
    *,
    spill: Path,
    memory_bytes: int | None = None,
    threads: int | None = None,
    time_limit_s: float | None = None,
) -> duckdb.DuckDBPyConnection:
    """Open an in-memory DuckDB that can touch ``folders`` (or single files) and nothing else.

    Parameters
    ----------
    folders : tuple of Path
        Folders and files that may be read and written.
    spill : Path
        Where intermediate results go that do not fit in memory.
    memory_bytes : int, optional
        Memory DuckDB may use; by default half of the machine's.
    threads : int, optional
        Threads DuckDB may use; by default one per core.
    time_limit_s : float, optional
        Longest time for one statement, in seconds.
    """
    connection = duckdb.connect(":memory:")
    memory = memory_bytes or default_memory_bytes()
    settings: list[tuple[str, object]] = [
        ("threads", threads or len(os.sched_getaffinity(0))),
        ("memory_limit", f"{memory // 2**20}MiB"),
        ("temp_directory", str(spill)),
        ("parquet_metadata_cache", True),
        ("preserve_insertion_order", True),
        ("TimeZone", "UTC"),
        ("max_execution_time", int((time_limit_s or 0) * 1000)),
    ]
    for name, value in settings:
        connection.execute(f"SET {name} = ?", [value])
    directories = [str(f.resolve()) for f in folders if f.is_dir()]
    files = [str(f.resolve()) for f in folders if not f.is_dir()]
    connection.execute("SET allowed_directories = ?", [directories])
    connection.execute("SET allowed_paths = ?", [files])
    for name, value in (
        ("autoinstall_known_extensions", False),
        ("autoload_known_extensions", False),
        ("allow_community_extensions", False),
        ("python_enable_replacements", False),
        ("enable_external_access", False),
        ("lock_configuration", True),
    ):
        connection.execute(f"SET {name} = ?", [value])
    return connection


BadValue = duckdb.DataError
"""What the engine raises for a value that does not fit where it is put."""


class EngineError(WorkspaceError):
    """DuckDB failed for good, and with it everything else that used the same connection."""


class Engine:
    """The connection of one workspace in this process; a new one once it has failed for good.

    A value that DuckDB trips over (a moment out of range, in a file made by others) ends its
    database for all threads: without a new one, the app would have to be started again.
    """

    def __init__(self, root: Path, *, spill: Path) -> None:
        self._connect = partial(connect, (root,), spill=spill)
        self._connection = self._connect()
        self._failed = False
        self._lock = threading.Lock()
        self._open: dict[int, list[duckdb.DuckDBPyConnection]] = {}

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor of its own to one thread; closed afterwards."""
        thread = threading.get_ident()
        with self._lock:
            if self._failed:
                self._connection, self._failed = self._connect(), False
            used = self._connection
            cursor = used.cursor()
            self._open.setdefault(thread, []).append(cursor)
        try:
            with readable_errors():
                yield cursor
        except EngineError:
            with self._lock:
                self._failed = self._failed or used is self._connection
            raise
        finally:
            with self._lock:
                self._open[thread].remove(cursor)
            cursor.close()

    def interrupt(self, thread: int) -> None:
        """Stop the statements that ``thread`` (its identifier) is running."""
        with self._lock:
            for cursor in self._open.get(thread, []):
                cursor.interrupt()

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn what can go wrong in DuckDB for the user's reasons into errors with advice.

    Messages of DuckDB may quote cell values; they are kept as the cause, never shown.
    """
    try:
        yield
    except duckdb.InterruptException as error:
        raise _stopped() from error
    except duckdb.OutOfMemoryException as error:
        raise _memory_error() from error
    except OSError as error:
        # An Arrow reader passes on what DuckDB says of a batch, not its class.
        if str(error).startswith("INTERRUPT Error"):
            raise _stopped() from error
        if str(error).startswith("Out of Memory Error"):
            raise _memory_error() from error
        raise
    except (duckdb.FatalException, duckdb.InternalException) as error:
        message = "The engine cannot work with a value of this table."
        hint = "It may be a date out of range. Mend it in the source and load that again."
        raise EngineError(message, hint=hint) from error
    except duckdb.IOException as error:
        raise _disk_error(str(error).lower()) from error


def _stopped() -> Stopped:
    message = "The work was stopped."
    return Stopped(message)


def _memory_error() -> WorkspaceError:
    message = "There is not enough memory for this table."
    return WorkspaceError(message, hint="Close other programs, or load a part of the file.")


def _disk_error(reason: str) -> WorkspaceError:
    if "no files found" in reason or "no such file" in reason:
        message = "The version is not there any more: it has been deleted."
        return WorkspaceError(message, hint="Load the file again, or choose another version.")
    full = "no space left" in reason
    return WorkspaceError(
        "The disk is full." if full else "A file of the workspace cannot be read or written.",
        hint="Free some space, or choose another workspace with --workspace.",
    )
