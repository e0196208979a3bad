"""Where text is: in columns, in nested values, in JSON."""

import datetime as dt
import json
import time

import pyarrow as pa
import pytest

from audit.reports.pii.places import places
from audit.reports.pii.shapes import leaves


def nobody(keys):
    return [False for _ in keys]


def values_at(version, title):
    table = version.table
    place = next(p for p in places(table, nobody) if p.title == title)
    return sorted(
        table.rows(
            f"SELECT r, v FROM ({place.source}) WHERE v IS NOT NULL",
            c=place.column,
        )
    )


def titles(version):
    return [p.title for p in places(version.table, nobody)]


def test_every_place_of_nested_columns_gives_its_values_with_their_rows(version_of):
    messages = [
        [{"role": "user", "content": "a", "tags": ["x", None]}, {"role": "bot", "content": "b"}],
        None,
        [{"role": "user", "content": None, "tags": ["y", "z"]}],
    ]
    people = [{"name": "n0", "home": {"the city": "c0"}}, {"name": None}, None]
    pairs = [[("k1", 1), ("k2", 2)], [], None]
    version = version_of(
        pa.table(
            {
                "messages": messages,
                "person": people,
                "pairs": pa.array(pairs, pa.map_(pa.string(), pa.int64())),
                "lists": [[["p", "q"], ["r"]], None, [[]]],
                'odd {t} "col"': [{'we"i,rd{t}(': "9"}, None, None],
            }
        )
    )
    assert values_at(version, "messages[].content") == [(0, "a"), (0, "b")]
    assert values_at(version, "messages[].role") == [(0, "bot"), (0, "user"), (2, "user")]
    assert values_at(version, "messages[].tags[]") == [(0, "x"), (2, "y"), (2, "z")]
    assert values_at(version, "person.name") == [(0, "n0")]
    assert values_at(version, "person.home.the city") == [(0, "c0")]
    assert values_at(version, "pairs{key}") == [(0, "k1"), (0, "k2")]
    assert values_at(version, "pairs{}") == [(0, "1"), (0, "2")]
    assert values_at(version, "lists[][]") == [(0, "p"), (0, "q"), (0, "r")]
    assert values_at(version, 'odd {t} "col".we"i,rd{t}(') == [(0, "9")]


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("VARCHAR", "text"),
        ("ENUM('a(,', 'b')", "text"),
        ("UUID", "text"),
        ("BIGINT", "whole"),
        ("DECIMAL(18,0)", "whole"),
        ("DECIMAL(18,3)", "decimal"),
        ("DOUBLE", "decimal"),
        ("BOOLEAN", "boolean"),
        ("TIMESTAMP WITH TIME ZONE", "date"),
        ("BLOB", "other"),
    ],
)
def test_types_are_told_by_what_they_hold(type_, kind):
    (leaf,) = leaves(type_)
    assert (leaf.path, leaf.kind, leaf.many) == ("", kind, False)


def test_whole_numbers_that_became_decimal_are_looked_at_and_others_are_not(version_of):
    version = version_of(
        {
            "phone": [5551234567.0, None, 5559876543.0],
            "price": [19.5, 20.0, 1e7],
            "small": [1.0, 2.0, None],
            "strange": [float("nan"), float("inf"), 5551234567.0],
            "when": [dt.date(2020, 1, 1)] * 3,
        }
    )
    kinds = {p.column: p.kind for p in places(version.table, nobody)}
    assert kinds == {
        "phone": "whole",
        "price": "decimal",
        "small": "decimal",
        "strange": "decimal",
        "when": "date",
    }
    assert values_at(version, "phone") == [(0, "5551234567"), (2, "5559876543")]


def test_fields_of_json_text_are_places_and_other_text_stays_as_it_is(version_of):
    rows = [
        json.dumps({"messages": [{"role": "u", "content": f"t{i}"}], "n": i, "f": 1.5, "b": True})
        for i in range(8)
    ]
    version = version_of({"chat": [*rows, "no {json}", None]})
    assert titles(version) == ["chat", "chat.messages[].content", "chat.messages[].role", "chat.n"]
    assert values_at(version, "chat.messages[].content") == [(i, f"t{i}") for i in range(8)]
    assert values_at(version, "chat.n") == [(i, str(i)) for i in range(8)]
    assert values_at(version, "chat") == [(8, "no {json}")]


def test_keys_of_json_that_are_data_never_become_a_place_and_are_looked_at(version_of):
    rows = [json.dumps({"id": "x", f"ann{i}@example.org": {"é": f"v{i}"}}) for i in range(40)]
    version = version_of({"j": rows})
    assert titles(version) == ["j.id", "j{}"]
    found = {v for _, v in values_at(version, "j{}")}
    assert {f"ann{i}@example.org" for i in range(40)} < found
    assert {f"v{i}" for i in range(40)} < found
    assert "x" not in found


def test_a_key_that_is_personal_becomes_no_place_even_where_every_row_has_it(version_of):
    version = version_of({"j": [json.dumps({"ann_miller": {"age": "3"}, "id": "x"})] * 9})
    found = places(version.table, lambda keys: [key == "ann_miller" for key in keys])
    assert [p.title for p in found] == ["j.id", "j{}"]
    rest = version.table.rows(f"SELECT DISTINCT v FROM ({found[1].source}) ORDER BY v", c="j")
    assert [v for (v,) in rest if v] == ["3", "age", "ann_miller"]


def test_a_key_that_is_text_here_and_an_object_there_loses_nothing(version_of):
    rows = [json.dumps({"a": "text"}), json.dumps({"a": {"b": "inner"}}), json.dumps(["top", {}])]
    version = version_of({"j": rows})
    seen = {v for title in titles(version) for _, v in values_at(version, title)}
    assert {"text", "inner", "top"} <= seen


def test_a_column_with_a_few_json_values_is_looked_at_as_text(version_of):
    version = version_of({"t": ["{}", "plain", "words", "[broken"]})
    assert titles(version) == ["t"]
    assert len(values_at(version, "t")) == 4


def test_a_table_without_rows_has_its_places(version_of):
    version = version_of(
        pa.table({"t": pa.array([], pa.string()), "d": pa.array([], pa.float64())})
    )
    assert titles(version) == ["t", "d"]


def test_json_that_nests_too_deep_is_looked_at_as_text_and_does_not_hang(version_of):
    """Paths within such a cell take the square of its depth: minutes, then no memory is enough."""
    deep = "[" * 100_000 + '"a@b.de"' + "]" * 100_000
    tricky = json.dumps([{"q": '}]"\\[{' * 30}] * 60)
    nested = json.loads("[" * 49 + '["in"]' + "]" * 49)
    rows = [json.dumps({"c": f"v{i}"}) for i in range(30)]
    version = version_of({"t": [deep, tricky, json.dumps(nested), *rows]})
    begun = time.process_time()
    seen = {title: {v for _, v in values_at(version, title)} for title in titles(version)}
    assert time.process_time() - begun < 5
    assert seen[("t")] == {deep}
    assert {'}]"\\[{' * 30, "in"} <= set().union(*(v for title, v in seen.items() if title != "t"))


def test_numbers_of_cards_that_became_decimal_are_looked_at(version_of):
    """As pandas writes whole numbers of which some are missing."""
    cards = [4111111111111111.0, None, 5500005555555559.0, 6011000990139424.0]
    version = version_of({"card": cards})
    assert [v for _, v in values_at(version, "card")] == [
        "4111111111111111",
        "5500005555555559",
        "6011000990139424",
    ]
