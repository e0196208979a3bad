"""Benchmarks of anonymizing: rows put into classes of k."""

from benchmarks.model import Benchmark, Case, Contender, Ratio
from benchmarks.ours import own

KNOWN = "age,education,occupation,sex,native-country"
"""Five quasi-identifiers: a number and four categories."""
K = "5"
ANONYPY = Contender(
    id="anonypy",
    title="anonypy Mondrian, partitions alone",
    command=("{python}", "{contenders}/anonypy_mondrian.py", "{data}", KNOWN, K),
    peer="anonypy",
    reads_inner=True,
    forms=("parquet",),
)
OURS = own("evenhand, k-anonymize, a version written", "k_anonymize_evenhand", KNOWN, K)
_ABOUT = (
    "k = 5 and five quasi-identifiers. Ours reads the Parquet file, recodes the cells and writes "
    "the next table; anonypy has its rows in memory and only finds the classes."
)

ANONYMIZING = (
    Benchmark(
        id="k-anonymize-anonypy",
        title="k-anonymity by Mondrian, against anonypy",
        about=_ABOUT,
        contenders=(OURS, ANONYPY),
        cases=(Case(table="adult-50k"),),
        targets=(Ratio(peer="anonypy", at_least=10, case="adult-50k.parquet", quantity="inner_s"),),
        quantity="inner_s",
        repeats=3,
    ),
    Benchmark(
        id="k-anonymize-rows",
        title="k-anonymity by Mondrian, a million rows",
        about=f"{_ABOUT} Of a million rows anonypy takes longer than can be waited for: it grows "
        "faster than the rows, and takes more than a minute for 50,000.",
        contenders=(OURS,),
        cases=(Case(table="adult-50k"), Case(table="adult-1m")),
        quantity="inner_s",
        repeats=3,
    ),
)
