"""Two generated tables: 30 columns of identifiers, and 30 that are nobody's.

Half of the identifiers stand under names that say nothing. The values come from faker, in several
locales, and from what is written here; the same seed gives the same values.
"""

import base64
import hashlib
import json
import random
import string
from dataclasses import dataclass

from faker import Faker

VALUES = 60


@dataclass(frozen=True)
class Trial:
    name: str
    type: str
    values: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    """Kinds that are right; none for a column that is nobody's."""


def identifiers(seed: int, size: int = VALUES) -> list[Trial]:
    """Columns of 30 kinds of identifiers."""
    rng = random.Random(seed)  # noqa: S311 - a trial, no secret
    us, gb, de, fr, es = (_faker(x, seed) for x in ("en_US", "en_GB", "de_DE", "fr_FR", "es_ES"))
    any_of = lambda *makes: lambda: rng.choice(makes)()  # noqa: E731

    def digits(pattern):
        return "".join(rng.choice("0123456789") if c == "#" else c for c in pattern)

    made = [
        ("col_1", any_of(us.email, de.free_email, fr.company_email), "EMAIL_ADDRESS"),
        ("value", lambda: f"({rng.randint(201, 989)}) {us.numerify('%##-%###')}", "PHONE_NUMBER"),
        (
            "col_3",
            lambda: digits(rng.choice(["+49 30 2######", "+33 1 42 ## ## ##"])),
            "PHONE_NUMBER",
        ),
        ("mobile_no", lambda: digits("2025######"), "PHONE_NUMBER"),
        ("x5", us.ssn, "US_SSN"),
        ("field_6", us.credit_card_number, "CREDIT_CARD"),
        ("col_7", any_of(de.iban, gb.iban, fr.iban), "IBAN_CODE"),
        ("source", us.ipv4, "IP_ADDRESS"),
        ("v9", us.ipv6, "IP_ADDRESS"),
        ("adapter", us.mac_address, "MAC_ADDRESS"),
        ("link", lambda: f"https://www.linkedin.com/in/{us.user_name()}", "URL"),
        ("passport_no", us.passport_number, "PASSPORT US_PASSPORT"),
        (
            "driver_license",
            lambda: us.bothify("?#######").upper(),
            "DRIVER_LICENSE US_DRIVER_LICENSE",
        ),
        ("field_14", lambda: _nhs(rng), "UK_NHS"),
        ("a", any_of(us.first_name, de.first_name, es.first_name), "PERSON"),
        ("last_name", any_of(us.last_name, de.last_name, fr.last_name), "PERSON"),
        ("col_17", any_of(us.name, gb.name, de.name, es.name), "PERSON"),
        ("col_18", any_of(us.street_address, de.street_address), "ADDRESS"),
        ("info", lambda: us.address().replace("\n", ", "), "ADDRESS"),
        ("dob", lambda: us.date_of_birth(minimum_age=18).isoformat(), "DATE_OF_BIRTH"),
        ("col_21", lambda: f"{us.latitude()}, {us.longitude()}", "COORDINATES"),
        ("key_material", lambda: _key(rng), "API_KEY ACCESS_TOKEN"),
        ("pwd", us.password, "PASSWORD"),
        ("blob", lambda: _jwt(rng, us), "ACCESS_TOKEN API_KEY"),
        ("wallet", lambda: _bitcoin(rng), "CRYPTO"),
        ("user_id", us.uuid4, "PERSON_ID UUID"),
        (
            "field_27",
            lambda: f"{rng.choice(['AB', 'JK', 'PR', 'SY'])}{digits('######')}{rng.choice('ABCD')}",
            "UK_NINO",
        ),
        ("dea_number", lambda: _dea(rng), "MEDICAL_LICENSE"),
        ("kontonummer", lambda: digits("##########"), "BANK_ACCOUNT US_BANK_NUMBER"),
        ("username", us.user_name, "USERNAME"),
    ]
    return [
        Trial(
            name,
            "DATE" if name == "dob" else "VARCHAR",
            _distinct(make, size),
            tuple(kinds.split()),
        )
        for name, make, kinds in made
    ]


