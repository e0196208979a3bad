"""White space of Unicode in texts: taken off, and made one blank."""

from audit.store.table import quote_text
from audit.store.texts import TRIMMED, WHITE_SPACE

_CLASS = f"[{WHITE_SPACE}]"
_ODD = f"[{WHITE_SPACE.replace(' ', '')}]"


def trimmed(cell: str) -> str:
    """Write a text without white space at its ends."""
    return TRIMMED.format(text=cell)


def collapsed(cell: str) -> str:
    """Write a text in which a stretch of white space is one blank; most texts need no look."""
    asked = f"contains({cell}, '  ') OR regexp_matches({cell}, {quote_text(_ODD)})"
    made = f"regexp_replace({cell}, {quote_text(_CLASS + '+')}, ' ', 'g')"
    return f"CASE WHEN {asked} THEN {made} ELSE {cell} END"


def squeezed(text: str, *, inner: bool = True) -> str:
    r"""Do in Python what the two above do.

    Examples
    --------
    >>> squeezed("  a \u00a0 b "), squeezed(" a  b ", inner=False)
    ('a b', 'a  b')
    """
    return " ".join(text.split()) if inner else text.strip()
