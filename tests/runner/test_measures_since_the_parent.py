"""What became of measures since the version before: told from what is kept, nothing measured."""

from dataclasses import replace

import pytest

from audit import runner
from audit.model import ColumnRole, Role, RoleMap
from audit.runner.since import since
from audit.ui import since as card
from tests.ui import comparison_values as made


@pytest.fixture
def both(version_of, workspace):
    """A table with gaps and repeated rows, before and after a recipe that renames a column."""
    rows = {
        "sex": ["f" if i % 3 else "m" for i in range(300)],
        "age": [None if i % 10 == 0 else 20 + i % 50 for i in range(300)],
        "hired": ["yes" if i % (4 if i % 3 else 2) == 0 else "no" for i in range(300)],
    }
    before = version_of(rows)
    given = {"sex": (Role.SENSITIVE,), "hired": (Role.LABEL,)}
    columns = tuple(ColumnRole(column=c, roles=given.get(c, ())) for c in rows)
    before.set_roles(RoleMap(columns=columns, positive="yes"))
    steps = (
        runner.make_step("drop-missing", {"columns": ["age"]}),
        runner.make_step("drop-duplicates", {}),
        runner.make_step("rename-columns", {"names": {"sex": "gender"}}),
    )
    after = runner.apply(before, runner.Recipe(steps=steps), workspace=workspace)
    return runner.run(before), runner.run(after)


def test_the_reports_alone_tell_what_the_comparison_tells(both, workspace, monkeypatch):
    def read(*_, **__):
        message = "a row was read"
        raise AssertionError(message)

    with monkeypatch.context() as patched:
        patched.setattr("audit.store.Table.rows", read)
        patched.setattr("audit.store.Table.arrays", read)
        alone = {line.title: line for line in since(*both)}
    assert alone["Cells without a value"].verdict == "better"
    old, new = (result.version for result in both)
    whole = runner.compare(old, new, workspace=workspace, utility=False).lines
    for line in whole:
        if line.topic not in ("size", "utility"):
            known = alone[line.title]
            assert (known.verdict, known.before.value, known.after.value) == (
                line.verdict,
                line.before.value,
                line.after.value,
            )


def test_a_card_names_the_loudest_loss_before_the_largest_gain_and_counts_the_rest():
    own = [
        made.line("Gaps", 0.2, 0.1, "better"),
        made.line("Outliers", 0.1, 0.3, "worse"),
        made.line("Codes", 0.1, 0.1, "same"),
    ]
    assert card.told(own).replace("\\", "").split("  \n") == [
        "**◀ worse** Outliers: 10.0% → 30.0%",
        "**▶ better** Gaps: 20.0% → 10.0%",
        "One worse, one better, one as before",
    ]
    hostile = replace(own[0], title="![x](http://e.example)")
    assert "![x]" not in card.told([hostile])
