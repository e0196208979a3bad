"""Resampling as a step: which rows are taken, what is told, what is refused."""

from collections import Counter

import pyarrow as pa
import pytest

from audit import runner
from audit.errors import ParameterError

PEOPLE = {
    "id": list(range(14)),
    "sex": ["m"] * 8 + ["f"] * 4 + [None] * 2,
    "paid": ["yes", "no"] * 4 + ["yes", "no", "no", "no"] + ["no"] * 2,
}
ROLES = {"label": "paid", "positive": "yes", "sensitive": ["sex"]}


def test_rows_are_repeated_as_evenly_as_possible_and_copies_stand_behind_their_row(mended):
    done = mended(PEOPLE, ("resample", {"by": ["sex"], "seed": 3}))
    ids = done.column("id")
    times = Counter(ids)
    assert [times[i] for i in range(8)] == [1] * 8
    assert [times[i] for i in range(8, 12)] == [2] * 4
    assert ids == sorted(ids)
    assert done.effect.copied == 4
    assert any("2 rows of groups that the target does not speak of" in n for n in done.effect.notes)


def test_rows_that_are_not_drawn_go_with_a_reason(mended):
    done = mended(PEOPLE, ("resample", {"by": ["sex"], "method": "under"}))
    assert Counter(done.column("sex")) == {"m": 4, "f": 4, None: 2}
    ((reason, n),) = done.effect.reasons
    assert (n, done.effect.removed) == (4, 4)
    assert "fewer rows of its group by sex are wanted" in reason


def test_the_same_seed_draws_the_same_rows_and_another_one_others(mended):
    data = {"k": list(range(400)), "g": ["a"] * 300 + ["b"] * 100}
    step = {"by": ["g"], "method": "under"}
    drawn = [mended(data, ("resample", {**step, "seed": s})).column("k") for s in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_reference_population_may_be_joint_or_margins(mended):
    data = {"sex": ["m", "m", "m", "f"] * 25, "town": ["x", "y", "y", "y"] * 25}
    margins = [("sex", "m", 1), ("sex", "f", 1)]
    given = [{"group": {c: v}, "amount": a} for c, v, a in margins]
    done = mended(data, ("resample", {"target": "reference", "reference": given}))
    assert Counter(done.column("sex")) == {"m": 75, "f": 75}


def test_a_group_that_nobody_belongs_to_is_named(mended):
    data = {"sex": ["m", "m", "f"], "race": ["a", "b", "a"]}
    done = mended(data, ("resample", {"by": ["sex", "race"]}))
    assert any("No row is f × b" in note for note in done.effect.notes)


def test_numbers_are_cut_into_groups_and_that_is_told(mended):
    data = {"age": [20 + i % 50 for i in range(300)]}
    bins = {"age": [30]}
    done = mended(data, ("resample", {"by": ["age"], "bins": bins}))
    young = sum(age < 30 for age in done.column("age"))
    assert young * 2 == done.effect.rows_out
    assert any("were cut into groups: under 30, 30 and over" in n for n in done.effect.notes)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"by": ["sex"], "target": "reference"}, "needs a reference population"),
        ({"by": ["sex"], "target": "shares"}, "needs shares"),
        ({"by": ["paid"], "target": "equal-rates"}, "a column of groups besides it"),
        ({"by": ["id", "sex", "race", "town"]}, "4 columns are to meet"),
        ({"by": ["name"]}, "names or describes people"),
        ({"by": ["sxe"]}, "There is no column 'sxe'"),
    ],
)
def test_what_cannot_be_done_is_an_error_that_says_what_is_needed(mended, given, told):
    data = {**PEOPLE, "race": ["a"] * 14, "town": ["b"] * 14, "name": [f"N {i}" for i in range(14)]}
    roles = {**ROLES, "direct_identifier": ["name"]}
    with pytest.raises(ParameterError, match=told):
        mended(data, ("resample", given), roles=roles)


def test_a_label_that_is_reached_from_a_number_on_is_cut_there(mended):
    data = {"sex": ["m", "f"] * 50, "pay": [i * 7 % 100 for i in range(100)]}
    roles = {"label": "pay", "positive": ">=60", "sensitive": ["sex"]}
    done = mended(data, ("resample", {"by": ["sex", "pay"]}), roles=roles)
    cells = Counter(
        (s, p >= 60) for s, p in zip(done.column("sex"), done.column("pay"), strict=True)
    )
    assert len(set(cells.values())) == 1
    assert len(cells) == 4


def test_weights_of_a_reweighed_table_count_in_the_next_weights(mended):
    data = pa.table({"g": ["a", "a", "b", "b", "b"], "h": ["x", "y", "x", "y", "y"],
                     "paid": ["yes", "no", "no", "no", "yes"]})  # fmt: skip
    roles = {"label": "paid", "positive": "yes"}
    done = mended(data, ("reweigh", {"by": ["g"]}), ("reweigh", {"by": ["h"]}), roles=roles)
    rate = {}
    for h in "xy":
        rows = [r for r in done.table.to_pylist() if r["h"] == h]
        yes = sum(r["weight"] for r in rows if r["paid"] == "yes")
        rate[h] = yes / sum(r["weight"] for r in rows)
    assert rate["x"] == pytest.approx(rate["y"], abs=1e-12)
    assert runner.roles(done.version).having("weight") == ("weight",)


def test_the_label_alone_is_weighed_to_equal_classes(mended):
    data = {"paid": ["yes"] * 2 + ["no"] * 6}
    done = mended(data, ("reweigh", {"by": ["paid"]}), roles={"label": "paid", "positive": "yes"})
    assert done.column("weight") == pytest.approx([2] * 2 + [2 / 3] * 6)


def test_a_class_that_a_group_lacks_cannot_be_weighed_and_is_named(mended):
    data = {"sex": ["m", "m", "f", "f"], "paid": ["yes", "no", "no", "no"]}
    done = mended(data, ("reweigh", {"by": ["sex"]}), roles=ROLES)
    assert any("No row is f × yes" in note for note in done.effect.notes)


def test_weights_are_not_written_over_another_column(mended):
    data = {**PEOPLE, "weight": [80.5] * 14}
    with pytest.raises(ParameterError, match="There is a column 'weight' already"):
        mended(data, ("reweigh", {"by": ["sex"]}), roles=ROLES)


def test_a_margin_that_cannot_be_reached_is_named_with_its_group(mended):
    data = {"sex": ["m"] * 6 + ["f"] * 3}
    given = [{"group": {"sex": s}, "amount": a} for s, a in (("m", 4), ("f", 4), ("x", 2))]
    done = mended(data, ("rake", {"reference": given}))
    (note,) = done.effect.notes
    assert "by sex are missed by up to 20.00%: no row is x" in note
    assert sum(done.column("weight")) == pytest.approx(9)


def test_weights_may_be_cut_and_what_that_costs_is_told(mended):
    data = {"sex": ["m"] * 9 + ["f"]}
    given = [{"group": {"sex": s}, "amount": 1} for s in "mf"]
    done = mended(data, ("rake", {"reference": given, "most_weight": 2}))
    assert max(done.column("weight")) / min(done.column("weight")) == pytest.approx(2 / (5 / 9))
    assert any("were cut" in note for note in done.effect.notes)
