"""What models learn from before and after: the same rows, and no row that was trained on."""

import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import accuracy_score, roc_auc_score

from audit.comparing.cells import changed
from audit.comparing.held_out import Asked
from audit.comparing.pairing import Rows, other_data, same_rows
from audit.comparing.scores import Scores, held_against
from audit.comparing.utility import utility
from audit.model import ColumnRole, Role, RoleMap
from audit.reports.representation.axes import axis_of

ROLES = RoleMap(
    columns=(
        ColumnRole(column="y", roles=(Role.LABEL,), confirmed=True),
        ColumnRole(column="sex", roles=(Role.SENSITIVE,), confirmed=True),
        ColumnRole(column="w", roles=(Role.WEIGHT,), confirmed=True),
    ),
    positive="yes",
)


def people(n=1200, seed=3):
    rng = np.random.default_rng(seed)
    skill, town = rng.normal(size=n), rng.choice(["a", "b", "c"], n)
    sex = rng.choice(["f", "m"], n)
    chance = 1 / (1 + np.exp(-(1.6 * skill + (town == "a") + 0.8 * (sex == "m") - 0.6)))
    return pa.table(
        {
            "skill": skill,
            "town": town,
            "sex": sex,
            "y": np.where(rng.random(n) < chance, "yes", "no"),
        }
    )


def asked(old, new, rows, **more):
    cells = changed(old.table, new.table, rows).cells if rows.are_paired else None
    return Asked(before=old.table, after=new.table, rows=rows, roles=ROLES, cells=cells, **more)


@pytest.fixture
def old(version_of):
    return version_of(people())


def test_metrics_are_those_of_scikit_learn():
    rng = np.random.default_rng(0)
    positive = rng.random(900) < 0.3
    first = np.round(np.clip(positive * 0.2 + rng.random(900) * 0.8, 0, 1), 2)
    second = np.round(rng.random(900), 2)
    group = rng.integers(-1, 3, 900)
    found = {
        d.name: d
        for d in held_against(Scores(positive=positive, before=first, after=second, group=group))
    }
    assert found["roc_auc"].before == pytest.approx(roc_auc_score(positive, first))
    assert found["roc_auc"].after == pytest.approx(roc_auc_score(positive, second))
    assert found["accuracy"].before == pytest.approx(accuracy_score(positive, first >= 0.5))
    rates = [(first[group == g] >= 0.5).mean() for g in range(3)]
    assert found["demographic_parity_difference"].before == pytest.approx(max(rates) - min(rates))
    true = [(second[(group == g) & positive] >= 0.5).mean() for g in range(3)]
    assert found["equal_opportunity_difference"].after == pytest.approx(max(true) - min(true))
    change = found["roc_auc"].after - found["roc_auc"].before
    assert found["roc_auc"].low < change < found["roc_auc"].high < 0


def test_a_version_is_worth_as_much_as_itself(old):
    by = axis_of(old.table, "sex")
    found = utility(asked(old, old, same_rows(1200), by=by))
    assert {line.verdict for line in found.lines} == {"same"}
    assert {line.change for line in found.lines} == {0.0}
    assert found.trained_before == found.trained_after == 1200 - found.tested
    assert 0.7 < found.lines[0].before.value < 0.95
    assert [line.name for line in found.lines][2:] == [
        "demographic_parity_difference",
        "equal_opportunity_difference",
    ]


def test_labels_that_were_shuffled_are_worth_less(version_of, old):
    data = people()
    mixed = np.random.default_rng(1).permutation(data["y"].to_numpy(zero_copy_only=False))
    new = version_of(data.set_column(3, "y", pa.array(mixed)))
    auc = utility(asked(old, new, same_rows(1200))).lines[0]
    assert auc.verdict == "worse"
    assert auc.high < 0


def test_copies_of_rows_that_are_tested_are_not_trained_on(version_of, old):
    twice = np.repeat(np.arange(1200), 2)
    new = version_of(people().take(pa.array(twice)))
    rows = Rows(relation="made from it", of=twice, before=1200, after=2400)
    found = utility(asked(old, new, rows))
    assert found.trained_after == 2 * found.trained_before
    assert found.trained_before + found.tested == 1200


def test_equal_rows_are_all_held_out_or_none_of_them(version_of):
    twice = np.repeat(np.arange(600), 2)
    old = version_of(people().take(pa.array(twice)))
    found = utility(asked(old, old, same_rows(1200)))
    assert found.tested % 2 == found.trained_before % 2 == 0


def test_weights_of_after_count_in_training(version_of, old):
    data = people()
    heavy = np.where(data["y"].to_numpy(zero_copy_only=False) == "yes", 20.0, 1.0)
    new = version_of(data.append_column("w", pa.array(heavy)))
    plain, weighted = (
        utility(asked(old, new, same_rows(1200), weights=weights))
        for weights in ((None, None), (None, "w"))
    )
    accuracy = [found.lines[1].after.value for found in (plain, weighted)]
    assert accuracy[1] < accuracy[0] - 0.1
    assert "weights counted" in weighted.method


def test_a_column_that_was_recoded_is_tested_on_rows_that_are_still_there(version_of, old):
    keep = np.arange(0, 1200, 2)
    data = people().take(pa.array(keep))
    ranges = [f"[{int(v)}-{int(v) + 1}]" for v in data["skill"].to_pylist()]
    new = version_of(data.set_column(0, "skill", pa.array(ranges)))
    rows = Rows(relation="made from it", of=keep, before=1200, after=600)
    found = utility(asked(old, new, rows))
    whole = utility(asked(old, old, same_rows(1200)))
    assert found.tested < whole.tested
    assert f"{whole.tested - found.tested} rows held out went" in found.reason
    assert "“skill” took another form" in found.reason


def test_other_data_is_learnt_from_too(version_of, old):
    found = utility(asked(old, version_of(people(400, seed=9)), other_data(1200, 400)))
    assert found.trained_after == 400
    assert "not paired" in found.reason


@pytest.mark.parametrize(
    ("after", "why"),
    [
        ({"skill": [1.0], "town": ["a"], "sex": ["f"]}, "is not there afterwards"),
        ({"skill": [1.0], "town": ["a"], "sex": ["f"], "y": [1]}, "another type"),
        ({"skill": [1.0], "town": ["a"], "sex": ["f"], "y": ["no"]}, "one of the two labels"),
        ({"other": [1.0], "y": ["no"]}, "no other column"),
    ],
)
def test_where_nothing_can_be_learnt_it_says_why(version_of, old, after, why):
    found = utility(asked(old, version_of(after), other_data(1200, 1)))
    assert found.lines == ()
    assert why in found.reason


def test_without_a_label_nothing_is_learnt(old):
    plain = Asked(
        before=old.table, after=old.table, rows=same_rows(1200), roles=RoleMap(), cells=None
    )
    assert "no label" in utility(plain).reason
