"""k-anonymize: k, l and t hold, cells hold what stood in them, no class could be cut further."""

from collections import defaultdict

import pyarrow as pa
import pytest

from audit import runner
from audit.errors import ParameterError

COLUMNS = ["age", "job"]
PEOPLE = {
    "age": [25, 34, 31, 47, 52, 49],
    "job": ["nurse", "nurse", "cook", "pilot", "cook", "pilot"],
    "ill": ["flu", "flu", "cold", "flu", "cold", "cold"],
}


def test_numbers_become_ranges_and_categories_sets(mended):
    done = mended(PEOPLE, ("k-anonymize", {"columns": COLUMNS, "k": 3}))
    assert done.column("age") == ["[25-34]"] * 3 + ["[47-52]"] * 3
    assert done.column("job") == ["{cook, nurse}"] * 3 + ["{cook, pilot}"] * 3
    assert done.column("ill") == PEOPLE["ill"]
    assert done.effect.removed == 0
    assert "2 classes of 3 to 3 rows" in done.effect.notes[0]


@pytest.mark.parametrize(("how", "young", "old"), [("mean", 30, 148 / 3), ("median", 31, 49)])
def test_numbers_may_stay_numbers(mended, how, young, old):
    done = mended(PEOPLE, ("k-anonymize", {"columns": COLUMNS, "k": 3, "numbers": how}))
    assert done.column("age") == pytest.approx([young] * 3 + [old] * 3)


def test_categories_are_parted_into_whichever_sets_leave_k_rows_each(mended):
    data = {"job": list("aaaabbbbcd")}
    done = mended(data, ("k-anonymize", {"columns": ["job"], "k": 5}))
    a, b = "{a, c}", "{b, d}"
    assert done.column("job") == [a] * 4 + [b] * 4 + [a, b]


def test_without_columns_those_with_the_role_are_taken(mended):
    roles = {"quasi_identifier": COLUMNS}
    done = mended(PEOPLE, ("k-anonymize", {"k": 3}), roles=roles)
    assert done.column("age") == ["[25-34]"] * 3 + ["[47-52]"] * 3
    with pytest.raises(ParameterError, match="No column is a quasi-identifier"):
        mended({"x": [1.5, 2.5, 3.25]}, ("k-anonymize", {"k": 3}))


def test_missing_is_a_value_of_its_own_and_named_where_it_is_among_others(mended):
    data = {"age": [None, 30, 40, None, None], "sex": ["f", "f", "f", None, None]}
    done = mended(data, ("k-anonymize", {"columns": ["age", "sex"], "k": 2}))
    assert done.column("age") == [None, "[30-40]", "[30-40]", None, None]
    assert done.column("sex") == ["f or missing", "f", "f", "f or missing", "f or missing"]
    done = mended(data, ("k-anonymize", {"columns": ["age"], "k": 5}))
    assert set(done.column("age")) == {"[30-40] or missing"}
    done = mended(data, ("k-anonymize", {"columns": ["age"], "k": 5, "numbers": "mean"}))
    assert set(done.column("age")) == {35.0}
    assert "for 3 missing values the mean of the class stands" in done.effect.notes[1]


def test_dates_negative_numbers_and_values_with_commas_stay_readable(mended):
    from datetime import date

    data = {
        "born": [date(1990, 1, 2), date(1991, 5, 6)],
        "debt": [-5, -2],
        "name": ["Rossi, Anna", "Meier"],
    }
    done = mended(data, ("k-anonymize", {"columns": list(data), "k": 2}))
    assert done.column("born") == ["[1990-01-02 to 1991-05-06]"] * 2
    assert done.column("debt") == ["[-5 to -2]"] * 2
    assert done.column("name") == ['{Meier, "Rossi, Anna"}'] * 2


def test_of_too_many_values_the_first_and_last_are_listed_and_it_is_said(mended):
    data = {"town": [f"t{i:02}" for i in range(30)]}
    done = mended(data, ("k-anonymize", {"columns": ["town"], "k": 30}))
    assert set(done.column("town")) == {"{t00 … t29: 30 values}"}
    assert "more than 20 values" in done.effect.notes[1]


def test_fewer_rows_than_k_is_an_error_that_says_so(mended):
    with pytest.raises(ParameterError, match=r"6 rows, fewer than k = 7"):
        mended(PEOPLE, ("k-anonymize", {"columns": COLUMNS, "k": 7}))


def test_more_diversity_than_there_are_values_is_an_error(mended):
    given_ = {"columns": COLUMNS, "k": 2, "l": 3, "sensitive": ["ill"]}
    with pytest.raises(ParameterError, match="l = 3 cannot be"):
        mended(PEOPLE, ("k-anonymize", given_))


def test_diversity_needs_a_sensitive_column_and_takes_the_label(mended):
    with pytest.raises(ParameterError, match="need a sensitive column"):
        mended(PEOPLE, ("k-anonymize", {"columns": COLUMNS, "k": 2, "l": 2}))
    done = mended(
        PEOPLE, ("k-anonymize", {"columns": COLUMNS, "k": 2, "l": 2}), roles={"label": "ill"}
    )
    seen = defaultdict(set)
    for age, job, ill in zip(*(done.column(c) for c in ("age", "job", "ill")), strict=True):
        seen[age, job].add(ill)
    assert min(map(len, seen.values())) == 2


def test_a_table_without_rows_stays_one(mended):
    data = pa.table({"age": pa.array([], pa.int64()), "job": pa.array([], pa.string())})
    done = mended(data, ("k-anonymize", {"columns": COLUMNS}))
    assert done.table.num_rows == 0
    assert done.table.schema.field("age").type == pa.string()


def test_infinite_numbers_and_what_is_no_number_are_held_too(mended):
    data = {"x": [float("inf"), float("-inf"), float("nan"), 1.5, -0.0, 0.0]}
    done = mended(data, ("k-anonymize", {"columns": ["x"], "k": 2}))
    beyond, lowest = "[1.5 to inf]", "-inf or missing"
    assert done.column("x") == [beyond, lowest, lowest, beyond, "0", "0"]


@pytest.mark.parametrize("strict", [True, False])
def test_diversity_and_closeness_hold_by_the_report_and_the_sum_of_rows_stays(mended, strict):
    import numpy as np

    rng = np.random.default_rng(5)
    data = {
        "age": rng.integers(18, 80, 900).tolist(),
        "zone": rng.choice(list("abcdef"), 900).tolist(),
        "ill": rng.choice(["flu", "cold", "gout", "none"], 900).tolist(),
        "cost": rng.integers(0, 40, 900).tolist(),
    }
    step = {"columns": ["age", "zone"], "k": 6, "l": 3, "t": 0.35, "sensitive": ["ill", "cost"]}
    roles = {"quasi_identifier": ["age", "zone"], "sensitive": ["ill", "cost"]}
    done = mended(data, ("k-anonymize", {**step, "strict": strict}), roles=roles)
    report = runner.report(done.version, "reidentification")
    assert report.risk.k >= 6
    assert report.risk.classes > 10
    for disclosure in report.disclosures:
        assert disclosure.l_diversity >= 3
        assert disclosure.t <= 0.35
