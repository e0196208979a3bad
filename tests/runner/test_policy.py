"""A policy file: what it may say, and what is said about one that cannot be used."""

import pytest

from audit.errors import ParameterError
from audit.runner import Policy, read_mapping


def written(tmp_path, text):
    path = tmp_path / "policy.yaml"
    path.write_text(text)
    return path


def test_thresholds_are_read(tmp_path):
    path = written(tmp_path, "version: 1\nchecks:\n  missing-values: {notice_share: 0.25}\n")
    assert Policy.read(path).checks["missing-values"] == {"notice_share": 0.25}


def test_checks_are_switched_off(tmp_path):
    """In YAML 1.1 ``off`` is a truth value, and no name of anything."""
    policy = Policy.read(written(tmp_path, "version: 1\noff: [heavy-zeros]\n"))
    assert "heavy-zeros" not in [spec.id for spec in policy.selected()]
    assert "skew" in [spec.id for spec in policy.selected()]


def test_words_stay_words_and_truth_stays_truth(tmp_path):
    text = "roles: {no: label, on: sensitive}\npositive: yes\nsure: true\n"
    assert read_mapping(written(tmp_path, text), "role file") == {
        "roles": {"no": "label", "on": "sensitive"},
        "positive": "yes",
        "sure": True,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("checks: {missing-value: {}}", "missing-values"),
        ("checks: {missing-values: {notice_shar: 1}}", "notice_share"),
        ("checks: {missing-values: {notice_share: many}}", "notice_share"),
        ("cheks: {}", "cheks"),
        ("- a\n- b", "mapping"),
        ("a: [", "line"),
        ("a: !!python/object/apply:os.system [ls]", "YAML"),
    ],
)
def test_a_mistake_is_named(tmp_path, text, said):
    with pytest.raises(ParameterError, match=said):
        Policy.read(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ParameterError, match="nowhere"):
        Policy.read(tmp_path / "nowhere.yaml")
