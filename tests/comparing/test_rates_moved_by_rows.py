"""A label rate that moved by an uneven filter alone says so; one that was mended does not."""

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.store import Workspace

EASY = ("filter-rows", {"where": "dept = 'easy'"})


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

    def tell(*steps):
        recipe = runner.Recipe(steps=tuple(runner.make_step(*step) for step in steps))
        after = runner.apply(version, recipe, workspace=workspace)
        found = runner.compare(version, after, workspace=workspace, utility=False)
        return next(x for x in found.lines if x.name == "disparate_impact")

    yield tell
    workspace.close()


def test_a_ratio_that_an_uneven_filter_mended_says_that_no_value_changed(moved):
    line = moved(EASY)
    assert (line.verdict, round(line.after.value, 6)) == ("better", 1.0)
    # 4 of 5 women and 1 of 5 men asked for the hard one: half of all.
    assert line.reason == (
        "No value changed: it moved by who was filtered out; "
        "“f” (sex) lost more of its rows than all did."
    )


def test_a_ratio_that_changed_labels_or_weights_mended_has_no_remark(moved):
    uneven = ("filter-rows", {"where": "NOT (dept = 'hard' AND sex = 'f' AND admitted = 'no')"})
    for step in (("massage", {"by": ["sex"]}), ("reweigh", {"by": ["sex", "admitted"]})):
        line = moved(uneven, step)
        assert (line.verdict, line.reason) == ("better", "")
