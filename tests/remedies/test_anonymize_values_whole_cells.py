"""Masks, tags, keyed hashes, encryption and shifted dates."""

import datetime as dt
import decimal
import hashlib
import hmac
import itertools
import json

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import runner
from audit.errors import ColumnError, ParameterError

KEY = b"a key that nobody can guess"
OTHER = b"another key, just as secret"
TEXTS = ["Maria Keller", " Maria Keller ", None, "", "ünï", "'; --", "{0}", "\\"]


def test_a_mask_keeps_the_last_characters_and_hides_short_values_whole(mended):
    data = {"ssn": ["123-45-6789", "12345678", "123456789", "", None, "Ä ß ðefghijk"]}
    done = mended(data, ("mask", {"columns": ["ssn"]}))
    assert done.column("ssn") == ["***-**-6789", "********", "*****6789", "", None, "* * ****hijk"]


@pytest.mark.parametrize("character", ["\\", "#", "\N{FULL BLOCK}", "'"])
def test_a_mask_is_of_any_character_and_numbers_become_text(mended, character):
    data = {"n": [2125550123.0, None, 12.0]}
    done = mended(data, ("mask", {"columns": ["n"], "keep": 2, "character": character}))
    assert done.column("n") == [8 * character + "23", None, 2 * character]


def test_a_tag_stands_wherever_there_was_a_value(mended):
    data = {"a": ["x", None, ""], "n": [1, 2, None]}
    step = ("replace-with-tag", {"columns": ["a", "n"], "tag": "<GONE>"})
    done = mended(data, step)
    assert done.column("a") == ["<GONE>", None, "<GONE>"]
    assert done.column("n") == ["<GONE>", "<GONE>", None]


def test_a_keyed_hash_is_hmac_sha256_under_a_key_for_this_purpose(mended):
    done = mended({"a": TEXTS}, ("hash-keyed", {"columns": ["a"]}), key=KEY)
    own = hmac.new(KEY, b"evenhand\x00keyed hash", hashlib.sha256).digest()

    def expected(text):
        return hmac.new(own, text.strip().encode(), hashlib.sha256).hexdigest()

    assert done.column("a") == [None if t is None else expected(t) for t in TEXTS]


def test_hashes_of_two_files_join_whatever_the_types_of_their_columns(mended):
    ids = [7, 2125550123, 4111111111111111, None]
    step = ("hash-keyed", {"columns": ["id"], "length": 32})
    tables = [
        mended({"id": pa.array(ids, pa.int64())}, step, key=KEY),
        mended({"id": pa.array([None if i is None else float(i) for i in ids])}, step, key=KEY),
        mended({"id": [None if i is None else f" {i}" for i in ids]}, step, key=KEY),
    ]
    assert tables[0].column("id") == tables[1].column("id") == tables[2].column("id")
    assert len(set(tables[0].column("id"))) == 4
    composed, apart = "M\u00fcller", "Mu\u0308ller"
    done = mended({"a": [composed, apart, "muller"]}, ("hash-keyed", {"columns": ["a"]}), key=KEY)
    assert done.column("a")[0] == done.column("a")[1] != done.column("a")[2]


def test_without_the_key_trying_all_values_finds_none(mended):
    values = [f"{n:04d}" for n in range(10_000)]
    step = ("hash-keyed", {"columns": ["last_four"]})
    hashed = set(mended({"last_four": values}, step, key=KEY).column("last_four"))
    assert len(hashed) == 10_000
    assert hashed.isdisjoint(mended({"last_four": values}, step, key=OTHER).column("last_four"))
    for name in ("md5", "sha1", "sha256", "sha512", "blake2b"):
        for value in values:
            digest = hashlib.new(name, value.encode()).hexdigest()
            assert digest[:64] not in hashed
    for guess in (b"", b"evenhand", b"evenhand\x00keyed hash"):
        tried = {hmac.new(guess, v.encode(), hashlib.sha256).hexdigest() for v in values}
        assert hashed.isdisjoint(tried)


@pytest.mark.parametrize("step", ["hash-keyed", "pseudonymize", "encrypt"])
def test_steps_that_need_the_key_say_how_to_get_one(mended, step):
    with pytest.raises(ParameterError, match="EVENHAND_KEY"):
        mended({"name": ["Maria Keller"]}, (step, {"columns": ["name"]}))


def test_the_key_is_in_no_file_beside_the_version(mended):
    steps = (("hash-keyed", {"columns": ["a"]}), ("encrypt", {"columns": ["b"]}))
    done = mended({"a": TEXTS, "b": TEXTS}, *steps, key=KEY)
    for path in done.version.folder.rglob("*"):
        assert KEY not in path.read_bytes()
        assert KEY.hex().encode() not in path.read_bytes()


def test_columns_that_do_not_exist_are_named(mended):
    for step in ("mask", "hash-keyed", "replace-with-tag", "encrypt", "pseudonymize", "redact-pii"):
        with pytest.raises((ColumnError, ParameterError), match="absent"):
            mended({"a": ["x"]}, (step, {"columns": ["absent"]}), key=KEY)


