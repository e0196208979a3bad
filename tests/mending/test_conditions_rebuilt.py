import datetime as dt
import math
import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import runner
from audit.errors import AuditError, ColumnError, ParameterError
from audit.mending.condition import MOST_CHARACTERS, MOST_LITERALS, compile_condition
from audit.store import Workspace

NAN = float("nan")
NOON, DAY = 1_577_880_000, 86_400
DATA = {
    "age": [17, 18, 40, None, 64, -3, 2**62, 0],
    "x": [1.5, NAN, None, math.inf, -2.0, 0.1, 1e300, 0.0],
    "name": ["Ann", "bob", None, "", "O'Hara", "100%", "ann", "Zoë"],
    "day": [dt.date(2020, 1, d) for d in range(1, 8)] + [None],
    "ok": [True, False, None, True, False, True, None, False],
    "marital status": ["a", "b", "c", None, "a", "b", "c", "a"],
    "small": pa.array([0.1, 0.2, None, 0.3, 0.1, 0.2, 0.5, 0.1], pa.float32()),
    "at": pa.array([NOON + DAY * i for i in range(8)], pa.timestamp("s")),
    "list": [[1], [2], None, [], [1], [1], [1], [1]],
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    space = Workspace.open(tmp_path_factory.mktemp("conditions") / "workspace")
    yield space
    space.close()


@pytest.fixture(scope="module")
def table(workspace):
    return runner.load(pa.table(DATA), workspace=workspace).table


def chosen(table, text):
    asked = compile_condition(text, table)
    sql = f"SELECT {{row}} FROM {{t}} WHERE {asked.sql} ORDER BY 1"
    return [row for (row,) in table.rows(sql, asked.values, **asked.names)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("age >= 18", [1, 2, 4, 6]),
        ("AGE >= 18 AND \"Marital Status\" IN ('a', 'c')", [2, 4, 6]),
        ("age BETWEEN 17 AND 40", [0, 1, 2]),
        ("age NOT BETWEEN 17 AND 40", [4, 5, 6, 7]),
        ("age = 4611686018427387904", [6]),
        ("age IS NULL OR name IS NULL", [2, 3]),
        ("NOT name ILIKE 'a%'", [1, 3, 4, 5, 7]),
        ("name NOT ILIKE 'a%'", [1, 3, 4, 5, 7]),
        ("name LIKE '100%'", [5]),
        ("name = 'O''Hara'", [4]),
        ("contains(lower(name), 'ë')", [7]),
        ("starts_with(name, 'a') OR ends_with(name, 'b')", [1, 6]),
        ("regexp_matches(name, '^[A-Z]')", [0, 4, 7]),
        ("length(trim(name)) = 0", [3]),
        ("x > 1", [0, 3, 6]),
        ("x IS NULL", [1, 2]),
        ("coalesce(x, 7) = 7", [1, 2]),
        ("x + 1 < 0", [4]),
        ("- x >= 2", [4]),
        ("age % 2 = 1", [0]),
        ("age / 0 > 1", [0, 1, 2, 4, 6]),
        ("round(x, 0) = 2 OR floor(x) = -2", [0, 4]),
        ("abs(x) = 2", [4]),
        ("day >= '2020-01-06'", [5, 6]),
        ("day = DATE '2020-01-02'", [1]),
        ("year(day) = 2020 AND month(day) = 1 AND day(day) < 3", [0, 1]),
        ("at < TIMESTAMP '2020-01-02 12:00:00'", [0]),
        ("at >= '2020-01-08T12:00:00+02:00'", [7]),
        ("CAST(at AS DATE) = DATE '2020-01-03'", [2]),
        ("ok", [0, 3, 5]),
        ("NOT ok", [1, 4, 7]),
        ("ok = FALSE AND ok IS NOT TRUE", [1, 4, 7]),
        ("small = 0.1", [0, 4, 7]),
        ("small IN (0.2, 0.5)", [1, 5, 6]),
        ("CAST(name AS BIGINT) IS NULL AND list IS NOT NULL AND age > 40", [4, 6]),
        ("CAST(list AS VARCHAR) = '[2]'", [1]),
        ("((age) = (18))", [1]),
        ("true", list(range(8))),
        ("age = age", [0, 1, 2, 4, 5, 6, 7]),
    ],
)
def test_a_condition_selects_what_it_says(table, text, rows):
    assert chosen(table, text) == rows


