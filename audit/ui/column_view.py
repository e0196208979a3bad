"""One column in depth: an answer, numbers, its picture, and what a click on it narrows."""

from typing import Any

import streamlit as st

from audit import runner
from audit.charts import distribution
from audit.charts.distribution.dates import END_OF_TIME, can_draw
from audit.charts.template import visible
from audit.model import Op, RowTest
from audit.reports.distribution.detail import examples
from audit.reports.distribution.values import Column, Numbers
from audit.ui import column_split, masking, parts, state, words
from audit.ui.text import count, counted, md, number, percent, plural, shorten

_MOST_VALUES = 20
_MOST_EXAMPLES = 10
_LONGEST_EXAMPLE = 200
_KEPT_BACK = "The values of this column may name people; they are shown on request."


def show(result: runner.Result, column: Column) -> None:
    """Show everything that was measured of one column."""
    personal = masking.is_personal(result.roles, column.name)
    roles = ", ".join(result.roles.of(column.name))
    with st.container(border=True, gap="small"):
        parts.topic(
            f"{words.KINDS[column.kind]} · {md(column.type)}{' · ' + roles if roles else ''}"
        )
        st.subheader(md(column.name), anchor=False)
        hidden = personal and not masking.reveal(1, key="column-reveal")
        st.markdown(words.column_in_words(column, hide=hidden))
        parts.numbers(_figures(column, hide=hidden))
        _findings(result, column)
        if column.present:
            _pictures(result, column, hide=hidden)
        for reason in column.reasons:
            st.markdown(parts.small(md(reason)))


def _figures(column: Column, *, hide: bool) -> list[tuple[str, str]]:
    """List the large numbers of a column; of a personal one only counts."""
    about = "≈ " if column.distinct_method != "exact" else ""
    found = [
        ("Missing", percent(column.missing_share)),
        ("Distinct", f"{about}{count(column.distinct)}"),
    ]
    if column.numbers is not None and not hide:
        n = column.numbers
        found += [("Mean", number(n.mean)), ("Standard deviation", number(n.standard_deviation))]
        found += [("Outliers", count(n.outliers)), ("Zeros", count(n.zeros))]
    elif column.text is not None:
        t = column.text
        found += [("Longest text", count(t.length_maximum))]
        found += [("Blank", count(t.blank)), ("Space around", count(t.padded))]
    elif column.dates is not None:
        found += [("In the future", count(column.dates.future))]
        found += [("Gaps", counted(column.dates.gaps, column.dates.period))]
    elif column.true_share is not None:
        found += [("True", percent(column.true_share))]
    return found


def _findings(result: runner.Result, column: Column) -> None:
    found = [f for f in result.open_findings if column.name in f.columns]
    if found:
        lines = [f"{parts.mark(f.severity.word)} {md(f.title)}" for f in found[:4]]
        more = len(found) - len(lines)
        if more:
            lines.append(parts.small(f"and {more} more {plural(more, 'finding')}"))
        st.markdown("  \n".join(lines))


def _pictures(result: runner.Result, column: Column, *, hide: bool) -> None:
    views = _views(column)
    if hide:
        views = ["Examples", *(v for v in views if v != "Examples")]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = st.segmented_control(
            "Show", views, default=views[0], required=True, key=f"view-{'-'.join(views)}"
        )
    if view == "Examples":
        _examples(result, column, hide=hide)
    elif hide:
        st.markdown(parts.small(_KEPT_BACK))
    elif view == "Split by groups":
        column_split.show(result, column)
    elif view == "Quantiles" and column.numbers is not None:
        _quantiles(column.numbers)
    elif view == "Over time":
        _over_time(result, column)
    elif view in ("Histogram", "Logarithmic"):
        _histogram(result, column, log=view == "Logarithmic")
    else:
        _values(result, column)


def _views(column: Column) -> list[str]:
    views = []
    if column.numbers is not None:
        views += ["Histogram"]
        views += ["Logarithmic"] if column.numbers.log_histogram is not None else []
        views += ["Quantiles"]
    if can_draw(column):
        views += ["Over time"]
    if column.top:
        views += ["Values"]
    return [*views, "Split by groups", "Examples"]


def _histogram(result: runner.Result, column: Column, *, log: bool) -> None:
    chosen = [t.values for t in _tests(result, column) if t.op in ("from-to", "between")]
    edges = [(v[0], v[1]) for v in chosen if len(v) == 2]
    drawn = distribution.histogram(column, log=log, chosen=edges, p=parts.palette())  # type: ignore[arg-type]
    numbers = column.numbers
    left_out = (numbers.infinite + numbers.not_a_number) if numbers else 0
    apart = (
        f" · {counted(left_out, 'value')} infinite or not a number, left out" if left_out else ""
    )
    parts.heading(
        "Rows by value",
        f"n = {count(column.present - left_out)}{apart} · click a bar to see its rows",
    )
    key = f"histogram-{_stamp(result, column)}-{log}"
    parts.clickable_picture(drawn, key=key, on_click=_bin_clicked, args=(result, column))


