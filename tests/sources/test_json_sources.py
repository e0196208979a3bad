"""JSON: its forms, nothing lost where records differ, and errors that say where."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.errors import SourceError
from audit.sources import preview
from audit.sources.nested.structure import StructureCounter


def test_the_forms_give_the_same_table(read):
    records = [{"a": 1, "b": {"c": [1, 2]}}, {"a": 2, "b": {"c": []}}]
    one = json.dumps
    forms = [
        "\n".join(map(one, records)),
        "\r\n".join(map(one, records)) + "\r\n",
        one(records),
        json.dumps(records, indent=2),
        "".join(map(one, records)),
        "\n\n".join(json.dumps(r, indent=1) for r in records),
        one({"data": records, "total": 2}),
        json.dumps({"data": records}, indent=1),
    ]
    for text in forms:
        found = read(text, name="t.json")
        assert found.rows == [(1, {"c": [1, 2]}), (2, {"c": []})], text
        assert found.types == {"a": "BIGINT", "b": 'STRUCT("c" BIGINT[])'}
        assert found.report.adds_up


def test_a_key_that_some_records_lack_is_missing_there(read):
    found = read('{"a": 1}\n{"b": "x"}\n', name="t.jsonl")
    assert found.rows == [(1, None), (None, "x")]


def test_clashing_types_become_text_and_lose_nothing(read):
    text = '{"a": 1, "s": {"x": 1}}\n{"a": "one", "s": {"x": [2]}}\n{"a": null, "s": {"x": true}}\n'
    found = read(text, name="t.jsonl")
    assert [r[0] for r in found.rows] == ["1", "one", None]
    assert [r[1] for r in found.rows] == [{"x": "1"}, {"x": "[2]"}, {"x": "true"}]


def test_a_type_that_clashes_late_is_read_again(read):
    text = '{"a": 1, "b": 1}\n' * 12_000 + '{"a": "late", "b": 2.5, "c": 1}\n'
    found = read(text, name="t.jsonl")
    assert found.types == {"a": "VARCHAR", "b": "DOUBLE", "c": "BIGINT"}
    assert found.rows[0] == ("1", 1.0, None)
    assert found.rows[-1] == ("late", 2.5, 1)
    assert found.report.loaded == 12_001


def test_whole_numbers_that_no_double_holds_stay_exact(read):
    found = read('[{"a": 9007199254740993}, {"a": 0.5}]', name="t.json")
    assert found.rows == [("9007199254740993",), ("0.5",)]
    text = '{"a": 9007199254740993}\n' * 10_000 + '{"a": 0.5}\n'
    assert read(text, name="t.jsonl").rows[0] == ("9007199254740993",)
    assert read('[{"a": 123456789012345678901234567890}]', name="t.json").rows == [
        ("123456789012345678901234567890",)
    ]


def test_keys_that_differ_in_case_only_are_told_apart_at_any_depth(read):
    found = read('[{"a": 1, "A": 2, "n": [{"x": 1, "X": "two"}]}]', name="t.json")
    assert found.rows == [(1, 2, [{"x": 1, "X_2": "two"}])]


def test_broken_lines_are_rejected_with_line_and_reason(read):
    text = '{"a": 1}\n{broken\n\n[1]\n{"a": 1, "a": 2}\n{"a": "\\ud800"}\n{"a": 2}\n'
    found = read(text, name="t.jsonl")
    assert found.rows == [(1,), (2,)]
    assert found.counts == (7, 2, 4, 1)
    assert [(r["line"], r["reason"]) for r in found.rejects] == [
        (2, "The line is not valid JSON."),
        (4, "It is no object, as the others are."),
        (5, "A key stands twice in the object."),
        (6, "It holds half of a surrogate pair, which is no text."),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5", "single values"),
        ('"x"', "single values"),
        ("[]", "holds no records"),
        ('[{"a": 1}, {"a": 2}', "not closed"),
        ('[{"a": 1} {"a": 2}]', "comma is missing"),
        ('[{"a": 1}]\n[2]', "lists, not records"),
        ('[\n{"a": 1},\n{"a": }\n]', "line 3"),
    ],
)
def test_broken_files_are_errors_that_say_what(read, text, said):
    with pytest.raises(SourceError, match=said):
        read(text, name="t.json")


def test_a_list_of_plain_values_is_one_column(read):
    assert read('["x", null, "[y]"]', name="t.json").rows == [("x",), (None,), ("[y]",)]


def test_the_list_to_load_can_be_chosen(tmp_path, read):
    text = json.dumps({"few": [{"a": 1}], "many": [{"b": 1}, {"b": 2}], "n": 3})
    path = tmp_path / "t.json"
    path.write_text(text)
    shown = preview(path)
    assert (shown.choices, shown.options["list"]) == (("few", "many"), "many")
    assert read(path, list="few").rows == [(1,)]
    with pytest.raises(SourceError, match="There is no list 'none'"):
        read(path, list="none")


def test_utf_16_json_is_read(read):
    assert read('[{"a": "é"}]'.encode("utf-16"), name="t.json").rows == [("é",)]


def test_a_value_longer_than_many_blocks_is_read(read):
    text = json.dumps([{"a": "x" * 3_000_000}, {"a": "y" * 2_000_000}], indent=1)
    assert [len(r[0]) for r in read(text, name="t.json").rows] == [3_000_000, 2_000_000]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet='a"\\[]{},: é', max_size=5),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=3), v, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(values=st.lists(VALUES, max_size=8), size=st.integers(1, 7), ascii=st.booleans())
def test_the_counter_counts_the_elements_of_any_array(values, size, ascii):
    data = json.dumps(values, ensure_ascii=ascii).encode("utf-8", "replace")
    counter = StructureCounter(1)
    for i in range(0, len(data), size):
        counter.feed(data[i : i + size])
    assert counter.values == len(values)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=5)
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.dictionaries(st.sampled_from("abc"), SCALARS, min_size=1), min_size=1, max_size=8)
)
def test_any_records_come_back_as_values_or_as_their_text(read, records):
    found = read("\n".join(map(json.dumps, records)), name="t.jsonl")
    assert found.report.loaded == len(records)
    for row, record in zip(found.table.to_pylist(), records, strict=True):
        for key, value in record.items():
            got = row[key]
            assert got == value or got == (value if isinstance(value, str) else json.dumps(value))
