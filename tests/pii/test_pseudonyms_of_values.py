"""Pseudonyms: consistent, of their form, of ranges that belong to nobody."""

import ipaddress
import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import ParameterError
from audit.pii.catalogue import ENTITIES
from audit.pii.date_texts import order_of, shifted
from audit.pii.pseudonyms import GIVEN, LAST, Pseudonyms, kind_of, kind_of_column

SECRET = b"0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def names():
    return Pseudonyms(SECRET)


def test_a_person_is_called_alike_in_every_kind_of_column(names):
    given, last = names.of(GIVEN, "Maria"), names.of(LAST, "Keller")
    assert names.of("PERSON", "Maria Keller") == f"{given} {last}"
    assert names.of("PERSON", "maria  keller ") == f"{given} {last}".lower()
    assert names.of("PERSON", "MARIA KELLER") == f"{given} {last}".upper()
    assert names.of("PERSON", "Keller, Maria") == f"{last}, {given}"
    assert names.of("PERSON", "Dr. Maria von Keller, PhD").startswith(f"Dr. {given} {last}")
    assert names.of("PERSON", "Maria") == given
    assert names.of("PERSON", "Keller") == last
    local = names.of("EMAIL_ADDRESS", "maria.keller@corp.com").partition("@")[0]
    assert local.startswith(f"{given}.{last}.".lower())
    assert names.of("EMAIL_ADDRESS", "Maria.Keller@Corp.com").startswith(local)


def test_another_secret_gives_other_pseudonyms(names):
    other = Pseudonyms(b"another secret")
    values = [f"Person{i} Name{i}" for i in range(50)]
    both = [(names.of("PERSON", v), other.of("PERSON", v)) for v in values]
    assert all(a != b for a, b in both)
    assert [a for a, _ in both] == [Pseudonyms(SECRET).of("PERSON", v) for v in values]


def test_different_people_hardly_ever_share_a_name(names):
    assert len({names.of("PERSON", f"First{i} Last{i}") for i in range(500)}) == 500


@given(kind=st.sampled_from(sorted(ENTITIES)), text=st.text(max_size=30))
def test_any_value_of_any_kind_gets_another_one_and_always_the_same(names, kind, text):
    made = names.of(kind, text)
    assert made == names.of(kind, text)
    if text.strip():
        assert made != text
    else:
        assert made == text


def test_a_pseudonym_that_is_taken_is_drawn_again_and_in_the_same_way(names):
    taken = set()
    for _ in range(300):
        taken.add(names.of("IP_ADDRESS", "10.0.0.1", taken=taken.__contains__))
    assert len(taken) == 300
    again = names.of("PERSON_ID", "7", taken={str(n) for n in range(10)}.__contains__)
    assert again == names.of("PERSON_ID", "7", taken={str(n) for n in range(10)}.__contains__)
    assert len(again) > 1


@pytest.mark.parametrize("text", ["4111 1111 1111 1111", "5500000000000004", "3782-822463-10005"])
def test_cards_are_of_the_range_for_tests_and_pass_the_check(names, text):
    made = names.of("CREDIT_CARD", text)
    digits = [int(c) for c in made if c.isdigit()]
    doubled = [sum(divmod(2 * d, 10)) for d in digits[-2::-2]]
    assert (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
    assert made.replace(" ", "").replace("-", "").startswith("400000")
    assert re.sub(r"\d", "9", made) == re.sub(r"\d", "9", text)


@pytest.mark.parametrize(
    "text", ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "FR1420041010050500013M02606"]
)
def test_ibans_pass_the_check_and_name_no_bank(names, text):
    made = names.of("IBAN_CODE", text).replace(" ", "")
    assert int("".join(str(int(c, 36)) for c in made[4:] + made[:4])) % 97 == 1
    assert made[:2] == text[:2]
    assert made[4:8] in ("0000", "XXXX")
    assert len(made) == len(text.replace(" ", ""))


