"""Values that look like coded missing ones. They are values; we only say that they look so."""

from audit.stats import Counts, Floats

TEXT_TOKENS = frozenset(
    {
        *("na", "n/a", "n.a.", "n.a", "#n/a", "#n/a n/a", "#na", "<na>", "(na)"),
        *("null", "(null)", "<null>", "[null]", "nil", "\\n", "none", "<none>", "(none)"),
        *("nan", "-nan", "1.#ind", "-1.#ind", "1.#qnan", "-1.#qnan", "nat", "undefined"),
        *("?", "??", "???", "-", "--", "---", ".", "..", "...", "*", "_", "\u2013", "\u2014"),
        *("missing", "(missing)", "unknown", "(unknown)", "not available", "not applicable"),
        *("no data", "n.d.", "(blank)", "(empty)", "empty", "#value!", "#ref!", "#div/0!"),
        *("-9", "-99", "-999", "-9999", "-99999", "0000-00-00", "0000-00-00 00:00:00"),
    }
)
"""In text: compared in lower case, without white space at the ends.

The union of what pandas, R and spreadsheets write for a missing value, the codes of surveys,
and the words people type. An empty text is ``blank``, not a token.
"""

LONGEST_TOKEN = max(len(token.encode()) for token in TEXT_TOKENS)

NEGATIVE_CODES = (-1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, -999999.0)
POSITIVE_CODES = (99.0, 999.0, 9999.0, 99999.0, 999999.0)
"""In numbers: only where they stand apart, see :func:`number_codes`."""

_FEWEST_OTHERS = 3
_MANY_OTHERS = 10
_FEWEST_ROWS = 2


def number_codes(values: Floats, counts: Counts) -> list[int]:
    """Find the coded missing values among the different values of a column of numbers.

    Parameters
    ----------
    values : array of shape (m,)
        The different finite values, increasing.
    counts : array of int of shape (m,)
        How many rows have each.

    Returns
    -------
    list of int
        Positions in ``values``, increasing.

    Notes
    -----
    A code is one of :data:`NEGATIVE_CODES` at the lower end or :data:`POSITIVE_CODES` at the
    upper end that at least two rows have and that stands apart from the other values: the gap
    to the nearest of them is wider than all of them are spread; or it is the only negative
    value beside ten others. At least three others are needed to speak of 'apart'.

    Examples
    --------
    >>> import numpy as np
    >>> values = np.array([-999, 18, 25, 40, 99])
    >>> number_codes(values, np.array([7, 1, 1, 1, 1]))
    [0]
    """
    first, last = 0, len(values)
    while first < last and values[first] in NEGATIVE_CODES:
        first += 1
    while last > first and values[last - 1] in POSITIVE_CODES:
        last -= 1
    if last - first < _FEWEST_OTHERS:
        return []
    low, high = float(values[first]), float(values[last - 1])
    spread = high - low
    alone = first == 1 and low >= 0 and last - first >= _MANY_OTHERS
    below = [i for i in range(first) if alone or low - float(values[i]) > spread]
    above = [i for i in range(last, len(values)) if float(values[i]) - high > spread]
    return [i for i in below + above if counts[i] >= _FEWEST_ROWS]
