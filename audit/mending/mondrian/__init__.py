"""Mondrian: rows put into classes of k and more that are as narrow as can be.

LeFevre, DeWitt, Ramakrishnan (2006), Mondrian multidimensional k-anonymity. :mod:`.cutting`
makes the classes, :mod:`.rules` holds what a class needs besides k rows, :mod:`.labels` what
its cells become.
"""

from audit.mending.mondrian.axes import Axis, axis_of
from audit.mending.mondrian.cutting import Entries, partition
from audit.mending.mondrian.labels import Numbers, recoded
from audit.mending.mondrian.rules import Closeness, Diversity, Rule

__all__ = [
    "Axis",
    "Closeness",
    "Diversity",
    "Entries",
    "Numbers",
    "Rule",
    "axis_of",
    "partition",
    "recoded",
]
