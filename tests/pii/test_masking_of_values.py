"""Nothing of a text is readable once it is masked."""

from hypothesis import given
from hypothesis import strategies as st

from audit.pii.catalogue import entity
from audit.pii.masking import masked_example, masked_piece, shape
from audit.pii.values import Hit

TEXT = "Ann (42) writes from ann@example.com at noon"


def at(start: int, end: int, kind: str = "EMAIL_ADDRESS") -> Hit:
    return Hit(entity=kind, start=start, end=end, score=1.0, recognizer="A")


def test_a_hit_is_shown_as_its_kind_and_the_rest_as_shapes() -> None:
    assert masked_example(TEXT, [at(21, 36), at(0, 3, "PERSON")]) == (
        "[NAME OF A PERSON] (99) xxxxxx xxxx [E-MAIL ADDRESS] xx xxxx"
    )


def test_a_long_text_is_cut_around_its_first_hit() -> None:
    text = "word " * 100 + TEXT + " word" * 100
    shown = masked_example(text, [at(521, 536)], most=60)
    assert shown.startswith("…")
    assert "[E-MAIL ADDRESS]" in shown
    assert shown.endswith("…")
    assert len(shown) == 60


def test_a_tag_is_never_cut() -> None:
    text = "a@b.com " * 20
    hits = [at(8 * i, 8 * i + 7) for i in range(20)]
    shown = masked_example(text, hits, most=40)
    assert shown == "[E-MAIL ADDRESS] [E-MAIL ADDRESS] …"
    assert masked_example("ann@b.com", [at(0, 9)], most=5) == "[E-MAIL ADDRESS]"


def test_of_hits_that_overlap_the_first_is_shown() -> None:
    assert masked_example("ab cd", [at(0, 4), at(3, 5)]) == "[E-MAIL ADDRESS]x"


def test_a_text_without_hits_is_all_shapes() -> None:
    assert masked_example("Ann 7", []) == "xxx 9"


def test_a_piece_is_its_kind_and_its_shape() -> None:
    assert masked_piece("ann@example.com", "EMAIL_ADDRESS") == ("[E-MAIL ADDRESS] xxx@xxxxxxx.xxx")
    assert masked_piece("E-1234", "STAFF_ID") == "[STAFF ID] x-9999"
    assert len(masked_piece("a" * 500, "URL", most=40)) == len("[WEB ADDRESS] ") + 40


@given(text=st.text())
def test_no_letter_and_no_digit_is_readable(text: str) -> None:
    shown = shape(text)
    assert len(shown) == len(text)
    assert not any(c.isalnum() and c not in "x9" for c in shown)
    assert all(c.isascii() or c == "·" for c in shown)


@given(
    text=st.text(max_size=120),
    spans=st.lists(
        st.tuples(st.integers(0, 120), st.integers(0, 40), st.sampled_from(["URL", "PERSON"])),
        max_size=5,
    ),
    most=st.integers(30, 90),
)
def test_whatever_hits_there_are_only_tags_and_shapes_are_shown(
    text: str, spans: list[tuple[int, int, str]], most: int
) -> None:
    hits = [at(start, start + length, kind) for start, length, kind in spans]
    shown = masked_example(text, hits, most=most)
    assert len(shown) <= most
    for kind in ("URL", "PERSON"):
        shown = shown.replace(f"[{entity(kind).title.upper()}]", "")
    assert not any(c.isalnum() and c not in "x9" for c in shown)


def test_of_a_secret_not_even_the_shape_is_shown():
    assert masked_piece("P@ss-w0rd", "PASSWORD") == "[PASSWORD]"
