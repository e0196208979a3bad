"""Who was filtered out: shares, intervals and verdicts by group."""

import numpy as np
import pytest
from scipy.stats import binomtest

from audit.comparing.pairing import Rows, other_data
from audit.comparing.removals import Wanted, overall, removals
from audit.reports.representation.axes import axis_of
from audit.stats import part_ratio_interval


def made(gone):
    of = np.flatnonzero(~np.asarray(gone))
    return Rows(relation="made from it", of=of, before=len(gone), after=len(of))


@pytest.fixture
def found(version_of):
    rng = np.random.default_rng(5)
    sex = np.array(["f", "m"])[(np.arange(2000) % 4 > 0).astype(int)]
    area = np.array(["north", "south", "east"])[rng.choice(3, 2000, p=[0.5, 0.47, 0.03])]
    gone = rng.random(2000) < np.where(sex == "f", 0.4, 0.1)
    table = version_of({"sex": sex.tolist(), "area": area.tolist()}).table
    axes = tuple(axis_of(table, c) for c in ("sex", "area"))
    wanted = Wanted(axes=axes, meeting=("sex", "area"), min_group=100)
    told = removals(table, made(gone), wanted)
    return {r.group: r for r in told}, {"sex": sex, "area": area, "gone": gone}


def test_shares_and_intervals_are_those_of_scipy(found):
    told, rows = found
    assert len(told) == 2 + 3 + 6
    for group, removal in told.items():
        mine = np.logical_and.reduce([rows[c] == v for c, v in group])
        assert (removal.rows, removal.removed) == (mine.sum(), (mine & rows["gone"]).sum())
        if removal.verdict == "too few":
            assert mine.sum() < 100
            assert removal.share.value is None
            continue
        exact = binomtest(removal.removed, removal.rows).proportion_ci(method="wilson")
        assert removal.share.value == pytest.approx(removal.removed / removal.rows)
        assert (removal.share.low, removal.share.high) == pytest.approx((exact.low, exact.high))
        assert removal.ratio.value == pytest.approx(removal.share.value / rows["gone"].mean())
        assert removal.ratio.low < removal.ratio.value < removal.ratio.high


def test_the_most_affected_come_first_and_chance_is_not_called_more(found):
    told, _ = found
    verdicts = {group: r.verdict for group, r in told.items()}
    assert next(iter(verdicts.values())) == "more"
    assert verdicts[(("sex", "f"),)] == "more"
    assert verdicts[(("sex", "m"),)] == "less"
    assert verdicts[(("area", "north"),)] == verdicts[(("area", "south"),)] == "as all"
    assert verdicts[(("area", "east"),)] == "too few"


def test_without_pairs_or_removed_rows_nothing_is_said(version_of):
    table = version_of({"sex": ["f", "m"] * 100}).table
    wanted = Wanted(axes=(axis_of(table, "sex"),))
    assert overall(other_data(200, 200)) is None
    assert removals(table, other_data(200, 200), wanted) == ()
    nobody = made(np.zeros(200, dtype=bool))
    assert removals(table, nobody, wanted) == ()
    assert overall(nobody).value == 0


@pytest.mark.parametrize("part", [0.05, 0.5, 0.9])
def test_the_ratio_to_all_rows_is_covered_though_the_group_is_a_part_of_them(part):
    rng = np.random.default_rng(8)
    n, own = 3000, int(3000 * part)
    true = 0.15 / (part * 0.15 + (1 - part) * 0.1)
    held = []
    for _ in range(2000):
        a, b = int(rng.binomial(own, 0.15)), int(rng.binomial(n - own, 0.1))
        low, high = part_ratio_interval(a, own, a + b, n)
        held.append(low <= true <= high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.016)


def test_half_of_the_rows_that_lost_more_are_told_apart(version_of):
    rows = np.arange(2000)
    gone = np.where(rows % 2, rows % 20 < 3, rows % 20 < 4)  # a fifth more: 20% and 10%
    table = version_of({"sex": np.where(rows % 2, "m", "f").tolist()}).table
    found = removals(table, made(gone), Wanted(axes=(axis_of(table, "sex"),)))
    assert [r.verdict for r in found] == ["more", "less"]
    assert found[0].ratio.low > 1.2
