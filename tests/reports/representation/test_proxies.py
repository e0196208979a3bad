"""Proxies against scikit-learn, scipy and plain second implementations, planted and real."""

import math
import os
from collections import Counter, defaultdict
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.special import logsumexp
from scipy.stats.contingency import association
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import PredefinedSplit, cross_val_predict
from sklearn.naive_bayes import CategoricalNB

from audit.model import ColumnRole, Origin, Role, RoleMap
from audit.reports.representation import Options, proxy_rows, tallies
from audit.reports.representation.axes import axis_of
from audit.reports.representation.proxies import proxies
from audit.reports.representation.proxy_associations import of_categories, of_number
from audit.reports.representation.proxy_scores import area, fold_counts, folds_of, log_odds
from audit.reports.representation.quality import quality
from audit.store import Workspace
from tests.conftest import ROOT

LAWS = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def measured(version, *sensitive, most_groups=20, edges=None, seed=0, **roles):
    table = version.table
    axes = tuple(
        axis_of(table, column, most_groups=most_groups, edges=edges) for column in sensitive
    )
    stated = [ColumnRole(column=column, roles=(Role(r),)) for column, r in roles.items()]
    return proxies(table, axes, RoleMap(columns=tuple(stated)), Options(seed=seed))


def of(found, column):
    (proxy,) = [p for p in found.columns if p.column == column]
    return proxy


def bergsma(pairs):
    """Bias-corrected V, cell by cell (Bergsma 2013, equations 7 to 10)."""
    n, cells = len(pairs), Counter(pairs)
    down, across = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    r, c = len(down), len(across)
    if min(r, c) < 2:
        return None
    phi2 = sum(cells[a, b] ** 2 / (down[a] * across[b]) for a in down for b in across) - 1
    corrected = max(0.0, phi2 - (r - 1) * (c - 1) / (n - 1))
    smaller = min(k - (k - 1) ** 2 / (n - 1) for k in (r, c)) - 1
    return min(1.0, math.sqrt(corrected / smaller)) if smaller > 1e-12 else None


def correlation_ratio(pairs):
    groups = defaultdict(list)
    for level, x in pairs:
        groups[level].append(x)
    values = [x for _, x in pairs]
    if len(values) < 3 or len(groups) < 2 or len(set(values)) < 2:
        return None
    mean = np.mean(values)
    among = sum(len(g) * (np.mean(g) - mean) ** 2 for g in groups.values())
    return math.sqrt(among / sum((x - mean) ** 2 for x in values))


def within_folds(fold, level, scores):
    """Areas by scikit-learn, fold by fold and level by level, weighted by pairs and by rows."""
    total = weight = 0.0
    for k, n in Counter(level.tolist()).items():
        won = pairs = 0.0
        for f in range(5):
            hit = level[fold == f] == k
            if hit.any() and not hit.all():
                size = hit.sum() * (~hit).sum()
                won += size * roc_auc_score(hit, scores[fold == f, k])
                pairs += size
        if pairs:
            total += n * won / pairs
            weight += n
    return total / weight if weight else None


def single_scores(fold, level, code, levels):
    """Share of each level among rows of other folds with the code, one row added, row by row."""
    scores = np.zeros((len(level), levels))
    for i in range(len(level)):
        train = fold != fold[i]
        base = np.bincount(level[train], minlength=levels) / train.sum()
        same = np.bincount(level[train & (code == code[i])], minlength=levels)
        scores[i] = (same + base) / (same.sum() + 1)
    return scores


CELLS = (
    (None, "a", "a", "a", "b", "b", "c", "d"),
    (None, "x", "y", "z", "ä"),
    (None, 1, 2, 3),
    (None, math.nan, math.inf, *map(float, range(30))),
    (None, True, False),
)


