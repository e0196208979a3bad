"""What a long report has done so far, kept beside the version until the report is whole."""

from typing import TypeVar

from audit.store import Version

Value = TypeVar("Value")


class KeptParts:
    """The parts of one report with one set of options and roles.

    Parameters
    ----------
    version : Version
        What is measured.
    name : str
        The name that the whole report will be kept under, without its ending.
    """

    def __init__(self, version: Version, name: str) -> None:
        self._version = version
        self._name = name

    def kept(self, name: str, cls: type[Value]) -> Value | None:
        """Read a part; None where there is none."""
        return self._version.kept(self._file(name), cls)

    def keep(self, name: str, value: object) -> None:
        """Write a part, whole or not at all."""
        self._version.keep(self._file(name), value)

    def clear(self) -> None:
        """Remove all parts: the report is whole."""
        folder, _, stem = self._name.rpartition("/")
        for path in (self._version.folder / folder).glob(f"{stem}.part-*.json"):
            path.unlink(missing_ok=True)

    def _file(self, name: str) -> str:
        return f"{self._name}.part-{name}.json"
