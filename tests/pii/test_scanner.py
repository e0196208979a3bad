"""The whole search: all finders together, one process or several, and what was not looked at."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from audit.errors import ParameterError, Stopped
from audit.pii import scanner as scanner_module
from audit.pii import workers as workers_module
from audit.pii.batch import Answer, BatchScanner
from audit.pii.labelled import read_labelled
from audit.pii.options import OwnPattern, ScanOptions
from audit.pii.scanner import Scanner
from audit.pii.values import Hit, Scanned
from audit.pii.workers import Batch, Workers, as_rows, from_rows

CANARY = "Zzyxqcanary"


def hit(entity: str, start: int, end: int) -> Hit:
    return Hit(entity=entity, start=start, end=end, score=0.5, recognizer="test")


class Counting(BatchScanner):
    """Finds an X, and says that what begins with 'late' took too long."""

    seen: list[list[str]] = []

    def __init__(self, _options: ScanOptions) -> None:
        pass

    def find(self, texts: Sequence[str], *, names: bool, **_: Any) -> Answer:
        self.seen.append(list(texts))
        return Answer(
            hits=[(hit("X", t.index("X"), t.index("X") + 1),) if "X" in t else () for t in texts],
            timed_out=[i for i, text in enumerate(texts) if text.startswith("late")],
        )


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> type[Counting]:
    monkeypatch.setattr(scanner_module, "BatchScanner", Counting)
    monkeypatch.setattr(Counting, "seen", [])
    return Counting


def scan(texts: Sequence[str], options: ScanOptions | None = None, **more: Any) -> Scanned:
    with Scanner(options or ScanOptions(), workers=1) as scanner:
        return scanner.scan(texts, names=more.pop("names", True), **more)


def pieces(text: str, scanned: Scanned, i: int = 0) -> list[tuple[str, str]]:
    return [(h.entity, text[h.start : h.end]) for h in scanned.hits[i]]


def test_patterns_names_and_addresses_are_found_together() -> None:
    text = "Jane Garcia, 12 Main Street, Springfield, IL 62701, jane@example.com, 212-555-0142"
    found = pieces(text, scan([text]))
    assert ("PERSON", "Jane Garcia") in found
    assert ("EMAIL_ADDRESS", "jane@example.com") in found
    assert ("PHONE_NUMBER", "212-555-0142") in found
    assert any(entity == "ADDRESS" and "12 Main Street" in piece for entity, piece in found)


def test_without_names_only_patterns_are_looked_for() -> None:
    text = "Jane Garcia jane@example.com"
    assert pieces(text, scan([text], names=False)) == [("EMAIL_ADDRESS", "jane@example.com")]
    assert pieces(text, scan([text], ScanOptions(names=False))) == [
        ("EMAIL_ADDRESS", "jane@example.com")
    ]


def test_a_name_beside_an_address_is_not_swallowed() -> None:
    text = "Send it to Brittany Voronov Apt. 338, 32 Menzies Street, Leeds"
    assert pieces(text, scan([text])) == [
        ("PERSON", "Brittany Voronov"),
        ("ADDRESS", "Apt. 338, 32 Menzies Street, Leeds"),
    ]


def test_hits_never_overlap_and_stand_in_order() -> None:
    text = "Dr. Ada Roe, London, ada@roe.example, 4111 1111 1111 1111, 10 Downing Street, London"
    hits = scan([text]).hits[0]
    assert all(a.end <= b.start for a, b in pairwise(hits))
    assert len(hits) >= 4


def test_lists_and_patterns_of_the_user_hold() -> None:
    options = ScanOptions(
        allow=("Jane Garcia",),
        deny={"PERSON": ("the chairman",)},
        patterns=(OwnPattern(entity="STAFF_ID", pattern=r"\bS-\d{4}\b"),),
    )
    text = "Jane Garcia met the chairman about S-1234"
    assert pieces(text, scan([text], options)) == [
        ("PERSON", "the chairman"),
        ("STAFF_ID", "S-1234"),
    ]


def test_only_the_kinds_asked_for_are_found() -> None:
    text = "Jane Garcia lives in Lima, jane@example.com"
    assert pieces(text, scan([text], ScanOptions(entities=("LOCATION",)))) == [("LOCATION", "Lima")]


def test_equal_texts_are_looked_at_once(counting: type[Counting]) -> None:
    scanned = scan(["aX", "b", "aX", "b", "aX"])
    assert counting.seen == [["aX", "b"]]
    assert [len(hits) for hits in scanned.hits] == [1, 0, 1, 0, 1]


def test_what_took_too_long_or_was_cut_is_said_for_every_copy(counting: type[Counting]) -> None:
    long = "word " * 30
    scanned = scan(["late", "ok", "late", long, long], ScanOptions(most_characters=100))
    assert scanned.timed_out == (0, 2)
    assert scanned.cut == (3, 4)
    assert counting.seen[0][-1] == ("word " * 20).strip()


def test_batches_hold_every_text_once_and_end_in_time() -> None:
    texts = ["x" * n for n in (10, 29_995, 10, 40_000, 1, 1)] + ["y"] * 600
    batches = list(scanner_module._batches(texts, names=True, outside=()))
    assert [text for batch in batches for text in batch.texts] == texts
    assert [batch.first for batch in batches] == [
        sum(len(b.texts) for b in batches[:i]) for i in range(len(batches))
    ]
    most_texts, most_characters = scanner_module.BATCH[True]
    assert all(len(b.texts) <= most_texts for b in batches)
    assert all(sum(map(len, b.texts)) <= most_characters for b in batches if len(b.texts) > 1)


def test_nothing_gives_nothing() -> None:
    assert scan([]) == Scanned(hits=())


def test_progress_ends_at_one_and_its_stop_ends_the_scan(counting: type[Counting]) -> None:
    shares: list[float] = []
    scan([f"{i}" for i in range(600)], progress=lambda share, _note="": shares.append(share))
    assert shares[0] == 0
    assert shares[-1] == 1
    assert shares == sorted(shares)

    def stop(share: float, _note: str = "", /) -> None:
        if share > 0:
            message = "stopped"
            raise Stopped(message)

    counting.seen.clear()
    with pytest.raises(Stopped):
        scan([f"{i}" for i in range(600)], progress=stop)
    assert len(counting.seen) == 1


def test_a_missing_model_is_said_before_anything_is_scanned() -> None:
    with pytest.raises(ParameterError, match="not installed"):
        Scanner(ScanOptions(model="en_core_web_zz"))
    Scanner(ScanOptions(model="en_core_web_zz", names=False)).close()


def test_hits_travel_between_processes_unchanged() -> None:
    hits = [(), (hit("A", 1, 2), hit("B", 3, 4))]
    assert from_rows([[list(row) for row in rows] for rows in as_rows(hits)]) == hits


FAKE = """
import json, sys, time, os
sys.stdin.readline()
for line in sys.stdin:
    request = json.loads(line)
    if "die" in request["texts"]:
        os._exit(9)
    if "sleep" in request["texts"]:
        time.sleep(60)
    if "wrong" in request["texts"]:
        print(json.dumps({"problem": "No model.", "hint": "Install it."}), flush=True)
    elif "fail" in request["texts"]:
        print(json.dumps({"trace": "there"}), flush=True)
    else:
        row = ["A", 0, 1, 0.5, "fake", False, False]
        hits = [[row] for _ in request["texts"]]
        print(json.dumps({"hits": hits, "timed_out": []}), flush=True)
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Have workers that do as their texts say; give all that were started."""
    processes: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        command = [sys.executable, "-S", "-c", FAKE]
        processes.append(subprocess.Popen(command, stdin=pipe, stdout=pipe))
        return processes[-1]

    monkeypatch.setattr(workers_module, "_started", start)
    monkeypatch.setattr(scanner_module, "FEWEST_CHARACTERS", {True: 0, False: 0})
    monkeypatch.setattr(scanner_module, "BATCH", {True: (1, 100), False: (1, 100)})
    yield processes
    assert all(process.poll() is not None for process in processes), "a worker was left behind"


def by_workers(texts: Sequence[str], **more: Any) -> Scanned:
    with Scanner(ScanOptions(), workers=2) as scanner:
        return scanner.scan(texts, names=False, **more)


def test_batches_come_back_in_the_order_of_the_texts(
    started: list[subprocess.Popen[bytes]],
) -> None:
    scanned = by_workers([f"text {i}" for i in range(20)])
    assert all(len(hits) == 1 for hits in scanned.hits)
    assert len(started) == 2


def test_texts_over_which_workers_die_are_counted_as_not_scanned(
    started: list[subprocess.Popen[bytes]],
) -> None:
    scanned = by_workers(["a", "die", "b", "c"])
    assert scanned.timed_out == (1,)
    assert [len(hits) for hits in scanned.hits] == [1, 0, 1, 1]


def test_what_a_worker_says_is_wrong_is_an_error_here(
    started: list[subprocess.Popen[bytes]],
) -> None:
    with pytest.raises(ParameterError, match="No model"):
        by_workers(["a", "wrong", "b"])


def test_a_failure_within_a_worker_is_told_by_place(
    started: list[subprocess.Popen[bytes]],
) -> None:
    with pytest.raises(RuntimeError, match="there"):
        by_workers(["a", "fail", "b"])


def test_stop_ends_busy_workers_within_a_second(started: list[subprocess.Popen[bytes]]) -> None:
    begun: list[float] = []

    def stop(_share: float, _note: str = "", /) -> None:
        if started and not begun:
            begun.append(time.monotonic())
        elif begun and time.monotonic() > begun[0] + 0.3:
            begun[0] = time.monotonic()
            message = "stopped"
            raise Stopped(message)

    with pytest.raises(Stopped):
        by_workers(["sleep", "sleep ", "a"], progress=stop)
    assert time.monotonic() - begun[0] < 1


def test_a_scanner_can_be_used_again_after_a_stop(started: list[subprocess.Popen[bytes]]) -> None:
    def stop(share: float, _note: str = "", /) -> None:
        if share > 0:
            message = "stopped"
            raise Stopped(message)

    with Scanner(ScanOptions(), workers=2) as scanner:
        with pytest.raises(Stopped):
            scanner.scan(["a", "b", "c"], names=False, progress=stop)
        assert len(scanner.scan(["a", "b", "c"], names=False).hits[2]) == 1


def test_a_worker_finds_what_this_process_does(shared: Callable[[str], Path]) -> None:
    texts = [g.text for g in read_labelled(shared("presidio_pii_dev/generated_small.json"))]
    batches = [Batch(i, texts[i : i + 40], names=True, outside=()) for i in (0, 40, 80)]
    with Workers(ScanOptions(), 1) as workers:
        results = [result for result in workers.answers(batches) if result is not None]
    here = BatchScanner(ScanOptions())
    for batch, result in zip(batches, results, strict=True):
        assert result.first == batch.first
        assert result.hits == here.find(batch.texts, names=True).hits
    assert sum(len(hits) for result in results for hits in result.hits or ()) > 100


def test_no_text_is_told_where_a_worker_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    with Workers(ScanOptions(), 1) as workers:
        # Names asked of something that is no text make the worker fail with it in hand.
        batch = Batch(0, [CANARY, None], names=True, outside=())  # type: ignore[list-item]
        with pytest.raises(RuntimeError) as caught:
            list(workers.answers([batch]))
    assert CANARY not in str(caught.value)
    assert "Error" in str(caught.value)


def test_a_worker_leaves_with_the_one_who_started_it() -> None:
    process = workers_module._started()
    assert process.stdin is not None
    process.stdin.write(ScanOptions().model_dump_json().encode() + b"\n")
    process.stdin.close()
    assert process.wait(timeout=30) == 0
    assert process.stdout is not None
    process.stdout.close()


def test_workers_use_one_thread_each_and_see_the_same_packages() -> None:
    environment = workers_module._environment()
    assert environment["OMP_NUM_THREADS"] == "1"
    home = Path(workers_module.__file__).parents[2]
    assert environment["PYTHONPATH"].split(os.pathsep)[0] == str(home)


def test_a_search_in_this_process_is_stopped_between_texts() -> None:
    """One batch of slow texts would take 20 seconds."""

    def stop(_share: float, _note: str = "", /) -> None:
        if time.monotonic() > begun + 0.3:
            message = "Stopped."
            raise Stopped(message)

    own = OwnPattern(entity="CODE", pattern="a.*b|a")
    options = ScanOptions(names=False, patterns=(own,), time_limit_s=0.2)
    begun = time.monotonic()
    with pytest.raises(Stopped):
        scan([f"{'a' * 10_000}{i}" for i in range(100)], options, names=False, progress=stop)
    assert time.monotonic() < begun + 3
