"""Pictures of the distribution report: their marks are its numbers, names stay names."""

import json
from dataclasses import replace

import pytest

from audit.charts import cards, distribution
from audit.charts.distribution.dates import END_OF_TIME, can_draw, period_end
from audit.charts.distribution.table import strongest_columns
from audit.charts.template import DARK, LIGHT, text_on, visible, wrap
from audit.reports.distribution.detail import Group, Split
from audit.reports.distribution.values import Histogram, Pair, Pattern, ValueCount

HOSTILE = '<img src=x onerror=alert(1)><a href="http://e.example">![x](http://e.example)</a>'


def texts(picture):
    """Every string that plotly would draw: annotations, axis titles, tick and hover texts."""
    layout = picture.figure.layout
    drawn = [a.text for a in layout.annotations]
    for axis in (layout.xaxis, layout.yaxis):
        drawn += [axis.title.text or "", *(axis.ticktext or ())]
    for trace in picture.figure.data:
        hover = trace.hovertemplate
        drawn += [hover] if isinstance(hover, str) else list(hover or ())
    return [t for t in drawn if t]


def test_the_histogram_draws_the_counts_of_its_bins_between_its_edges(ages):
    (bars,) = distribution.histogram(ages).figure.data
    assert list(bars.y) == [40, 45, 13, 2]
    assert list(bars.x) == pytest.approx([26.125, 44.375, 62.625, 80.875])
    assert [tuple(c) for c in bars.customdata] == [
        (17, 35.25, False),
        (35.25, 53.5, False),
        (53.5, 71.75, False),
        (71.75, 90, True),
    ]


def test_the_histogram_marks_median_and_only_the_fence_within_reach(ages):
    picture = distribution.histogram(ages)
    lines = [s.x0 for s in picture.figure.layout.shapes if s.x0 == s.x1]
    assert lines == [37, 78]
    assert any("median 37" in t for t in texts(picture))
    assert any("fence 78" in t for t in texts(picture))


def test_the_logarithmic_histogram_stands_at_powers_of_ten(ages):
    picture = distribution.histogram(ages, log=True)
    (bars,) = picture.figure.data
    assert list(bars.y) == [30, 70]
    assert list(picture.figure.layout.xaxis.tickvals) == [1.0, 2.0]
    assert list(picture.figure.layout.xaxis.ticktext) == ["10", "100"]


def test_without_logarithmic_bins_the_plain_ones_are_drawn(ages):
    plain = replace(ages, numbers=replace(ages.numbers, log_histogram=None))
    assert list(distribution.histogram(plain, log=True).figure.data[0].y) == [40, 45, 13, 2]


def test_a_chosen_bar_keeps_its_colour_and_the_others_turn_grey(ages, sexes):
    (bars,) = distribution.histogram(ages, chosen=[(35.25, 53.5)]).figure.data
    assert list(bars.marker.color) == [LIGHT.context, LIGHT.data, LIGHT.context, LIGHT.context]
    (bars,) = distribution.top_values(sexes, chosen=["male "]).figure.data
    assert list(bars.marker.color) == [LIGHT.context, LIGHT.data, LIGHT.context]


def test_a_column_of_one_value_still_has_a_picture(ages):
    numbers = replace(ages.numbers, histogram=Histogram(edges=(5, 5), counts=(100,)), outliers=0)
    (bars,) = distribution.histogram(replace(ages, numbers=numbers)).figure.data
    assert list(bars.y) == [100]


def test_the_sketch_writes_both_ends_the_median_and_what_is_missing(ages):
    written = " ".join(texts(distribution.column_sketch(ages)))
    for part in (">17<", ">90<", "median 37", "4.8% missing"):
        assert part in written


def test_top_values_are_counts_with_their_share_of_all_rows(sexes):
    picture = distribution.top_values(sexes)
    (bars,) = picture.figure.data
    assert list(bars.x) == [60, 30, 10]
    assert [c[0] for c in bars.customdata] == ["Male", "male ", HOSTILE]
    assert {"60", "60.0%", "30", "30.0%", "10", "10.0%"} <= set(texts(picture))


