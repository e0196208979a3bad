"""The real scanner: what it finds in every kind of column, and that nothing of it is kept."""

import json
import logging
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.model import ColumnRole, Role, RoleMap, silent
from audit.reports.pii.options import Options
from audit.reports.pii.report import personal_data
from audit.store import codec

CANARIES = {
    "EMAIL_ADDRESS": "wilhelmina.quokka@zanzibarmail.com",
    "PHONE_NUMBER": "+1 415 555 0187",
    "US_SSN": "536-22-8761",
    "CREDIT_CARD": "4539 1488 0343 6467",
    "PERSON": "Margaret Thornbury",
    "ADDRESS": "4711 Kestrel Hollow Road, Springfield, IL 62704",
    "ACCESS_TOKEN": "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
}
SENTENCE = "Yesterday the customer said: {} and we wrote that down for them."
READABLE = [
    *(word for canary in CANARIES.values() for word in canary.split() if len(word) > 3),
    *("quokka", "5550187", "555-0187", "4155550187", "536228761", "4539148803436467"),
]


class Memory:
    """Parts in memory, as they are written."""

    def __init__(self):
        self.parts = {}

    def kept(self, name, cls):
        return codec.read(cls, self.parts[name]) if name in self.parts else None

    def keep(self, name, value):
        self.parts[name] = codec.dump(value)


def columns():
    """Every canary in every kind of column, each often enough to be more than an accident."""
    made = {}
    for kind, canary in CANARIES.items():
        said = SENTENCE.format(canary)
        n = 12
        made[f"a {kind.lower()}"] = pa.array([canary] * n)
        made[f"text {kind}"] = pa.array([said] * n)
        made[f"enum {kind}"] = pa.array([canary, "other"] * (n // 2)).dictionary_encode()
        made[f"list {kind}"] = pa.array([[canary, said]] * n)
        made[f"struct {kind}"] = pa.array([{"value": canary, "note": said}] * n)
        made[f"map {kind}"] = pa.array([[(canary, said)]] * n, pa.map_(pa.string(), pa.string()))
        chat = {"messages": [{"role": "user", "content": said}], canary: {"deep": [canary]}}
        made[f"json {kind}"] = pa.array([json.dumps(chat)] * n)
        made[f"messages {kind}"] = pa.array([[{"role": "user", "content": said}]] * n)
    made["ssn as a number"] = pa.array([536228761] * 12)
    made["card as a number"] = pa.array([4539148803436467.0] * 11 + [None])
    return made


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The report on the canaries, its parts, and what was logged."""
    from audit.store.engine import Engine
    from audit.store.table import table_of

    folder = tmp_path_factory.mktemp("canaries")
    pq.write_table(pa.table(columns()), folder / "data.parquet")
    engine = Engine(folder, spill=folder)
    memory, lines = Memory(), []

    class Lines(logging.Handler):
        def emit(self, record):
            lines.append(f"{record.getMessage()} {record.exc_info}")

    handler = Lines(0)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(1)
    try:
        table = table_of(engine, folder / "data.parquet", id_="canaries")
        every = RoleMap(
            columns=tuple(
                ColumnRole(column=c.name, roles=(Role.FREE_TEXT,))
                for c in table.columns
                if c.type == "VARCHAR" and not c.name.startswith("json")
            )
        )
        report = personal_data(table, every, Options(workers=1), silent, memory)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        engine.close()
    return report, memory, lines


def test_every_canary_is_found_in_every_kind_of_column(found):
    report, _, _ = found
    missed = []
    for kind in CANARIES:
        for column in (c for c in report.columns if c.column.endswith(f" {kind}")):
            if column.place.endswith(".role"):
                continue
            by_grammar = kind in ("PERSON", "ADDRESS") and not column.names_scanned
            if column.of(kind) is None and not by_grammar:
                missed.append(column.title)
    assert not missed


def test_nothing_of_a_canary_is_readable_in_the_report_its_parts_or_a_log(found):
    report, memory, lines = found
    assert memory.parts
    written = {
        "report": codec.dump(report).decode(),
        "shared": codec.dump(report.shareable(RoleMap())).decode(),
        "measures": " ".join(map(repr, report.measures())),
        "parts": b"".join(memory.parts.values()).decode(),
        "log": " ".join(lines),
    }
    for where, text in written.items():
        seen = [word for word in READABLE if word.casefold() in text.casefold()]
        assert not seen, where


def test_examples_and_rows_are_there_to_look_at(found):
    report, _, _ = found
    column = report.column("text EMAIL_ADDRESS")
    assert any("[E-MAIL ADDRESS]" in e for e in column.of("EMAIL_ADDRESS").examples)
    assert column.of("EMAIL_ADDRESS").row_numbers == (0,)
    assert column.verdict.holds in ("text", "identifiers")


def test_a_table_without_candidates_needs_neither_presidio_nor_spacy(tmp_path):
    path = tmp_path / "data.parquet"
    pq.write_table(
        pa.table(
            {
                "age": [1, 2, 3] * 9,
                "amount": [100_000, 250_000, 1_484_705] * 9,
                "price": [1.5, 2.5, 3.0] * 9,
                "colour": ["red", "green", "dark blue"] * 9,
                "flag": [True, False, None] * 9,
            }
        ),
        path,
    )
    code = """
import sys
from pathlib import Path
from audit.model import RoleMap, silent
from audit.registry import NoParts
from audit.reports.pii.options import Options
from audit.reports.pii.report import personal_data
from audit.store.engine import Engine
from audit.store.table import table_of

path = Path(sys.argv[1])
table = table_of(Engine(path.parent, spill=path.parent), path, id_="x")
report = personal_data(table, RoleMap(), Options(), silent, NoParts())
assert len(report.columns) == 5
print(sorted({"presidio_analyzer", "spacy", "hyperscan"} & set(sys.modules)))
"""
    run = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
