"""``python -m benchmarks [NAME…]``: measure, print the results, keep them in results/."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.document import as_json, as_markdown
from benchmarks.pairs import measure
from benchmarks.suite import BENCHMARKS

RESULTS = Path(__file__).parent / "results"


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks named; return 1 if a target was not reached, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="all where none is given")
    parser.add_argument("--list", action="store_true", help="say which there are")
    parser.add_argument("--repeats", type=int, help="runs of each contender")
    parser.add_argument("--only", action="append", metavar="ID", help="contenders taking part")
    parser.add_argument("--case", action="append", metavar="ID", help="cases taking part")
    parser.add_argument("--json", action="store_true", help="print JSON, not Markdown")
    parser.add_argument("--no-write", action="store_true", help="keep nothing in results/")
    given = parser.parse_args(arguments)
    if given.list:
        for benchmark in BENCHMARKS.values():
            print(f"{benchmark.id:25} {benchmark.title}")
        return 0
    unknown = [name for name in given.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}")
    reached = [_one(name, given) for name in given.names or BENCHMARKS]
    return 0 if all(reached) else 1


def _one(name: str, given: argparse.Namespace) -> bool:
    benchmark = BENCHMARKS[name].only(given.only, given.case)
    runs = measure(benchmark, repeats=given.repeats or benchmark.repeats, say=_say)
    date = datetime.now(UTC).date().isoformat()
    found = as_json(benchmark, runs, date=date)
    text = as_markdown(benchmark, runs, date=date)
    print(json.dumps(found, indent=1) if given.json else text)
    if not given.no_write:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{date}-{name}.md").write_text(text, encoding="utf-8")
        (RESULTS / f"{date}-{name}.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    judged = found["targets"]
    assert isinstance(judged, list)
    return all(target["reached"] for target in judged)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
