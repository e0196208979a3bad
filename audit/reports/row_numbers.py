"""Whole numbers that name rows rather than measure something."""

_SURE = 20.0
"""Chance keeps numbers apart with a probability below e to the minus this: one in 500 million."""


def name_rows(n: int, low: int | float, high: int | float) -> bool:
    """Whether ``n`` whole numbers, no two of them equal, can hardly be amounts.

    Numbers without a gap are counted on from row to row. Others lie so close together that, were
    they drawn, two would have met (the birthday problem): somebody saw to it that none did.
    Amounts that happen to be all different lie further apart.

    Examples
    --------
    >>> name_rows(3_000, 1, 3_000), name_rows(3_000, 1_000, 9_999)
    (True, True)
    >>> name_rows(3_000, 1_000, 9_000_000)
    False
    """
    places = float(high) - float(low) + 1
    return n > 1 and (places <= n or n * (n - 1) / (2 * places) > _SURE)