TYPED = {
    "text": pa.array([*TEXTS[:4], "evh1:VARCHAR:AAAA"]),
    "whole": pa.array([2**63 - 1, -(2**63), 0, None, 7]),
    "small": pa.array([255, 0, None, 1, 2], pa.uint8()),
    "decimal": pa.array([decimal.Decimal("-1.20"), None, *[decimal.Decimal("99.99")] * 3]),
    "double": pa.array([0.1, 1e300, float("inf"), None, -5e-324]),
    "float": pa.array([0.1, 1e30, float("-inf"), None, 1.0], pa.float32()),
    "flag": pa.array([True, False, None, True, False]),
    "date": pa.array([dt.date(1, 1, 1), dt.date(9999, 12, 31), None, *[dt.date(2024, 2, 29)] * 2]),
    "moment": pa.array(
        [
            dt.datetime.fromisoformat("2024-01-02T03:04:05.000006"),
            None,
            *[dt.datetime.fromisoformat("1900-01-01")] * 3,
        ]
    ),
    "zoned": pa.array([1, None, 2, 3, -4], pa.timestamp("us", "UTC")),
    "nanos": pa.array([1, None, 2, 3, -4], pa.timestamp("ns")),
}


def test_decryption_gives_back_every_value_with_its_type(mended):
    data = pa.table(TYPED)
    step = ("encrypt", {"columns": list(TYPED)})
    sealed = mended(data, step, key=KEY)
    whole = mended(data, step, ("decrypt", {}), key=KEY)
    assert whole.version.manifest.columns == whole.before.manifest.columns
    assert whole.table.equals(whole.before.table.arrow("SELECT * FROM {t}"))
    for name, values in TYPED.items():
        assert sealed.table[name].null_count == values.null_count
        plain = {str(v) for v in values.to_pylist()}
        assert plain.isdisjoint(sealed.column(name)) or plain == {"None"}


def test_another_key_or_a_changed_cell_is_a_readable_error(mended, workspace):
    sealed = mended({"name": ["Maria Keller", "x"]}, ("encrypt", {"columns": ["name"]}), key=KEY)
    recipe = runner.Recipe(steps=(runner.make_step("decrypt"),))
    with pytest.raises(ParameterError, match=r"2 of 2 .* cells of 'name' do not open") as caught:
        runner.apply(sealed.version, recipe, workspace=workspace, key=lambda: OTHER)
    assert "Maria" not in str(caught.value)
    cell = sealed.column("name")[0]
    changed = cell[:-6] + ("A" if cell[-6] != "A" else "B") + cell[-5:]
    with pytest.raises(ParameterError, match="do not open"):
        mended({"name": [changed]}, ("decrypt", {}), key=KEY)


def test_a_cell_changed_in_whatever_way_is_counted_and_never_passes_for_a_text(mended):
    texts = ["Maria Keller", "Jo", "Zoë"]
    sealed = mended({"name": texts}, ("encrypt", {"columns": ["name"]}), key=KEY).column("name")
    prefix, body = sealed[0].rsplit(":", 1)
    for changed in (
        sealed[0][:-1],
        sealed[0] + "=",
        sealed[0] + "!",
        sealed[0].replace("VARCHAR", "BIGINT"),
        sealed[0].replace("VARCHAR", "VARCHARS"),
        f"{prefix}:",
        f"{prefix}:{body[::-1]}",
        "evh1:" + body,
    ):
        with pytest.raises(ParameterError, match=r"name|several types") as caught:
            mended({"name": [changed, *sealed[1:], None]}, ("decrypt", {}), key=KEY)
        assert "Jo" not in str(caught.value)
        assert "1 of 3" in str(caught.value) or "BIGINT" in changed


def test_no_two_texts_share_a_nonce_and_equal_ones_share_all_of_it(mended):
    import base64

    columns = {"a": [f"person {i}" for i in range(300)], "b": [f"{i}" for i in range(300)]}
    sealed = mended(columns, ("encrypt", {"columns": ["a", "b"]}), key=KEY)
    again = mended({"c": columns["a"][:9]}, ("encrypt", {"columns": ["c"]}), key=KEY)
    other = mended({"c": columns["a"][:9]}, ("encrypt", {"columns": ["c"]}), key=OTHER)
    cells = sealed.column("a") + sealed.column("b")
    nonces = {base64.urlsafe_b64decode(cell.rsplit(":", 1)[1])[:12] for cell in cells}
    assert len(nonces) == 600
    assert again.column("c") == sealed.column("a")[:9]
    assert set(other.column("c")).isdisjoint(again.column("c"))


def test_pseudonyms_of_another_key_are_those_of_other_people(mended):
    people = [f"{a} {b}" for a in ("Maria", "John", "Anna") for b in ("Keller", "Smith", "Roy")]
    step = ("pseudonymize", {"kinds": {"name": "PERSON"}})
    mine = mended({"name": people}, step, key=KEY).column("name")
    guessed = mended({"name": people}, step, key=OTHER).column("name")
    assert sum(a == b for a, b in zip(mine, guessed, strict=True)) <= 1
    assert set(mine).isdisjoint(people)


