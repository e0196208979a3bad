"""A parameter that is given is used, or it is said why it is not."""

import pytest

from audit.errors import ParameterError
from audit.runner import make_step

DATA = {"a": [1, None, 9], "t": ["x", None, "y"]}


def test_a_value_to_fill_in_needs_no_method(mended):
    step = ("fill-missing", {"columns": ["t"], "value": "unknown"})
    assert mended(DATA, step).column("t") == ["x", "unknown", "y"]


@pytest.mark.parametrize(
    ("remedy", "params", "says"),
    [
        ("fill-missing", {"columns": ["a"], "method": "mean", "value": 3}, "method is mean"),
        ("bin-values", {"column": "a", "edges": [0, 5, 10]}, "method: edges"),
        ("clip-outliers", {"method": "quantile", "factor": 9}, "factor is of method"),
        ("drop-duplicates", {"order": "lowest"}, "keep is first"),
        ("clear-out-of-range", {"columns": ["a"], "minimum": 9, "maximum": 1}, "above the highest"),
        ("clear-out-of-range", {"columns": ["a"], "minimum": "nan"}, "needs a number"),
        ("redact-pii", {"thresholds": {"EMAIL_ADRESS": 0.1}}, "EMAIL_ADDRESS"),
        ("reweigh", {"by": ["t"], "label": "a", "bins": {"aa": [3]}}, "no column 'aa'"),
    ],
)
def test_what_another_method_needs_is_refused(mended, remedy, params, says):
    with pytest.raises(ParameterError) as error:
        mended(DATA, (remedy, params))
    assert says in f"{error.value} {error.value.hint}"


def test_a_column_that_tells_the_best_copy_is_refused_where_the_first_is_kept():
    with pytest.raises(ParameterError, match="keep is first, not best"):
        make_step("drop-duplicates", {"by": "a"})


NONE_FITS = {"n": [1.5, 2.5, 7.5, 8.25], "flag": [True, False, True, True]}


@pytest.mark.parametrize(
    "remedy",
    [
        "change-case", "clear-out-of-range", "decrypt", "drop-pii-rows", "fill-missing", "fix-text",
        "flag-zeros", "hash-keyed", "mask", "one-hot", "parse-dates", "parse-numbers",
        "pseudonymize", "redact-pii", "replace-with-tag", "shift-dates", "trim-space",
        "unify-variants",
    ],
)  # fmt: skip
def test_where_no_column_is_named_and_none_fits_nothing_is_done(mended, remedy):
    done = mended(NONE_FITS, (remedy, {}), key=b"a key that nobody can guess")
    assert done.effect.did_nothing
    assert {c: done.column(c) for c in NONE_FITS} == NONE_FITS


@pytest.mark.parametrize(
    ("remedy", "params", "note"),
    [
        ("generalize", {"column": "a", "width": 5, "below": 2}, "by bins: 'below' was not"),
        ("generalize", {"column": "t", "method": "prefix", "edges": [1]}, "by prefix: 'edges'"),
        ("fill-missing", {"columns": ["t"], "method": "knn"}, "'t' holds no numbers"),
        ("k-anonymize", {"columns": ["a"], "k": 2, "sensitive": ["t"]}, "neither l nor t"),
        ("unify-variants", {"map": {"t": {"X": "x", "y": "Y"}}}, "No row has 1 of the 2 spellings"),
        (
            "filter-dates",
            {"column": "t", "start": "2024-01-01", "missing": "keep"},
            "3 rows stay in which 't' is missing or no date",
        ),
        (
            "resample",
            {"by": ["t"], "shares": [{"group": {"t": "x"}, "amount": 1}], "label": "a"},
            "'shares' was not made use of",
        ),
        ("redact-pii", {"entities": ["PERSON"], "names": False}, "PERSON: not looked for"),
        ("drop-pii-rows", {"entities": ["PERSON"], "names": False}, "PERSON: not looked for"),
    ],
)
def test_what_the_step_makes_no_use_of_is_told(mended, remedy, params, note):
    assert any(note in told for told in mended(DATA, (remedy, params)).effect.notes)
