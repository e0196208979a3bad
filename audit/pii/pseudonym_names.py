"""Names of people that are invented, word by word, so that a person is called alike everywhere."""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from audit.errors import ParameterError
from audit.pii.name_words import phrases
from audit.pii.pseudonym_draws import Draw, plain

if TYPE_CHECKING:
    from faker import Faker

_BEFORE = phrases(
    "mr, mrs, ms, miss, mx, dr, prof, professor, sir, madam, dame, lord, lady, herr, frau, hr, "
    "fr, dipl, ing, med, m, mme, mlle, monsieur, madame, sr, sra, srta, don, dona, señor, señora, "
    "sig, signora, rev"
)
_BEHIND = phrases("jr, sr, ii, iii, iv, phd, md, esq, mba, junior, senior")
_PARTICLES = phrases(
    "von, van, der, den, de, del, della, di, da, dos, das, du, la, le, ten, ter, zu, zur, bin, "
    "ibn, al, el, af, av, y"
)
_DOMAINS = ("example.com", "example.org", "example.net")
_MOST_TRIES = 50
_BETWEEN = re.compile(r"[^\w]|[\d_]")
_NO_ADDRESS = re.compile(r"[^a-z0-9.-]")


def source(locale: str) -> "Faker":
    """Give what invents values in a language.

    Raises
    ------
    ParameterError
        Where the language is not known.
    """
    from faker import Faker

    try:
        return Faker(locale, use_weighting=False)
    except (AttributeError, ImportError, ValueError) as error:
        message = "No names are known for this locale."
        raise ParameterError(message, hint="Write it as en_US, de_DE or fr_FR.") from error


class Names:
    """Invents names of people, one word at a time.

    A name that is invented has two parts, as Karen-Lee Hill-Sato: a single name of a list is
    probably somebody's in the data, and would have to be drawn again there and not in the next
    file. Pairs hardly ever are, so a person is called alike in all files.
    """

    def __init__(self, secret: bytes, locale: str) -> None:
        self._secret = secret
        self._source = source(locale)
        self.given_word = lru_cache(maxsize=100_000)(self._given_word)
        self.last_word = lru_cache(maxsize=100_000)(self._last_word)
        self._domain = lru_cache(maxsize=10_000)(self._drawn_domain)

    def given(self, text: str, attempt: int = 0) -> str:
        """Rename given names, each word by itself."""
        return " ".join(_cased(w, self.given_word(plain(w), attempt)) for w in text.split())

    def last(self, text: str, attempt: int = 0) -> str:
        """Rename a family name; 'von' and the like count for what follows, and go."""
        words = text.split()
        own = [w for w in words if plain(w) not in _PARTICLES] or words
        return " ".join(_cased(w, self.last_word(plain(w), attempt)) for w in own)

    def person(self, text: str, attempt: int = 0) -> str:
        """Rename a whole name: 'Dr. Maria Keller' or 'Keller, Maria'. Titles stay."""
        if "," in text and _word(text.partition(",")[2]) not in _BEHIND:
            last, _, given = text.partition(",")
            return f"{self.last(last, attempt)}, {self.person(given, attempt)}".rstrip(", ")
        words = text.replace(",", " ").split()
        begin, end = 0, len(words)
        while begin < end - 1 and _word(words[begin]) in _BEFORE:
            begin += 1
        while end - 1 > begin and _word(words[end - 1]) in _BEHIND:
            end -= 1
        named = self._named(words[begin:end], attempt)
        return " ".join((*words[:begin], *named, *words[end:]))

    def email(self, text: str, attempt: int = 0) -> str:
        """Invent an address; where it is built of two names, of the same two as elsewhere."""
        address = plain(text)
        local, _, domain = address.partition("@")
        words = [w for w in _BETWEEN.split(local) if len(w) > 1]
        if len(words) > 1:
            name = f"{self.given_word(words[0], attempt)}.{self.last_word(words[-1], attempt)}"
        else:
            name = self._alone(words[0] if words else address, attempt)
        number = Draw(self._secret, "address", address, str(attempt)).digits(5)
        return f"{_ascii(name)}.{number}@{self._domain(domain)}"

    def user(self, text: str, attempt: int = 0) -> str:
        """Invent a user name."""
        draw = Draw(self._secret, "user", plain(text), str(attempt))
        return f"{_ascii(self._alone(text, attempt))}{draw.digits(6)}"

    def invented(self, what: str, draw: Draw) -> str:
        """Invent an address, a city or a company, on one line."""
        self._source.seed_instance(draw.seed())
        made = str(getattr(self._source, what)())
        return ", ".join(line.strip() for line in made.splitlines())

    def _named(self, words: list[str], attempt: int) -> list[str]:
        if len(words) == 1:
            return [_cased(words[0], self._alone(words[0], attempt))]
        cut = next((i for i, w in enumerate(words) if i and plain(w) in _PARTICLES), len(words) - 1)
        return [
            self.given(" ".join(words[:cut]), attempt),
            self.last(" ".join(words[cut:]), attempt),
        ]

    def _alone(self, word: str, attempt: int) -> str:
        """Rename a single word: a given name where a list knows it as one."""
        word = plain(word)
        return self.given_word(word, attempt) if word in _given() else self.last_word(word, attempt)

    def _drawn_domain(self, domain: str) -> str:
        return _DOMAINS[Draw(self._secret, "domain", domain).below(len(_DOMAINS))]

    def _given_word(self, word: str, attempt: int) -> str:
        return self._pair("given", word, attempt)

    def _last_word(self, word: str, attempt: int) -> str:
        return self._pair("last", word, attempt)

    def _pair(self, kind: str, word: str, attempt: int) -> str:
        if len(word.strip(".")) == 1 and word.strip(".").isalpha():
            letter = chr(ord("A") + Draw(self._secret, kind, word, str(attempt)).below(26))
            return letter + ("." if word.endswith(".") else "")
        for n in range(_MOST_TRIES):
            draw = Draw(self._secret, kind, word, str(attempt), str(n))
            self._source.seed_instance(draw.seed())
            make = self._source.last_name
            if kind == "given":
                either = (self._source.first_name_female, self._source.first_name_male)
                make = either[draw.below(2)]
            first, second = make(), make()
            if first != second and word not in (plain(first), plain(second)):
                break
        return f"{first}-{second}"


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    """Give the given names that are known as such, in a few languages."""
    from faker.providers.person.de_DE import Provider as German
    from faker.providers.person.en_US import Provider as English
    from faker.providers.person.es_ES import Provider as Spanish
    from faker.providers.person.fr_FR import Provider as French
    from faker.providers.person.it_IT import Provider as Italian

    found = (p.first_names for p in (English, German, Spanish, French, Italian))
    return frozenset(plain(name) for names in found for name in names)


def _word(text: str) -> str:
    return plain(text).strip(".")


def _cased(like: str, name: str) -> str:
    if len(like) > 1 and like.isupper():
        return name.upper()
    return name.lower() if like.islower() else name


def _ascii(text: str) -> str:
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return _NO_ADDRESS.sub("", folded) or "user"
