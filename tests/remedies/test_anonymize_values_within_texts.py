"""Redaction within texts, lists, structs and JSON; pseudonyms as a step; what is still found."""

import csv
import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit import runner
from audit.errors import ParameterError
from audit.mending.json_leaves import is_json, json_leaves, replaced
from audit.mending.redaction.known import Known, Piece
from audit.pii.values import Hit, Scanned
from audit.reports.pii.looking import Looker
from audit.runner.residual import residual

KEY = b"a key that nobody can guess"
MAIL, PHONE = "maria.keller@example.com", "(212) 555-0123"
ROOT = Path(__file__).parents[2]
NOTES = [
    f"Please write to {MAIL} about the loan, she asked for it.",
    f"Call her at {PHONE} tomorrow, but not before noon.",
    "Nothing to see here in this sentence at all.",
    None,
    "",
]
MESSAGES = [
    [
        {"role": "user", "content": f"My address is {MAIL}, what is yours?"},
        {"role": "assistant", "content": None},
    ],
    [],
    None,
    [None, {"role": "user", "content": "Nothing at all to see here, thank you."}],
    [{"role": "user", "content": f"It is {PHONE}, as I said before."}],
]
JSON = [
    json.dumps(
        {"b": 1.50, "text": f"write to {MAIL} please today", "a": [f"Call {PHONE} then", 2]}
    ),
    '{"text" : "nothing", "x": {"text": null},"text":"twice"}',
    '{"text": "ok", "a": []}',
    "no JSON at all",
    None,
]


def plain(mode="tag", **more):
    return ("redact-pii", {"names": False, "mode": mode, **more})


def test_pieces_of_texts_are_replaced_and_the_rest_stays(mended):
    done = mended({"notes": NOTES}, plain(columns=["notes"]))
    assert done.column("notes") == [
        "Please write to <EMAIL_ADDRESS> about the loan, she asked for it.",
        "Call her at <PHONE_NUMBER> tomorrow, but not before noon.",
        *NOTES[2:],
    ]
    assert done.effect.changed == 2


def test_only_the_kinds_asked_for_are_replaced(mended):
    done = mended({"notes": NOTES}, plain(columns=["notes"], entities=["EMAIL_ADDRESS"]))
    assert done.column("notes")[1:] == NOTES[1:]
    assert MAIL not in done.column("notes")[0]
    with pytest.raises(ParameterError, match="EMIAL"):
        mended({"notes": NOTES}, plain(columns=["notes"], entities=["EMIAL"]))


def test_every_mode_leaves_nothing_of_what_was_found(mended):
    for mode in ("tag", "mask", "remove", "hash", "pseudonym"):
        done = mended({"notes": NOTES}, plain(mode, columns=["notes"]), key=KEY)
        written = "".join(filter(None, done.column("notes")))
        assert MAIL not in written
        assert PHONE not in written
    removed = mended({"notes": NOTES}, plain("remove", columns=["notes"]))
    assert removed.column("notes")[0].startswith("Please write to about the loan")


def test_a_hash_within_a_text_begins_that_of_the_whole_cell(mended):
    within = mended({"notes": NOTES}, plain("hash", columns=["notes"]), key=KEY)
    whole = mended({"mail": [MAIL]}, ("hash-keyed", {"columns": ["mail"]}), key=KEY)
    assert f"<EMAIL_ADDRESS:{whole.column('mail')[0][:16]}>" in within.column("notes")[0]


def test_lists_structs_and_json_keep_their_structure(mended):
    data = pa.table({"messages": pa.array(MESSAGES), "json": JSON})
    done = mended(data, plain())
    assert done.table.schema.field("messages").type == (
        done.before.table.arrow("SELECT * FROM {t} LIMIT 0").schema.field("messages").type
    )
    expected = json.loads(
        json.dumps(MESSAGES).replace(MAIL, "<EMAIL_ADDRESS>").replace(PHONE, "<PHONE_NUMBER>")
    )
    assert done.column("messages") == expected
    assert done.column("json") == [
        JSON[0].replace(MAIL, "<EMAIL_ADDRESS>").replace(PHONE, "<PHONE_NUMBER>"),
        *JSON[1:],
    ]


