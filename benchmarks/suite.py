"""All benchmarks. Adding one is adding an entry here."""

from benchmarks.model import OURS, Benchmark, Case, Ceiling, Contender, Linear, Ratio
from benchmarks.ours import own
from benchmarks.suite_of_anonymizing import ANONYMIZING
from benchmarks.suite_of_mending import MENDING
from benchmarks.suite_of_privacy import PRIVACY

_AUDIT = (
    "{python}",
    "-m",
    "audit",
    "audit",
    "{data}",
    "--report",
    "distribution",
    "--json",
    "-",
    "--fail-on",
    "never",
    "--workspace",
    "{scratch}/workspace",
)
COMMAND = Contender(id=OURS, title="evenhand audit --report distribution --json -", command=_AUDIT)


def _peer(id_: str, title: str, peer: str, script: str, *arguments: str) -> Contender:
    return Contender(
        id=id_,
        title=title,
        command=("{python}", f"{{contenders}}/{script}.py", "{data}", "{scratch}/out", *arguments),
        peer=peer,
    )


UNIVARIATE = own("evenhand, every column measured", "measure_evenhand", "univariate")
REPORT = own("evenhand, the whole report", "measure_evenhand", "report")
SUMMARIZE = Contender(
    id="duckdb-summarize",
    title="DuckDB SUMMARIZE",
    command=("{python}", "{contenders}/summarize_duckdb.py", "{data}"),
    reads_inner=True,
    forms=("parquet",),
)
PROFILERS = tuple(
    _peer(
        f"ydata-{mode}-{form}",
        f"fg-data-profiling {mode}, {form.upper()}",
        "fg-data-profiling",
        "profile_ydata",
        mode,
        form,
    )
    for mode in ("default", "minimal")
    for form in ("html", "json")
) + tuple(
    _peer(f"skrub-{library}", f"skrub TableReport, {library}", "skrub", "profile_skrub", library)
    for library in ("pandas", "polars")
)
SWEETVIZ = _peer("sweetviz", "sweetviz", "sweetviz", "profile_sweetviz")

REPRESENTATION = own("evenhand, the representation report", "represent_evenhand", "report")
GROUP_BYS = Contender(
    id="group-bys",
    title="plain GROUP BYs",
    command=("{python}", "{contenders}/group_bys.py", "{data}"),
    reads_inner=True,
    forms=("parquet",),
)


def _metric_frame(resamples: int) -> Contender:
    return Contender(
        id="metricframe",
        title="Fairlearn MetricFrame",
        command=("{python}", "{contenders}/metricframe.py", "{data}", str(resamples)),
        reads_inner=True,
        forms=("parquet",),
    )