@LAWS
@given(
    chance=st.randoms(use_true_random=False),
    n=st.integers(1, 120),
    used=st.tuples(*(st.integers(1, len(c)) for c in CELLS)),
    seed=st.integers(0, 3),
)
def test_associations_and_areas_equal_plain_second_implementations(
    chance, n, used, seed, version_of
):
    cells = [chance.sample(c, k=k) for c, k in zip(CELLS, used, strict=True)]
    rows = [tuple(map(chance.choice, cells)) for _ in range(n)]
    types = (pa.string(), pa.string(), pa.int8(), pa.float64(), pa.bool_())
    columns = [pa.array(c, t) for c, t in zip(zip(*rows, strict=True), types, strict=True)]
    version = version_of(pa.table(dict(zip("gtnxb", columns, strict=True))))
    (found,) = measured(version, "g", most_groups=3, seed=seed)
    often = sorted(Counter(r[0] for r in rows if r[0]).items(), key=lambda k: (-k[1], k[0]))
    names = [name for name, _ in often[:3]]
    told = np.array([r[0] in names for r in rows])
    fold = folds_of(len(rows), seed)[told]
    level = np.array([names.index(r[0]) for r in rows if r[0] in names])
    kept = [r for r in rows if r[0] in names]
    numbers = {r[3] for r in rows if r[3] is not None}
    for i, name in ((1, "t"), (2, "n"), (3, "x"), (4, "b")):
        if name not in {p.column for p in found.columns}:
            assert len({repr(r[i]) for r in rows}) < 2
            continue
        proxy = of(found, name)
        if name == "x" and len({repr(v) for v in numbers}) > 12:
            pairs = [(r[0], r[3]) for r in kept if r[3] is not None and math.isfinite(r[3])]
            expected, assessed = correlation_ratio(pairs), "correlation_ratio"
            values = [r[3] if r[3] is not None and math.isfinite(r[3]) else None for r in kept]
        else:
            pairs = [(r[0], str(r[i])) for r in kept if r[i] is not None]
            expected, assessed = bergsma(pairs), "cramers_v"
            values = [None if r[i] is None else str(r[i]) for r in kept]
        assert proxy.association.name == assessed
        assert proxy.association.n == len(pairs)
        if expected is None:
            assert proxy.association.value is None
            assert proxy.association.reason
        else:
            # The root of a rounding error is much larger than the error.
            assert proxy.association.value == pytest.approx(expected, abs=1e-7)
            assert proxy.association.low - 1e-7 <= expected <= proxy.association.high + 1e-7
        assert (proxy.auc.name, proxy.auc.n) == ("proxy_auc", len(kept))
        if len(kept) < 50 or len(set(level.tolist())) < 2:
            assert proxy.auc.value is None
            assert proxy.auc.reason
        else:
            code = np.unique([str(v) for v in values], return_inverse=True)[1]
            scores = single_scores(fold, level, code, len(names)).round(12)
            area_found = within_folds(fold, level, scores)
            assert proxy.auc.value == pytest.approx(area_found, abs=1e-9)
            assert proxy.auc.low <= proxy.auc.value <= proxy.auc.high


@pytest.mark.parametrize("levels", [2, 4])
def test_together_is_naive_bayes_as_scikit_learn_has_it(levels):
    rng = np.random.default_rng(levels)
    n, sizes = 900, [3, 8, 20]
    level = rng.choice(levels, n, p=np.array([8, 4, 2, 1][:levels]) / sum([8, 4, 2, 1][:levels]))
    codes = [np.where(rng.random(n) < 0.3, level % s, rng.integers(0, s - 1, n)) for s in sizes]
    fold = folds_of(n, 3)
    tables = [fold_counts(fold, c, level, s, levels) for c, s in zip(codes, sizes, strict=True)]
    odds = log_odds(fold, codes, tables)
    logs = cross_val_predict(
        CategoricalNB(alpha=1, min_categories=sizes),
        np.stack(codes, axis=1),
        level,
        cv=PredefinedSplit(fold),
        method="predict_log_proba",
    )
    for k in range(levels):
        others = logsumexp(np.delete(logs, k, axis=1), axis=1)
        assert odds[k] == pytest.approx(logs[:, k] - others, abs=1e-9)
    one_hot = (np.arange(levels)[:, None] == level).astype(float)
    found = area(fold, odds, one_hot)
    assert found.value == pytest.approx(within_folds(fold, level, odds.T), abs=1e-12)


def test_odds_keep_their_digits_where_probabilities_are_near_one():
    """Many columns that agree: probabilities round to 1, and scores must still differ."""
    level = np.tile([0, 1], 500)
    fold = folds_of(1000, 0)
    code = np.where(np.arange(1000) % 10 < 8, level, 1 - level)
    tables = [fold_counts(fold, code, level, 2, 2)] * 60
    odds = log_odds(fold, [code] * 60, tables)
    assert odds[0] == pytest.approx(-odds[1], rel=1e-12)
    assert np.abs(odds).min() > 40


