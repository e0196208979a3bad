"""What holds for every check there is, without naming one."""

import itertools
import math
import re
from collections import Counter

import pyarrow as pa
import pytest

from audit import registry
from audit.model import ColumnRole, Role, RoleMap, Where, silent
from audit.reports.distribution.values import Distribution, Histogram
from audit.reports.pii.values import PersonalData
from audit.reports.reidentification.values import Reidentification
from audit.reports.representation.part_values import Coverage, Uncovered
from audit.reports.representation.values import Representation
from audit.store.rows import compile_where
from tests.checks import people, private

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


def hostile_people():
    """The same of groups: no groups, groups without rows or labels, and names of bad faith."""
    sexes = {"sex": ("a", "b")}
    yield "no sensitive column", people.plain(rows=0, axes=(), label=None)
    yield "no rows", people.report(sexes, [[0, 0], [0, 0]])
    yield "no label", people.report(sexes, [500, 500], classes=None)
    yield "one group", people.report({"sex": ("a",)}, [[500, 500]])
    yield "one label", people.report(sexes, [[0, 500], [0, 500]])
    yield "no label in a group", people.report(sexes, [[0, 0], [500, 500]])
    yield "not a number", people.plain(quality=(people.quality({"a": math.nan, "b": 0.1}),))
    for name, text in itertools.product(HOSTILE, HOSTILE):
        yield f"hostile {name[:9]!r}", hostile_groups(name, text)


def hostile_groups(name, text):
    """A report in which every check has something to tell."""
    first, second = f"{text}!", text
    columns = {name: (first, second), f"{name} 2": ("b", text)}
    counts = [[[900, 900, 900], [800, 900, 900]], [[990, 5, 5], [100, 20, 0]]]
    low = ((name, second),)
    shares = {first: 0.1, second: 0.9}
    groups = {((name, first),): (0.1, 0.1, 0.1), low: (0.9, 0.9, 0.9)}
    return people.report(
        columns,
        counts,
        classes=(text, f"{text}?", "z"),
        positive=2 if len(text) % 2 else None,
        reference={low: 0.9, ((name, first),): 0.1},
        label_column=f"label {name}",
        reference_name=text,
        coverage=Coverage(
            columns=(name,),
            min_cell=30,
            patterns=(Uncovered(levels=low, n=5, where=Where()),),
            by_level=(1, 40),
            note=text,
        ),
        conditionals=(
            people.conditional(0.3, 0.3, column=name, level=second, stratum=name),
            people.conditional(-0.3, 0.3, column=name, level=second, stratum=name, turned=True),
        ),
        quality=tuple(
            people.quality(shares, kind=kind, column=name, by=f"{name} 2")
            for kind in ("missing_share", "outlier_share")
        ),
        proxies=(people.proxies((f"{name} 2", 0.99, 0.99), sensitive=name),),
        model=people.model(
            groups, gaps={low: 0.9}, columns=(f"label {name}",), title=text, note=text
        ),
    )


def hostile_privacy():
    """Reports on personal data: nothing in it, nothing known of it, and names of bad faith."""
    yield "no columns", private.data()
    for name, text in itertools.product(HOSTILE, HOSTILE):
        kinds = [private.found(e, 400) for e in ("PERSON", "API_KEY", "OF_MY_OWN", "US_SSN")]
        yield (
            f"hostile {name[:9]!r}",
            private.data(
                private.column(name, *kinds, place=f"[].{text}", scanned=5, timed_out=1, note=text),
                private.column(f"{name} 2", *kinds, holds="identifiers", entity="US_SSN"),
                special=((name, "health"),),
                repeats=(private.repeats("PERSON", 400, name, f"{name} 2"),),
                texts=(private.texts(name, 40, 30, note=text),),
                notes=(text,),
            ),
        )


def hostile_risk():
    """Re-identification: no quasi-identifiers, no rows, everybody unique, names of bad faith."""
    nobody = Reidentification(
        rows=0, columns=(), missing="value", rows_with_missing=0, theta=0.2, risk=None
    )
    yield "no quasi-identifiers", nobody
    yield "no rows", private.people({})
    for name in HOSTILE:
        told = private.disclosure(name, l=1, t=0.9, homogeneous=40)
        yield (
            f"hostile {name[:9]!r}",
            private.people(
                {1: 400, 2: 3},
                columns=(name, f"{name} 2"),
                without={name: {400: 1, 6: 1}},
                disclosures=(told,),
                missing=3,
            ),
        )


