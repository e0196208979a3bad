"""Recipes in words: what steps do, what they are given, which rows they touch."""

import pytest

from audit import registry, runner
from audit.errors import ParameterError
from audit.mending.change import no_key
from audit.mending.effects import Done, Effect, Shown, Touched
from audit.mending.form import form_of
from audit.model import Column, ColumnRole, Finding, Role, RoleMap, Severity
from audit.runner import Proposal
from audit.runner.residual import Remaining, Residual
from audit.ui.recipe import first_card, keys, look, residue, touched, words
from audit.ui.recipe.trying import Tried, View

DROP = runner.make_step("drop-missing", {"columns": ["age"]})
TRIM = runner.make_step("trim-space")
HOSTILE = "![x](http://e.example)"


def effect(position=1, rows_in=10, rows_out=10, **more) -> Effect:
    return Effect(
        position=position, remedy="x", title="X", rows_in=rows_in, rows_out=rows_out, **more
    )


def recipe(*steps) -> runner.Recipe:
    return runner.Recipe(steps=steps)


@pytest.mark.parametrize(
    ("steps", "effects", "said"),
    [
        ((), (), "No step yet. The data stays as it is until you add one and apply it."),
        ((DROP,), (None,), "One step; a preview shows what it does."),
        (
            (DROP,),
            (effect(),),
            "One step, and nothing changes: the data has nothing for it to mend.",
        ),
        (
            (DROP, TRIM),
            (
                effect(rows_out=9, removed=1),
                effect(2, 9, 9, changed=3, changed_cells=(("a", 3), ("b", 1))),
            ),
            "Two steps: 1 row goes (10.0%), 4 values of a, b change; of 10 rows 9 are left.",
        ),
        (
            (DROP, TRIM),
            (effect(), effect(2, 10, 0, removed=10)),
            "Step 2 leaves none of 10 rows.",
        ),
        (
            (DROP, TRIM),
            (effect(1, 12000, 11880, removed=120), effect(2, 11880, 5186, removed=6694)),
            "Two steps: 120 rows go (1.0%), 6,694 rows go (55.8%); of 12,000 rows 5,186 are left.",
        ),
        (
            (DROP,),
            (effect(1, 10, 14, copied=4),),
            "One step: 4 rows repeated; 10 rows become 14.",
        ),
    ],
)
def test_the_answer_says_what_the_recipe_does(steps, effects, said):
    assert words.answer(recipe(*steps), effects) == said


def test_an_effect_is_told_in_numbers_with_its_reasons():
    done = effect(
        rows_out=12,
        removed=1,
        copied=3,
        reasons=(("age is missing", 1),),
        columns_renamed=(("a", "b"),),
    )
    assert words.effect(done) == "10 rows in, 12 out · 1 removed · 3 copied · renamed: a → b"
    assert words.reasons(done) == "1: age is missing"
    assert words.effect(effect()) == "Changes nothing here"


def test_parameters_are_told_with_their_titles_and_hostile_names_escaped():
    assert words.params(DROP) == "Columns: age"
    assert words.params(TRIM) == "as usual"
    step = runner.make_step("drop-missing", {"columns": [HOSTILE]})
    assert "![" not in words.params(step)


@pytest.mark.parametrize("id_", sorted(registry.remedies()))
def test_the_defaults_of_every_remedy_can_be_told(id_):
    for field in form_of(registry.remedies()[id_].step):
        assert words.value(field, field.default)


def done(effect: Effect, *rows: Touched, columns=("a", "b")) -> Done:
    return Done(
        effect=effect, shown=Shown(columns_before=columns, columns_after=columns, rows=rows)
    )


def view(steps, tried_steps, dones, roles=()) -> View:
    preview = runner.Preview(done=tuple(dones), rows=10, of=10)
    return View(
        version=None,
        recipe=recipe(*steps),
        roles=RoleMap(columns=tuple(roles)),
        tried=Tried(recipe=recipe(*tried_steps), preview=preview),
    )


def test_what_a_preview_showed_holds_up_to_the_first_step_that_changed():
    dones = (done(effect()), done(effect(2)))
    assert view((DROP, TRIM), (DROP, TRIM), dones).fresh
    other = runner.make_step("trim-space", {"inner": False})
    changed = view((DROP, other), (DROP, TRIM), dones)
    assert changed.done == (dones[0], None)
    assert changed.stale
    assert view((TRIM, DROP), (DROP, TRIM), dones).done == (None, None)
    more = view((DROP, TRIM, DROP), (DROP, TRIM), dones)
    assert more.done == (*dones, None)
    assert more.stale
    fewer = view((DROP,), (DROP, TRIM), dones)
    assert fewer.done == (dones[0],)
    assert fewer.stale


