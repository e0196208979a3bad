"""Laws of Mondrian: k and the rules hold, no class could be cut, cells hold what stood in them."""

from collections import Counter, defaultdict
from itertools import accumulate, chain, combinations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.mending.coded import encoded, together
from audit.mending.mondrian import Closeness, Diversity, Entries, axis_of, partition, recoded

TYPES = {"number": pa.int64(), "category": pa.string(), "date": pa.date32()}
KINDS = ("number", "category", "number", "date")
ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(-4, 4),
        st.none() | st.sampled_from(["a", "b", "c, d", "{e}", ""]),
        st.integers(0, 10**15),
        st.none() | st.dates(),
        st.sampled_from("xyz"),
    ),
    min_size=2,
    max_size=40,
)


def columns_of(rows):
    parts = zip(*(row[:4] for row in rows), strict=True)
    return [
        encoded(f"c{i}", kind, [pa.array(part, TYPES[kind]).dictionary_encode()], TYPES[kind])
        for i, (kind, part) in enumerate(zip(KINDS, parts, strict=True))
    ]


def entries_of(columns, *, strict=True):
    entry, n = together(columns)
    if not strict:
        entry = np.argsort(np.argsort(entry, kind="stable"), kind="stable")
        n = len(entry)
    one = np.zeros(n, dtype=np.int64)
    one[entry] = np.arange(len(entry))
    weights = np.bincount(entry, minlength=n)
    axes = tuple(axis_of(c, one, weights) for c in columns)
    return entry, one, Entries(axes=axes, weights=weights, divides=not strict)


def cells_of(columns, one, entries, classes, entry):
    made = [
        recoded(c, c.codes[one], classes, entries.weights, numbers="range", most=20).cells
        for c in columns
    ]
    by_class = list(zip(*(m.to_pylist() for m in made), strict=True))
    return [by_class[classes[e]] for e in entry]


def sums(sizes):
    """Give the rows of every set of values there is."""
    sets = chain.from_iterable(combinations(sizes, m) for m in range(1, len(sizes)))
    return [sum(some) for some in sets]


def could_be_cut(members, k, kinds=KINDS):
    """Whether some quasi-identifier has a value below and above which k rows lie each.

    Categories may be put on either side, whichever set of them.
    """
    for i, kind in enumerate(kinds):
        counts = Counter(row[i] for row in members)
        sizes = [n for v, n in sorted(counts.items(), key=lambda c: (c[0] is not None, c[0]))]
        first = sums(sizes) if kind == "category" else accumulate(sizes)
        if any(k <= n <= len(members) - k for n in first):
            return True
    return False


@settings(max_examples=80, deadline=None)
@given(rows=ROWS, k=st.integers(2, 6), strict=st.booleans())
def test_k_holds_and_every_cell_holds_what_stood_there(rows, k, strict):
    if len(rows) < k:
        return
    columns = columns_of(rows)
    entry, one, entries = entries_of(columns, strict=strict)
    classes = partition(entries, k)
    sizes = Counter(classes[entry].tolist())
    assert min(sizes.values()) >= k
    assert sorted(sizes) == list(range(len(sizes)))
    members = defaultdict(list)
    for row, class_ in zip(rows, classes[entry].tolist(), strict=True):
        members[class_].append(row)
    for held in members.values():
        if strict:
            assert len(held) < 2 * k or not could_be_cut(held, k)
        else:
            assert len(held) < 2 * k or len({row[:4] for row in held}) == 1
    cells = cells_of(columns, one, entries, classes, entry)
    for class_, held in members.items():
        _check(next(c for c, e in zip(cells, entry, strict=True) if classes[e] == class_), held)


def _check(cells, held):
    for i, (kind, cell) in enumerate(zip(KINDS, cells, strict=True)):
        values = sorted({row[i] for row in held if row[i] is not None})
        if not values:
            assert cell is None
            continue
        assert cell.endswith(" or missing") == any(row[i] is None for row in held)
        told = cell.removesuffix(" or missing")
        texts = [str(v) for v in values]
        if len(values) == 1:
            assert told == texts[0]
        elif kind == "category":
            words = [f'"{v}"' if not v or set(v) & set(',{}"') else v for v in texts]
            assert told == "{" + ", ".join(words) + "}"
        else:
            assert told in (f"[{texts[0]}-{texts[-1]}]", f"[{texts[0]} to {texts[-1]}]")


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, k=st.integers(2, 5), order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, k, order):
    if len(rows) < k:
        return
    found = []
    for given_ in (rows, order.sample(rows, len(rows))):
        columns = columns_of(given_)
        entry, one, entries = entries_of(columns)
        cells = cells_of(columns, one, entries, partition(entries, k), entry)
        found.append(Counter(zip((row[:4] for row in given_), cells, strict=True)))
    assert found[0] == found[1]


@settings(max_examples=60, deadline=None)
@given(
    rows=ROWS,
    k=st.integers(2, 4),
    l=st.integers(2, 3),
    t=st.sampled_from([0.1, 0.3, 0.6]),
    strict=st.booleans(),
)
def test_the_rules_hold_in_every_class(rows, k, l, t, strict):  # noqa: E741
    if len(rows) < k or len({row[4] for row in rows}) < l:
        return
    label = encoded("s", "category", [pa.array([r[4] for r in rows]).dictionary_encode()], None)
    columns = columns_of(rows)
    if strict:
        entry, one, entries = entries_of([*columns, label])
        entries = Entries(axes=entries.axes[:4], weights=entries.weights)
    else:
        entry, one, entries = entries_of(columns, strict=False)
    codes = label.codes[one]
    diversity = Diversity(codes=codes, width=label.width, least=l)
    closeness = Closeness(
        codes=codes, width=label.width, weights=entries.weights, most=t, ordered=False
    )
    classes = partition(entries, k, rules=[diversity, closeness])[entry]
    whole = Counter(row[4] for row in rows)
    for class_ in set(classes.tolist()):
        own = [row[4] for row, c in zip(rows, classes, strict=True) if c == class_]
        counts = Counter(own)
        far = sum(abs(counts[v] / len(own) - whole[v] / len(rows)) for v in whole) / 2
        assert len(counts) >= l
        assert far <= t
        assert len(own) >= k


@pytest.mark.parametrize("width", [60, 70])
def test_many_categories_are_cut_like_few(width):
    texts = pa.array([f"v{i % width:03}" for i in range(4 * width)])
    column = encoded("c", "category", [texts.dictionary_encode()], pa.string())
    entry, _, entries = entries_of([column])
    sizes = Counter(partition(entries, 4)[entry].tolist())
    assert set(sizes.values()) == {4}
