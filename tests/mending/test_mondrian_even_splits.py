"""Categories in two sets: no class of 2k rows and more stays whole that some sets would part."""

from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.mending.coded import encoded, together
from audit.mending.mondrian import Diversity, Entries, axis_of, partition
from audit.mending.mondrian.splitting import evenest

ADULT = Path(__file__).parents[2] / "sample_data" / "adult.parquet"
KNOWN = ["education", "occupation", "relationship", "sex", "native-country"]
COUNTS = st.lists(st.integers(1, 9), min_size=1, max_size=8)


def sums(sizes):
    """Give the rows of every set of values."""
    found = {0}
    for n in sizes:
        found |= {n + m for m in found}
    return found


def could_be_parted(members, k):
    """Whether the values of some column fall into two sets of k rows and more."""
    counts = (Counter(values).values() for values in zip(*members, strict=True))
    return any(k <= n <= len(members) - k for sizes in counts for n in sums(sizes))


def entries_of(*columns):
    coded = [
        encoded(f"c{i}", "category", [pa.array(part).dictionary_encode()], pa.string())
        for i, part in enumerate(columns)
    ]
    entry, n = together(coded)
    one = np.zeros(n, dtype=np.int64)
    one[entry] = np.arange(len(entry))
    weights = np.bincount(entry, minlength=n)
    axes = tuple(axis_of(c, one, weights) for c in coded)
    return coded, entry, one, Entries(axes=axes, weights=weights)


@settings(max_examples=150, deadline=None)
@given(segments=st.lists(COUNTS, min_size=1, max_size=4), least=st.integers(1, 12))
def test_no_sets_of_any_segment_are_more_even(segments, least):
    segment = np.repeat(np.arange(len(segments)), [len(s) for s in segments])
    marked = evenest(segment, np.concatenate(segments), least)
    for number, sizes in enumerate(segments):
        there = marked[segment == number]
        nearest = max(n for n in sums(sizes) if n <= sum(sizes) / 2)
        if there.any():
            assert np.array(sizes)[there].sum() == nearest
        else:
            assert nearest < least or len(sizes) == 2


@settings(max_examples=80, deadline=None)
@given(rows=st.lists(st.tuples(*[st.sampled_from("abcdefg")] * 2), min_size=8), k=st.integers(2, 8))
def test_no_class_is_left_that_two_sets_of_categories_would_part(rows, k):
    if len(rows) < k:
        return
    _, entry, _, entries = entries_of(*zip(*rows, strict=True))
    classes = partition(entries, k)[entry]
    for class_ in range(classes.max() + 1):
        members = [row for row, c in zip(rows, classes, strict=True) if c == class_]
        assert len(members) >= k
        assert len(members) < 2 * k or not could_be_parted(members, k)


def test_no_class_of_adult_is_left_that_two_sets_of_categories_would_part():
    table = pq.read_table(ADULT, columns=KNOWN)
    parts = [table[name].combine_chunks().cast(pa.string()) for name in KNOWN]
    _, entry, _, entries = entries_of(*parts)
    classes = partition(entries, 25)[entry]
    rows = list(zip(*(part.to_pylist() for part in parts), strict=True))
    sizes = np.bincount(classes)
    assert sizes.min() >= 25
    large = np.flatnonzero(sizes >= 50)
    for class_ in large.tolist():
        assert not could_be_parted([rows[i] for i in np.flatnonzero(classes == class_)], 25)


@pytest.mark.parametrize(
    ("ill", "sizes"), [("xyxyxyxyxy", [5, 5]), ("xxxxyyyyxy", [10]), ("xxxxyyyyyx", [5, 5])]
)
def test_sets_part_a_class_only_where_both_hold_the_rules(ill, sizes):
    # In order 4 | 6, 8 | 2 and 9 | 1; as the sets a, c and b, d: 5 | 5.
    job = list("aaaabbbbcd")
    coded, entry, one, entries = entries_of(job, list(ill))
    rule = Diversity(codes=coded[1].codes[one], width=coded[1].width, least=2)
    own = Entries(axes=entries.axes[:1], weights=entries.weights)
    classes = partition(own, 5, rules=[rule])[entry]
    assert sorted(Counter(classes.tolist()).values()) == sizes