def test_values_cut_off_say_how_many_of_how_many(sexes):
    picture = distribution.top_values(replace(sexes, distinct=900), most=2)
    assert len(picture.figure.data[0].x) == 2
    assert "2 of 900 distinct" in picture.alt


def test_a_value_that_was_cut_can_be_seen_but_not_clicked(sexes):
    cut = replace(sexes, top=(ValueCount(value="Lorem ipsum", count=3, cut=True),))
    picture = distribution.top_values(cut)
    assert picture.figure.data[0].customdata[0] == [None]
    assert "Lorem ipsum…" in texts(picture)


def test_an_estimated_number_of_values_is_called_so(sexes):
    picture = distribution.top_values(replace(sexes, distinct_method="approx:hll"))
    assert "of about 3 distinct" in picture.alt


def test_names_and_values_are_drawn_as_text_not_as_tags(sexes, ages, report):
    named = replace(ages, name=HOSTILE)
    pair = Pair(first=HOSTILE, second="b", measure="pearson", value=0.5, n=9)
    hostile_report = replace(
        report,
        columns=(replace(named, missing=4), *report.columns[1:]),
        patterns=(Pattern(columns=(HOSTILE,), rows=4),),
    )
    pictures = [
        distribution.top_values(sexes),
        distribution.histogram(named),
        distribution.missingness(hostile_report),
        distribution.correlations([pair]),
        distribution.split_bars(
            Split(column="c", by="g", groups=(Group(value=HOSTILE, counts=(3,), other=0),)),
            [HOSTILE],
        ),
        cards.bars([(HOSTILE, 1.0, HOSTILE)], what=HOSTILE),
    ]
    for picture in pictures:
        drawn = " ".join(texts(picture))
        assert "<img" not in drawn
        assert "<a " not in drawn
        assert "&lt;img" in drawn


def test_date_coverage_counts_by_period_and_tints_the_empty_ones_once(joined):
    picture = distribution.date_coverage(joined)
    (bars,) = picture.figure.data
    assert list(bars.y) == [5, 0, 0, 4]
    assert tuple(bars.customdata[0]) == ("2023-11-01", "2023-12-01")
    (band,) = [s for s in picture.figure.layout.shapes if s.type == "rect"]
    assert (band.x0, band.x1) == ("2023-12-01", "2024-02-01")
    assert "2 months without rows" in picture.alt


@pytest.mark.parametrize(
    ("first", "period", "end"),
    [
        ("2024-02-28", "day", "2024-02-29"),
        ("2023-12-01", "month", "2024-01-01"),
        ("2024-01-01", "year", "2025-01-01"),
        ("9999-01-01", "year", END_OF_TIME),
        ("9999-12-01", "month", END_OF_TIME),
        ("9999-12-31", "day", END_OF_TIME),
        ("9999-11-01", "month", "9999-12-01"),
    ],
)
def test_a_period_ends_where_the_next_begins(first, period, end):
    assert period_end(first, period) == end


@pytest.mark.parametrize("years", [("0001-01-01", "9999-01-01"), ("9998-01-01", "9999-01-01")])
def test_dates_that_mean_never_can_be_drawn(joined, years):
    periods = tuple((year, 1) for year in years)
    column = replace(joined, dates=replace(joined.dates, period="year", periods=periods))
    assert can_draw(column)
    assert list(distribution.date_coverage(column).figure.data[0].y) == [1, 1]


def test_dates_before_christ_are_not_drawn(joined):
    periods = (("0044-03-15 (BC)", 1), ("12024-01-01", 1))
    assert not can_draw(replace(joined, dates=replace(joined.dates, periods=periods)))
    assert not can_draw(replace(joined, dates=None))


def test_missingness_marks_each_column_of_each_pattern(report):
    picture = distribution.missingness(report)
    bars, hits, others = picture.figure.data
    assert list(bars.y) == [1.0, pytest.approx(3 / 17)]
    # rows: sex (20 missing) above age (5 missing); patterns: {sex}, {age, sex}
    assert set(zip(hits.x, hits.y, strict=True)) == {(0, 0), (1, 0), (1, 1)}
    assert set(zip(others.x, others.y, strict=True)) == {(0, 1)}
    assert "2 of 4 patterns" in picture.alt


