"""Verdicts, corrected for how many measures were compared."""

import numpy as np
import pytest
from scipy.stats import false_discovery_control, norm

from audit.comparing.multiplicity import beyond_chance
from audit.comparing.values import Line
from audit.comparing.verdicts import Scale, judged
from audit.model import Measure
from audit.stats import wilson_interval


def share(hits, n):
    low, high = wilson_interval(hits, n)
    return Measure(name="m", value=hits / n, unit="share", n=n, low=low, high=high)


def line(hits, later, n=2000, *, sure=False):
    made = Line(topic="t", name="m", title="M", before=share(hits, n), after=share(later, n))
    return judged(made, Scale(ideal=0.0), sure=sure)


def test_of_measures_that_did_not_change_one_in_twenty_families_has_a_verdict():
    rng = np.random.default_rng(3)
    alone = family = 0
    for _ in range(400):
        lines = [line(*(int(x) for x in rng.binomial(2000, 0.3, 2))) for _ in range(12)]
        alone += any(x.verdict in ("better", "worse") for x in lines)
        family += any(x.verdict in ("better", "worse") for x in beyond_chance(lines))
    assert alone / 400 > 0.3
    assert family / 400 == pytest.approx(0.05, abs=0.03)


def test_the_correction_is_that_of_scipy_and_a_real_change_stays():
    lines = [line(600, 600 + 13 * i) for i in range(9)]
    z = [x.change / ((x.change - x.low) / 1.959964) for x in lines]
    expected = false_discovery_control(2 * norm.sf(np.abs(z)))
    found = beyond_chance(lines)
    for x, p in zip(found, expected, strict=True):
        assert (x.verdict == "worse") == (p < 0.05 and x.change > 0)
    assert (lines[5].verdict, found[8].verdict) == ("worse", "worse")
    assert "Benjamini" in next(b.reason for a, b in zip(lines, found, strict=True) if a != b)


def test_facts_about_the_rows_stay():
    facts = [line(600, 601 + i, sure=True) for i in range(5)]
    assert beyond_chance(facts) == tuple(facts)
