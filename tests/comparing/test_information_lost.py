"""What anonymising cost, against figures worked out by hand, with renamed columns and dropped rows."""

import pyarrow as pa
import pytest

from audit import runner
from audit.runner.anonymizing import information_loss

AGES = [10, 20, 30, 40, 50, 60, None]
JOBS = ["a", "a", "b", "b", "c", "c", "d"]


@pytest.fixture
def lost(workspace):
    """Apply steps to seven rows, and measure what they cost."""

    def lose(*steps, data=None, quasi=("age",)):
        version = runner.load(pa.table(data or {"age": AGES, "job": JOBS}), workspace=workspace)
        runner.state_roles(version, {"quasi_identifier": list(quasi)})
        recipe = runner.Recipe(steps=tuple(runner.make_step(id_, given) for id_, given in steps))
        after = runner.apply(version, recipe, workspace=workspace)
        return information_loss(version, after, workspace=workspace)

    return lose


BINS = ("generalize", {"column": "age", "edges": [25, 45]})
"""10 and 20, 30 and 40, 50 and 60: three ranges of 10 out of 50, two rows each."""


def test_ranges_lose_their_width_and_the_distance_to_their_middle(lost):
    found = lost(BINS)
    (age,) = found.columns
    assert age.certainty_penalty.value == pytest.approx(10 / 50)
    # Each is 5 from the middle of its range; s of 10, 20, …, 60 is the root of 350.
    assert age.il1s.value == pytest.approx(5 / (2 * 350) ** 0.5)
    assert (age.certainty_penalty.n, age.cleared) == (6, 0)
    # Classes of 2, 2, 2 and the missing one, no k asked for.
    assert found.average_class_size.value == 7 / 4
    assert found.discernibility.value == 4 + 4 + 4 + 1
    assert found.certainty_penalty.value == pytest.approx(10 / 50)


def test_the_middle_of_uneven_ranges_stands_for_their_numbers(lost):
    (age,) = lost(("generalize", {"column": "age", "edges": [35, 45]})).columns
    # 10, 20 and 30; 40; 50 and 60: three rows of width 20, one of 0, two of 10.
    assert age.certainty_penalty.value == pytest.approx((3 * 20 + 2 * 10) / (6 * 50))
    assert age.il1s.value == pytest.approx((10 + 0 + 10 + 0 + 5 + 5) / 6 / (2 * 350) ** 0.5)


def test_columns_are_followed_through_names_and_rows_that_went_by_filters_do_not_count(lost):
    found = lost(
        ("rename-columns", {"names": {"age": "years"}}),
        ("filter-rows", {"where": "\"job\" <> 'c'"}),
        ("generalize", {"column": "years", "edges": [25, 45]}),
        ("rename-columns", {"names": {"years": "span"}}),
    )
    (age,) = found.columns
    assert (age.column, age.later, found.by) == ("age", "span", ("span",))
    # The whole range is that of the column before any row went.
    assert age.certainty_penalty.value == pytest.approx(10 / 50)
    assert (age.certainty_penalty.n, found.suppressed) == (4, 0)


def test_categories_lose_how_many_a_cell_may_stand_for(lost):
    found = lost(("generalize", {"column": "job", "method": "group-rare", "least": 3}))
    job = next(c for c in found.columns if c.column == "job")
    assert job.certainty_penalty.value == 1.0
    assert (job.il1s.value, job.il1s.reason) == (None, "It held no numbers.")


def test_suppressed_rows_cost_the_whole_table_each(lost):
    found = lost(("suppress", {"columns": ["job"], "k": 2}))
    assert (found.suppressed, found.by) == (1, ("job",))
    assert found.average_class_size.value == 6 / (3 * 2)
    assert found.discernibility.value == 3 * 2**2 + 7 * 1


def test_cells_that_were_emptied_may_have_been_any_value(lost):
    found = lost(("suppress", {"columns": ["job"], "k": 3, "how": "cells"}))
    (job,) = (c for c in found.columns if c.column == "job")
    assert (job.cleared, job.certainty_penalty.value) == (7, 1.0)


def test_numbers_that_stay_numbers_have_a_distance_alone(lost):
    found = lost(("k-anonymize", {"columns": ["age"], "k": 3, "numbers": "mean"}))
    (age,) = found.columns
    assert age.certainty_penalty.value is None
    assert age.il1s.value > 0
    assert found.average_class_size.group == (("k", "3"),)


def test_values_replaced_one_by_one_are_not_called_lost(lost):
    found = lost(("generalize", {"column": "age", "edges": [15, 25, 35, 45, 55]}))
    (age,) = found.columns
    assert age.certainty_penalty.value is None
    assert "replaced by one of its own" in age.certainty_penalty.reason


def test_without_a_step_that_anonymises_nothing_is_measured(lost):
    assert lost(("drop-missing", {})) is None


def test_the_comparison_holds_it_for_programs_too(workspace):
    version = runner.load(pa.table({"age": AGES, "job": JOBS}), workspace=workspace)
    recipe = runner.Recipe(steps=(runner.make_step(*BINS),))
    after = runner.apply(version, recipe, workspace=workspace)
    told = runner.comparison_document(
        runner.compare(version, after, workspace=workspace, utility=False)
    )["information_loss"]
    assert told["columns"][0]["certainty_penalty"]["value"] == pytest.approx(0.2)
    assert told["columns"][0]["certainty_penalty"]["name"] == "normalized_certainty_penalty"
