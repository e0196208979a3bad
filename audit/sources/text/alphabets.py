"""Which Latin code page: the one in which the letters are those of one language.

Detectors that judge a text by how tidy it looks take Western European tables for Central
European or Baltic ones: 'Muñoz' reads 'Muńoz' in cp1250, and both are letters. What tells
them apart is that a text is written in a language, and no language has ń, á and ú but no ł.
"""

import re
from collections import Counter

_WESTERN = (
    "äöüß",  # German
    "àâæçéèêëîïôœùûüÿ",  # French
    "áéíñóúü",  # Spanish
    "àáâãçéêíóôõúü",  # Portuguese
    "àèéìíîòóù",  # Italian
    "åäöé",  # Swedish, Finnish
    "åæøéèêóòô",  # Danish, Norwegian
    "áéíóúýþæðö",  # Icelandic
    "áéèëíïóöúü",  # Dutch
    "àçéèíïóòúü",  # Catalan
)
_CENTRAL = (
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíĺľňóôŕšťúýž",  # Slovak
    "áéíóöőúüű",  # Hungarian
    "ăâîşţ",  # Romanian
    "čćđšž",  # Croatian, Slovene
)
_BALTIC = (
    "āčēģīķļņšūž",  # Latvian
    "ąčęėįšųūž",  # Lithuanian
    "äõöüšž",  # Estonian
)
_TURKISH = ("çğ\u0131öşüâîûi\u0307",)
_PAGES = (
    ("cp1252", _WESTERN),
    ("cp1250", _CENTRAL),
    ("cp1254", _TURKISH),
    ("cp1257", _BALTIC),
    ("iso8859_2", _CENTRAL),
    ("iso8859_15", _WESTERN),
    ("mac_roman", _WESTERN),
    ("cp850", _WESTERN),
    ("cp852", _CENTRAL),
)
"""Code pages and the languages written in them; of equals the first is taken."""

_SIGNS = frozenset("\u00a0€‚„…‘’“”•–—«»¿¡°§·ºª£")  # noqa: RUF001 - the signs themselves
_LEAST = 0.95
"""Share of the letters that the best language must have."""
_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_MOSTLY = 0.5
"""Share of accented letters that stand between plain ones in any Latin text, and in no other."""


def latin(evidence: bytes) -> str | None:
    """Tell the Latin code page of these lines; None where no such language has their letters.

    Examples
    --------
    >>> latin("Muñoz, Málaga, Cádiz".encode("cp1252")), latin("Łódź, Gdańsk".encode("cp1250"))
    ('cp1252', 'cp1250')
    """
    found = Counter(byte for byte in evidence if byte > 127)
    shares = [(_share(found, page, languages), page) for page, languages in _PAGES]
    best, page = max(shares, key=lambda one: one[0])
    if best >= _LEAST:
        return page
    # Names from all over Western Europe in one file.
    page, languages = _PAGES[0]
    is_latin = len(_ALONE.findall(evidence)) >= _MOSTLY * found.total()
    mixed = is_latin and _share(found, page, ("".join(languages),)) >= _LEAST
    return page if mixed else None


def _share(found: Counter[int], page: str, languages: tuple[str, ...]) -> float:
    """Share of the letters above ASCII that the best language has; 0 where a byte is none."""
    letters: Counter[str] = Counter()
    for byte, n in found.items():
        try:
            character = bytes([byte]).decode(page)
        except UnicodeDecodeError:
            return 0.0
        if character not in _SIGNS:
            letters[character.lower()] += n
    total = letters.total()
    if not total:
        return 1.0 if page == _PAGES[0][0] else 0.0
    return max(sum(n for c, n in letters.items() if c in known) for known in languages) / total
