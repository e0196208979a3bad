"""Pseudonyms: invented values that look real, and are the same for the same value everywhere.

A pseudonym is drawn with a secret and with the value: whoever has not the secret cannot try out
whose it is. The same person has the same name in columns of whole names, of given names and of
family names, and in e-mail addresses that are built of both. Numbers are of ranges that are kept
for tests, films and documentation or are never issued; such ranges can be small, so that two
values may share a pseudonym: to join tables, hash.
"""

from collections.abc import Callable
from functools import lru_cache

from audit.errors import ParameterError
from audit.pii import pseudonym_numbers as numbers
from audit.pii.catalogue import ENTITIES, entity
from audit.pii.date_texts import Order, shifted
from audit.pii.name_words import phrases, says
from audit.pii.pseudonym_draws import Draw, plain
from audit.pii.pseudonym_names import Names

PURPOSE = "pseudonyms"
"""What the secret is derived for."""
GIVEN, LAST = "FIRST_NAME", "LAST_NAME"
"""Kinds of which the search knows only PERSON."""
_MOST_DAYS = 180
_MOST_TRIES = 64
_NANP = 10
"""Digits of a number of North America, without its country code."""
_ALIASES = {
    "NAME": "PERSON",
    "FULL_NAME": "PERSON",
    "GIVEN_NAME": GIVEN,
    "SURNAME": LAST,
    "FAMILY_NAME": LAST,
    "EMAIL": "EMAIL_ADDRESS",
    "PHONE": "PHONE_NUMBER",
    "CITY": "LOCATION",
    "COMPANY": "ORGANIZATION",
    "IBAN": "IBAN_CODE",
    "CARD": "CREDIT_CARD",
    "SSN": "US_SSN",
    "IP": "IP_ADDRESS",
    "USER": "USERNAME",
    "BIRTH_DATE": "DATE_OF_BIRTH",
    "ID": "PERSON_ID",
}
_OF_GIVEN = phrases(
    "first name, given name, forename, fore name, middle name, firstname, givenname, middlename, "
    "fname, mname, vorname, vornamen, rufname, prenom, prenoms, nombre de pila, voornaam, "
    "fornavn, fornamn, imie, nome proprio, имя"
)
_OF_LAST = phrases(
    "last name, lastname, lname, surname, surnames, family name, familyname, maiden name, "
    "nachname, familienname, nom de famille, apellido, apellidos, cognome, sobrenome, achternaam, "
    "etternavn, efternavn, efternamn, nazwisko, фамилия"
)


def kind_of(name: str) -> str:
    """Give the kind that somebody calls ``name``: 'person', 'email', 'US_SSN'.

    Raises
    ------
    ParameterError
        Where there is none.
    """
    id_ = name.strip().upper().replace(" ", "_").replace("-", "_")
    id_ = _ALIASES.get(id_, id_)
    if id_ not in ENTITIES and id_ not in (GIVEN, LAST):
        known = sorted({*ENTITIES, GIVEN, LAST, *_ALIASES})
        noun = "kind of pseudonym"
        raise ParameterError.unknown(noun, name, known)
    return id_


def kind_of_column(column: str, entity: str | None) -> str | None:
    """Give the kind for a column that is made of ``entity``: of names, whether given or family."""
    if entity not in (None, "PERSON"):
        return entity
    if says(column, _OF_GIVEN):
        return GIVEN
    return LAST if says(column, _OF_LAST) else entity


class Pseudonyms:
    """Gives pseudonyms.

    Parameters
    ----------
    secret : bytes
        Decides about all of them.
    locale : str
        Language of names, addresses and companies.
    """

    def __init__(self, secret: bytes, *, locale: str = "en_US") -> None:
        self._secret = secret
        self._locale = locale
        self._names = names = Names(secret, locale)
        self._by_name = {
            GIVEN: names.given,
            LAST: names.last,
            "PERSON": names.person,
            "EMAIL_ADDRESS": names.email,
            "USERNAME": names.user,
        }
        self._cached = lru_cache(maxsize=100_000)(self._made)

    def of(
        self,
        kind: str,
        text: str,
        *,
        taken: Callable[[str], bool] | None = None,
        order: Order = "month",
    ) -> str:
        """Give the pseudonym of a value.

        Parameters
        ----------
        kind : str
            Kind of personal data, or :data:`GIVEN` or :data:`LAST`; of others, and of values
            that do not have the form of their kind, digits and letters are exchanged.
        text : str
            The value; case and spacing decide about nothing but the way it is written.
        taken : callable, optional
            Whether a pseudonym may not be given, as it is itself a value of the column; another
            one is drawn then.
        order : {'day', 'month'}
            What comes first in dates that leave it open.
        """
        if not text.strip():
            return text
        own = plain(text)
        for attempt in range(_MOST_TRIES):
            made = self._cached(kind, text, attempt, order)
            if plain(made) != own and not (taken is not None and taken(made)):
                return made
        draw = Draw(self._secret, "longer", kind, own)
        while plain(made) == own or (taken is not None and taken(made)):
            made = numbers.longer(made, draw)
        return made

    def _made(self, kind: str, text: str, attempt: int, order: Order) -> str:
        by_name = self._by_name.get(kind)
        if by_name is not None:
            return by_name(text.strip(), attempt)
        draw = Draw(self._secret, kind, _core(kind, text), str(attempt))
        if kind in _INVENTED:
            return self._names.invented(_INVENTED[kind], draw)
        if kind == "PHONE_NUMBER":
            return numbers.phone(text, draw, self._locale)
        if kind in ("DATE_OF_BIRTH", "DATE_TIME"):
            days = 1 + draw.below(_MOST_DAYS)
            moved = shifted(text, days if draw.below(2) else -days, order)
            return moved if moved is not None else numbers.shape(text, draw)
        return _NUMBERS.get(kind, numbers.shape)(text, draw)


def _core(kind: str, text: str) -> str:
    """Give what decides about a pseudonym: of a number neither spaces nor dashes do."""
    whole = plain(text)
    if entity(kind).family not in ("number", "contact"):
        return whole
    core = "".join(filter(str.isalnum, whole))
    if kind == "PHONE_NUMBER":
        core = core.removeprefix("00")
        return core[1:] if len(core) == _NANP + 1 and core.startswith("1") else core
    return core or whole


_INVENTED = {"ADDRESS": "address", "LOCATION": "city", "ORGANIZATION": "company"}
"""What faker invents, by kind."""
_NUMBERS: dict[str, Callable[[str, Draw], str]] = {
    "US_SSN": numbers.ssn,
    "US_ITIN": numbers.ssn,
    "CREDIT_CARD": numbers.card,
    "IBAN_CODE": numbers.iban,
    "IP_ADDRESS": numbers.ip,
    "MAC_ADDRESS": numbers.mac,
    "UUID": numbers.uuid,
    "URL": numbers.web,
    "DOMAIN_NAME": numbers.web,
    "COORDINATES": numbers.coordinates,
}