def test_maps_and_keys_that_are_personal_are_replaced_and_stay_apart(mended):
    pairs = [[("ann@example.com", "x"), ("bob@example.com", f"to {MAIL} or so")], None] * 10
    objects = [
        json.dumps({f"user{i}@example.com": 1, f"other{i}@example.com": 2}) for i in range(20)
    ]
    data = pa.table({"m": pa.array(pairs, pa.map_(pa.string(), pa.string())), "o": objects})
    done = mended(data, plain())
    assert dict(done.column("m")[0]) == {
        "<EMAIL_ADDRESS>": "x",
        "<EMAIL_ADDRESS> 2": "to <EMAIL_ADDRESS> or so",
    }
    assert json.loads(done.column("o")[7]) == {"<EMAIL_ADDRESS>": 1, "<EMAIL_ADDRESS> 2": 2}


def test_all_values_of_a_column_of_one_kind_go_found_or_not(mended):
    phones = [2125550123.0 + i for i in range(40)]
    data = {
        "phone": phones,
        "n": list(range(40)),
        "mail": [f"p{i}@example.com" for i in range(39)] + ["none"],
    }
    done = mended(data, plain())
    assert set(done.column("phone")) == {"<PHONE_NUMBER>"}
    assert set(done.column("mail")) == {"<EMAIL_ADDRESS>"}
    assert done.column("n") == data["n"]


def test_texts_that_are_too_long_are_replaced_kept_or_refused_and_never_in_silence(mended):
    long = [f"{'word ' * 40}{MAIL}", "short enough to read, I should say"]
    given = {"columns": ["notes"], "most_characters": 100}
    done = mended({"notes": long}, plain(**given))
    assert done.column("notes") == ["<NOT_SEARCHED>", long[1]]
    assert "1 text could not be searched" in done.effect.notes[0]
    kept = mended({"notes": long}, plain(unscanned="keep", **given))
    assert kept.column("notes") == long
    assert "stays" in kept.effect.notes[0]
    with pytest.raises(ParameterError, match="1 text could not"):
        mended({"notes": long}, plain(unscanned="error", **given))
    assert mended({"notes": long}, plain("remove", **given)).column("notes")[0] is None


def test_texts_on_which_the_search_took_too_long_are_replaced_whole(mended, monkeypatch):
    search = Looker.scan

    def late(self, texts, **given):
        _, named = search(self, texts, **given)
        return Scanned(hits=((),) * len(texts), timed_out=tuple(range(len(texts)))), named

    monkeypatch.setattr(Looker, "scan", late)
    done = mended({"notes": NOTES}, plain(columns=["notes"]))
    assert [t for t in done.column("notes") if t is not None] == ["<NOT_SEARCHED>"] * 4
    assert "4 texts" in done.effect.notes[0]


def test_allowed_and_denied_words_count(mended):
    given = {"allow": [MAIL], "deny": {"PROJECT": ["noon"]}, "columns": ["notes"]}
    done = mended({"notes": NOTES}, plain(**given))
    assert MAIL in done.column("notes")[0]
    assert done.column("notes")[1].endswith("not before <PROJECT>.")


def test_what_has_the_form_of_a_social_security_number_goes_issued_or_not(mended):
    data = {"notes": ["Her number is 000-12-3456, she said.", "Ours is 1-2-3, in full."]}
    done = mended(data, plain(columns=["notes"]))
    assert "000-12-3456" not in done.column("notes")[0]
    assert done.column("notes")[1] == data["notes"][1]


def test_where_the_model_is_missing_names_are_not_left_in_silence(mended, monkeypatch):
    def missing(name):
        message = f"The model {name} is not installed."
        raise ParameterError(message)

    monkeypatch.setattr("audit.pii.model.check", missing)
    with pytest.raises(ParameterError, match="names: false"):
        mended({"notes": NOTES}, ("redact-pii", {"columns": ["notes"]}))


