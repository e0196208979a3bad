"""Generated tables to measure on; made once, below ``benchmarks/.data``.

``python -m benchmarks.data NAME`` makes one. It runs in a process of its own, so that the
process that measures stays small. Same name, same bytes: everything is drawn from a seed.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

from benchmarks import named_texts, personal_texts

ROOT = Path(__file__).parent
FOLDER = ROOT / ".data"
ADULT = ROOT.parent / "sample_data" / "adult.parquet"
SEED = 7
CHUNK_ROWS = 500_000
ROW_GROUP_ROWS = 122_880


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that can be made, and what one has to know about it to read a figure."""

    name: str
    rows: int
    columns: int
    properties: str
    chunks: Callable[[int, int], Iterator["pa.Table"]]

    def path(self, form: str, folder: Path = FOLDER) -> Path:
        """Where the table lies as ``csv`` or ``parquet``."""
        return folder / f"{self.name}.{form}"


def _chunk_sizes(rows: int) -> Iterator[tuple[int, int]]:
    for number, start in enumerate(range(0, rows, CHUNK_ROWS)):
        yield number, min(CHUNK_ROWS, rows - start)


def _adult(rows: int, _columns: int) -> Iterator["pa.Table"]:
    import numpy as np
    import pyarrow.parquet as pq

    whole = pq.read_table(ADULT)
    for number, size in _chunk_sizes(rows):
        rng = np.random.default_rng([SEED, number])
        yield whole.take(rng.integers(0, whole.num_rows, size))


def _mixed(rows: int, _columns: int) -> Iterator["pa.Table"]:
    import numpy as np
    import pyarrow as pa

    words = np.array(
        [
            "loan",
            "paid",
            "late",
            "home",
            "car",
            "the",
            "on",
            "of",
            "asked",
            "for",
            "phone",
            "rate",
            "bank",
            "month",
        ]
    )
    start = 0
    for number, chunk in enumerate(_adult(rows, 15)):
        rng = np.random.default_rng([SEED, 1, number])
        n = chunk.num_rows
        prose = [" ".join(row) for row in words[rng.integers(0, len(words), (n, 9))]]
        seconds = rng.integers(1_500_000_000, 1_700_000_000, n)
        added = {
            "id": pa.array(np.arange(start, start + n)),
            "amount": pa.array(np.round(rng.lognormal(8, 1.4, n), 2), mask=rng.random(n) < 0.05),
            "ratio": pa.array(rng.normal(0, 1, n)),
            "seen": pa.array(seconds, pa.timestamp("s")),
            "note": pa.array(prose, mask=rng.random(n) < 0.3),
        }
        start += n
        for name, column in added.items():
            chunk = chunk.append_column(name, column)
        yield chunk


