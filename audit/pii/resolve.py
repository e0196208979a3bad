"""Which hits count, and which of those that overlap stands.

A hit that a test of the value itself confirmed beats a guess; among equals the longer stands,
then the surer, then the one that a word before it speaks for. A checksum of one digit confirms
little: of random numbers one in eleven is a valid NHS number. Where no word speaks for such a
number its score is low, and anything else in its place beats it.
"""

from bisect import bisect
from collections.abc import Iterable
from operator import attrgetter

from audit.pii.catalogue import ENTITIES
from audit.pii.lists import RECOGNIZER as DENIED
from audit.pii.options import ScanOptions
from audit.pii.own import RECOGNIZER as OWN
from audit.pii.values import Hit

WEAKLY_CHECKED = frozenset(
    {
        *("UK_NHS", "US_NPI", "ABA_ROUTING_NUMBER", "MEDICAL_LICENSE"),
        *("AU_ACN", "AU_MEDICARE", "AU_TFN", "DE_BSNR", "DE_LANR", "DE_HEALTH_INSURANCE"),
        *("DE_ID_CARD", "DE_PASSPORT", "DE_TAX_ID", "IN_AADHAAR", "IT_VAT_CODE", "KR_BRN"),
        *("KR_DRIVER_LICENSE", "NG_NIN", "PL_PESEL", "SE_ORGANISATIONSNUMMER", "SG_UEN"),
        *("TH_TNIN", "ZA_INCOME_TAX_NUMBER", "ZA_TRAFFIC_REGISTER_NUMBER", "ZA_VAT_NUMBER"),
        *("ZA_DRIVER_LICENSE", "ZA_PASSPORT", "IN_VEHICLE_REGISTRATION", "TR_LICENSE_PLATE"),
        *("UK_VEHICLE_REGISTRATION", "ZA_LICENSE_PLATE", "ZA_COMPANY_REGISTRATION"),
    }
)
"""Kinds whose test one in twenty or more of the numbers pass that are written like them."""

SCORE_OF_WEAK = 0.4
"""What a hit of these counts where no word before it speaks for it."""

_ORDER = {id_: number for number, id_ in enumerate(ENTITIES)}


_start = attrgetter("start")


def resolve(hits: Iterable[Hit], options: ScanOptions) -> tuple[Hit, ...]:
    """Give the hits of one text that count, without overlaps, in order of position.

    The order in which hits are given makes no difference, nor does resolving twice.
    """
    counted = sorted(
        {h for h in map(_weighed, hits) if h.score >= least(h.entity, options)}, key=_rank
    )
    stand: list[Hit] = []
    for hit in counted:
        # Those that stand are apart and in order: only its neighbours can overlap a hit.
        at = bisect(stand, hit.start, key=_start)
        if not any(hit.overlaps(other) for other in stand[max(0, at - 1) : at + 1]):
            stand.insert(at, hit)
    return tuple(stand)


def least(entity: str, options: ScanOptions) -> float:
    """Score from which a hit of a kind counts."""
    return options.thresholds.get(entity, options.threshold)


def _weighed(hit: Hit) -> Hit:
    if not _is_weak(hit) or hit.score <= SCORE_OF_WEAK:
        return hit
    return Hit(
        entity=hit.entity,
        start=hit.start,
        end=hit.end,
        score=SCORE_OF_WEAK,
        recognizer=hit.recognizer,
        validated=hit.validated,
        supported=hit.supported,
    )


def _is_weak(hit: Hit) -> bool:
    return hit.validated and not hit.supported and hit.entity in WEAKLY_CHECKED


def _trust(hit: Hit) -> int:
    """How far a hit is believed, whatever its score: from what people said down to chance."""
    if hit.recognizer == DENIED:
        return 4
    if hit.recognizer == OWN:
        return 3
    if _is_weak(hit):
        return 0
    return 2 if hit.validated else 1


def _rank(hit: Hit) -> tuple[int, int, float, bool, int, str, int, str, bool]:
    return (
        -_trust(hit),
        -hit.length,
        -hit.score,
        not hit.supported,
        _ORDER.get(hit.entity, len(_ORDER)),
        hit.entity,
        hit.start,
        hit.recognizer,
        hit.validated,
    )
