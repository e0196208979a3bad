"""Telephone numbers in many countries' ways, and other numbers."""

import pytest

from audit.pii.grammar import find, find_phones

WHOLE = [
    "+44 20 7946 0958",
    "+49 (0)30 123456",
    "+1 (555) 123-4567 ext. 89",
    "+1-743-438-6774x62406",
    "001-748-088-2851x818",
    "(251)500-2136x739",
    "(85) 5986-8343",
    "(022) 0793-176",
    "555-867-5309",
    "555.867.5309",
    "1-800-555-0199",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "0479 50 54 03",
    "041 541 67 61",
    "0912 345 678",
    "0421/123456-78",
    "20-32-85-26",
    "(+30) 2195 406135",
    "052 642 621",
    "1 (782) 823-5741",
    "02964/05622415",
]

CALLED = [
    ("They're not answering at 785 8949", "785 8949"),
    ("How can we reach you? You can call 73 448 266", "73 448 266"),
    ("Phone: 92 34 70", "92 34 70"),
    ("24 428557-Office\\,06-10446904-Fax", "24 428557"),
    ("9493 7477 (mobile)", "9493 7477"),
    ("Tel.: 030 1234567.", "030 1234567"),
    ("☎ 0660 565 36 45", "0660 565 36 45"),
    ("télé, é😀: tél. +33 6 12 34 56 78!", "+33 6 12 34 56 78"),
]

HARMLESS = [
    "SSN 555-12-3456",
    "call 555-12-3456",
    "call 192.168.1.100",
    "192.168.1.1 and 10.0.0.254 are private",
    "ISBN 978-3-16-148410-0, ISSN 1234-5678",
    "order 12345678, invoice 2023-00451",
    "Order no. 0044-1234-567",
    "model SN 0045-2231",
    "2020-01-01 12:00:00",
    "12/05/1990 and 12.05.1990",
    "12,345,678.90 or 12 345 678",
    "$555-123-4567",
    "4111 1111 1111 1111",
    "123456789012",
    "2019-2020 season, phone prices 2019-2020",
    "score 10-12, 11-9, 7-11",
    "= 0.5 + 0.944 - 0.25 = 1.194",
    "CAS 7732-18-5",
    "Copyright: 2005-2020, x264 project",
    "Boston, MA 02110-1301",
    "h = h * 69069 + 907133923 and 5.0 + 600000.0",
    "Decimal('+35236450.6')",
    "<Buffer 01 00 00 00 50 32>",
    "0003527308710",
    "Version 10.0.19041.1234",
    "the call centre took 100 000 000 calls",
    "10 20 30 40 50 60",
    "Part numbers 12-3456-78, 555-12-34",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_number_in_the_way_of_its_country_is_one_hit(text: str) -> None:
    assert [text[hit.start : hit.end] for hit in find_phones(text)] == [text]


@pytest.mark.parametrize(("text", "number"), CALLED)
def test_a_word_nearby_makes_a_telephone_number_of_odd_groups(text: str, number: str) -> None:
    assert number in [text[hit.start : hit.end] for hit in find_phones(text)]


@pytest.mark.parametrize(
    "number", [number for _, number in CALLED if not number.startswith(("0", "+"))]
)
def test_odd_groups_without_such_a_word_are_none(number: str) -> None:
    assert find_phones(f"We saw {number} of them.") == []


@pytest.mark.parametrize("text", HARMLESS)
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert find_phones(text) == []


def test_the_house_numbers_of_an_address_are_no_telephone_number() -> None:
    text = "Call a taxi to 03 2657 Koontz Lane Apt. 602, Delta del Tigre, Austria 29614."
    assert {hit.entity for hit in find([text])[0]} == {"ADDRESS"}