def test_columns_made_of_personal_ones_are_masked_and_renamed_ones_too():
    personal = ColumnRole(column="mail", roles=(Role.DIRECT_IDENTIFIER,))
    rename = runner.make_step("rename-columns", {"names": {"mail": "contact"}})
    hashed = runner.make_step("hash-keyed", {"columns": ["contact"]})
    looked = view(
        (rename, hashed),
        (rename, hashed),
        (
            done(effect(columns_renamed=(("mail", "contact"),))),
            done(effect(2, columns_added=("copy",))),
        ),
        roles=(personal,),
    )
    assert touched.masked_columns(looked, 0) == ("contact", "mail")
    assert touched.masked_columns(looked, 1) == ("contact", "copy", "mail")


def test_a_form_offers_the_columns_as_the_steps_before_leave_them():
    columns = [
        Column(name="a", type="BIGINT"),
        Column(name="b", type="VARCHAR"),
        Column(name="c", type="DATE"),
    ]
    before = effect(columns_added=("n",), columns_removed=("c",), columns_renamed=(("a", "z"),))
    assert look.columns_after(columns, [before]) == (("z", "number"), ("b", "text"), ("n", "any"))
    seen = look.Look(version=None, roles=RoleMap(), columns=look.columns_after(columns, []))
    assert seen.fitting(("text",)) == ("b", "a", "c")
    assert seen.named("a") == "a · number"


def test_a_missing_key_is_told_from_other_problems():
    with pytest.raises(ParameterError) as raised:
        no_key()
    assert keys.wants_key(f"Step 2 (Hash): {raised.value.problem}")
    assert not keys.wants_key("There is no column 'a'.")


def finding(title: str) -> Finding:
    return Finding(check="x", severity=Severity.WARNING, title=title, why="")


@pytest.mark.parametrize(
    ("proposals", "found", "said"),
    [
        ([[1]], 1, "One step answers the only finding."),
        ([[1, 2]], 2, "One step answers both findings."),
        ([[1], [2]], 5, "Two steps answer two of five findings."),
    ],
)
def test_the_card_says_how_many_steps_answer_how_many_findings(proposals, found, said):
    made = [
        Proposal(step=TRIM, answers=tuple(finding(str(n)) for n in answers))
        for answers in proposals
    ]
    assert first_card.answer(made, [finding(str(n)) for n in range(found)]) == said


def lessening(answers: int, less: int) -> Proposal:
    made = [finding(str(n)) for n in range(answers + less)]
    return Proposal(step=TRIM, answers=tuple(made[:answers]), lessens=tuple(made[answers:]))


def test_what_a_step_only_lessens_is_not_called_answered():
    found = [finding(str(n)) for n in range(9)]
    one = "One step answers two of nine findings and lessens one more."
    assert first_card.answer([lessening(2, 1)], found) == one
    assert first_card.answer([lessening(0, 3)], found) == "One step lessens three of nine findings."
    assert first_card.about(lessening(2, 0)) == "0 and 1 more"
    assert first_card.about(lessening(2, 1)) == "0 and 2 more; of 1 of them less is left"
    assert first_card.about(lessening(0, 1)) == "0; less of it is left"


def test_all_columns_that_a_step_takes_away_are_named():
    names = [f"c{i}" for i in range(40)]
    drop = runner.make_step("drop-columns", {"columns": names})
    assert first_card.named(drop) == f"Drop columns ({words.params(drop)})"
    assert all(f"c{i}" in words.params(drop) for i in range(40))
    assert words.effect(effect(columns_removed=tuple(names))).endswith("c38, c39")
    assert first_card.named(TRIM) == TRIM.spec.title


def test_after_mending_the_card_counts_the_findings_of_each_severity_before_and_after():
    def some(severity, n):
        return [Finding(check="x", severity=severity, title=str(i), why="") for i in range(n)]

    before = [*some(Severity.WARNING, 20), *some(Severity.CRITICAL, 2)]
    after = [*some(Severity.WARNING, 8), *some(Severity.INFO, 1)]

    told = first_card.by_severity(before, after).replace("\N{NO-BREAK SPACE}", " ")
    assert told == (":red[◆] critical 2 → 0 · :orange[▲] warning 20 → 8 · :gray[○] info 0 → 1")
    assert first_card.by_severity([], []) == ""


def test_what_is_left_after_anonymising_is_a_sentence():
    from audit.model import Measure

    share = Measure(name="pii_share", value=0.5, unit="share", n=10)
    gone = Remaining(column="a", entity="EMAIL_ADDRESS", before=share, after=None)
    left = Remaining(column="b", entity="PERSON", before=share, after=share)
    made_up = Remaining(column="c", entity="PERSON", before=share, after=share, made_up=True)
    clean = Residual(found=(gone, made_up), compared=True, complete=True)
    assert residue.answer(clean) == (
        "No personal data but pseudonyms is found any more; 1 kind in 1 column went."
    )
    part = Residual(found=(left, gone), compared=True, complete=False)
    assert residue.answer(part) == (
        "One column still holds personal data in what was looked at, 1 kind in 1 column went."
    )