PEOPLE = {
    "name": ["Maria Keller", "Jonas Weber", "Aisha Khan", None] * 10,
    "first_name": ["Maria", "Jonas", "Aisha", None] * 10,
    "last_name": ["Keller", "Weber", "Khan", None] * 10,
    "email": ["maria.keller@corp.com", "jonas.weber@corp.com", "a@corp.com", ""] * 10,
    "date_of_birth": [dt.date(1980, 1, 2), None] * 20,
    "ssn": ["123-45-6789", "512-11-2222"] * 20,
}


def test_pseudonyms_match_across_columns_and_files(mended):
    kinds = {"name": "person", "first_name": "first name", "last_name": "last name"}
    more = {"email": "email", "date_of_birth": "birth date", "ssn": "ssn"}
    step = ("pseudonymize", {"kinds": {**kinds, **more}})
    done = mended(PEOPLE, step, key=KEY)
    for name, first, last in zip(*map(done.column, kinds), strict=True):
        assert name == (None if first is None else f"{first} {last}")
    for column in PEOPLE:
        both = zip(PEOPLE[column], done.column(column), strict=True)
        assert all(a == b if a in (None, "") else a != b for a, b in both)
        if column != "date_of_birth":
            assert not {v for v in PEOPLE[column] if v} & set(done.column(column))
    assert done.table.schema.field("date_of_birth").type == pa.date32()
    other = mended({"who": ["Aisha Khan"]}, ("pseudonymize", {"kinds": {"who": "person"}}), key=KEY)
    assert other.column("who") == [done.column("name")[2]]
    assert mended(PEOPLE, step, key=KEY[::-1]).column("name") != done.column("name")


def test_no_pseudonym_is_a_value_of_its_column(mended):
    phones = [f"(212) 555-01{n:02d}" for n in range(100)] + [
        f"(305) 555-01{n:02d}" for n in range(100)
    ]
    step = ("pseudonymize", {"kinds": {"phone": "phone"}})
    assert not set(phones) & set(mended({"phone": phones}, step, key=KEY).column("phone"))
    codes = [f"{n:02d}" for n in range(100)]
    step = ("pseudonymize", {"kinds": {"code": "id"}})
    assert not set(codes) & set(mended({"code": codes}, step, key=KEY).column("code"))


def test_a_column_of_no_kind_and_one_of_lists_say_what_to_do(mended):
    data = {"notes": NOTES * 4, "list": [["x"]] * 20}
    with pytest.raises(ParameterError, match="redact-pii"):
        mended(data, ("pseudonymize", {"columns": ["notes"]}), key=KEY)
    with pytest.raises(ParameterError, match="mode: pseudonym"):
        mended(data, ("pseudonymize", {"kinds": {"list": "person"}}), key=KEY)


def test_what_is_still_found_stands_beside_what_was(mended):
    data = {"notes": NOTES * 20, "mail": [f"p{i}@example.com" for i in range(100)]}
    steps = (
        plain(columns=["notes"], entities=["EMAIL_ADDRESS"]),
        ("pseudonymize", {"kinds": {"mail": "email"}}),
    )
    done = mended(data, *steps, key=KEY)
    left = residual(done.version, done.before)
    told = {(r.title, r.entity): (r.rows_before, r.rows_after, r.made_up) for r in left.found}
    assert told[("notes", "EMAIL_ADDRESS")] == (20, 0, False)
    assert told[("notes", "PHONE_NUMBER")] == (20, 20, False)
    assert told[("mail", "EMAIL_ADDRESS")] == (100, 100, True)
    assert [(r.title, r.entity) for r in left.remaining] == [("notes", "PHONE_NUMBER")]
    assert [(r.title, r.entity) for r in left.gone] == [("notes", "EMAIL_ADDRESS")]
    assert left.complete
    assert not residual(done.version).compared


