"""Text from data in Markdown: what a reader sees is exactly the text."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from audit.ui.text import md, quoted, shorten

JOINER = "\u2060"
NASTY = [
    "![x](http://e.example/a.png)",
    "[x](javascript:alert(1))",
    "<b>bold</b><img src=x onerror=alert(1)>",
    ":material/home:",
    ":streamlit:",
    ":red[x] :blue-badge[y]",
    "$x^2$ and $$y$$",
    "~~gone~~ **b** __u__ `code`",
    "# heading",
    "1. list",
    "12) list",
    "- list",
    "> quote",
    "    indented",
    "| a | b |",
    "a\\b",
    "www.example.org http://example.org me@example.org",
    "a -> b >= c -- d",
    "&lt;b&gt; &amp; &#33;",
    "---",
    "```\ncode\n```",
    ":smile: ::a[b]{c}",
    "^sup^ ==mark==",
    'Robert"); DROP TABLE students;--',
]


def shown(text: str) -> str:
    """What CommonMark with GitHub's additions makes of a string: text, or markup that betrays it."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    rendered = parser.render(text).strip()
    assert rendered.startswith("<p>"), rendered
    assert rendered.endswith("</p>"), rendered
    return rendered.removeprefix("<p>").removesuffix("</p>")


def as_read(text: str) -> str:
    """The text as a reader sees it: control characters as spaces, edges kept, nothing invisible."""
    return html.unescape(shown(md(text))).replace(JOINER, "").replace("\u00a0", " ")


@pytest.mark.parametrize("text", NASTY)
def test_markdown_shows_the_text_and_nothing_else(text):
    rendered = shown(md(text))
    assert "<" not in rendered
    assert as_read(text).strip() == re.sub(r"[\x00-\x1f]+", " ", text).strip()


@given(
    st.text(
        st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc"]), min_size=1
    )
)
def test_any_text_comes_through_unchanged(text):
    rendered = shown(md(text))
    assert "<" not in rendered
    assert as_read(text).strip() == text.replace("\u00a0", " ").strip()


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        (":material/home:", r":material[/_]\w+:"),
        ("see :streamlit: here", r":streamlit:"),
        ("https://example.org", r"https?://"),
        ("www.example.org", r"www\."),
        ("me@example.org", r"\w@\w"),
        ("a >= b", r"(^|\s)>=(\s|$)"),
        ("-> b", r"(^|\s)->(\s|$)"),
        ("a -- b", r"(^|\s)--(\s|$)"),
    ],
)
def test_what_streamlit_rewrites_after_the_parser_is_split(text, pattern):
    """Streamlit looks for these in the parsed text, where backslashes are gone."""
    assert re.search(pattern, text)
    assert not re.search(pattern, html.unescape(shown(md(text))))


def test_spaces_at_the_edges_stay_and_do_not_indent():
    assert md("    a  ") == JOINER + "\u00a0" * 4 + "a" + "\u00a0" * 2 + JOINER
    assert shown(f"**{md('a ')}** b").startswith("<strong>")


def test_line_breaks_cannot_start_a_new_block():
    assert "\n" not in md("a\n# b\r\n- c\u2028d")


def test_marks_of_direction_cannot_turn_the_page_round():
    assert "\u202e" not in md("abc\u202etxt.exe")


def test_nothing_is_something_that_can_be_shown():
    assert md("") != ""


def test_values_are_quoted_cut_and_escaped():
    assert quoted("Black") == "“Black”"
    assert quoted("*" * 100, 5) == "“" + r"\*" * 4 + "…”"
    assert shorten("abcdef", 6) == "abcdef"
    assert shorten("abcdefg", 6) == "abcde…"