def _decided(rows: int, _columns: int) -> Iterator["pa.Table"]:
    """Add what a model would say: a score that knows the label and the sex a little."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    for number, chunk in enumerate(_adult(rows, 15)):
        rng = np.random.default_rng([SEED, 3, number])
        rich = pc.equal(chunk["income"], ">50K").to_numpy().astype(float)
        male = pc.equal(chunk["sex"], "Male").to_numpy().astype(float)
        logit = -1.5 + 2 * rich + 0.4 * male + rng.normal(0, 1, chunk.num_rows)
        score = np.round(1 / (1 + np.exp(-logit)), 4)
        said = np.where(score >= 0.5, ">50K", "<=50K")
        yield chunk.append_column("said", pa.array(said)).append_column("score", pa.array(score))


def _wide(rows: int, columns: int) -> Iterator["pa.Table"]:
    import numpy as np
    import pyarrow as pa

    for number, size in _chunk_sizes(rows):
        rng = np.random.default_rng([SEED, 2, number])
        made = {
            f"{_KINDS[i % len(_KINDS)][0]}_{i:04d}": _with_gaps(
                _KINDS[i % len(_KINDS)][1](rng, size), i, rng
            )
            for i in range(columns)
        }
        yield pa.table(made)


def _with_gaps(values: "np.ndarray", i: int, rng: "np.random.Generator") -> "pa.Array":
    import pyarrow as pa

    return pa.array(values, mask=rng.random(len(values)) < 0.02 if i % 3 == 0 else None)


def _category(prefix: str, n_values: int) -> Callable[["np.random.Generator", int], "np.ndarray"]:
    def draw(rng: "np.random.Generator", size: int) -> "np.ndarray":
        import numpy as np

        known = np.array([f"{prefix} {i}" for i in range(n_values)])
        # Squared uniforms: some values are far more frequent than others.
        drawn: np.ndarray = known[(rng.random(size) ** 2 * n_values).astype(int)]
        return drawn

    return draw


_KINDS: tuple[tuple[str, Callable[["np.random.Generator", int], "np.ndarray"]], ...] = (
    ("normal", lambda rng, n: rng.normal(100, 15, n)),
    ("count", lambda rng, n: rng.poisson(3, n)),
    ("skewed", lambda rng, n: rng.lognormal(8, 1.2, n).round(2)),
    ("zeros", lambda rng, n: rng.integers(0, 5000, n) * (rng.random(n) < 0.4)),
    ("few", _category("kind", 5)),
    ("many", _category("place", 300)),
    ("flag", lambda rng, n: rng.random(n) < 0.3),
    ("code", lambda rng, n: rng.integers(0, 40, n)),
    ("group", _category("group", 12)),
    ("whole", lambda rng, n: rng.integers(0, 1_000_000, n)),
)

_ADULT = (
    "UCI Adult, whole rows drawn with replacement: columns keep their associations, "
    "6 numeric and 9 text columns, at most 28,523 distinct values in a column, "
    "nearly every row an exact copy of another"
)
_MIXED = (
    "Adult as above and five columns with many distinct values: a key, amounts with 5% "
    "missing, a float, a timestamp, notes of nine words with 30% missing; no duplicate rows"
)
_DECIDED = _ADULT + "; a score of four decimals and a prediction at 0.5"
_PERSONAL = (
    "made-up English of about 70 characters with small numbers, years and amounts in it; {} hold "
    "one of twelve kinds of personal data that a pattern can tell, with a word before it"
)
_NAMED = "short texts of customers and staff; seven of ten name a person, a place or a company"
_WIDE = (
    "ten kinds of columns in turn (floats, counts, amounts, zeros, categories of 5, 12 and "
    "300 values, flags, codes, integers), independent, 2% missing in every third"
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *(
            Table(name=f"adult-{name}", rows=rows, columns=15, properties=_ADULT, chunks=_adult)
            for name, rows in (
                ("2k", 2_000),
                ("50k", 50_000),
                ("1m", 1_000_000),
                ("10m", 10_000_000),
            )
        ),
        *(
            Table(name=f"decided-{n}", rows=rows, columns=17, properties=_DECIDED, chunks=_decided)
            for n, rows in (("2k", 2_000), ("50k", 50_000), ("1m", 1_000_000))
        ),
        Table(name="mixed-2k", rows=2_000, columns=20, properties=_MIXED, chunks=_mixed),
        Table(name="mixed-1m", rows=1_000_000, columns=20, properties=_MIXED, chunks=_mixed),
        Table(name="mixed-10m", rows=10_000_000, columns=20, properties=_MIXED, chunks=_mixed),
        *(
            Table(name=f"wide-{n}", rows=50_000, columns=n, properties=_WIDE, chunks=_wide)
            for n in (10, 100, 1000)
        ),
        *(
            Table(
                name=f"personal-{name}",
                rows=20_000,
                columns=1,
                properties=_PERSONAL.format(words),
                chunks=personal_texts.texts(share),
            )
            for name, words, share in (("5", "5%", 0.05), ("all", "all", 1.0))
        ),
        *(
            Table(
                name=f"named-{n}", rows=rows, columns=1, properties=_NAMED, chunks=named_texts.texts
            )
            for n, rows in (("60", 60), ("3k", 3_000))
        ),
    )
}


def make(table: Table, form: str, folder: Path = FOLDER) -> Path:
    """Write ``table`` as ``csv`` or ``parquet`` where it is not there yet; return its path."""
    target = table.path(form, folder)
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        {"csv": _write_csv, "parquet": _write_parquet}[form](table, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def _write_csv(table: Table, target: Path) -> None:
    import pyarrow.csv as pc

    with target.open("wb") as file:
        for number, chunk in enumerate(table.chunks(table.rows, table.columns)):
            if number == 0:
                file.write((",".join(chunk.column_names) + "\n").encode())
            options = pc.WriteOptions(include_header=False, quoting_style="none")
            pc.write_csv(chunk, file, options)


def _write_parquet(table: Table, target: Path) -> None:
    import pyarrow.parquet as pq

    writer: pq.ParquetWriter | None = None
    try:
        for chunk in table.chunks(table.rows, table.columns):
            if writer is None:
                writer = pq.ParquetWriter(target, chunk.schema, compression="zstd")
            writer.write_table(chunk, row_group_size=ROW_GROUP_ROWS)
    finally:
        if writer is not None:
            writer.close()


if __name__ == "__main__":
    name, form, *folder = sys.argv[1:]
    print(make(TABLES[name], form, Path(folder[0]) if folder else FOLDER).name)
