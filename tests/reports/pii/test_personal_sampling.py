"""Which values are looked at, and what interval of the share of rows that supports."""

import numpy as np
import pytest
import scipy.stats

from audit.reports.pii.drawing import chunks, draw
from audit.reports.pii.estimating import _POISSON, Frame, share_of_rows
from audit.reports.pii.places import places


def first_place(version, title="t"):
    return next(
        p for p in places(version.table, lambda keys: [False for _ in keys]) if p.title == title
    )


def drawn_of(version, title="t", **asked):
    settings = {"sample": 0, "seed": 0, "most": 100, **asked}
    place = first_place(version, title)
    drawn = draw(version.table, place, **settings)
    return drawn, list(chunks(version.table, drawn, most=100, size=7))


def texts_of(found):
    return [text for chunk in found for text in chunk.texts]


SHAPES = {
    "all different": lambda rng, n: np.ones(n, int),
    "few very often": lambda rng, n: np.minimum(rng.zipf(1.5, n), 2_000),
    "skewed": lambda rng, n: np.ceil(rng.lognormal(1, 1.5, n)).astype(int),
    "two kinds": lambda rng, n: np.where(rng.random(n) < 0.02, 50, 1),
}
HITS = {
    "by chance": lambda rng, k, p: rng.random(len(k)) < p,
    "in frequent values": lambda rng, k, p: rng.random(len(k)) < np.minimum(1, p * k / k.mean()),
    "in rare values": lambda rng, k, p: rng.random(len(k)) < 2 * p / (1 + k),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("hits", HITS)
@pytest.mark.parametrize("share", [0.005, 0.3])
def test_the_interval_holds_the_true_share_of_rows_as_often_as_it_says(shape, hits, share):
    rng = np.random.default_rng([list(SHAPES).index(shape), list(HITS).index(hits)])
    k = SHAPES[shape](rng, 3_000).astype(np.int64)
    hit = HITS[hits](rng, k, share)
    truth = k[hit].sum() / k.sum()
    sample, times = 300, 200
    frequent = np.argsort(-k)[: sample // 2]
    frequent = frequent[k[frequent] * len(k) > 3 * k.sum()]
    rows = np.repeat(np.arange(len(k)), k)
    rows = rows[~np.isin(rows, frequent)]
    within = 0
    for _ in range(times):
        drawn = np.bincount(
            rng.choice(rows, sample - len(frequent), replace=False), minlength=len(k)
        )
        used = drawn > 0
        used[frequent] = True
        frame = Frame(rows=k[used], drawn=drawn[used], all_rows=int(k.sum()))
        found = share_of_rows(frame, hit[used], np.zeros(used.sum(), bool))
        assert 0 <= found.low <= found.value + 1e-12
        assert found.value <= found.high + 1e-12
        within += found.low - 1e-12 <= truth <= found.high + 1e-12
    # Nominal .95; .93 less three standard errors of the simulation, for one of 24 cases.
    assert within / times >= 0.93 - 3 * (0.93 * 0.07 / times) ** 0.5


def test_bounds_of_few_hits_are_those_of_the_poisson_distribution():
    for hits, bound in _POISSON.items():
        assert bound == pytest.approx(scipy.stats.chi2.ppf(0.05, 2 * hits) / 2, abs=1e-4)


def test_all_values_are_counted_exactly_and_what_is_unknown_widens_the_upper_end():
    frame = Frame(rows=np.array([5, 3, 2]), drawn=np.zeros(3, int), all_rows=10)
    none = np.zeros(3, bool)
    exact = share_of_rows(frame, np.array([True, False, False]), none)
    assert (exact.low, exact.value, exact.high) == (0.5, 0.5, 0.5)
    unsure = share_of_rows(frame, np.array([True, False, False]), np.array([False, True, False]))
    assert (unsure.low, unsure.value, unsure.high) == (0.5, 0.5, pytest.approx(0.8))


def test_every_value_comes_once_in_the_order_of_first_rows_with_its_rows(version_of):
    texts = [f"v{i % 23}" if i % 5 else None for i in range(300)]
    drawn, found = drawn_of(version_of({"t": texts}))
    counts = {}
    for i, text in enumerate(texts):
        if text is not None:
            n, first = counts.get(text, (0, i))
            counts[text] = (n + 1, first)
    assert texts_of(found) == sorted(counts, key=lambda t: counts[t][1])
    assert [len(c) for c in found] == [7, 7, 7, 2]
    pairs = [(r, f) for c in found for r, f in zip(c.rows.tolist(), c.first.tolist(), strict=True)]
    assert pairs == [counts[t] for t in texts_of(found)]
    assert (drawn.values, drawn.rows, drawn.sampled) == (23, 240, False)


def test_few_different_values_are_all_looked_at_whatever_the_sample(version_of):
    version = version_of({"t": [f"v{i % 23}" for i in range(300)]})
    drawn, found = drawn_of(version, sample=23)
    assert not drawn.sampled
    assert len(texts_of(found)) == drawn.scanned == drawn.values == 23
    assert drawn_of(version, sample=22)[0].sampled


def test_a_sample_takes_the_frequent_values_and_as_many_rows_as_asked(version_of):
    texts = [f"often{i % 3}" if i % 2 else f"v{i}" for i in range(4_000)]
    drawn, found = drawn_of(version_of({"t": texts}), sample=100)
    (chunk,) = found
    assert {"often0", "often1", "often2"} <= set(chunk.texts)
    assert (drawn.values, drawn.rows, drawn.scanned) == (2_003, 4_000, 100)
    assert sorted(chunk.drawn.tolist()) == [0, 0, 0, *[1] * 97]


def test_the_seed_alone_decides_what_is_drawn(version_of):
    version = version_of({"t": [f"v{i}" for i in range(5_000)]})
    one, again, other = (texts_of(drawn_of(version, sample=50, seed=seed)[1]) for seed in (1, 1, 2))
    assert one == again
    assert len(set(one) & set(other)) < 10


def test_of_nested_values_rows_are_drawn_and_all_their_values_looked_at(version_of):
    lists = [[f"v{i}a", f"v{i}b", "same"] for i in range(3_000)]
    drawn, found = drawn_of(version_of({"t": lists}), "t[]", sample=300)
    texts = set(texts_of(found))
    assert drawn.by_rows
    assert (drawn.values, drawn.rows, drawn.scanned_rows) == (6_001, 3_000, 100)
    assert len(texts) == 201
    assert all(t[:-1] + "b" in texts for t in texts if t.endswith("a"))


def test_long_texts_are_fetched_to_one_character_more_than_is_looked_at(version_of):
    _, found = drawn_of(version_of({"t": ["x" * 500, "short"]}))
    assert [len(t) for t in texts_of(found)] == [101, 5]


def test_short_numbers_hold_nothing_whether_looked_at_or_not(measured):
    short = [10_000 + i for i in range(500)]
    long = [*short[1:], 12_345_678]
    report = measured({"short": short, "long": long, "zip": short}, sample=50)
    seen = {c.column: (c.complete, bool(c.note)) for c in report.columns}
    assert seen == {"short": (True, False), "long": (False, True), "zip": (False, True)}
    assert report.sampled
    assert not measured({"short": short}, sample=50).sampled
    own = measured({"short": short}, sample=50, deny={"PERSON": ("10001",)})
    assert not own.columns[0].complete