def test_the_interval_of_one_level_in_one_fold_is_that_of_delong():
    rng = np.random.default_rng(4)
    hit = rng.random(300) < 0.3
    score = (rng.normal(size=300) + hit).round(1)
    wins = (score[hit][:, None] > score[~hit]) + 0.5 * (score[hit][:, None] == score[~hit])
    value, m, n = wins.mean(), hit.sum(), (~hit).sum()
    variance = ((wins.mean(axis=1) - value) ** 2).sum() / m**2
    variance += ((wins.mean(axis=0) - value) ** 2).sum() / n**2
    found = area(np.zeros(300, dtype=int), np.stack([score, -score]), np.stack([hit, ~hit]) * 1.0)
    assert found.value == pytest.approx(value, abs=1e-12)
    assert found.high - found.value == pytest.approx(1.959964 * math.sqrt(variance), rel=1e-9)
    assert found.value - found.low == pytest.approx(1.959964 * math.sqrt(variance), rel=1e-9)


def test_the_interval_over_levels_and_folds_is_as_wide_as_a_bootstrap_says():
    rng = np.random.default_rng(8)
    n = 1500
    level, fold = rng.choice(3, n, p=[0.5, 0.3, 0.2]), folds_of(n, 0)
    scores = rng.normal(size=(3, n)) + (np.arange(3)[:, None] == level)
    one_hot = (np.arange(3)[:, None] == level).astype(float)
    found = area(fold, scores, one_hot)
    drawn = []
    for _ in range(300):
        times = np.bincount(rng.integers(0, n, n), minlength=n)
        drawn.append(area(fold, scores, one_hot * times).value)
    assert (found.high - found.low) / (2 * 1.959964) == pytest.approx(np.std(drawn), rel=0.12)


def test_ninety_five_of_a_hundred_intervals_of_v_hold_the_truth():
    rng = np.random.default_rng(12)
    p = np.array([[8, 2, 2, 3, 3, 4, 4, 2], [3, 6, 2, 3, 3, 4, 4, 1], [2, 2, 7, 3, 3, 4, 4, 5]])
    p = p / p.sum()
    expected = p.sum(axis=1, keepdims=True) * p.sum(axis=0)
    truth = math.sqrt(((p - expected) ** 2 / expected).sum() / 2)
    held = 0
    for _ in range(600):
        found = of_categories(rng.multinomial(250, p.ravel()).reshape(p.shape))
        held += found.low <= truth <= found.high
    assert 0.92 <= held / 600 <= 0.98


@pytest.mark.parametrize(("far", "share"), [(0.6, 0.3), (2.0, 0.3), (6.0, 0.1)])
def test_ninety_five_of_a_hundred_intervals_of_eta_hold_the_truth(far, share):
    """Two levels of Laplace numbers with a variance of 2, their means some way apart."""
    rng = np.random.default_rng(13)
    among = share * (1 - share) * far**2
    truth = math.sqrt(among / (among + 2))
    held = 0
    for _ in range(600):
        level = (rng.random(400) < share).astype(np.int64)
        found = of_number(rng.laplace(size=400) + far * level, level, 2)
        held += found.low <= truth <= found.high
    assert 0.92 <= held / 600 <= 0.98


def planted(n=4000):
    rng = np.random.default_rng(21)
    sex = rng.choice(["f", "m"], n, p=[0.4, 0.6])
    other = np.where(rng.random(n) < 0.1, rng.choice(["f", "m"], n), sex)
    return {
        "noise": rng.choice(list("abcde"), n),
        "sex": sex,
        "copy": np.where(sex == "f", "Frau", "Mann"),
        "nearly": other,
        "number": rng.normal(size=n) + 3.0 * (sex == "f"),
        "noise_number": rng.normal(size=n),
        "gap": pa.array(np.where(sex == "f", "here", None)),
    }


def test_a_copy_tells_all_and_noise_tells_nothing(version_of):
    (found,) = measured(version_of(planted()), "sex")
    assert found.sensitive == "sex"
    copy, noise, number = (of(found, c) for c in ("copy", "noise", "noise_number"))
    assert (copy.association.value, copy.auc.value) == (1.0, 1.0)
    assert copy.association.high == 1.0
    for nothing in (noise, number):
        assert nothing.association.value < 0.04
        assert nothing.association.low == 0.0
        assert abs(nothing.auc.value - 0.5) < 0.03
    assert of(found, "nearly").auc.value == pytest.approx(0.95, abs=0.01)
    # Two normals three deviations apart: 0.983; bins cost next to nothing.
    assert of(found, "number").auc.value == pytest.approx(0.983, abs=0.004)
    assert found.together.value == 1.0
    assert found.together.method == "naive-bayes; 5-fold; delong"
    order = [p.auc.value for p in found.columns]
    assert order == sorted(order, reverse=True)
    assert {p.column for p in found.columns[:2]} == {"copy", "gap"}


