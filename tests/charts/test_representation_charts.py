"""Pictures of the representation report: marks stand at its numbers, verdicts have a shape."""

import json
from dataclasses import replace
from itertools import pairwise
from math import log10

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.charts import marks
from audit.charts import representation as charts
from audit.charts.representation.calibration import _spread
from audit.charts.representation.grid import _in_order
from audit.charts.representation.names import row_name
from audit.charts.rows import Rows
from audit.charts.template import CARD_HEIGHT, DARK, LIGHT, Picture, places, wrap
from audit.reports.representation.group_values import Combination
from tests.charts import representation_values as made

HOSTILE = made.HOSTILE


def texts(picture: Picture) -> list[str]:
    """Every string that plotly would draw: annotations, axis titles, tick and hover texts."""
    layout = picture.figure.layout
    drawn = [a.text for a in layout.annotations]
    for axis in ("xaxis", "yaxis", "xaxis2"):
        if axis in layout:
            drawn += [layout[axis].title.text or "", *(layout[axis].ticktext or ())]
    for trace in picture.figure.data:
        drawn += list(trace.hovertext or ())
        assert not trace.hovertemplate, "a template would read %{x} in a name"
    return [t for t in drawn if t]


def points(picture: Picture) -> dict[object, tuple[float, str, str]]:
    """The marks by what a click on them hands over: (x, symbol, colour)."""
    found = {}
    for trace in picture.figure.data:
        if trace.type == "scatter" and trace.mode == "markers" and trace.customdata:
            for data, x, symbol, colour in zip(
                trace.customdata, trace.x, trace.marker.symbol, trace.marker.color, strict=True
            ):
                found[data[0]] = (x, symbol, colour)
    return found


def hatched(picture: Picture) -> list[object]:
    """What a click on each hatched bar hands over."""
    return [
        data[0]
        for trace in picture.figure.data
        if trace.type == "bar" and trace.marker.pattern.shape
        for data in trace.customdata
    ]


def lines(picture: Picture, axis: str = "x") -> list[float]:
    """Where the upright lines over all rows stand."""
    return [
        s.x0
        for s in picture.figure.layout.shapes
        if s.x0 == s.x1 and s.yref == "paper" and s.xref in (axis, None) and s.layer == "below"
    ]


def pictures(name: str, p=LIGHT) -> list[Picture]:
    """One of each kind, about groups and columns called ``name``."""
    races = made.races((name, 900, 90, 0.02), (name + "2", 5, 1, 0.02))
    cells = Combination(
        columns=(name, "b"),
        groups=(made.group(((name, name), ("b", name)), 900, 90),),
        reference_group=None,
    )
    strata = made.berkeley()
    strata = replace(
        strata, level=name, strata=tuple(replace(s, stratum=name) for s in strata.strata)
    )
    quality = replace(made.missing_in(name, (name, 500, 10), (name + "2", 900, 90)), by=name)
    proxies = made.proxies(1)
    proxies = replace(proxies, columns=(replace(proxies.columns[0], column=name),))
    return [
        charts.group_shares(races, reference_name=name, min_group=100, p=p),
        charts.group_shares(races, reference_name=name, min_group=100, p=p, compact=True),
        charts.label_rates(races, label_words=name, min_group=100, p=p),
        charts.label_rates(races, label_words=name, min_group=100, p=p, compact=True),
        charts.intersections(cells, label_words=name, min_group=100, p=p),
        charts.strata(strata, label_words=name, p=p),
        charts.quality_gaps([quality], min_group=100, p=p),
        charts.quality_groups(quality, min_group=100, p=p),
        charts.proxy_strengths(proxies, p=p),
        charts.error_rates(
            made.model_races(made.model_group(name, 900, 0.2)),
            "false_positive_rate",
            min_group=100,
            p=p,
        ),
        charts.error_rates_at(
            [(name, 9, 0.5, 0.4, 0.6), (name + "2", 9, None, None, None)],
            title=name,
            reference=name,
            p=p,
        ),
        charts.calibration(
            [made.model_group(name, 900, 0.1, bins=[(0.2, 0.3, 50), (0.7, 0.6, 50)])], p=p
        ),
        charts.coverage_levels(made.uncovered(), p=p),
    ]


# shares