def test_nothing_to_decrypt_and_cells_that_are_not_encrypted_are_told(mended):
    nothing = mended({"a": ["x"]}, ("decrypt", {}), key=KEY)
    assert nothing.effect.notes == ("No column holds encrypted values: nothing was done.",)
    sealed = mended({"a": ["x", "y"]}, ("encrypt", {"columns": ["a"]}), key=KEY).column("a")
    done = mended({"a": [*sealed, "plain", None]}, ("decrypt", {}), key=KEY)
    assert done.column("a") == ["x", "y", "plain", None]
    assert "1 cell" in done.effect.notes[0]
    with pytest.raises(ParameterError, match="cannot be encrypted"):
        mended({"a": [["x"]]}, ("encrypt", {"columns": ["a"]}), key=KEY)


def test_dates_of_a_person_move_together_and_by_days_of_their_own(mended):
    n = 300
    base = dt.date(2024, 2, 20)
    data = {
        "who": [f"p{i // 3}" for i in range(n)],
        "day": [base + dt.timedelta(days=7 * (i % 3)) for i in range(n)],
        "at": [
            dt.datetime.fromisoformat("2024-05-01T12:00") + dt.timedelta(hours=i % 3)
            for i in range(n)
        ],
        "text": [f"{3 + i % 3:02d}/25/2024" for i in range(n)],
    }
    step = ("shift-dates", {"by": ["who"], "columns": ["day", "at", "text"]})
    done = mended(data, step, key=KEY)
    by = [(b - a).days for a, b in zip(data["day"], done.column("day"), strict=True)]
    times = [(b - a) for a, b in zip(data["at"], done.column("at"), strict=True)]
    texts = [
        (dt.datetime.strptime(b, "%m/%d/%Y") - dt.datetime.strptime(a, "%m/%d/%Y")).days  # noqa: DTZ007
        for a, b in zip(data["text"], done.column("text"), strict=True)
    ]
    assert by == texts == [t.days for t in times]
    assert all(t == dt.timedelta(days=t.days) for t in times)
    assert all(len(set(by[i : i + 3])) == 1 for i in range(0, n, 3))
    assert 0 not in by
    assert max(map(abs, by)) <= 30
    assert len(set(by)) > 40
    other = mended({**data, "more": list(range(n))}, step, key=KEY)
    assert other.column("day") == done.column("day")
    assert mended(data, step, key=OTHER).column("day") != done.column("day")


def test_cells_that_are_no_dates_and_rows_of_nobody_are_counted(mended):
    data = {"who": ["a", None, "b"], "seen": ["2024-01-01T10:00:00Z", "soon", None]}
    done = mended(data, ("shift-dates", {"by": ["who"], "columns": ["seen"]}), key=KEY)
    assert done.column("seen")[0].endswith("T10:00:00Z")
    assert done.column("seen")[1:] == [None, None]
    assert [note.split()[0] for note in done.effect.notes] == ["1", "1"]
    with pytest.raises(ParameterError, match="whose"):
        mended({"day": [dt.date(2024, 1, 1)]}, ("shift-dates", {}), key=KEY)
    with pytest.raises(ParameterError, match="no dates"):
        mended({"n": [1]}, ("shift-dates", {"columns": ["n"], "by": ["n"]}), key=KEY)


def test_dates_at_the_ends_of_time_are_no_crash(mended):
    days = pa.array([2**31 - 1, -(2**31) + 1, 0, None], pa.date32())
    moments = pa.array([2**63 - 1, -(2**63) + 1, 1, None], pa.timestamp("us"))
    data = pa.table({"who": ["a", "b", "c", "d"], "day": days, "at": moments})
    done = mended(data, ("shift-dates", {"by": ["who"]}), key=KEY)
    moments_after = done.table["at"].cast(pa.int64()).to_pylist()
    assert moments_after[:2] == [2**63 - 1, -(2**63) + 1]
    assert (moments_after[2] - 1) % 86_400_000_000 == 0
    assert done.table["day"].cast(pa.int32()).to_pylist()[:2] == [2**31 - 1, -(2**31) + 1]
    assert done.table["day"].null_count == 1


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), min_size=1, max_size=8))
def test_any_text_survives_encryption_and_equal_texts_have_equal_hashes(mended, texts):
    data = pa.table({"a": pa.array(texts, pa.string()), "b": pa.array(texts, pa.string())})
    steps = (
        ("encrypt", {"columns": ["a"]}),
        ("decrypt", {"columns": ["a"]}),
        ("hash-keyed", {"columns": ["b"]}),
    )
    if all(t is None for t in texts):
        steps = steps[2:]
    done = mended(data, *steps, key=KEY)
    assert done.column("a") == texts
    assert json.dumps(done.column("b"))
    for (a, x), (b, y) in itertools.combinations(zip(texts, done.column("b"), strict=True), 2):
        if a == b:
            assert x == y
