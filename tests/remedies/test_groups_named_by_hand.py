"""A group that somebody names and no row is of: refused, with what may have been meant."""

import pytest

from audit.errors import ParameterError

DATA = {
    "sex": ["Female"] * 6 + ["Male"] * 4,
    "race": ["Black", "White"] * 5,
    "hired": ["yes", "no", "no", "yes", "no"] * 2,
}


def amounts(column, **given):
    return [{"group": {column: name}, "amount": amount} for name, amount in given.items()]


@pytest.mark.parametrize(
    ("remedy", "params"),
    [
        ("rake", {"reference": amounts("sex", Femle=0.5, Male=0.5)}),
        ("rake", {"reference": amounts("sex", Female=0.5, Male=0.4, MALE=0.1)}),
        ("resample", {"target": "shares", "shares": amounts("sex", Femle=0.5, Male=0.5)}),
        ("resample", {"target": "shares", "shares": amounts("sex", Female=1, Male=1, Malle=0)}),
        ("resample", {"target": "reference", "reference": amounts("sex", Femle=0.5, Male=0.5)}),
    ],
)
def test_a_misspelt_group_is_refused_with_its_column_and_what_may_be_meant(mended, remedy, params):
    with pytest.raises(ParameterError, match=r"No row is of the group '\w+' of 'sex'") as error:
        mended(DATA, (remedy, params))
    assert "Did you mean '" in error.value.hint


def test_a_group_like_none_there_is_refused_with_those_that_are(mended):
    given = amounts("race", Asian=1, Black=1)
    with pytest.raises(ParameterError, match="'Asian' of 'race'") as error:
        mended(DATA, ("rake", {"reference": given}))
    assert error.value.hint.endswith("write it as the column does: 'White'.")


def test_a_population_may_have_groups_that_the_data_lack_where_it_names_all_that_are_there(mended):
    given = amounts("race", Asian=1, Black=1, White=2)
    note = mended(DATA, ("rake", {"reference": given})).effect.notes[0]
    assert "no row is Asian" in note
    step = ("resample", {"target": "reference", "reference": given})
    assert any("Asian" in note for note in mended(DATA, step).effect.notes)


def test_groups_that_meet_in_no_row_are_told_and_not_refused(mended):
    data = {"sex": ["F", "F", "M"], "race": ["B", "W", "W"]}
    given = [{"group": {"sex": s, "race": r}, "amount": 1} for s in "FM" for r in "BW"]
    done = mended(data, ("resample", {"target": "shares", "shares": given, "by": ["sex", "race"]}))
    assert any("No row is M × B" in note for note in done.effect.notes)


def test_values_of_a_personal_label_are_not_told_as_what_may_be_meant(mended):
    data = {"who": ["Ann Canary", "Ben Canary"] * 3, "x": [1, 2, 3, 4, 5, 6]}
    given = amounts("who", **{"Ann Canory": 1, "Ben Canary": 1})
    roles = {"label": "who", "direct_identifier": ("who",)}
    step = ("resample", {"by": ["who"], "target": "shares", "shares": given})
    with pytest.raises(ParameterError) as error:
        mended(data, step, roles=roles)
    assert "Ann Canary" not in str(error.value)


def test_rows_without_a_value_are_no_group_to_be_named(mended):
    data = {"sex": ["F", "M", None, "F"]}
    with pytest.raises(ParameterError, match="is no group: these rows have no value"):
        mended(data, ("rake", {"reference": amounts("sex", F=1, M=1, **{"(missing)": 1})}))


def test_all_ways_in_which_a_group_is_written_are_offered(mended):
    data = {"sex": ["Female", "female", "Male", "Female"]}
    with pytest.raises(ParameterError) as error:
        mended(data, ("rake", {"reference": amounts("sex", Femle=1, Male=1)}))
    assert error.value.hint == "Did you mean 'Female' or 'female'?"
