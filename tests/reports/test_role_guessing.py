"""What columns mean: guesses from names, types and values; statements of the user."""

import datetime as dt
import time

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import ColumnError, ParameterError
from audit.model import SINGLE_ROLES, ColumnRole, Role, RoleMap
from audit.reports.column_names import AGE, SUBJECTS, words
from audit.reports.roles import apply, guess, guess_positive

LABEL, SENSITIVE, QUASI = Role.LABEL, Role.SENSITIVE, Role.QUASI_IDENTIFIER
DIRECT, TEXT, DATE = Role.DIRECT_IDENTIFIER, Role.FREE_TEXT, Role.DATE

ADULT = [
    *("age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation"),
    *("relationship", "race", "sex", "capital-gain", "capital-loss", "hours-per-week"),
    *("native-country", "income"),
]


def read(path, *, names=None, **parse):
    options = csv.ReadOptions(column_names=names)
    return csv.read_csv(path, read_options=options, parse_options=csv.ParseOptions(**parse))


def having(roles, role):
    return set(roles.having(role))


def test_the_columns_of_adult(shared, version_of):
    table = read(shared("adult_uci/adult.data"), names=ADULT)
    roles = guess(version_of(table).table)
    assert roles.one(LABEL) == "income"
    assert roles.positive.strip() == ">50K"
    assert roles.one(Role.WEIGHT) == "fnlwgt"
    assert having(roles, SENSITIVE) == {"age", "race", "sex", "marital-status", "native-country"}
    assert having(roles, QUASI) >= {"age", "sex", "race", "occupation", "education", "workclass"}
    assert not having(roles, DIRECT) | having(roles, TEXT) | having(roles, DATE)
    assert roles.of("capital-gain") == roles.of("hours-per-week") == ()


def test_the_columns_of_compas(shared, version_of):
    roles = guess(version_of(read(shared("compas_aequitas/compas_for_aequitas.csv"))).table)
    assert roles.one(LABEL) == "label_value"
    assert roles.positive == "1"
    assert roles.one(Role.PREDICTION) == "score"
    assert having(roles, SENSITIVE) == {"race", "sex", "age_cat"}
    assert having(roles, DIRECT) == {"entity_id"}


def test_the_codes_of_the_american_community_survey(shared, version_of):
    table = pq.read_table(shared("acs_sample/ACS_sample.test.parquet"))
    roles = guess(version_of(table).table)
    assert roles.one(LABEL) == "PINCP"
    assert having(roles, SENSITIVE) == {
        *("AGEP", "SEX", "RAC1P", "MAR", "CIT", "ANC", "POBP", "NATIVITY"),
        *("DIS", "DEAR", "DEYE", "DREM"),
    }
    assert having(roles, QUASI) >= {"AGEP", "SEX", "RAC1P", "OCCP", "SCHL", "COW", "RELP"}


def test_codes_of_the_survey_mean_nothing_elsewhere(version_of):
    roles = guess(version_of({"MAR": [1, 2, 3], "DIS": [5, 6, 7], "ST": [4, 5, 6]}).table)
    assert all(c.roles == () for c in roles.columns)


def test_the_columns_of_febrl(shared, version_of):
    roles = guess(version_of(read(shared("febrl1/dataset1.csv"))).table)
    names = {c.column.strip(): c.column for c in roles.columns}
    assert {n.strip() for n in having(roles, DIRECT)} == {
        *("rec_id", "given_name", "surname", "address_1", "address_2"),
        "soc_sec_id",
    }
    assert {n.strip() for n in having(roles, QUASI)} == {
        *("street_number", "suburb", "postcode", "state", "date_of_birth"),
    }
    assert DATE in roles.of(names["date_of_birth"])
    assert roles.one(LABEL) is None


def test_the_columns_of_german_credit(shared, version_of):
    """No names at all: the last of the columns has the values 1 and 2, coded."""
    names = [f"column_{i}" for i in range(1, 22)]
    table = read(shared("german_credit/german.data"), names=names, delimiter=" ")
    roles = guess(version_of(table).table)
    assert roles.one(LABEL) == "column_21"
    assert roles.positive is None, "1 and 2 are codes: nobody can tell which is the good one"
    assert [c.column for c in roles.columns if c.roles] == ["column_21"]


