"""The form of a step shows what counts with the choice made, and what an empty list stands for."""

import pytest

from audit import runner
from audit.mending.form import form_of
from audit.registry import remedies
from audit.runner import recipe_draft
from audit.ui.recipe.fields import empty
from tests.pages.test_recipe_page import PAGE, press

OF_A_METHOD = {
    "auto": set(),
    "bins": {"Width of bins", "Edges of bins", "Bins of as many rows", "Numbers are written as"},
    "top-bottom": {"Bottom", "Top", "Numbers are written as"},
    "group-rare": {"Fewest rows", "What rare values become"},
    "prefix": {"Characters kept"},
}


def opened(open_app, settled, version_of, given):
    version = version_of({"age": list(range(60))})
    step = runner.make_step("generalize", {"column": "age", **given})
    recipe_draft.keep_draft(version, runner.Recipe(steps=(step,)))
    return settled(press(open_app(version, PAGE), "Edit"))


def shown(app):
    inputs = (*app.number_input, *app.text_input, *app.button_group)
    labels = {e.label.replace("\\", "").split(",")[0].split(" (")[0] for e in inputs}
    return labels & set().union(*OF_A_METHOD.values(), {"Dates become", "Level"})


def test_a_form_shows_the_parameters_of_the_method_that_is_chosen(open_app, settled, version_of):
    app = opened(open_app, settled, version_of, {})
    for method, titles in OF_A_METHOD.items():
        next(s for s in app.selectbox if s.label == "How").set_value(method).run()
        assert shown(settled(app)) == titles


def test_a_parameter_that_acts_though_the_choice_is_left_open_is_in_sight(
    open_app, settled, version_of
):
    app = opened(open_app, settled, version_of, {"width": 5.0})
    assert shown(app) == {"Width of bins"}


@pytest.mark.parametrize(
    ("remedy", "name", "said"),
    [
        ("k-anonymize", "columns", "columns of that role"),
        ("suppress", "columns", "columns of that role"),
        ("reweigh", "by", "the sensitive ones"),
        ("drop-duplicates", "columns", "in all columns"),
        ("drop-columns", "columns", "none; choose or type"),
    ],
)
def test_an_empty_list_says_what_it_stands_for(remedy, name, said):
    field = next(f for f in form_of(remedies()[remedy].step) if f.name == name)
    assert empty(field, more=True) == said
