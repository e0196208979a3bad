"""How often the same piece of personal data, or a text with some, stands in the data."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.pii.values import Verdict
from audit.reports.pii import repeated_texts, repeats, scanning
from audit.reports.pii.pieces import normal
from tests.reports.pii.scanner_stand_in import EMAIL

PROSE = "please write to {} about the order that we have talked of in May"


def plain_rows(columns: dict[str, list]) -> Counter:
    """By address, the rows that hold it in any column; a cell may be a list."""
    rows = defaultdict(set)
    for cells in columns.values():
        for i, cell in enumerate(cells):
            for text in cell if isinstance(cell, list) else [cell]:
                for piece in EMAIL.findall(text or ""):
                    rows[piece.casefold()].add(i)
    return Counter({piece: len(numbers) for piece, numbers in rows.items()})


def bucket(least: int, rows: Counter) -> tuple[int, int, int]:
    ends = dict(zip((1, 2, 3, 5, 10, 100), (2, 3, 5, 10, 100, 10**9), strict=True))
    within = [n for n in rows.values() if least <= n < ends[least]]
    return least, len(within), sum(within)


addresses = st.sampled_from([f"{name}@x.org" for name in ("a", "A", "b", "c", "d", "e")])


@given(
    st.lists(
        st.tuples(addresses, addresses, st.lists(addresses, max_size=3)), min_size=3, max_size=40
    )
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_row_counts_once_for_a_piece_whatever_columns_hold_it(measured, rows):
    data = {
        "mail": [mail for mail, _, _ in rows],
        "remarks": [PROSE.format(other) for _, other, _ in rows],
        "lists": [items for *_, items in rows],
    }
    report = measured(data)
    expected = plain_rows(data)
    (found,) = report.repeats
    assert found.entity == "EMAIL_ADDRESS"
    assert found.times == tuple(bucket(least, expected) for least in (1, 2, 3, 5, 10, 100))
    assert found.most == max(expected.values())
    assert found.repeated == sum(n > 1 for n in expected.values())
    assert set(found.columns) >= {"mail", "remarks"}


def test_rows_and_masked_examples_are_those_of_the_most_repeated(measured):
    mails = [f"one{i}@x.org" for i in range(30)]
    mails[3] = mails[17] = mails[21] = "often@x.org"
    report = measured({"mail": mails})
    (found,) = report.repeats
    assert found.row_numbers == (3, 17, 21)
    assert found.examples == (("[E-MAIL ADDRESS] xxxxx@x.xxx", 3),)


def test_where_very_many_values_overlap_the_count_is_an_upper_bound_and_says_so(
    measured, monkeypatch
):
    monkeypatch.setattr(repeats, "MOST_OVERLAPPING", 2)
    mails = [f"a{i}@x.org" for i in range(9)]
    report = measured({"one": mails, "two": mails})
    assert report.repeats[0].most == 2
    assert any("count more than once" in note for note in report.notes)


def test_hits_in_columns_that_hold_nothing_personal_are_no_repeats(measured, monkeypatch):
    data = {"t": [f"a{i % 3}@x.org" for i in range(9)], "mail": [f"b{i}@x.org" for i in range(9)]}
    assert measured(data).repeats[0].most == 3
    monkeypatch.setattr(scanning.Gathered, "verdict", lambda *_: Verdict(holds="none"))
    report = measured(data)
    assert report.column("t").of("EMAIL_ADDRESS").rows == 9
    assert report.repeats == ()


@pytest.mark.parametrize(
    ("entity", "one", "other", "same"),
    [
        ("EMAIL_ADDRESS", "Ann@X.org", "ann@x.org", True),
        ("PHONE_NUMBER", "(555) 123-4567", "555.123.4567", True),
        ("US_SSN", "123-45-6789", "123 45 6789", True),
        ("CREDIT_CARD", "4111 1111 1111 1111", "4111111111111111", True),
        ("PERSON", "Ann  Miller,", "ann miller", True),
        ("PERSON", "Ann Miller", "Ann Mills", False),
        ("PASSWORD", "Secret1", "secret1", False),
    ],
)
def test_spellings_of_a_piece_are_one_piece_and_secrets_are_taken_as_they_are(
    entity, one, other, same
):
    assert (normal(one, entity) == normal(other, entity)) is same


def test_texts_that_repeat_exactly_and_nearly_are_told_apart(measured):
    rng = np.random.default_rng(0)
    words = [f"word{i}" for i in range(500)]
    texts = [
        f"please write to a{i}@x.org about " + " ".join(rng.choice(words, 40)) for i in range(40)
    ]
    copies = [*texts, texts[0], texts[0].upper().replace("@X.ORG", "@x.org"), texts[1]]
    near = [texts[5] + " today", texts[6] + " today", texts[6] + " again"]
    clean = ["nothing personal is said in this text at all"] * 9
    report = measured({"t": [*copies, *near, *clean]})
    (found,) = report.texts
    assert (found.exact_groups, found.exact_rows) == (2, 3 + 2)
    assert (found.near_groups, found.near_rows) == (2, 2 + 3)
    assert found.largest == 3
    assert found.entities == ("EMAIL_ADDRESS",)
    assert set(found.row_numbers) == {0, 1, 5, 6, *range(40, 46)}


def test_texts_that_are_too_many_to_compare_are_counted(measured, monkeypatch):
    monkeypatch.setattr(repeated_texts, "MOST_TEXTS", 3)
    report = measured({"t": [PROSE.format(f"a{i}@x.org") for i in (1, 1, 2, 3, 4, 5)]})
    assert report.texts[0].note.startswith("2 further texts were not compared")


def test_texts_without_repeats_are_not_reported(measured):
    report = measured(
        {"t": [f"a{i}@x.org " + " ".join(f"w{i}{j}" for j in range(9)) for i in range(9)]}
    )
    assert report.texts == ()
