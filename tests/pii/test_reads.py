"""What values read as, decides where names are looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.pii.column_reads import MOST_VALUES, kind_of_value, reads

READ = {
    "prose": (
        "I like the red one very much.",
        "delivery was late",
        "please call me",
        "Please charge my card 4111 1111 1111 1111 now",
        "Great product, would buy it again!",
        "Das Paket ist leider nicht angekommen",
    ),
    "names": (
        *("John Smith", "Smith", "Anna", "Müller, Hans", "maria garcia", "JOHN SMITH"),
        *("12 Main Street, Springfield", "Hauptstraße 12", "Acme Widgets Ltd", "Paris, France"),
        "48.8566, 2.3522",
    ),
    "words": ("red", "Blue", "pending", "In Stock", "very satisfied", "true", "USD"),
    "codes": (
        *("AB-1234", "a1b2c3", "jane@x.com", "10.0.0.1", "v1.2.3", "report_final.pdf"),
        *("https://x.com/a", "(202) 555-0123", "078-05-1120", "#ff8800"),
    ),
    "numbers": (
        *("12", "3.5", "1,234.50", "$12.30", "45%", "12 kg", "EUR 12.00", "-3", "1e-5"),
        *("5551234567", "1 234 567"),
    ),
    "dates": (
        *("2024-01-02", "2024-01-02T03:04:05Z", "01/02/2024", "12 Jan 2020", "January 5, 2021"),
        *("12:30", "1.2.1984", "19081209"),
    ),
}


@pytest.mark.parametrize(("value", "kind"), [(v, kind) for kind, vs in READ.items() for v in vs])
def test_a_value_reads_as_what_it_is(value, kind):
    assert kind_of_value(value) == kind


@pytest.mark.parametrize("kind", READ)
def test_a_column_reads_as_its_values_do(kind):
    assert reads(READ[kind], "VARCHAR") == kind


def test_some_sentences_make_a_column_free_text():
    assert reads(["ok"] * 40 + ["please call me back about the invoice"] * 10, "VARCHAR") == "prose"


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("BIGINT", "numbers"),
        ("DECIMAL(18,2)", "numbers"),
        ("DATE", "dates"),
        ("TIMESTAMP WITH TIME ZONE", "dates"),
        ("BOOLEAN", "words"),
        ("UUID", "codes"),
        ("VARCHAR", "names"),
        ("ENUM('a')", "names"),
        ("VARCHAR[]", "names"),
    ],
)
def test_the_type_decides_where_it_says_enough(type_, kind):
    assert reads(["John Smith"], type_) == kind


@pytest.mark.parametrize("values", [(), ("", "  ", "\t")])
def test_nothing_reads_as_nothing(values):
    assert reads(values, "VARCHAR") == reads(values, "BIGINT") == "nothing"


def test_an_evenly_spread_sample_is_looked_at():
    """A column that begins with numbers and goes on with names is not one of numbers."""
    values = [str(i) for i in range(MOST_VALUES)] + ["John Smith"] * 9 * MOST_VALUES
    assert reads(values, "VARCHAR") == "names"


@given(st.lists(st.text(max_size=60), max_size=8))
def test_anything_reads_as_something(values):
    kinds = {"prose", "names", "words", "codes", "numbers", "dates", "nothing"}
    assert reads(values, "VARCHAR") in kinds
    assert (reads(values, "VARCHAR") == "nothing") == (not any(v.strip() for v in values))


@pytest.mark.parametrize("value", ["1" * 300, "1," * 150, " " * 299 + "x", "a" * 300, "1 " * 150])
def test_a_hostile_value_takes_no_time(value):
    for _ in range(200):
        kind_of_value(value)
