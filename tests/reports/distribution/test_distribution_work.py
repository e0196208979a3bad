"""How the report is made: in how many scans, on how many threads, and stopped when asked."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.errors import Stopped
from audit.model import silent
from audit.reports.distribution import (
    Options,
    columns,
    families,
    looks,
    measure,
    repeats,
)
from audit.reports.distribution.columns import measure_columns
from audit.store import Table, codec
from audit.store import engine as engines
from audit.store.engine import Engine
from audit.store.table import describe
from tests.reports.distribution.conftest import AS_OF


def wide(n_columns, n_rows=300):
    rng = np.random.default_rng(n_columns)
    columns = {}
    for i in range(n_columns):
        columns[f"n{i}"] = rng.normal(size=n_rows)
        columns[f"t{i}"] = pa.array([f"v{k}" for k in rng.integers(0, 5, n_rows)])
        columns[f"m{i}"] = pa.array(rng.integers(0, 9, n_rows), mask=rng.random(n_rows) < 0.1)
    return pa.table(columns)


@pytest.fixture
def reads(monkeypatch):
    """Names of the columns of each statement that is run."""
    seen = []
    original = Table._statement

    def noted(self, sql, names):
        seen.append(set(names.values()))
        return original(self, sql, names)

    monkeypatch.setattr(Table, "_statement", noted)
    return seen


@pytest.mark.parametrize("options", [{}, {"exact_rows": 0, "counted_values": 0}])
def test_a_column_is_read_equally_often_however_many_there_are(options, reads, version_of):
    most = []
    for n_columns in (2, 40):
        reads.clear()
        table = version_of(wide(n_columns)).table
        measure(table, Options(as_of=AS_OF, **options), silent)
        most.append({f"{k}0": sum(f"{k}0" in names for names in reads) for k in "ntm"})
    assert most[0] == most[1]
    assert max(most[0].values()) <= 8


def test_statements_are_few_where_columns_are_many(reads, version_of):
    table = version_of(wide(40)).table
    measure(table, Options(as_of=AS_OF), silent)
    assert len(reads) <= 8


def _on_threads(threads, path, tmp_path, monkeypatch):
    connect = engines.connect
    monkeypatch.setattr(
        engines, "connect", lambda folders, spill: connect(folders, spill=spill, threads=threads)
    )
    engine = Engine(path.parent, spill=tmp_path)
    monkeypatch.setattr(engines, "connect", connect)
    with engine.cursor() as cursor:
        columns, n_rows = describe(cursor, path)
    table = Table(engine, path, id_="t", columns=columns, n_rows=n_rows)
    options = Options(as_of=AS_OF, exact_rows=1000, counted_values=2000, sample_rows=1500)
    value = codec.dump(measure(table, options, silent))
    engine.close()
    return value


def test_the_same_bytes_twice_and_on_one_thread_or_two(tmp_path, monkeypatch):
    path = tmp_path / "data.parquet"
    pq.write_table(wide(3, n_rows=20_000), path, row_group_size=2048)
    values = [_on_threads(n, path, tmp_path, monkeypatch) for n in (1, 2, 2)]
    assert values[0] == values[1] == values[2]


def test_associations_of_a_large_table_rest_on_a_stated_sample(version_of):
    rng = np.random.default_rng(5)
    x = rng.normal(size=20_000)
    table = pa.table({"x": x, "y": x + rng.normal(size=20_000), "g": (x > 0).astype(str)})
    whole = measure(version_of(table).table, Options(as_of=AS_OF), silent)
    options = Options(as_of=AS_OF, sample_rows=5000)
    sampled = measure(version_of(table).table, options, silent)
    assert {p.method for p in whole.pairs} == {"exact"}
    assert {(p.method, p.n) for p in sampled.pairs} == {("sample:5000", 5000)}
    assert "5,000 of 20,000 rows" in sampled.pairs_note
    for a, b in zip(whole.pairs, sampled.pairs, strict=True):
        assert b.value == pytest.approx(a.value, abs=4 / 5000**0.5)


def test_of_too_many_associations_the_strongest_are_kept_and_it_is_said(version_of):
    table = version_of(wide(6)).table
    whole = measure(table, Options(as_of=AS_OF), silent)
    cut = measure(table, Options(as_of=AS_OF, most_pairs=10), silent)
    strengths = sorted((abs(p.value) for p in whole.pairs), reverse=True)
    assert sorted((abs(p.value) for p in cut.pairs), reverse=True) == strengths[:10]
    assert f"Of {len(whole.pairs)} associations the 10 strongest are kept." in cut.pairs_note
    assert set(cut.pairs) < set(whole.pairs)


def test_what_has_no_part_in_associations_is_said(version_of):
    table = pa.table(
        {
            "id": range(200),
            "one": ["same"] * 200,
            "name": [f"name {i}" for i in range(200)],
            "none": pa.nulls(200),
            "x": [i % 7 for i in range(200)],
            "y": [i % 5 for i in range(200)],
        }
    )
    report = measure(version_of(table).table, Options(as_of=AS_OF), silent)
    assert {(p.first, p.second) for p in report.pairs} == {("x", "y")}
    for part in ("single value", "without a value", "more than 50", "all different"):
        assert part in report.pairs_note


def test_stop_ends_the_work_between_two_columns(version_of):
    def stop(share, note=""):
        if share > 0.1:
            raise Stopped(note)

    with pytest.raises(Stopped):
        measure(version_of(wide(5)).table, Options(), stop)


def test_progress_only_grows_and_ends_at_1(version_of):
    shares = []
    measure(version_of(wide(2)).table, Options(), lambda share, note="": shares.append(share))
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_columns_come_back_in_the_order_of_the_table(version_of):
    table = version_of(wide(4)).table
    found = measure_columns(table, exact_rows=100, counted_values=10, as_of=AS_OF, progress=silent)
    assert [c.name for c in found] == [c.name for c in table.columns]


@pytest.mark.parametrize(("named", "cells"), [(10**6, 5), (0, 10**9), (0, 5)])
def test_duplicates_are_verified_in_parts_with_the_same_result(
    named, cells, monkeypatch, version_of
):
    rng = np.random.default_rng(2)
    table = pa.table({"a": rng.integers(0, 20, 400), "b": rng.integers(0, 9, 400).astype(str)})
    monkeypatch.setattr(repeats, "MOST_NAMED", named)
    monkeypatch.setattr(repeats, "PART_CELLS", cells)
    expected = table.to_pandas().duplicated().sum()
    assert repeats.duplicate_rows(version_of(table).table) == expected > 0


def test_rows_that_only_share_a_hash_are_not_equal(monkeypatch, version_of):
    """Were all hashes the same, the cells would still tell the rows apart."""
    table = version_of({"a": [1, 2, 2, 3]}).table
    original = Table.arrays

    def colliding(self, sql, *values, **names):
        found = original(self, sql, *values, **names)
        return {"h": np.zeros_like(found["h"])} if "AS h" in sql else found

    monkeypatch.setattr(Table, "arrays", colliding)
    monkeypatch.setattr(repeats, "MOST_NAMED", 0)
    assert repeats.duplicate_rows(table) == 1


def test_small_portions_change_no_number(monkeypatch, version_of):
    version = version_of(wide(4))
    expected = measure(version.table, Options(as_of=AS_OF), silent)
    for module, name, value in (
        (columns, "BATCH_CELLS", 300),
        (columns, "PORTION_COLUMNS", 1),
        (families, "MOST_HOT", 1),
        (looks, "BATCH", 2),
    ):
        monkeypatch.setattr(module, name, value)
    assert measure(version.table, Options(as_of=AS_OF), silent) == expected


def test_ranks_taken_once_are_said_and_come_close(monkeypatch, version_of):
    rng = np.random.default_rng(9)
    x = rng.normal(size=2000)
    gaps = {"mask": rng.random(2000) < 0.1}
    table = pa.table({"x": x, "y": pa.array(x**3 + rng.normal(size=2000), **gaps)})
    exact = measure(version_of(table).table, Options(as_of=AS_OF), silent)
    monkeypatch.setattr(families, "MOST_RERANKED", 0)
    once = measure(version_of(table).table, Options(as_of=AS_OF), silent)
    a, b = (next(p for p in r.pairs if p.measure == "spearman") for r in (exact, once))
    assert (a.method, b.method) == ("exact", "approx:ranks")
    assert b.value == pytest.approx(a.value, abs=0.01)
    assert "Ranks were taken before" in once.pairs_note
