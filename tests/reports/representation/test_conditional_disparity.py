"""Label disparity within strata: Berkeley, and a second implementation."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from audit.model import ColumnRole, Role, RoleMap
from audit.reports.representation.axes import axis_of
from audit.reports.representation.conditional import conditionals
from audit.reports.representation.label import read_label
from audit.reports.representation.options import Options

ROOT = Path(__file__).parents[3]


@pytest.fixture
def within(version_of):
    """Measure a frame with the sensitive columns and the label named."""

    def measure(data, *, sensitive, label, positive=None, weight=None, more=(), **options):
        table = version_of(data).table
        roles = RoleMap(
            columns=(
                ColumnRole(column=label, roles=(Role.LABEL,)),
                *(ColumnRole(column=c, roles=(Role.SENSITIVE,)) for c in sensitive),
                *(ColumnRole(column=c, roles=(role,)) for c, role in more),
            ),
            positive=positive,
        )
        axes = tuple(axis_of(table, c) for c in sensitive)
        read = read_label(table, roles)
        chosen = Options(**{"min_group": 10, **options})
        return conditionals(table, axes, read, roles, chosen, weight)

    return measure


def plain(data, sensitive, group, label, positive, stratum, weight=None):
    """Second implementation: stratum by stratum, from the rows."""
    w = data[weight] if weight else pd.Series(1.0, index=data.index)
    total = 0.0
    for _, part in data.groupby(stratum, dropna=False):
        own = part[sensitive] == group
        yes = part[label] == positive
        of = w[part.index]
        if of[yes].sum() and of[~yes].sum():
            disparity = of[own & ~yes].sum() / of[~yes].sum() - of[own & yes].sum() / of[yes].sum()
            total += of.sum() * disparity
    return total / w.sum()


def random_people(n=600, seed=0):
    rng = np.random.default_rng(seed)
    data = pd.DataFrame(
        {
            "sex": rng.choice(["F", "M"], n),
            "race": rng.choice(["A", "B", "C", None], n, p=[0.5, 0.3, 0.15, 0.05]),
            "work": rng.choice(list("pqrst"), n),
            "town": rng.choice(["x", "y", None], n),
            "w": rng.integers(1, 5, n),
        }
    )
    data["y"] = np.where(rng.random(n) < 0.2 + 0.3 * (data.work == "p"), "yes", "no")
    data.loc[data.work == "t", "y"] = "no"
    return data


def test_berkeley_by_department(within):
    data = pd.read_csv(ROOT / "sample_data" / "berkeley.csv")
    found = within(data, sensitive=["gender"], label="admitted", positive="yes", min_group=100)
    women = next(c for c in found if c.level == "female")
    assert (women.stratum, len(women.strata)) == ("department", 6)
    assert round(women.conditional.value, 4) == -0.0193
    assert round(women.overall.value, 4) == 0.1438
    a = women.strata[0]
    assert (a.stratum, a.n, a.positives, a.rest_n) == ("A", 108, 89, 825)
    assert (a.rate, a.rest_rate) == (pytest.approx(89 / 108), pytest.approx(512 / 825))
    # The sign turns; what is there within departments may be chance, as its interval says.
    assert women.conditional.low < 0 < women.conditional.high
    assert women.reversed


@pytest.mark.parametrize("weight", [None, "w"])
def test_disparities_equal_a_second_implementation(within, weight):
    data = random_people()
    found = within(
        data,
        sensitive=["sex", "race"],
        label="y",
        positive="yes",
        weight=weight,
        more=[("w", Role.WEIGHT)],
        resamples=50,
    )
    seen = {(c.column, c.level, c.stratum) for c in found}
    assert seen == {
        *((("sex", s, t)) for s in "FM" for t in ("race", "work", "town")),
        *((("race", r, t)) for r in "ABC" for t in ("sex", "work", "town")),
    }
    for c in found:
        expected = plain(data, c.column, c.level, "y", "yes", c.stratum, weight)
        assert c.conditional.value == pytest.approx(expected, abs=1e-12)
        whole = plain(data.assign(all=1), c.column, c.level, "y", "yes", "all", weight)
        assert c.overall.value == pytest.approx(whole, abs=1e-12)
        assert c.conditional.method == ("bootstrap:50; weighted" if weight else "bootstrap:50")
        assert c.conditional.n == len(data)


def test_intervals_are_those_of_resampled_rows(within):
    data = random_people(1500, seed=3)
    found = within(data, sensitive=["sex"], label="y", positive="yes", strata=("work",))
    women = next(c for c in found if c.level == "F")
    own, yes = (data.sex == "F").to_numpy(), (data.y == "yes").to_numpy()
    work = data.work.to_numpy()
    rng = np.random.default_rng(1)
    drawn = []
    for _ in range(1000):
        at = rng.integers(0, 1500, 1500)
        d, y, total = own[at], yes[at], 0.0
        for kind in "pqrs":
            s = work[at] == kind
            total += s.sum() * (d[s & ~y].sum() / (s & ~y).sum() - d[s & y].sum() / (s & y).sum())
        drawn.append(total / 1500)
    low, high = np.percentile(drawn, [2.5, 97.5])
    near = pytest.approx((low, high), abs=0.12 * (high - low))
    assert (women.conditional.low, women.conditional.high) == near


def test_a_reversal_beyond_chance_is_told(within):
    rows = [
        *[("hard", "F", "yes", 300), ("hard", "F", "no", 500)],
        *[("hard", "M", "yes", 30), ("hard", "M", "no", 70)],
        *[("easy", "F", "yes", 95), ("easy", "F", "no", 5)],
        *[("easy", "M", "yes", 680), ("easy", "M", "no", 120)],
    ]
    data = pd.DataFrame([row[:3] for row in rows for _ in range(row[3])], columns=["d", "s", "y"])
    women = next(
        c for c in within(data, sensitive=["s"], label="y", positive="yes") if c.level == "F"
    )
    assert women.overall.low > 0
    assert women.conditional.high < 0
    assert women.reversed


def test_strata_in_which_all_labels_are_equal_add_nothing_but_count(within):
    data = pd.DataFrame(
        {
            "s": ["F", "M"] * 60,
            "d": ["a"] * 60 + ["b"] * 60,
            "y": (["yes", "no"] * 15 + ["no", "no"] * 15) + ["no"] * 60,
        }
    )
    women = next(
        c for c in within(data, sensitive=["s"], label="y", positive="yes") if c.level == "F"
    )
    alone = data[data.d == "a"]
    within_a = plain(alone, "s", "F", "y", "yes", "d")
    assert women.conditional.value == pytest.approx(within_a / 2)


def test_where_strata_tell_the_label_nothing_is_left_to_compare(within):
    data = pd.DataFrame({"s": ["F", "M"] * 30, "d": ["a"] * 40 + ["b"] * 20})
    data["y"] = np.where(data.d == "a", "yes", "no")
    found = within(data, sensitive=["s"], label="y", positive="yes")
    for c in found:
        assert c.conditional.value is None
        assert c.conditional.reason == "Within every stratum all rows have the same label."
        assert not c.reversed


def test_only_categories_that_may_be_known_are_strata(within):
    n = 400
    rng = np.random.default_rng(2)
    data = pd.DataFrame(
        {
            "s": rng.choice(["F", "M"], n),
            "y": rng.choice(["yes", "no"], n),
            "kind": rng.choice(list("abc"), n),
            "grade": rng.integers(1, 6, n),
            "flag": rng.random(n) < 0.5,
            "income": rng.random(n),
            "code": [f"c{i % 70}" for i in range(n)],
            "same": ["x"] * n,
            "part": rng.choice(["train", "test"], n),
            "guess": rng.choice(["yes", "no"], n),
            "mail": rng.choice(["a@x.org", "b@x.org"], n),
        }
    )
    more = [
        ("part", Role.SPLIT),
        ("guess", Role.PREDICTION),
        ("mail", Role.DIRECT_IDENTIFIER),
    ]
    found = within(data, sensitive=["s"], label="y", positive="yes", more=more)
    assert {c.stratum for c in found} == {"kind", "grade", "flag"}
    named = within(
        data, sensitive=["s"], label="y", positive="yes", more=more, strata=("income", "s")
    )
    assert {c.stratum for c in named} == {"income"}
    assert len(named[0].strata) == 5


def test_small_groups_missing_ones_and_labels_without_a_positive_one_are_left_out(within):
    data = random_people(300)
    data["y"] = np.random.default_rng(1).choice(["low", "mid", "high"], 300)
    assert within(data, sensitive=["sex"], label="y") == ()
    found = within(data, sensitive=["race"], label="y", positive="high", min_group=60)
    assert {c.level for c in found} == {"A", "B"}
    assert within(data.assign(sex="F"), sensitive=["sex"], label="y", positive="high") == ()