def test_a_ratio_stands_on_a_logarithmic_scale_and_points_to_its_side_of_the_reference():
    picture = charts.group_shares(made.races(), reference_name="survey", min_group=100)
    found = points(picture)
    black = 4_685 / 48_842 / 0.117
    assert found[1] == (pytest.approx(log10(black)), "triangle-left", LIGHT.worse)
    assert found[2][1:] == found[3][1:] == ("triangle-right", LIGHT.data)
    assert found[4][1:] == ("circle-open", LIGHT.muted)
    assert lines(picture, "x2") == [0]
    assert "Black 9.6% against 11.7%, ratio 0.82 (0.80 to 0.84)" in picture.alt
    assert "×0.82" in " ".join(texts(picture))


def test_a_ratio_within_a_twentieth_of_one_is_in_line_whatever_its_interval():
    picture = charts.group_shares(made.races(), reference_name="survey", min_group=100)
    # White: 41,762 of 48,842 against 84.3% is 1.014, and its interval begins at 1.0106
    white = made.races().groups[0].estimate("representation_ratio")
    assert white.low > 1
    assert points(picture)[0][1] == "circle-open"


def test_shares_are_bars_with_a_tick_where_the_reference_is():
    picture = charts.group_shares(made.races(), reference_name="survey", min_group=100)
    (bars,) = [t for t in picture.figure.data if t.type == "bar" and t.x and t.xaxis is None]
    assert list(bars.x) == pytest.approx([n / made.ROWS for _, n, _, _ in made.RACES])
    assert [d[0] for d in bars.customdata] == [0, 1, 2, 3, 4]
    scatters = [t for t in picture.figure.data if t.type == "scatter"]
    (ticks,) = [t for t in scatters if t.marker.symbol == "line-ns"]
    assert list(ticks.x) == [0.843, 0.117, 0.026, 0.0061, 0.0086]


def test_a_group_with_too_few_rows_is_hatched_and_gets_no_mark():
    combination = made.races(("Armed-Forces", 15, 4, 0.01))
    for compact in (False, True):
        shown = replace(combination, groups=combination.groups[-3:])
        picture = charts.group_shares(
            shown, reference_name="survey", min_group=100, compact=compact
        )
        assert hatched(picture) == [2]
        assert set(points(picture)) == {0, 1}
        assert "Armed-Forces: too few to tell (n = 15)" in picture.alt


def test_without_a_reference_only_shares_are_drawn():
    groups = tuple(made.group((("g", n),), 500) for n in "ab")
    combination = Combination(columns=("g",), groups=groups, reference_group="a")
    picture = charts.group_shares(combination, reference_name="none", min_group=100)
    assert not points(picture)
    assert "xaxis2" not in picture.figure.layout
    assert "a 1.0%, no ratio (The reference population says nothing" in picture.alt


def test_a_ratio_of_zero_stands_at_the_end_of_the_axis():
    group = made.groups_with_ratio(0.0, 0.0, 0.001)
    picture = charts.group_shares(group, reference_name="survey", min_group=100)
    assert points(picture)[0][0] == picture.figure.layout.xaxis2.range[0]
    assert "×0.00" in " ".join(texts(picture))


def test_of_many_groups_those_farthest_from_the_reference_are_shown_in_their_order():
    picture = charts.group_shares(made.many(40), reference_name="census", min_group=100)
    shown = list(points(picture))
    assert shown == sorted(shown)
    assert len(shown) == 20
    assert {4, 9, 14, 19, 24, 29, 34, 39} <= set(shown)
    assert "(20 of 40 groups)" in picture.alt
    assert any("20 of 40 groups" in t for t in texts(picture))


def test_a_card_shows_five_groups_and_says_of_how_many():
    for picture in (
        charts.group_shares(made.many(9), reference_name="c", min_group=100, compact=True),
        charts.label_rates(made.many(9), label_words="y", min_group=100, compact=True),
    ):
        assert len(points(picture)) == 5
        assert any("5 of 9" in t for t in texts(picture))
        assert picture.figure.layout.height == CARD_HEIGHT
        assert picture.figure.layout.clickmode is None


# label rates


