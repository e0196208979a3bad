"""What is left of personal data: the same columns as on the scorecard and on the overview."""

import pyarrow as pa
import pytest

from audit import runner
from audit.comparing.privacy_lines import personal_lines
from audit.runner.residual import residual
from audit.store import Workspace
from audit.ui.compare import remaining
from audit.ui.privacy.view import holding
from audit.ui.recipe import residue

ZIPS = [f"{10001 + 37 * i}" for i in range(40)]


@pytest.fixture
def mended(tmp_path):
    workspace = Workspace.open(tmp_path)
    rows = 200
    data = pa.table(
        {
            "zip": [ZIPS[i % 40] for i in range(rows)],
            "mail": [f"p{i}@example.com" for i in range(rows)],
            "n": list(range(rows)),
        }
    )
    before = runner.load(data, workspace=workspace)

    def by(*steps):
        recipe = runner.Recipe(steps=tuple(runner.make_step(*step) for step in steps))
        return before, runner.apply(before, recipe, workspace=workspace)

    return by


def test_a_column_told_by_its_name_is_left_as_the_scorecard_counts_it(mended):
    before, after = mended(("drop-columns", {"columns": ["mail"]}))
    left = residual(after, before)
    assert {r.title: (r.rows_before, r.rows_after) for r in left.remaining} == {"zip": (200, 200)}
    assert [(r.title, r.entity) for r in left.gone] == [("mail", "EMAIL_ADDRESS")]
    reports = [runner.report(version, "pii") for version in (before, after)]
    scorecard = next(iter(personal_lines(*reports)))
    assert (scorecard.before.value, scorecard.after.value) == (2, 1)
    assert len(holding(reports[1])) == len({r.title for r in left.remaining})
    assert residue.answer(left).startswith("One column still holds personal data")
    assert remaining.answer(left) == "Personal data is still found in “zip”; 1 kind of it is gone."
    (line, _) = remaining.table(left).to_dict("records")
    assert (line["After"], line["What became of it"]) == ("the whole column", "= still there")


def test_a_column_told_by_its_name_goes_and_is_followed_when_it_is_renamed(mended):
    before, after = mended(("drop-columns", {"columns": ["zip", "mail"]}))
    left = residual(after, before)
    assert not left.remaining
    assert ("zip", "POSTCODE") in {(r.title, r.entity) for r in left.gone}
    assert not residual(after).found
    before, after = mended(("rename-columns", {"names": {"zip": "postcode"}}))
    (line,) = (r for r in residual(after, before).found if r.title == "postcode")
    assert line.before is not None
    assert line.after is not None
