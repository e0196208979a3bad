"""Nearly equal texts: MinHash over shingles, candidates by bands, verified by exact Jaccard."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

SHINGLE = 5
"""Words that make one shingle; in texts of fewer words than that, characters."""
PERMUTATIONS = 64

Hashes = npt.NDArray[np.uint64]
Signatures = npt.NDArray[np.uint32]
Indexes = npt.NDArray[np.int64]

_CHARACTERS = 1 << 40
"""Added to the code of a character, so that it is no word's number."""
_BATCH = 1 << 16
"""Shingles that are hashed at once: they stay in the processor's cache."""
_MOST_PAIRED = 64
"""Texts of one bucket up to which each two are compared."""
_MOST_VERIFIED = 1 << 21
"""Shingles that are compared at once."""
_LEAST_FOUND = 0.995
"""Share of the pairs just at the threshold that the bands must let through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shingles:
    """Hashes of the shingles of texts, one text after the other."""

    hashes: Hashes
    starts: Indexes
    """Where each text begins, and at the end where the last one ends."""

    def __len__(self) -> int:
        return len(self.starts) - 1


def shingles(texts: Sequence[str], *, size: int = SHINGLE) -> Shingles:
    """Cut texts into overlapping runs of ``size`` words and hash these.

    Case and white space do not count. A text of fewer words is cut into runs of ``size``
    characters, the shortest is one shingle by itself, and a blank one has none.
    """
    # A word's number is that of its first appearance: no hash of Python's, which differs by run.
    known: defaultdict[str, int] = defaultdict(count().__next__)
    tokens: list[int] = []
    lengths = np.zeros(len(texts), np.int64)
    for i, text in enumerate(texts):
        before = len(tokens)
        words = text.casefold().split()
        if len(words) >= size:
            tokens += map(known.__getitem__, words)
        elif words:
            codes = [_CHARACTERS + ord(c) for c in " ".join(words)]
            tokens += codes + [_CHARACTERS] * (size - len(codes))
        lengths[i] = len(tokens) - before
    return _rolled(np.array(tokens, np.uint64), lengths, size)


def _rolled(tokens: Hashes, lengths: Indexes, size: int) -> Shingles:
    starts = np.concatenate([[0], np.cumsum(np.maximum(lengths - size + 1, 0))]).astype(np.int64)
    if not starts[-1]:
        return Shingles(hashes=np.zeros(0, np.uint64), starts=starts)
    mixed = _mixed(tokens)
    total = len(mixed) - size + 1
    rolled = np.zeros(total, np.uint64)
    for i in range(size):
        rolled = rolled * np.uint64(0x9E3779B97F4A7C15) + mixed[i : i + total]
    # A run that begins among the last words of a text would reach into the next one.
    reaches = np.zeros(len(mixed), bool)
    ends = np.cumsum(lengths)
    for i in range(1, size):
        reaches[ends[lengths >= i] - i] = True
    return Shingles(hashes=_mixed(rolled[~reaches[:total]]), starts=starts)


def _mixed(x: Hashes) -> Hashes:
    """Spread numbers evenly (the finalizer of SplitMix64)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def signatures(found: Shingles, *, seed: int = 0, permutations: int = PERMUTATIONS) -> Signatures:
    """Give the smallest hash of each text under each of some seeded permutations.

    Notes
    -----
    Broder (1997), *On the resemblance and containment of documents*: two texts agree in one
    of these with the probability of their Jaccard similarity. Texts without a shingle have the
    largest hash throughout.
    """
    rng = np.random.default_rng(seed)
    factors = rng.integers(0, 2**32, permutations, dtype=np.uint32) | np.uint32(1)
    terms = rng.integers(0, 2**32, permutations, dtype=np.uint32)
    out = np.full((permutations, len(found)), np.iinfo(np.uint32).max, np.uint32)
    short = (found.hashes >> np.uint64(32)).astype(np.uint32)
    for begin, end in _batches(found.starts, _BATCH):
        first = found.starts[begin]
        part = short[first : found.starts[end]]
        filled = begin + np.flatnonzero(np.diff(found.starts[begin : end + 1]))
        if not len(filled):
            continue
        at = found.starts[filled] - first
        for i in range(permutations):
            out[i, filled] = np.minimum.reduceat(part * factors[i] + terms[i], at)
    return np.ascontiguousarray(out.T)


def _batches(starts: Indexes, most: int) -> Iterator[tuple[int, int]]:
    """Cut texts into stretches of about ``most`` shingles each."""
    begin, n = 0, len(starts) - 1
    while begin < n:
        end = int(np.searchsorted(starts, starts[begin] + most, "right")) - 1
        end = min(max(end, begin + 1), n)
        yield begin, end
        begin = end


def bands(threshold: float, *, permutations: int = PERMUTATIONS) -> tuple[int, int]:
    """Choose how many bands of how many rows let pairs at ``threshold`` through.

    The widest bands are chosen that miss no more than one such pair in 200: the wider they
    are, the fewer pairs are compared in vain.

    Examples
    --------
    >>> bands(0.8), bands(0.5)
    ((16, 4), (32, 2))
    """
    for rows in range(permutations, 1, -1):
        n = permutations // rows
        if 1 - (1 - threshold**rows) ** n >= _LEAST_FOUND:
            return n, rows
    return permutations, 1