def test_a_rate_is_judged_by_its_interval_against_four_fifths_of_the_reference_group():
    picture = charts.label_rates(made.races(), label_words="income >50K", min_group=100)
    base = 10_607 / 41_762
    assert lines(picture) == [pytest.approx(base * 0.8), pytest.approx(base)]
    found = points(picture)
    assert found[0] == (pytest.approx(base), "circle", LIGHT.ink)
    assert found[1] == (pytest.approx(566 / 4_685), "diamond", LIGHT.worse)
    assert found[2][1] == "circle"
    assert "Black 12.1% (11.2%–13.0%, n = 4,685), below the line" in picture.alt
    drawn = " ".join(texts(picture))
    assert "four-fifths line 20.3%" in drawn
    assert "White 25.4%" in drawn


@pytest.mark.parametrize(
    ("hits", "impact", "symbol"),
    [
        (70, (0.60, 0.78), "diamond"),  # 14% of 500, line at 20%: both clear
        (90, (0.60, 0.78), "circle-open"),  # the rate reaches the line
        (70, (0.60, 0.81), "circle-open"),  # the ratio reaches it
        (130, (0.90, 1.20), "circle"),
    ],
)
def test_a_verdict_needs_the_rate_and_the_ratio_to_be_clear_of_the_line(hits, impact, symbol):
    first = made.group((("g", "a"),), 5_000, 1_250)
    second = made.group((("g", "b"),), 500, hits, base=0.25, against="a")
    low, high = impact
    estimates = tuple(
        replace(e, low=low, high=high) if e.name == "disparate_impact" else e
        for e in second.estimates
    )
    combination = Combination(
        columns=("g",), groups=(first, replace(second, estimates=estimates)), reference_group="a"
    )
    picture = charts.label_rates(combination, label_words="y", min_group=100)
    assert points(picture)[1][1] == symbol


def test_the_impact_against_the_highest_group_is_not_the_one_against_the_reference():
    first = made.group((("g", "a"),), 5_000, 1_250)
    second = made.group((("g", "b"),), 500, 130, base=0.9, against="highest")
    combination = Combination(columns=("g",), groups=(first, second), reference_group="a")
    picture = charts.label_rates(combination, label_words="y", min_group=100)
    assert points(picture)[1][1] == "circle"


def test_without_a_reference_group_rates_have_no_line_and_no_verdict():
    combination = replace(made.races(), reference_group=None)
    picture = charts.label_rates(combination, label_words="y", min_group=100)
    assert lines(picture) == []
    assert {symbol for _, symbol, _ in points(picture).values()} == {"circle"}
    assert "no group to compare with" in picture.alt


def test_a_reference_group_without_positive_labels_makes_no_ratio():
    groups = (made.group((("g", "a"),), 500, 0), made.group((("g", "b"),), 500, 200))
    combination = Combination(columns=("g",), groups=groups, reference_group="a")
    picture = charts.label_rates(combination, label_words="y", min_group=100)
    assert lines(picture) == [0.0]
    assert "–" in " ".join(texts(picture))


def test_a_rate_that_is_not_defined_is_hatched_with_its_reason():
    first = made.group((("g", "a"),), 5_000, 1_250)
    none = made.group((("g", "b"),), 500)
    empty = made.group((("g", "c"),), 0, 0)
    combination = Combination(columns=("g",), groups=(first, none, empty), reference_group="a")
    picture = charts.label_rates(combination, label_words="y", min_group=0)
    assert hatched(picture) == [1, 2]
    assert "c: not defined (There are no rows.)" in picture.alt


def test_each_class_of_a_label_has_rates_of_its_own():
    groups = tuple(
        made.group((("g", name),), 500, hits, label_class="high")
        for name, hits in (("a", 200), ("b", 100))
    )
    combination = Combination(columns=("g",), groups=groups, reference_group="a")
    right = charts.label_rates(combination, label_words="y", min_group=100, label_class="high")
    assert points(right)[1][0] == pytest.approx(0.2)
    assert lines(right) == [pytest.approx(0.32), pytest.approx(0.4)]
    assert not points(charts.label_rates(combination, label_words="y", min_group=100))


def test_the_reference_group_is_shown_however_many_others_are_past_the_line():
    combination = made.many(40)
    combination = replace(combination, reference_group="country 3")
    picture = charts.label_rates(combination, label_words="y", min_group=100, most=2)
    assert 2 in points(picture)


