"""What a model marks, as ours: which labels count, where a name ends, what is none at all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from audit.pii.names.kinds import kind_of
from audit.pii.names.places import known_places
from audit.pii.names.words import Word, known, ordinary, words_of
from audit.pii.values import Hit

SCORE = 0.85
RECOGNIZER = "model"

ENTITY_OF: Mapping[str, str] = MappingProxyType(
    {
        "PERSON": "PERSON",
        "PER": "PERSON",
        "GPE": "LOCATION",
        "LOC": "LOCATION",
        "FAC": "LOCATION",
        "FACILITY": "LOCATION",
        "ORG": "ORGANIZATION",
        "ORGANIZATION": "ORGANIZATION",
        "LOCATION": "LOCATION",
        "NORP": "NRP",
        "NRP": "NRP",
    }
)
"""Labels of spaCy's models (OntoNotes) and of those trained on CoNLL and the like. Dates and
times are found by the grammar; products, events and works of art are no personal data."""

_NEVER_NAMES = """
ssn iban atm asap pin cvv cvc id faq url api sql html http https pdf csv json xml usb cpu gpu
ram dvd cd tv pc ai ml it hr ceo cto cfo coo vp pr qa ui ux etc fyi aka diy tba tbd n/a rsvp
po apt ste fpo apo dpo dob ein vat bic swift gps dna covid covid-19 sms mms pos vip led lcd
am pm utc gmt est pst cst mst bst usd eur gbp jpy chf god devil internet web wifi wi-fi bluetooth
email e-mail suite unit box street road avenue floor phone tel fax mobile cell null nan none
true false yes no ok hello hi dear thanks please sir madam mr mrs ms dr credit card debit visa
account address number order ticket invoice
"""
NO_NAMES = frozenset(_NEVER_NAMES.split())
"""What a small model takes for names, and is not: abbreviations and words of forms."""
_MISSING = frozenset({"NA", "N.A", "NaN", "NIL", "Unknown", "UNKNOWN", "Missing", "MISSING"})
"""How tables write that a value is missing; 'Na' is a surname."""

_EDGES = " \t\r\n.,;:!?\"'“”\u2018\u2019`()[]{}<>*#|\\/-–—_=+~@"
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_ARTICLE = re.compile(r"(?:the|a|an) ", re.IGNORECASE)
_LINES = re.compile(r"[^\n\r\t|]+")
_CODE = re.compile(r"[^\W\d_]\d+[^\W\d_]|_|://|\w-\d|\d-\w|[=<>{}#;]|&\w|/")
_ALPHABETS = re.compile(r"[A-Za-z\u00c0-\u04ff]")
"""Latin, Greek and Cyrillic letters: of other scripts the usual model knows nothing."""
_SMALL_WORDS = re.compile(r"\b[^\W\d_A-Z]+ [^\W\d_A-Z]+ $")
MOST_BEFORE = 40
_DECADE = re.compile(r"(?:19|20)?\d0['\u2019]?s", re.IGNORECASE)


def hits_of(text: str, label: str, start: int, end: int) -> Iterator[Hit]:
    """Yield what a marked span holds: its lines apart, without marks around them."""
    entity = ENTITY_OF.get(label)
    if entity is None:
        return
    for match in _LINES.finditer(text, start, end):
        first, last = _trimmed(text, match.start(), match.end())
        piece = text[first:last]
        words = words_of(piece)
        if words and _is_name(text, first, piece, words, entity):
            kind = kind_of(piece, words, entity)
            yield Hit(entity=kind, start=first, end=last, score=SCORE, recognizer=RECOGNIZER)


def _is_name(text: str, start: int, piece: str, words: Sequence[Word], entity: str) -> bool:
    """Whether what a model marked can be a name at all.

    Of ordinary words alone a place is none, a person only where a list has one of them too, and
    an organisation where they stand with capital letters within a sentence.
    """
    if piece.islower() or piece in _MISSING or _CODE.search(piece) or _DECADE.fullmatch(piece):
        return False
    if all(word.small in NO_NAMES for word in words):
        return False
    if not _ALPHABETS.search(piece):
        return any(known(word.small).first or known(word.small).last for word in words)
    if not all(map(ordinary, words)) or piece.lower() in known_places():
        return True
    if entity == "PERSON":
        return any(known(word.small).first or known(word.small).last for word in words)
    return entity == "ORGANIZATION" and len(words) > 1 and _within_sentence(text, start)


def _within_sentence(text: str, start: int) -> bool:
    """Whether words in small letters stand before a place: it is prose, and no heading."""
    return _SMALL_WORDS.search(text, max(0, start - MOST_BEFORE), start) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    possessive = _POSSESSIVE.search(text, start, end)
    if possessive:
        end = possessive.start()
    article = _ARTICLE.match(text, start, end)
    return (article.end() if article else start), end
