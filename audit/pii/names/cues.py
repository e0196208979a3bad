"""Words after which a name comes: 'my name is', 'Dear', 'Regards,', 'works for'."""

import re
from collections.abc import Iterator

_PERSON_IN_ANY_CASE = re.compile(
    r"\b(?:name(?: is|['\u2019]s| was|\s?[:=])|dear|sincerely,?|(?:kind |best |warm )?regards,?"
    r"|attn\.?:?|attention:|c/o|signed(?: by)?:?|on behalf of)\s{1,2}(?=\w)",
    re.IGNORECASE,
)
"""Sure enough to read a word in small letters as a name."""

_PERSON = re.compile(
    r"\b(?:i am|i['\u2019]m|this is|hi|hello|hey|thanks,|cheers,|yours(?: truly)?,|love,|cc:|from:|to:"
    r"|contact:?|called|named(?: (?:him|her|them))?|married to"
    r"|(?:wife|husband|son|daughter|mother|father|friend|fan) of"
    r"|(?:spoke|speak|talk|talked|met) (?:to|with)|ask for|said)\s{1,2}(?=\w)",
    re.IGNORECASE,
)
"""Enough to read an ordinary word with a capital letter as a name, if it is one."""

_PERHAPS = re.compile(r"\b(?:by|name|says|asked|told|given|with|and)\s{1,2}(?=\w)", re.IGNORECASE)
"""Enough for a word with a capital letter that is no ordinary one."""

_SPEAKER = re.compile(r"(?:^|\n)([^\W\d_]+(?: [^\W\d_]+)?)\s?:\s?\\?[\"“]")

_PLACE = re.compile(
    r"\b(?:liv(?:e[sd]?|ing)|born|raised|grew up|mov(?:ed?|ing)|travel\w*|fl(?:y|ew|ying)|trip"
    r"|arriv\w+|based|located|relocat\w+|resid\w+|c[ao]m(?:e|ing)|going|head(?:ed|ing)|driv\w+|drove"
    r"|stay\w*|return\w*|offices?|branch|citizen|originally|native|i am|i['\u2019]m|vacation|holidays?"
    r"|city|here|way|year|is|are|was|were)(?: \w+)?(?: in| to| from| at| near| of) (?=\w)",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:work(?:s|ed|ing)? (?:at|for|with)|employed (?:by|at)|employee of|employer:?|company:?"
    r"|(?:co-?)?found(?:er of|ed)|c[etfo]o of|(?:director|manager|engineer|president) (?:of|at)"
    r"|(?:job|position|career|shares|stock) (?:of|at|in)|joined|intern(?:ed|ing)? at"
    r"|acquired by|customer of|account with|(?:employee|customer)s? (?:at|of)) (?=\w)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\bthe (?=(?:[^\s.,]+ ){1,4}(?:office|headquarters|branch|website|employees?|ceo|board)\b)",
    re.IGNORECASE,
)


def sure_of_person(text: str) -> Iterator[int]:
    """Yield where a name begins for certain, even in small letters."""
    return (match.end() for match in _PERSON_IN_ANY_CASE.finditer(text))


def of_person(text: str) -> dict[int, bool]:
    """Give where a word with a capital letter would be somebody's name, and whether surely."""
    found = {match.end(): False for match in _PERHAPS.finditer(text)}
    found.update((match.start(1), False) for match in _SPEAKER.finditer(text))
    found.update((match.end(), True) for match in _PERSON.finditer(text))
    found.update((start, True) for start in sure_of_person(text))
    return found


def of_place(text: str) -> set[int]:
    """Give the places at which a word with a capital letter would name a place."""
    return {match.end() for match in _PLACE.finditer(text)}


def of_organisation(text: str) -> set[int]:
    """Give the places at which a word with a capital letter would name an organisation."""
    found = {match.end() for match in _ORGANISATION.finditer(text)}
    found.update(match.end() for match in _OFFICE.finditer(text))
    return found
