"""``evenhand compare``: two files, a summary in words, files, exit codes."""

import json

import pytest

ROLES = ["--label", "hired", "--positive", "1", "--sensitive", "sex"]


@pytest.fixture
def files(tmp_path):
    rows = [f"{i % 50 + 18},{'FM'[i % 2]},{i % 3 == 0:d}," for i in range(240)]
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    before.write_text(
        "age,sex,hired,note\n" + "\n".join(f"{r}{'' if i % 2 else 'x'}" for i, r in enumerate(rows))
    )
    after.write_text(
        "age,sex,hired,note,w\n" + "\n".join(f"{r}x,{1 + i % 2}" for i, r in enumerate(rows))
    )
    return before, after


def test_two_files_are_compared_in_words_and_in_files(evenhand, files, tmp_path):
    page, data = tmp_path / "out.html", tmp_path / "out.json"
    given = [*ROLES, "--weight", "w", "--no-utility", "--html", page, "--json", data]
    code, out, err = evenhand("compare", *files, *given)
    assert (code, err) == (0, "")
    first = out.splitlines()[0]
    assert "got better" in first
    assert "got worse" in first
    assert any(
        row.startswith("Cells without a value") and "▶ better" in row for row in out.splitlines()
    )
    table = [row for row in out.splitlines() if row.endswith(("better", "worse", "same", "clear"))]
    assert len(table) > 20
    assert max(map(len, table)) <= 80
    assert any(" pp  " in row for row in table)
    document = json.loads(data.read_text())
    assert (document["before"]["weight"], document["after"]["weight"]) == (None, "w")
    assert document["before"]["roles"]["sex"] == ["sensitive", "quasi-identifier"]
    assert "weight" in document["after"]["roles"]["w"]
    assert any("(weighted after)" in line["title"] for line in document["lines"])
    assert document["utility"]["reason"] == "No model was asked for."
    assert page.read_text().startswith("<!doctype html>")
    # Again, by name and by the beginning of an id, from what is kept.
    again = evenhand(
        "compare", document["before"]["version"][:8], "after.csv", "--no-utility", "--json", "-"
    )
    assert (again[0], json.loads(again[1])["lines"]) == (0, document["lines"])
    # The other way round cells went missing.
    back = ["compare", "after.csv", "before.csv", "--no-utility", "--json", "-"]
    code, out, _ = evenhand(*back, "--fail-on-worse")
    assert any(line["verdict"] == "worse" for line in json.loads(out)["lines"])
    assert (code, evenhand(*back)[0]) == (1, 0)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["nothing.csv"], "nothing.csv"),
        (["--label", "hirred"], "hired"),
    ],
)
def test_what_cannot_be_done_says_why(evenhand, files, given, says):
    second = given if len(given) == 1 else [files[1], *given]
    code, out, err = evenhand("compare", files[0], *second)
    assert (code, out) == (2, "")
    assert says in err
    assert "fault of the program" not in err
