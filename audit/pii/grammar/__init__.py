"""Personal data that a grammar tells: addresses, telephone numbers, dates of birth, places on Earth.

Rules of how such things are written in many countries; no model and no list of values.
"""

from collections.abc import Sequence

from audit.pii.grammar.addresses import find_addresses
from audit.pii.grammar.coordinates import find_coordinates
from audit.pii.grammar.dates import find_dates
from audit.pii.grammar.phones import find_phones
from audit.pii.values import Hit

__all__ = ["find", "find_addresses", "find_coordinates", "find_dates", "find_phones"]


def find(texts: Sequence[str]) -> list[list[Hit]]:
    """Find what the grammars tell in each of some texts.

    Parameters
    ----------
    texts : sequence of str
        The texts.

    Returns
    -------
    list of list of Hit
        ADDRESS, PHONE_NUMBER, DATE_OF_BIRTH, DATE_TIME and COORDINATES of each text, in order of
        position. Hits of one kind are apart; no telephone number is within an address; other kinds
        may overlap.
    """
    return [_find(text) for text in texts]


def _find(text: str) -> list[Hit]:
    addresses = find_addresses(text)
    phones = find_phones(text)
    if addresses and phones:
        phones = [one for one in phones if not any(one.overlaps(other) for other in addresses)]
    hits = [
        *addresses,
        *phones,
        *find_dates(text),
        *find_coordinates(text),
    ]
    if len(hits) > 1:
        hits.sort(key=lambda hit: (hit.start, -hit.end, hit.entity))
    return hits
