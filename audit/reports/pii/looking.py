"""The search itself, for a whole report: one scanner, without names where their model is missing."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from audit.errors import ParameterError
from audit.model import Progress, silent
from audit.pii import model
from audit.pii.options import ScanOptions
from audit.pii.patterns.context import words_of
from audit.pii.scanner import Scanner
from audit.pii.values import Reads, Scanned
from audit.reports.pii.options import Options

_NAMED = frozenset({"prose", "names"})


class Looker:
    """Looks for personal data in texts; a context manager, for the scanner's workers.

    A missing model costs the names and nothing else: patterns are looked for all the same, and
    :attr:`missing` says what to do.
    """

    def __init__(self, options: Options) -> None:
        given = {name: getattr(options, name) for name in ScanOptions.model_fields}
        self._options = ScanOptions(**given)
        self._workers = options.workers
        self._wanted = options.names
        self.missing = ""
        """Why names are not looked for though they should be; empty where they are."""
        if options.names:
            try:
                model.check(options.model)
            except ParameterError as error:
                self._go_without(error)
        self._scanner = self._started()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._scanner.close()

    def wants_names(self, reads: Reads, *, free_text: bool) -> bool:
        """Whether names should be looked for in values that read like this."""
        return self._wanted and (reads in _NAMED or free_text)

    def scan(
        self, texts: Sequence[str], *, names: bool, called: str = "", progress: Progress = silent
    ) -> tuple[Scanned, bool]:
        """Scan texts of a column ``called`` like this; tells whether names were looked for."""
        outside = words_of(called)
        if names and not self.missing:
            try:
                scanned = self._scanner.scan(texts, names=True, outside=outside, progress=progress)
            except ParameterError as error:
                # The model is there and cannot be used. Anything else that is wrong with the
                # options is wrong without names, too, and is raised again.
                self._scanner.close()
                self._go_without(error)
                self._scanner = self._started()
            else:
                return scanned, True
        return (
            self._scanner.scan(texts, names=False, outside=outside, progress=progress),
            False,
        )

    def _go_without(self, error: ParameterError) -> None:
        self.missing = f"{error.problem} {error.hint}".strip()
        self._options = self._options.model_copy(update={"names": False})

    def _started(self) -> Scanner:
        return Scanner(self._options, workers=self._workers)
