import pytest

from audit import runner
from audit.errors import ParameterError

AGES = {"age": [30, None, 41, None], "city": ["Rome", "Oslo", None, None]}


def test_rows_without_a_value_go_and_the_first_column_that_lacks_one_is_the_reason(mended):
    done = mended(AGES, ("drop-missing", {}))
    assert done.column("age") == [30]
    assert done.effect.reasons == (("age is missing", 2), ("city is missing", 1))
    assert (done.effect.rows_in, done.effect.rows_out, done.effect.removed) == (4, 1, 3)


def test_only_the_columns_named_are_looked_at(mended):
    done = mended(AGES, ("drop-missing", {"columns": ["city"]}))
    assert done.column("city") == ["Rome", "Oslo"]


def test_the_rows_that_went_and_those_that_stayed_are_all_rows(mended):
    done = mended(AGES, ("drop-missing", {"columns": ["age"]}))
    gone = runner.removed(done.version)
    assert gone is not None
    assert sorted([*gone.rows.tolist(), *runner.lineage(done.version).tolist()]) == [0, 1, 2, 3]


def test_a_column_that_is_not_there_is_told_with_the_step(mended):
    with pytest.raises(ParameterError, match=r"Step 1 .*There is no column 'aeg'"):
        mended(AGES, ("drop-missing", {"columns": ["aeg"]}))
