"""``evenhand apply``: what it says, what it writes, and how it ends."""

import csv
import json
import sys

import pytest

from audit.cli import main


@pytest.fixture
def apply(monkeypatch, capfd, tmp_path):
    monkeypatch.setenv("EVENHAND_WORKSPACE", str(tmp_path / "workspace"))
    source = tmp_path / "people.csv"
    source.write_text("age,sex,x\n" + "".join(f"{i % 50},{'FM'[i % 2]},{i}\n" for i in range(100)))

    def run(steps, *arguments):
        recipe = tmp_path / "recipe.yaml"
        recipe.write_text(f"version: 1\nsteps: {json.dumps(steps)}\n")
        given = ["apply", source, "--recipe", recipe, *arguments]
        monkeypatch.setattr(sys, "argv", ["evenhand", *map(str, given)])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capfd.readouterr()
        return stop.value.code, out, err

    return run


def test_each_step_says_which_columns_it_changed(apply, tmp_path):
    steps = [{"scale": {"columns": ["age", "x"]}}, {"filter-rows": {"where": "sex = 'F'"}}]
    gone = tmp_path / "gone.csv"
    code, out, err = apply(steps, "--output", tmp_path / "out.csv", "--removed", gone)
    assert (code, err) == (0, "")
    assert "cells changed: “age” 100, “x” 100" in out
    assert "does not pass the condition: 50 rows" in out
    rows = csv.DictReader(gone.read_text().splitlines())
    assert [row["sex"] for row in rows] == ["M"] * 50


def test_standard_output_holds_nothing_but_the_data(apply):
    code, out, err = apply([{"keep-columns": {"columns": ["sex"]}}], "--output", "-")
    assert (code, err) == (0, "")
    assert [row[0] for row in csv.reader(out.splitlines())] == ["sex", *(["F", "M"] * 50)]


@pytest.mark.parametrize("option", ["--output", "--removed", "--remember", "--html", "--json"])
def test_a_folder_that_is_not_there_is_told_before_any_work(apply, tmp_path, option):
    code, out, err = apply([{"drop-duplicates": {}}], option, tmp_path / "nowhere" / "x.csv")
    assert (code, out) == (2, "")
    assert "there is no folder" in err
    assert not (tmp_path / "workspace").exists()


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ({"drop-mising": {}}, "Did you mean 'drop-missing' or"),
        ({"fill-missing": {"columns": ["agee"]}}, "Did you mean 'age'?"),
        ({"hash-keyed": {"columns": ["sex"], "length": 3}}, "length"),
        ({"hash-keyed": {"columns": ["sex"]}}, "EVENHAND_KEY"),
        ({"drop-missing": {"columns": 5}}, "columns: a list is needed"),
        ({"filter-rows": {}}, "where: this is needed"),
    ],
)
def test_a_step_that_cannot_be_done_says_which_and_why(apply, monkeypatch, step, says):
    monkeypatch.delenv("EVENHAND_KEY", raising=False)
    code, out, err = apply([step])
    assert (code, out) == (2, "")
    assert "Step 1" in err
    assert says in err


def test_a_step_that_leaves_no_row_ends_like_any_error_of_the_user(apply, tmp_path):
    out = tmp_path / "out.csv"
    code, said, err = apply([{"filter-rows": {"where": "sex = 'X'"}}], "--output", out)
    assert (code, said) == (2, "")
    assert "Step 1 (Filter rows by a condition): none of 100 rows is left" in err
    assert "switch it off" in err
    assert not out.exists()
