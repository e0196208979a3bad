"""Telephone numbers as people of many countries write them, beyond what fixed regions tell."""

import re

from audit.pii.values import Hit

RECOGNIZER = "phone grammar"

_WORTH = re.compile(r"\d(?:[ ().\-–/]{0,3}\d){5}")
_RUN = re.compile(
    r"(?<![\w./@$€£¥%#=_\-+])(?<!\d[,:])"
    r"(?P<plus>\(?\+ ?)?(?P<number>\(?\d(?:[ ().\-–/\u00a0]{0,3}\d)*)"
    r"(?P<ext>[ ,]{0,2}(?:x|ext\.?|extension|#|Durchwahl|DW|int\.?|poste) ?\d{1,6}(?!\d))?"
)
_NOT_AFTER = re.compile(r"\w|[%€$£/_@=]|[.,:\-–]\d")
_LABELLED = re.compile(r"[-–,;:(\s\\]{0,3}(?:office|fax|mobile|cell|home|work|phone|tel)\b", re.I)
_CUE = re.compile(
    r"(?:\b(?:call(?:s|ed|ing)?|tel|telephone|telefon|teléfono|telefono|telefone|téléphone|"
    r"telefoon|phones?|fax|mobile|mob|cell(?:ular|phone)?|handy|ring(?: me)?|dial(?:led|ing)?|"
    r"whatsapp|sms|text me|hotline|helpline|contact|reach|answering|landline|móvil|"
    r"celular|portable|gsm|viber|rufnummer|puhelin|puh|tlf|tlph|τηλ|тел|телефон|ph|kontakt)\b"
    r"|☎|📞|📱)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:\b(?:ssn|social security|iban|isbn|issn|ean|upc|order|invoice|ref(?:erence)?|"
    r"serial|sn|s/n|account|acct|card|cc|version|id|sku|part|patent|tracking|passport|licen[cs]e|"
    r"policy|ticket|case|vat|tax|model|item|sort code|routing|imei|doi|pin|zip|cas|ec|build|"
    r"article|art|section|rechnung|bestellung|konto|kundennummer)\b"
    r"(?:[ .:#-]|no\b|nr\b|number\b|is\b|code\b){0,5})$",
    re.IGNORECASE,
)
_REACH = 30
_DATE = re.compile(
    r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}|(?:18|19|20)\d{2}[-/. ]\d{1,2}[-/. ]\d{1,2}(?!\d)"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2}(?![.\-/ ]?\d)"
)
_NOT = re.compile(
    r"\d{3}[- ]\d{2}[- ]\d{4}"  # social security
    r"|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}"  # IP
    r"|(?:97[89][- ]?)?\d[- ]\d{2,7}[- ]\d{2,7}[- ]\d"  # ISBN
    r"|\d{4}(?:[- ]\d{4}){3}"  # card
    r"|[1-9]\d{0,2}(?: \d{3})+"  # amount with spaces for thousands
    r"|(?:19|20)\d{2} ?[-–/] ?(?:19|20)\d{2}"  # years
    r"|\d+(?:\.\d+)?"  # one number
    r"|.*\b00 00\b.*"  # bytes
    r"|\d{5}-\d{4}"  # ZIP
    r"|\d{2,7}-\d{2}-\d"  # CAS
    r"|\d{1,2} ?[-–/] ?\d{1,2}(?:[ ,]+\d{1,2} ?[-–/] ?\d{1,2})*"  # results of games
)
_NOT_EVEN_CALLED = re.compile(
    r"\d{3}-\d{2}-\d{4}|\d{1,3}(?:\.\d{1,3}){3}|\d{4}(?:[- ]\d{4}){3}|\d{1,6}|\d+\.\d+|\d{1,3}(?: 000)+"
    r"|(?:19|20)\d{2} ?[-–/] ?(?:19|20)\d{2}"
)
"""Social security numbers, IPs, cards, amounts and years, which a word nearby does not change."""
_SUM = re.compile(r"^\(?0|\d\.\d+ - | - \d+\.|^\d+\.\d+$")
"""What follows a plus in arithmetic: no country code begins with 0."""
_AMERICAN = re.compile(r"(?:1[-. ])?\(?\d{3}\)?([-. ])\d{3}\1\d{4}")
_AREA = re.compile(
    r"(?:00?\d{0,3}[ -]?|\d{1,3}[ -])?\(0?\d{1,5}\)[ \-/]?\d{2,5}(?:[ .\-]?\d{2,5}){0,3}"
)
_AREA_INSIDE = re.compile(r"\d{1,3} ?\(0\) ?\d[\d .\-/]+")
_PAIRS = re.compile(r"\d{2}([- .])\d{2}\1\d{2}\1\d{2}(?:\1\d{2})?")
_TRUNK = re.compile(r"0[1-9]\d{0,3}(?:[ /\-.]{1,3}\d{2,8}){1,5}")
_ABROAD = re.compile(r"00[1-9]\d{0,2}(?:[ \-./]\d{2,5}){2,5}")


def find_phones(text: str) -> list[Hit]:
    """Find telephone numbers.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Hit
        PHONE_NUMBER, in order and without overlaps. Numbers that only a word nearby shows to be
        telephone numbers ('call 785 8949') are found where there is such a word.
    """
    if not _WORTH.search(text):
        return []
    hits = []
    for match in _RUN.finditer(text):
        score = _score(text, match)
        if score:
            start, end = match.span()
            hits.append(
                Hit(
                    entity="PHONE_NUMBER",
                    start=start,
                    end=end,
                    score=score,
                    recognizer=RECOGNIZER,
                )
            )
    return hits


def _score(text: str, match: re.Match[str]) -> float:
    """Say how sure a run of digits and signs is a telephone number; 0 where it is none."""
    number = match["number"]
    digits = sum(sign.isdecimal() for sign in number)
    closed = match.group().count("(") == match.group().count(")")
    if not (6 <= digits <= 15 and closed) or _DATE.match(number):
        return 0.0
    start, end = match.span()
    if _NOT_AFTER.match(text, end):
        return 0.0
    before = text[max(start - _REACH, 0) : start]
    if _OTHER.search(before):
        return 0.0
    if match["plus"]:
        spaced = match["plus"].endswith(" ") and number.isdecimal()
        return 0.75 if digits >= 7 and not spaced and not _SUM.search(number) else 0.0
    labelled = bool(_LABELLED.match(text, end))
    if labelled or _cued(before):
        return 0.0 if _NOT_EVEN_CALLED.fullmatch(number) else 0.7
    return _by_shape(number, digits, bool(match["ext"]), whole=len(text.strip()) == end - start)


def _cued(before: str) -> bool:
    """Whether the last clause before a number speaks of telephones."""
    return bool(_CUE.search(before))


def _by_shape(number: str, digits: int, extension: bool, *, whole: bool) -> float:
    """Score a number by how it is grouped alone."""
    if _NOT_EVEN_CALLED.fullmatch(number):
        return 0.0
    if extension or _AREA.fullmatch(number) or _AREA_INSIDE.fullmatch(number):
        return 0.65 if digits >= 7 else 0.0
    if _AMERICAN.fullmatch(number) or (_ABROAD.fullmatch(number) and digits >= 9):
        return 0.6
    if _NOT.fullmatch(number):
        return 0.0
    if _TRUNK.fullmatch(number) and 9 <= digits <= 13:
        return 0.5
    return 0.4 if whole and _PAIRS.fullmatch(number) else 0.0