def test_german_credit_with_its_usual_names(version_of):
    roles = guess(
        version_of(
            {
                "personal_status": ["A91", "A92", "A93"] * 10,
                "telephone": ["none", "yes", "none"] * 10,
                "foreign_worker": ["yes", "yes", "no"] * 10,
                "residence_since": [1, 2, 4] * 10,
                "credit": ["good", "bad", "good"] * 10,
            }
        ).table
    )
    assert having(roles, SENSITIVE) == {"personal_status", "foreign_worker"}
    assert having(roles, DIRECT) == set(), "whether there is a telephone identifies nobody"
    assert (roles.one(LABEL), roles.positive) == ("credit", "good")


def test_the_columns_of_a_passenger_list(version_of):
    n = 300
    roles = guess(
        version_of(
            {
                "PassengerId": list(range(n)),
                "Survived": [i % 2 for i in range(n)],
                "Pclass": [1 + i % 3 for i in range(n)],
                "Name": [f"Person {i}, Mr" for i in range(n)],
                "Sex": [("male", "female")[i % 5 // 3] for i in range(n)],
                "Age": [i * 7.3 % 80 for i in range(n)],
                "SibSp": [i % 4 for i in range(n)],
                "Fare": [i * 3.1 % 90 for i in range(n)],
                "Embarked": ["SCQ"[i % 3] for i in range(n)],
            }
        ).table
    )
    assert (roles.one(LABEL), roles.positive) == ("Survived", "1")
    assert having(roles, DIRECT) == {"PassengerId", "Name"}
    assert having(roles, SENSITIVE) == having(roles, QUASI) == {"Sex", "Age"}


FALSE_HITS = [
    *("message", "stage", "average", "sextant", "embrace", "hostname", "filename", "package"),
    *("percentage", "mortgage", "storage", "usage", "image", "racecar", "trace", "grace_period"),
    *("account_age", "ageing_report_id", "page_age", "race_time", "product_name", "column_name"),
    *("programming_language", "wage", "sexton", "manage", "voltage", "agent", "hostage"),
    *("birthday_gift_count", "workshop", "idle", "video", "width", "emailed", "microphone_on"),
]


@pytest.mark.parametrize("name", FALSE_HITS)
def test_a_word_inside_of_another_is_no_hit(version_of, name):
    values = [f"{i % 3} kg" for i in range(30)]
    roles = guess(version_of({name: values, "other": values}).table)
    assert not set(roles.of(name)) & {SENSITIVE, DIRECT, LABEL}, roles.columns[0].reason


@pytest.mark.parametrize(
    "name",
    [
        *("marital_status", "maritalStatus", "marital-status", "Marital Status", "MARITALSTATUS"),
        *("Familienstand", "État civil", "estado_civil", "ESTADO CIVIL", "civil.status"),
    ],
)
def test_a_name_is_understood_in_any_spelling_and_several_languages(version_of, name):
    roles = guess(version_of({name: ["a", "b", "c"] * 5}).table)
    assert set(roles.of(name)) == {SENSITIVE, QUASI}
    assert roles.columns[0].reason == "named like a marital status"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Geschlecht", SENSITIVE),
        ("género", SENSITIVE),
        ("性别", SENSITIVE),
        ("idade", SENSITIVE),
        ("Alter", SENSITIVE),
        ("Religionszugehörigkeit Religion", SENSITIVE),
        ("has_disability", SENSITIVE),
        ("mother tongue", SENSITIVE),
        ("CitizenshipStatus", SENSITIVE),
        ("ZIPCode", QUASI),
        ("PLZ", QUASI),
        ("code postal", QUASI),
        ("dob", QUASI),
        ("Date de naissance", QUASI),
        ("home_state", QUASI),
        ("job title", QUASI),
    ],
)
def test_what_is_sensitive_or_narrows_down_who_it_is(version_of, name, role):
    assert role in guess(version_of({name: ["a", "b", "c"] * 5}).table).of(name)


