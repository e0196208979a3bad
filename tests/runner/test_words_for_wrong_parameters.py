"""What a step says of a parameter that does not fit, to somebody who has seen no Python."""

import re

import pytest

from audit import runner
from audit.errors import ParameterError


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        (
            "rake",
            {"reference": {"file": "ref.csv"}},
            "reference: a list is needed, such as [a, b], or a text is needed. "
            "The name of a file does, too, as text: reference: shares.csv.",
        ),
        (
            "rake",
            {"reference": [{"group": {"a": "x"}, "amount": "many"}]},
            "reference.0.amount: a number is needed.",
        ),
        ("rake", {"reference": [{"groups": {}, "amount": 1}]}, "reference.0.group: this is needed."),
        ("generalize", {"column": "a", "hierarchy": 7}, "hierarchy: names with values are needed"),
        ("generalize", {"column": "a", "hierarchy": {"x": "y"}}, "hierarchy.x: a list is needed"),
        (
            "fill-missing",
            {"value": [1]},
            "value: a text is needed, or a number is needed, or true or false is needed.",
        ),
        ("smote", {"seed": "x"}, "seed: a whole number is needed."),
    ],
)  # fmt: skip
def test_no_type_of_python_is_named(name, given, told):
    with pytest.raises(ParameterError) as caught:
        runner.make_step(name, given)
    said = " ".join(str(caught.value).split())
    assert told in said
    assert not re.search(r"tuple|dict|Amount|\bstr\b|\bint\b|valid", said)
