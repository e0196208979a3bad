"""The secret key of pseudonyms, keyed hashes and encryption: where it is, and making one.

It never stands in a recipe, a report, a log or an error.
"""

import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

from audit.errors import ParameterError
from audit.mending.change import no_key
from audit.store import Workspace
from audit.store.scratch import alone, writable

VARIABLE = "EVENHAND_KEY"
FILE = "key"
"""Name of the workspace's own key file."""
FEWEST_CHARACTERS = 16
FEWEST_DIFFERENT = 8
"""Different characters; one repeated is soon guessed, however often it stands there."""
_NEW_BYTES = 32
_MOST_BYTES = 64 * 1024
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_HOW = "Make one: head -c 32 /dev/urandom | base64 > FILE; chmod 600 FILE"


def find_key(workspace: Workspace, key_file: Path | None = None) -> Callable[[], bytes]:
    """Say where the key is; it is read, and looked for, once a step asks.

    The file named counts first, then the environment's ``EVENHAND_KEY``, then the key that was
    made in the workspace.

    Parameters
    ----------
    workspace : Workspace
        May have a key of its own.
    key_file : Path, optional
        A file that holds a key.

    Returns
    -------
    callable
        Gives the key, or raises ParameterError that says what to do.
    """

    def key() -> bytes:
        if key_file is not None:
            return _from_file(Path(key_file).expanduser(), f"The key file {Path(key_file).name}")
        given = os.environ.get(VARIABLE)
        if given is not None:
            return _checked(given.encode("utf-8", "surrogateescape"), VARIABLE)
        if has_key(workspace):
            return _from_file(workspace.root / FILE, "The workspace's key file")
        return no_key()

    return key


def has_key(workspace: Workspace) -> bool:
    """Whether the workspace has a key of its own."""
    return (workspace.root / FILE).exists()


def make_key(workspace: Workspace) -> Path:
    """Make a key in the workspace, readable by its owner alone; one that is there stays.

    A key that was replaced could undo nothing any more, so this never does.
    """
    path = workspace.root / FILE
    with writable("The key file"), alone(workspace.root):
        if not path.exists():
            draft = workspace.root / f".{FILE}.{os.getpid()}-{os.urandom(4).hex()}"
            try:
                with open(draft, "w", encoding="ascii", opener=_private) as file:
                    file.write(secrets.token_hex(_NEW_BYTES) + "\n")
                    file.flush()
                    os.fsync(file.fileno())
                draft.rename(path)
            except OSError:
                draft.unlink(missing_ok=True)
                raise
    return path


def _from_file(path: Path, called: str) -> bytes:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        message = f"{called} cannot be read: {error.strerror}."
        raise ParameterError(message, hint=_HOW) from error
    if mode & _OTHERS:
        message = f"{called} may be read by others than its owner."
        raise ParameterError(message, hint=f"Take that away: chmod 600 {path.name}")
    if len(data) > _MOST_BYTES:
        message = f"{called} is too large for a key."
        raise ParameterError(message, hint=_HOW)
    return _checked(data, called)


def _checked(data: bytes, called: str) -> bytes:
    """Give the key without white space around it; refuse one that is soon guessed."""
    key = data.strip()
    if len(key) < FEWEST_CHARACTERS or len(set(key)) < FEWEST_DIFFERENT:
        message = (
            f"{called} is too short for a key: it needs {FEWEST_CHARACTERS} characters, "
            f"{FEWEST_DIFFERENT} of them different."
        )
        raise ParameterError(message, hint=_HOW)
    return key


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_EXCL, 0o600)
