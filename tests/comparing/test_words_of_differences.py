"""Differences of shares are written in points, and their intervals too."""

from audit.comparing.values import Line
from audit.comparing.verdicts import Scale, judged
from audit.comparing.words import values
from audit.model import Measure


def line(name, before, after):
    sides = (Measure(name=name, value=v, unit="share", n=900) for v in (before, after))
    one = Line(topic="label bias", name=name, title="M", before=next(sides), after=next(sides))
    return judged(one, Scale(ideal=0.0), interval=(-0.0656, 0.041))


def test_a_difference_of_rates_is_in_points_and_a_share_in_percent():
    gap = line("difference_in_proportions_of_labels", -0.196, 1e-16)
    assert values(gap) == ("−19.6 pp", "0.0 pp")
    assert values(line("missing_share", 0.196, 0.0)) == ("19.6%", "0.0%")


def test_the_interval_of_a_change_of_shares_is_in_points():
    told = line("demographic_parity_difference", 0.2, 0.19).reason
    assert told == "The 95% interval of the change, −6.6 pp to +4.1 pp, holds 0: it may be chance."
