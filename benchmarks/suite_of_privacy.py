"""Benchmarks of privacy: re-identification, patterns of personal data, names."""

from benchmarks.model import OURS, Benchmark, Case, Contender, Ratio
from benchmarks.ours import own

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
    return own(f"evenhand, {title[work]}", "reidentify_evenhand", work, known, id_=id_)


def _patterns(share: str, words: str, at_least: float) -> Benchmark:
    return Benchmark(
        id=f"pii-patterns-{share}",
        title=f"Personal data by patterns, {words}",
        about="Work alone, in one process each: the default kinds of personal data and regions of "
        "phone numbers, Presidio without a model of a language. Importing and compiling are not "
        "counted. Ours looks for secrets and at words before a hit as well, and resolves overlaps.",
        contenders=(
            own("evenhand, patterns", "patterns_evenhand"),
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


PRIVACY = (
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
        targets=(Ratio(peer="pycanon", at_least=50, case="adult-1m.parquet", quantity="inner_s"),),
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
            own("evenhand, names and patterns", "names_evenhand"),
            _presidio("loop", "Presidio, AnalyzerEngine in a loop"),
            _presidio("batch", "Presidio, BatchAnalyzerEngine with two processes"),
        ),
        cases=(Case(table="named-3k"),),
        targets=tuple(
            Ratio(peer=f"presidio-{how}", at_least=n, case="named-3k.parquet", quantity="inner_s")
            for how, n in (("loop", 5), ("batch", 2.5))
        ),
        quantity="inner_s",
        repeats=3,
    ),
)
