"""A parameter that is given is used, or it is said why it is not."""

import pytest

from audit.errors import ParameterError
from audit.runner import make_step

DATA = {"a": [1, None, 9], "t": ["x", None, "y"]}


def test_a_value_to_fill_in_needs_no_method(mended):
    step = ("fill-missing", {"columns": ["t"], "value": "unknown"})
    assert mended(DATA, step).column("t") == ["x", "unknown", "y"]


@pytest.mark.parametrize(
    ("remedy", "params", "says"),
    [
        ("fill-missing", {"columns": ["a"], "method": "mean", "value": 3}, "method is mean"),
        ("bin-values", {"column": "a", "edges": [0, 5, 10]}, "method: edges"),
    ],
)
def test_what_another_method_needs_is_refused(mended, remedy, params, says):
    with pytest.raises(ParameterError) as error:
        mended(DATA, (remedy, params))
    assert says in f"{error.value} {error.value.hint}"


def test_a_column_that_tells_the_best_copy_is_refused_where_the_first_is_kept():
    with pytest.raises(ParameterError, match="keep is first, not best"):
        make_step("drop-duplicates", {"by": "a"})
