"""Random small tables against a plain second implementation, and the two ways of measuring."""

import math
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LAWS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

FLOATS = st.sampled_from(
    [None, 0.0, -0.0, 1.0, 2.5, -3.0, 1e308, -1e308, 5e-324, math.nan, math.inf, -math.inf]
)
TEXTS = st.sampled_from(
    [None, "", " ", "a", "A ", " a", "ä b", "12", "1.5", "n/a", "?", "2024-01-31", "x7", "\u3000"]
)
INTEGERS = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.integers(-3, 3))
TABLES = st.lists(st.tuples(FLOATS, TEXTS, INTEGERS, st.booleans()), min_size=1, max_size=25)


def arrow(rows):
    columns = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
    types = (pa.float64(), pa.string(), pa.int64(), pa.bool_())
    return pa.table(
        {name: pa.array(c, t) for name, c, t in zip("ftib", columns, types, strict=True)}
    )


def key(value):
    return "nan" if isinstance(value, float) and math.isnan(value) else value


@LAWS
@given(rows=TABLES)
def test_counts_equal_a_plain_second_implementation(rows, measured):
    report = measured(arrow(rows))
    equal = Counter(tuple(map(key, row)) for row in rows)
    assert report.duplicate_rows == sum(n - 1 for n in equal.values())
    assert report.rows_with_missing == sum(None in row for row in rows)
    patterns = Counter(
        tuple(n for n, v in zip("ftib", row, strict=True) if v is None) for row in rows
    )
    patterns.pop((), None)
    assert {p.columns: p.rows for p in report.patterns} == patterns
    for i, column in enumerate(report.columns):
        values = [row[i] for row in rows if row[i] is not None]
        assert column.missing == len(rows) - len(values)
        assert column.distinct == len({key(v) for v in values})
        assert sum(v.count for v in column.top) == len(values)
        assert (column.kind == "empty") == (not values)
        assert column.is_key == (len(rows) > 1 and column.distinct == len(rows))


@LAWS
@given(rows=TABLES)
def test_numbers_equal_a_plain_second_implementation(rows, measured):
    report = measured(arrow(rows))
    for name, i in (("f", 0), ("i", 2)):
        values = [row[i] for row in rows if row[i] is not None]
        finite = sorted(v for v in values if math.isfinite(v))
        column = report.column(name)
        assert (column.numbers is None) == (not finite)
        if column.numbers is None:
            assert column.reasons
            continue
        numbers = column.numbers
        assert numbers.not_a_number == sum(math.isnan(v) for v in values)
        assert numbers.infinite == sum(math.isinf(v) for v in values)
        assert (numbers.minimum, numbers.maximum) == (float(finite[0]), float(finite[-1]))
        assert numbers.zeros == finite.count(0)
        assert numbers.negatives == sum(v < 0 for v in finite)
        assert numbers.minimum <= numbers.mean <= numbers.maximum
        assert sum(numbers.histogram.counts) == len(finite)
        edges = numbers.histogram.edges
        assert all(a < b for a, b in pairwise(edges))
        ordered = [value for _, value in numbers.quantiles]
        assert ordered == sorted(ordered)
        middle = finite[(len(finite) - 1) // 2], finite[len(finite) // 2]
        assert float(middle[0]) <= dict(numbers.quantiles)[0.5] <= float(middle[1])


@LAWS
@given(rows=TABLES)
def test_text_is_measured_as_python_would(rows, measured):
    column = measured(arrow(rows)).column("t")
    values = [row[1] for row in rows if row[1] is not None]
    if not values:
        return
    assert column.text.blank == sum(not v.strip() for v in values)
    assert column.text.padded == sum(v != v.strip() for v in values)
    assert column.text.number_text == sum(v in ("12", "1.5") for v in values)
    assert column.text.date_text == values.count("2024-01-31")
    assert column.text.digits == values.count("12")
    assert column.text.mixed == values.count("x7")
    tokens = {v.value: v.count for v in column.null_tokens}
    assert tokens == {t: values.count(t) for t in ("n/a", "?") if t in values}
    spelt = {v for v in values if v.strip().lower() == "a"}
    found = {x.value for v in column.text.variants if v.folded == "a" for x in v.spellings}
    assert found == (spelt if len(spelt) > 1 else set())


def _without_method(column):
    """What both ways must agree on to the last bit."""
    text = column.text and replace(column.text, variants=(), words_mean=0.0, words_method="")
    return replace(
        column,
        text=text,
        distinct=0,
        distinct_method="",
        distinct_error=0.0,
        entropy=None,
        top_method="",
        reasons=(),
    )


@LAWS
@given(rows=TABLES)
def test_scanning_and_counting_agree(rows, measured):
    """With no room for counting, every column takes the way of very many different values."""
    counted = measured(arrow(rows))
    scanned = measured(arrow(rows), exact_rows=0, counted_values=0)
    for a, b in zip(counted.columns, scanned.columns, strict=True):
        assert _without_method(a) == _without_method(b)
    for name in ("duplicate_rows", "rows_with_missing", "patterns", "pairs"):
        assert getattr(counted, name) == getattr(scanned, name)


@pytest.mark.parametrize("options", [{}, {"exact_rows": 0}, {"exact_rows": 0, "counted_values": 0}])
def test_each_way_of_measuring_gives_the_same_numbers(options, measured):
    """Rows by value, rows grouped in SQL, rows sorted: one table, three ways."""
    rng = np.random.default_rng(7)
    table = pa.table(
        {
            "few": rng.integers(0, 30, 5000),
            "many": rng.lognormal(size=5000),
            "gaps": pa.array(rng.normal(size=5000), mask=rng.random(5000) < 0.2),
            "text": [f"v{i}" for i in rng.integers(0, 400, 5000)],
        }
    )
    expected, found = measured(table), measured(table, **options)
    for a, b in zip(expected.columns, found.columns, strict=True):
        assert a.numbers == b.numbers
        assert a.missing == b.missing
        assert b.distinct == pytest.approx(a.distinct, rel=4 * b.distinct_error)


def test_estimates_stay_within_their_stated_bound(measured):
    rng = np.random.default_rng(3)
    names = [f"person {i}" for i in rng.integers(0, 60_000, 70_000)]
    table = pa.table({"name": names, "rare": ["often"] * 20_000 + names[:50_000]})
    report = measured(table, exact_rows=0, counted_values=0)
    for name, values in (("name", names), ("rare", ["often"] * 20_000 + names[:50_000])):
        column = report.column(name)
        assert column.distinct_method == "approx:hll"
        assert abs(column.distinct / len(set(values)) - 1) <= 4 * column.distinct_error
        counts = Counter(values)
        assert all(counts[v.value] == v.count for v in column.top)
        assert column.entropy is None
        assert any("Entropy" in reason for reason in column.reasons)
        words = np.mean([len(v.split()) for v in values])
        assert column.text.words_mean == pytest.approx(words, rel=0.1)
    assert report.column("rare").top[0].value == "often"


def test_a_key_is_confirmed_where_different_values_were_only_estimated(measured):
    names = [f"person {i}" for i in range(3000)]
    twice = [*names[:-1], names[0]]
    options = {"exact_rows": 0, "counted_values": 0}
    report = measured(pa.table({"id": names, "almost": twice}), **options)
    assert report.keys == ("id",)
    assert (report.column("id").distinct, report.column("id").distinct_method) == (3000, "exact")
    assert report.column("almost").distinct_method == "approx:hll"
    assert report.duplicate_rows == 0
