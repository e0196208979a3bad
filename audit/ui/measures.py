"""Measures and row tests as people read them: value, name, what it rests on. Not escaped."""

from audit.format import in_unit
from audit.model import Measure, RowTest, Scalar, Where
from audit.ui.text import count, number, percent

_TESTS = {
    "equal": "{name} is {0}",
    "from-to": "{name} is from {0} to below {1}",
    "between": "{name} is from {0} to {1}",
    "outside": "{name} is below {0} or above {1}",
    "at-least": "{name} is at least {0}",
    "below": "{name} is below {0}",
    "contains": "{name} holds {0}",
    "in": "{name} is {any}",
    "not-in": "{name} is not {any}",
    "repeat": "{name} repeat an earlier row",
    "repeated": "{name} are those of another row",
    "number-text": "{name} reads as a number",
    "not-number-text": "{name} does not read as a number",
    "not-finite": "{name} is infinite or not a number",
    "padded": "{name} has white space around it",
}
_MOST_VALUES = 4

_NAMES = {
    "cramers_v": "Cramér's V",
    "pearson": "Pearson correlation",
    "spearman": "Spearman correlation",
    "null_tokens": "Coded missing values",
    "null_tokens_share": "Share of coded missing values",
    "iqr": "Interquartile range",
    "mad": "Median absolute deviation",
}
"""Names that are not simply the measure's own name with spaces."""


def value_text(measure: Measure) -> str:
    """Write the value in the format of its unit, with ``≈`` where it is estimated."""
    if measure.value is None:
        return "–"
    text = in_unit(measure.value, measure.unit, measure.name)
    return ("≈ " if measure.approximate else "") + text


def name_text(measure: Measure) -> str:
    """Name the measure: 'Missing share', with its group."""
    name = _NAMES.get(measure.name) or measure.name.replace("_", " ").capitalize()
    return f"{name} ({', '.join(v for _, v in measure.group)})" if measure.group else name


def note_text(measure: Measure) -> str:
    """Say what the value rests on: n, interval, method; or why there is none."""
    if measure.value is None:
        return measure.reason or "not defined here"
    parts = [f"n = {count(measure.n)}"]
    if measure.low is not None and measure.high is not None:
        write = percent if measure.unit == "share" else number
        parts.append(f"95% interval {write(measure.low)} to {write(measure.high)}")
    if measure.method != "exact":
        parts.append(measure.method)
    return ", ".join(parts)


def where_text(where: Where) -> str:
    """Say which rows are meant: 'age is from 20 to below 30, sex is Male'."""
    joint = " or " if where.any else ", "
    return joint.join(test_text(t) for t in where.tests) or "all rows"


def test_text(test: RowTest) -> str:
    """Say which rows pass one test."""
    values = [_value(v) for v in test.values]
    several = " or ".join(values[:_MOST_VALUES]) + (" or …" if len(values) > _MOST_VALUES else "")
    pattern = _TESTS.get(test.op, f"{{name}} is {test.op}")
    name = ", ".join(test.columns) or "all columns"
    return pattern.format(*values, name=name, any=several)


def _value(value: Scalar) -> str:
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return number(value)