BENCHMARKS: dict[str, Benchmark] = {
    benchmark.id: benchmark
    for benchmark in (
        Benchmark(
            id="load",
            title="Load a CSV file",
            about="Whole process. Ours counts the records independently, keeps what it rejects "
            "and writes a version; the others read, and write Parquet.",
            contenders=(
                own("evenhand, into a version", "load_evenhand", inner=False),
                *(
                    own(title, "load_others", which, id_=which, inner=False)
                    for which, title in (
                        ("duckdb", "DuckDB COPY to Parquet"),
                        ("pandas", "pandas read_csv, to_parquet"),
                        ("polars", "polars read_csv, write_parquet"),
                    )
                ),
            ),
            cases=(Case(table="adult-1m", form="csv"), Case(table="adult-10m", form="csv")),
            repeats=3,
        ),
        Benchmark(
            id="distribution-cli",
            title="From a CSV file to a profile",
            about="Whole processes on one CSV file. Ours loads it into a version first; its "
            "workspace is new for each run. Profilers write what their name says.",
            contenders=(COMMAND, *PROFILERS),
            cases=(Case(table="adult-1m", form="csv"),),
            targets=(
                Ratio(peer="ydata-default-html", at_least=10, case="adult-1m.csv"),
                Ratio(peer="ydata-default-json", at_least=10, case="adult-1m.csv"),
                Ratio(peer="ydata-minimal-html", at_least=4, case="adult-1m.csv"),
                Ratio(peer="ydata-minimal-json", at_least=4, case="adult-1m.csv"),
                Ratio(peer="skrub-pandas", at_least=1, case="adult-1m.csv"),
                Ratio(peer="skrub-polars", at_least=1, case="adult-1m.csv"),
            ),
        ),
        Benchmark(
            id="distribution-sweetviz",
            title="From a CSV file to a profile: sweetviz",
            about="As distribution-cli; apart because sweetviz takes minutes.",
            contenders=(COMMAND, SWEETVIZ),
            cases=(Case(table="adult-50k", form="csv"), Case(table="adult-1m", form="csv")),
            repeats=3,
        ),
        Benchmark(
            id="distribution-univariate",
            title="Every column measured, against DuckDB SUMMARIZE",
            about="The work alone, on one Parquet file, in processes of their own. SUMMARIZE "
            "gives minimum, maximum, approximate distinct, mean, deviation and three quantiles.",
            contenders=(UNIVARIATE, SUMMARIZE),
            cases=(Case(table="adult-1m"), Case(table="adult-10m"), Case(table="mixed-1m")),
            targets=(
                Ratio(peer=SUMMARIZE.id, at_least=1, case="adult-1m.parquet", quantity="inner_s"),
                Ratio(peer=SUMMARIZE.id, at_least=2, case="adult-10m.parquet", quantity="inner_s"),
            ),
            quantity="inner_s",
        ),
        Benchmark(
            id="distribution-report",
            title="The whole distribution report, against DuckDB SUMMARIZE",
            about="As distribution-univariate, with duplicates, missing patterns and the "
            "association of every pair of columns.",
            contenders=(REPORT, SUMMARIZE),
            cases=(Case(table="adult-1m"), Case(table="adult-10m"), Case(table="mixed-1m")),
            targets=(
                Ratio(
                    peer=SUMMARIZE.id, at_least=1 / 3, case="adult-1m.parquet", quantity="inner_s"
                ),
                Ratio(
                    peer=SUMMARIZE.id, at_least=1 / 3, case="adult-10m.parquet", quantity="inner_s"
                ),
            ),
            quantity="inner_s",
        ),
        Benchmark(
            id="distribution-memory",
            title="Memory on ten million rows",
            about="The report on Parquet, and the whole command on CSV: resident memory of all "
            "its processes together.",
            contenders=(
                REPORT,
                Contender(id="evenhand-cli", title=COMMAND.title, command=_AUDIT, forms=("csv",)),
            ),
            cases=(
                Case(table="adult-10m"),
                Case(table="adult-10m", form="csv"),
                Case(table="mixed-10m"),
            ),
            targets=(
                Ceiling(limit=1e9, case="adult-10m.parquet"),
                Ceiling(limit=1e9, case="mixed-10m.parquet"),
                Ceiling(limit=1e9, case="adult-10m.csv", contender="evenhand-cli"),
            ),
            quantity="peak_bytes",
            repeats=2,
        ),
        Benchmark(
            id="distribution-rows",
            title="Growth with the number of rows",
            about="The whole report on Parquet, the work alone.",
            contenders=(REPORT,),
            cases=(
                Case(table="adult-50k"),
                Case(table="adult-1m"),
                Case(table="adult-10m"),
            ),
            targets=(
                Linear(
                    cases=("adult-50k.parquet", "adult-1m.parquet", "adult-10m.parquet"),
                    over="rows",
                    quantity="inner_s",
                ),
            ),
            quantity="inner_s",
            repeats=3,
        ),
        Benchmark(
            id="distribution-columns",
            title="Growth with the number of columns",
            about="The whole report on Parquet, 50,000 rows, the work alone.",
            contenders=(REPORT, SUMMARIZE),
            cases=(Case(table="wide-10"), Case(table="wide-100"), Case(table="wide-1000")),
            targets=(
                Linear(
                    cases=("wide-10.parquet", "wide-100.parquet", "wide-1000.parquet"),
                    over="columns",
                    quantity="inner_s",
                ),
            ),
            quantity="inner_s",
            repeats=3,
        ),
        Benchmark(
            id="representation-report",
            title="The representation report, against plain GROUP BYs",
            about="The work alone, on one Parquet file: two sensitive columns and a label. The "
            "GROUP BYs give the counts that the report rests on and nothing else: no interval, "
            "no test, no cross-validation, no nearest neighbours.",
            contenders=(REPRESENTATION, GROUP_BYS),
            cases=(Case(table="adult-1m"),),
            targets=(
                Ratio(
                    peer=GROUP_BYS.id, at_least=1 / 3, case="adult-1m.parquet", quantity="inner_s"
                ),
            ),
            quantity="inner_s",
        ),
        Benchmark(
            id="representation-model",
            title="Error rates by group, against Fairlearn's MetricFrame",
            about="The work alone: seven metrics by sex, by race and by both, from a column of "
            "predictions, without intervals. Ours reads the Parquet file; the rows of "
            "MetricFrame are in memory.",
            contenders=(
                own("evenhand, the model part", "represent_evenhand", "model", "0"),
                _metric_frame(0),
            ),
            cases=(Case(table="decided-1m"),),
            targets=(
                Ratio(
                    peer="metricframe", at_least=100, case="decided-1m.parquet", quantity="inner_s"
                ),
            ),
            quantity="inner_s",
        ),
        Benchmark(
            id="representation-bootstrap",
            title="Error rates with bootstrap intervals, against Fairlearn's MetricFrame",
            about="As representation-model; ours with 1,000 resamples, MetricFrame with 100.",
            contenders=(
                own("evenhand, 1,000 resamples", "represent_evenhand", "model", "1000"),
                _metric_frame(100),
            ),
            cases=(Case(table="decided-50k"),),
            targets=(
                Ratio(
                    peer="metricframe", at_least=200, case="decided-50k.parquet", quantity="inner_s"
                ),
            ),
            quantity="inner_s",
            repeats=3,
        ),
        *PRIVACY,
        *ANONYMIZING,
        *MENDING,
    )
}
