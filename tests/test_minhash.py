"""Nearly equal texts, against plain sets of shingles and against planted copies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.stats.minhash import bands, clusters, jaccard, near_pairs, shingles, signatures

VOCABULARY = [f"word{i}" for i in range(5_000)]


def plain_shingles(text: str) -> set[tuple[str, ...]]:
    """The definition again: runs of five words, or of five characters of shorter texts."""
    words = text.casefold().split()
    tokens: list[str] = words if len(words) >= 5 else list(" ".join(words))
    if not tokens:
        return set()
    tokens += ["pad"] * (5 - len(tokens))
    return {tuple(tokens[i : i + 5]) for i in range(len(tokens) - 4)}


def plain_jaccard(one: str, other: str) -> float:
    a, b = plain_shingles(one), plain_shingles(other)
    return len(a & b) / len(a | b) if a | b else 0.0


def documents(rng: np.random.Generator, n: int) -> list[str]:
    lengths = rng.integers(20, 120, n)
    return [" ".join(rng.choice(VOCABULARY, length)) for length in lengths]


def changed(rng: np.random.Generator, text: str, times: int) -> str:
    words = text.split()
    for i in rng.integers(0, len(words), times):
        words[i] = "changed"
    return " ".join(words)


words = st.lists(st.sampled_from(["a", "b", "c", "Dd", "é"]), max_size=14).map(" ".join)


@given(st.lists(words, min_size=2, max_size=8))
def test_jaccard_is_that_of_plain_sets_of_shingles(texts):
    found = shingles(texts)
    pairs = np.array([(i, j) for i in range(len(texts)) for j in range(i + 1, len(texts))])
    expected = [plain_jaccard(texts[i], texts[j]) for i, j in pairs]
    assert jaccard(found, pairs).tolist() == expected


def test_planted_near_copies_are_found_and_every_pair_is_exact():
    rng = np.random.default_rng(7)
    texts = documents(rng, 3_000)
    planted = []
    for i in range(1_000):
        planted.append((i, len(texts)))
        texts.append(changed(rng, texts[i], int(rng.integers(1, 4))))
    found = shingles(texts)
    pairs, similarity = near_pairs(found, threshold=0.6, seed=3)
    true = {pair: plain_jaccard(texts[pair[0]], texts[pair[1]]) for pair in planted}
    listed = {tuple(pair) for pair in pairs.tolist()}
    sure = [pair for pair, share in true.items() if share >= 0.7]
    assert len(sure) > 400
    assert sum(pair in listed for pair in sure) / len(sure) >= 0.98
    assert not [pair for pair, share in true.items() if share < 0.6 and pair in listed]
    assert all(
        plain_jaccard(texts[i], texts[j]) == share
        for (i, j), share in zip(pairs.tolist()[:300], similarity[:300], strict=True)
    )


def test_agreement_of_signatures_estimates_the_similarity():
    rng = np.random.default_rng(1)
    text = documents(rng, 1)[0] + " " + documents(rng, 1)[0]
    texts = [text, changed(rng, text, 5)]
    signed = signatures(shingles(texts), permutations=4_096)
    agree = float((signed[0] == signed[1]).mean())
    assert agree == pytest.approx(plain_jaccard(*texts), abs=0.03)


def test_a_large_set_of_similar_texts_is_linked_without_listing_every_pair():
    rng = np.random.default_rng(2)
    text = " ".join(rng.choice(VOCABULARY, 200))
    texts = [f"{text} number{i}" for i in range(500)] + documents(rng, 50)
    pairs, similarity = near_pairs(shingles(texts), threshold=0.8)
    assert len(pairs) < 500 * 20
    assert similarity.min() >= 0.8
    found = clusters(len(texts), pairs)
    assert set(found[:500].tolist()) == {0}
    assert found[500:].tolist() == list(range(500, 550))


def test_case_and_white_space_do_not_count_and_blank_texts_are_like_nothing():
    texts = ["One two  three four five six", "one TWO three\nfour five six", "", "  ", "x", "X"]
    pairs, similarity = near_pairs(shingles(texts), threshold=0.9)
    assert pairs.tolist() == [[0, 1], [4, 5]]
    assert similarity.tolist() == [1.0, 1.0]


def test_the_same_seed_gives_the_same_pairs_whatever_stands_before():
    rng = np.random.default_rng(4)
    texts = documents(rng, 200)
    texts += [changed(rng, text, 1) for text in texts[:50]]
    one, _ = near_pairs(shingles(texts), threshold=0.7, seed=1)
    again, _ = near_pairs(shingles(texts), threshold=0.7, seed=1)
    assert np.array_equal(one, again)


def test_one_text_or_none_has_no_pairs():
    for texts in ([], ["alone in the world it stands"]):
        pairs, similarity = near_pairs(shingles(texts), threshold=0.8)
        assert len(pairs) == len(similarity) == 0


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.8, 0.9, 1.0])
def test_bands_let_pairs_at_the_threshold_through(threshold):
    n, rows = bands(threshold)
    assert n * rows <= 64
    assert 1 - (1 - threshold**rows) ** n >= 0.995
