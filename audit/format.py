"""Numbers as people read them: one way to write each kind, in findings, on pages and in pictures.

``None`` is written ``–`` everywhere; the reason stands beside it, never a 0.
"""

import math
from collections.abc import Callable

NOT_DEFINED = "–"
_SMALL_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SHORTEST_NAME = 8
_IRREGULAR = {
    "is": "are",
    "was": "were",
    "has": "have",
    "category": "categories",
    "entry": "entries",
}


def percent(share: float | None, digits: int = 1) -> str:
    """Write a share in [0, 1]: '10.9%'; '<0.1%' and '>99.9%' for what rounding would hide.

    Examples
    --------
    >>> percent(0.109), percent(0.0001), percent(0.99999), percent(0), percent(1), percent(None)
    ('10.9%', '<0.1%', '>99.9%', '0.0%', '100.0%', '–')
    """
    if share is None or math.isnan(share):
        return NOT_DEFINED
    smallest = 10.0**-digits
    if 0 < share * 100 < smallest / 2:
        return f"<{smallest:.{digits}f}%"
    if 0 < (1 - share) * 100 < smallest / 2:
        return f">{100 - smallest:.{digits}f}%"
    return f"{share:.{digits}%}"


def count(value: float | None) -> str:
    """Write a count: '48,842'."""
    return NOT_DEFINED if value is None else f"{value:,.0f}"


def ratio(value: float | None) -> str:
    """Write a ratio: '0.36'; two decimals and no sign."""
    return NOT_DEFINED if value is None else f"{value:,.2f}"


def points(difference: float | None) -> str:
    """Write a difference of shares in percentage points: '−19.5 pp', '+2.0 pp'."""
    if difference is None:
        return NOT_DEFINED
    sign = "−" if round(difference * 100, 1) < 0 else "+" if round(difference * 100, 1) > 0 else ""
    return f"{sign}{abs(difference) * 100:.1f} pp"


def coefficient(value: float | None) -> str:
    """Write a correlation: '−0.32', with a real minus."""
    if value is None or math.isnan(value):
        return NOT_DEFINED
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text.replace("-", "−")


def number(value: float | None) -> str:
    """Write a value of the data: no more digits than help, never in exponents people trip on.

    Examples
    --------
    >>> number(38.5816), number(1484705.0), number(0.000123), number(-3), number(1e21)
    ('38.58', '1,484,705', '0.000123', '−3', '1e+21')
    """
    if value is None:
        return NOT_DEFINED
    if math.isnan(value) or math.isinf(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-6:
        text = f"{value:.3g}"
    elif float(value).is_integer() or size >= 10_000:
        text = f"{value:,.0f}"
    elif size >= 1:
        text = f"{value:,.2f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:.{2 - math.floor(math.log10(size))}f}".rstrip("0")
    return text.replace("-", "−", 1) if text.startswith("-") else text


def size(n_bytes: float) -> str:
    """Write a size: '3.1 MB', in powers of 1,000."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if n_bytes < 1000:
            return f"{n_bytes:.0f} {unit}" if unit == "bytes" else f"{n_bytes:.1f} {unit}"
        n_bytes /= 1000
    return f"{n_bytes:.1f} TB"


def duration(seconds: float) -> str:
    """Write how long something takes, roughly: '8 s', '3 min', '2 h 5 min'."""
    if seconds < 1:
        return "under 1 s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def cut(text: str, most: int) -> str:
    """Cut ``text`` to ``most`` characters: prose at its end, a name in its middle.

    Long names of one table begin alike, and what tells them apart stands at their ends.

    Examples
    --------
    >>> cut("marital status", 10), cut("measurement_of_0456", 12), cut("short", 12)
    ('marital s…', 'measure…0456', 'short')
    """
    if len(text) <= most:
        return text
    if most < _SHORTEST_NAME or any(map(str.isspace, text)):
        return text[: most - 1].rstrip() + "…"
    tail = most // 3
    return f"{text[: most - 1 - tail]}…{text[-tail:]}"


def in_words(n: int) -> str:
    """Write a small count as a word: 'three'; '12' from eleven on."""
    return _SMALL_WORDS[n] if 0 <= n < len(_SMALL_WORDS) else f"{n:,}"


def plural(n: int, noun: str) -> str:
    """Put a noun or verb in the number that ``n`` asks for: 'row', 'rows'; 'is', 'are'."""
    if n == 1:
        return noun
    return _IRREGULAR.get(noun, f"{noun}s")


def counted(n: int, noun: str) -> str:
    """Count a noun: '1 row', '48,842 rows'."""
    return f"{n:,} {plural(n, noun)}"


_UNITS: dict[str, Callable[[float], str]] = {
    "share": percent,
    "count": count,
    "rows": count,
    "columns": count,
    "bytes": size,
    "coefficient": coefficient,
    "ratio": ratio,
    "bits": lambda value: f"{number(value)} bits",
    "days": lambda value: f"{number(value)} days",
    "characters": lambda value: f"{number(value)} characters",
}


def in_unit(value: float | None, unit: str, name: str = "") -> str:
    """Write the value of the measure ``name`` in the format of its unit; differences in points.

    Examples
    --------
    >>> in_unit(0.109, "share"), in_unit(48842, "rows"), in_unit(0.8949, "value")
    ('10.9%', '48,842', '0.895')
    >>> in_unit(-0.042, "share", "statistical_parity_difference")
    '−4.2 pp'
    """
    if value is None or math.isnan(value):
        return NOT_DEFINED
    if unit == "share" and is_difference(name):
        return points(value)
    return _UNITS.get(unit, number)(value)


def is_difference(name: str) -> bool:
    """Whether the measure ``name`` is a difference: of shares it is written in points."""
    return "difference" in name.split("_")


def moved(change: float | None, unit: str) -> str:
    """Write a change in the format of its unit, with its sign: '−0.008', '+2.0 pp', '±0'.

    Examples
    --------
    >>> moved(-0.195, "share"), moved(-3976, "rows"), moved(0.64, "ratio"), moved(0, "rows")
    ('−19.5 pp', '−3,976', '+0.64', '±0')
    >>> moved(0.0004, "coefficient")
    '+0.0004'
    """
    if change is None or math.isnan(change):
        return NOT_DEFINED
    if not change:
        return "±0"
    if unit == "share" and abs(change) >= 0.0005:
        return points(change)
    sign = "+" if change > 0 else "−"
    if unit == "share":
        return f"{sign}{'<0.1' if abs(change) < 0.00005 else f'{abs(change) * 100:.2f}'} pp"
    text = in_unit(abs(change), unit)
    return sign + (text if any(c in "123456789" for c in text) else number(abs(change)))


_TYPES = {
    "VARCHAR": "text",
    "BOOLEAN": "yes/no",
    "DOUBLE": "decimal",
    "FLOAT": "decimal",
    "DATE": "date",
    "TIMESTAMP": "time stamp",
}


def type_word(type_: str) -> str:
    """Say a DuckDB type in a word: 'BIGINT' is a 'whole number', 'INTEGER[]' is 'nested'."""
    if type_.endswith("]") or type_.startswith(("STRUCT", "MAP", "UNION")):
        return "nested"
    if "INT" in type_ and type_ != "INTERVAL":
        return "whole number"
    if type_.startswith("DECIMAL"):
        return "decimal"
    if type_.startswith("ENUM"):
        return "text"
    return _TYPES.get(type_.split(" ")[0], type_.lower())
