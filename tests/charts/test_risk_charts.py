"""Pictures of the re-identification report: bars stand at its shares, lines at k."""

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit.charts.privacy import classes as charts
from audit.charts.privacy import drivers as driven
from audit.charts.privacy.names import told_apart
from audit.charts.privacy.scales import scales
from audit.charts.template import CARD_HEIGHT, DARK, LIGHT, Picture
from audit.reports.reidentification.values import Driver, Risk

HOSTILE = '<img src=x onerror=alert(1)><a href="http://e.example">$E=mc^2$ %{x}</a>'
LONG = "Marital status of the applicant as it was stated on the form of the year {}"


def risk(*classes: int, columns: tuple[str, ...] = ("zip", "sex")) -> Risk:
    """Risk of classes of these sizes."""
    return Risk(
        columns=columns,
        rows=sum(classes),
        classes=len(classes),
        sizes=tuple(sorted(Counter(classes).items())),
    )


EXAMPLE = risk(1, 2, 5, 10)
"""The example of metrics.md: highest risk 1, average 4/18, 3 of 18 rows above 0.2."""


def bars(picture: Picture) -> list[float]:
    return [float(y) for trace in picture.figure.data for y in trace.y if trace.type == "bar"]


def texts(picture: Picture) -> list[str]:
    layout = picture.figure.layout
    return [
        *(a.text for a in layout.annotations),
        *(layout.xaxis.ticktext or ()),
        layout.xaxis.title.text or "",
    ]


def uprights(picture: Picture) -> list[float]:
    shapes = picture.figure.layout.shapes
    return sorted(s.x0 for s in shapes if s.type == "line" and s.x0 == s.x1 and s.line.dash)


def strokes(picture: Picture) -> list[float]:
    """Where the shares before stand."""
    shapes = picture.figure.layout.shapes
    return [s.y0 for s in shapes if s.type == "line" and s.y0 == s.y1 and s.xref != "paper"]


# ---------------------------------------------------------------- classes


def test_rows_are_counted_by_the_size_of_their_class():
    found = charts.bands(EXAMPLE)
    assert [(b.name, b.rows) for b in found] == [
        ("unique", 1), ("2", 2), ("3–4", 0), ("5–9", 5), ("10+", 10),
    ]  # fmt: skip
    assert bars(charts.class_sizes(EXAMPLE)) == [1 / 18, 2 / 18, 0, 5 / 18, 10 / 18]


@settings(max_examples=30)
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=40))
@example([1])
@example([400_000])
@example([4] * 20)
def test_every_row_is_in_one_band_and_left_of_a_line_all_classes_are_smaller(sizes):
    whole = risk(*sizes)
    found = charts.bands(whole)
    assert sum(b.rows for b in found) == sum(sizes)
    assert charts.bands(whole, at_least=9)[: len(found) - 1] == found[:-1]
    left, right = uprights(charts.class_sizes(whole))
    for k, line in ((5, left), (10, right)):
        below = sum(b.rows for i, b in enumerate(found) if i < line)
        assert below == sum(size for size in sizes if size < k)


def test_small_classes_have_the_colour_of_a_warning_and_large_ones_none():
    (bar,) = charts.class_sizes(risk(1, 2, 5, 10)).figure.data
    assert list(bar.marker.color) == [LIGHT.worse] * 3 + [LIGHT.caution, LIGHT.context]
    (dark,) = charts.class_sizes(risk(1, 2, 5, 10), p=DARK).figure.data
    assert list(dark.marker.color) == [DARK.worse] * 3 + [DARK.caution, DARK.context]


def test_overlapping_classes_are_counted_by_their_rows():
    wild = Risk(
        columns=("zip",), rows=3, classes=2, sizes=((2, 1), (3, 1)), overlapping=((2, 1), (3, 2))
    )
    assert [b.rows for b in charts.bands(wild)] == [0, 1, 2, 0, 0]


def test_the_text_says_how_many_rows_are_below_five():
    assert charts.class_sizes(EXAMPLE).alt.endswith("3 rows of 18 in classes smaller than 5.")
    said = charts.class_sizes(risk(4, 4, 4)).alt
    assert said.startswith("Share of rows by class size: unique 0.0%; 2 0.0%; 3–4 100.0%")


@pytest.mark.parametrize("sizes", [(1,), (400_000, 12), tuple([1] * 40)])
def test_a_card_is_as_high_as_all_others(sizes):
    drawn = charts.class_sizes(risk(*sizes), compact=True)
    assert drawn.figure.layout.height == CARD_HEIGHT


