"""Full dates, dates of birth, and what is no date."""

import pytest

from audit.pii.grammar import find_dates

BIRTHS = [
    ("She was born on 2/7/1961.", "2/7/1961"),
    ("Please tell me your date of birth. It's 4/17/1986", "4/17/1986"),
    ("DOB: 03/04/1985", "03/04/1985"),
    ("D.O.B. 1985-04-03", "1985-04-03"),
    ("Her birthday is 12 May 1990", "12 May 1990"),
    ("Born: October 28, 1955 (age 66)", "October 28, 1955"),
    ("geboren am 12.05.1990 in Köln", "12.05.1990"),
    ("né le 12 février 1990 à Paris", "12 février 1990"),
    ("née le 1er mai 1990", "1er mai 1990"),
    ("nacido el 12 de mayo de 1990", "12 de mayo de 1990"),
    ("nata il 3 marzo 1971", "3 marzo 1971"),
    ("nascida em 3 de março de 1971", "3 de março de 1971"),
    ("urodzony 3 stycznia 1971", "3 stycznia 1971"),
    ("дата рождения 3 января 1971", "3 января 1971"),
    ("1990-05-12 is her birthday", "1990-05-12"),
    ("😀 née 12/05/1990", "12/05/1990"),
]

DATES = [
    ("It's like that since 11/15/1979", "11/15/1979"),
    ("When: 1993-01-04 14:56:41\nWhere", "1993-01-04 14:56:41"),
    ("2001-03-04T10:00:00Z", "2001-03-04T10:00:00Z"),
    ("on 12 May 1990 at 10:30", "12 May 1990"),
    ("on Nov. 18, 2019, was", "Nov. 18, 2019"),
    ("the 3rd of June 2001", "3rd of June 2001"),
    ("am 1. Januar 2020", "1. Januar 2020"),
    ("due 12/05/90", "12/05/90"),
]

NONE = [
    "at 10:30 on Monday",
    "born in 1990",
    "in May 1990",
    "31/02/2020",
    "2020-13-45",
    "Ratio 1/2/3",
    "version 1.2.2020",
    "192.168.1.20",
    "page 12 of 2020",
    "1/2/2020/3",
    "3 Kings 2001",
    "",
]


@pytest.mark.parametrize(("text", "date"), BIRTHS)
def test_a_date_near_words_of_birth_is_a_date_of_birth(text: str, date: str) -> None:
    assert [(h.entity, text[h.start : h.end]) for h in find_dates(text)] == [
        ("DATE_OF_BIRTH", date)
    ]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_any_other_full_date_is_a_date_of_a_low_score(text: str, date: str) -> None:
    (hit,) = find_dates(text)
    assert (hit.entity, text[hit.start : hit.end]) == ("DATE_TIME", date)
    assert 0.4 <= hit.score <= 0.6


@pytest.mark.parametrize("text", NONE)
def test_times_years_and_other_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_the_word_of_birth_speaks_for_the_next_date_alone() -> None:
    hits = find_dates("born 12 May 1990, died 3 June 2001")
    assert [hit.entity for hit in hits] == ["DATE_OF_BIRTH", "DATE_TIME"]