@pytest.mark.parametrize("text", ["123-45-6789", "123456789"])
def test_social_security_numbers_are_of_areas_that_are_never_issued(names, text):
    for i in range(100):
        made = names.of("US_SSN", text[:-2] + f"{i:02d}")
        assert re.sub(r"\d", "9", made) == re.sub(r"\d", "9", text)
        digits = made.replace("-", "")
        assert digits[0] == "9"
        # Taxpayer numbers, which also begin with 9, have groups from 50.
        assert 1 <= int(digits[3:5]) <= 49


@pytest.mark.parametrize(
    "text", ["(212) 736-5000", "212-736-5000", "+1 212 736 5000", "2127365000"]
)
def test_telephone_numbers_of_north_america_are_those_kept_for_films(names, text):
    digits = "".join(c for c in names.of("PHONE_NUMBER", text) if c.isdigit())[-10:]
    assert digits[3:8] == "55501"
    assert digits == "".join(c for c in names.of("PHONE_NUMBER", "2127365000") if c.isdigit())


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("+44 20 7946 1234", "+44 7700900"),
        ("+49 170 1234567", "+49 3023125"),
        ("0033 1 42 68 53 00", "+33 63998"),
    ],
)
def test_telephone_numbers_of_other_countries_are_of_their_plan(names, text, begin):
    made = names.of("PHONE_NUMBER", text)
    assert made.startswith(begin)
    assert phonenumbers.is_possible_number(phonenumbers.parse(made, None))


def test_addresses_in_networks_are_of_the_ranges_for_documentation(names):
    nets = [ipaddress.ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
    for i in range(50):
        assert any(ipaddress.ip_address(names.of("IP_ADDRESS", f"10.0.0.{i}")) in n for n in nets)
        six = ipaddress.ip_address(names.of("IP_ADDRESS", f"fe80::{i:x}"))
        assert six in ipaddress.ip_network("2001:db8::/32")
    assert re.fullmatch(r"[\w.-]+@example\.(com|org|net)", names.of("EMAIL_ADDRESS", "x@y.de"))
    assert names.of("URL", "https://a.de/b").startswith("https://example.org/")


def test_names_are_of_the_language_asked_for():
    german = Pseudonyms(SECRET, locale="de_DE")
    assert german.of("PERSON", "Maria Keller") != Pseudonyms(SECRET).of("PERSON", "Maria Keller")
    assert german.of("PHONE_NUMBER", "030 123456").startswith("03023125")
    with pytest.raises(ParameterError, match="locale"):
        Pseudonyms(SECRET, locale="xx_YY")


def test_kinds_are_told_by_what_people_call_them():
    assert kind_of("email") == "EMAIL_ADDRESS"
    assert kind_of("last name") == LAST
    with pytest.raises(ParameterError, match="no kind"):
        kind_of("emial")
    assert kind_of_column("Vorname", "PERSON") == GIVEN
    assert kind_of_column("family_name", "PERSON") == LAST
    assert kind_of_column("customer_name", "PERSON") == "PERSON"
    assert kind_of_column("first_name_email", "EMAIL_ADDRESS") == "EMAIL_ADDRESS"


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2024-02-28", "2024-03-01"),
        ("2024-2-9", "2024-2-11"),
        ("2024/02/28T10:00:00.5+01:00", "2024/03/01T10:00:00.5+01:00"),
        ("28.02.2024", "01.03.2024"),
        ("9.2.2024", "11.2.2024"),
        ("02/28/2024 9:00 PM", "03/01/2024 9:00 PM"),
        ("28/02/2024", "01/03/2024"),
        ("20240228", "20240301"),
        ("02/30/2024", None),
        ("9999-12-31", None),
        ("soon", None),
        ("2024-13-01", None),
    ],
)
def test_dates_keep_the_form_in_which_they_are_written(text, moved):
    assert shifted(text, 2) == moved


def test_day_and_month_are_told_apart_by_other_dates_of_the_column():
    assert order_of(["03/04/2024", "25/04/2024"]) == "day"
    assert order_of(["03/04/2024", "04/25/2024"]) == "month"
    assert order_of(["03/04/2024", "x"]) is None
    assert shifted("03/04/2024", 1, "day") == "04/04/2024"
    assert shifted("03/04/2024", 1, "month") == "03/05/2024"
