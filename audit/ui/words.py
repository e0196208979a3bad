"""Answers in words: sentences that open a page, written from the numbers below them.

Every name and value in them is escaped for Markdown.
"""

from collections import Counter
from collections.abc import Sequence

from audit import registry
from audit.model import Finding, Severity, Step
from audit.pii.catalogue import entity
from audit.reports.distribution.values import Column, Dates, Distribution, Numbers
from audit.ui.text import (
    counted,
    in_words,
    md,
    number,
    percent,
    plural,
    quoted,
)

KINDS = {
    "number": "numbers",
    "text": "text",
    "boolean": "true or false",
    "date": "dates",
    "time": "times of day",
    "nested": "nested values",
    "binary": "bytes",
    "empty": "nothing at all",
}
"""What the columns of a kind hold, for people."""

_REMEDIES = {
    "redact-pii": "Redact personal data",
    "hash-keyed": "Hash with a key",
    "k-anonymize": "Make k-anonymous",
}
"""Steps whose id does not say it."""


def standing(findings: Sequence[Finding]) -> str:
    """Answer whether to train on this version, from its open findings."""
    by = Counter(f.severity for f in findings)
    critical = [f for f in findings if f.severity is Severity.CRITICAL]
    if critical:
        n = len(critical)
        named = " and ".join(f"**{md(f.title)}**" for f in critical[:2])
        rest = f", and {in_words(n - 2)} more" if n > 2 else ""
        return (
            f"{in_words(n).capitalize()} {plural(n, 'finding')} should stop you from training on this "
            f"version: {named}{rest}."
        )
    if not findings:
        return "No check has anything to report on this version."
    counts = [
        f"{in_words(by[s])} {plural(by[s], s.word)}"
        for s in (Severity.WARNING, Severity.NOTICE)
        if by[s]
    ]
    worst = max(findings, key=lambda f: f.severity)
    if not counts:
        return f"Nothing here calls for action; {counted(len(findings), 'remark')} beside it."
    return (
        f"No finding is critical; {' and '.join(counts)} ask for a look before training, "
        f"first of all: **{md(worst.title)}**."
    )


def how_many(findings: Sequence[Finding]) -> str:
    """Count findings for a title: 'Ten findings, two of them critical'."""
    n = len(findings)
    critical = sum(f.severity is Severity.CRITICAL for f in findings)
    warnings = sum(f.severity is Severity.WARNING for f in findings)
    text = f"{in_words(n).capitalize()} {plural(n, 'finding')}"
    if critical:
        return text + (f", {in_words(critical)} of them critical" if n > 1 else ", critical")
    if warnings and n == 1:
        return f"{text}, a warning"
    if warnings:
        return f"{text}, {'one of them a warning' if warnings == 1 else in_words(warnings) + ' of them warnings'}"
    return text


def together(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> together(["a"]), together(["a", "b"]), together(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def table_in_words(report: Distribution) -> str:
    """Say what is in a table: its size, its kinds of columns, what is missing, what repeats."""
    if report.rows == 0:
        return f"There are no rows in this version, only {counted(len(report.columns), 'column')}."
    kinds = Counter(c.kind for c in report.columns).most_common()
    listed = ", ".join(f"{in_words(n)} of {KINDS[kind]}" for kind, n in kinds)
    lacking = sum(c.missing > 0 for c in report.columns)
    missing = (
        "No value is missing"
        if not report.rows_with_missing
        else f"**{percent(report.rows_with_missing / report.rows)} of the rows lack a value** "
        f"({in_words(lacking)} {plural(lacking, 'column')} {plural(lacking, 'has')} gaps)"
    )
    coded = [c for c in report.columns if c.null_tokens]
    if coded:
        tokens = together([quoted(t, 12) for t in _tokens(coded)])
        columns = f"{in_words(len(coded))} {plural(len(coded), 'column')}"
        missing += f"; {tokens} may stand for missing values in {columns}"
    repeats = (
        "no row repeats another"
        if not report.duplicate_rows
        else f"**{counted(report.duplicate_rows, 'row')} {'repeats' if report.duplicate_rows == 1 else 'repeat'} an earlier one**"
    )
    return (
        f"{counted(report.rows, 'row')} in {counted(len(report.columns), 'column')}: {listed}. "
        f"{missing}, and {repeats}."
    )


def column_in_words(column: Column, *, hide: bool) -> str:
    """Say what is in a column, in one or two sentences; ``hide`` leaves its values out."""
    if column.present == 0:
        return "Every value is missing."
    if column.is_constant:
        return "All values that are there are the same."
    if column.is_key:
        return "Every row has a value of its own: the column names rows, it does not describe them."
    if not hide and column.numbers is not None:
        return _numbers_in_words(column.numbers, column.present)
    if not hide and column.dates is not None:
        return _dates_in_words(column.dates)
    return _values_in_words(column, hide=hide)


def _numbers_in_words(numbers: Numbers, present: int) -> str:
    at = dict(numbers.quantiles)
    text = f"Half of the values lie between {number(at[0.25])} and {number(at[0.75])}"
    if numbers.outliers:
        text += f"; {percent(numbers.outliers / present)} lie outside the fences"
    return text + "."


def _dates_in_words(dates: Dates) -> str:
    gaps = counted(dates.gaps, dates.period) if dates.gaps else f"no {dates.period}"
    return f"From {md(dates.minimum[:10])} to {md(dates.maximum[:10])}, with {gaps} without rows."


def _values_in_words(column: Column, *, hide: bool) -> str:
    about = "about " if column.distinct_method != "exact" else ""
    if column.mode_share is None or not column.top:
        return f"There are {about}{counted(column.distinct, 'distinct value')}."
    first = "One value" if hide else quoted(column.top[0].value, 40)
    return (
        f"{first} makes up {percent(column.mode_share)} of the values; there are "
        f"{about}{counted(column.distinct, 'distinct one')}."
    )


def step_in_words(step: Step) -> str:
    """Say what a suggested step does: 'Drop missing: age, workclass'."""
    name = _REMEDIES.get(step.remedy) or step.remedy.replace("-", " ").capitalize()
    given = [text for key, value in step.params if (text := _param(key, value))]
    return f"{name}: {'; '.join(given)}" if given else name


def _param(key: str, value: object) -> str:
    """Say what a step is given: the columns as they are, of the rest what it is."""
    if key == "method":
        return ""
    if key == "mode" and value == "tag":
        return "each hit becomes the name of its kind"
    values = value if isinstance(value, tuple) else (value,)
    if key == "entities":
        return ", ".join(entity(str(id_)).title for id_ in values)
    shown = ", ".join(map(str, values))
    if key in ("column", "columns", "by"):
        return shown
    return f"{key} = {shown}" if key in ("k", "l", "t") else f"{key} {shown}"


def check_title(finding: Finding) -> str:
    """Name the check that a finding comes from."""
    spec = registry.checks().get(finding.check)
    return spec.title if spec else finding.check


def check_topic(finding: Finding) -> str:
    """Name the card a finding belongs to: 'quality'."""
    spec = registry.checks().get(finding.check)
    return spec.topic if spec else "quality"


def place(finding: Finding) -> str:
    """Say where a finding is: its topic and columns, cut to a line."""
    columns = list(finding.columns)
    named = ", ".join(columns[:4]) + (f" and {len(columns) - 4} more" if len(columns) > 4 else "")
    return f"{check_topic(finding).capitalize()} · {named or 'all columns'}"


def _tokens(columns: Sequence[Column]) -> list[str]:
    seen = dict.fromkeys(str(t.value) for c in columns for t in c.null_tokens)
    return list(seen)[:3]