def test_what_is_missing_tells_too(version_of):
    gap = of(measured(version_of(planted()), "sex")[0], "gap")
    assert gap.auc.value == 1.0
    assert gap.association.value is None
    assert "does not vary" in gap.association.reason


def test_columns_that_stand_for_something_else_are_no_proxies(version_of):
    data = planted(300)
    roles = {
        "y": "label",
        "p": "prediction",
        "s": "score",
        "w": "weight",
        "part": "split",
        "id": "direct-identifier",
        "note": "free-text",
    }
    data |= dict.fromkeys(roles, data["copy"])
    data |= {
        "race": data["noise"],
        "zip": [f"{i % 51:05}" for i in range(300)],
        "town": [f"town {i % 50}" for i in range(300)],
        "constant": ["x"] * 300,
        "list": [[1, 2]] * 300,
        "born": [date(1990, 1, 1) + timedelta(days=i) for i in range(300)],
    }
    found, other = measured(version_of(data), "sex", "race", **roles)
    expected = {"noise", "copy", "nearly", "number", "noise_number", "gap", "town", "born"}
    assert {p.column for p in found.columns} == expected | {"race"}
    assert {p.column for p in other.columns} == expected | {"sex"}
    assert found.note == other.note
    assert found.note == (
        "Left out: “zip” (more than 50 different texts); “list” (no numbers, texts or dates)."
    )
    assert of(found, "born").association.name == "correlation_ratio"
    assert of(found, "race").association.value == of(other, "sex").association.value


def test_a_sensitive_number_is_told_by_its_bins_and_tells_as_a_number(version_of):
    rng = np.random.default_rng(1)
    data = {"age": rng.integers(18, 80, 3000)}
    data["born"] = 2024 - data["age"]
    data["sex"] = np.where(rng.random(3000) < data["age"] / 100, "f", "m")
    age, sex = measured(version_of(data), "age", "sex")
    # Two years' numbers may share one of the fifty bins, and these two different age groups.
    assert of(age, "born").auc.value > 0.99
    assert of(sex, "age").association.name == "correlation_ratio"
    assert of(age, "sex").association.name == "cramers_v"


def test_a_date_out_of_range_is_missing(version_of):
    born = pa.array([*range(100), *[2**63 - 1] * 20], pa.timestamp("us"))
    large = pa.array([*range(100), *[2**63 - 1] * 20], pa.int64())
    data = {"g": ["a", "b"] * 50 + ["a"] * 20, "born": born, "large": large}
    (found,) = measured(version_of(data), "g")
    assert of(found, "born").association.n == 100
    assert of(found, "large").association.n == 120


def test_too_little_to_tell_has_a_reason(version_of):
    (few,) = measured(version_of({"g": ["a", "b"] * 20, "x": ["u", "v"] * 20}), "g")
    assert few.columns[0].auc.value is few.together.value is None
    assert few.together.reason == "Fewer than 50 rows have a value of the column."
    (one,) = measured(version_of({"g": ["a"] * 60, "x": ["u", "v"] * 30}), "g")
    assert one.columns[0].auc.value is one.columns[0].association.value is None
    assert one.together.reason == "All rows are of one group."
    (alone,) = measured(version_of({"g": ["a", "b"] * 60}), "g")
    assert (alone.columns, alone.together.value) == ((), None)
    assert alone.together.reason == "There is no other column to tell it from."
    nobody = {"g": pa.array([None] * 60, pa.string()), "x": ["u", "v"] * 30}
    (nobody,) = measured(version_of(nobody), "g")
    assert nobody.together.value is None
    assert measured(version_of({"g": pa.array([], pa.string())}), "g") == ()
    assert measured(version_of({"g": ["a"]})) == ()


