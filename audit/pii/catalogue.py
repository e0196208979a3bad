"""The kinds of personal data: what each is called, and whether it identifies a person by itself.

The ids are Presidio's where it knows the kind. Numbers of one country are looked for where that
country is asked for; a few that are common in English texts are looked for always.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Family = Literal["contact", "name", "place", "number", "secret", "technical", "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One kind of personal data."""

    id: str
    title: str
    """As shown to people, in lower case where it is no proper name: 'e-mail address'."""
    family: Family
    direct: bool
    """Whether a value of it identifies a person by itself."""
    country: str | None = None
    """ISO 3166 code of the country whose number it is."""


def _number(id_: str, title: str, country: str | None = None, *, direct: bool = True) -> Entity:
    return Entity(id=id_, title=title, family="number", direct=direct, country=country)


def _entity(id_: str, title: str, family: Family, *, direct: bool = False) -> Entity:
    return Entity(id=id_, title=title, family=family, direct=direct)


_GENERAL = (
    _entity("EMAIL_ADDRESS", "e-mail address", "contact", direct=True),
    _entity("PHONE_NUMBER", "phone number", "contact", direct=True),
    _entity("PERSON", "name of a person", "name", direct=True),
    _entity("TITLE", "title of a person", "name"),
    _entity("NRP", "nationality, religion or political group", "name"),
    _entity("ORGANIZATION", "organisation", "name"),
    _entity("LOCATION", "place", "place"),
    _entity("ADDRESS", "postal address", "place", direct=True),
    _entity("COORDINATES", "coordinates", "place", direct=True),
    _entity("DATE_OF_BIRTH", "date of birth", "date"),
    _entity("DATE_TIME", "date or time", "date"),
    _entity("AGE", "age", "date"),
    _number("CREDIT_CARD", "credit card number"),
    _number("IBAN_CODE", "IBAN"),
    _entity("CRYPTO", "crypto wallet address", "technical", direct=True),
    _entity("IP_ADDRESS", "IP address", "technical", direct=True),
    _entity("MAC_ADDRESS", "MAC address", "technical", direct=True),
    _entity("URL", "web address", "technical"),
    _entity("DOMAIN_NAME", "domain name", "technical"),
    _entity("UUID", "UUID", "technical"),
    _entity("API_KEY", "API key", "secret"),
    _entity("ACCESS_TOKEN", "access token", "secret"),
    _entity("PRIVATE_KEY", "private key", "secret"),
    _entity("PASSWORD", "password", "secret"),
)

