import json

import pyarrow as pa
import pytest

from audit import runner
from audit.errors import ParameterError
from audit.mending.condition import compile_condition
from audit.mending.condition_form import OPERATORS, Clause, clauses_of, condition_of

PEOPLE = {
    "age": [17, 18, None],
    "first name": ["Ann", "O'Hara", None],
    "day": pa.array([0, 18_000, None], pa.date32()),
    "ok": [True, False, None],
}


@pytest.fixture
def table(workspace):
    return runner.load(pa.table(PEOPLE), workspace=workspace).table


def chosen(table, text):
    asked = compile_condition(text, table)
    sql = f"SELECT {{row}} FROM {{t}} WHERE {asked.sql} ORDER BY 1"
    return [row for (row,) in table.rows(sql, asked.values, **asked.names)]


CLAUSES = (
    Clause(column="age", operator=">=", value=18),
    Clause(column="age", operator="<", value=-1.5),
    Clause(column="age", operator="between", value=(1, 17)),
    Clause(column="first name", operator="=", value="O'Hara"),
    Clause(column="first name", operator="in", value=("Ann", "'")),
    Clause(column="first name", operator="not in", value=("Ann",)),
    Clause(column="first name", operator="contains", value='"%'),
    Clause(column="first name", operator="starts with", value="A"),
    Clause(column="first name", operator="ends with", value="n"),
    Clause(column="day", operator="<>", value="2019-04-14"),
    Clause(column="ok", operator="=", value=True),
    Clause(column="age", operator="is missing"),
    Clause(column="age", operator="is not missing"),
    Clause(column="age", operator="<=", value=10**20),
    Clause(column="age", operator=">", value=1e-7),
)


@pytest.mark.parametrize("clause", CLAUSES)
def test_what_a_form_writes_it_reads_back(table, clause):
    assert clauses_of(condition_of([clause]), table) == ((clause,), False)


@pytest.mark.parametrize("any_", [True, False])
def test_clauses_are_joined_in_one_way(table, any_):
    text = condition_of(CLAUSES, any_=any_)
    assert clauses_of(text, table) == (CLAUSES, any_)


def test_every_operator_is_tried_above():
    assert {clause.operator for clause in CLAUSES} == set(OPERATORS)


def test_any_and_all_select_different_rows(table):
    clauses = [
        Clause(column="age", operator="=", value=17),
        Clause(column="ok", operator="=", value=False),
    ]
    assert chosen(table, condition_of(clauses)) == []
    assert chosen(table, condition_of(clauses, any_=True)) == [0, 1]


@pytest.mark.parametrize(
    "text",
    [
        "age = 1 AND (ok OR age = 2)",
        "age + 1 = 2",
        "age = 1 AND aeg = 2",
        "age = ",
        "NOT age = 1",
        "lower(\"first name\") = 'a'",
        "1 = age",
        "age = age",
        "ok",
        "(age = 1)",
    ],
)
def test_what_says_more_than_a_form_can_is_left_to_be_typed(table, text):
    assert clauses_of(text, table) is None


@pytest.mark.parametrize(
    "clause",
    [
        Clause(column="age", operator="="),
        Clause(column="age", operator="in", value=()),
        Clause(column="age", operator="between", value=(1,)),
        Clause(column="age", operator="=", value=float("nan")),
        Clause(column="age", operator="=", value=(1, 2)),
    ],
)
def test_a_row_of_the_form_without_its_value_is_told(clause):
    with pytest.raises(ParameterError):
        condition_of([clause])


def test_a_form_without_rows_is_told():
    with pytest.raises(ParameterError, match="one row at least"):
        condition_of([])


def strings(shared):
    return [s for s in json.loads((shared("blns") / "blns.json").read_text("utf-8")) if s]


def test_any_naughty_string_is_a_value_like_another(shared, workspace):
    values = strings(shared)
    table = runner.load(pa.table({"it": values}), workspace=workspace).table
    held = [v for (v,) in table.rows("SELECT {c} FROM {t} ORDER BY {row}", c="it")]
    for start in range(0, len(held), 50):
        some = tuple(dict.fromkeys(held[start : start + 50]))
        clause = Clause(column="it", operator="in", value=some)
        text = condition_of([clause])
        assert clauses_of(text, table) == ((clause,), False)
        assert chosen(table, text) == [i for i, v in enumerate(held) if v in some]


def test_any_naughty_string_is_a_name_like_another(shared, workspace):
    names = list({s.casefold(): s for s in strings(shared)}.values())
    data = pa.table([pa.array([i, -1]) for i in range(len(names))], names=names)
    table = runner.load(data, workspace=workspace).table
    columns = [c.name for c in table.columns]
    assert len(columns) == len(names)
    for start in range(0, len(columns), 100):
        clauses = tuple(
            Clause(column=name, operator="=", value=start + i)
            for i, name in enumerate(columns[start : start + 100])
        )
        text = condition_of(clauses)
        assert clauses_of(text, table) == (clauses, False)
        assert chosen(table, text) == [0]
