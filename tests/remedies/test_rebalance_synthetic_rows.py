"""SMOTE: what synthetic rows are made of, what they lack, and what marks them."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.errors import ParameterError

ROLES = {"label": "paid", "positive": "yes", "direct_identifier": ["name"]}


def people(n=120):
    rng = np.random.default_rng(5)
    paid = np.where(np.arange(n) % 4 == 0, "yes", "no")
    age = rng.integers(20, 40, n) + 20 * (paid == "yes")
    return pa.table(
        {
            "name": [f"Person {i}" for i in range(n)],
            "age": pa.array(age, pa.int16()),
            "height": rng.normal(170, 9, n),
            "town": rng.choice(["x", "y", "z"], n),
            "since": [dt.date(2020, 1, 1) + dt.timedelta(days=int(d)) for d in rng.integers(0, 900, n)],
            "sex": np.where(np.arange(n) % 3 == 0, "f", "m"),
            "member": rng.random(n) < 0.5,
            "paid": paid,
        }
    )  # fmt: skip


def synthetic(done):
    return done.table.filter(done.table["synthetic"])


def test_classes_become_equal_and_synthetic_rows_are_marked(mended):
    done = mended(people(), ("smote", {}), roles=ROLES)
    labels = done.column("paid")
    assert labels.count("yes") == labels.count("no") == 90
    assert done.column("synthetic") == [False] * 120 + [True] * 60
    assert (done.effect.added, done.effect.copied) == (60, 0)


def test_rows_of_the_table_stay_as_they_are(mended):
    data = people()
    done = mended(data, ("smote", {}), roles=ROLES)
    assert done.table.slice(0, 120).drop_columns("synthetic").to_pylist() == data.to_pylist()


def test_values_keep_their_type_and_lie_within_those_of_their_class(mended):
    data = people()
    done = mended(data, ("smote", {}), roles=ROLES)
    own = [r for r in data.to_pylist() if r["paid"] == "yes"]
    for column in ("age", "height", "since"):
        values = [r[column] for r in own]
        made = synthetic(done)[column].to_pylist()
        assert min(values) <= min(made)
        assert max(made) <= max(values)
        assert done.version.table.type_of(column) == done.before.table.type_of(column)
    assert set(synthetic(done)["town"].to_pylist()) <= {r["town"] for r in own}


def test_identifiers_texts_and_weights_are_missing_in_synthetic_rows(mended):
    data = people().append_column("w", pa.array([1.5] * 120))
    notes = [f"told at length, number {i}" for i in range(120)]
    data = data.append_column("notes", pa.array(notes))
    done = mended(data, ("smote", {}), roles={**ROLES, "weight": "w", "free_text": ["notes"]})
    for column in ("name", "w", "notes"):
        assert synthetic(done)[column].null_count == 60
    assert not any("Person" in note or "told at" in note for note in done.effect.notes)


def test_labels_are_made_equal_within_each_group(mended):
    done = mended(people(), ("smote", {"by": ["sex"]}), roles=ROLES)
    found = done.table.group_by(["sex", "paid"]).aggregate([([], "count_all")]).to_pylist()
    counts = {(r["sex"], r["paid"]): r["count_all"] for r in found}
    assert counts["f", "yes"] == counts["f", "no"]
    assert counts["m", "yes"] == counts["m", "no"]


def test_the_same_seed_makes_the_same_version(mended):
    first, again, other = (mended(people(), ("smote", {"seed": s}), roles=ROLES) for s in (1, 1, 2))
    assert first.version.id == again.version.id != other.version.id


def test_synthetic_rows_lack_values_as_often_as_their_class_does_and_together(mended):
    data = people(400).to_pylist()
    for i, row in enumerate(data):
        row |= {"partner_income": 1000.5 + i, "partner_town": row["town"]}
        if i % 4 == 0 and i % 5:
            row |= {"partner_income": None, "partner_town": None}
    done = mended(pa.Table.from_pylist(data), ("smote", {}), roles=ROLES)
    made = synthetic(done)
    assert made.num_rows == 200
    assert made["partner_income"].null_count == made["partner_town"].null_count == 160
    both = zip(*(made[c].is_null().to_pylist() for c in ("partner_income", "partner_town")),
               strict=True)  # fmt: skip
    assert all(a == b for a, b in both)
    values = {v for v in made["partner_income"].to_pylist() if v is not None}
    assert len(values) > 10
    assert {v for v in made["partner_town"].to_pylist() if v is not None} <= {"x", "y", "z"}
    assert made["age"].null_count == 0


def test_whole_amounts_that_are_all_different_are_learnt_and_row_numbers_are_not(mended):
    rng = np.random.default_rng(8)
    n = 3000
    data = pa.table(
        {
            "no": np.arange(5000, 5000 + n),
            "gapped": np.sort(rng.choice(np.arange(2 * n), n, replace=False)),
            "income": np.rint(rng.lognormal(10.5, 0.5, n)).astype(int),
            "savings_cents": rng.choice(np.arange(10_000_000), n, replace=False),
            "sex": rng.choice(["f", "m"], n),
            "y": np.where(rng.random(n) < 0.2, "yes", "no"),
        }
    )
    roles = {"label": "y", "positive": "yes", "direct_identifier": []}
    done = mended(data, ("smote", {"by": ["sex"]}), roles=roles)
    made = synthetic(done)
    for column in ("income", "savings_cents"):
        assert made[column].null_count == 0
        assert len(set(made[column].to_pylist())) > 500
    assert made["no"].null_count == made["gapped"].null_count == made.num_rows
    (told,) = [note for note in done.effect.notes if note.startswith("Every synthetic row has no")]
    assert "“no” (whole numbers that are all different and number the rows)" in told
    assert "“gapped”" in told
    assert "income" not in told
    assert "give away" in told
    assert "drop them before a model learns" in told


@pytest.mark.parametrize("n", [40, 41])
def test_synthetic_rows_that_equal_rows_that_were_there_are_counted(mended, n):
    """Of two categories there are few rows to make, and all of them are there."""
    data = {"town": (["x", "y"] * n)[:n], "sex": ["f", None] * (n // 2) + ["f"] * (n % 2),
            "paid": ["yes"] * 10 + ["no"] * (n - 10)}  # fmt: skip
    done = mended(data, ("smote", {}), roles={"label": "paid", "positive": "yes"})
    rows = done.table.to_pylist()
    there = {(r["town"], r["sex"], r["paid"]) for r in rows if not r["synthetic"]}
    made = [(r["town"], r["sex"], r["paid"]) for r in rows if r["synthetic"]]
    equal = sum(m in there for m in made)
    assert equal
    told = [note for note in done.effect.notes if "true of somebody" in note]
    assert len(told) == 1
    assert f"{equal} of them equal a row that was there" in told[0]


def test_synthetic_rows_between_measurements_equal_no_row(mended):
    done = mended(people(), ("smote", {}), roles=ROLES)
    assert any("None of them equals a row that was there" in note for note in done.effect.notes)
    assert not any("of nobody" in note for note in done.effect.notes)


def test_a_class_of_one_row_has_no_neighbour_and_is_named(mended):
    data = people().slice(0, 40).to_pylist()
    rows = [r for r in data if r["paid"] == "no"] + [r for r in data if r["paid"] == "yes"][:1]
    done = mended(pa.Table.from_pylist(rows, people().schema), ("smote", {}), roles=ROLES)
    assert done.effect.added == 0
    assert any("Fewer than two rows" in note and "yes" in note for note in done.effect.notes)


def test_growth_is_capped_and_told(mended):
    done = mended(people(), ("smote", {"most_growth": 1.25}), roles=ROLES)
    assert done.effect.added == 30
    assert any("30 of 60 rows were made" in note for note in done.effect.notes)


@pytest.mark.parametrize("kept", [["town", "sex", "paid"], ["height", "paid"]])
def test_tables_of_categories_and_of_numbers_alone_are_done_too(mended, kept):
    roles = {"label": "paid", "positive": "yes"}
    done = mended(people().select(kept), ("smote", {}), roles=roles)
    assert done.effect.added == 60
    assert synthetic(done)["paid"].to_pylist() == ["yes"] * 60


def test_a_column_that_is_called_synthetic_and_marks_nothing_is_not_written_over(mended):
    data = people().append_column("synthetic", pa.array(["a"] * 120))
    with pytest.raises(ParameterError, match="There is a column 'synthetic' already"):
        mended(data, ("smote", {}), roles=ROLES)


def test_without_a_label_smote_and_massaging_say_what_is_needed(mended):
    data = {"x": [1.5, 2.5, 3.5], "colour": ["a", "b", "c"]}
    for name in ("smote", "massage"):
        with pytest.raises(ParameterError, match="needs a label"):
            mended(data, (name, {"by": ["colour"]}))


def test_massaging_gives_each_group_the_overall_rate_and_keeps_how_many_are_positive(mended):
    data = people(300)
    done = mended(data, ("massage", {"by": ["town"]}), roles=ROLES)
    before, after = data["paid"].to_pylist(), done.column("paid")
    assert before.count("yes") == after.count("yes")
    for town in "xyz":
        own = [p for p, t in zip(after, done.column("town"), strict=True) if t == town]
        assert abs(own.count("yes") - len(own) * 75 / 300) <= 1
    changed = [a != b for a, b in zip(before, after, strict=True)]
    assert done.column("label_changed") == changed
    assert done.effect.changed == sum(changed) > 0
    assert done.effect.rows_in == done.effect.rows_out
    assert any(note.startswith("Labels were changed") for note in done.effect.notes)


def test_massaging_changes_the_labels_that_are_least_sure(mended):
    """The young are seldom paid: of the group that gets labels the oldest get them."""
    n = 200
    age = np.arange(n) % 100
    sex = np.where(np.arange(n) < 100, "m", "f")
    paid = np.where(age >= np.where(sex == "m", 30, 70), "yes", "no")
    done = mended(
        {"age": (age + 0.5).tolist(), "sex": sex.tolist(), "paid": paid.tolist()},
        ("massage", {"by": ["sex"]}),
        roles={"label": "paid", "positive": "yes", "sensitive": ["sex"]},
    )
    changed = [(s, a) for s, a, c in zip(sex, age, done.column("label_changed"), strict=True) if c]
    assert sorted(a for s, a in changed if s == "f") == list(range(50, 70))
    assert sorted(a for s, a in changed if s == "m") == list(range(30, 50))


@pytest.mark.parametrize(
    ("labels", "told"),
    [(["a", "b", "c"], "label of two values"), (["a"], "label of two values")],
)
def test_massaging_refuses_labels_that_are_not_two(mended, labels, told):
    data = {"x": [float(i) for i in range(30)], "g": ["u", "v"] * 15,
            "paid": (labels * 30)[:30]}  # fmt: skip
    with pytest.raises(ParameterError, match=told):
        mended(data, ("massage", {"by": ["g"]}), roles={"label": "paid"})


def test_massaging_a_label_of_numbers_writes_numbers(mended):
    data = {"x": [float(i % 17) for i in range(60)], "g": ["u"] * 30 + ["v"] * 30,
            "paid": [1] * 20 + [0] * 30 + [1] * 10}  # fmt: skip
    done = mended(data, ("massage", {"by": ["g"]}), roles={"label": "paid", "positive": "1"})
    assert done.version.table.type_of("paid") == "BIGINT"
    assert sum(done.column("paid")[:30]) == sum(done.column("paid")[30:]) == 15
    assert runner.roles(done.version).positive == "1"
