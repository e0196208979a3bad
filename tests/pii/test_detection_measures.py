"""Figures of a labelled sample: counted by hand, by a second implementation, and as laws."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import SourceError
from audit.pii.measuring import evaluate, read_labelled
from audit.pii.values import Hit, Labelled, Span

KINDS = ("PERSON", "PHONE_NUMBER", "LOCATION")


def hit(entity, start, end):
    return Hit(entity=entity, start=start, end=end, score=0.5, recognizer="test")


def text(length, *spans):
    return Labelled(
        text="x" * length, spans=tuple(Span(entity=e, start=a, end=b) for e, a, b in spans)
    )


GOLD = (
    text(30, ("PERSON", 0, 10), ("LOCATION", 15, 20)),
    text(20, ("PERSON", 5, 9)),
    text(10),
)
FOUND = (
    [hit("PERSON", 0, 4), hit("PERSON", 6, 10), hit("PHONE_NUMBER", 15, 20)],
    [],
    [hit("PERSON", 0, 5)],
)


def figures(quality, *, name=None, **group):
    wanted = tuple(group.items())
    return {
        m.name: m.value for m in quality.measures() if m.group == wanted and name in (None, m.name)
    }


def test_any_kind_counts_by_overlap_as_counted_by_hand():
    """4 found, 3 of them on something marked; 3 marked, 2 of them touched."""
    found = figures(evaluate(GOLD, FOUND))
    assert found["precision"] == 3 / 4
    assert found["recall"] == 2 / 3
    assert found["f1"] == pytest.approx(12 / 17)
    assert found["f2"] == pytest.approx(5 * 3 / 4 * 2 / 3 / (4 * 3 / 4 + 2 / 3))


def test_any_kind_counts_exactly_and_by_character_as_counted_by_hand():
    """Exactly: the one at 15-20. Characters: 18 found, 13 of them among the 19 marked."""
    found = figures(evaluate(GOLD, FOUND))
    assert (found["precision_exact"], found["recall_exact"]) == (1 / 4, 1 / 3)
    assert (found["precision_character"], found["recall_character"]) == (13 / 18, 13 / 19)


def test_by_kind_a_hit_of_another_kind_is_not_right():
    quality = evaluate(GOLD, FOUND)
    assert figures(quality, entity="PERSON")["precision"] == 2 / 3
    assert figures(quality, entity="PERSON")["recall"] == 1 / 2
    assert figures(quality, entity="LOCATION")["recall"] == 0
    assert figures(quality, entity="PHONE_NUMBER")["precision"] == 0


def test_false_hits_and_misses_are_listed_with_their_text():
    quality = evaluate(GOLD, FOUND)
    assert [(i, h.start) for i, h in quality.false_hits] == [(2, 0)]
    assert [(i, s.start) for i, s in quality.misses] == [(1, 5)]


def test_what_is_undefined_is_none_with_the_reason():
    quality = evaluate([text(10)], [[hit("PERSON", 0, 5)]])
    recall = next(m for m in quality.measures() if m.name == "recall")
    assert (recall.value, recall.reason) == (None, "No span is marked.")
    precision = next(m for m in evaluate(GOLD, [[], [], []]).measures() if m.name == "precision")
    assert (precision.value, precision.reason) == (None, "No span was found.")
    assert quality.total.overlap.f2 is None


def test_f_is_nought_where_nothing_agrees():
    quality = evaluate([text(10, ("PERSON", 0, 2))], [[hit("PERSON", 4, 5)]])
    assert figures(quality)["f2"] == 0


def test_kinds_that_are_the_same_count_as_one_by_kind():
    gold = [text(10, ("DATE_TIME", 0, 8))]
    found = [[hit("DATE_OF_BIRTH", 0, 8)]]
    assert evaluate(gold, found).of("DATE_TIME").exact.f1 == 1
    assert evaluate(gold, found).of("DATE_OF_BIRTH") is None
    assert evaluate(gold, found, same={}).of("DATE_TIME").exact.recall == 0


def test_shares_of_spans_have_wilson_intervals_and_shares_of_characters_none():
    """1 of 10, the interval of Wilson (1927) as in the textbooks: .018 to .404."""
    gold = [text(100, *(("PERSON", i * 10, i * 10 + 5) for i in range(10)))]
    by_name = {m.name: m for m in evaluate(gold, [[hit("PERSON", 0, 5)]]).measures() if not m.group}
    recall = by_name["recall"]
    assert (round(recall.low, 3), round(recall.high, 3), recall.n) == (0.018, 0.404, 10)
    assert recall.method == "wilson"
    assert by_name["recall_character"].low is None


def test_texts_and_found_must_be_as_many():
    with pytest.raises(ValueError, match="zip"):
        evaluate(GOLD, [[]])


# A second implementation, of sets and loops only.


def places():
    return st.tuples(st.sampled_from(KINDS), st.integers(0, 25), st.integers(1, 8)).map(
        lambda p: (p[0], p[1], p[1] + p[2])
    )


samples = st.lists(
    st.tuples(st.lists(places(), max_size=5), st.lists(places(), max_size=5)), max_size=6
)


def evaluated(sample):
    gold = [text(40, *spans) for spans, _ in sample]
    return evaluate(gold, [[hit(*p) for p in found] for _, found in sample], same={})


def plainly(sample, kind, way):
    """Give (marked, found, right, recalled), each place as a set of the units that must agree."""

    def units(place):
        if way == "exact":
            return {place[1:]}
        return set(range(*place[1:]))

    counts = [0, 0, 0, 0]
    for spans, found in sample:
        spans, found = ([p for p in side if kind in ("", p[0])] for side in (spans, found))
        marked_units = set().union(*map(units, spans))
        found_units = set().union(*map(units, found))
        if way == "character":
            both = len(marked_units & found_units)
            more = len(marked_units), len(found_units), both, both
        else:
            right = sum(bool(units(p) & marked_units) for p in found)
            more = len(spans), len(found), right, sum(bool(units(p) & found_units) for p in spans)
        counts = [a + b for a, b in zip(counts, more, strict=True)]
    return tuple(counts)


@given(samples)
def test_counts_are_those_of_a_second_implementation(sample):
    quality = evaluated(sample)
    for detection in (quality.total, *quality.entities):
        for way in ("overlap", "exact", "character"):
            got = detection.by(way)
            expected = plainly(sample, detection.entity, way)
            assert (got.gold, got.found, got.right, got.recalled) == expected


@given(samples)
def test_laws_of_the_measures(sample):
    quality = evaluated(sample)
    shares = {m.name: m.value for m in quality.measures() if not m.group}
    assert all(v is None or 0 <= v <= 1 for v in shares.values())
    for exact in ("precision", "recall"):
        if shares[exact] is not None:
            assert shares[exact + "_exact"] <= shares[exact]
    for suffix in ("", "_character", "_exact"):
        parts = [shares[n + suffix] for n in ("precision", "recall")]
        if None not in parts:
            assert min(parts) - 1e-12 <= shares["f1" + suffix] <= max(parts) + 1e-12
    assert len(quality.false_hits) == quality.total.overlap.found - quality.total.overlap.right
    assert len(quality.misses) == quality.total.overlap.gold - quality.total.overlap.recalled


@given(samples)
def test_what_people_marked_finds_itself(sample):
    quality = evaluated([(spans, spans) for spans, _ in sample])
    for detection in (quality.total, *quality.entities):
        for way in ("overlap", "exact", "character"):
            assert detection.by(way).f2 in (1, None)


# Reading


def write(path, value):
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


ENTRY = {
    "full_text": "call Ann",
    "spans": [{"entity_type": "PERSON", "start_position": 5, "end_position": 8}],
}


def test_a_list_and_lines_read_alike(tmp_path):
    as_list = write(tmp_path / "a.json", [ENTRY, ENTRY])
    as_lines = write(tmp_path / "b.jsonl", f"{json.dumps(ENTRY)}\n\n{json.dumps(ENTRY)}\n")
    assert read_labelled(as_list) == read_labelled(as_lines)
    assert read_labelled(as_list)[0].spans == (Span(entity="PERSON", start=5, end=8),)


def test_shorter_names_of_the_fields_are_read_too(tmp_path):
    short = {"text": "call Ann", "spans": [{"label": "person", "start": 5, "end": 8}]}
    assert read_labelled(write(tmp_path / "a.json", [short])) == read_labelled(
        write(tmp_path / "b.json", [ENTRY])
    )


def test_the_shared_samples_are_read_with_their_wrong_offset(shared):
    """expected.json of the shared data: 100 and 2,109 texts, 173 and 4,055 spans."""
    folder = shared("presidio_pii_dev")
    expected = json.loads((folder / "expected.json").read_text())
    for name, counts in expected.items():
        read = read_labelled(folder / name)
        assert len(read) == counts["samples"]
        assert sum(len(r.spans) for r in read) == counts["spans"]


def span(**changes):
    return {**ENTRY, "spans": [*ENTRY["spans"], {**ENTRY["spans"][0], **changes}]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (span(end_position=9), "Entry 2 of s.json: span 2 goes from 5 to 9"),
        (span(start_position=-1), "Entry 2 of s.json: span 2 goes from -1 to 8"),
        (span(start_position=8), "Entry 2 of s.json: span 2 goes from 8 to 8"),
        (span(start_position="5"), "Entry 2 of s.json: span 2 does not say where"),
        (span(end_position=True), "Entry 2 of s.json: span 2 does not say where"),
        (span(entity_type=None), "Entry 2 of s.json: span 2 does not say of which kind"),
        ({"full_text": "call Ann"}, "Entry 2 of s.json has no list of spans"),
        ({"spans": []}, "Entry 2 of s.json has no text"),
        ({"text": "\ud800 Ann", "spans": []}, "Entry 2 of s.json has no text"),
        ("Ann", "Entry 2 of s.json has no text"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named_and_not_quoted(tmp_path, wrong, said):
    with pytest.raises(SourceError) as error:
        read_labelled(write(tmp_path / "s.json", [ENTRY, wrong]))
    assert said in str(error.value)
    assert "Ann" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "holds no labelled text"),
        ("", "holds no labelled text"),
        ('[{"full_text": "Ann",\n', "s.json is not JSON (line 2)"),
        (f'{json.dumps(ENTRY)}\n{{"text": "Ann\n', "Line 2 of s.json is not JSON"),
        ("[" * 100_000, "s.json is not JSON"),
    ],
)
def test_a_file_that_is_none_is_told_and_not_quoted(tmp_path, content, said):
    with pytest.raises(SourceError) as error:
        read_labelled(write(tmp_path / "s.json", content))
    assert said in str(error.value)
    assert "Ann" not in str(error.value)
    assert error.value.__cause__ is error.value.__context__ is None


def test_a_file_that_is_absent_or_no_utf_8_is_told(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        read_labelled(tmp_path / "none.json")
    (tmp_path / "latin.json").write_bytes(b'[{"text": "M\xfcller"}]')
    with pytest.raises(SourceError, match="not UTF-8"):
        read_labelled(tmp_path / "latin.json")
