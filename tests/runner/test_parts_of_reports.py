"""A long report keeps what it has done, goes on after a stop, and leaves nothing behind."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from audit import registry, runner
from audit.errors import Stopped
from audit.model import Measure, Progress, RoleMap
from audit.registry import NoParts, NoSettings, Parts
from audit.store import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    total: int = 0

    def measures(self) -> Iterator[Measure]:
        return iter(())

    def shareable(self, roles: RoleMap) -> "Sum":
        return self


done = []


def add_up(table: Table, options: NoSettings, progress: Progress, parts: Parts) -> Sum:
    """Add 0 to 3, one part at a time."""
    total = 0
    for i in range(4):
        progress(i / 4)
        part = parts.kept(f"n-{i}", Sum)
        if part is None:
            done.append(i)
            part = Sum(total=i)
            parts.keep(f"n-{i}", part)
        total += part.total
    return Sum(total=total)


@pytest.fixture
def long_report(monkeypatch):
    pii = registry.reports()["pii"]
    monkeypatch.setattr(registry, "_REPORTS", {})
    registry.report("adding", title="Adding", version=1)(add_up)
    registry._REPORTS["pii"] = pii
    monkeypatch.setattr(registry, "load_all", lambda package: None)
    done.clear()


def stop_at(share):
    def progress(at, note="", /):
        if at >= share:
            message = "The work was stopped."
            raise Stopped(message)

    return progress


def test_a_stopped_report_goes_on_where_it_was(long_report, version_of):
    version = version_of({"a": [1]})
    with pytest.raises(Stopped):
        runner.report(version, "adding", progress=stop_at(0.5))
    assert done == [0, 1]
    assert len(list(version.folder.glob("reports/*.part-*.json"))) == 2
    assert runner.report(version, "adding") == Sum(total=6)
    assert done == [0, 1, 2, 3]


def test_parts_are_gone_once_the_report_is_whole(long_report, version_of):
    version = version_of({"a": [1]})
    runner.report(version, "adding")
    assert [p.name for p in version.folder.glob("reports/*")] == [
        p.name for p in version.folder.glob("reports/adding-1-????????????.json")
    ]
    assert runner.report(version, "adding") == Sum(total=6)
    assert done == [0, 1, 2, 3]


def test_without_a_version_nothing_is_kept():
    parts = NoParts()
    parts.keep("a", Sum(total=1))
    assert parts.kept("a", Sum) is None
