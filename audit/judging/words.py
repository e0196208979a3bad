"""How findings are worded: values in quotes, rows in words, steps."""

from collections.abc import Callable, Sequence
from math import isfinite

from audit.format import counted, cut
from audit.model import Scalar, Step

VALUE_LENGTH = 40
"""Characters of a value or a name that a title shows."""
LISTED = 3
"""Values or names that a title lists before it counts the others."""


def quoted(value: Scalar, most: int = VALUE_LENGTH) -> str:
    r"""Put a value or a name in curly quotes, on one line and cut: “Black”.

    Control characters (line breaks, marks that turn the direction of writing) become
    ␤, ␉ or �; white space at the ends stays, for it may be what the finding is about.

    Examples
    --------
    >>> quoted("male "), quoted("a\nb"), quoted(-999), quoted("x" * 50, most=5)
    ('“male ”', '“a␤b”', '“-999”', '“xxxx…”')
    """
    return f"“{in_line(str(value), most)}”"


def in_line(text: str, most: int = VALUE_LENGTH) -> str:
    """Cut a text, and make it fit into one line as :func:`quoted` does."""
    return "".join(map(_visible, cut(text, most)))


def listed(values: Sequence[Scalar], most: int = LISTED) -> str:
    """Quote values in a row: '“a”, “b” and 3 more'.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c", "d"], most=2)
    ('“a”', '“a” and “b”', '“a”, “b” and 2 more')
    """
    shown = [quoted(v) for v in values[:most]]
    if len(values) > most:
        return f"{', '.join(shown)} and {len(values) - most:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def of_rows(part: int, whole: int) -> str:
    """Write a part of all rows: '52 of 48,842 rows', 'all 3 rows'."""
    return f"all {counted(whole, 'row')}" if part == whole else f"{part:,} of {whole:,} rows"


def on_columns(remedy: str, *columns: str) -> Step:
    """Suggest a remedy for ``columns``."""
    return Step(remedy=remedy, params=(("columns", columns),))


def bare(value: float) -> str:
    """Write a ratio or a coefficient without the 0 that all of them begin with: '.34', '1.20'.

    Examples
    --------
    >>> bare(0.3412), bare(-0.019), bare(0.999), bare(0)
    ('.34', '−.02', '1.00', '.00')
    """
    text = f"{abs(value):.2f}".removeprefix("0")
    return f"−{text}" if value < 0 and text != ".00" else text


def gap(difference: float) -> str:
    """Write how far two shares are apart, whichever is larger: '19.5 pp'."""
    return f"{abs(difference) * 100:.1f} pp"


def interval(low: float | None, high: float | None, write: Callable[[float], str]) -> str:
    """Write an interval, to stand behind the number it is of; nothing where there is none.

    Examples
    --------
    >>> interval(0.342, 0.377, bare), interval(None, None, bare)
    ('; 95% interval .34 to .38', '')
    """
    if low is None or high is None or not (isfinite(low) and isfinite(high)):
        return ""
    return f"; 95% interval {write(low)} to {write(high)}"


def p_value(p: float) -> str:
    """Write a p-value: 'p = 0.012', 'p < 0.001'."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _visible(character: str) -> str:
    if character in "\n\r\v\f\x85\u2028\u2029":
        return "␤"
    if character == "\t":
        return "␉"
    return character if character.isprintable() or character == "\u00a0" else "\ufffd"


SMALL = 10
"""Counts of people below this are not written out: a finding may be shown to anybody."""


def some(n: int) -> str:
    """Write how many people there are: '48,842'; 'fewer than 10' of one to nine.

    Examples
    --------
    >>> some(0), some(3), some(10)
    ('0', 'fewer than 10', '10')
    """
    return f"fewer than {SMALL}" if 0 < n < SMALL else f"{n:,}"


def wanting(n: int, wanted: int) -> str:
    """Say how many more rows make ``wanted``, without giving a small count away."""
    if 0 < n < SMALL:
        return f"Collect more of them, until there are {wanted:,}."
    more = wanted - n
    return f"Collect about {more:,} more {'row' if more == 1 else 'rows'} of them."
