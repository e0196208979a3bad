"""Rebalancing of real data: weights, rates and margins that are known from outside."""

import json
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from audit import runner
from audit.mending.change import Context
from audit.mending.forecast import forecast_of


@cache
def adult(path):
    """Read race, sex and income of both files as the README tells it; '.' ends labels of one."""
    rows = [
        [cell.strip() for cell in line.rstrip(".").split(",")]
        for name in ("adult.data", "adult.test")
        for line in (path / name).read_text().splitlines()
        if line and not line.startswith("|")
    ]
    places = {"race": 8, "sex": 9, "income": 14}
    return pa.table({name: [row[at] for row in rows] for name, at in places.items()})


@pytest.fixture
def census(shared):
    path = shared("adult_uci")
    return adult(path), json.loads((path / "expected.json").read_text())


def german(path, rows=None):
    """Read age, sex (A92 is female) and the label of the credit data; 1 is good."""
    lines = [line.split() for line in (path / "german.data").read_text().splitlines()]
    chosen = lines if rows is None else [lines[i] for i in rows]
    return pa.table(
        {
            "age": [int(line[12]) for line in chosen],
            "sex": ["female" if line[8] == "A92" else "male" for line in chosen],
            "credit": [line[20] for line in chosen],
        }
    )


ROLES = {"label": "income", "positive": ">50K", "sensitive": ["sex", "race"]}
GERMAN = {"label": "credit", "positive": "1", "sensitive": ["age", "sex"]}


def rates(table, column, label, positive, weight=None):
    """Compute (weighted) label rates with Arrow alone."""
    yes = pc.equal(table[label], positive).cast(pa.float64())
    weights = table[weight] if weight else pa.array([1.0] * table.num_rows)
    frame = pa.table(
        {"g": table[column], "w": weights, "p": pc.multiply(yes, weights)}
    ).group_by("g").aggregate([("w", "sum"), ("p", "sum")])  # fmt: skip
    return dict(
        zip(frame["g"].to_pylist(), pc.divide(frame["p_sum"], frame["w_sum"]).to_pylist(),
            strict=True)
    )  # fmt: skip


def test_reweighing_gives_the_weights_that_are_published_and_a_parity_difference_of_0(
    mended, census
):
    data, expected = census
    done = mended(data, ("reweigh", {"by": ["sex"]}), roles=ROLES)
    found = done.table.group_by(["sex", "income"]).aggregate([("weight", "mean")])
    weights = {f"{r['sex']},{r['income']}": r["weight_mean"] for r in found.to_pylist()}
    assert weights == pytest.approx(
        expected["kamiran_calders_reweighing_weights_sex_full"], abs=5e-7
    )
    after = rates(done.table, "sex", "income", ">50K", "weight")
    assert abs(after["Female"] - after["Male"]) < 1e-12
    assert sum(done.column("weight")) == pytest.approx(48842)
    assert done.version.roles().stated("weight") == "weight"


def test_weights_of_groups_and_labels_together_make_every_rate_the_same(mended, census):
    done = mended(census[0], ("reweigh", {"by": ["race", "sex", "income"]}), roles=ROLES)
    for column in ("race", "sex"):
        after = rates(done.table, column, "income", ">50K", "weight").values()
        assert max(after) - min(after) < 1e-12


def test_german_credit_as_its_readme_prepares_it_goes_from_the_published_difference_to_0(
    mended, shared
):
    import numpy as np

    path = shared("german_credit")
    known = json.loads((path / "expected.json").read_text())
    key = next(k for k in known if k.startswith("AIF360 tutorial"))
    drawn = np.random.RandomState(0).permutation(1000)[:700]
    data = german(path, drawn)
    step = ("reweigh", {"by": ["age"], "bins": {"age": [25]}})
    done = mended(data, step, roles=GERMAN)
    table = done.table.append_column("old", pc.greater_equal(done.table["age"], 25))
    before, after = (rates(table, "old", "credit", "1", w) for w in (None, "weight"))
    assert before[False] - before[True] == pytest.approx(known[key]["SPD_before"], abs=5e-7)
    assert abs(after[False] - after[True]) < 1e-12


@pytest.mark.parametrize(
    ("target", "method"),
    [("equal", "over"), ("equal-rates", "over"), ("equal-rates", "under"), ("independent", "both")],
)
def test_label_rates_of_adult_are_equal_and_what_was_forecast(mended, census, target, method):
    given = {"by": ["sex", "income"], "target": target, "method": method, "seed": 7}
    check(mended, census[0], given, ROLES, "sex", ("income", ">50K"))


@pytest.mark.parametrize("target", ["equal", "equal-rates", "independent"])
def test_label_rates_of_german_credit_are_equal_and_what_was_forecast(mended, shared, target):
    given = {"by": ["sex", "credit"], "target": target}
    check(mended, german(shared("german_credit")), given, GERMAN, "sex", ("credit", "1"))


def check(mended, data, given, roles, column, label):
    done = mended(data, ("resample", given), roles=roles)
    step = runner.make_step("resample", given).params
    told = forecast_of(done.before.table, step, Context(roles=runner.roles(done.before)))
    after = rates(done.table, column, *label)
    impact = min(after.values()) / max(after.values())
    assert impact == pytest.approx(1, abs=0.01)
    assert told.disparate_impact_then == pytest.approx(impact, abs=1e-12)
    effect = done.effect
    assert (told.then, told.removed, told.copied) == (
        effect.rows_out, effect.removed, effect.copied,
    )  # fmt: skip
    counted = done.table.group_by(list(told.columns)).aggregate([([], "count_all")]).to_pylist()
    found = {tuple(row[c] for c in told.columns): row["count_all"] for row in counted}
    assert {tuple(v for _, v in c.levels): c.then for c in told.cells} == found
    assert {c.reached for c in told.cells} == {True}


def test_raking_reaches_its_margins_to_a_millionth(mended, census):
    data, _ = census
    wanted = {
        "sex": {"Male": 0.49, "Female": 0.51},
        "race": {"White": 0.6, "Black": 0.2, "Asian-Pac-Islander": 0.1,
                 "Amer-Indian-Eskimo": 0.05, "Other": 0.05},
    }  # fmt: skip
    given = [{"group": {c: v}, "amount": a} for c, own in wanted.items() for v, a in own.items()]
    done = mended(data, ("rake", {"reference": given}), roles=ROLES)
    for column, own in wanted.items():
        found = done.table.group_by(column).aggregate([("weight", "sum")]).to_pylist()
        shares = {row[column]: row["weight_sum"] / 48842 for row in found}
        assert shares == pytest.approx(own, abs=1e-6)
    assert not done.effect.notes


def test_a_joint_reference_is_met_exactly(mended, census):
    sexes, incomes = ("Male", "Female"), ("<=50K", ">50K")
    given = [
        {"group": {"sex": s, "income": i}, "amount": a}
        for (s, i), a in zip(((s, i) for s in sexes for i in incomes), (4, 3, 2, 1), strict=True)
    ]
    done = mended(census[0], ("rake", {"reference": given}), roles=ROLES)
    found = done.table.group_by(["sex", "income"]).aggregate([("weight", "sum")]).to_pylist()
    shares = {(r["sex"], r["income"]): r["weight_sum"] / 48842 for r in found}
    for row in given:
        assert shares[row["group"]["sex"], row["group"]["income"]] == pytest.approx(
            row["amount"] / 10, abs=1e-12
        )
