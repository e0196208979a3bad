"""Benchmarks of recipes: filter, duplicates, rebalancing and export."""

from benchmarks.model import OURS, Benchmark, Case, Ceiling, Contender, Ratio
from benchmarks.ours import own

PANDAS = Contender(
    id="pandas-imblearn",
    title="pandas and imbalanced-learn",
    command=("{python}", "{contenders}/mend_imblearn.py", "{data}", "{scratch}"),
    reads_inner=True,
    forms=("parquet",),
)


def _mend(work: str, title: str, id_: str = OURS) -> Contender:
    return own(f"evenhand, {title}", "mend_evenhand", work, id_=id_)


_APPLY = _mend("apply", "recipe and export")

MENDING = (
    Benchmark(
        id="mending",
        title="Filter, drop duplicates, rebalance and export, against pandas and imbalanced-learn",
        about="The work alone, Parquet in and Parquet (zstd) out: a condition on three columns, "
        "duplicates in all columns, the label to equal numbers by repeating rows. Ours starts "
        "from a version and keeps the rows that went with their reasons, the lineage of every row "
        "and the figures of each step.",
        contenders=(
            _APPLY,
            _mend("load", "with making the version", "evenhand-load"),
            PANDAS,
        ),
        cases=(Case(table="mixed-1m"), Case(table="adult-1m")),
        targets=tuple(
            Ratio(peer=PANDAS.id, at_least=least, case=f"{table}.parquet", quantity="inner_s")
            for table, least in (("mixed-1m", 1), ("adult-1m", 1))
        ),
        quantity="inner_s",
        repeats=3,
    ),
    Benchmark(
        id="mending-memory",
        title="Memory of a recipe on one and on ten million rows",
        about="As mending: resident memory of the process, loading included.",
        contenders=(_APPLY,),
        cases=(Case(table="mixed-1m"), Case(table="mixed-10m"), Case(table="adult-10m")),
        targets=(
            Ceiling(limit=2e9, case="mixed-10m.parquet"),
            Ceiling(limit=2e9, case="adult-10m.parquet"),
        ),
        quantity="peak_bytes",
        repeats=1,
    ),
)