def test_all_too_few_is_a_picture_without_a_mark():
    combination = made.many(3, n=60)
    for picture in (
        charts.label_rates(combination, label_words="y", min_group=100),
        charts.group_shares(combination, reference_name="c", min_group=100),
    ):
        assert not points(picture)
        assert hatched(picture) == [0, 1, 2]


def test_groups_of_three_columns_can_be_told_apart_by_their_drawn_names():
    known = [
        (("age", age), ("race", race), ("sex", sex))
        for age in ("18-24", "65 and over")
        for race in ("Asian-Pac-Islander", "Black")
        for sex in ("Female", "Male")
    ]
    for compact, lines_ in ((False, 2), (True, 1)):
        drawn = [row_name(levels, compact=compact) for levels in known]
        assert len(set(drawn)) == len(known)
        assert all(len(wrap(d, 20 if compact else 22, 9)) <= lines_ for d in drawn)
    assert row_name((("sex", made.LONG),)) == made.LONG


# intersections


def cells(picture: Picture) -> dict[int, tuple[float, float, bool]]:
    """The cells by position of the group: (x, y, whether hatched)."""
    return {
        data[0]: (x, base + 0.46, bool(trace.marker.pattern.shape))
        for trace in picture.figure.data
        for data, x, base in zip(trace.customdata, trace.x, trace.base, strict=True)
    }


def test_each_cell_stands_where_its_levels_meet_and_hands_over_its_group():
    combination = made.race_by_age()
    picture = charts.intersections(combination, label_words="y", min_group=100)
    found = cells(picture)
    assert set(found) == set(range(29))
    races = [name for name, *_ in made.RACES]
    for i, group in enumerate(combination.groups):
        race, age = (name for _, name in group.levels)
        assert found[i] == (made.AGES.index(age), races.index(race), group.n < 100)
    drawn = texts(picture)
    assert sum("too few<br>" in t for t in drawn) == sum(few for _, _, few in found.values())
    assert sum("no rows" in t for t in drawn) == 1
    assert "highest 42.9% for Asian-Pac-Islander × 45-54 (n = 273)" in picture.alt
    assert "1 cells have no rows" in picture.alt


def test_without_a_label_cells_hold_the_share_of_rows_also_where_they_are_few():
    combination = made.race_by_age(label=False)
    picture = charts.intersections(combination, label_words=None, min_group=100)
    drawn = " ".join(texts(picture))
    assert "too few<br>" not in drawn
    assert "0.2%<br>" in drawn
    assert picture.alt.startswith("Share of rows where race and age meet")


def test_of_three_columns_one_level_of_one_is_fixed():
    combination = made.race_by_age_by_sex()
    picture = charts.intersections(
        combination, label_words="y", min_group=100, fixed=("sex", "Male")
    )
    shown = set(cells(picture))
    assert {dict(combination.groups[i].levels)["sex"] for i in shown} == {"Male"}
    assert len(shown) == 29
    assert "within sex Male" in picture.alt
    with pytest.raises(ValueError, match="two columns"):
        charts.intersections(combination, label_words="y", min_group=100)


def test_the_column_with_fewer_levels_lies_across_where_the_other_has_many():
    ages = tuple(f"{a}-{a + 4}" for a in range(20, 65, 5))
    combination = made.race_by_age(ages=ages)
    picture = charts.intersections(combination, label_words="y", min_group=1)
    across = {x for x, _, _ in cells(picture).values()}
    assert across == set(range(5))


def test_of_many_levels_those_with_most_rows_are_drawn_and_the_rest_is_counted():
    groups = tuple(
        made.group((("a", f"a{i}"), ("b", f"b{j}")), 100 + i + j, 10)
        for i in range(12)
        for j in range(11)
    )
    combination = Combination(columns=("a", "b"), groups=groups, reference_group=None)
    picture = charts.intersections(combination, label_words="y", min_group=1)
    assert len(cells(picture)) == 12 * 8
    assert "36 smaller cells are not drawn" in picture.alt
    assert 0 not in cells(picture)


def test_levels_keep_their_order_where_some_cells_have_no_group():
    assert _in_order([["b", "d"], ["a", "b", "c"], ["c", "d"]]) == ["a", "b", "c", "d"]
    assert _in_order([]) == []


# strata


