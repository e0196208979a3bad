"""What is found and how it is counted, against a plain second implementation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.errors import ParameterError, Stopped
from audit.model import ColumnRole, Role, RoleMap, silent
from audit.registry import NoParts
from audit.reports.pii import looking, scanning
from audit.reports.pii.options import Options
from audit.reports.pii.report import NAMES_OFF, personal_data
from audit.store import codec
from tests.reports.pii.scanner_stand_in import EMAIL

PROSE = "please write to {} about the order that we have talked of in May"


class Memory:
    """Parts in memory, as text: what is kept must survive being written."""

    def __init__(self):
        self.parts = {}

    def kept(self, name, cls):
        return codec.read(cls, self.parts[name]) if name in self.parts else None

    def keep(self, name, value):
        assert name.replace("-", "").isalnum()
        self.parts[name] = codec.dump(value)


def plain_counts(texts: list[str | None]) -> tuple[int, int, int, int]:
    """Rows with an address, places in different texts, different addresses, different texts."""
    table = pd.DataFrame({"t": texts}).dropna()
    table["found"] = table.t.map(EMAIL.findall)
    different = table.drop_duplicates("t").found
    pieces = {piece.casefold() for found in different for piece in found}
    return (
        int((table.found.map(len) > 0).sum()),
        int(different.map(len).sum()),
        len(pieces),
        table.t.nunique(),
    )


cells = st.one_of(
    st.none(),
    st.sampled_from(["ann@x.org", "ANN@X.ORG", "bob@y.de", "nothing", "", "a@b.cd and ann@x.org"]),
)


@given(st.lists(cells, min_size=1, max_size=30))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_full_scan_counts_as_a_plain_count_does(measured, texts):
    report = measured(pd.DataFrame({"t": pd.array(texts, "str")}), sample=0)
    (column,) = report.columns
    rows, hits, pieces, different = plain_counts(texts)
    assert (column.values, column.values_scanned, column.complete) == (different, different, True)
    found = column.of("EMAIL_ADDRESS")
    if not rows:
        assert found is None
        return
    assert (found.rows, found.hits, found.values) == (rows, hits, pieces)
    assert found.share.value == rows / len(texts)
    assert (found.share.method, found.share.n) == ("exact", len(texts))
    assert all(EMAIL.search(texts[i]) for i in found.row_numbers)


@given(st.lists(st.one_of(st.none(), st.lists(cells, max_size=4)), min_size=1, max_size=12))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_row_with_several_hits_in_nested_values_counts_once(measured, lists):
    import pyarrow as pa

    report = measured(pa.table({"t": pa.array(lists, pa.list_(pa.string()))}))
    found = report.column("t", "[]").of("EMAIL_ADDRESS")
    rows = sum(any(EMAIL.search(v) for v in items or () if v) for items in lists)
    assert (found.rows if found else 0) == rows
    if found:
        assert found.share.value == rows / len(lists)


def test_a_sampled_share_comes_with_the_interval_that_holds_the_true_one(measured):
    rng = np.random.default_rng(3)
    texts = [f"a{i}@x.org" if rng.random() < 0.2 else f"nothing {i}" for i in range(3_000)]
    report = measured({"t": texts}, sample=500)
    (column,) = report.columns
    found = column.of("EMAIL_ADDRESS")
    assert report.sampled
    assert not column.complete
    assert (column.values, column.values_scanned) == (3_000, 500)
    assert found.share.approximate
    assert found.share.low < plain_counts(texts)[0] / 3_000 < found.share.high
    assert 0.02 < found.share.high - found.share.low < 0.08
    assert "500 of 3,000 different values" in column.note
    assert any("sample" in note for note in report.notes)


def test_names_are_looked_for_in_prose_and_free_text_alone(measured, stand_in):
    data = {
        "colour": ["red", "green", "blue", "dark red"],
        "code": ["A-1", "B-2", "C-3", "D-4"],
        "remarks": [PROSE.format(f"Ann Miller{i}") for i in range(4)],
        "short": ["ok", "no", "so", "la"],
    }
    roles = RoleMap(columns=(ColumnRole(column="short", roles=(Role.FREE_TEXT,)),))
    report = measured(data, roles=roles)
    assert {c.column: c.names_scanned for c in report.columns} == {
        "colour": False,
        "code": False,
        "remarks": True,
        "short": True,
    }
    assert report.model == Options().model
    off = measured(data, names=False)
    assert not any(c.names_scanned for c in off.columns)
    assert off.model == ""
    assert NAMES_OFF in off.notes


def test_what_the_options_leave_out_is_said(measured):
    """Else a table would look clean because nobody looked."""
    data = {"contact": [f"user{i}@example.org" for i in range(8)]}
    assert measured(data, names=False).notes == ()
    fewer = measured(data, names=False, entities=("PERSON", "EMAIL_ADDRESS")).notes
    assert any("kinds of personal data that are usually looked for were not: " in n for n in fewer)
    allowed = measured(data, names=False, allow=("user1@example.org",)).notes
    assert "What is on the allow-list (1 value) was not counted, wherever it stands." in allowed
    stricter = measured(data, names=False, thresholds={"EMAIL_ADDRESS": 0.99}).notes
    assert any("left out for a score" in note for note in stricter)
    looser = measured(data, names=False, threshold=0.3, thresholds={"PERSON": 0.2}).notes
    assert looser == ()


def test_kinds_that_nothing_finds_are_refused():
    with pytest.raises(ValueError, match=r"no kind of personal data 'EMAIL'.*EMAIL_ADDRESS"):
        Options(entities=("EMAIL",))
    own = ({"entity": "STAFF_CODE", "pattern": "S-[0-9]+"},)
    assert Options(entities=("STAFF_CODE", "TEAM"), patterns=own, deny={"TEAM": ("red",)}).entities


def test_a_missing_model_costs_names_alone_and_is_said(measured, stand_in, monkeypatch):
    def missing(_):
        message = "The language model that finds names is not installed."
        raise ParameterError(message, hint="Install it: pip install something")

    monkeypatch.setattr(looking.model, "check", missing)
    report = measured(
        {
            "mail": [f"a{i}@x.org" for i in range(6)],
            "remarks": [PROSE.format(f"Ann Miller{i}") for i in range(6)],
        }
    )
    mail, remarks = report.columns
    assert mail.of("EMAIL_ADDRESS").rows == 6
    assert mail.verdict.holds == "identifiers"
    assert remarks.verdict.holds == "unknown"
    assert not remarks.names_scanned
    assert any("pip install something" in note for note in report.notes)
    assert not any(names for _, names in stand_in.seen)


def test_a_model_that_fails_when_it_is_loaded_is_as_one_that_is_missing(
    measured, stand_in, monkeypatch
):
    usual = stand_in.scan

    def scan(self, texts, *, names, **more):
        if names:
            message = "spaCy cannot load the model."
            raise ParameterError(message, hint="Install another.")
        return usual(self, texts, names=names, **more)

    monkeypatch.setattr(stand_in, "scan", scan)
    report = measured({"remarks": [PROSE.format(f"a{i}@x.org") for i in range(6)]})
    (column,) = report.columns
    assert column.of("EMAIL_ADDRESS").rows == 6
    assert column.verdict.holds == "text"
    assert any("Install another." in note for note in report.notes)


def test_what_took_too_long_is_never_clean(measured, stand_in, monkeypatch):
    texts = ["a@x.org", "nothing", "slow", "slow"]
    monkeypatch.setattr(stand_in, "late", frozenset({"slow"}))
    report = measured({"t": texts})
    (column,) = report.columns
    share = column.of("EMAIL_ADDRESS").share
    assert (column.timed_out, column.complete) == (1, False)
    assert (share.low, share.value, share.high) == (0.25, 0.25, 0.75)
    assert share.method != "exact"
    assert any("took too long" in note for note in report.notes)
    monkeypatch.setattr(stand_in, "late", frozenset(texts))
    (column,) = measured({"t": texts}).columns
    assert column.verdict.holds == "unknown"


def test_columns_that_hold_nothing_to_look_for_are_passed_over(measured, stand_in):
    report = measured(
        {
            "price": [1.5, 2.5],
            "flag": [True, False],
            "number": [17, 4_000_000],
            "data": [b"a@x.org", None],
            "birth date": pd.to_datetime(["1980-01-02", "1990-03-04"]),
        }
    )
    assert not [texts for texts, _ in stand_in.seen if any("@" in t or t == "17" for t in texts)]
    verdicts = {c.column: c.verdict.holds for c in report.columns}
    assert verdicts == {
        "price": "none",
        "flag": "none",
        "number": "none",
        "data": "unknown",
        "birth date": "identifiers",
    }
    assert all(c.verdict.reasons for c in report.columns)
    data = report.column("data")
    assert (data.rows, data.skipped, data.complete) == (1, 1, False)
    assert any("binary" in note for note in report.notes)


def test_an_empty_table_and_an_empty_column_are_measured(measured):
    import pyarrow as pa

    report = measured(pa.table({"t": pa.array([], pa.string())}))
    assert (report.rows, report.columns[0].values) == (0, 0)
    report = measured(pa.table({"t": pa.array([None, None], pa.string())}))
    assert report.columns[0].reads == "nothing"
    assert report.columns[0].verdict.holds == "none"


class Stopping:
    """Progress that asks to stop once ``share`` is reached."""

    def __init__(self, share):
        self.share = share

    def __call__(self, share, note="", /):
        if share >= self.share:
            message = "Stopped."
            raise Stopped(message)


@pytest.mark.parametrize("share", [0.1, 0.45, 0.7, 0.97])
def test_a_stopped_scan_goes_on_with_the_same_result_and_scans_nothing_twice(
    version_of, stand_in, monkeypatch, share
):
    monkeypatch.setattr(scanning, "CHUNK", 10)
    monkeypatch.setattr(scanning, "FEWEST_KEPT", 1)
    data = {
        "mail": [f"a{i % 37}@x.org" for i in range(80)],
        "text": [PROSE.format(f"Ann Miller{i % 50}") for i in range(80)],
        "lists": [[f"b{i % 3}@x.org", f"c{i}@y.org"] for i in range(80)],
    }
    table = version_of(data).table
    options = Options(sample=0)
    whole = personal_data(table, RoleMap(), options, silent, NoParts())
    every = [texts for texts, _ in stand_in.seen]
    stand_in.seen.clear()
    memory = Memory()
    with pytest.raises(Stopped):
        personal_data(table, RoleMap(), options, Stopping(share), memory)
    before = [texts for texts, _ in stand_in.seen]
    kept = len(memory.parts)
    assert kept > 0
    stand_in.seen.clear()
    resumed = personal_data(table, RoleMap(), options, silent, memory)
    after = [texts for texts, _ in stand_in.seen]
    assert codec.dump(resumed) == codec.dump(whole)
    assert before[:kept] + after == every
    assert b"@x.org" not in b"".join(memory.parts.values())
    assert b"Miller" not in b"".join(memory.parts.values())


def test_the_same_options_give_the_same_report(version_of, stand_in):
    data = {
        "mail": [f"a{i % 300}@x.org" for i in range(900)],
        "text": [PROSE.format(f"a{i % 300}@x.org and {i}") for i in range(900)],
    }
    table = version_of(data).table
    options = Options(sample=100, seed=5)
    one, again = (
        codec.dump(personal_data(table, RoleMap(), options, silent, NoParts())) for _ in range(2)
    )
    assert one == again
