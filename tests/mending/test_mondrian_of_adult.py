"""Mondrian on Adult, all 48,842 rows, with pycanon's quasi-identifiers, beside anonypy's figures.

anonypy 0.2.1 on the same rows (text as categories, in the order of the file), its partitions
measured by the definitions of metrics.md and of audit.mending.loss: ranges by their ends,
numbers by the middle of their range, categories by how many a class has.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from audit import runner
from audit.mending.loss import (
    average_class_size,
    discernibility,
    il1s,
    ncp_of_categories,
    ncp_of_numbers,
)
from audit.store import Workspace

pytestmark = pytest.mark.slow

KNOWN = ["age", "education", "occupation", "relationship", "sex", "native-country"]
ADULT = Path(__file__).parents[2] / "sample_data" / "adult.parquet"


@dataclass(frozen=True)
class Loss:
    average: float
    discernibility: int
    il1s: float
    ncp: float


ANONYPY = {
    5: Loss(1.927847, 769_944, 0.046934, 0.017589),
    10: Loss(1.707762, 1_056_032, 0.063139, 0.031816),
    25: Loss(1.574279, 2_135_394, 0.092652, 0.061285),
}


@pytest.fixture(scope="module")
def adult():
    return pq.read_table(ADULT).to_pandas()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    workspace = Workspace.open(tmp_path_factory.mktemp("mondrian"))
    version = runner.load(ADULT, workspace=workspace)
    runner.state_roles(version, {"quasi_identifier": KNOWN, "label": "income"})

    def make(**given):
        step = runner.make_step("k-anonymize", {"columns": KNOWN, **given})
        return runner.apply(version, runner.Recipe(steps=(step,)), workspace=workspace)

    yield make
    workspace.close()


def _frame(version):
    return version.table.arrow("SELECT * FROM {t}").to_pandas()


def _cut(members, k):
    """Name a quasi-identifier that k rows can be told from k others by."""
    for name in KNOWN:
        counts = members[name].value_counts().sort_index()
        first = set(counts.cumsum()) if name == "age" else _sums(counts)
        if any(k <= n <= len(members) - k for n in first):
            return name
    return None


def _sums(counts):
    """Give the rows of every set of values."""
    found = {0}
    for n in counts:
        found |= {n + m for m in found}
    return found


@pytest.mark.parametrize("k", [5, 10, 25])
def test_k_holds_nothing_is_suppressed_and_no_class_could_be_cut(adult, made, k):
    version = made(k=k)
    after = _frame(version)
    assert len(after) == len(adult)
    # pycanon's rule: the smallest group of the quasi-identifiers.
    classes = after.groupby(KNOWN, sort=False, dropna=False)
    assert classes.size().min() >= k
    assert runner.report(version, "reidentification").risk.k == classes.size().min()
    number = classes.ngroup().to_numpy()
    sizes = np.bincount(number)
    for large in np.flatnonzero(sizes >= 2 * k):
        members = adult[number == large]
        assert _cut(members, k) is None, after[number == large][KNOWN].iloc[0].to_dict()


@pytest.mark.parametrize("k", [5, 10, 25])
def test_no_more_is_lost_than_with_anonypy(adult, made, k):
    after = _frame(made(k=k))
    number = after.groupby(KNOWN, sort=False, dropna=False).ngroup().to_numpy()
    sizes = np.bincount(number)
    theirs = ANONYPY[k]
    assert average_class_size(sizes, k) <= theirs.average
    assert discernibility(sizes) <= theirs.discernibility
    ages = adult["age"].groupby(number)
    low, high = (a.to_numpy(dtype=float) for a in (ages.min(), ages.max()))
    middle = ((low + high) / 2)[number]
    assert il1s(adult["age"].to_numpy(dtype=float), middle) <= theirs.il1s
    whole = float(adult["age"].max() - adult["age"].min())
    ncp = [ncp_of_numbers(low, high, sizes, whole)]
    for name in KNOWN[1:]:
        listed = adult[name].groupby(number).nunique().to_numpy()
        ncp.append(ncp_of_categories(listed, sizes, adult[name].nunique()))
    assert np.mean(ncp) <= theirs.ncp


def test_diversity_and_closeness_hold_by_the_report(made):
    version = made(k=10, l=2, t=0.2)
    (income,) = (
        d for d in runner.report(version, "reidentification").disclosures if d.attribute == "income"
    )
    assert income.l_diversity == 2
    assert income.t <= 0.2


def test_relaxed_classes_are_as_small_as_can_be(adult, made):
    after = _frame(made(k=10, strict=False))
    classes = after.groupby(KNOWN, sort=False, dropna=False)
    number = classes.ngroup().to_numpy()
    sizes = np.bincount(number)
    assert sizes.min() >= 10
    # Larger ones are rows that are all alike, or classes that came to be written alike.
    assert sizes[sizes >= 20].sum() < 0.2 * len(adult)