HOSTILE = [
    "1); DROP TABLE x; --",
    "age = 1; DROP TABLE x",
    "age = 1;",
    "age = 1 -- and more",
    "age /* hidden */ = 1",
    "/* only this */",
    "read_csv('/etc/passwd') = 1",
    "read_text('/etc/passwd') IS NOT NULL",
    "glob('*') = 'x'",
    "getenv('HOME') = 'x'",
    "current_setting('home_directory') = ''",
    "getvariable('x') = 1",
    "pg_sleep(100) IS NULL",
    "(SELECT 1) = 1",
    "age IN (SELECT 1)",
    "age IN (FROM range(10))",
    "EXISTS (SELECT 1)",
    "age = ANY (SELECT 1)",
    "age > ALL (SELECT 1)",
    "age = 1 UNION SELECT 1",
    "age = 1 LIMIT 1",
    "age = 1 ORDER BY age",
    "count(*) > 1",
    "sum(age) > 1",
    "row_number() OVER () = 1",
    "first_value(age) OVER (ORDER BY age) = 1",
    "list_filter(list, lambda x: x > 1) IS NULL",
    "list_filter(list, x -> x > 1) IS NULL",
    "age = $1",
    "age = ?",
    "age = :x",
    "age = @x",
    "age := 1",
    "*",
    "COLUMNS(*) > 1",
    "t.* = 1",
    "t.age = 1",
    "main.t.age = 1",
    "CASE WHEN ok THEN 1 END = 1",
    "IF(ok, 1, 2) = 1",
    "TRY(age) = 1",
    "age::INTEGER[] IS NULL",
    "CAST(age AS STRUCT(a INTEGER)) IS NULL",
    "CAST(age AS mood) IS NULL",
    "CAST(age AS DECIMAL(10, 2)) = 1",
    "list[1] = 1",
    "{'a': 1} IS NULL",
    "[1] = list",
    "name || 'x' = 'x'",
    "name = 'a' 'b'",
    "name = $$a$$",
    "name = e'\\n'",
    "name = x'00'",
    "name = N'a'",
    "name SIMILAR TO 'a'",
    "name GLOB 'a*'",
    "name ~ 'a'",
    "name LIKE 'a' ESCAPE 'b'",
    "name COLLATE nocase = 'a'",
    "trim(BOTH 'x' FROM name) = ''",
    "lower(DISTINCT name) = ''",
    "regexp_matches(name, name)",
    "regexp_matches(name, '(')",
    "regexp_matches(name, '(?=a)')",
    "regexp_matches(name, '((a{500}){500}){500}')",
    "regexp_matches(name, 'a', 'i')",
    "age = INTERVAL '1 day'",
    "day = current_date",
    "day > now()",
    "random() < 0.5",
    "uuid() IS NULL",
    "PRAGMA database_list",
    "SET threads = 1",
    "ATTACH 'x.db'",
    "COPY x TO 'y'",
    "INSTALL httpfs",
    "SELECT 1",
    "WITH x AS (SELECT 1) SELECT 1",
    "аge = 1",  # noqa: RUF001 - Cyrillic
    "ａｇｅ = 1",  # noqa: RUF001 - full width
    "age ＝ 1",  # noqa: RUF001 - full width
    "age = １",  # noqa: RUF001 - full width
    "age\u200b = 1",
    "age = 1\u202e",
    "name = ‘a’",  # noqa: RUF001 - curly quotes
    "age\x00 = 1",
    "age = '\ud83d",
    "name = '\ud83d'",
    "(" * 200 + "ok" + ")" * 200,
    "(" * 5000,
    "NOT " * 2000 + "ok",
    "lower(" * 1000 + "name" + ")" * 1000 + " = ''",
    "age < " * 1500 + "1",
    "age " + "+ 1 " * 2000 + "> 0",
    "CASE WHEN " * 900,
    "a" * 11_000,
    "age IN (" + ", ".join(["1"] * 1001) + ")",
    "age IN (age)",
    "age IN ()",
    "age = NULL",
    "age IN (1, NULL)",
    "age = 1e999",
    "(age, x) = (1, 2)",
    "age IS DISTINCT FROM 1",
    "age // 2 = 1",
    "age ** 2 = 1",
    "age & 1 = 1",
    "ok > FALSE",
    "age",
    "'x'",
    "1",
    "age AND ok",
    "NOT age",
    "",
    "   \n ",
    "age >",
    "age = 1 AND",
    '"age = 1',
    "name = 'x",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_no_condition_may_hold_is_refused_in_words(table, text):
    begun = time.monotonic()
    with pytest.raises((ParameterError, ColumnError)) as caught:
        compile_condition(text, table)
    assert caught.value.problem.endswith(".")
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("text", "told", "advice"),
    [
        ("age > 'x'", "column 'age' (a number) cannot be compared with text", "without quotes"),
        ("name > 1", "column 'name' (text) cannot be compared", 'CAST("name" AS DOUBLE)'),
        ("day > 1", "column 'day' (a date) cannot be compared", 'CAST("day" AS DOUBLE)'),
        ("day > 'soon'", "is compared as a date, and is none", "DATE '2024-12-31'"),
        ("year(name) = 1", "year takes a date, not the column 'name'", 'CAST("name" AS DATE)'),
        ("age LIKE '1%'", "LIKE takes text, not the column 'age'", 'CAST("age" AS VARCHAR)'),
        ("list = 1", "column 'list'", "CAST"),
        ("aeg = 1", "There is no column 'aeg'", "'age'"),
        ("marital = 'a'", "There is no column 'marital'", '"marital status"'),
        ("getenv('HOME') = 'x'", "'getenv' is not allowed", "lower, upper"),
        ("age = 1 AND t.x = 2", "with a table", "alone"),
        ("age = $1", "'$' is not allowed in a condition (at character 7)", "age >= 18"),
        ("age IN (SELECT 1)", "query within a condition is not allowed", "IN"),
    ],
)
def test_an_error_says_what_is_wrong_and_what_to_write(table, text, told, advice):
    with pytest.raises((ParameterError, ColumnError)) as caught:
        compile_condition(text, table)
    assert told in caught.value.problem
    assert advice in caught.value.hint