_NUMBERS_OF_COUNTRIES = (
    _number("US_BANK_NUMBER", "US bank account number", "US"),
    _number("US_DRIVER_LICENSE", "US driver's license", "US"),
    _number("US_ITIN", "US taxpayer number (ITIN)", "US"),
    _number("US_PASSPORT", "US passport number", "US"),
    _number("US_SSN", "US social security number", "US"),
    _number("US_MBI", "US Medicare beneficiary number", "US"),
    _number("US_NPI", "US health care provider number (NPI)", "US"),
    _number("MEDICAL_LICENSE", "US medical license (DEA number)", "US"),
    _number("ABA_ROUTING_NUMBER", "US bank routing number", "US", direct=False),
    _number("US_HEALTH_INSURANCE_MEMBER_ID", "US health insurance member number", "US"),
    _number("US_PRIOR_AUTHORIZATION_NUMBER", "US prior authorization number", "US"),
    _number("US_CLAIM_NUMBER", "US insurance claim number", "US"),
    _number("US_PRESCRIPTION_NUMBER", "US prescription number", "US"),
    _number("US_REFERRAL_NUMBER", "US referral number", "US"),
    _number("US_PROVIDER_TAX_ID", "US provider tax number", "US", direct=False),
    _number("UK_NHS", "UK health service number (NHS)", "GB"),
    _number("UK_NINO", "UK national insurance number", "GB"),
    _number("UK_PASSPORT", "UK passport number", "GB"),
    _number("UK_DRIVING_LICENCE", "UK driving licence", "GB"),
    Entity(id="UK_POSTCODE", title="UK postcode", family="place", direct=False, country="GB"),
    _number("UK_VEHICLE_REGISTRATION", "UK vehicle registration", "GB"),
    _number("AU_ABN", "Australian business number", "AU", direct=False),
    _number("AU_ACN", "Australian company number", "AU", direct=False),
    _number("AU_MEDICARE", "Australian Medicare number", "AU"),
    _number("AU_TFN", "Australian tax file number", "AU"),
    Entity(
        id="CA_POSTAL_CODE",
        title="Canadian postal code",
        family="place",
        direct=False,
        country="CA",
    ),
    _number("CA_SIN", "Canadian social insurance number", "CA"),
    _number("DE_BSNR", "German medical practice number", "DE", direct=False),
    _number("DE_FUEHRERSCHEIN", "German driving licence", "DE"),
    _number("DE_HANDELSREGISTER", "German trade register number", "DE", direct=False),
    _number("DE_HEALTH_INSURANCE", "German health insurance number", "DE"),
    _number("DE_ID_CARD", "German identity card number", "DE"),
    _number("DE_KFZ", "German vehicle registration", "DE"),
    _number("DE_LANR", "German physician number", "DE"),
    _number("DE_PASSPORT", "German passport number", "DE"),
    Entity(id="DE_PLZ", title="German postal code", family="place", direct=False, country="DE"),
    _number("DE_SOCIAL_SECURITY", "German pension insurance number", "DE"),
    _number("DE_TAX_ID", "German tax identification number", "DE"),
    _number("DE_TAX_NUMBER", "German tax number", "DE"),
    _number("DE_VAT_ID", "German VAT number", "DE", direct=False),
    _number("ES_NIE", "Spanish foreigner number (NIE)", "ES"),
    _number("ES_NIF", "Spanish tax number (NIF)", "ES"),
    _number("ES_PASSPORT", "Spanish passport number", "ES"),
    _number("FI_PERSONAL_IDENTITY_CODE", "Finnish personal identity code", "FI"),
    _number("IN_AADHAAR", "Indian Aadhaar number", "IN"),
    _number("IN_GSTIN", "Indian goods and services tax number", "IN", direct=False),
    _number("IN_PAN", "Indian permanent account number", "IN"),
    _number("IN_PASSPORT", "Indian passport number", "IN"),
    _number("IN_VEHICLE_REGISTRATION", "Indian vehicle registration", "IN"),
    _number("IN_VOTER", "Indian voter number", "IN"),
    _number("IT_DRIVER_LICENSE", "Italian driving licence", "IT"),
    _number("IT_FISCAL_CODE", "Italian fiscal code", "IT"),
    _number("IT_IDENTITY_CARD", "Italian identity card number", "IT"),
    _number("IT_PASSPORT", "Italian passport number", "IT"),
    _number("IT_VAT_CODE", "Italian VAT number", "IT", direct=False),
    _number("KR_BRN", "Korean business registration number", "KR", direct=False),
    _number("KR_DRIVER_LICENSE", "Korean driving licence", "KR"),
    _number("KR_FRN", "Korean foreigner registration number", "KR"),
    _number("KR_PASSPORT", "Korean passport number", "KR"),
    _number("KR_RRN", "Korean resident registration number", "KR"),
    _number("NG_NIN", "Nigerian national identity number", "NG"),
    _number("NG_VEHICLE_REGISTRATION", "Nigerian vehicle registration", "NG"),
    _number("PH_PASSPORT", "Philippine passport number", "PH"),
    _number("PH_TIN", "Philippine taxpayer number", "PH"),
    _number("PH_UMID", "Philippine identity number (UMID)", "PH"),
    _number("PL_PESEL", "Polish PESEL number", "PL"),
    _number("SE_ORGANISATIONSNUMMER", "Swedish organisation number", "SE", direct=False),
    _number("SE_PERSONNUMMER", "Swedish personal identity number", "SE"),
    _number("SG_NRIC_FIN", "Singapore identity number (NRIC/FIN)", "SG"),
    _number("SG_UEN", "Singapore business number (UEN)", "SG", direct=False),
    _number("TH_TNIN", "Thai national identity number", "TH"),
    _number("TR_LICENSE_PLATE", "Turkish license plate", "TR"),
    _number("TR_NATIONAL_ID", "Turkish national identity number", "TR"),
    _number("ZA_COMPANY_REGISTRATION", "South African company number", "ZA", direct=False),
    _number("ZA_DRIVER_LICENSE", "South African driving licence", "ZA"),
    _number("ZA_ID_NUMBER", "South African identity number", "ZA"),
    _number("ZA_INCOME_TAX_NUMBER", "South African income tax number", "ZA"),
    _number("ZA_LICENSE_PLATE", "South African license plate", "ZA"),
    _number("ZA_PASSPORT", "South African passport number", "ZA"),
    _number("ZA_TRAFFIC_REGISTER_NUMBER", "South African traffic register number", "ZA"),
    _number("ZA_VAT_NUMBER", "South African VAT number", "ZA", direct=False),
)

