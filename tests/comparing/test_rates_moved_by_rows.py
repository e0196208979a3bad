"""A label rate that moved by an uneven filter alone says so; one that was mended does not."""

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.store import Workspace

MOVED = "No value changed: it moved by who was filtered out, and not evenly "


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """Ratios of admission of women to men after a step, with what is remarked."""
    workspace = Workspace.open(tmp_path_factory.mktemp("moved"))
    i = np.arange(4000)
    sex = np.where(i % 2, "f", "m")
    # Women mostly ask for the department that admits few; in each both are admitted alike.
    hard = np.where(sex == "f", i % 10 < 8, i % 10 < 2)
    admitted = (i // 10) % 10 < np.where(hard, 2, 7)
    version = runner.load(
        pa.table(
            {
                "sex": sex,
                "dept": np.where(hard, "hard", "easy"),
                "admitted": np.where(admitted, "yes", "no"),
            }
        ),
        workspace=workspace,
    )
    stated = {"label": "admitted", "positive": "yes", "sensitive": ("sex",)}
    runner.state_roles(version, stated)

    def tell(remedy, given):
        recipe = runner.Recipe(steps=(runner.make_step(remedy, given),))
        after = runner.apply(version, recipe, workspace=workspace)
        found = runner.compare(version, after, workspace=workspace, utility=False)
        return next(x for x in found.lines if x.name == "disparate_impact")

    yield tell
    workspace.close()


def test_a_ratio_that_an_uneven_filter_mended_says_that_no_value_changed(moved):
    line = moved("filter-rows", {"where": "dept = 'easy'"})
    assert (line.verdict, round(line.after.value, 6)) == ("better", 1.0)
    # 4 of 5 women and 1 of 5 men asked for the hard one: half of all.
    assert line.reason == f"{MOVED}(80.0% of “f” (sex) went, against 50.0% of all rows)."


def test_a_ratio_that_changed_labels_mended_has_no_remark(moved):
    line = moved("massage", {"by": ["sex"]})
    assert (line.verdict, line.reason) == ("better", "")


def test_a_ratio_that_weights_mended_has_no_remark(moved):
    line = moved("reweigh", {"by": ["sex", "admitted"]})
    assert (line.verdict, line.reason) == ("better", "")
