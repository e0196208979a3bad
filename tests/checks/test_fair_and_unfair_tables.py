"""Nothing is told of fair tables, and what was planted in unfair ones is; measured end to end."""

from itertools import product

import numpy as np
import pytest

from audit import registry
from audit.model import ColumnRole, Role, RoleMap, Severity, silent
from audit.reports.representation.values import Representation
from audit.store import Workspace
from audit.store.rows import compile_where
from tests.checks import people
from tests.conftest import ROOT

TOPICS = {"representation", "label bias", "model fairness"}
SENSITIVE = {"sex": Role.SENSITIVE, "race": Role.SENSITIVE}


def roles_of(**columns):
    given = {"y": Role.LABEL, **SENSITIVE} | columns
    return RoleMap(
        columns=tuple(ColumnRole(column=c, roles=(r,), confirmed=True) for c, r in given.items()),
        positive="yes",
    )


def told(version, roles, **options):
    """All findings of groups of a version, by check."""
    spec = registry.reports()["representation"]
    report = spec.function(version.table, roles, spec.options(**options), silent)
    found = {}
    for check in registry.checks().values():
        if check.topic in TOPICS:
            for finding in registry.judge(check, {Representation: report}, roles, check.params()):
                found.setdefault(check.id, []).append(finding)
    return found


def balanced(times=30):
    """Every combination of values, equally often; scores that are right in every group."""
    cells = list(product(("Male", "Female"), ("White", "Black"), range(2), range(2), range(5)))
    rows = [cell for cell in cells for _ in range(times)]
    return {
        "sex": [s for s, *_ in rows],
        "race": [r for _, r, *_ in rows],
        "y": ["yes" if y else "no" for *_, y, _, _ in rows],
        "p": ["yes" if p else "no" for *_, p, _ in rows],
        "job": [f"job {j}" for *_, j in rows],
        "income": [float(30_000 + 10 * i % 7919) for i in range(len(rows))],
    }


def test_nothing_is_told_of_a_balanced_table(version_of):
    assert told(version_of(balanced()), roles_of(p=Role.PREDICTION)) == {}


def shuffled(seed, n=6000, **changed):
    """Groups, labels, predictions and other columns by chance alone, but for what is changed."""
    rng = np.random.default_rng(seed)
    sex = rng.choice(["Male", "Female"], n)
    race = rng.choice(["White", "Black", "Asian"], n, p=[0.6, 0.25, 0.15])
    score = rng.beta(2, 3, n)
    columns = {
        "sex": sex,
        "race": race,
        "y": np.where(rng.random(n) < score, "yes", "no"),
        "score": score,
        "job": rng.choice([f"job {i}" for i in range(8)], n),
        "income": np.where(rng.random(n) < 0.05, np.nan, rng.normal(50, 10, n)),
    }
    return {k: changed[k](columns, rng) if k in changed else v for k, v in columns.items()}


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_told_of_groups_that_differ_by_chance_alone(version_of, seed):
    assert told(version_of(table_of(shuffled(seed))), roles_of(score=Role.SCORE)) == {}


def table_of(columns):
    """Missing numbers as they come from files: NULL, not NaN."""
    income = [None if np.isnan(x) else float(x) for x in columns["income"]]
    return {k: list(v) for k, v in columns.items()} | {"income": income}


@pytest.mark.parametrize("seed", range(40))
def test_labels_by_chance_alone_raise_no_alarm(judge, seed):
    """Six groups, two of them of a few hundred rows; rates of one half."""
    rng = np.random.default_rng(seed)
    sizes = np.array([[3000, 800, 300], [2500, 700, 250]])
    yes = rng.binomial(sizes, 0.5)
    columns = {"sex": ("Male", "Female"), "race": ("White", "Black", "Asian")}
    report = people.report(columns, np.stack([sizes - yes, yes], axis=-1))
    for check in ("label-disparity", "rare-label-in-group", "under-represented-group"):
        assert judge(check, report) == ()


def unfair():
    def label(c, rng):
        rate = np.where(c["sex"] == "Female", 0.2, 0.5)
        return np.where(rng.random(len(rate)) < rate, "yes", "no")

    def income(c, rng):
        gone = rng.random(len(c["sex"])) < np.where(c["sex"] == "Female", 0.25, 0.02)
        return np.where(gone, np.nan, rng.normal(50, 10, len(gone)))

    def job(c, rng):
        own = np.where(c["sex"] == "Female", "job 1", "job 2")
        return np.where(rng.random(len(own)) < 0.9, own, "job 3")

    def score(c, rng):
        return rng.beta(2, 3, len(c["sex"]))

    rows = shuffled(7, income=income, job=job, score=score)
    return rows | {"y": label(rows, np.random.default_rng(1))}


