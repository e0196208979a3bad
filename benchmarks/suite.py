"""All benchmarks. Adding one is adding an entry here."""

from benchmarks.model import OURS, Benchmark, Case, Ceiling, Contender, Linear, Ratio

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


def _own(
    title: str, script: str, *arguments: str, id_: str = OURS, inner: bool = True
) -> Contender:
    return Contender(
        id=id_,
        title=title,
        command=("{python}", f"{{contenders}}/{script}.py", "{data}", "{scratch}", *arguments),
        reads_inner=inner,
        forms=("parquet",) if inner else ("csv",),
    )


def _peer(id_: str, title: str, peer: str, script: str, *arguments: str) -> Contender:
    return Contender(
        id=id_,
        title=title,
        command=("{python}", f"{{contenders}}/{script}.py", "{data}", "{scratch}/out", *arguments),
        peer=peer,
    )


UNIVARIATE = _own("evenhand, every column measured", "measure_evenhand", "univariate")
REPORT = _own("evenhand, the whole report", "measure_evenhand", "report")
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

REPRESENTATION = _own("evenhand, the representation report", "represent_evenhand", "report")
GROUP_BYS = Contender(
    id="group-bys",
    title="plain GROUP BYs",
    command=("{python}", "{contenders}/group_bys.py", "{data}"),
    reads_inner=True,
    forms=("parquet",),
)


KNOWN = "age,sex,race,marital-status,education,native-country"
"""Six quasi-identifiers with 11,095 classes in a million rows."""
NEARLY_UNIQUE = "age,fnlwgt,sex,education,amount,seen"
"""Six others, with as many classes as rows."""
PYCANON = Contender(
    id="pycanon",
    title="pycanon k, l and t",
    command=("{python}", "{contenders}/pycanon_klt.py", "{data}", KNOWN),
    peer="pycanon",
    reads_inner=True,
    forms=("parquet",),
)


def _group_by(known: str) -> Contender:
    return Contender(
        id="group-by",
        title="plain GROUP BY of the six columns",
        command=("{python}", "{contenders}/group_classes.py", "{data}", known),
        reads_inner=True,
        forms=("parquet",),
    )


def _reidentify(work: str, known: str, id_: str = OURS) -> Contender:
    title = {"report": "the re-identification report", "risks": "all risk measures, l, t, alpha"}
    return _own(f"evenhand, {title[work]}", "reidentify_evenhand", work, known, id_=id_)


def _metric_frame(resamples: int) -> Contender:
    return Contender(
        id="metricframe",
        title="Fairlearn MetricFrame",
        command=("{python}", "{contenders}/metricframe.py", "{data}", str(resamples)),
        reads_inner=True,
        forms=("parquet",),
    )


def _patterns(share: str, words: str, at_least: float) -> Benchmark:
    return Benchmark(
        id=f"pii-patterns-{share}",
        title=f"Personal data by patterns, {words}",
        about="Work alone, in one process each: the default kinds of personal data and regions of "
        "phone numbers, Presidio without a model of a language. Importing and compiling are not "
        "counted. Ours looks for secrets and at words before a hit as well, and resolves overlaps.",
        contenders=(
            _own("evenhand, patterns", "patterns_evenhand"),
            Contender(
                id="presidio",
                title="Presidio, patterns only",
                command=("{python}", "{contenders}/patterns_presidio.py", "{data}"),
                reads_inner=True,
                forms=("parquet",),
            ),
        ),
        cases=(Case(table=f"personal-{share}"),),
        targets=(
            Ratio(
                peer="presidio",
                at_least=at_least,
                case=f"personal-{share}.parquet",
                quantity="inner_s",
            ),
        ),
        quantity="inner_s",
        repeats=5,
    )


def _presidio(how: str, title: str) -> Contender:
    return Contender(
        id=f"presidio-{how}",
        title=title,
        command=("{python}", "{contenders}/names_presidio.py", "{data}", how),
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
                _own("evenhand, into a version", "load_evenhand", inner=False),
                *(
                    _own(title, "load_others", which, id_=which, inner=False)
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
                _own("evenhand, the model part", "represent_evenhand", "model", "0"),
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
                _own("evenhand, 1,000 resamples", "represent_evenhand", "model", "1000"),
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
        Benchmark(
            id="reidentification-groupby",
            title="The re-identification report, against the plain GROUP BY",
            about="The work alone, on one Parquet file: six quasi-identifiers and a label. The "
            "report holds all risk measures, l, t and alpha of the label, the risk with each "
            "column left out, combinations of up to three columns that make rows unique, rows "
            "of the smallest classes and columns suggested.",
            contenders=(
                _reidentify("report", KNOWN),
                _reidentify("risks", KNOWN, "evenhand-risks"),
                _group_by(KNOWN),
            ),
            cases=(Case(table="adult-1m"),),
            targets=(
                Ratio(peer="group-by", at_least=1 / 3, case="adult-1m.parquet", quantity="inner_s"),
            ),
            quantity="inner_s",
        ),
        Benchmark(
            id="reidentification-unique",
            title="Risk where every row is unique, against the plain GROUP BY",
            about="As reidentification-groupby, with as many classes as rows. The target is of "
            "the risk measures; the report also tries 41 sets of columns on a million classes.",
            contenders=(
                _reidentify("risks", NEARLY_UNIQUE),
                _reidentify("report", NEARLY_UNIQUE, "evenhand-report"),
                _group_by(NEARLY_UNIQUE),
            ),
            cases=(Case(table="mixed-1m"),),
            targets=(
                Ratio(peer="group-by", at_least=1 / 3, case="mixed-1m.parquet", quantity="inner_s"),
            ),
            quantity="inner_s",
        ),
        Benchmark(
            id="reidentification-pycanon",
            title="k, l and t, against pycanon",
            about="The work alone. Ours reads the Parquet file and gives all risk measures and "
            "alpha as well; the rows of pycanon are in memory, text as Python strings.",
            contenders=(_reidentify("risks", KNOWN), PYCANON),
            cases=(Case(table="adult-1m"),),
            targets=(
                Ratio(peer="pycanon", at_least=50, case="adult-1m.parquet", quantity="inner_s"),
            ),
            quantity="inner_s",
            repeats=3,
        ),
        _patterns("5", "5% of the texts hold some", 50),
        _patterns("all", "all texts hold some", 10),
        Benchmark(
            id="pii-names",
            title="Names and patterns, against Presidio text by text and in batches",
            about="Work alone, all default kinds of each, the same small English model. Ours has "
            "two worker processes, started before; Presidio's BatchAnalyzerEngine forks its two "
            "from a process that has loaded the model.",
            contenders=(
                _own("evenhand, names and patterns", "names_evenhand"),
                _presidio("loop", "Presidio, AnalyzerEngine in a loop"),
                _presidio("batch", "Presidio, BatchAnalyzerEngine with two processes"),
            ),
            cases=(Case(table="named-3k"),),
            targets=tuple(
                Ratio(
                    peer=f"presidio-{how}", at_least=n, case="named-3k.parquet", quantity="inner_s"
                )
                for how, n in (("loop", 5), ("batch", 2.5))
            ),
            quantity="inner_s",
            repeats=3,
        ),
    )
}
