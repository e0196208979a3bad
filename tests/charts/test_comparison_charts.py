"""Pictures of a comparison: direction, shape and word say the verdict; hatching what is too small."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.charts.comparison.associations import association_changes
from audit.charts.comparison.columns import distributions
from audit.charts.comparison.contributions import change_text, contributions
from audit.charts.comparison.removals import removal_rates
from audit.charts.comparison.scorecard import scorecard
from audit.charts.template import DARK, LIGHT, Picture
from audit.comparing.column_pair import ColumnPair, Spread
from audit.comparing.values import AssociationKept
from audit.comparing.words import place, verdict
from tests.ui import comparison_values as made


def texts(picture: Picture) -> list[str]:
    notes = [a.text for a in picture.figure.layout.annotations]
    return notes + [t for trace in picture.figure.data for t in (trace.hovertext or ())]


def symbols(picture: Picture) -> dict[int, str]:
    """The shape of the mark drawn last on each row."""
    found = {}
    for trace in picture.figure.data:
        if trace.type == "scatter" and trace.mode == "markers":
            found |= dict(zip(trace.y, trace.marker.symbol, strict=True))
    return found


def beside(picture: Picture, row: int) -> list[str]:
    """What is written on the right of a row, without tags."""
    notes = [
        a for a in picture.figure.layout.annotations if a.y == row and a.x == 1 and a.yref == "y"
    ]
    return [a.text.split(">")[-3].split("<")[0] if "<b>" in a.text else a.text for a in notes]


# The scorecard


def test_each_verdict_has_a_shape_a_word_and_its_figures():
    picture = scorecard(made.lines())
    assert symbols(picture) == {
        0: "triangle-left",
        1: "triangle-right",
        2: "triangle-left",
        3: "line-ns",
        4: "triangle-right",
        5: "triangle-left-open",
        6: "circle-open",
    }
    assert [beside(picture, i) for i in (0, 1, 3, 5, 6)] == [
        ["48,842", "44,866", "◀ worse"],
        ["7.4%", "0.0%", "▶ better"],
        ["1.02", "1.00", "= same"],
        ["0.903", "0.895", "? unclear"],
        ["–", "0.0%", "– no value"],
    ]
    assert "ROC AUC of a model trained on it: 0.903 before, 0.895 after, unclear" in picture.alt


def test_topics_are_parted_by_a_rule_over_the_whole_width():
    shapes = scorecard(made.lines()).figure.layout.shapes
    ys = {s.y0 for s in shapes if s.xref == "paper"}
    # size | quality | representation (two) | label bias | utility | privacy
    assert [int(y) for y in sorted(ys)] == [0, 1, 3, 4, 5]


def test_the_scorecard_can_be_read_on_a_telephone():
    telephone = 331  # pixels that a frame has within a window of 390
    drawn = scorecard([*made.lines(), made.line("ROC AUC of a model " * 9, 0.9, 0.8)]).figure
    margin = drawn.layout.margin
    assert telephone - margin.l - margin.r > 100
    rows = [a for a in drawn.layout.annotations if a.yref == "y"]
    names = [a for a in rows if a.x == 0]
    assert len(names) == len(made.lines()) + 1
    for name in names:  # over its marks, and beside nothing
        assert (name.yanchor, name.xshift) == ("bottom", -margin.l)
        assert max(len(line) for line in name.text.split("<br>")) * 6.1 < telephone
    room = (drawn.layout.height - margin.t - margin.b) / len(names)
    assert room >= 2 * 17 + 20  # two lines of a name, and the figures
    rules = [s.y0 for s in drawn.layout.shapes if s.xref == "paper"]
    assert all(0.5 < 1 - y % 1 < 1 for y in rules)


def test_the_threshold_is_dashed_where_it_stands_on_the_scale():
    dashed = [s for s in scorecard(made.lines()).figure.layout.shapes if s.line.dash]
    assert [(s.x0, (s.y0 + s.y1) / 2) for s in dashed] == [
        (pytest.approx(0.8), 2),
        (pytest.approx(0.8), 4),
    ]


def test_overshooting_the_ideal_is_no_gain():
    line = made.line("Ratio", 0.8, 1.3, ideal=1.0, poor=0.0, unit="ratio")
    assert place(line, 0.8) == pytest.approx(0.8)
    assert place(line, 1.25) == pytest.approx(0.8)
    gap = made.line("Difference", 0.2, -0.2, ideal=0.0, poor=1.0)
    assert place(gap, -0.2) == place(gap, 0.2) == pytest.approx(0.8)


def test_more_than_enough_is_enough():
    line = made.line("Smallest class (k)", 1, 24, ideal=10, poor=1, unit="count")
    assert place(line, 24) == 1


def test_of_too_many_measures_those_that_moved_are_drawn_and_counted():
    stayed = [made.line(f"stayed {i}", 0.1, 0.1, "same") for i in range(30)]
    picture = scorecard([*stayed, made.line("worst", 0.1, 0.2, "worse")], most=5)
    assert "worst" in picture.alt
    assert any("5 of 31 measures" in t for t in texts(picture))


def test_a_measure_without_a_goal_has_no_scale_and_is_no_verdict():
    line = made.line("Columns", 15, 14, "unknown", unit="columns", ideal=None, poor=None)
    assert verdict(line) == "– no goal"
    assert place(line, 14) is None
    assert beside(scorecard([line]), 0) == ["15", "14", "– no goal"]


@given(
    before=st.none() | st.floats(-1e12, 1e12),
    after=st.none() | st.floats(-1e12, 1e12),
    ideal=st.none() | st.sampled_from([0.0, 1.0, 48_842.0]),
    poor=st.none() | st.sampled_from([0.0, 1.0, -3.0]),
)
def test_a_place_is_on_the_scale_or_nowhere(before, after, ideal, poor):
    line = made.line("x", before, after, ideal=ideal, poor=poor)
    found = [place(line, v) for v in (before, after, ideal)]
    assert all(f is None or 0 <= f <= 1 for f in found)
    assert (found[2] is None) == (ideal is None)


# Who was filtered out


def test_groups_stand_against_all_rows_and_the_small_ones_are_hatched():
    comparison = made.comparison()
    picture = removal_rates(comparison.removals, comparison.overall_removal)
    assert symbols(picture) == {0: "diamond", 1: "diamond", 2: "circle-open", 3: "circle"}
    hatched = [t for t in picture.figure.data if t.type == "bar"]
    assert [list(t.y) for t in hatched] == [[4]]
    assert hatched[0].marker.pattern.shape
    assert beside(picture, 0) == ["35.0%", "×4.32"]
    assert beside(picture, 4) == ["–", "too few"]
    assert any("all rows 8.1%" in t for t in texts(picture))
    assert "Unknown: too few to tell (n = 12)" in picture.alt
    assert "White 7.0% (4.0%–10.0%, 2,914 of 41,762 rows), less than all rows" in picture.alt


# Correlations, steps


def test_a_pair_goes_from_a_ring_to_a_dot_and_one_without_a_value_is_left_out():
    picture = association_changes(made.comparison().associations)
    assert beside(picture, 0) == ["0.42", "0.21", "−0.21"]
    assert "race" not in picture.alt
    negative = AssociationKept(columns=("a", "b"), measure="pearson", before=-0.5, after=0.5)
    assert association_changes([negative]).figure.layout.xaxis.range[0] < -0.5


def test_each_step_says_its_own_change_and_which_way_it_went():
    picture = contributions(made.ablation())
    cells = [t.replace("<br>", " ") for t in texts(picture)]
    assert sum("▶ −7.4 pp" in t for t in cells) == 1
    assert sum("◀ −0.02" in t for t in cells) == 1
    assert sum("▶ +0.07" in t for t in cells) == 1
    assert change_text(made.measure(0.1), made.measure(0.1), 0.0) == "="
    assert change_text(made.measure(None), made.measure(0.1), 0.0) == "–"
    assert change_text(made.measure(5, "columns"), made.measure(4, "columns"), None) == "· −1"


# A column before and after


def spread(*counts: int, missing: int = 0, other: int = 0) -> Spread:
    rows = sum(counts) + missing + other
    return Spread(rows=rows, missing=missing, counts=counts, other=other)


def test_both_distributions_are_shares_over_one_axis():
    pair = ColumnPair(
        column="age",
        kind="number",
        edges=(0.0, 10.0, 20.0),
        before=spread(50, 50, missing=900),
        after=spread(10, 30),
    )
    picture = distributions(pair)
    bars, line = picture.figure.data
    assert list(bars.y) == [0.5, 0.5]
    assert list(line.y) == [0.0, 0.25, 0.25, 0.75, 0.75, 0.0]
    assert list(line.x) == [0.0, 0.0, 10.0, 10.0, 20.0, 20.0]
    assert "Most moved 0 to 10: 50.0% before, 25.0% after." in picture.alt


def test_values_have_a_bar_for_each_version_and_their_change():
    pair = ColumnPair(
        column="race",
        kind="category",
        values=("a", "", "b "),
        before=spread(10, 5, 5),
        after=spread(10, 0, 0),
    )
    picture = distributions(pair)
    assert beside(picture, 0) == ["50.0%", "100.0%", "+50.0 pp"]
    assert "(empty) 25.0% to 0.0%; b␣ 25.0% to 0.0%" in picture.alt


def test_dates_are_written_as_days():
    day = 86_400_000_000.0
    pair = ColumnPair(column="d", kind="date", edges=(0.0, day), before=spread(1), after=spread(1))
    picture = distributions(pair)
    assert "from 1970-01-01 to 1970-01-02" in picture.alt
    assert "They are the same." in picture.alt


# All of them


def pictures(p):
    hostile = made.HOSTILE
    lines = (*made.lines(), made.line(hostile, 0.1, 0.2, "worse"))
    removed = (*made.removals(), made.removal(hostile, 900, 300, column=hostile))
    pairs = [AssociationKept(columns=(hostile, "b"), measure="pearson", before=0.1, after=0.2)]
    ablation = replace(made.ablation(), titles=((hostile, hostile), ("b", hostile)))
    pair = ColumnPair(
        column=hostile, kind="category", values=(hostile,), before=spread(4), after=spread(2)
    )
    overall = made.comparison().overall_removal
    return [
        scorecard(lines, p=p),
        removal_rates(removed, overall, p=p),
        association_changes(pairs, p=p),
        contributions(ablation, p=p),
        distributions(pair, p=p),
    ]


@pytest.mark.parametrize("p", [LIGHT, DARK])
def test_hostile_names_are_escaped_and_every_picture_can_be_sent(p):
    for picture in pictures(p):
        assert not any("<b>$x" in t or "<a" in t for t in texts(picture))
        json.loads(picture.figure.to_json())
        assert picture.alt


def test_pictures_of_nothing_are_drawn():
    overall = made.measure(0.0)
    empty = replace(made.ablation(), titles=(), ideals=(), parts=())
    nothing = [scorecard([]), removal_rates([], overall), association_changes([])]
    for picture in (*nothing, contributions(empty)):
        assert picture.alt.endswith(("none.", "no measures.", "no groups.", "no pairs."))
