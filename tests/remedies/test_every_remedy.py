"""What holds for every remedy: named alike, described, of sane defaults, and never a crash."""

import json
import re
from pathlib import Path

import pyarrow as pa
import pytest

from audit import registry, runner
from audit.errors import AuditError
from audit.mending.fields import Hidden
from audit.model import Role
from audit.runner.recipe import Recipe, from_suggestion, make_step

REMEDIES = sorted(registry.remedies())
NOT_REPEATABLE = {"add-noise"}
KEY = b"a key that nobody can guess"

PUBLIC = {
    "filter-rows": {"where": "a > 1"},
    "drop-duplicates": {"columns": ["a"], "keep": "first"},
    "drop-missing": {"columns": ["a"]},
    "drop-near-duplicates": {"column": "t", "threshold": 0.8},
    "replace-null-tokens": {"columns": ["t"]},
    "resample": {"by": ["a"], "target": "equal", "seed": 7},
    "reweigh": {"by": ["a"]},
    "rake": {"reference": [{"group": {"a": "x"}, "amount": 1}]},
    "smote": {"by": ["a"], "seed": 7},
    "redact-pii": {"columns": ["t"], "entities": ["EMAIL_ADDRESS"], "mode": "tag"},
    "mask": {"columns": ["t"]},
    "hash-keyed": {"columns": ["t"]},
    "pseudonymize": {"columns": ["t"]},
    "generalize": {"column": "a"},
    "suppress": {"columns": ["a"], "k": 5},
    "k-anonymize": {"columns": ["a"], "k": 5, "l": 2, "t": 0.3},
}
"""Names that others rely on: those of the design."""


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_names_that_others_rely_on_are_there(name):
    assert make_step(name, PUBLIC[name]).remedy == name


