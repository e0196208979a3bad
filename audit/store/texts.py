"""What SQL asks of a text, said once: what is counted is then also what is shown.

Each constant is a condition with a place ``{text}`` for the text.
"""

from audit.store.table import quote_text

WHITE_SPACE = (
    "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B))))
    + "\u2028\u2029\u202f\u205f\u3000"
)
"""The characters that are white space in Unicode, as in Python's ``str.strip``."""

_SPACES = quote_text(WHITE_SPACE)

TRIMMED = f"trim({{text}}, {_SPACES})"
"""The text without white space at its ends."""

PADDED = (
    "({text} <> '' AND "
    f"(contains({_SPACES}, left({{text}}, 1)) OR contains({_SPACES}, right({{text}}, 1))))"
)
"""White space comes first or last. Looking at the ends is ten times faster than trimming."""

BLANK = f"({{text}} = '' OR (CASE WHEN {PADDED} THEN {TRIMMED} = '' ELSE false END))"
"""Empty, or nothing but white space."""

NUMBER_TEXT = "(TRY_CAST({text} AS DOUBLE) IS NOT NULL)"
"""The text reads as a number; ``nan``, ``inf`` and ``1e5`` do, ``1,5`` does not."""

_ISO_DAY = "^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"

DATE_TEXT = (
    f"(CASE WHEN regexp_matches({{text}}, {quote_text(_ISO_DAY)}) "
    "THEN TRY_CAST({text} AS TIMESTAMP) IS NOT NULL ELSE false END)"
)
"""The text is a date or a timestamp of ISO 8601 that exists."""
