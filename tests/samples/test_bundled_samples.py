"""The bundled samples are what their README and their truth file say."""

import csv
import json
import math
import re
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from audit.model import Role
from sample_data import build_adult, build_berkeley, generate_loans

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"
SHARED = ROOT.parent / "shared/data"


@cache
def loans() -> tuple[dict[str, str], ...]:
    with (SAMPLES / "loans.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def truth() -> dict[str, dict]:
    text = (SAMPLES / "loans_truth.json").read_text(encoding="utf-8")
    return json.loads(text)["faults"]


def places(column: str, *values: str) -> list[int]:
    return [i for i, row in enumerate(loans()) if row[column] in values]


def test_every_sample_listed_is_there_with_columns_and_roles_that_exist():
    listed = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))
    assert [s["id"] for s in listed] == ["loans", "adult", "berkeley"]
    for sample in listed:
        path = SAMPLES / sample["file"]
        if path.suffix == ".parquet":
            columns = pq.read_schema(path).names
        else:
            columns = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert set(sample["roles"]) <= set(columns)
        assert all(Role(role) for roles in sample["roles"].values() for role in roles)
        assert all(sample[key] for key in ("title", "description", "licence", "source"))


def test_the_positive_value_of_each_sample_is_a_value_of_its_label():
    listed = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))
    by_id = {s["id"]: s for s in listed}
    assert by_id["loans"]["positive"] in {row["approved"] for row in loans()}
    income = pq.read_table(SAMPLES / "adult.parquet", columns=["income"])["income"]
    assert by_id["adult"]["positive"] in income.unique().to_pylist()
    assert by_id["berkeley"]["positive"] in {line[-3:] for line in build_berkeley.lines()}


def test_samples_are_small_enough_to_travel_in_the_wheel():
    assert (SAMPLES / "adult.parquet").stat().st_size < 1_000_000
    assert sum(path.stat().st_size for path in SAMPLES.glob("*.*")) < 3_000_000


# --- Adult ---------------------------------------------------------------------------------


def test_adult_equals_the_original_files_but_for_blanks_and_full_stops():
    if not (SHARED / "adult_uci").is_dir():
        pytest.skip("shared data is absent")
    rebuilt = build_adult.read(SHARED / "adult_uci")
    assert pq.read_table(SAMPLES / "adult.parquet").equals(rebuilt)


def test_adult_keeps_the_published_counts_its_question_marks_and_52_duplicates():
    table = pq.read_table(SAMPLES / "adult.parquet")
    rows = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
    assert (len(rows), len(table.column_names)) == (48_842, 15)
    assert len(rows) - len(set(rows)) == 52
    marks = {name: table[name].to_pylist().count("?") for name in table.column_names}
    assert {name: n for name, n in marks.items() if n} == {
        "workclass": 2799,
        "occupation": 2809,
        "native-country": 857,
    }
    assert Counter(table["income"].to_pylist()) == {">50K": 11_687, "<=50K": 37_155}


def test_adult_is_built_from_the_published_files_only(tmp_path):
    (tmp_path / "adult.data").write_text("39, State-gov, 77516\n")
    with pytest.raises(ValueError, match="not the file that UCI publishes"):
        build_adult.read(tmp_path)


# --- Berkeley ------------------------------------------------------------------------------


def test_berkeley_is_what_its_counts_write():
    written = (SAMPLES / "berkeley.csv").read_text(encoding="ascii")
    assert written == "\n".join(build_berkeley.lines()) + "\n"


def test_berkeley_gives_the_reference_values_of_label_bias():
    """metrics.md: CI .1891, DPL .1416, DI .6818, DD .1438, CDDL by department -.0193."""
    with (SAMPLES / "berkeley.csv").open(encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file))
    woman = np.array([row["gender"] == "female" for row in rows])
    admitted = np.array([row["admitted"] == "yes" for row in rows])
    department = np.array([row["department"] for row in rows])

    def disparity(among: np.ndarray) -> float:
        return woman[among & ~admitted].sum() / (among & ~admitted).sum() - (
            woman[among & admitted].sum() / (among & admitted).sum()
        )

    everyone = np.full(len(rows), fill_value=True)
    in_each = [department == d for d in "ABCDEF"]
    men, women = admitted[~woman].mean(), admitted[woman].mean()
    assert len(rows) == 4526
    assert ((~woman).sum() - woman.sum()) / len(rows) == pytest.approx(0.1891, abs=5e-5)
    assert men - women == pytest.approx(0.1416, abs=5e-5)
    assert women / men == pytest.approx(0.6818, abs=5e-5)
    assert disparity(everyone) == pytest.approx(0.1438, abs=5e-5)
    conditional = sum(d.sum() * disparity(d) for d in in_each) / len(rows)
    assert conditional == pytest.approx(-0.0193, abs=5e-5)


# --- Loans ---------------------------------------------------------------------------------


def test_loans_and_their_truth_are_generated_byte_for_byte():
    table, known = generate_loans.files()
    assert (SAMPLES / "loans.csv").read_bytes() == table.encode()
    assert (SAMPLES / "loans_truth.json").read_bytes() == known.encode()