def test_no_error_repeats_a_value(table):
    for text in ("age > 'secret'", "getenv('secret') = 1", "name = 'secret' 'secret'", "'secret'"):
        with pytest.raises(AuditError) as caught:
            compile_condition(text, table)
        assert "secret" not in str(caught.value)


def test_what_was_typed_is_not_what_is_run(table):
    asked = compile_condition("name = 'x' AND \"marital status\" <> 'y' AND age > 3.5", table)
    assert asked.sql == "(({c0} = ?) AND ({c1} <> ?) AND ({c2} > ?))"
    assert asked.values == ("x", "y", 3.5)
    assert asked.names == {"c0": "name", "c1": "marital status", "c2": "age"}


def test_a_condition_as_long_as_allowed_is_compiled_and_run(table):
    many = " AND ".join(f"age <> {i}" for i in range(500, 1150))
    assert MOST_CHARACTERS - 400 < len(many) <= MOST_CHARACTERS
    assert chosen(table, many) == [0, 1, 2, 4, 5, 6, 7]
    listed = ", ".join(["17"] * (MOST_LITERALS - 1))
    assert chosen(table, f"age IN (18, {listed})") == [0, 1]


COMPARE = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _cell(name, row):
    value = DATA[name][row]
    value = value.as_py() if isinstance(value, pa.Scalar) else value
    return None if isinstance(value, float) and math.isnan(value) else value


def _compared(name, op, value):
    def test(row):
        cell = _cell(name, row)
        return None if cell is None else COMPARE[op](cell, value)

    return test


def _missing(name, negated):
    return lambda row: (_cell(name, row) is None) != negated


def _not(inner):
    def test(row):
        found = inner(row)
        return None if found is None else not found

    return test


def _joined(parts, decided):
    def test(row):
        found = [part(row) for part in parts]
        if decided in found:
            return decided
        return None if None in found else not decided

    return test