def test_what_was_found_is_looked_up_by_its_text():
    known = Known()
    hit = Hit(entity="PERSON", start=2, end=4, score=0.9, recognizer="x")
    known.add(["b", "a"], Scanned(hits=((hit,), ()), timed_out=(1,)))
    known.add(["c"], Scanned(hits=((),), cut=()))
    known.close()
    b, a, c, d = known.find(["b", "a", "c", "d"])
    assert (b.pieces, b.complete) == ((Piece(2, 4, "PERSON"),), True)
    assert (a.pieces, a.complete) == ((), False)
    assert c.complete
    assert d is None


def test_leaves_of_json_are_found_where_they_stand():
    text = '{"a b": [1, -2.5, {"c": "\\u00e9\\"{", "c": 12}], "e":[["z"]], "f" : true}'
    assert is_json(text)
    found = [(leaf.path, leaf.text, leaf.is_key) for leaf in json_leaves(text)]
    assert found == [
        ('."a b"', "a b", True),
        ('."a b"[]', "1", False),
        ('."a b"[].c', "c", True),
        ('."a b"[].c', 'é"{', False),
        ('."a b"[].c', "c", True),
        ('."a b"[].c', "12", False),
        (".e", "e", True),
        (".e[][]", "z", False),
        (".f", "f", True),
    ]
    values = [(leaf, "é") for leaf in json_leaves(text) if not leaf.is_key]
    assert (
        replaced(text, values)
        == '{"a b": ["é", -2.5, {"c": "é", "c": "é"}], "e":[["é"]], "f" : true}'
    )
    assert not is_json("[1")
    assert not is_json("1")


def planted(rows):
    """Give the notes of the sample, those with planted values first, and these values."""
    truth = json.loads((ROOT / "sample_data" / "loans_truth.json").read_text())
    spans = truth["faults"]["personal-data"]["spans"]
    with (ROOT / "sample_data" / "loans.csv").open(newline="", encoding="utf-8") as file:
        notes = [row["notes"] or None for row in csv.DictReader(file)]
    chosen = sorted(spans, key=int)[: rows // 2]
    kept = [*map(int, chosen), *(i for i in range(len(notes)) if str(i) not in spans)][:rows]
    values = {notes[int(i)][a:b] for i in chosen for _, a, b in spans[i]}
    return [notes[i] for i in sorted(kept)], values


def everything(version):
    """Give all cells and all files beside the rows, as one text."""
    cells = version.table.arrow("SELECT * FROM {t}").to_pylist()
    files = [p.read_bytes().decode("utf-8", "replace") for p in version.folder.rglob("*.json")]
    tables = [pq.read_table(p).to_pylist() for p in version.folder.rglob("*.parquet")]
    return json.dumps([cells, tables], ensure_ascii=False, default=str) + "".join(files)


@pytest.mark.parametrize("mode", ["tag", "hash", "pseudonym"])
def test_no_planted_value_is_left_in_data_report_or_workspace(mended, mode):
    notes, values = planted(200)
    done = mended({"notes": notes}, ("redact-pii", {"columns": ["notes"], "mode": mode}), key=KEY)
    assert len(values) > 80
    left = residual(done.version)
    if mode == "tag":
        assert not left.remaining
    runner.report(done.version, "pii")
    whole = everything(done.version)
    assert [v for v in values if v in whole] == []


@pytest.mark.slow
def test_no_planted_value_of_the_whole_sample_is_left_with_one_worker_or_two(mended, monkeypatch):
    # So few characters are searched in this process otherwise, whatever is asked for.
    monkeypatch.setattr("audit.pii.scanner.FEWEST_CHARACTERS", {True: 0, False: 0})
    notes, values = planted(12_000)
    made = [
        mended({"notes": notes}, ("redact-pii", {"columns": ["notes"], "workers": n}))
        for n in (1, 2)
    ]
    assert made[0].version.manifest.sha256 == made[1].version.manifest.sha256
    whole = everything(made[0].version)
    assert [v for v in values if v in whole] == []
