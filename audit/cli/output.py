"""Data on standard output: lines for people, JSON for scripts."""

import json
import sys
from pathlib import Path

from audit.errors import ParameterError


def write_json(target: str, value: object) -> None:
    """Write JSON to a file, or to standard output where ``target`` is '-'."""
    write_text(target, json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def write_text(target: str, text: str) -> None:
    """Write text to a file, or to standard output where ``target`` is '-'."""
    if target == "-":
        sys.stdout.write(text)
        return
    path = Path(target)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        if path.is_file() and not isinstance(error, PermissionError):
            # It is not whole, as on a full disk.
            path.unlink()
        message = f"{target} cannot be written: {error.strerror}."
        raise ParameterError(message, hint="Free some space, or name another file.") from error


def say(*lines: str) -> None:
    """Write lines to standard output."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