numbers = st.one_of(st.integers(-100, 100), st.sampled_from([0.1, 1.5, -2.0, 1e300, 2**62]))
leaf = st.one_of(
    st.builds(
        lambda name, op, value: (f"{name} {op} {value!r}", _compared(name, op, value)),
        st.sampled_from(["age", "x"]),
        st.sampled_from(sorted(COMPARE)),
        numbers,
    ),
    st.builds(
        lambda name, op, value: (
            f'"{name}" {op} ' + "'" + value.replace("'", "''") + "'",
            _compared(name, op, value),
        ),
        st.sampled_from(["name", "marital status"]),
        st.sampled_from(sorted(COMPARE)),
        st.sampled_from(["a", "b", "Ann", "O'Hara", "", "Zoë", "'; DROP"]),
    ),
    st.builds(
        lambda name, negated: (
            f'"{name}" IS {"NOT " if negated else ""}NULL',
            _missing(name, negated),
        ),
        st.sampled_from(["age", "x", "name", "day", "ok"]),
        st.booleans(),
    ),
    st.just(("ok", lambda row: _cell("ok", row))),
)
tree = st.recursive(
    leaf,
    lambda inner: st.one_of(
        inner.map(lambda p: (f"NOT ({p[0]})", _not(p[1]))),
        st.lists(inner, min_size=2, max_size=3).map(
            lambda ps: (
                "(" + " AND ".join(p[0] for p in ps) + ")",
                _joined([p[1] for p in ps], False),
            )
        ),
        st.lists(inner, min_size=2, max_size=3).map(
            lambda ps: (
                "(" + " OR ".join(p[0] for p in ps) + ")",
                _joined([p[1] for p in ps], True),
            )
        ),
    ),
    max_leaves=6,
)


@given(tree)
@settings(max_examples=80, deadline=None)
def test_a_rebuilt_condition_selects_what_python_selects(table, condition):
    text, test = condition
    assert chosen(table, text) == [row for row in range(8) if test(row) is True]


@given(st.text(max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_text_is_a_condition_or_an_error_in_words(table, text):
    try:
        asked = compile_condition(text, table)
    except AuditError:
        return
    table.rows(f"SELECT count(*) FROM {{t}} WHERE {asked.sql}", asked.values, **asked.names)


WORDS = [
    *[
        "age",
        "x",
        "name",
        "day",
        "ok",
        "list",
        "at",
        "(",
        ")",
        ",",
        ".",
        "=",
        "<",
        ">",
        "+",
        "-",
        "*",
        "/",
        "%",
        ";",
        "?",
        ":",
        "[",
        "]",
        "{",
        "}",
        "|",
        "&",
        "~",
        "!",
        "@",
        "#",
        "$",
        "->",
        "::",
    ],
    *[
        "AND",
        "OR",
        "NOT",
        "IN",
        "BETWEEN",
        "IS",
        "NULL",
        "LIKE",
        "CAST",
        "AS",
        "DATE",
        "SELECT",
        "FROM",
        "OVER",
        "DISTINCT",
        "CASE",
    ],
    *[
        "1",
        "2.5",
        "'a'",
        "'2020-01-01'",
        '"age"',
        "lower",
        "abs",
        "coalesce",
        "count",
        "round",
        "TRUE",
        "BIGINT",
    ],
]


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_words_in_any_order_are_a_condition_that_runs_or_an_error_in_words(table, text):
    try:
        asked = compile_condition(text, table)
    except AuditError:
        return
    table.rows(f"SELECT count(*) FROM {{t}} WHERE {asked.sql}", asked.values, **asked.names)


def test_what_is_no_number_is_missing_whatever_the_statistics_of_the_file_say(workspace):
    cells = [1.0, 5.0, None, 1.0, 2.0, 2.0, NAN]
    table = runner.load(pa.table({"x": cells}), workspace=workspace).table
    assert chosen(table, "x IS NULL") == [2, 6]
    assert chosen(table, "x > 0") == [0, 1, 3, 4, 5]
    assert chosen(table, "x + 1 > 0") == [0, 1, 3, 4, 5]
    assert chosen(table, "coalesce(x % 0, 3) = 3") == list(range(7))
