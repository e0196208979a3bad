"""A recipe that leaves no row: the preview shows it, and the page does not offer to apply it."""

from audit import runner
from audit.runner import recipe_draft

PAGE = "pages/improve/recipe.py"


def test_a_recipe_that_leaves_no_row_is_shown_and_not_offered_to_be_applied(
    open_app, settled, version_of
):
    version = version_of({"age": [20, 30, 40], "job": [" a ", "b", "c"]})
    chosen = (
        runner.make_step("trim-space"),
        runner.make_step("filter-rows", {"where": "age > 99"}),
    )
    recipe_draft.keep_draft(version, runner.Recipe(steps=chosen))
    app = open_app(version, PAGE)
    app.button(key="preview").click().run()
    settled(settled(app).run())
    told = "\n".join(str(m.value) for m in app.main.get("markdown"))
    assert "#### Step 2 leaves none of 3 rows." in told
    assert "Cannot be applied: no row would be left" in told
    assert "3 rows in, 0 out" in told
    assert "apply" not in {b.key for b in app.button}
    off = next(t for t in app.toggle if t.key == "step-on-1")
    off.set_value(False).run()
    assert "apply" in {b.key for b in app.button}
