"""Full dates, and those of them that are somebody's date of birth."""

import re
from datetime import date

from audit.pii.values import Hit

RECOGNIZER = "date grammar"

MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar jänner janvier enero gennaio janeiro januari styczeń stycznia января",
            "february feb februar février febrero febbraio fevereiro februari lutego февраля",
            "march mar märz mars marzo março maart marca marts marec марта",
            "april apr avril abril aprile kwietnia апреля",
            "may mai mayo maggio maio mei maja maj мая",
            "june jun juni juin junio giugno junho czerwca июня",
            "july jul juli juillet julio luglio julho lipca июля",
            "august aug août aout agosto augustus augusti sierpnia августа",
            "september sep sept septembre septiembre settembre setembro września сентября",
            "october oct okt oktober octobre octubre ottobre outubro października октября",
            "november nov novembre noviembre novembro listopada ноября",
            "december dec dez dezember décembre diciembre dicembre dezembro grudnia декабря",
        ),
        start=1,
    )
    for word in words.split()
}
"""Names of months in small letters, by number."""

_TIME = r"(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+\-]\d{2}:?\d{2})?)?"
_NUMERIC = re.compile(
    r"(?<![\w./\-,:$€£])"
    rf"(?:(?P<y>(?:18|19|20)\d{{2}})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_TIME}"
    r"|(?P<a>\d{1,2})(?P<t>[-/.]\s?)(?P<b>\d{1,2})(?P=t)(?P<c>(?:18|19|20)\d{2}|\d{2}(?![\d:])))"
    r"(?![\w/\-]|[.,:]\d)"
)
_YEAR = r"(?P<y>(?:18|19|20)\d{2})(?!\d)"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_DAY_FIRST = re.compile(
    rf"(?<![\w./:,\-]){_DAY}[ \-/](?:of |de |d')?(?P<m>[^\W\d_]{{3,10}})\.?,?[ \-/](?:de |del )?{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"(?<!\w)(?P<m>[^\W\d_]{{3,10}})\.?[ \-]{_DAY},?[ \-]{_YEAR}")

_BIRTH = re.compile(
    r"\b(?:born|birth ?day|birth ?date|date of birth|d\.?o\.?b\b\.?|geboren|geburtsdatum|geb\.|"
    r"geburtstag|née?\b|naissance|nacid[oa]|nacimiento|nació|nat[oa] (?:il|a)\b|data di nascita|"
    r"nascid[oa]|nascimento|fødselsdato|født|född|födelsedatum|geboortedatum|syntynyt|urodzon[ya]|"
    r"data urodzenia|родил(?:ся|ась)|рождения|született|doğum)",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 48, 24
_BIRTH_AFTER = re.compile(
    r"^[\s,)(]{0,3}(?:is|was|being)?\s?(?:(?:my|his|her|their|the|your)\s)?"
    r"(?:birth ?day|birth ?date|date of birth|dob)\b|^\s?\(?(?:birth|dob)\b|^\s?\(born\)",
    re.IGNORECASE,
)
_WORTH = re.compile(r"\d[-/.] ?\d{1,2}[-/.]|(?:18|19|20)\d{2}")
_OTHER = re.compile(r"(?i)\b(?:v|version|release|build|ver|rev|ip|chapter|section)\.?\s?$")


def find_dates(text: str) -> list[Hit]:
    """Find dates with day, month and year.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Hit
        In order and without overlaps. DATE_OF_BIRTH (0.85) where a word of birth is near, else
        DATE_TIME (0.4 to 0.6), for a policy to decide on. Times of the day, years and
        months alone are none.
    """
    if not _WORTH.search(text):
        return []
    found = [*_numeric(text), *_written(text)]
    found.sort(key=lambda one: (one[0], -one[1]))
    hits: list[Hit] = []
    for start, end, score in found:
        if hits and start < hits[-1].end:
            continue
        birth = _of_birth(text, hits[-1].end if hits else 0, start, end)
        hits.append(
            Hit(
                entity="DATE_OF_BIRTH" if birth else "DATE_TIME",
                start=start,
                end=end,
                score=0.85 if birth else score,
                recognizer=RECOGNIZER,
            )
        )
    return hits


def _of_birth(text: str, floor: int, start: int, end: int) -> bool:
    """Whether a word of birth stands shortly before a date, past other dates, or right after."""
    if _BIRTH.search(text, max(floor, start - _BEFORE), start):
        return True
    return bool(_BIRTH_AFTER.search(text[end : end + _AFTER]))


def _numeric(text: str) -> list[tuple[int, int, float]]:
    found = []
    for match in _NUMERIC.finditer(text):
        if match["y"]:
            real, score = _real(int(match["y"]), int(match["m"]), int(match["d"])), 0.6
        else:
            real, score = _real_short(match)
        if real and not _OTHER.search(text[max(match.start() - 10, 0) : match.start()]):
            found.append((*match.span(), score))
    return found


def _real_short(match: re.Match[str]) -> tuple[bool, float]:
    """Read 'day, month, year' or 'month, day, year'; years of two digits count with '/' alone."""
    first, second, year = int(match["a"]), int(match["b"]), match["c"]
    full = len(year) == 4
    if not full and match["t"].strip() != "/":
        return False, 0.0
    number = int(year) if full else 2000 + int(year)
    real = _real(number, second, first) or _real(number, first, second)
    return real, 0.6 if full else 0.4


def _written(text: str) -> list[tuple[int, int, float]]:
    found = []
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(text):
            month = MONTHS.get(match["m"].lower())
            if month and _real(int(match["y"]), month, int(match["d"])):
                found.append((*match.span(), 0.6))
    return found


def _real(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
