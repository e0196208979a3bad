"""Addresses as people of many countries write them, and what only looks like one."""

import pytest

from audit.pii.grammar import find_addresses

WHOLE = [
    # United States and Canada
    "1600 Pennsylvania Avenue NW, Washington, DC 20500",
    "350 Fifth Avenue, Suite 3300, New York, NY 10118-3299",
    "500 W Main St Apt 4B",
    "2300 N. Lincoln Park West #1105, Chicago IL 60614",
    "1 Infinite Loop, Cupertino, CA 95014",
    "P.O. Box 1234, Springfield, IL 62704",
    "PSC 8950, Box 4847\nAPO AP 62737",
    "USS Enterprise\nFPO AP 96636",
    "111 Wellington St, Ottawa, ON K1A 0A4",
    "742 Evergreen Terrace\nSpringfield, OR 97403\nUSA",
    # Britain, Ireland, Australia, India, Hong Kong
    "10 Downing St, London SW1A 2AA",
    "221B Baker Street, London NW1 6XE, England",
    "Flat 3, 27 Oak Close, Leeds LS1 4AP",
    "12 O'Connell Street Upper, Dublin 1, D01 F5P2",
    "100 Harris Street, Pyrmont NSW 2009",
    "12 MG Road, Bengaluru 560001, India",
    "34 Nathan Road, Kowloon, Hong Kong",
    # Germany, Austria, Switzerland
    "Michaelkirchstr. 15, 10179 Berlin, Germany",
    "Musterstraße 12a\n12345 Musterstadt\nDeutschland",
    "Unter den Linden 77, 10117 Berlin",
    "Am Markt 5, 04109 Leipzig",
    "Hauptplatz 3, 4020 Linz, Austria",
    "Bahnhofstrasse 1, CH-8001 Zürich",
    "Postfach 12 34, 50667 Köln",
    # France, Italy, Spain, Portugal, Brazil, Colombia
    "10 rue de Rivoli, 75001 Paris",
    "12 bis, avenue des Champs-Élysées, 75008 Paris, France",
    "Via Roma 10, 00184 Roma RM, Italia",
    "Piazza del Duomo, 1, 20121 Milano",
    "avenue Bazin\n28867 Saint Margotdan",
    "Av Branco, 94\n6948-075 Amarante",
    "Calle de Alcalá, 45, 28014 Madrid",
    "C/ Mayor 12, 3º B, 28013 Madrid",
    "Rua das Flores 3, 4050-262 Porto, Portugal",
    "91 Vila Miguel Tavares 1160",
    "Av. Paulista, 1578 - Bela Vista, São Paulo - SP, 01310-200",
    "Carrera 7 # 71-21, Bogotá",
    # Netherlands and the north
    "Prinsengracht 263, 1016 GV Amsterdam",
    "77 Carry van Bruggenweg",
    "Vesterbrogade 3, 1620 København V",
    "Karl Johans gate 22, 0026 Oslo",
    "Sveavägen 44, 111 34 Stockholm",
    "Mannerheimintie 30, 00100 Helsinki",
    # the east and the south-east
    "ul. Marszałkowska 10/12, 00-590 Warszawa",
    "Václavské náměstí 12, 110 00 Praha 1",
    "Petőfi Sándor utca 5., 1052 Budapest",
    "Strada Lipscani nr. 25, București",
    "Тверская улица 12",
    "Ερμού 25, 105 63 Αθήνα",
    "Jalan Sudirman No. 12, Jakarta 10220",
    "123 Đường Lê Lợi, Quận 1",
    "რუსთაველის ქუჩა 12",
    "171 Second Street, Suite 300, San Francisco, California 94105, USA",
    "51 Franklin Street, Fifth Floor, Boston, MA  02110-1301  USA",
    "5383 Shelley Spurs\nSouth Kent, ON H2G6L5",
    # without spaces
    "北京市海淀区中关村大街27号",
    "東京都千代田区丸の内1-9-1",
    "ถนนสุขุมวิท คลองเตย กรุงเทพมหานคร 10110",
    "서울특별시 종로구 세종대로 175",
    # corners
    "the corner of 5th Avenue and Main Street",
]

WITHIN = [
    ("I live at 221B Baker Street. Ring twice.", "221B Baker Street"),
    ("He moved to 45 Elm Drive last week.", "45 Elm Drive"),
    ("Please ship it to 12 Oak Lane, Leeds, before noon.", "12 Oak Lane, Leeds"),
    ("our office is at 55 halsey road, hayborough", "55 halsey road, hayborough"),
    ("My zip code is 02139-4307", "02139-4307"),
    (
        "Meet me at the corner of Elm Street and Oak Avenue at noon.",
        "the corner of Elm Street and Oak Avenue",
    ),
    (
        "> Anna\n> 12 High Street\n> Flat 2\n> Leeds\n> United Kingdom\n\nSee you",
        "12 High Street\n> Flat 2\n> Leeds\n> United Kingdom",
    ),
    (
        "Name: Ana\nAddress: Rua do Sol 4, 1200-001 Lisboa, Portugal\nAge: 30",
        "Rua do Sol 4, 1200-001 Lisboa, Portugal",
    ),
    ("It happened on Baker Street in the fog.", "Baker Street"),
    ("Send it to P.O. Box 77, please.", "P.O. Box 77"),
]

