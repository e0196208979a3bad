"""generalize: what comes out is readable, agrees with the what-if, and follows hierarchy files."""

import csv
from collections import Counter
from datetime import date

import pytest

from audit import runner
from audit.errors import ParameterError
from audit.mending.generalizing import params_of
from audit.reports.reidentification.coarsening import Coarsening
from audit.reports.reidentification.options import Options
from audit.reports.reidentification.what_if import coarsenings, what_if

WIDE = {
    "age": [18, 25, 25, -3, None, 61, 25, 40, 19, 30, 31, 33],
    "paid": [0.5, 1.25, -0.75, None, float("inf"), 3.5, 0.0, 0.25, 2.0, 2.5, 9.75, 0.625],
    "born": [date(1980 + i, 1 + i % 12, 1 + i) for i in range(11)] + [None],
    "zip": [
        "02139",
        "02138",
        "10001",
        None,
        "",
        "1",
        "94110",
        "94114",
        "60601",
        "02139",
        "é1",
        "x",
    ],
    "phone": ["0213"] * 6 + ["0241", "1000"] * 3,
    "job": ["cook"] * 10 + ["pilot", None],
}


def test_numbers_come_in_bins_written_as_their_first_and_last_number(mended):
    done = mended(WIDE, ("generalize", {"column": "age", "width": 10}))
    assert done.column("age") == [
        "[10-19]", "[20-29]", "[20-29]", "[-10 to -1]", None, "[60-69]",
        "[20-29]", "[40-49]", "[10-19]", "[30-39]", "[30-39]", "[30-39]",
    ]  # fmt: skip
    done = mended(WIDE, ("generalize", {"column": "paid", "width": 0.5}))
    assert done.column("paid")[:5] == ["[0.5 to 1)", "[1 to 1.5)", "[-1 to -0.5)", None, "inf"]
    done = mended(WIDE, ("generalize", {"column": "age", "width": 10, "write": "number"}))
    assert done.column("age")[:5] == [14.5, 24.5, 24.5, -5.5, None]


def test_zero_has_no_sign(mended):
    data = {"x": [0.0, -0.0, 0.5] * 3}
    done = mended(data, ("generalize", {"column": "x", "width": 0.5}))
    assert Counter(done.column("x")) == {"[0 to 0.5)": 6, "[0.5 to 1)": 3}
    done = mended(data, ("generalize", {"column": "x", "method": "group-rare", "least": 4}))
    assert Counter(done.column("x")) == {"0": 6, "other": 3}


def test_edges_and_even_bins(mended):
    step = {"column": "age", "edges": [18, 30, 31]}
    done = mended(WIDE, ("generalize", step))
    assert Counter(done.column("age")) == {
        "below 18": 1, "[18-29]": 5, "30": 1, "31 and above": 4, None: 1,
    }  # fmt: skip
    done = mended({"x": list(range(100))}, ("generalize", {"column": "x", "quantiles": 4}))
    assert sorted(Counter(done.column("x")).values()) == [24, 25, 25, 26]
    with pytest.raises(ParameterError, match="each larger"):
        mended(WIDE, ("generalize", {"column": "age", "edges": [3, 1]}))


@pytest.mark.parametrize(
    ("period", "first"), [("month", "1980-01"), ("quarter", "1980-Q1"), ("decade", "1980s")]
)
def test_dates_become_periods(mended, period, first):
    done = mended(WIDE, ("generalize", {"column": "born", "method": "date", "period": period}))
    assert (done.column("born")[0], done.column("born")[-1]) == (first, None)


def test_top_and_bottom_are_coded_as_text_or_as_the_end(mended):
    step = {"column": "age", "below": 20, "above": 60}
    assert mended(WIDE, ("generalize", step)).column("age")[:6] == [
        "below 20", "25", "25", "below 20", None, "above 60",
    ]  # fmt: skip
    done = mended(WIDE, ("generalize", {**step, "write": "number"}))
    assert done.column("age")[:6] == [20, 25, 25, 20, None, 60]


