"""``evenhand pii-eval``: figures of a labelled sample, and no word of its texts."""

import json
import sys

import pytest

from audit.cli import main
from audit.errors import ParameterError
from audit.pii.measuring import evaluate, read_labelled
from audit.pii.options import ScanOptions
from audit.runner import Policy
from audit.runner.evaluation import evaluate_file, scan_options
from audit.runner.personal import labelled_texts

TEXTS = (
    ("Mail zebrafink@example.com today", "EMAIL_ADDRESS", "zebrafink@example.com"),
    ("Her SSN is 536-90-4399 I think", "US_SSN", "536-90-4399"),
    ("The quagga order left on Monday", "MASCOT", "quagga"),
    ("The okapi runs on 203.0.113.77 now", None, ""),
)
"""Of three marked, two are found; of three found, two are marked."""


@pytest.fixture
def sample(tmp_path):
    path = tmp_path / "sample.json"
    path.write_text(json.dumps([_entry(*given) for given in TEXTS]))
    return path


def _entry(text, entity, piece):
    start = text.find(piece)
    span = {"entity_type": entity, "start_position": start, "end_position": start + len(piece)}
    return {"full_text": text, "spans": [span] if entity else []}


@pytest.fixture
def evenhand(monkeypatch, capfd):
    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["evenhand", "pii-eval", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capfd.readouterr()
        return stop.value.code, out, err

    return run


PATTERNS_ALONE = ("--set", "names=false")
"""Without the model: these tests are about the command."""


def test_a_table_of_kinds_is_printed_and_no_text(evenhand, sample):
    code, out, err = evenhand(sample, *PATTERNS_ALONE)
    assert (code, err) == (0, "")
    total = next(line for line in out.splitlines() if line.startswith("any kind")).split()
    assert total[2:] == ["3", "3", "0.667", "0.667", "0.667", "0.667"]
    by_kind = [line for line in out.splitlines() if line.startswith("US_SSN")]
    assert len(by_kind) == 2, "overlapping and exact"
    assert "Marked, and not looked for: MASCOT." in out
    assert not any(word in out for word in ("zebrafink", "quagga", "okapi", "536-90"))


def test_json_holds_the_measures_as_an_audit_writes_them(evenhand, sample, tmp_path):
    code, out, _ = evenhand(sample, *PATTERNS_ALONE, "--json", "-")
    assert code == 0
    document = json.loads(out)
    assert document["texts"] == 4
    recall = next(m for m in document["measures"] if m["name"] == "recall" and not m["group"])
    assert recall["report"] == "pii-eval"
    assert recall["value"] == pytest.approx(2 / 3)
    assert recall["low"] < 2 / 3 < recall["high"]
    names = {m["name"] for m in document["measures"] if m["group"] == {"entity": "US_SSN"}}
    kinds = ("precision", "recall", "f1", "f2")
    assert names == {k + suffix for k in kinds for suffix in ("", "_exact", "_character")}
    assert not any(word in out for word in ("zebrafink", "quagga", "okapi", "536-90"))
    evenhand(sample, *PATTERNS_ALONE, "--json", tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text()) == document


def test_options_come_from_the_policy_and_from_the_command(evenhand, sample, tmp_path):
    policy = tmp_path / "policy.yaml"
    policy.write_text("reports: {pii: {names: false, allow: [203.0.113.77], sample: 5}}")
    code, out, _ = evenhand(sample, "--policy", policy, "--json", "-")
    assert (code, _value(out, "precision")) == (0, 1)
    own = 'pii.patterns=[{entity: MASCOT, pattern: "quagga"}]'
    code, out, _ = evenhand(sample, "--policy", policy, "--set", own, "--json", "-")
    assert (code, _value(out, "recall")) == (0, 1)
    assert json.loads(out)["not_looked_for"] == []


def _value(out, name):
    return next(m["value"] for m in json.loads(out)["measures"] if m["name"] == name)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.json",), "cannot be read"),
        (("sample.json", "--set", "threshhold=1"), "Did you mean 'threshold'"),
        (("sample.json", "--set", "threshold=2"), "threshold"),
        (("sample.json", "--set", "threshold"), "REPORT.NAME=VALUE"),
        ((), "Missing argument"),
    ],
)
def test_what_cannot_run_is_told_with_code_2(evenhand, sample, monkeypatch, arguments, said):
    monkeypatch.chdir(sample.parent)
    code, out, err = evenhand(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_an_entry_that_cannot_be_used_is_named_and_not_quoted(evenhand, tmp_path):
    path = tmp_path / "wrong.json"
    path.write_text('[{"full_text": "zebrafink", "spans": [{"entity_type": "X", "start": 3}]}]')
    code, out, err = evenhand(path)
    assert (code, out) == (2, "")
    assert "Entry 1 of wrong.json: span 1" in err
    assert "zebrafink" not in err


def test_an_evaluation_compares_what_the_scan_finds(sample):
    options = ScanOptions(names=False)
    result = evaluate_file(sample, options)
    assert (result.quality.total.overlap.found, result.timed_out, result.cut) == (3, 0, 0)
    assert [index for index, _ in result.quality.false_hits] == [3]
    assert [index for index, _ in result.quality.misses] == [2]
    assert "203.0" not in repr(result)


def test_false_hits_become_entries_that_make_them_go(sample):
    options = ScanOptions(names=False)
    before = evaluate_file(sample, options)
    shown = labelled_texts(sample, before.quality.false_hits)
    entries = tuple(text.piece(hit) for text in shown for hit in text.hits)
    assert entries == ("203.0.113.77",)
    after = evaluate_file(sample, options.model_copy(update={"allow": entries}))
    assert after.quality.false_hits == ()
    assert after.quality.total.overlap.recall == before.quality.total.overlap.recall


def test_kinds_that_are_marked_are_looked_for_unless_kinds_are_named(tmp_path):
    path = tmp_path / "dates.json"
    path.write_text(json.dumps([_entry("It was due on 2024-05-17.", "DATE_TIME", "2024-05-17")]))
    options = ScanOptions(names=False)
    assert evaluate_file(path, options).quality.total.overlap.recall == 1
    named = options.model_copy(update={"entities": ("EMAIL_ADDRESS",)})
    result = evaluate_file(path, named)
    assert result.quality.total.overlap.recall == 0
    assert result.not_looked_for == ("DATE_TIME",)


def test_options_of_the_report_alone_are_left_out():
    options = scan_options(Policy(reports={"pii": {"seed": 3}}), {"threshold": 0.7})
    assert options == ScanOptions(threshold=0.7)
    with pytest.raises(ParameterError, match="thresholt"):
        scan_options(Policy(), {"thresholt": 0.7})


@pytest.mark.slow
def test_the_shared_sample_is_found_as_well_as_was_promised(shared):
    """The issue's bounds: Presidio as shipped has precision .863, F2 .751, by character .668."""
    path = shared("presidio_pii_dev") / "generated_large.json"
    quality = evaluate_file(path).quality
    assert quality.total.overlap.precision >= 0.86
    assert quality.total.overlap.f2 >= 0.87
    assert quality.total.character.f2 >= 0.80
    assert evaluate(read_labelled(path), [()] * quality.texts).total.overlap.recall == 0