HARMLESS = [
    "12 Monkeys is a film from 1995.",
    "Route 66 burger with 2 sides for $12.50",
    "Section 3, page 12 of the manual.",
    "The street was busy and 3 people waited at the road.",
    "Version 12.4.1 of the driver, build 10.0.19041",
    "Invoice 2023-00451, total 1,250.00 EUR, due in 30 days.",
    "I bought 2 of these for my 3 Hard Drive bays, 500 GB each.",
    "Great sound! 5 stars. Google Drive works, 16 GB Flash Drive too.",
    "Arsenal 2 Chelsea 1, Liverpool 3 Everton 0",
    "World Cup 2022, Germany 1 Japan 2",
    "The reaction of 2 Mol NaCl at 25 Celsius gave 12 Grams of product (CAS 7732-18-5).",
    "def street(x): return x[12] + road_34",
    "SELECT * FROM t WHERE a = 12 AND b = 34",
    "Add 2 Tbsp sugar, 3 Large Eggs and 250 g flour. Bake 45 minutes at 180 C.",
    "See Brown v. Board of Education, 347 U.S. 483 (1954); 42 U.S.C. § 1983.",
    "9th Circuit Court of Appeals, 123 F.3d 456.",
    "Chapter 4 Road to Freedom begins on page 88.",
    "Top 10 Street Style Looks for 2020",
    "7 Days to Die, 4 Square, 3 Doors Down",
    "Windows 10 Pro 64 bit, Office 365, Unit 5 of the course",
    "Windows NT 40000 users",
    "Temperature 37.5 C, BP 120/80, pulse 72, 98 mg/dl",
    "model XK-120 45 W, 12 V DC, SN 0045-2231",
    "i have 3 cats and 2 dogs on my street",
    "Wall Street rallied 3 percent on Monday; Sesame Street season 5",
    "The house has 3 Bedrooms and 2 Baths; he moved 2 Boxes",
    "Send 5 Copies to Marketing, delivered in 3 Days",
    "Art. 12 Abs. 3 GDPR, § 14 BGB",
    "Dirt Road", "Paved Street", "Main Street",
    "amount 12 345 678 of 1.234.567,89",
    "Suite 16 was a nightclub",
    "Copyright:\n 2013 Ann Berge\n 2015 Kim Takahashi\n 2001, 2002 Red Hat, Inc.",
    "Copyright 1998-2003 VIA Example, Inc. All rights reserved",
    "Calle Rosen, 2016-2018 (author)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_5_7)",
    "get_str_256 of test_zip_7075_utf8.c",
    "archive.zip\nCopyright: 2019",
    "Al Bundy 5, C. Tweedie 2000, R. Sevilla",
    "p.ul.Accept() and uL Wk",
    "STRASSE", "An OpenSSL 3 module",
    "T75 7DM and A1B2C3",
    "https://example.com/12-main-street/45",
    "앞으로 12 일",
    "",
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_an_address_is_found_as_one_hit_from_end_to_end(text: str) -> None:
    assert [(hit.start, hit.end) for hit in find_addresses(text)] == [(0, len(text))]


@pytest.mark.parametrize(("text", "address"), WITHIN)
def test_an_address_is_cut_out_of_the_words_around_it(text: str, address: str) -> None:
    assert [text[hit.start : hit.end] for hit in find_addresses(text)] == [address]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert find_addresses(text) == []


@pytest.mark.parametrize("before", ["", "é 😀 ", "e\u0301: ", "İ: ", "\ufeff", "\t\r\n"])
def test_places_count_in_characters_whatever_stands_before(before: str) -> None:
    address = "Žižkova ulice 12, 130 00 Praha"
    text = f"{before}{address}."
    assert [text[hit.start : hit.end] for hit in find_addresses(text)] == [address]


def test_a_street_without_a_number_is_less_sure_than_one_with_number_and_town() -> None:
    (bare,) = find_addresses("It happened on Baker Street in the fog.")
    (numbered,) = find_addresses("It happened in 221 Baker Street in the fog.")
    (full,) = find_addresses("221 Baker Street, London NW1 6XE")
    assert bare.score < numbered.score < full.score
    assert {hit.entity for hit in (bare, numbered, full)} == {"ADDRESS"}