def test_correlations_stand_below_the_diagonal_with_their_numbers(report):
    picture = distribution.correlations(report.pairs)
    written = {
        (x, y): text
        for layer in picture.figure.data
        for y, row in enumerate(layer.text)
        for x, text in enumerate(row)
        if text
    }
    # in order of strength: age, joined, sex
    assert written == {(0, 1): "−0.75", (0, 2): "0.31"}
    assert "age and joined −0.75" in picture.alt


def test_only_the_columns_of_the_strongest_pairs_are_drawn():
    pairs = [
        Pair(first=f"a{i}", second=f"b{i}", measure="pearson", value=i / 100, n=9)
        for i in range(50)
    ]
    assert strongest_columns(pairs, 4) == ["a49", "b49", "a48", "b48"]


def test_numbers_on_cells_can_be_read_in_both_themes():
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for palette in (LIGHT, DARK):
        for ground in palette.sequential:
            pair = sorted((luminance(ground), luminance(text_on(ground, palette))))
            assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.0


def test_a_split_draws_shares_within_each_group_and_the_rest_in_grey():
    groups = (
        Group(value="a", counts=(3, 1), other=0),
        Group(value=None, counts=(0, 0), other=2),
        Group(value=None, counts=(1, 1), other=0, is_rest=True),
    )
    picture = distribution.split_bars(Split(column="c", by="g", groups=groups), ["x", "y"])
    first, second, rest = picture.figure.data
    assert [h / first.y[0] for h in first.y] == [1.0, pytest.approx(1 / 3)]
    assert list(second.y) == [0.0, 0.0]
    assert rest.y[0] / first.y[0] == pytest.approx(0.5 / 0.75)
    assert rest.marker.color == LIGHT.context
    assert "a: most often x (75.0%)" in picture.alt
    assert any("(missing)" in t for t in texts(picture))
    assert any("all others" in t for t in texts(picture))


def test_categories_are_split_into_cells_with_the_share_of_the_group():
    groups = (
        Group(value="a", counts=(3, 1), other=0),
        Group(value="b", counts=(1, 4), other=5),
    )
    picture = distribution.split_cells(Split(column="c", by="g", groups=groups), ["x", "y"])
    written = {
        (x, y): text
        for layer in picture.figure.data
        for y, row in enumerate(layer.text)
        for x, text in enumerate(row)
        if text
    }
    assert written == {(0, 0): "75.0%", (0, 1): "25.0%", (1, 0): "10.0%", (1, 1): "40.0%"}
    assert "b: most often y (40.0%)" in picture.alt


def test_an_empty_report_has_empty_pictures_with_words(empty_report):
    assert "none" in distribution.missingness(empty_report).alt
    assert "none" in distribution.correlations(()).alt
    assert "nothing to show" in cards.bars([], what="Nothing").alt


def test_every_picture_is_plain_json_for_the_browser(ages, sexes, joined, report):
    for picture in (
        distribution.histogram(ages, p=DARK),
        distribution.top_values(replace(sexes, top=(ValueCount(value=True, count=100),)), p=DARK),
        distribution.date_coverage(joined, p=DARK),
        distribution.missingness(report, p=DARK),
        distribution.correlations(report.pairs, p=DARK),
    ):
        assert json.loads(picture.figure.to_json())["data"]
        assert picture.alt.endswith(".")


def test_names_are_broken_into_lines_and_cut_with_an_ellipsis():
    assert wrap("marital status of the applicant", 16) == ["marital status", "of the applicant"]
    assert wrap("a_very_long_column_name_without_a_space", 16, 1) == ["a_very_lon…space"]
    assert wrap("") == ["(empty)"]


def test_values_that_look_alike_are_told_apart():
    assert visible("male ") == "male␣"
    assert visible("   ") == "␣␣␣"
    assert visible("") == "(empty)"
    assert visible(True) == "true"
