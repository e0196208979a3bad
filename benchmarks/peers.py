"""Peers live in environments of their own below ``.peers``, made from pinned lists."""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent
LISTS = ROOT / "peers"
FOLDER = ROOT / ".peers"


def python(peer: str, folder: Path = FOLDER) -> Path:
    """Return the interpreter of a peer's environment, making it where it is not as pinned.

    Raises
    ------
    subprocess.CalledProcessError
        If its packages cannot be installed.
    """
    pinned = LISTS / f"{peer}.txt"
    mark = hashlib.sha256(pinned.read_bytes()).hexdigest()
    home = folder / peer
    done = home / ".pinned"
    if not done.exists() or done.read_text() != mark:
        shutil.rmtree(home, ignore_errors=True)
        print(f"Installing {peer} …", file=sys.stderr)
        venv.create(home, with_pip=True)
        command = [str(home / "bin/python"), "-m", "pip", "install", "--quiet", "--no-deps"]
        subprocess.run([*command, "--requirement", str(pinned)], check=True)
        done.write_text(mark)
    return home / "bin/python"


def version(peer: str) -> str:
    """Return the version of the peer itself, as pinned."""
    for line in (LISTS / f"{peer}.txt").read_text().splitlines():
        name, _, number = line.partition("==")
        if name == peer:
            return number
    return "not pinned"
