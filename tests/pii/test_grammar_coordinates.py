"""Latitude and longitude in their many ways, and other pairs of numbers."""

import pytest

from audit.pii.grammar import find_coordinates

PAIRS = [
    ("geo:37.786971,-122.399677", "geo:37.786971,-122.399677"),
    ("POINT(13.4050 52.5200)", "POINT(13.4050 52.5200)"),
    ("https://maps.example/?lat=48.8566&lon=2.3522&z=3", "lat=48.8566&lon=2.3522"),
    ("https://maps.example/@48.8583701,2.2922926,17z", "@48.8583701,2.2922926"),
    ("lat: 52.5200, lon: 13.4050", "lat: 52.5200, lon: 13.4050"),
    ('{"latitude":52.5200,"longitude":13.4050}', 'latitude":52.5200,"longitude":13.4050'),
    ("40°26\u203246″N 79°58\u203256″W", "40°26\u203246″N 79°58\u203256″W"),
    ("é😀 40° 26' 46\" N, 79° 58' 56\" W.", "40° 26' 46\" N, 79° 58' 56\" W"),
    ("N 40° 26.767 W 79° 58.933", "N 40° 26.767 W 79° 58.933"),
    ("at 52.5200° N, 13.4050° E.", "52.5200° N, 13.4050° E"),
    ("-33.8688197, 151.2092955", "-33.8688197, 151.2092955"),
    ("(52.5200, 13.4050)", "52.5200, 13.4050"),
    ("GPS 52.520 13.405", "52.520 13.405"),
    ("We saw it at 52.520008, 13.404954 again", "52.520008, 13.404954"),
]

NONE = [
    "version 1.234, 2.345",
    "52.52, 13.40",
    "91.1234567, 200.123456",
    "POINT(200.1234 52.5200)",
    "ratio 0.123, 0.456 and 12.5, 13.5",
    "weights 0.12345, 0.98765 of both",
    "[12.12345, 3.12345, 1.12345]",
    "1.12345, 2.12345, 3.12345",
    "It was 20 °C in and 30 °C out",
    "turn by 90° and 45°",
    "lat 12, long 45",
    "1.234.567,890.123",
    "",
]


@pytest.mark.parametrize(("text", "pair"), PAIRS)
def test_latitude_and_longitude_are_found(text: str, pair: str) -> None:
    assert [text[hit.start : hit.end] for hit in find_coordinates(text)] == [pair]


@pytest.mark.parametrize("text", NONE)
def test_other_numbers_are_no_place_on_earth(text: str) -> None:
    assert find_coordinates(text) == []