def test_a_stroke_stands_where_the_share_was_before():
    drawn = charts.before_and_after(risk(1, 1, 2), risk(1, 3))
    assert bars(drawn) == [0.25, 0, 0.75, 0, 0]
    assert strokes(drawn) == [0.5, 0.5]
    assert "<b>25.0%</b>" in "".join(texts(drawn))
    assert "before: unique 50.0%" in drawn.alt
    assert "after: unique 25.0%" in drawn.alt


def test_before_and_after_have_the_same_bands():
    drawn = charts.before_and_after(risk(1), risk(5000))
    assert list(drawn.figure.layout.xaxis.ticktext)[-1] == "1,000+"
    assert len(bars(drawn)) == 9


# ---------------------------------------------------------------- scales


def test_scales_show_the_risks_of_the_reference_example():
    drawn = scales(EXAMPLE, theta=0.2)
    found = [float(trace.x[0]) for trace in drawn.figure.data if trace.type == "bar"]
    assert found == pytest.approx([1, 4 / 18, 1 / 18, 3 / 18])
    assert uprights(drawn) == pytest.approx([1 / 10, 1 / 5, 1 / 3, 1 / 2])
    assert "Average risk of a row 22.2% (one in 4.5)" in drawn.alt


@pytest.mark.parametrize(
    ("size", "colour", "mark"),
    [
        (4, LIGHT.worse, "◆"),
        (5, LIGHT.caution, ""),
        (9, LIGHT.caution, ""),
        (10, LIGHT.context, ""),
    ],
)
def test_the_highest_risk_is_marked_where_a_class_is_smaller_than_five(size, colour, mark):
    drawn = scales(risk(size), theta=0.2)
    assert drawn.figure.data[0].marker.color == colour
    assert ("◆" in "".join(texts(drawn))) == bool(mark)


# ---------------------------------------------------------------- drivers


def some_drivers(columns: list[str], uniques: list[int]) -> list[Driver]:
    return [
        Driver(column=c, distinct=7, without=risk(*[1] * n, 100 - n) if n else risk(50, 50))
        for c, n in zip(columns, uniques, strict=True)
    ]


def test_a_driver_is_what_is_left_without_it_against_the_stroke_of_all():
    whole = risk(*[1] * 40, 60)
    found = driven.strongest_first(whole, some_drivers(["sex", "zip", "age"], [38, 0, 12]))
    assert [d.column for d in found] == ["zip", "age", "sex"]
    drawn = driven.drivers(whole, found)
    assert [float(t.x[0]) for t in drawn.figure.data if t.type == "bar"] == [0, 0.12, 0.38]
    ticks = [t for t in drawn.figure.data if t.type == "scatter"]
    assert [float(x) for x in ticks[0].x] == [0.4] * 3
    assert "40.0% with all: zip 0.0%; age 12.0%; sex 38.0%" in drawn.alt


@pytest.mark.parametrize(
    ("sizes", "title", "share"),
    [
        ((1, 9), "unique rows", 0.1),
        ((2, 2, 6), "rows below k = 5", 0.4),
        ((5, 5), "average risk", 0.2),
    ],
)
def test_drivers_are_told_apart_by_the_worst_that_there_is(sizes, title, share):
    whole = risk(*sizes)
    what = driven.sense(whole)
    assert what.title == title
    assert what.of(whole) == pytest.approx(share)


def test_names_are_escaped_and_only_twenty_are_drawn():
    names = [HOSTILE, *(LONG.format(2000 + i) for i in range(29))]
    whole = risk(*[1] * 40, 60)
    drawn = driven.drivers(whole, some_drivers(names, list(range(1, 31))))
    said = " ".join(texts(drawn))
    assert "<img" not in said
    assert "<a " not in said
    assert "20 of 30 quasi-identifiers" in said
    assert len([t for t in drawn.figure.data if t.type == "bar"]) == 20


# ---------------------------------------------------------------- names


@given(st.lists(st.text(min_size=1, max_size=60), unique=True, max_size=20), st.integers(12, 40))
@example([LONG.format(i) for i in range(15)], 40)
@example(["a" * 50 + "b" + "a" * 50, "a" * 50 + "c" + "a" * 50], 20)
def test_no_two_columns_look_the_same(names, most):
    found = told_apart(names, most)
    assert list(found) == names
    assert len(set(found.values())) == len(names)
    assert all(len(text) <= most for text in found.values())
