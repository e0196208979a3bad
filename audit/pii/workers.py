"""Processes that scan batches of texts side by side.

They are programs of their own and no copies of this one: starting them is safe with threads
running, below Streamlit and in scripts that guard nothing. Each loads the model once.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from audit.errors import ParameterError
from audit.pii.options import ScanOptions
from audit.pii.values import Hit

Message = dict[str, Any]

MOST_DEATHS = 2
"""Times that a worker may die over the same batch before its texts are counted as not scanned."""
EVERY_S = 0.1
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts that are scanned together."""

    first: int
    """Index of the first of them among all texts."""
    texts: list[str]
    names: bool
    """Whether names are asked for."""
    outside: tuple[str, ...]
    """Words that speak for all of them."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a batch."""

    first: int
    size: int
    hits: list[tuple[Hit, ...]] | None
    """By text; None where workers died over the batch: nobody knows what is in it."""
    timed_out: list[int]
    """Indexes among all texts of those that took too long."""

    @classmethod
    def of(
        cls, batch: Batch, hits: list[tuple[Hit, ...]] | None, timed_out: Sequence[int] = ()
    ) -> "Result":
        """Build it from indexes within the batch."""
        late = [batch.first + i for i in timed_out]
        return cls(batch.first, len(batch.texts), hits, late)


class Workers:
    """A number of processes that wait for batches; ended by leaving the context."""

    def __init__(self, options: ScanOptions, count: int) -> None:
        self._workers = [_Worker(options) for _ in range(count)]
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the processes at once, whatever they are at."""
        for worker in self._workers:
            worker.kill()
        for thread in self._threads:
            thread.join()
        for worker in self._workers:
            worker.clear()

    def answers(self, batches: Sequence[Batch]) -> Iterator[Result | None]:
        """Yield the results as they come, and None every so often while there is none.

        Raises
        ------
        AuditError
            Where the work cannot be done: a model is missing, an option is wrong.
        """
        waiting: queue.SimpleQueue[Batch] = queue.SimpleQueue()
        for batch in batches:
            waiting.put(batch)
        results: queue.SimpleQueue[Result | Exception] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=_serve, args=(worker, waiting, results), daemon=True)
            for worker in self._workers[: len(batches)]
        ]
        for thread in self._threads:
            thread.start()
        left = len(batches)
        while left:
            try:
                result = results.get(timeout=EVERY_S)
            except queue.Empty:
                yield None
                continue
            if isinstance(result, Exception):
                raise result
            left -= 1
            yield result


def _serve(
    worker: "_Worker",
    waiting: "queue.SimpleQueue[Batch]",
    results: "queue.SimpleQueue[Result | Exception]",
) -> None:
    """Hand batches to a worker until there are none."""
    while not worker.killed:
        try:
            batch = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            results.put(_scanned(worker, batch))
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            results.put(error)
            return


def _scanned(worker: "_Worker", batch: Batch) -> Result:
    for _ in range(MOST_DEATHS):
        try:
            message = worker.ask(
                {"texts": batch.texts, "names": batch.names, "outside": batch.outside}
            )
        except (OSError, ValueError):
            worker.clear()
            continue
        return _result(batch, message)
    return Result.of(batch, None)


class _Worker:
    """One process, started when it is first asked and again where it died."""

    def __init__(self, options: ScanOptions) -> None:
        self.killed = False
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, request: Message) -> Message:
        """Send a request and wait for the answer.

        Raises
        ------
        OSError, ValueError
            Where the process died over it.
        """
        with self._lock:
            if self.killed:
                raise BrokenPipeError
            if self._process is None:
                self._process = _started()
                self._send(json.loads(self._options.model_dump_json()))
        self._send(request)
        assert self._process.stdout is not None
        message: Message = json.loads(self._process.stdout.readline())
        return message

    def kill(self) -> None:
        """End the process; who waits for its answer gets none."""
        with self._lock:
            self.killed = True
            if self._process is not None:
                self._process.kill()

    def clear(self) -> None:
        """Wait for the end of a process that died, and forget it."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _send(self, message: Message) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        self._process.stdin.flush()


def _result(batch: Batch, message: Message) -> Result:
    if "problem" in message:
        raise ParameterError(message["problem"], hint=message["hint"])
    if "trace" in message:
        problem = f"in the process that looks for personal data:\n{message['trace']}"
        raise RuntimeError(problem)
    return Result.of(batch, from_rows(message["hits"]), message["timed_out"])


_FIELDS = tuple(field.name for field in fields(Hit))
_values_of = attrgetter(*_FIELDS)


def as_rows(hits: Sequence[Sequence[Hit]]) -> list[list[tuple[Any, ...]]]:
    """Give hits in the short form in which they travel."""
    return [[_values_of(hit) for hit in of_text] for of_text in hits]


def from_rows(rows: list[list[list[Any]]]) -> list[tuple[Hit, ...]]:
    """Read what :func:`as_rows` made."""
    return [
        tuple(Hit(**dict(zip(_FIELDS, values, strict=True))) for values in of_text)
        for of_text in rows
    ]


def _started() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "audit.pii.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """Offer the same packages as here, and one thread: there are as many workers as cores."""
    home = str(Path(__file__).parents[2])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    threads = dict.fromkeys(_ONE_THREAD, "1")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **threads}
