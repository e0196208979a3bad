"""A canary in every cell, and every remedy made to fail: what is said, logged or kept holds none."""

import logging
import sys

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit import registry, runner
from audit.cli import main
from audit.errors import AuditError, StepError, trace
from audit.mending import stage
from audit.runner.recipe import Recipe, make_step
from audit.store import Table, Workspace

REMEDIES = sorted(registry.remedies())
KEY = b"a key that nobody can guess"
N = 24
CANARY = "canary-7f3a"


def cells(form: str) -> list[str]:
    return [form.format(i=i, c=f"{CANARY}-{i}") for i in range(N)]


COLUMNS = {
    "text": cells("{c}"),
    "mail": cells("{c}@example.org"),
    "note": cells("Write to {c}@example.org before {i} May"),
    "number": cells("{i},5 {c}"),
    "date": cells("1987-02-{i} {c}"),
    "listed": [[text] for text in cells("{c}")],
    "bytes": pa.array([text.encode() for text in cells("{c}")], pa.binary()),
    "size": pa.array([703_150_000_000 + i for i in range(N)], pa.int64()),
    "when": pa.array([10_000 + i for i in range(N)], pa.date32()),
    "n": list(range(N)),
    "group": ["a", "b"] * (N // 2),
    "label": ["yes", "no", "no", "no"] * (N // 4),
}
ROLES = {
    "label": "label",
    "positive": "yes",
    "sensitive": ("group",),
    "direct_identifier": ("text", "mail", "number", "date", "bytes", "size"),
    "free_text": ("note", "listed"),
}
FITTING = {
    "add-noise": {"columns": ["n"], "epsilon": 1.0, "low": 0.0, "high": 10.0},
    "drop-pii-rows": {"columns": ["text"], "names": False},
    "hash-keyed": {"columns": ["text", "number"]},
    "mask": {"columns": ["text", "number"]},
    "pseudonymize": {"columns": ["text"]},
    "redact-pii": {"columns": ["text", "note"], "entities": ["EMAIL_ADDRESS"]},
    "bin-values": {"column": "n"},
    "change-types": {"columns": {"text": "date"}},
    "clear-out-of-range": {"columns": ["n"], "low": 1, "high": 2},
    "drop-near-duplicates": {"column": "note"},
    "filter-dates": {"column": "when", "start": "1990-01-01"},
    "filter-rows": {"where": "text = 'x' OR CAST(number AS DOUBLE) > 1"},
    "generalize": {"column": "text"},
    "group-rare-values": {"column": "text"},
    "massage": {"by": ["group"]},
    "rake": {"reference": [{"group": {"text": "x"}, "amount": 1}]},
    "rename-columns": {"names": {"text": "label"}},
    "replace-with-tag": {"columns": ["text"], "tag": "<GONE>"},
    "resample": {"by": ["group"], "label": "text"},
    "reweigh": {"by": ["group"], "label": "text"},
    "sample-rows": {"rows": 3},
    "shift-dates": {"columns": ["date"]},
    "smote": {"by": [], "label": "text"},
}
"""Parameters that come as near to failing over a cell as they can."""
WRONG = (
    {"columns": ["text", "listed", "bytes"]},
    {"column": "listed"},
    {"columns": {"mail": "number", "date": "date", "listed": "number"}},
    {"columns": ["no such column"]},
    {"by": ["mail"]},
    {"label": "note"},
    {"k": 10**18},
    {"most_characters": 10**18},
    {"fitted": {"columns": {"text": 7}}},
)
"""Laid over those: most fit no remedy, some fit and cannot be done."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("canaries")


@pytest.fixture(scope="module")
def known(folder):
    space = Workspace.open(folder / "workspace")
    version = runner.load(pa.table(COLUMNS), workspace=space, name="people")
    runner.state_roles(version, ROLES)
    yield space, version
    space.close()


def given(name):
    """Parameters for a remedy, with something for each that has no default."""
    needed = (
        k for k, info in registry.remedies()[name].step.model_fields.items() if info.is_required()
    )
    return {
        k: {"columns": ["text"], "by": ["group"]}[k]
        for k in needed
        if k not in FITTING.get(name, {})
    } | FITTING.get(name, {})


def outcome(known, name, params):
    """Apply a step; give all that was said, or kept but for the rows."""
    space, version = known
    try:
        step = make_step(name, params)
        made = runner.apply(version, Recipe(steps=(step,)), workspace=space, key=lambda: KEY)
    except (AuditError, StepError) as error:
        return str(error) + trace(error), error
    told = [p.read_text() for p in made.folder.rglob("*.json")]
    told += [str(pq.read_table(made.folder / f"{n}.parquet")) for n in ("lineage", "removed")]
    space.delete(made)
    return "".join(told), None


@pytest.mark.parametrize("name", REMEDIES)
def test_no_remedy_tells_a_cell_however_it_fails(known, name, monkeypatch, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    first = given(name)
    fields = registry.remedies()[name].step.model_fields
    said = [outcome(known, name, first)[0]]
    said += [outcome(known, name, first | w)[0] for w in WRONG if set(w) <= set(fields)]

    def quoting(self, sql, values=(), /, **names):
        message = f"Conversion Error: Could not convert '{CANARY}' to INT32 in {sql} {values}"
        raise duckdb.ConversionException(message)

    def deep(*given):
        raise ValueError(given, COLUMNS)

    every = [(Table, n, quoting) for n in ("rows", "arrays", "arrow", "batches")]
    for broken in (every, every[3:], [(stage, "_taken", deep)]):
        with monkeypatch.context() as patch:
            for place, attribute, instead in broken:
                patch.setattr(place, attribute, instead)
            told, error = outcome(known, name, first)
        assert error is not None
        said.append(told)
    assert not [text for text in said if CANARY in text or "703150000" in text]
    out, err = capfd.readouterr()
    assert CANARY not in out + err + caplog.text
    space, version = known
    assert [v.id for v in space.versions()] == [version.id]
    assert not [p for p in (space.root / "tmp").glob("*/*") if p.name != ".lock"]


@pytest.mark.parametrize("broken", [Table, stage])
def test_the_command_says_where_it_failed_and_neither_a_cell_nor_the_key(
    known, tmp_path, monkeypatch, capfd, broken
):
    space, _ = known
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text("steps:\n- hash-keyed: {columns: [text, number]}\n")
    key = "kQ7-canary-7f3a-Zx93"

    def quoting(*given, **_):
        raise ValueError(CANARY, given, COLUMNS["text"])

    monkeypatch.setenv("EVENHAND_KEY", key)
    monkeypatch.setenv("EVENHAND_WORKSPACE", str(space.root))
    monkeypatch.setattr(broken, "batches" if broken is Table else "_taken", quoting)
    out = tmp_path / "out.csv"
    monkeypatch.setattr(sys, "argv", ["evenhand", "apply", "people", "--recipe", str(recipe)])
    monkeypatch.setattr(sys, "argv", [*sys.argv, "--output", str(out)])
    with pytest.raises(SystemExit) as stop:
        main()
    said = "".join(capfd.readouterr())
    assert stop.value.code == 2
    assert "This is a fault of the program; your data is unchanged." in said
    assert "quoting" in said, "where it failed"
    assert CANARY not in said
    assert not out.exists()
    kept = [p for p in space.root.rglob("*") if p.is_file() and p.name != "data.parquet"]
    assert not [p for p in kept if key.encode() in p.read_bytes()]
