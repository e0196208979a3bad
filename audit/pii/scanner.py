"""The search for personal data in texts: all of it, in this process or in several."""

import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from types import TracebackType
from typing import Self

from audit.model import Progress, silent
from audit.pii import model
from audit.pii.batch import BatchScanner
from audit.pii.options import ScanOptions
from audit.pii.values import Hit, Scanned
from audit.pii.workers import EVERY_S, Batch, Result, Workers

MOST_WORKERS = 8
FEWEST_CHARACTERS = {True: 150_000, False: 10_000_000}
"""Characters below which starting workers takes longer than doing without, with names and not."""
BATCH = {True: (256, 30_000), False: (10_000, 1_000_000)}
"""Texts and characters with which a batch ends, with names and without: at most about a second
of work. Batches are the same for any number of workers, as what a model finds can hang, in the
last bit of a number, on which texts go through it together."""
_STAGE = "Looking for personal data"


class Scanner:
    """Finds personal data in texts; a context manager, for its workers.

    Parameters
    ----------
    options : ScanOptions
        What is looked for.
    workers : int, default 0
        Processes; 0: as many as there are cores. Small inputs are scanned in this process
        whatever it says, and 1 never starts another.

    Raises
    ------
    ParameterError
        Where the model that finds names is not installed.
    """

    def __init__(self, options: ScanOptions, *, workers: int = 0) -> None:
        if options.names:
            model.check(options.model)
        self._options = options
        self._count = min(workers or len(os.sched_getaffinity(0)), MOST_WORKERS)
        self._here: BatchScanner | None = None
        self._workers: Workers | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers."""
        if self._workers is not None:
            self._workers.end()
            self._workers = None

    def scan(
        self,
        texts: Sequence[str],
        *,
        names: bool,
        outside: Sequence[str] = (),
        progress: Progress = silent,
    ) -> Scanned:
        """Look for personal data in texts.

        Parameters
        ----------
        texts : sequence of str
            What is looked at; equal ones once.
        names : bool
            Whether names, places, organisations and addresses are looked for as well.
        outside : sequence of str, optional
            Words that speak for all texts, as those of a column's name.
        progress : Progress, optional
            Told how far it is; where it raises, the workers end and so does this.

        Returns
        -------
        Scanned
            The hits of each text, in their order, and which texts were not looked at or not
            to their end.
        """
        distinct = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        names = names and self._options.names
        shown = [_beginning(text, self._options.most_characters) for text in distinct]
        batches = list(_batches(shown, names=names, outside=tuple(outside)))
        hits, late = self._scan(batches, len(shown), progress)
        numbers = [distinct[text] for text in texts]
        return Scanned(
            hits=tuple(hits[number] for number in numbers),
            timed_out=tuple(i for i, number in enumerate(numbers) if number in late),
            cut=tuple(i for i, text in enumerate(texts) if len(shown[numbers[i]]) < len(text)),
        )

    def _scan(
        self, batches: Sequence[Batch], count: int, progress: Progress
    ) -> tuple[list[tuple[Hit, ...]], set[int]]:
        """Give the hits of each text, and the indexes of those that took too long."""
        hits: list[tuple[Hit, ...]] = [()] * count
        late: set[int] = set()
        done = 0
        progress(0.0, _STAGE)
        beat = _paced(lambda: progress(done / count, _STAGE))
        with closing(self._results(batches, beat)) as results:
            for result in results:
                if result is not None:
                    batch = range(result.first, result.first + result.size)
                    done += result.size
                    late.update(batch if result.hits is None else result.timed_out)
                    for i, found in zip(batch, result.hits or (), strict=False):
                        hits[i] = found
                progress(done / count, _STAGE)
        return hits, late

    def _results(
        self, batches: Sequence[Batch], beat: Callable[[], None]
    ) -> Generator[Result | None]:
        characters = sum(len(text) for batch in batches for text in batch.texts)
        names = any(batch.names for batch in batches)
        if self._count > 1 and len(batches) > 1 and characters >= FEWEST_CHARACTERS[names]:
            yield from self._by_workers(batches)
        else:
            yield from self._by_itself(batches, beat)

    def _by_itself(self, batches: Sequence[Batch], beat: Callable[[], None]) -> Iterator[Result]:
        if self._here is None:
            self._here = BatchScanner(self._options)
        for batch in batches:
            answer = self._here.find(
                batch.texts, names=batch.names, outside=batch.outside, beat=beat
            )
            yield Result.of(batch, answer.hits, answer.timed_out)

    def _by_workers(self, batches: Sequence[Batch]) -> Iterator[Result | None]:
        if self._workers is None:
            self._workers = Workers(self._options, self._count)
        whole = False
        try:
            yield from self._workers.answers(batches)
            whole = True
        finally:
            if not whole:
                self.close()


def _paced(tell: Callable[[], None]) -> Callable[[], None]:
    """Make a function that calls ``tell`` where it has not been called for a moment."""
    last = time.monotonic()

    def beat() -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY_S:
            last = now
            tell()

    return beat


def _beginning(text: str, most: int) -> str:
    """Cut a text that is too long, between words where that is near."""
    if len(text) <= most:
        return text
    space = text.rfind(" ", most - most // 10, most)
    return text[: space if space > 0 else most]


def _batches(texts: list[str], *, names: bool, outside: tuple[str, ...]) -> Iterator[Batch]:
    most_texts, most_characters = BATCH[names]
    first = characters = 0
    for i, text in enumerate(texts):
        if i - first == most_texts or (characters and characters + len(text) > most_characters):
            yield Batch(first, texts[first:i], names, outside)
            first, characters = i, 0
        characters += len(text)
    if first < len(texts):
        yield Batch(first, texts[first:], names, outside)
