"""What the texts of a column have in common, and the type that loses none of it.

A *fact* is a bit: 'there is a whole number here', 'there is a date here'. Facts of parts
are joined with ``|``, so a column's type is a function of all its values, whatever the
order or the chunks they came in. Text is the type of every mixture.

What is never done: a leading zero, a plus sign, more than 18 digits, white space beside a
number, or two spellings of 'true' taken for a number or a truth value. The empty field is
missing (NULL), quoted or not; ``NA``, ``?`` and the like stay text.
"""

from enum import IntFlag
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Bytes = np.ndarray[Any, np.dtype[np.uint8]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Offsets = np.ndarray[Any, np.dtype[np.int32]]


class Fact(IntFlag):
    """One thing that is true of some value of a column."""

    INTEGER = 1
    """A whole number that a double holds exactly."""
    BIG = 2
    """A whole number of up to 18 digits that a double does not hold."""
    DECIMAL = 4
    """A number with a point or an exponent."""
    PRECISE = 8
    """A decimal with more digits than a double holds (as C's and numpy's %.18e write them)."""
    SPECIAL = 16
    """nan or inf."""
    LOWER = 32
    """true, false."""
    TITLE = 64
    """True, False."""
    UPPER = 128
    """TRUE, FALSE."""
    DATE = 256
    """YYYY-MM-DD."""
    STAMP = 512
    """Date and time, to microseconds."""
    ZONED = 1024
    """Date and time with a zone."""
    TEXT = 2048
    """Anything else."""


NOTHING = Fact(0)
_NUMBERS = Fact.INTEGER | Fact.DECIMAL | Fact.PRECISE | Fact.SPECIAL
_DOUBLE_DIGITS = 17
_EXACT = 2**53
_MOST_DIGITS = 18
_LONGEST_WHOLE_PART = 15

_PATTERNS = (
    (Fact.INTEGER, r"^(0|-?[1-9][0-9]{0,17})$"),
    (Fact.DECIMAL, r"^-?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"),
    (Fact.SPECIAL, r"^(nan|NaN|-?inf|-?Inf|-?Infinity)$"),
    (Fact.LOWER, r"^(true|false)$"),
    (Fact.TITLE, r"^(True|False)$"),
    (Fact.UPPER, r"^(TRUE|FALSE)$"),
    (Fact.DATE, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    (Fact.STAMP, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?$"),
    (
        Fact.ZONED,
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
        r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)$",
    ),
)


def type_of(facts: Fact) -> "pa.DataType":
    """Choose the Arrow type for these facts; text if there is no value at all."""
    import pyarrow as pa

    single = {
        Fact.LOWER: pa.bool_(),
        Fact.TITLE: pa.bool_(),
        Fact.UPPER: pa.bool_(),
        Fact.DATE: pa.date32(),
        Fact.STAMP: pa.timestamp("us"),
        Fact.ZONED: pa.timestamp("us", "UTC"),
    }
    if facts and not facts & ~(Fact.INTEGER | Fact.BIG):
        return pa.int64()
    if facts & ~Fact.SPECIAL and not facts & ~_NUMBERS:
        return pa.float64()
    return single.get(facts, pa.string())


def observe(column: "pa.StringArray", known: Fact = NOTHING) -> Fact:
    """Collect the facts of a column of texts; missing values have none.

    Parameters
    ----------
    column : pyarrow.StringArray
        The texts as they stand in the source; empty ones are NULL.
    known : Fact
        What is known of the column from elsewhere. Nothing is looked at any more once
        the column is known to hold text, and the cheap tests for numbers and dates are
        tried first where they are to be expected.
    """
    if Fact.TEXT in known or column.null_count == len(column):
        return known
    data, starts, lengths = _bytes(column)
    if not known & ~(Fact.INTEGER | Fact.BIG):
        found = _whole_numbers(data, starts, lengths)
        if found is not None:
            return known | found
    if (
        known
        and not known & ~(_NUMBERS | Fact.BIG)
        and _plain_decimals(column, data, starts, lengths)
    ):
        return known | Fact.DECIMAL
    if known in (Fact.DATE, Fact.STAMP) and _all_dates(column, known, lengths):
        return known
    return known | _classify(column.drop_null())


def convert(column: "pa.StringArray", to: "pa.DataType") -> "pa.Array":
    """Turn texts into values of a type that :func:`type_of` chose for them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if to == pa.string():
        return column
    if to == pa.bool_():
        return pc.equal(pc.ascii_lower(column), pa.scalar("true"))
    return pc.cast(column, to)


def _bytes(column: "pa.StringArray") -> tuple["Bytes", "Offsets", "Offsets"]:
    """All bytes of the column, and start and length of each text that is not empty."""
    import numpy as np

    _, offset_buffer, data_buffer = column.buffers()
    offsets = np.frombuffer(offset_buffer, np.int32)[
        column.offset : column.offset + len(column) + 1
    ]
    data = np.frombuffer(data_buffer or b"", np.uint8)
    lengths = np.diff(offsets)
    there = lengths > 0
    starts = offsets[:-1][there]
    data = data[: int(offsets[-1])]
    return data, starts, lengths[there]


def _leading_zero(data: "Bytes", starts: "Offsets", lengths: "Offsets") -> "Flags":
    """Which numbers are written with a zero that a number does not keep: 007, -0, -01."""
    import numpy as np

    second = np.zeros(len(starts), np.uint8)
    longer = lengths > 1
    second[longer] = data[starts[longer] + 1]
    first = data[starts]
    digit_next = (second - np.uint8(48)) <= 9
    found: Flags = ((first == 48) & digit_next) | ((first == 45) & (second == 48))
    return found


def _whole_numbers(data: "Bytes", starts: "Offsets", lengths: "Offsets") -> Fact | None:
    """Facts of a column of nothing but canonical whole numbers; None if it is not one."""
    import numpy as np

    body = data[int(starts[0]) :]
    minus = int(np.count_nonzero(body == 45))
    other = int(np.count_nonzero((body - np.uint8(48)) > 9))
    negative = data[starts] == 45
    if other != minus or int(np.count_nonzero(negative)) != minus:
        return None
    digits = lengths - negative
    if int(digits.min()) < 1 or int(digits.max()) > _MOST_DIGITS:
        return None
    if bool(_leading_zero(data, starts, lengths).any()):
        return None
    long = digits >= len(str(_EXACT))
    if not bool(long.any()):
        return Fact.INTEGER
    values = [int(bytes(data[s : s + n])) for s, n in zip(starts[long], lengths[long], strict=True)]
    found = Fact(0) if bool(long.all()) else Fact.INTEGER
    for value in values:
        found |= Fact.BIG if abs(value) > _EXACT else Fact.INTEGER
    return found


def _plain_decimals(
    column: "pa.StringArray", data: "Bytes", starts: "Offsets", lengths: "Offsets"
) -> bool:
    """Whether all texts are numbers that a double holds to the last digit."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if int(lengths.max()) > _DOUBLE_DIGITS:
        return False
    allowed = np.zeros(256, np.bool_)
    allowed[list(b"0123456789.-")] = True
    if not bool(allowed[data[int(starts[0]) :]].all()):
        return False
    zeros = _leading_zero(data, starts, lengths)
    if bool(zeros.any()):
        third = starts[zeros] + 2
        fraction = (data[starts[zeros]] == 45) & (lengths[zeros] > 3)
        if not bool(fraction.all()) or not bool((data[third] == 46).all()):
            return False
    if not bool(((data[starts + lengths - 1] - np.uint8(48)) <= 9).all()):
        return False
    try:
        pc.cast(column, pa.float64())
    except pa.ArrowInvalid:
        return False
    return True


def _all_dates(column: "pa.StringArray", expected: Fact, lengths: "Offsets") -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    fits = (lengths == 10) if expected is Fact.DATE else (lengths >= 16)
    if not bool(fits.all()):
        return False
    try:
        pc.cast(column, type_of(expected))
    except pa.ArrowInvalid:
        return False
    return True


def _classify(values: "pa.StringArray") -> Fact:
    """Facts of texts one by one (distinct ones), by pattern and then by trial."""
    import pyarrow.compute as pc

    rest, found = pc.unique(values), Fact(0)
    for fact, pattern in _PATTERNS:
        fits = pc.match_substring_regex(rest, pattern=pattern)
        part = rest.filter(fits)
        if len(part) == 0:
            continue
        rest = rest.filter(pc.invert(fits))
        found |= _tried(fact, part)
        if len(rest) == 0 or Fact.TEXT in found:
            break
    return found | (Fact.TEXT if len(rest) else Fact(0))


def _tried(fact: Fact, values: "pa.StringArray") -> Fact:
    """Collect the facts of texts that look like ``fact``: a day may not be in the calendar."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if fact is Fact.INTEGER:
        exact = pc.less_equal(pc.abs(pc.cast(values, pa.int64())), pa.scalar(_EXACT))
        found = Fact.INTEGER if pc.any(exact).as_py() else Fact(0)
        return found | (Fact(0) if pc.all(exact).as_py() else Fact.BIG)
    if fact is Fact.DECIMAL:
        return _decimals(values)
    if fact in (Fact.DATE, Fact.STAMP, Fact.ZONED):
        try:
            pc.cast(values, type_of(fact))
        except pa.ArrowInvalid:
            return Fact.TEXT
    return fact


def _decimals(values: "pa.StringArray") -> Fact:
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = pc.cast(values, pa.float64())
    if not pc.all(pc.is_finite(numbers)).as_py():
        return Fact.TEXT
    long = values.filter(pc.greater(pc.binary_length(values), pa.scalar(_DOUBLE_DIGITS)))
    found = Fact.DECIMAL
    for text in long.to_pylist():
        mantissa = text.lstrip("-").lower().partition("e")[0]
        whole, _, _ = mantissa.partition(".")
        digits = mantissa.replace(".", "").lstrip("0")
        if len(whole) > _LONGEST_WHOLE_PART and len(digits) > _DOUBLE_DIGITS:
            return Fact.TEXT
        if len(digits) > _DOUBLE_DIGITS:
            found |= Fact.PRECISE
    return found