def near_pairs(
    found: Shingles, *, threshold: float, seed: int = 0, permutations: int = PERMUTATIONS
) -> tuple[Indexes, npt.NDArray[np.float64]]:
    """Find pairs of texts whose Jaccard similarity is ``threshold`` or more.

    Parameters
    ----------
    found : Shingles
        Of the texts, best of different ones: equal texts make pairs of all of them.
    threshold : float
        In (0, 1].
    seed, permutations : int
        Of the MinHash signatures.

    Returns
    -------
    pairs : array of shape (n, 2)
        Indexes of texts, the smaller first, in order. In large sets of similar texts not every
        pair is listed, but all texts of the set are linked.
    similarity : array
        The exact Jaccard similarity of each pair.
    """
    if len(found) < 2:
        return np.zeros((0, 2), np.int64), np.zeros(0)
    signed = signatures(found, seed=seed, permutations=permutations)
    signed = signed[:, : np.prod(bands(threshold, permutations=permutations))]
    n, rows = bands(threshold, permutations=permutations)
    filled = np.flatnonzero(np.diff(found.starts))
    small: list[Indexes] = []
    large: list[Indexes] = []
    for i in range(n):
        band = np.ascontiguousarray(signed[filled, i * rows : (i + 1) * rows])
        for bucket in _buckets(band):
            members = filled[bucket]
            (small if len(members) <= _MOST_PAIRED else large).append(members)
    sets = _Sets(found)
    pairs = _all_pairs(small)
    kept = [(pairs, sets.jaccard(pairs))]
    kept += [_linked(sets, members, threshold) for members in large]
    every = np.concatenate([p for p, _ in kept])
    similarity = np.concatenate([s for _, s in kept])
    enough = similarity >= threshold
    every, first = np.unique(every[enough], axis=0, return_index=True)
    return every, similarity[enough][first]


def _buckets(band: Signatures) -> Iterator[Indexes]:
    """Give the sets of two or more rows that are equal."""
    keys = np.zeros(len(band), np.uint64)
    for column in band.T:
        keys = _mixed(keys ^ column.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    order = np.argsort(keys, kind="stable")
    edges = np.flatnonzero(np.diff(keys[order])) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(keys)]])
    for i in np.flatnonzero(ends - starts > 1):
        yield order[starts[i] : ends[i]]


def _all_pairs(buckets: Sequence[Indexes]) -> Indexes:
    by_size: dict[int, list[Indexes]] = {}
    for members in buckets:
        by_size.setdefault(len(members), []).append(members)
    made = [np.zeros((0, 2), np.int64)]
    for size, sets in by_size.items():
        one, other = np.triu_indices(size, 1)
        whole = np.stack(sets)
        made.append(np.stack([whole[:, one].ravel(), whole[:, other].ravel()], axis=1))
    return np.unique(np.concatenate(made), axis=0)


class _Sets:
    """The different shingles of each text, as numbers of one vocabulary."""

    def __init__(self, found: Shingles) -> None:
        n = len(found)
        words, ids = np.unique(found.hashes, return_inverse=True)
        self.words = max(len(words), 1)
        owner = np.repeat(np.arange(n, dtype=np.int64), np.diff(found.starts))
        keys = np.unique(owner * self.words + ids)
        self.ids = keys % self.words
        self.starts = np.searchsorted(keys // self.words, np.arange(n + 1))
        self.sizes = np.diff(self.starts)

    def of(self, texts: Indexes) -> Indexes:
        """Give the shingles of some texts, one after the other."""
        return np.concatenate([self.ids[self.starts[i] : self.starts[i + 1]] for i in texts])

    def jaccard(self, pairs: Indexes) -> npt.NDArray[np.float64]:
        """Give the similarity of each pair, exactly."""
        if not len(pairs):
            return np.zeros(0)
        lengths = self.sizes[pairs].sum(axis=1)
        common = np.zeros(len(pairs))
        ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        for begin, end in _batches(ends, _MOST_VERIFIED):
            flat = pairs[begin:end].ravel()
            owner = np.repeat(np.arange(len(flat)) // 2, self.sizes[flat])
            keys = np.sort(owner * self.words + self.of(flat))
            twice = keys[1:][keys[1:] == keys[:-1]] // self.words
            common[begin:end] = np.bincount(twice, minlength=end - begin)
        share: npt.NDArray[np.float64] = common / np.maximum(lengths - common, 1)
        return share


def _linked(
    sets: _Sets, members: Indexes, threshold: float
) -> tuple[Indexes, npt.NDArray[np.float64]]:
    """Compare the texts of a large bucket with one of them, those that differ with the next."""
    pairs: list[Indexes] = []
    similarity: list[npt.NDArray[np.float64]] = []
    words, whole = np.unique(sets.of(members), return_inverse=True)
    sizes = sets.sizes[members]
    starts = np.cumsum(sizes) - sizes
    left = np.arange(len(members))
    for _ in range(_MOST_PAIRED):
        if len(left) < 2:
            break
        first, others = left[0], left[1:]
        marked = np.zeros(len(words), np.int64)
        marked[whole[starts[first] : starts[first] + sizes[first]]] = 1
        common = np.add.reduceat(marked[whole], starts)[others]
        alike = common / (sizes[first] + sizes[others] - common)
        pairs.append(np.stack([np.full(len(others), members[first]), members[others]], axis=1))
        similarity.append(alike)
        left = others[alike < threshold]
    return np.concatenate(pairs), np.concatenate(similarity)


def jaccard(found: Shingles, pairs: Indexes) -> npt.NDArray[np.float64]:
    """Give the Jaccard similarity of the sets of shingles of each pair of texts, exactly."""
    return _Sets(found).jaccard(pairs)


def clusters(n: int, pairs: Indexes) -> Indexes:
    """Give each of ``n`` texts the smallest index that pairs link it to: its own where none do."""
    roots = list(range(n))

    def root(i: int) -> int:
        while roots[i] != i:
            roots[i] = roots[roots[i]]
            i = roots[i]
        return i

    for one, other in pairs.tolist():
        low, high = sorted((root(one), root(other)))
        roots[high] = low
    return np.fromiter(map(root, range(n)), np.int64, n)