def test_berkeley_turns_in_department_a_and_the_eye_sees_it():
    picture = charts.strata(made.berkeley(), label_words="admitted", min_group=30)
    found = points(picture)
    assert found[None] == (pytest.approx(557 / 1835), "triangle-left", LIGHT.worse)
    assert found[0] == (pytest.approx(89 / 108), "triangle-right", LIGHT.data)
    assert found[1][1:] == ("circle-open", LIGHT.muted)
    # in C to F the difference is within chance, yet its direction is drawn
    assert [found[i][1] for i in (2, 3, 4, 5)] == [
        *("triangle-left-open", "triangle-right-open"),
        *("triangle-left-open", "triangle-right-open"),
    ]
    assert "0.14 overall, −0.02 within. The sign turns" in picture.alt
    assert any("n = 108 of 933" in t for t in texts(picture))


def test_strata_of_weighted_rows_may_be_told_the_rates_over_all():
    picture = charts.strata(made.berkeley(), label_words="y", overall=(0.5, 0.25))
    assert points(picture)[None][:2] == (0.5, "triangle-right")


def test_a_stratum_without_rows_of_the_group_has_a_tick_and_no_mark():
    conditional = made.berkeley()
    empty = replace(conditional.strata[0], n=0, positives=0, rate=None)
    picture = charts.strata(replace(conditional, strata=(empty,)), label_words="y")
    assert 0 not in points(picture)
    assert "A – against 62.1%" in picture.alt


def test_the_largest_strata_are_shown_with_all_of_them_on_top():
    picture = charts.strata(made.berkeley(), label_words="y", most=2)
    assert list(points(picture)) == [None, 0, 2]
    assert "(2 of 6 strata)" in picture.alt
    assert any("2 of 6 strata" in t for t in texts(picture))


# quality, proxies, coverage


def test_the_widest_gap_is_on_top_and_only_what_chance_does_not_explain_is_marked():
    picture = charts.quality_gaps(made.qualities(), min_group=100)
    ends = next(t for t in picture.figure.data if t.type == "scatter" and t.mode == "markers")
    assert [d[0] for d in ends.customdata] == [3, 3, 0, 0, 1, 1, 2, 2]
    assert list(ends.x)[2:4] == pytest.approx([1_530 / 32_650, 1_279 / 16_192])
    assert list(ends.marker.symbol)[1::2] == ["diamond", "diamond", "diamond", "circle-open"]
    assert hatched(picture) == [4]
    assert (
        "occupation, missing by sex: lowest 4.7% for Male, highest 7.9% for Female" in picture.alt
    )
    assert "note, missing by sex: no gap (There are not two groups with 100 rows)" in picture.alt


def test_a_wide_gap_that_chance_may_explain_is_not_marked():
    quality = made.missing_in("a", ("Male", 500, 10), ("Female", 500, 50), p_value=0.06)
    for picture in (
        charts.quality_gaps([quality], min_group=100),
        charts.quality_groups(quality, min_group=100),
    ):
        assert "diamond" not in {symbol for _, symbol, _ in points(picture).values()}


def test_shares_and_lengths_are_not_drawn_on_one_axis():
    share = made.missing_in("a", ("Male", 500, 10), ("Female", 500, 50))
    length = replace(share, kind="length_mean", column="text")
    both = charts.quality_gaps([length, share], min_group=100)
    assert {d[0] for d in both.figure.data[-1].customdata} == {1}
    alone = charts.quality_gaps([length], min_group=100)
    assert alone.figure.layout.xaxis.title.text == "characters"


def test_one_quality_is_drawn_over_all_its_groups():
    quality = made.missing_in("a", ("Male", 500, 10), ("X", 20, 1), ("Female", 500, 50))
    picture = charts.quality_groups(quality, min_group=100)
    found = points(picture)
    assert found[0] == (0.02, "circle", LIGHT.ink)
    assert found[2] == (0.1, "diamond", LIGHT.worse)
    assert hatched(picture) == [1]
    assert "X: too few to tell (n = 20)" in picture.alt