@pytest.mark.parametrize(
    ("column", "first"),
    [("age", "[10-19]"), ("born", 1980), ("phone", "02"), ("job", "cook"), ("paid", "[0 to 2)")],
)
def test_with_the_column_alone_the_sensible_is_done(mended, column, first):
    assert mended(WIDE, ("generalize", {"column": column})).column(column)[0] == first


def test_what_was_learnt_does_the_same_to_another_file(mended):
    done = mended(WIDE, ("generalize", {"column": "job", "method": "group-rare", "least": 3}))
    assert done.column("job") == ["cook"] * 10 + ["other", None]
    recipe = runner.Recipe.parse(runner.applied(done.version).recipe.encode())
    again = mended({"job": ["pilot", "cook"]}, ("generalize", recipe.steps[0].given))
    assert again.column("job") == ["other", "cook"]
    done = mended(WIDE, ("generalize", {"column": "age"}))
    recipe = runner.Recipe.parse(runner.applied(done.version).recipe.encode())
    again = mended({"age": [1000, 2000]}, ("generalize", recipe.steps[0].given))
    assert again.column("age") == ["[1000-1009]", "[2000-2009]"]


@pytest.mark.parametrize("column", list(WIDE))
def test_what_if_and_the_step_agree_on_the_classes(mended, column):
    before = mended(WIDE, ("trim-space", {"columns": ["job"]})).before
    for way in (*coarsenings(before.table, column), Coarsening(way="rare", size=2)):
        forecast = what_if(before.table, [column], Options(), coarser={column: way})
        done = mended(WIDE, ("generalize", {"column": column, **params_of(way)}))
        sizes = Counter(Counter(done.column(column)).values())
        assert tuple(sorted(sizes.items())) == forecast.sizes, way


def test_a_hierarchy_file_gives_its_values_exactly(mended, shared, workspace, tmp_path):
    folder = shared("arx_example")
    source = runner.load(folder / "adult_subset.csv", workspace=workspace)
    for column, levels in (("age", (1, 3)), ("native-country", (1,))):
        name = f"adult_hierarchy_{column}.csv"
        (tmp_path / name).write_bytes((folder / name).read_bytes())
        with (folder / name).open(encoding="utf-8") as file:
            known = {row[0]: row[1:] for row in csv.reader(file, delimiter=";")}
        for level in levels:
            given = {"column": column, "hierarchy": name, "level": level}
            step = runner.make_step("generalize", given)
            recipe = runner.Recipe(steps=(step,), folder=tmp_path)
            made = runner.apply(source, recipe, workspace=workspace)
            listed = "SELECT CAST({c} AS VARCHAR) AS v FROM {t}"
            pairs = zip(
                source.table.arrow(listed, c=column)["v"].to_pylist(),
                made.table.arrow(listed, c=column)["v"].to_pylist(),
                strict=True,
            )
            for was, became in set(pairs):
                assert became == known[was][level - 1]


def test_values_that_a_hierarchy_does_not_know_become_missing_and_are_counted(mended):
    step = {"column": "job", "hierarchy": {"cook": ["kitchen", "*"]}}
    done = mended(WIDE, ("generalize", step))
    assert done.column("job") == ["kitchen"] * 10 + [None, None]
    assert "1 cell of values that the hierarchy does not know" in done.effect.notes[1]
    with pytest.raises(ParameterError, match="2 levels, not 3"):
        mended(WIDE, ("generalize", {**step, "level": 3}))


def test_a_way_that_does_not_fit_the_column_is_an_error(mended):
    with pytest.raises(ParameterError, match="does not hold dates"):
        mended(WIDE, ("generalize", {"column": "job", "method": "date"}))


def test_nothing_to_make_coarser_is_said(mended):
    done = mended({"x": [1, 1]}, ("generalize", {"column": "x", "method": "bins"}))
    assert done.effect.did_nothing
    assert done.effect.notes == ("'x' has nothing that could be made coarser.",)