HOSTILE_REPORTS = {
    Representation: hostile_people,
    PersonalData: hostile_privacy,
    Reidentification: hostile_risk,
}


def every_role(names):
    return RoleMap(columns=tuple(ColumnRole(column=n, roles=tuple(Role)) for n in names))


def label_only(names):
    return RoleMap(columns=tuple(ColumnRole(column=n, roles=(Role.LABEL,)) for n in names[:1]))


def names_of(report):
    if isinstance(report, Distribution):
        return [c.name for c in report.columns]
    if isinstance(report, PersonalData):
        return [c.column for c in report.columns]
    if isinstance(report, Reidentification):
        return [*report.columns, *(d.attribute for d in report.disclosures)]
    label = [report.label.column] if report.label else []
    return [*(axis.column for axis in report.axes), *label]


def test_a_check_says_what_it_looks_for_in_two_sentences_or_more(spec):
    assert len(re.findall(r"[.:](\s|$)", spec.doc)) >= 2
    assert spec.title
    assert spec.topic in {
        "size",
        "quality",
        "representation",
        "label bias",
        "model fairness",
        "privacy",
    }


def test_a_check_can_run_without_being_told_anything(spec):
    spec.params()
    for name, field in spec.params.model_fields.items():
        assert field.description, f"{spec.id}.{name}"
        assert field.metadata, f"{spec.id}.{name} has no bounds"


def test_a_check_survives_any_report_and_says_the_same_twice(make, spec):
    (needed,) = spec.reports
    reports = hostile_reports(make) if needed is Distribution else HOSTILE_REPORTS[needed]()
    told = 0
    for what, report in reports:
        names = names_of(report)
        for roles in (RoleMap(), label_only(names), every_role(names)):
            first = registry.judge(spec, {needed: report}, roles, spec.params())
            second = registry.judge(spec, {needed: report}, roles, spec.params())
            assert first == second, what
            told += len(first)
            for finding in first:
                assert finding.check == spec.id
                assert finding.title.isprintable(), what
                assert len(finding.title) < 400, what
                assert finding.why.endswith(".")
                assert finding.title[-1] != "."
                assert set(finding.columns) <= set(names)
            identities = Counter(f.identity for f in first)
            assert not identities or max(identities.values()) == 1, what
    assert told or needed is Distribution, "no hostile report gives it anything to tell"


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
    """End to end: measured by the reports, judged by every check, counted in SQL."""
    given = {"label": Role.LABEL, "sex": Role.SENSITIVE, "job": Role.SENSITIVE}
    roles = RoleMap(columns=tuple(ColumnRole(column=c, roles=(r,)) for c, r in given.items()))
    reports = {
        spec.result: measured(spec, dirty.table, roles) for spec in registry.reports().values()
    }
    told = {}
    for spec in registry.checks().values():
        for finding in registry.judge(spec, reports, roles, spec.params()):
            told.setdefault(spec.id, []).append(finding)
            if finding.rows is None:
                continue
            stated = next((m.value for m in finding.measures if m.unit == "rows"), None)
            shown = counted(dirty.table, finding.rows)
            if stated is None:
                assert shown > 0, finding.title
            else:
                assert shown == stated > 0, finding.title
                told_so = (f"{stated:,}" if stated >= 10 else "ewer than 10", f"{stated:,}")
                assert any(n in finding.title for n in told_so) or shown == dirty.table.n_rows
    expected = {
        "coded-missing", "constant-column", "correlated-columns", "duplicate-rows", "heavy-zeros",
        "high-cardinality", "identifier-as-feature", "impossible-values", "label-constant",
        "label-missing", "missing-values", "mixed-types", "not-finite", "number-as-text",
        "outliers", "spelling-variants", "too-few-rows", "uncovered-pattern",
    }  # fmt: skip
    assert expected <= set(told)


def measured(spec, table, roles):
    seen = (roles,) if spec.takes_roles else ()
    parts = (registry.NoParts(),) if spec.takes_parts else ()
    return spec.function(table, *seen, spec.options(), silent, *parts)


def counted(table, where: Where) -> int:
    condition, values, names = compile_where(table, where)
    return table.row(f"SELECT count(*) FROM {{t}} WHERE {condition}", values, **names)[0]