def test_a_column_gives_something_away_when_its_interval_is_above_a_half():
    picture = charts.proxy_strengths(made.proxies())
    found = points(picture)
    assert found[None][0] == 0.945
    assert [found[i][1] for i in range(6)] == ["circle"] * 5 + ["circle-open"]
    assert lines(picture) == [0.5, 0.945]
    assert {"V 0.65", "η 0.11"} <= set(texts(picture))
    assert "relationship 0.93 (0.92 to 0.94), association V 0.65" in picture.alt


def test_a_proxy_that_could_not_be_measured_is_a_dash_with_its_reason():
    proxies = made.proxies(1)
    none = replace(proxies.together, value=None, low=None, high=None, reason="Too few rows.")
    picture = charts.proxy_strengths(replace(proxies, together=none))
    assert set(points(picture)) == {0}
    assert "all of them together – (Too few rows)" in picture.alt


def test_uncovered_patterns_are_counted_by_the_columns_they_name():
    picture = charts.coverage_levels(made.uncovered((2, 37, 118)))
    (bars,) = picture.figure.data
    assert list(bars.x) == [2, 37, 118]
    assert [d[0] for d in bars.customdata] == [1, 2, 3]
    assert "157 in all: 2 name 1 column; 37 name 2 columns" in picture.alt
    assert "0 in all: none" in charts.coverage_levels(made.uncovered(())).alt


# a model


def test_an_error_rate_points_to_its_side_of_the_reference_group():
    picture = charts.error_rates(made.model_races(), "false_positive_rate", min_group=100)
    found = points(picture)
    assert found[0] == (0.08, "circle", LIGHT.ink)
    assert found[1] == (0.031, "triangle-left", LIGHT.data)
    assert found[2] == (0.11, "triangle-right", LIGHT.worse)
    assert found[3][1] == "circle-open"
    assert hatched(picture) == [4, 5]
    assert lines(picture) == [0.08]
    assert "Other: too few to tell (n = 60)" in picture.alt
    assert "Armed-Forces: not defined (There are no negative labels.)" in picture.alt
    assert "−4.9 pp" in " ".join(texts(picture))


def test_a_difference_is_judged_by_its_own_interval_where_there_is_one():
    unsure = made.model_group("Black", 900, 0.12)
    estimates = tuple(
        replace(e, low=-0.01, high=0.09) if e.name.endswith("difference") else e
        for e in unsure.estimates
    )
    combination = made.model_races(replace(unsure, estimates=estimates))
    found = points(charts.error_rates(combination, "false_positive_rate", min_group=100))
    assert found[6][1] == "circle-open"


def test_areas_under_a_curve_are_written_as_numbers_not_as_per_cent():
    combination = made.model_races()
    groups = tuple(
        replace(g, estimates=tuple(replace(e, unit="coefficient") for e in g.estimates))
        for g in combination.groups
    )
    combination = replace(combination, groups=groups)
    picture = charts.error_rates(combination, "false_positive_rate", min_group=100)
    drawn = " ".join(texts(picture))
    assert "0.08–0.08" in drawn
    assert "−0.05" in drawn
    assert "+0.03" in drawn
    assert "%" not in drawn.replace("95%", "")


def test_of_accuracy_less_is_worse():
    combination = made.model_races()
    groups = tuple(
        replace(
            g,
            estimates=tuple(
                replace(e, name=e.name.replace("false_positive_rate", "accuracy"))
                for e in g.estimates
            ),
        )
        for g in combination.groups
    )
    combination = replace(combination, groups=groups)
    found = points(charts.error_rates(combination, "accuracy", min_group=100))
    assert found[1][1:] == ("triangle-left", LIGHT.worse)
    assert found[2][1:] == ("triangle-right", LIGHT.data)


def test_the_axis_stays_as_the_threshold_moves():
    pictures_ = [
        charts.error_rates_at(
            [("a", 900, v, v - 0.02, v + 0.02), ("b", 900, 0.5, 0.48, 0.52)],
            title="false positive rate",
            reference="b",
        )
        for v in (0.03, 0.9)
    ]
    assert len({p.figure.layout.xaxis.range for p in pictures_}) == 1
    low, high = (points(p)[0] for p in pictures_)
    assert (low[1], high[1]) == ("triangle-left", "triangle-right")
    assert points(pictures_[0])[1][1] == "circle"


