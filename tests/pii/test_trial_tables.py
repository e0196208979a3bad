"""The two trial tables through the report: every identifier its kind, nothing harmless personal."""

from itertools import cycle, islice

from audit.runner import report
from tests.pii.trial_columns import VALUES, harmless, identifiers

SEED = 20


def verdicts(version_of, trials):
    """Give the verdict of the report on each column; few values are repeated."""
    table = {t.name: list(islice(cycle(t.values), VALUES)) for t in trials}
    found = report(version_of(table), "pii")
    return {t.name: found.column(t.name).verdict for t in trials}


def test_30_columns_of_identifiers_get_their_kind(version_of):
    trials = identifiers(SEED)
    found = verdicts(version_of, trials)
    assert len(found) == 30
    wrong = {
        t.name: found[t.name]
        for t in trials
        if found[t.name].holds != "identifiers" or found[t.name].entity not in t.kinds
    }
    assert not wrong


def test_of_30_harmless_columns_none_is_called_personal(version_of):
    found = verdicts(version_of, harmless(SEED))
    assert len(found) == 30
    assert not {name: verdict for name, verdict in found.items() if verdict.holds != "none"}
