"""Forms of steps: each remedy has one, complete, and what it holds makes the step again."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from audit import registry, runner
from audit.mending.fields import (
    Amount,
    ColumnName,
    Condition,
    Fitted,
    Hierarchy,
    NumberColumns,
    Reference,
    Seed,
)
from audit.mending.form import FormField, asked, form_of, values_of
from audit.registry import Settings

REMEDIES = sorted(registry.remedies())
ONE_OF = {"filter-dates": {"start": "2024-01-01"}, "sample-rows": {"rows": 10}}
"""Parameters of which one at least is needed."""


class Everything(Settings):
    """One parameter of each kind."""

    group: ColumnName = Field(title="Column", description="One.")
    amounts: NumberColumns = Field(default=(), title="Numbers")
    how: Literal["first", "last"] = "first"
    kinds: tuple[Literal["a", "b"], ...] = ("a",)
    trim: bool = True
    most: int = Field(default=3, ge=1, le=9)
    share: Annotated[float, Field(gt=0, lt=1)] | None = None
    words: tuple[str, ...] = ("x",)
    edges: tuple[float, ...] = (1.0, 2.5)
    where: Condition = ""
    value: str | float | None = None
    names: dict[ColumnName, str] = {}
    shares: tuple[Amount, ...] = ()
    target: Literal["equal"] | tuple[Amount, ...] = "equal"
    reference: Reference = ()
    levels: Hierarchy = {}
    seed: Seed = 0
    fitted: Fitted = None


FORM = {f.name: f for f in form_of(Everything)}


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("group", "column"),
        ("amounts", "columns"),
        ("how", "choice"),
        ("kinds", "choices"),
        ("trim", "flag"),
        ("most", "integer"),
        ("share", "number"),
        ("words", "texts"),
        ("edges", "numbers"),
        ("where", "condition"),
        ("value", "scalar"),
        ("names", "mapping"),
        ("shares", "records"),
        ("target", "either"),
        ("reference", "file"),
        ("levels", "file"),
        ("seed", "integer"),
        ("fitted", "hidden"),
    ],
)
def test_each_type_of_parameter_has_its_kind_of_field(name, shape):
    assert FORM[name].shape == shape


def test_a_field_tells_its_words_its_limits_and_whether_it_may_be_empty():
    assert (FORM["group"].title, FORM["group"].help, FORM["group"].required) == (
        "Column",
        "One.",
        True,
    )
    assert FORM["amounts"].kinds == ("number",)
    assert (FORM["most"].low, FORM["most"].high, FORM["most"].default) == (1, 9, 3)
    assert (FORM["share"].low_open, FORM["share"].high_open, FORM["share"].optional) == (
        True,
        True,
        True,
    )
    assert FORM["how"].choices == ("first", "last")
    assert FORM["seed"].title == "Seed"
    assert FORM["seed"].high == 2**31 - 1
    assert [f.shape for f in FORM["names"].fields] == ["column", "text"]
    assert [f.name for f in FORM["shares"].fields] == ["group", "amount"]
    assert [f.shape for f in FORM["target"].fields] == ["choice", "records"]
    assert {FORM["reference"].what, FORM["levels"].what} == {"reference", "hierarchy"}
    assert "fitted" not in [f.name for f in asked(FORM.values())]


@pytest.mark.parametrize("id_", REMEDIES)
def test_the_form_of_every_remedy_is_complete(id_):
    form = asked(form_of(registry.remedies()[id_].step))
    assert [f.name for f in form if not f.title] == []
    assert [f.name for f in form if f.shape == "other"] == []


@pytest.mark.parametrize("id_", REMEDIES)
def test_what_a_form_holds_makes_the_same_step_again(id_):
    spec = registry.remedies()[id_]
    form = form_of(spec.step)
    given = {f.name: _some(f) for f in form if f.required} | ONE_OF.get(id_, {})
    step = runner.make_step(id_, given)
    again = runner.make_step(id_, values_of(step.params))
    assert again.params == step.params
    assert values_of(again.params).keys() == {f.name for f in form}


@pytest.mark.parametrize("id_", REMEDIES)
def test_the_defaults_in_a_form_are_those_of_the_step(id_):
    spec = registry.remedies()[id_]
    for field in form_of(spec.step):
        if not field.required:
            default = spec.step.model_fields[field.name].get_default(call_default_factory=True)
            held = spec.step.model_construct(**{field.name: default})
            assert values_of(held)[field.name] == field.default


def _some(field: FormField) -> Any:
    """Give any value that fits a field."""
    values = {
        "column": "age",
        "columns": ["age"],
        "choice": field.choices[0] if field.choices else None,
        "choices": list(field.choices[:1]),
        "flag": True,
        "integer": int(field.low or 0) + 1,
        "number": (field.low or 0) + 0.5,
        "text": "a",
        "scalar": "a",
        "texts": ["a"],
        "numbers": [1.0],
        "condition": "age >= 18",
        "mapping": {"age": _some(field.fields[1])} if field.fields else {},
        "records": [],
        "file": "reference.csv",
    }
    return values.get(field.shape, field.default)


def test_every_field_that_is_asked_is_explained() -> None:
    bare = [
        f"{spec.id} {field.name}"
        for spec in registry.remedies().values()
        for field in asked(form_of(spec.step))
        if not (field.title and field.help)
    ]

    assert bare == []