def harmless(seed: int, size: int = VALUES) -> list[Trial]:
    """30 columns that say nothing of anybody."""
    rng = random.Random(seed)  # noqa: S311 - a trial, no secret
    us = _faker("en_US", seed)

    def digits(pattern):
        return "".join(rng.choice("0123456789") if c == "#" else c for c in pattern)

    made = [
        ("amount", "DOUBLE", lambda: f"{rng.lognormvariate(6, 2):.2f}"),
        ("price", "VARCHAR", lambda: f"${rng.uniform(1, 5000):,.2f}"),
        ("quantity", "BIGINT", lambda: str(rng.randint(1, 900))),
        ("sku", "VARCHAR", lambda: us.bothify("??-#####").upper()),
        ("order_number", "BIGINT", lambda: digits("45########")),
        ("product_name", "VARCHAR", lambda: _product(rng)),
        ("category", "VARCHAR", lambda: rng.choice(_CATEGORIES)),
        ("created_at", "TIMESTAMP", lambda: us.date_time().isoformat(sep=" ")),
        ("order_date", "VARCHAR", lambda: us.date(pattern="%m/%d/%Y")),
        ("rating", "VARCHAR", lambda: f"{rng.randint(1, 50) / 10}"),
        ("discount", "VARCHAR", lambda: f"{rng.randint(0, 99)}%"),
        ("remark", "VARCHAR", lambda: _remark(rng)),
        ("colour", "VARCHAR", lambda: us.color_name()),
        (
            "size",
            "VARCHAR",
            lambda: rng.choice(["XS", "S", "M", "L", "XL", *map(str, range(34, 60))]),
        ),
        ("content", "VARCHAR", lambda: hashlib.sha256(rng.randbytes(8)).hexdigest()),
        ("version", "VARCHAR", lambda: ".".join(str(rng.randint(0, 20)) for _ in range(3))),
        ("file_name", "VARCHAR", lambda: us.file_name()),
        ("unit", "VARCHAR", lambda: rng.choice(["kg", "g", "ml", "l", "pcs", "m", "cm", "box"])),
        ("currency", "VARCHAR", lambda: us.currency_code()),
        ("status", "VARCHAR", lambda: rng.choice(_STATUS)),
        ("active", "BOOLEAN", lambda: rng.choice(["true", "false"])),
        ("severity", "VARCHAR", lambda: rng.choice(["DEBUG", "INFO", "WARN", "ERROR", "FATAL"])),
        ("isbn", "VARCHAR", lambda: us.isbn13()),
        ("compound", "VARCHAR", lambda: _chemical(rng)),
        ("reading", "DOUBLE", lambda: f"{rng.gauss(20, 5):.3f}"),
        ("ts", "BIGINT", lambda: str(rng.randint(1_500_000_000, 1_700_000_000))),
        ("code", "BIGINT", lambda: digits("1########")),
        ("reference", "BIGINT", lambda: digits("7#########")),
        ("transaction", "VARCHAR", lambda: digits("4###############")),
        ("event", "VARCHAR", lambda: _event(rng)),
    ]
    return [Trial(name, type_, _distinct(make, size)) for name, type_, make in made]


_CATEGORIES = (
    "Home & Garden", "Sports", "Toys", "Books", "Electronics", "Grocery", "Beauty", "Automotive",
    "Office Supplies", "Pet Care", "Music", "Baby", "Outdoor Living", "Shoes",
)  # fmt: skip
_STATUS = ("open", "closed", "in progress", "cancelled", "Pending", "Shipped", "ON HOLD")


def _faker(locale, seed):
    fake = Faker(locale)
    fake.seed_instance(seed)
    return fake


def _distinct(make, size):
    return tuple(dict.fromkeys(make() for _ in range(size)))


def _nhs(rng):
    while True:
        first = [rng.randint(0, 9) for _ in range(9)]
        check = 11 - sum(d * (10 - i) for i, d in enumerate(first)) % 11
        if check != 10:
            return "".join(map(str, first)) + str(check % 11)


def _dea(rng):
    d = [rng.randint(0, 9) for _ in range(6)]
    check = (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10
    return f"{rng.choice('ABFM')}{rng.choice(string.ascii_uppercase)}{''.join(map(str, d))}{check}"


def _key(rng):
    letters = string.ascii_letters + string.digits
    tail = lambda n: "".join(rng.choices(letters, k=n))  # noqa: E731
    aws = "AKIA" + "".join(rng.choices(string.ascii_uppercase + "234567", k=16))
    return rng.choice([aws, "ghp_" + tail(36), "sk_live_" + tail(24)])


def _jwt(rng, fake):
    def part(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    body = {"sub": fake.user_name(), "iat": rng.randint(1_600_000_000, 1_700_000_000)}
    head = part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    return ".".join((head, part(json.dumps(body).encode()), part(rng.randbytes(32))))


def _bitcoin(rng):
    raw = b"\0" + rng.randbytes(20)
    raw += hashlib.sha256(hashlib.sha256(raw).digest()).digest()[:4]
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, text = int.from_bytes(raw), ""
    while number:
        number, rest = divmod(number, 58)
        text = alphabet[rest] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


def _product(rng):
    first = ["Wireless", "Classic", "Ultra", "Compact", "Organic", "Premium", "Folding", "Smart"]
    second = ["Mouse", "Backpack", "Water Bottle", "Desk Lamp", "Olive Oil", "Keyboard", "Chair"]
    third = ["", " Pro", " Mini", " 500 ml", " XL", " 2.0", " Set of 4", " Black"]
    return f"{rng.choice(first)} {rng.choice(second)}{rng.choice(third)}"


def _remark(rng):
    what = ["The parcel", "The box", "This item", "The battery", "The fabric", "Delivery"]
    how = ["arrived two days late", "was damaged on one side", "works as described", "is too small",
           "has a strange smell", "looks different from the picture", "feels cheap but solid"]  # fmt: skip
    more = ["", " Would buy again.", " Please send a replacement.", " Not worth the money."]
    return f"{rng.choice(what)} {rng.choice(how)}.{rng.choice(more)}"


def _chemical(rng):
    first = ["sodium", "potassium", "calcium", "methyl", "ethyl", "2-amino", "zinc", "copper(II)"]
    second = ["chloride", "sulfate", "benzoate", "acetate", "nitrate", "phosphate", "oxide"]
    return f"{rng.choice(first)} {rng.choice(second)}"


def _event(rng):
    what = ["Connection to upstream timed out after", "Cache miss, retrying in", "GC pause of"]
    return f"{rng.choice(what)} {rng.randint(1, 900)} ms (worker {rng.randint(1, 64)})"