@pytest.mark.parametrize(("module", "limit"), [(tallies, "_JOINT"), (tallies, "AT_ONCE")])
def test_how_columns_are_counted_does_not_show(module, limit, version_of, monkeypatch):
    data = planted(500) | {"race": ["w", "b", None, "a", "w"] * 100}
    expected = measured(version_of(data), "sex", "race")
    monkeypatch.setattr(module, limit, 1)
    assert measured(version_of(data), "sex", "race") == expected


@pytest.fixture(scope="module")
def large():
    rng = np.random.default_rng(31)
    n = 260_000
    sex = rng.choice(["f", "m"], n)
    return pd.DataFrame(
        {
            "sex": sex,
            "race": rng.choice(["w", "b", "a"], n, p=[0.7, 0.2, 0.1]),
            "job": rng.choice(list("uvwxyz"), n),
            "pay": rng.lognormal(3, 1, n) * np.where(sex == "m", 1.3, 1.0),
            "hours": np.where(sex == "m", rng.integers(30, 60, n), rng.integers(10, 50, n)),
            "note": rng.choice(["", "a", "bc"], n),
        }
    )


def test_the_same_to_the_last_bit_on_any_number_of_threads(large, tmp_path, monkeypatch):
    """And a sample is named as one, while categories are counted on all rows."""
    found = []
    for threads in (1, 2):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, n=threads: range(n))
        space = Workspace.open(tmp_path / str(threads))
        with space.draft() as draft:
            table = pa.Table.from_pandas(large, preserve_index=False)
            pq.write_table(table, draft.data, row_group_size=50_000)
            version = space.commit(draft, name="large", origin=Origin(source="test"))
        axes = tuple(axis_of(version.table, c) for c in ("sex", "race"))
        roles = RoleMap(columns=(ColumnRole(column="note", roles=(Role.FREE_TEXT,)),))
        asked = version.table, axes, roles, Options()
        found.append((proxies(*asked), quality(*asked)))
        space.close()
    assert found[0] == found[1]
    sex = found[0][0][0]
    assert of(sex, "job").association.n == len(large)
    assert of(sex, "job").association.method == "bias-corrected; delta"
    assert of(sex, "pay").association.method == "sample:100000; delta"
    assert of(sex, "pay").auc.method == "sample:100000; 5-fold; delong"
    assert sex.together.method == "sample:100000; naive-bayes; 5-fold; delong"
    assert sex.together.n == 100_000
    pairs = list(zip(large["sex"], large["pay"], strict=True))
    expected = correlation_ratio(pairs)
    assert of(sex, "pay").association.low < expected < of(sex, "pay").association.high


def test_numbers_are_cut_into_fifty_bins_of_as_many_rows():
    values = np.random.default_rng(2).lognormal(size=5000)
    codes, size = proxy_rows._of_number(np.r_[values, np.nan])
    assert size == 51
    assert codes[-1] == 50
    counts = np.bincount(codes[:-1], minlength=50)
    assert counts.min() >= 99
    assert counts.max() <= 101
    assert all(values[codes[:-1] == i].max() < values[codes[:-1] == i + 1].min() for i in range(49))


def test_relationship_gives_sex_away_in_adult(version_of):
    table = pq.read_table(ROOT / "sample_data" / "adult.parquet")
    (found,) = measured(version_of(table), "sex", income="label", fnlwgt="weight")
    first = found.columns[0]
    assert first.column == "relationship"
    plain = table.to_pandas()
    pairs = list(zip(plain["sex"], plain["relationship"], strict=True))
    assert first.association.value == pytest.approx(bergsma(pairs), abs=1e-9)
    cells = pd.crosstab(plain["sex"], plain["relationship"])
    assert first.association.value == pytest.approx(association(cells), abs=0.001)
    assert first.auc.value == pytest.approx(0.867, abs=0.005)
    assert found.together.low > first.auc.high


def test_where_one_lives_gives_ethnicity_away_in_the_loans(version_of):
    data = pa_csv.read_csv(
        ROOT / "sample_data" / "loans.csv",
        convert_options=pa_csv.ConvertOptions(column_types={"zip": pa.string()}),
    )
    roles = {"approved": "label", "application_id": "direct-identifier", "notes": "free-text"}
    (found,) = measured(version_of(data), "ethnicity", **roles)
    # As loans_truth.json says of the proxies that were planted.
    assert {p.column for p in found.columns[:2]} == {"branch", "zip"}
    assert found.columns[1].auc.low > 0.9
    assert found.columns[2].auc.high < 0.6
    assert "collateral_value" in found.note
