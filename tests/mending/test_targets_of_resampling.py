"""Laws of resampling, on counts alone: what is wanted, what caps allow, what is forecast."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import ParameterError
from audit.mending.cells import Grid
from audit.mending.drawing import draw
from audit.mending.forecast import forecast
from audit.mending.population import margins_of, reference_rows
from audit.mending.raking import rake
from audit.mending.resampling import Resample
from audit.mending.targets import EMPTY, plan
from audit.model import RowTest
from audit.reports.representation.group_values import MISSING, Axis, Level


def axis(column, names):
    kinds = ["missing" if n == MISSING else "value" for n in names]
    levels = tuple(
        Level(name=n, kind=k, test=RowTest(op="equal", columns=(column,), values=(n,)))
        for n, k in zip(names, kinds, strict=True)
    )
    return Axis(column=column, levels=levels)


def grid(counts, *, missing=False):
    """Make groups g0, g1, … of a sex with classes no and yes (or more)."""
    counts = np.array(counts, dtype=np.int64)
    groups = [f"g{i}" for i in range(len(counts))]
    if missing:
        groups[-1] = MISSING
    classes = ["no", "yes", "perhaps"][: counts.shape[1]]
    return Grid(
        axes=(axis("sex", groups),), classes=axis("paid", classes), positive=1, counts=counts
    )


TARGETS = st.sampled_from(["equal", "equal-rates", "independent"])
METHODS = st.sampled_from(["over", "under", "both"])
COUNTS = st.integers(1, 5).flatmap(
    lambda groups: st.lists(
        st.lists(st.integers(0, 60), min_size=2, max_size=2), min_size=groups, max_size=groups
    )
)


def made(counts, **given_):
    return plan(grid(counts), Resample(by=("sex", "paid"), **given_))


def test_equal_cells_are_as_many_as_the_largest_or_the_smallest_has():
    counts = [[30, 10], [5, 20]]
    assert made(counts, target="equal").then.tolist() == [[30, 30], [30, 30]]
    assert made(counts, target="equal", method="under").then.tolist() == [[5, 5], [5, 5]]
    both = made(counts, target="equal", method="both").then
    assert both.sum() == 65
    assert both.max() - both.min() == 1


def test_independence_brings_cells_to_the_counts_of_kamiran_and_calders():
    """Their table 2: ten people, five of each sex, four and two of whom have the job."""
    planned = made([[1, 4], [3, 2]], target="independent", method="both")
    assert planned.then.tolist() == [[2, 3], [2, 3]]


def test_equal_rates_keep_every_row_where_rows_are_added_and_add_none_where_they_are_dropped():
    counts = np.array([[80, 20], [40, 60]])
    over = made(counts, target="equal-rates").then
    under = made(counts, target="equal-rates", method="under").then
    assert (over >= counts).all()
    assert (under <= counts).all()
    for then in (over, under):
        assert then[:, 1] / then.sum(axis=1) == pytest.approx([0.4, 0.4], abs=0.005)


def test_a_class_that_no_row_of_a_group_has_is_told_and_the_group_stays():
    planned = made([[10, 0], [5, 5]], target="equal-rates")
    assert planned.then[0].tolist() == [10, 0]
    assert planned.why[0, 1] == EMPTY


def test_a_cap_on_repeats_keeps_label_rates_equal_where_the_sizes_of_groups_cannot_be():
    planned = made([[1000, 400], [8, 2]], target="equal", most_repeats=50)
    assert planned.then.tolist() == [[1000, 1000], [100, 100]]
    assert "50 times" in planned.why[1, 0]


def test_a_cap_on_growth_is_kept_and_told_with_figures():
    step = Resample(by=("sex", "paid"), most_growth=1.5)
    told = forecast(grid([[100, 50], [10, 10]]), step)
    assert told.then <= 255
    assert not told.reached
    assert any("1.5 times as long" in note and "of 100" in note for note in told.notes)


def test_rows_without_a_group_stay_as_they_are():
    planned = plan(grid([[9, 3], [2, 4], [7, 1]], missing=True), Resample(by=("sex", "paid")))
    assert planned.then.tolist() == [[9, 9], [9, 9], [7, 1]]
    assert not planned.targeted[2].any()


def test_shares_by_hand_need_every_group_that_rows_have():
    given_ = [{"group": {"sex": "g0"}, "amount": 1}]
    step = Resample(by=("sex",), target="shares", shares=given_)
    with pytest.raises(ParameterError, match="No share is given for 1 group that"):
        plan(Grid(axes=grid([[1, 1]] * 2).axes, classes=None, positive=None,
                  counts=np.array([[3], [4]])), step)  # fmt: skip


def test_a_group_with_the_share_0_goes_where_rows_may_be_dropped():
    given_ = [{"group": {"sex": f"g{i}"}, "amount": a} for i, a in enumerate([3, 1, 0])]
    three = grid([[0, 0]] * 3)
    one_class = Grid(axes=three.axes, classes=None, positive=None, counts=np.array([[9], [9], [9]]))
    under = Resample(by=("sex",), target="shares", shares=given_, method="under")
    assert plan(one_class, under).then.ravel().tolist() == [9, 3, 0]
    over = plan(one_class, under.model_copy(update={"method": "over"}))
    assert over.then.ravel().tolist() == [27, 9, 9]
    assert over.why[2, 0]


@given(COUNTS, TARGETS, METHODS, st.integers(1, 20), st.floats(1, 4), st.integers(0, 5))
def test_what_is_drawn_is_what_was_forecast(counts, target, method, repeats, growth, seed):
    cells = np.repeat(np.arange(2 * len(counts)), np.ravel(counts)).astype(np.int32)
    cells = np.random.default_rng(seed).permutation(cells)
    step = Resample(
        by=("sex", "paid"), target=target, method=method, most_repeats=repeats,
        most_growth=growth, seed=seed,
    )  # fmt: skip
    counted = grid(counts)
    try:
        planned = plan(counted, step)
    except ParameterError:
        assert target != "equal"
        return
    told = forecast(counted, step)
    times = draw(cells, planned.then.ravel(), seed)
    outcome = np.bincount(cells, weights=times, minlength=2 * len(counts)).astype(int)
    then = {c.levels: c.then for c in told.cells}
    for levels, n in zip(counted.cells(), outcome.tolist(), strict=True):
        assert then.get(levels, 0) == n
    assert told.then == times.sum()
    assert told.removed == (times == 0).sum()
    assert told.copied == (times - 1).clip(0).sum()
    assert times.max(initial=0) <= repeats
    assert times.sum() <= max(len(cells), growth * len(cells))
    assert (draw(cells, planned.then.ravel(), seed) == times).all()
    for cell in told.cells:
        own = times[cells == counted.cells().index(cell.levels)]
        assert own.max(initial=0) <= cell.most_times
        assert own.size == 0 or own.max() - own.min() <= 1
        assert cell.reached == (not cell.why)
    if method == "over":
        assert (times >= 1).all()
    elif method == "under":
        assert (times <= 1).all()


MARGINS = [("sex", "g0", 0.3), ("sex", "g1", 0.7), ("paid", "no", 0.45), ("paid", "yes", 0.55)]


def stated(amounts):
    return reference_rows(
        Resample(reference=[{"group": {c: v}, "amount": a} for c, v, a in amounts]).reference
    )


@given(st.lists(st.lists(st.integers(1, 500), min_size=2, max_size=2), min_size=2, max_size=2))
def test_fitting_agrees_with_rows_and_columns_scaled_in_turn(counts):
    whole = grid(counts)
    raked = rake(np.array(counts, dtype=float), margins_of(stated(MARGINS), whole.all))
    plain = np.array(counts, dtype=float)
    for _ in range(500):
        plain = plain / plain.sum(axis=1, keepdims=True) * [[0.3], [0.7]]
        plain = plain / plain.sum(axis=0, keepdims=True) * [[0.45, 0.55]]
    assert raked.fitted == pytest.approx(plain, abs=2e-6)
    assert max(raked.missed) <= 1e-6


def test_a_joint_population_is_reached_in_one_round():
    joint = [{"group": {"sex": s, "paid": p}, "amount": 1} for s in ("g0", "g1") for p in ("no", "yes")]  # fmt: skip
    rows = reference_rows(Resample(reference=joint).reference)
    raked = rake(np.array([[1.0, 5], [7, 9]]), margins_of(rows, grid([[1, 5], [7, 9]]).all))
    assert raked.rounds == 1
    assert raked.fitted == pytest.approx(np.full((2, 2), 0.25))


def test_a_population_that_says_nothing_of_a_column_is_told():
    rows = stated(MARGINS[:2])
    with pytest.raises(ParameterError, match="says nothing about the column 'paid'"):
        margins_of(rows, grid([[1, 1], [1, 1]]).all)