@pytest.mark.parametrize("name", REMEDIES)
def test_a_remedy_is_named_and_described(name):
    spec = registry.remedies()[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert spec.doc.endswith(".") or "\n" in spec.doc
    assert spec.title[0].isupper()
    assert not spec.title.endswith(".")
    for field, info in spec.step.model_fields.items():
        if not any(isinstance(mark, Hidden) for mark in info.metadata):
            assert info.title, field


@pytest.mark.parametrize("name", REMEDIES)
def test_a_remedy_imports_nothing_slow_before_it_is_used(name):
    path = Path(registry.remedies()[name].function.__code__.co_filename)
    slow = r"^(?:import|from) (?:pandas|pyarrow|sklearn|scipy|imblearn|presidio|spacy|faker|"
    assert not re.search(slow + "ftfy|opendp|cryptography|sqlglot)", path.read_text(), re.M)


HOSTILE = 'a"; DROP TABLE t; --'
COLUMNS = {
    HOSTILE: ["{0}", "'; --", None, '"', "canary-7f3a ünï", "", " x ", "=1+1"] * 6,
    "{t} {row} ?": [1, -5, None, 2**40, 0, 3, 3, 7] * 6,
    "![x](http://h/y)": [0.5, float("nan"), float("inf"), None, -1e300, 0.0, 2.0, 3.5] * 6,
    "select": ["yes", "no"] * 24,
    "when": pa.array([1_600_000_000_000_000 + i for i in range(48)], pa.timestamp("us")),
    "flag": [True, False, None, True] * 12,
    "list": [[{"role": "user", "content": "hi"}], None, [], [{"role": None, "content": "x"}]] * 12,
    "nothing": pa.nulls(48, pa.string()),
}
ROLES = {
    "label": "select",
    "positive": "yes",
    "sensitive": ("flag",),
    "quasi_identifier": ("{t} {row} ?", "flag"),
    "free_text": (HOSTILE,),
}


def parameters(spec, name):
    """Fill what has no default with something of the hostile table."""
    given = dict(BESIDE.get(name, {}))
    for field, info in spec.step.model_fields.items():
        if info.is_required():
            given[field] = REQUIRED.get(field, {}).get(name) or REQUIRED[field]["any"]
    return given


BESIDE = {
    "filter-dates": {"start": "2020-09-13"},
    "sample-rows": {"rows": 10},
    "smote": {"by": []},
}
"""What a remedy needs one of several of."""
REQUIRED = {
    "where": {"any": "\"select\" = 'yes'"},
    "column": {
        "any": HOSTILE,
        "generalize": "{t} {row} ?",
        "bin-values": "{t} {row} ?",
        "filter-dates": "when",
    },
    "columns": {
        "any": [HOSTILE],
        "change-types": {HOSTILE: "text"},
        "shift-dates": ["when"],
        "add-noise": ["{t} {row} ?"],
    },
    "by": {"any": ["flag"]},
    "names": {"any": {HOSTILE: "x'; --"}},
    "reference": {
        "any": [{"group": {"flag": "true"}, "amount": 1}, {"group": {"flag": "false"}, "amount": 2}]
    },
    "epsilon": {"any": 1.0},
    "low": {"any": 0.0},
    "high": {"any": 10.0},
    "tag": {"any": "<GONE>"},
}


@pytest.mark.parametrize("name", REMEDIES)
def test_hostile_names_and_odd_values_are_data_to_every_remedy(workspace, name):
    version = runner.load(pa.table(COLUMNS), workspace=workspace)
    runner.state_roles(version, ROLES)
    spec = registry.remedies()[name]
    recipe = Recipe(steps=(make_step(name, parameters(spec, name)),))
    try:
        made = runner.apply(version, recipe, workspace=workspace, key=lambda: KEY)
    except AuditError as error:
        assert str(error).strip()  # noqa: PT017 - any expected error will do, no other
        return
    record = runner.applied(made)
    assert record is not None
    effect = record.effects[0]
    assert effect.rows_out == made.manifest.rows
    assert effect.rows_out == effect.rows_in - effect.removed + effect.copied + effect.added
    kept = [p.read_text() for p in made.folder.rglob("*.json")]
    assert kept
    assert not any("canary-7f3a" in text for text in kept), "a cell of a personal column is kept"
    again = Recipe.parse(record.recipe.encode())
    assert again.steps[0].remedy == name
    if name not in NOT_REPEATABLE:
        assert runner.apply(version, recipe, workspace=workspace, key=lambda: KEY).id == made.id


@pytest.mark.parametrize("name", REMEDIES)
def test_a_table_without_rows_is_no_crash(workspace, name):
    columns = {n: pa.array(c).slice(0, 0) for n, c in COLUMNS.items()}
    version = runner.load(pa.table(columns), workspace=workspace)
    given = {k: v for k, v in ROLES.items() if k != "positive"}
    runner.state_roles(version, given)
    spec = registry.remedies()[name]
    recipe = Recipe(steps=(make_step(name, parameters(spec, name)),))
    try:
        made = runner.apply(version, recipe, workspace=workspace, key=lambda: KEY)
    except AuditError as error:
        assert str(error).strip()  # noqa: PT017 - as above
        return
    assert made.manifest.rows == 0


def test_every_suggestion_of_the_checks_is_one_click(workspace):
    """The loan sample has a finding of nearly every check."""
    version = runner.load_sample(runner.samples()[0], workspace=workspace)
    reports = ["distribution", "representation", "reidentification"]
    result = runner.run(version, reports=reports)
    suggested = [s for f in result.findings for s in f.suggestions]
    assert len({s.remedy for s in suggested}) >= 10
    for step in suggested:
        assert from_suggestion(step).remedy == step.remedy


def test_steps_that_checks_name_are_all_there():
    root = Path(__file__).parents[2] / "audit"
    named = {
        match
        for room in ("checks", "judging")
        for file in (root / room).glob("*.py")
        for match in re.findall(r'remedy="([a-z-]+)"', file.read_text())
    }
    assert len(named) >= 10
    assert named <= set(REMEDIES)


def test_the_roles_of_weights_and_flags_are_told_to_what_comes_after(workspace):
    version = runner.load(pa.table(COLUMNS), workspace=workspace)
    runner.state_roles(version, ROLES)
    recipe = Recipe(steps=(make_step("reweigh", {"by": ["flag"]}),))
    made = runner.apply(version, recipe, workspace=workspace)
    assert runner.roles(made).stated(Role.WEIGHT) == "weight"
    assert json.loads((made.folder / "roles.json").read_text())["positive"] == "yes"
