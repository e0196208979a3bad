import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import runner
from audit.errors import ParameterError
from audit.mending.spaces import squeezed
from audit.mending.variants import suggested_map
from audit.store.texts import WHITE_SPACE

BLANKS = st.text(alphabet=st.sampled_from([*WHITE_SPACE, "a", "é"]), max_size=12)


def test_white_space_of_unicode_goes_as_python_takes_it_off(mended):
    texts = [f"{c}a{c}{c}b{c}" for c in WHITE_SPACE] + ["", " ", "plain", None, "{c} {t}"]
    made = mended({"t": texts}, ("trim-space", {}))
    assert made.column("t") == [None if t is None else " ".join(t.split()) for t in texts]
    ends = mended({"t": texts}, ("trim-space", {"inner": False}))
    assert ends.column("t") == [None if t is None else t.strip() for t in texts]


@given(BLANKS)
def test_trimming_twice_is_trimming_once(text):
    assert squeezed(squeezed(text)) == squeezed(text)


def test_trimming_twice_changes_nothing_more(mended):
    made = mended({"t": ["  a\u00a0\u2003b ", "\t", None]}, ("trim-space", {}), ("trim-space", {}))
    assert (made.effects[0].changed, made.effects[1].changed) == (2, 0)
    assert made.column("t") == ["a b", "", None]


def test_mojibake_is_mended_and_accents_are_one_character(mended):
    given_ = ["cafÃ©", "e\u0301", "naïve", "ﬁ", None, "plain"]
    made = mended({"t": given_}, ("fix-text", {}))
    assert made.column("t") == ["café", "é", "naïve", "ﬁ", None, "plain"]
    wide = mended({"t": given_}, ("fix-text", {"form": "NFKC", "mend": False}))
    assert wide.column("t") == ["cafÃ©", "é", "naïve", "fi", None, "plain"]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("lower", ["it's o'neil-smith", "école"]),
        ("upper", ["IT'S O'NEIL-SMITH", "ÉCOLE"]),
        ("title", ["It's O'neil-Smith", "École"]),
        ("sentence", ["It's o'neil-smith", "École"]),
    ],
)
def test_letters_are_written_as_asked(mended, case, expected):
    made = mended({"t": ["iT's O'NEIL-smith", "éCOLE", None]}, ("change-case", {"case": case}))
    assert made.column("t") == [*expected, None]


def test_the_most_frequent_spelling_takes_the_place_of_the_others(mended):
    sexes = ["Male", "male", "Male", "MALE ", None, "F", "f", "F"]
    made = mended({"sex": sexes}, ("unify-variants", {}))
    assert made.column("sex") == ["Male", "Male", "Male", "Male", None, "F", "F", "F"]
    assert suggested_map(made.before.table, ["sex"]) == {
        "sex": {"f": "F", "MALE ": "Male", "male": "Male"}
    }


def test_a_map_that_was_edited_is_followed_to_the_letter(mended):
    step = ("unify-variants", {"map": {"sex": {"m": "Male", "?": "unknown"}}})
    made = mended({"sex": ["m", "?", "MALE", None]}, step)
    assert made.column("sex") == ["Male", "unknown", "MALE", None]


def test_a_map_of_a_column_that_is_not_meant_is_refused(mended):
    step = ("unify-variants", {"columns": ["a"], "map": {"b": {"x": "y"}}})
    with pytest.raises(ParameterError, match="map names the column 'b'"):
        mended({"a": ["x"], "b": ["x"]}, step)


def test_spellings_learnt_from_one_file_are_those_of_the_next(mended, workspace):
    first = mended({"s": ["Yes"] * 3 + ["yes"]}, ("unify-variants", {}))
    record = runner.applied(first.version)
    other = runner.load(pa.table({"s": ["yes"] * 5 + ["Yes", "no"]}), workspace=workspace)
    again = runner.apply(other, runner.Recipe.parse(record.recipe.encode()), workspace=workspace)
    rows = again.table.rows("SELECT {s} FROM {t} ORDER BY {row}", s="s")
    assert [r[0] for r in rows] == ["Yes"] * 6 + ["no"]


def test_values_of_a_personal_column_stay_out_of_the_recipe(mended):
    names = ["Ann Canary"] * 3 + ["ann canary"]
    step = ("unify-variants", {"columns": ["name"]})
    made = mended({"name": names}, step, roles={"direct_identifier": ["name"]})
    assert made.column("name") == ["Ann Canary"] * 4
    record = runner.applied(made.version)
    assert "canary" not in record.recipe.lower()
    assert any("not kept in the recipe" in note for note in made.effect.notes)


@pytest.mark.parametrize(
    ("steps", "positive"),
    [
        ([("change-case", {"columns": ["y"], "case": "upper"})], "YES"),
        ([("unify-variants", {"map": {"y": {"yes ": "approved"}}})], "approved"),
        ([("trim-space", {}), ("change-case", {"columns": ["y"], "case": "title"})], "Yes"),
    ],
)
def test_the_positive_value_of_a_label_changes_with_it(mended, steps, positive):
    data = {"y": ["yes ", "no "] * 6, "x": list(range(12))}
    if steps[0][0] == "change-case":
        data["y"] = ["yes", "no"] * 6
    roles = {"label": "y", "positive": data["y"][0]}
    made = mended(data, *steps, roles=roles)
    assert made.version.roles().positive == positive


def test_codes_become_missing_and_values_that_resemble_them_stay(mended):
    data = {
        "t": ["?", " N/A ", "", "nan", "Nancy", None],
        "n": [-999, -999, 3, 4, 5, 6],
        "m": [-999, -500, 3, 4, 5, 600],
        "f": [1.0, float("nan"), float("inf"), 2.0, None, 3.0],
    }
    made = mended(data, ("replace-null-tokens", {}))
    assert made.column("t") == [None] * 4 + ["Nancy", None]
    assert made.column("n") == [None, None, 3, 4, 5, 6]
    assert made.column("m") == data["m"]
    assert made.column("f") == [1.0, None, None, 2.0, None, 3.0]


def test_codes_that_were_named_are_the_only_ones(mended):
    data = {"t": ["?", "n/a", "X"], "n": [0, 7, 9]}
    step = ("replace-null-tokens", {"tokens": ["x", 7], "blank": False})
    made = mended(data, step)
    assert (made.column("t"), made.column("n")) == (["?", "n/a", None], [0, None, 9])


def test_rare_values_become_one_and_missing_stays_missing(mended, workspace):
    data = {"c": ["a"] * 5 + ["b"] * 3 + ["c", "d", None]}
    made = mended(data, ("group-rare-values", {"column": "c", "least": 3}))
    assert made.column("c") == ["a"] * 5 + ["b"] * 3 + ["other", "other", None]
    record = runner.applied(made.version)
    other = runner.load(pa.table({"c": ["c"] * 9 + ["b"]}), workspace=workspace)
    again = runner.apply(other, runner.Recipe.parse(record.recipe.encode()), workspace=workspace)
    assert again.table.rows("SELECT count(*) FROM {t} WHERE {c} = 'other'", c="c") == [(9,)]


def test_renamed_columns_keep_their_roles_and_their_places(mended):
    made = mended(
        {"sex": ["a", "b"], "x": [1, 2]},
        ("rename-columns", {"names": {"sex": 'the "{t}" one'}}),
        roles={"sensitive": ["sex"]},
    )
    assert made.table.column_names == ['the "{t}" one', "x"]
    assert "sensitive" in made.version.roles().of('the "{t}" one')