@pytest.mark.parametrize(
    "name", ["first_name", "LastName", "e-mail", "Phone Number", "SSN", "passport_no passport"]
)
def test_direct_identifiers_vary(version_of, name):
    varied = guess(version_of({name: [f"v{i}" for i in range(50)]}).table)
    flag = guess(version_of({name: ["yes", "no"] * 25}).table)
    assert DIRECT in varied.of(name)
    assert DIRECT not in flag.of(name)


@pytest.mark.parametrize(
    ("shape", "values"),
    [
        ("e-mail addresses", [f"p{i}@example.org" for i in range(50)]),
        ("UUIDs", [f"123e4567-e89b-12d3-a456-4266141740{i:02}" for i in range(50)]),
        ("social security numbers", [f"078-05-11{i:02}" for i in range(50)]),
        ("telephone numbers", [f"+49 30 12345{i:02}" for i in range(50)]),
    ],
)
def test_values_that_point_at_people_need_no_name(version_of, shape, values):
    roles = guess(version_of({"x": values, "y": list(range(50))}).table)
    assert roles.of("x") == (DIRECT,)
    assert roles.columns[0].reason == f"has values in the shape of {shape}"


def test_a_foreign_key_that_repeats_identifies_nobody(version_of):
    roles = guess(version_of({"store_id": [1, 2, 3] * 20, "order_id": list(range(60))}).table)
    assert roles.of("store_id") == ()
    assert roles.of("order_id") == (DIRECT,)


def test_men_and_women_are_known_under_any_name(version_of):
    roles = guess(version_of({"q17": [" M", "F ", "m", None] * 5, "q18": ["m", "n"] * 10}).table)
    assert set(roles.of("q17")) == {SENSITIVE, QUASI}
    assert roles.of("q18") == ()


def test_prose_is_free_text_and_categories_are_not(version_of):
    prose = [f"The applicant number {i} called about the terms of the loan." for i in range(60)]
    notes = ["Called again today.", "Sent the form back.", "Paid in cash twice."] * 20
    same = ["A long name of a category that has many words in it"] * 60
    roles = guess(version_of({"x": prose, "notes": notes, "kind": same}).table)
    assert having(roles, TEXT) == {"x", "notes"}


