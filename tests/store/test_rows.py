"""Which rows: a value compiled to SQL selects what a plain reading of it selects."""

import math

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.errors import ColumnError, ParameterError
from audit.model import Origin, RowTest, Where
from audit.store import rows

TEXT = [None, "", "  ", "a", "A ", " a", "12", "1e3", "x'y", '"; DROP TABLE t; --']
NUMBER = [None, -1.5, 0.0, 2.0, 7.0, math.inf, math.nan, 3.0, 2.0, 100.0]


def where(op, *columns, values=()):
    return Where(tests=(RowTest(op=op, columns=columns, values=values),))


def numbers(version, condition):
    return rows.page(version.table, condition, limit=1000).numbers


@pytest.fixture
def table(version_of):
    return version_of(pa.table({"t": TEXT, "n": NUMBER, "i": list(range(10))}))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Where(), list(range(10))),
        (where("missing", "t"), [0]),
        (where("present", "t"), list(range(1, 10))),
        (where("blank", "t"), [1, 2]),
        (where("padded", "t"), [2, 4, 5]),
        (where("equal", "t", values=("x'y",)), [8]),
        (where("equal", "t", values=('"; DROP TABLE t; --',)), [9]),
        (where("in", "t", values=("a", None)), [0, 3]),
        (where("not-in", "t", values=("a", None)), [1, 2, 4, 5, 6, 7, 8, 9]),
        (where("not-in", "t", values=("a",)), [0, 1, 2, 4, 5, 6, 7, 8, 9]),
        (where("in", "t"), []),
        (where("number-text", "t"), [6, 7]),
        (where("not-number-text", "t"), [3, 4, 5, 8, 9]),
        (where("contains", "t", values=("A",)), [3, 4, 5, 9]),
        (where("below", "n", values=(2,)), [1, 2]),
        (where("between", "n", values=(2, 7)), [3, 4, 7, 8]),
        (where("from-to", "n", values=(2, 7)), [3, 7, 8]),
        (where("between", "n", values=("2", "7.0")), [3, 4, 7, 8]),
        (where("not-finite", "n"), [5, 6]),
        (where("at-least", "i", values=(8.5,)), [9]),
    ],
)
def test_each_test_selects_its_rows(table, condition, expected):
    assert list(numbers(table, condition)) == expected
    assert rows.count(table.table, condition) == len(expected)


def test_any_joins_with_or(table):
    both = (where("missing", "t").tests[0], where("equal", "i", values=(9,)).tests[0])
    assert numbers(table, Where(tests=both, any=True)) == (0, 9)
    assert numbers(table, Where(tests=both)) == ()


def test_copies_are_found_whole_and_by_columns(version_of):
    version = version_of({"a": [1, 1, 2, 1, None, None], "b": ["x", "x", "x", "y", None, None]})
    assert numbers(version, where("repeat")) == (1, 5)
    assert numbers(version, where("repeated")) == (0, 1, 4, 5)
    assert numbers(version, where("repeat", "b")) == (1, 2, 5)


def test_dates_and_booleans_compare_with_text(version_of):
    import datetime as dt

    days = [dt.date(2020, 1, 1), dt.date(2021, 6, 5), None]
    version = version_of({"d": days, "b": [True, False, None]})
    assert numbers(version, where("at-least", "d", values=("2021-01-01",))) == (1,)
    assert numbers(version, where("equal", "b", values=("true",))) == (0,)


def test_pages_are_in_order_and_say_how_many_there_are(version_of):
    version = version_of({"a": [3, None, 1, 2]})
    page = rows.page(version.table, Where(), order_by="a", descending=True, limit=2, offset=1)
    assert page.rows == ((2,), (1,))
    assert page.total == 4
    last = rows.page(version.table, Where(), order_by="a", limit=1, offset=3)
    assert last.rows == ((None,),)


def test_a_page_holds_at_most_a_thousand_rows(version_of):
    version = version_of({"a": [1]})
    with pytest.raises(ParameterError, match="1000"):
        rows.page(version.table, Where(), limit=1001)


def test_an_unknown_column_is_an_error(version_of):
    version = version_of({"gender": ["F"]})
    with pytest.raises(ColumnError, match="gender"):
        rows.count(version.table, where("missing", "gendr"))


def test_numbers_do_not_compare_with_words(version_of):
    version = version_of({"a": [1]})
    with pytest.raises(ParameterError, match="numbers"):
        rows.count(version.table, where("equal", "a", values=("one",)))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    values=st.lists(st.sampled_from([None, "", "a", "b", "B", " b"]), min_size=1, max_size=12),
    chosen=st.lists(st.sampled_from([None, "", "a", "b", "z"]), max_size=3),
)
def test_in_and_not_in_share_the_rows_out(version_of, values, chosen):
    version = version_of(pa.table({"v": pa.array(values, pa.string())}))
    inside = numbers(version, where("in", "v", values=tuple(chosen)))
    outside = numbers(version, where("not-in", "v", values=tuple(chosen)))
    assert [i for i, v in enumerate(values) if v in chosen] == list(inside)
    assert sorted((*inside, *outside)) == list(range(len(values)))


def test_a_page_holds_values_of_every_type(workspace):
    """Moments in time, dates beyond Python's, nested values: all can be looked at."""
    select = """SELECT unnest(['0044-03-15 (BC)'::DATE, '9999-12-31', '12024-01-01', 'infinity']) AS d,
        TIMESTAMPTZ '2024-05-01 10:00:00+02' AS moment, [TIMESTAMPTZ '2024-05-01 10:00:00+02'] AS moments,
        'NaN'::DOUBLE AS x, 99999999999999999999999::HUGEINT AS h, {'a': 1} AS s, 'x'::BLOB AS b,
        INTERVAL 3 DAY AS i, TIME '10:00' AS t, 'infinity'::TIMESTAMP AS ti, uuid() AS u"""
    with workspace.draft() as draft:
        with workspace.engine.cursor() as cursor:
            cursor.execute(f"COPY ({select}) TO '{draft.data}' (FORMAT parquet)")
        version = workspace.commit(draft, name="types", origin=Origin(source="test"))
    found = rows.page(version.table, Where())
    assert found.total == 4
    moment = found.columns.index("moment")
    assert found.rows[0][moment] == "2024-05-01 08:00:00+00"


def test_rows_can_be_asked_for_by_their_numbers(version_of):
    table = version_of({"a": [10, 20, 30, 40]}).table
    where = Where(tests=(RowTest(op="numbered", values=(3, 1, 99)),))
    assert rows.page(table, where).rows == ((20,), (40,))
    assert rows.count(table, Where(tests=(RowTest(op="numbered"),))) == 0