def _values(result: runner.Result, column: Column) -> None:
    chosen = [v for t in _tests(result, column) if t.op == "equal" for v in t.values]
    drawn = distribution.top_values(column, most=_MOST_VALUES, chosen=chosen, p=parts.palette())
    shown = min(len(column.top), _MOST_VALUES)
    about = "≈ " if column.distinct_method != "exact" else ""
    rest = column.present - sum(v.count for v in column.top[:shown])
    others = f" · the others fill {counted(rest, 'row')}" if rest > 0 else ""
    sampled = " · ≈ candidates from a sample, counts exact" if column.top_method != "exact" else ""
    parts.heading(
        "Most frequent values",
        f"{shown} of {about}{count(column.distinct)}{others}{sampled} · click a bar to see its rows",
    )
    key = f"values-{_stamp(result, column)}"
    parts.clickable_picture(drawn, key=key, on_click=_value_clicked, args=(result, column))


def _over_time(result: runner.Result, column: Column) -> None:
    if column.dates is None:
        return
    chosen = [str(t.values[0]) for t in _tests(result, column) if t.op in ("from-to", "at-least")]
    firsts = [first for first, _ in column.dates.periods if first[:10] in chosen]
    drawn = distribution.date_coverage(column, chosen=firsts, p=parts.palette())
    gaps = counted(column.dates.gaps, column.dates.period)
    note = (
        f"n = {count(column.present)} · {gaps} without rows, tinted · click a bar to see its rows"
    )
    parts.heading(f"Rows by {column.dates.period}", note)
    key = f"dates-{_stamp(result, column)}"
    parts.clickable_picture(drawn, key=key, on_click=_period_clicked, args=(result, column))


def _quantiles(numbers: Numbers) -> None:
    rows = [("least", numbers.minimum), *((f"{q:.0%}", v) for q, v in numbers.quantiles)]
    rows.append(("greatest", numbers.maximum))
    approximate = numbers.quantile_method != "exact"
    method = f"≈ {numbers.quantile_method}" if approximate else "exact, linear interpolation"
    parts.heading("Quantiles", f"{md(method)} · fences at 1.5 interquartile ranges")
    parts.numbers([(name, number(value)) for name, value in rows], width=90)
    parts.numbers(
        [
            ("Fences", f"{number(numbers.fence_low)} to {number(numbers.fence_high)}"),
            ("Beyond 3 ranges", count(numbers.far_outliers)),
            ("Interquartile range", number(numbers.iqr)),
            ("Median deviation", number(numbers.mad)),
            ("Skewness", number(numbers.skewness)),
            ("Kurtosis", number(numbers.kurtosis)),
        ],
        width=130,
    )


def _examples(result: runner.Result, column: Column, *, hide: bool) -> None:
    found = examples(result.version.table, column.name, n=_MOST_EXAMPLES)
    shown = [masking.masked(v) or "" for v in found] if hide else [visible(v) for v in found]
    masks = " · masked: letters as x, digits as 9" if hide else ""
    parts.heading("Examples", f"{len(shown)} different values, drawn from all over the file{masks}")
    lines = [md(shorten(value, _LONGEST_EXAMPLE)) for value in dict.fromkeys(shown)]
    st.markdown("\n".join(f"- {line}" for line in lines))


def _bin_clicked(data: Any, result: runner.Result, column: Column) -> None:
    if data is None:
        return
    low, high, last = data
    op: Op = "between" if last else "from-to"
    _toggle(result, RowTest(op=op, columns=(column.name,), values=(low, high)), shareable=True)


def _value_clicked(data: Any, result: runner.Result, column: Column) -> None:
    if data is None or data[0] is None:
        return
    repeats = any(v.value == data[0] and v.count > 1 for v in column.top)
    personal = masking.is_personal(result.roles, column.name)
    test = RowTest(op="equal", columns=(column.name,), values=(data[0],))
    _toggle(result, test, shareable=repeats and not personal)


def _period_clicked(data: Any, result: runner.Result, column: Column) -> None:
    if data is None:
        return
    first, end = data
    last = end == END_OF_TIME
    test = RowTest(
        op="at-least" if last else "from-to",
        columns=(column.name,),
        values=(first[:10],) if last else (first[:10], end),
    )
    _toggle(result, test, shareable=True)


def _toggle(result: runner.Result, test: RowTest, *, shareable: bool) -> None:
    """Narrow the rows to what was clicked, one test per column; a second click undoes it."""
    earlier = [f.test for f in state.filters(result.version) if f.test.columns == test.columns]
    for other in earlier:
        state.remove_filter(result.version, other)
    if test not in earlier:
        state.add_filter(result.version, test, shareable=shareable)


def _tests(result: runner.Result, column: Column) -> list[RowTest]:
    filters = state.filters(result.version)
    return [f.test for f in filters if f.test.columns == (column.name,)]


def _stamp(result: runner.Result, column: Column) -> str:
    """Give a key that changes with the filter, so that the picture shows what is chosen."""
    from zlib import crc32

    return f"{crc32(repr((column.name, _tests(result, column))).encode()):08x}"