def test_another_seed_gives_other_loans(monkeypatch):
    monkeypatch.setattr(generate_loans, "SEED", 1969)
    assert (SAMPLES / "loans.csv").read_bytes() != generate_loans.files()[0].encode()


@pytest.mark.parametrize(
    ("fault", "column"),
    [
        ("coded-missing-number", "years_employed"),
        ("coded-missing-text", "occupation"),
        ("near-constant", "channel"),
        ("negative-age", "age"),
        ("excessive-age", "age"),
        ("future-date", "application_date"),
        ("number-as-text", "collateral_value"),
        ("outlier", "loan_amount"),
        ("spelling-variants", "gender"),
        ("rare-group-gender", "gender"),
        ("rare-group-ethnicity", "ethnicity"),
        ("missing-income", "annual_income"),
        ("missing-income", "monthly_income"),
    ],
)
def test_a_planted_value_stands_in_the_rows_told_and_in_no_others(fault, column):
    known = truth()[fault]
    assert known["rows"] == places(column, *known["values"])
    assert known["count"] == len(known["rows"]) > 0


def test_the_duplicates_told_are_all_there_are():
    seen: set[tuple[str, ...]] = set()
    again = []
    for i, row in enumerate(loans()):
        cells = tuple(row.values())
        if cells in seen:
            again.append(i)
        seen.add(cells)
    assert truth()["duplicate-rows"]["rows"] == again
    assert len(again) == 120


def test_faults_of_whole_columns_have_the_counts_told():
    counted = {
        "constant": len(places("country", "US")),
        "zeros": len(places("existing_debt", "0")),
        "leading-zeros": sum(row["zip"].startswith("0") for row in loans()),
        "missing-together": len(places("co_applicant_income", "")),
        "missing-notes": len(places("notes", "")),
    }
    assert counted == {fault: truth()[fault]["count"] for fault in counted}
    assert places("co_applicant_income", "") == places("co_applicant_age", "")


def test_decision_codes_give_the_label_away_in_every_row():
    assert {(row["decision_code"][0], row["approved"]) for row in loans()} == {
        ("A", "yes"),
        ("D", "no"),
    }


def test_refusals_turned_are_all_there_is_between_the_groups():
    """Merit knows no group: undoing the planted refusals leaves no difference beyond chance."""
    turned = set(truth()["label-bias"]["rows"])
    black = [i for i, row in enumerate(loans()) if row["ethnicity"] == "Black"]
    others = [i for i, row in enumerate(loans()) if row["ethnicity"] != "Black"]

    def share(rows: list[int], *, undone: bool) -> float:
        yes = [loans()[i]["approved"] == "yes" or (undone and i in turned) for i in rows]
        return sum(yes) / len(rows)

    assert turned <= set(black)
    assert share(others, undone=False) - share(black, undone=False) > 0.15
    gap = share(others, undone=True) - share(black, undone=True)
    error = math.sqrt(0.25 / len(black) + 0.25 / len(others))
    assert abs(gap) < 2.5 * error
    earned = [i for i in black if loans()[i]["approved"] == "yes" or i in turned]
    assert len(turned) / len(earned) == pytest.approx(0.3, abs=0.03)


def test_zip_gives_ethnicity_away():
    """Guessing each ZIP's most frequent ethnicity is right far more often than 'White' is."""
    by_zip: dict[str, Counter[str]] = {}
    for row in loans():
        by_zip.setdefault(row["zip"], Counter())[row["ethnicity"]] += 1
    right = sum(max(counts.values()) for counts in by_zip.values())
    most_frequent = Counter(row["ethnicity"] for row in loans()).most_common(1)[0][1]
    assert right / len(loans()) > most_frequent / len(loans()) + 0.25


PATTERNS = {
    "PERSON": r"\w+ \w+",
    "EMAIL_ADDRESS": r"[a-z.]+@(example\.com|example\.org|mail\.example\.net)",
    "PHONE_NUMBER": r"(\(\d{3}\) 555-01\d\d|\d{3}-555-01\d\d|\+1 \d{3} 555 01\d\d)",
    "US_SSN": r"(000|9\d\d)-[0-4]\d-\d{4}",
}


def test_spans_of_personal_data_cut_out_exactly_what_they_name():
    known = truth()["personal-data"]
    assert sorted(map(int, known["spans"])) == known["rows"]
    for row, spans in known["spans"].items():
        note = loans()[int(row)]["notes"]
        for entity, start, end in spans:
            assert re.fullmatch(PATTERNS[entity], note[start:end])


def test_no_personal_data_stands_outside_the_spans_told():
    spans = truth()["personal-data"]["spans"]
    form = re.compile(r"@|\d{3}-\d{2}-\d{4}|555[- ]01")
    for i, row in enumerate(loans()):
        left = list(row["notes"])
        for _, start, end in spans.get(str(i), []):
            left[start:end] = " " * (end - start)
        assert not form.search("".join(left))


def test_zip_codes_begin_with_digits_that_no_place_has():
    assert {row["zip"][:3] for row in loans()} == {"002", "003", "004", "213", "269", "343", "345"}