_OF_NO_COUNTRY = (
    _entity("USERNAME", "user name", "name", direct=True),
    _entity("POSTCODE", "postcode", "place"),
    _entity("DEVICE_ID", "number of a device", "technical", direct=True),
    _number("PERSON_ID", "number given to a person", direct=False),
    _number("PASSPORT", "passport number"),
    _number("DRIVER_LICENSE", "driving licence"),
    _number("NATIONAL_ID", "national identity number"),
    _number("TAX_ID", "tax number"),
    _number("HEALTH_ID", "health insurance or record number"),
    _number("BANK_ACCOUNT", "bank account number"),
    _number("LICENSE_PLATE", "vehicle registration"),
)
"""Kinds that a column's name tells, and no pattern: they are what columns are called, of
whatever country."""

ENTITIES: Mapping[str, Entity] = {
    e.id: e for e in (*_GENERAL, *_OF_NO_COUNTRY, *_NUMBERS_OF_COUNTRIES)
}
"""All that are known, the general ones first."""

NAMED = frozenset(
    {
        "PERSON",
        "TITLE",
        "NRP",
        "ORGANIZATION",
        "LOCATION",
        "ADDRESS",
        "COORDINATES",
        "DATE_OF_BIRTH",
        "AGE",
    }
)
"""Those that need a model, lists or a grammar rather than one pattern."""

_NOT_BY_DEFAULT = frozenset({"DATE_TIME", "AGE", "TITLE", "NRP", "DOMAIN_NAME"})
"""A date is no personal data by itself (one of birth is, and has its own id); a domain name is
found as a web address; the others say little where the name beside them is found anyway."""

_OF_COUNTRIES_BY_DEFAULT = (
    *("US_BANK_NUMBER", "US_DRIVER_LICENSE", "US_ITIN", "US_PASSPORT", "US_SSN", "US_MBI"),
    *("US_NPI", "MEDICAL_LICENSE", "ABA_ROUTING_NUMBER"),
    *("UK_NHS", "UK_NINO", "UK_PASSPORT", "UK_DRIVING_LICENCE", "UK_POSTCODE"),
)

DEFAULT_ENTITIES: tuple[str, ...] = (
    *(e.id for e in _GENERAL if e.id not in _NOT_BY_DEFAULT),
    *_OF_COUNTRIES_BY_DEFAULT,
)
"""What is looked for where nothing is said."""


def entity(id_: str) -> Entity:
    """Give what is known of a kind; of one that only its pattern or list knows, its name."""
    known = ENTITIES.get(id_)
    if known is not None:
        return known
    title = id_.replace("_", " ").lower()
    return Entity(id=id_, title=title, family="number", direct=False)


def of_country(country: str) -> tuple[str, ...]:
    """Give the kinds of one country, by its ISO 3166 code in any case; 'UK' is understood."""
    code = {"UK": "GB"}.get(country.upper(), country.upper())
    return tuple(e.id for e in ENTITIES.values() if e.country == code)


def wanted(entities: tuple[str, ...] | None, countries: tuple[str, ...]) -> tuple[str, ...]:
    """Give the kinds to look for: those named, or the usual ones, and those of the countries."""
    named = DEFAULT_ENTITIES if entities is None else entities
    return tuple(dict.fromkeys((*named, *(id_ for c in countries for id_ in of_country(c)))))
