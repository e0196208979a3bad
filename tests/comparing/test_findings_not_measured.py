"""A finding is called resolved only where somebody could have found it again."""

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.store import Workspace

STATED = {"label": "hired", "positive": "yes", "sensitive": ("sex", "race")}


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    workspace = Workspace.open(tmp_path_factory.mktemp("unmeasured"))
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def before(space):
    i = np.arange(2000)
    sex = np.where(i % 5 < 2, "f", "m")
    hired = np.where(sex == "f", i % 10 == 0, i % 10 > 4)
    race = np.where(i % 200 == 7, "Other", np.where(i % 2, "White", "Black"))
    version = runner.load(
        pa.table(
            {
                "sex": sex,
                "race": race,
                "pay": [None if k % 3 else float(k % 41) for k in i],
                "hired": np.where(hired, "yes", "no"),
            }
        ),
        workspace=space,
    )
    runner.state_roles(version, STATED)
    return version


@pytest.fixture(scope="module")
def told(space, before):
    def tell(remedy, given):
        step = runner.make_step(remedy, given)
        after = runner.apply(before, runner.Recipe(steps=(step,)), workspace=space)
        found = runner.compare(before, after, workspace=space, utility=False).findings
        return {(f.before.check, f.before.group): f for f in found if f.before}

    return tell


WOMEN = ("label-disparity", (("sex", "f"),))


def test_a_dropped_column_of_groups_is_not_looked_at_and_a_dropped_gap_is_mended(told):
    found = told("drop-columns", {"columns": ["sex", "pay"]})
    assert found[WOMEN].what == "not measured"
    assert found[WOMEN].reason == "“sex” is not there any more."
    assert found["missing-values", ()].what == "resolved"


def test_a_group_that_went_did_not_become_represented(told):
    found = told("filter-rows", {"where": "race <> 'Other'"})
    (rare,) = (f for (check, _), f in found.items() if check == "under-represented-group")
    assert (rare.what, rare.reason) == ("not measured", "“Other” is no group of “race” any more.")


def test_a_disparity_of_too_few_rows_is_not_resolved(told):
    found = told("sample-rows", {"rows": 120, "seed": 1})
    assert found[WOMEN].what == "not measured"
    assert found[WOMEN].reason.startswith("Too few rows to tell: ")


def test_a_disparity_that_weights_even_out_is_resolved(told):
    assert told("reweigh", {"by": ["sex", "hired"]})[WOMEN].what == "resolved"
