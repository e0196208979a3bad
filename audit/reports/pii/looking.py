"""The search itself, for a whole report: one scanner, without names where their model is missing."""

import re
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from audit.errors import ParameterError
from audit.model import Progress, silent
from audit.pii import model
from audit.pii.column_reads import name_like
from audit.pii.columns import kind_of_name
from audit.pii.options import ScanOptions
from audit.pii.patterns.context import words_of
from audit.pii.scanner import Scanner
from audit.pii.values import Reads, Scanned
from audit.reports.pii.options import Options

_NAMED = frozenset({"prose", "names"})


def is_full_name(text: str) -> bool:
    """Whether lists know all of two or more words as names of people."""
    words = text.split()
    return len(words) > 1 and all(map(name_like, words))


def _may_be_somebody(key: str) -> bool:
    """Whether a key of several words has a name of a person in it, and is none of a field."""
    words = re.sub(r"[\W_]+", " ", key).split()
    return len(words) > 1 and any(map(name_like, words)) and kind_of_name(key) is None


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

    def are_personal(self, keys: Sequence[str]) -> list[bool]:
        """Tell which keys of JSON hold personal data, by patterns and by lists of names."""
        if not keys:
            return []
        scanned, _ = self.scan(keys, names=False)
        each = zip(keys, scanned.hits, strict=True)
        late = frozenset(scanned.timed_out)
        return [
            bool(hits) or i in late or _may_be_somebody(key) for i, (key, hits) in enumerate(each)
        ]

    def _go_without(self, error: ParameterError) -> None:
        self.missing = f"{error.problem} {error.hint}".strip()
        self._options = self._options.model_copy(update={"names": False})

    def _started(self) -> Scanner:
        return Scanner(self._options, workers=self._workers)