def test_dates_are_known_by_type_shape_or_name_with_shape(version_of):
    n = 40
    roles = guess(
        version_of(
            {
                "a": [dt.date(2020, 1, 1)] * n,
                "b": [dt.datetime(2020, 1, 1, tzinfo=dt.UTC)] * n,
                "c": ["2020-02-03", "03.04.2020"] * (n // 2),
                "birth date": [19081209, 19990219] * (n // 2),
                "amount": [19081209, 19990219] * (n // 2),
            }
        ).table
    )
    assert having(roles, DATE) == {"a", "b", "c", "birth date"}


def test_weights_are_survey_weights_and_not_kilograms(version_of):
    survey = guess(version_of({"weight": [1.5, 2.0, 3.1], "q": ["a", "b", "c"]}).table)
    body = guess(version_of({"weight": [71, 80, 65], "height": [170, 180, 165]}).table)
    assert survey.one(Role.WEIGHT) == "weight"
    assert body.one(Role.WEIGHT) is None


def test_splits_scores_and_predictions(version_of):
    n = 30
    roles = guess(
        version_of(
            {
                "part": ["train", "test", "Validation"] * (n // 3),
                "y_pred": [0, 1, 1] * (n // 3),
                "score": [i / n for i in range(n)],
                "prediction_date": [f"x{i}" for i in range(n)],
                "y": ["no", "yes", "no"] * (n // 3),
            }
        ).table
    )
    assert roles.one(Role.SPLIT) == "part"
    assert roles.one(Role.PREDICTION) == "y_pred"
    assert roles.one(Role.SCORE) == "score"
    assert (roles.one(LABEL), roles.positive) == ("y", "yes")


def test_points_of_an_exam_are_no_predicted_score(version_of):
    assert guess(version_of({"score": [76.0, 56.0, 34.5]}).table).one(Role.SCORE) is None


@pytest.mark.parametrize(
    ("values", "positive"),
    [
        (["<=50K.", ">50K."], ">50K."),
        ([0, 1], "1"),
        ([0.0, 1.0], "1.0"),
        ([-1, 1], "1"),
        ([True, False], "true"),
        (["Approved", "Denied"], "Approved"),
        (["good", "bad"], "good"),
        ([1, 2], None),
        (["a", "b"], None),
        (["yes", "true"], None),
        (["yes", "no", "maybe"], None),
        (["yes", "yes"], None),
    ],
)
def test_the_positive_value_is_told_by_its_wording_alone(version_of, values, positive):
    rare = [values[1], *[values[0]] * 20, *values]
    table = version_of({"label": rare, "x": list(range(len(rare)))}).table
    assert guess(table).positive == positive
    assert guess_positive(table, "label") == positive


def test_a_label_has_few_values_or_is_a_number(version_of):
    names = [f"class {i}" for i in range(60)]
    assert guess(version_of({"class": names, "x": names}).table).one(LABEL) is None
    assert guess(version_of({"target": list(range(60)), "x": names}).table).one(LABEL) == "target"
    assert guess(version_of({"income": list(range(60)), "x": names}).table).one(LABEL) is None
    assert guess(version_of({"target": [1] * 60, "x": names}).table).one(LABEL) is None


def test_no_reason_quotes_a_value(version_of):
    canary = "canary-7f3a91-cafe"
    table = {f"c{i}": [f"{canary}-{i}-{j}" for j in range(30)] for i in range(3)}
    table |= {"name": [canary] * 29 + ["x"], "label": [canary, "x"] * 15}
    for column in guess(version_of(table).table).columns:
        assert "canary" not in column.reason


@pytest.mark.parametrize(
    "table",
    [
        {"age": pa.array([], pa.int64()), "label": pa.array([], pa.string())},
        {"age": pa.nulls(5, pa.int64()), "label": pa.nulls(5, pa.string())},
        {"age": [1], "label": ["x"]},
        {"age": [[1, 2]], "label": [{"a": 1}]},
        {"age": [b"\x00\xff"], "label": [float("nan")]},
        {name: [1, 2] for name in ('a"; DROP TABLE d; --', "{t} {0}", "", " ", "\n", "age\x00")},
    ],
    ids=["no rows", "all missing", "one row", "nested", "binary", "hostile"],
)
def test_any_table_gets_one_entry_for_each_column_in_order(version_of, table):
    version = version_of(pa.table(table))
    roles = guess(version.table)
    assert [c.column for c in roles.columns] == [c.name for c in version.manifest.columns]
    version.set_roles(roles)
    assert version.roles() == roles
    for role in SINGLE_ROLES:
        assert len(roles.having(role)) <= 1


def test_a_guess_asks_once_however_many_columns_there_are(version_of, monkeypatch):
    table = version_of({f"c{i}": [str(i)] * 3 for i in range(300)}).table
    asked = []
    rows = table.rows
    monkeypatch.setattr(table, "rows", lambda *a, **k: (asked.append(1), rows(*a, **k))[1])
    guess(table)
    assert len(asked) == 1


def test_the_sample_sees_the_end_of_a_sorted_table(version_of):
    n = 100_000
    roles = guess(version_of({"x": list(range(n)), "label": [0] * (n - 4000) + [1] * 4000}).table)
    assert roles.positive == "1"


def test_a_guess_is_the_same_twice(version_of):
    table = version_of({"x": list(range(50_000)), "sex": ["m", "f"] * 25_000}).table
    assert guess(table) == guess(table)


@pytest.mark.slow
def test_a_thousand_columns_are_guessed_in_seconds(version_of):
    table = version_of({f"c{i}": [f"{i} {j}" for j in range(5000)] for i in range(1000)}).table
    begun = time.perf_counter()
    guess(table)
    assert time.perf_counter() - begun < 5


# --- Names ---------------------------------------------------------------------------------


@given(st.text())
def test_any_text_is_a_name(name):
    assert all(w == w.casefold() and w.strip() for w in words(name))
    for subject in SUBJECTS:
        subject.fits(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("HoursPerWeek", ("hours", "per", "week")),
        ("RAC1P", ("rac", "1", "p")),
        ("", ()),
        ("__", ()),
        ("Âge", ("age",)),
    ],
)
def test_a_name_is_cut_into_words(name, expected):
    assert words(name) == expected


def test_subjects_are_written_in_the_words_that_names_are_cut_into():
    """A phrase that is not cut like a name could never match."""
    for subject in (AGE, *SUBJECTS):
        for phrase in subject.phrases | subject.whole | subject.unless:
            assert " ".join(words(phrase)) == phrase


# --- Statements of the user ----------------------------------------------------------------


@pytest.fixture
def known():
    return RoleMap(
        columns=(
            ColumnRole(column="age", roles=(SENSITIVE, QUASI), reason="named like an age"),
            ColumnRole(column="sex", roles=(SENSITIVE, QUASI), reason="named like a sex"),
            ColumnRole(column="y", roles=(LABEL,), reason="named like a label"),
            ColumnRole(column="z"),
        ),
        positive="yes",
    )


def test_what_is_stated_replaces_what_was_guessed(known):
    roles = apply(known, label="z", sensitive=["sex"])
    assert roles.having(LABEL) == ("z",)
    assert roles.having(SENSITIVE) == ("sex",)
    assert roles.having(QUASI) == ("age", "sex"), "what is not stated stays"
    stated = {c.column: c for c in roles.columns if c.confirmed}
    assert set(stated) == {"z", "sex"}
    assert {c.reason for c in stated.values()} == {"given by the user"}


def test_scores_of_a_label_stated_before_are_not_those_of_another(known):
    first = apply(known, label="z", score="age")
    assert apply(first, label="z", positive="1").having(Role.SCORE) == ("age",)
    assert apply(first, label="sex").having(Role.SCORE) == ()
    assert apply(first, label="sex", score="age").having(Role.SCORE) == ("age",)


def test_stating_is_pure_and_idempotent(known):
    before = RoleMap(columns=known.columns, positive=known.positive)
    once = apply(known, label="z", positive="1", quasi_identifier=("age", "age"))
    assert known == before
    assert apply(once, label="z", positive="1", quasi_identifier="age") == once
    assert apply(known) == known


def test_a_positive_value_belongs_to_its_label(known):
    assert apply(known, label="z").positive is None
    assert apply(known, label="y").positive == "yes"
    assert apply(known, prediction="y").positive is None
    assert apply(known, positive="no").positive == "no"
    assert apply(known, sensitive="sex").positive == "yes"


def test_a_column_that_gets_one_use_loses_the_other(known):
    roles = apply(known, prediction="y")
    assert roles.of("y") == (Role.PREDICTION,)
    assert roles.one(LABEL) is None


def test_an_unknown_column_gets_the_nearest_name(known):
    with pytest.raises(ColumnError, match="Did you mean 'sex'"):
        apply(known, sensitive=["sx"])


@pytest.mark.parametrize(
    "stated",
    [
        {"label": ["y", "z"]},
        {"weight": ("age", "z")},
        {"label": "y", "prediction": "y"},
        {"score": "z", "split": "z"},
    ],
)
def test_what_only_one_column_can_be_is_checked(known, stated):
    with pytest.raises(ParameterError):
        apply(known, **stated)


def test_a_positive_value_needs_a_label(known):
    with pytest.raises(ParameterError, match="needs a label"):
        apply(RoleMap(columns=known.columns[:2]), positive="yes")


def test_a_label_may_be_sensitive_too(known):
    assert apply(known, label="sex").of("sex") == (LABEL, SENSITIVE, QUASI)
