"""Places on Earth by latitude and longitude."""

import re

from audit.pii.values import Hit

RECOGNIZER = "coordinate grammar"

_WORTH = re.compile(r"\d\.\d{3}|\d\s?[°º]")

_DECIMAL = r"[+\-−]?\d{1,3}\.\d{3,15}"
_HEMISPHERE = r"\s?°?\s?[NSEWO]?"

_POINT = re.compile(
    rf"\bPOINT\s?Z?\s?\(\s?(?P<lon>{_DECIMAL})\s(?P<lat>{_DECIMAL})(?:\s{_DECIMAL})?\s?\)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?:lat|latitude|breite|latitud)\b[\"']?\s?[=:]?\s?[\"']?(?P<lat>{_DECIMAL})"
    rf"{_HEMISPHERE}[\"']?[\s,;&/]{{0,3}}[\"']?"
    rf"(?:lon|lng|long|longitude|länge|longitud)\b[\"']?\s?[=:]?\s?[\"']?(?P<lon>{_DECIMAL})"
    r"(?:\s?°?\s?[EWO]\b)?",
    re.IGNORECASE,
)
_LINKED = re.compile(
    rf"(?:\bgeo:|@|[?&](?:q|ll|center|query)=)(?P<lat>{_DECIMAL}),(?P<lon>{_DECIMAL})"
)
_PAIR = re.compile(
    rf"(?<![\w.,+\-−])(?<!\d[,;] )(?<!\d )(?P<lat>{_DECIMAL})(?P<ns>\s?°?\s?[NS]\b|\s?°)?"
    rf"(?:\s?[,;/]\s?|\s)(?P<lon>{_DECIMAL})(?P<ew>\s?°?\s?[EWO]\b|\s?°)?(?![\d.]*\d|\w|%|[,;]? ?[+\-−]?\d)"
)
_CUE = re.compile(r"(?i)\b(?:gps|coord\w*|lat\w*|locat\w*|position|geo\w*|map)\b")
_DEGREES = (
    r"(?:\d{1,3}\s?[°º]\s?(?:\d{1,2}(?:\.\d{1,6})?\s?['\u2032\u2019]?\s?)?"
    r"(?:\d{1,2}(?:[.,]\d{1,6})?\s?(?:\"|″|”|'')\s?)?)"
)
_DMS = re.compile(
    rf"(?<![\w.])(?:(?P<n>{_DEGREES}[NS])[\s,;/]{{0,3}}(?P<e>{_DEGREES}[EWO])\b"
    rf"|[NS]\s?{_DEGREES}[\s,;/]{{0,3}}[EWO]\s?{_DEGREES})"
)


def _within(latitude: str, longitude: str) -> bool:
    return abs(_number(latitude)) <= 90 and abs(_number(longitude)) <= 180


def _number(digits: str) -> float:
    return float(digits.replace("−", "-"))


def _numbers(match: re.Match[str]) -> tuple[float, float]:
    return _number(match["lat"]), _number(match["lon"])


def _pair_says_so(match: re.Match[str]) -> float:
    """Score a bare pair of numbers: many decimals or a hemisphere tell more than three decimals."""
    if match["ns"] or match["ew"]:
        return 0.8
    decimals = min(len(match[part].rpartition(".")[2]) for part in ("lat", "lon"))
    comma = "," in match.group() or ";" in match.group()
    told = bool(_CUE.search(match.string[max(match.start() - 40, 0) : match.start()]))
    told = told or match.group() == match.string.strip(" ()[]")
    if not told and (decimals < 5 or not comma or max(*map(abs, _numbers(match))) < 1):
        return 0.0
    return 0.7 if told and decimals >= 4 else 0.5


def find_coordinates(text: str) -> list[Hit]:
    """Find pairs of latitude and longitude.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Hit
        COORDINATES, in order and without overlaps. Pairs with fewer than three decimals, out of
        range or without a comma between few decimals are none.
    """
    if not _WORTH.search(text):
        return []
    found: list[tuple[int, int, float]] = []
    for pattern in (_POINT, _NAMED, _LINKED):
        found.extend(
            (*match.span(), 0.85)
            for match in pattern.finditer(text)
            if _within(match["lat"], match["lon"])
        )
    if "°" in text or "º" in text:
        found.extend(
            (*match.span(), 0.8)
            for match in _DMS.finditer(text)
            if sum(sign in match.group() for sign in "'\u2032\u2019")
            or match.group().count("°") > 1
        )
    for match in _PAIR.finditer(text):
        score = _pair_says_so(match) if _within(match["lat"], match["lon"]) else 0.0
        if score:
            found.append((*match.span(), score))
    hits: list[Hit] = []
    for start, end, score in sorted(found, key=lambda one: (one[0], -one[1])):
        if not hits or start >= hits[-1].end:
            hits.append(
                Hit(
                    entity="COORDINATES",
                    start=start,
                    end=end,
                    score=score,
                    recognizer=RECOGNIZER,
                )
            )
    return hits
