"""What holds for every check there is, without naming one."""

import itertools
import math
import re
from collections import Counter

import pyarrow as pa
import pytest

from audit import registry
from audit.model import ColumnRole, Role, RoleMap, Where
from audit.reports.distribution.values import Distribution, Histogram
from audit.store.rows import compile_where

HOSTILE = [
    'a"" ; DROP TABLE d; --',
    "{t} {0}",
    "![x](http://x)",
    "<b>x</b>",
    "a\nb\r\u2028",
    " ",
    "é" * 300,
]


@pytest.fixture(params=sorted(registry.checks()))
def spec(request):
    return registry.checks()[request.param]


def hostile_reports(make):
    """Reports of tables that nobody made in good faith, or that hold next to nothing."""
    nothing = {"n": 0, "distinct": 0, "kind": "empty"}
    missing = {"n": 5, "missing": 5, "distinct": 0, "kind": "empty"}
    endless = Histogram(edges=(-1e308, 1e308), counts=(1000,))
    yield "no column", make.report()
    yield "no rows", make.report(make.column("a", **nothing))
    yield "all missing", make.report(make.column("a", **missing))
    yield "nested", make.report(make.column("a", kind="nested", type="INTEGER[]"))
    for name, text in itertools.product(HOSTILE, HOSTILE):
        values = make.values((text, 995), (f"{text}!", 5))
        variants = (make.variants("v", (text, 900), (f"{text} ", 90)),)
        own = {"distinct": 2, "top": values, "mode_share": 0.995, "null_tokens": values[:1]}
        word = make.text(name, variants=variants, padded=900, number_text=400, column=own)
        odd = make.numbers(
            f"age {name}",
            minimum=-1e308,
            maximum=1e308,
            mean=math.nan,
            skewness=99.0,
            far_outliers=2,
            negatives=1,
            infinite=3,
            histogram=endless,
        )
        pairs = (make.pair(name, odd.name, 1.0, measure="correlation_ratio"),)
        yield f"hostile {name[:9]!r}", make.report(word, odd, pairs=pairs, duplicate_rows=3)


def every_role(report):
    return RoleMap(
        columns=tuple(ColumnRole(column=c.name, roles=tuple(Role)) for c in report.columns)
    )


def label_only(report):
    first = report.columns[:1]
    return RoleMap(columns=tuple(ColumnRole(column=c.name, roles=(Role.LABEL,)) for c in first))


def test_a_check_says_what_it_looks_for_in_two_sentences_or_more(spec):
    assert len(re.findall(r"[.:](\s|$)", spec.doc)) >= 2
    assert spec.title
    assert spec.topic in {"size", "quality"}


def test_a_check_can_run_without_being_told_anything(spec):
    spec.params()
    for name, field in spec.params.model_fields.items():
        assert field.description, f"{spec.id}.{name}"
        assert field.metadata, f"{spec.id}.{name} has no bounds"


def test_a_check_survives_any_report_and_says_the_same_twice(make, spec):
    for what, report in hostile_reports(make):
        for roles in (RoleMap(), label_only(report), every_role(report)):
            first = registry.judge(spec, {Distribution: report}, roles, spec.params())
            second = registry.judge(spec, {Distribution: report}, roles, spec.params())
            assert first == second, what
            for finding in first:
                assert finding.check == spec.id
                assert finding.title.isprintable(), what
                assert len(finding.title) < 400, what
                assert finding.why.endswith(".")
                assert finding.title[-1] != "."
                assert set(finding.columns) <= {c.name for c in report.columns}
            identities = Counter(f.identity for f in first)
            assert not identities or max(identities.values()) == 1, what


DIRTY = {
    "id": [f"r-{i:04}" for i in range(400)],
    "sex": ["Male", "male ", "Female", "FEMALE"] * 100,
    "age": [-3, 999, *(20 + i % 60 for i in range(398))],
    "income": [*(30_000 + 37 * i for i in range(398)), 9_000_000, -5_000_000],
    "gain": [0] * 300 + list(range(1, 101)),
    "twice": [2.0 * i for i in range(400)],
    "once": [1.0 * i for i in range(400)],
    "ratio": [math.nan, math.inf, -math.inf, *(i / 7 for i in range(397))],
    "job": ["?"] * 40 + [""] * 7 + ["cook", "nurse", "clerk"] * 117 + ["cook"] * 2,
    "rooms": ["1", "2", "3", "many"] * 100,
    "tenure": [-999] * 20 + [-5, 9000] + list(range(1, 41)) * 9 + [7] * 18,
    "padded": [" a", " b"] * 200,
    "price": [str(i % 90) for i in range(395)] + ["n/a"] * 3 + ["free", "none at all"],
    "country": ["US"] * 397 + ["FR", "DE", None],
    "seen": [f"20{i % 20:02}-03-04" for i in range(400)],
    "city": [f"city {i % 120}" for i in range(400)],
    "empty": [None] * 400,
    "label": ["no"] * 380 + ["yes"] * 12 + [None] * 8,
}


@pytest.fixture
def dirty(version_of):
    import datetime as dt

    days = [dt.date(2020, 1, 1) + dt.timedelta(days=i) for i in range(390)]
    days += [dt.date(1802, 5, 5)] * 4 + [dt.date(9998, 12, 31)] * 6
    moments = [dt.datetime(2021, 1, 1, i % 24, tzinfo=dt.UTC) for i in range(397)]
    moments += [dt.datetime(2990, 1, 1, tzinfo=dt.UTC)] * 2 + [None]
    table = pa.table(
        {
            name: pa.array(values) if name != "empty" else pa.nulls(400, pa.string())
            for name, values in DIRTY.items()
        }
        | {"day": days, "moment": moments}
    )
    return version_of(pa.concat_tables([table, table.slice(0, 5)]))


def test_the_rows_shown_are_as_many_as_the_finding_states(dirty):
    """End to end: measured by the report, judged by every check, counted in SQL."""
    from audit.model import silent

    report_spec = registry.reports()["distribution"]
    report = report_spec.function(dirty.table, report_spec.options(), silent)
    roles = RoleMap(columns=(ColumnRole(column="label", roles=(Role.LABEL,)),))
    told = {}
    for spec in registry.checks().values():
        for finding in registry.judge(spec, {Distribution: report}, roles, spec.params()):
            told.setdefault(spec.id, []).append(finding)
            if finding.rows is None:
                continue
            stated = next((m.value for m in finding.measures if m.unit == "rows"), None)
            shown = counted(dirty.table, finding.rows)
            if stated is None:
                assert shown > 0, finding.title
            else:
                assert shown == stated > 0, finding.title
                assert f"{stated:,}" in finding.title or shown == dirty.table.n_rows
    expected = {
        "coded-missing", "constant-column", "correlated-columns", "duplicate-rows", "heavy-zeros",
        "high-cardinality", "identifier-as-feature", "impossible-values", "label-constant",
        "label-missing", "missing-values", "mixed-types", "not-finite", "number-as-text",
        "outliers", "spelling-variants", "too-few-rows",
    }  # fmt: skip
    assert expected <= set(told)


def counted(table, where: Where) -> int:
    condition, values, names = compile_where(table, where)
    return table.row(f"SELECT count(*) FROM {{t}} WHERE {condition}", values, **names)[0]
