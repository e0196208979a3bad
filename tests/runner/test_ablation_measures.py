"""Each step's contribution is told by the measures of the scorecard that it was for."""

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.comparing import personal_glance
from audit.store import Workspace

N = 400


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    i = np.arange(N)
    race = np.where(i % 10 < 6, "White", np.where(i % 10 < 9, "Black", "Asian"))
    # Of 240, 120 and 40 rows: 3/4, 1/4 and all of them; too few of the last for a verdict.
    hired = np.where(race == "White", i // 10 % 4 > 0, i // 10 % 4 == 0) | (race == "Asian")
    table = pa.table(
        {
            "race": race,
            "pay": [None if k % 4 == 0 else float(k) for k in i],
            "notes": [f"Write to p{k}@mail-{k}.org" if k % 8 == 0 else "none" for k in i],
            "hired": np.where(hired, "yes", "no"),
        }
    )
    looked = []
    search = personal_glance.personal_data

    def listened(part, *rest):
        looked.append([c.name for c in part.columns])
        return search(part, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(personal_glance, "personal_data", listened)
        workspace = Workspace.open(tmp_path_factory.mktemp("measures"))
        version = runner.load(table, workspace=workspace)
        stated = {"label": "hired", "positive": "yes", "sensitive": ("race",)}
        runner.state_roles(version, stated)
        step = runner.make_step
        steps = (
            step("redact-pii", {"columns": ["notes"], "entities": ["EMAIL_ADDRESS"]}),
            step("reweigh", {"by": ["race"]}),
        )
        found = runner.ablation(version, runner.Recipe(steps=steps), workspace=workspace)
        yield found, looked
        workspace.close()


def values(found, title):
    (place,) = (i for i, (_, told) in enumerate(found.titles) if told == title)
    return [part.measures[place].value for part in found.parts]


def test_what_personal_data_a_step_took_away_is_told(walked):
    found, _ = walked
    assert values(found, "Columns with personal data") == [1, 0, 0]
    assert values(found, "Rows with e-mail addresses") == [0.125, 0, 0]


def test_only_columns_that_a_step_changed_or_added_are_looked_at_again(walked):
    assert walked[1] == [["race", "pay", "notes", "hired"], ["notes"], ["weight"]]


def test_a_full_column_that_a_step_added_leaves_the_share_of_missing_cells(walked):
    assert values(walked[0], "Cells without a value") == [1 / 16] * 3


def test_the_label_rate_is_of_the_group_of_the_scorecard_with_weights(walked):
    told = values(walked[0], "Label rate, “Black” ÷ “White”, “race”")
    assert told == pytest.approx([1 / 3, 1 / 3, 1])