def test_calibration_draws_the_five_largest_groups_and_names_them_apart():
    groups = made.scored(7)
    picture = charts.calibration(groups)
    assert len(picture.figure.data) == 5
    assert [t.line.color for t in picture.figure.data] == list(LIGHT.categorical)
    assert len({t.marker.symbol for t in picture.figure.data}) == 5
    first = picture.figure.data[0]
    assert list(first.y) == [b.label_rate for b in groups[0].calibration]
    assert first.customdata[3] == [0, 3]
    pixels = 360 - 26 - 46
    names = sorted(a.y for a in picture.figure.layout.annotations if a.x == 1.02)
    assert len(names) == 5
    assert min(b - a for a, b in pairwise(names)) * pixels / 1.04 >= 17.9
    assert "(5 of 7 groups)" in picture.alt
    assert "no scores" in charts.calibration(()).alt


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), max_size=5))
def test_names_of_lines_never_touch_and_keep_their_order(wanted):
    placed = _spread(wanted, 0.06)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    ys = [placed[i] for i in order]
    assert all(b - a >= 0.06 - 1e-9 for a, b in pairwise(ys))
    assert all(0 <= y <= 1 for y in ys)


# what holds for all of them


def test_names_are_drawn_as_text_not_as_tags_or_templates():
    for picture in pictures(HOSTILE):
        drawn = " ".join(texts(picture))
        assert "<img" not in drawn
        assert "<a " not in drawn
        assert "<script" not in drawn
        assert picture.alt.endswith(".")


@pytest.mark.parametrize(
    ("name", "p"),
    [
        (made.LONG, LIGHT),
        (made.WIDE, DARK),
        (HOSTILE, DARK),
        ("$a$ \u202e b", LIGHT),
        ("A" * 90, LIGHT),
        (" ", DARK),
    ],
)
def test_every_picture_is_plain_json_for_the_browser(name, p):
    for picture in pictures(name, p):
        sent = json.loads(picture.figure.to_json())
        assert sent["layout"]["height"] > 0
        assert "\u202e" not in json.dumps(sent, ensure_ascii=False)


def test_every_mark_that_can_be_clicked_keeps_its_colour_when_another_is():
    for picture in pictures("a"):
        if picture.figure.layout.height == CARD_HEIGHT:
            continue
        assert picture.figure.layout.clickmode == "event+select"
        for trace in picture.figure.data:
            assert trace.unselected.marker.opacity == 1
            if trace.type == "bar":
                assert len(trace.customdata or ()) == len(trace.y)


@settings(deadline=None, max_examples=60)
@given(
    left=st.integers(70, 200),
    right=st.integers(60, 230),
    top=st.floats(1e-3, 1.1),
    room=st.sampled_from([0.38, 1.0]),
)
def test_ticks_never_touch_on_the_narrowest_plot(left, right, top, room):
    rows = Rows(["a"], LIGHT, columns=[("x", 50)])
    rows.left, rows.right = left, right
    marks.share_axis(rows, 0, top, room=room)
    axis = rows.figure.layout.xaxis
    assert axis.ticktext[0] == "0%"
    assert len(axis.tickvals) <= 6
    pixels = max(480 - left - right, 1) * room / top
    for (a, b), (one, other) in zip(
        pairwise(axis.tickvals),
        pairwise(axis.ticktext),
        strict=True,
    ):
        if axis.tickvals[1] < 1:  # below that there is no larger step to take
            assert (b - a) * pixels >= 5.8 * (len(one) + len(other)) / 2


def test_names_in_capitals_and_in_chinese_take_more_room():
    assert places("abc") == 3
    assert places("結婚") == 4
    assert places("WW") > places("AA") > places("aa")
    assert all(places(line) <= 22 for line in wrap(made.WIDE, 22))
    assert all(places(line) <= 24 for line in wrap("AFRICAN AMERICAN OR BLACK PEOPLE", 22))


def test_fewer_than_equal_shares_is_no_verdict():
    judged, plain = (
        charts.group_shares(made.races(), reference_name=name, min_group=100)
        for name in ("census", "uniform")
    )
    assert LIGHT.worse in {colour for _, _, colour in points(judged).values()}
    assert LIGHT.worse not in {colour for _, _, colour in points(plain).values()}
    symbols = [symbol for _, symbol, _ in points(plain).values()]
    assert symbols == [symbol for _, symbol, _ in points(judged).values()]