def test_what_was_planted_is_told(version_of):
    columns = table_of(unfair())
    columns["race"][:20] = ["Inuit"] * 20
    version = version_of(columns)
    found = told(version, roles_of(score=Role.SCORE))
    for check, group, severity in (
        ("label-disparity", (("sex", "Female"),), Severity.CRITICAL),
        ("conditional-disparity", (("sex", "Female"),), Severity.WARNING),
        ("unequal-missingness", (("sex", "Female"),), Severity.WARNING),
        ("strong-proxy", (), Severity.WARNING),
        ("uncovered-pattern", (("race", "Inuit"),), Severity.WARNING),
        ("under-represented-group", (), Severity.NOTICE),
        ("poor-calibration", (("sex", "Female"),), Severity.WARNING),
        ("unequal-error-rates", None, None),
    ):
        if group is None:
            assert check not in found  # The score is the same for all: so are its errors.
            continue
        (one,) = [f for f in found[check] if f.group == group][:1]
        assert one.severity is severity, one.title
    for finding in (f for findings in found.values() for f in findings):
        shown = counted(version.table, finding.rows) if finding.rows else None
        stated = next((m.value for m in finding.measures if m.unit == "rows"), shown)
        assert shown == stated, finding.title


def counted(table, where):
    condition, values, names = compile_where(table, where)
    return table.row(f"SELECT count(*) FROM {{t}} WHERE {condition}", values, **names)[0]


def sample(workspace: Workspace, name, positive, **roles):
    from audit import runner

    found = runner.load(ROOT / "sample_data" / name, workspace=workspace)
    given = tuple(ColumnRole(column=c, roles=(r,), confirmed=True) for c, r in roles.items())
    return found, RoleMap(columns=given, positive=positive)


def test_berkeley_turns_round_within_departments(workspace):
    version, roles = sample(
        workspace, "berkeley.csv", "yes", admitted=Role.LABEL, gender=Role.SENSITIVE
    )
    (found,) = told(version, roles)["simpson-reversal"]
    assert found.title.startswith(
        "Overall “admitted = yes” is less frequent for “female” than for others "
        "(30.4% against 44.5%), but within “department” more frequent (in 4 of 6 values; "
        "conditional demographic disparity −.02;"
    )
    assert found.columns == ("gender", "admitted", "department")
    measures = {m.name: m.value for m in found.measures}
    assert measures["conditional_demographic_disparity"] == pytest.approx(-0.0193, abs=5e-5)
    assert measures["demographic_disparity"] == pytest.approx(0.1438, abs=5e-5)


def test_adult_says_what_its_readme_says(workspace):
    version, roles = sample(
        workspace, "adult.parquet", ">50K",
        income=Role.LABEL, sex=Role.SENSITIVE, race=Role.SENSITIVE,
    )  # fmt: skip
    found = told(version, roles)
    titles = {f.group: f.title for f in found["label-disparity"]}
    assert titles[("sex", "Female"),] == (
        "“>50K” is 0.36 times as frequent for “Female” as for “Male” "
        "(10.9% against 30.4%; 95% interval .34 to .38)"
    )
    assert titles[("race", "Black"),].startswith("“>50K” is 0.48 times as frequent for “Black”")
    assert {f.columns[0] for f in found["strong-proxy"]} == {"relationship", "marital-status"}


def test_loans_tell_the_faults_that_were_planted(workspace):
    version, roles = sample(
        workspace, "loans.csv", "yes",
        approved=Role.LABEL, ethnicity=Role.SENSITIVE, gender=Role.SENSITIVE,
        application_id=Role.DIRECT_IDENTIFIER, notes=Role.FREE_TEXT,
    )  # fmt: skip
    found = told(version, roles)
    assert [f.group for f in found["label-disparity"]] == [(("ethnicity", "Black"),)]
    assert {f.columns for f in found["unequal-missingness"]} == {
        ("annual_income", "gender"), ("monthly_income", "gender")
    }  # fmt: skip
    assert {f.columns for f in found["strong-proxy"]} == {
        ("zip", "ethnicity"), ("branch", "ethnicity")
    }  # fmt: skip
    assert any("Native American" in f.title for f in found["under-represented-group"])


def test_compas_tells_the_rates_that_aequitas_publishes(workspace, shared):
    from audit import runner

    path = shared("compas_aequitas/compas_for_aequitas.csv")
    roles = {"label_value": Role.LABEL, "score": Role.PREDICTION, "race": Role.SENSITIVE}
    given = tuple(ColumnRole(column=c, roles=(r,), confirmed=True) for c, r in roles.items())
    version = runner.load(path, workspace=workspace)
    found = told(version, RoleMap(columns=given, positive="1"))["unequal-error-rates"]
    titles = {f.group: f.title for f in found}
    title = titles[("race", "Caucasian"),]
    assert "the false positive rate is 21.4 pp lower than for “African-American”" in title
    assert "(23.5% against 44.8%; 95% interval" in title
    assert "its false negative rate is 19.7 pp higher (47.7% against 28.0%)" in title
