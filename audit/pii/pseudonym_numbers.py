"""Invented numbers: of the form of the real ones, from ranges that nobody is given."""

import re

from audit.pii.pseudonym_draws import Draw

_IPV4 = ((192, 0, 2), (198, 51, 100), (203, 0, 113))
"""Networks for documentation (RFC 5737)."""
_CARD = "400000"
"""Begin of cards that are for tests."""
_FICTION = {
    "44": ("7700900", 3),
    "49": ("3023125", 3),
    "33": ("63998", 4),
    "61": ("25550", 4),
}
"""By country code, numbers kept for films (Ofcom, BNetzA, ARCEP, ACMA), and digits that are free."""
_NOBODY = "000"
"""Numbers of no subscriber begin like this, whatever the country."""
_EXTENSION = re.compile(r"(?:ext?\.?|x|#)\s*\d+\s*$", re.IGNORECASE)
_TRUNK = {"de": "49", "fr": "33", "en_GB": "44", "en_AU": "61"}
"""By language, the country whose numbers are written without its code."""


def shape(text: str, draw: Draw) -> str:
    """Draw another digit for each digit and another letter for each letter; the rest stays."""
    return "".join([_other(character, draw) for character in text])


def longer(text: str, draw: Draw) -> str:
    """Add digits, where a form has too few values to choose from."""
    return text + draw.digits(4)


def laid_out(like: str, digits: str) -> str:
    """Write digits in the places of those of another number; too many or too few: at its end."""
    left = iter(digits)
    out = [next(left, "") if c.isdigit() else c for c in like]
    return "".join((*out, *left))


def ssn(text: str, draw: Draw) -> str:
    """Draw a social security number of an area (9xx) that is never issued, no taxpayer number."""
    number = f"{900 + draw.below(100)}{1 + draw.below(49):02d}{1 + draw.below(9999):04d}"
    return laid_out(text, number) if _count(text) == len(number) else _dashed(number)


def card(text: str, draw: Draw) -> str:
    """Draw the number of a card for tests, with its check digit."""
    n = _count(text) if 13 <= _count(text) <= 19 else 16
    body = _CARD + draw.digits(n - len(_CARD) - 1)
    return laid_out(text, body + _luhn(body))


def iban(text: str, draw: Draw) -> str:
    """Draw an IBAN of the same country with a bank that does not exist and right check digits."""
    compact = re.sub(r"\s", "", text).upper()
    country, account = compact[:2], compact[4:]
    if not re.fullmatch(r"[A-Z]{2}", country) or not account.isalnum() or not account.isascii():
        return shape(text, draw)
    bank = account[:4]
    begin = "".join("X" if c.isalpha() else "0" for c in bank)
    made = begin + shape(account[4:], draw)
    number = "".join(str(int(c, 36)) for c in f"{made}{country}00")
    whole = f"{country}{98 - int(number) % 97:02d}{made}"
    return " ".join(re.findall(".{1,4}", whole)) if " " in text.strip() else whole


def phone(text: str, draw: Draw, locale: str) -> str:
    """Draw a number that is kept for films, in the form of the real one."""
    digits = "".join(filter(str.isdigit, text))
    number = _EXTENSION.sub("", text)
    code = _code(number)
    if code is None and number.strip().startswith("0"):
        code = _TRUNK.get(locale) or _TRUNK.get(locale[:2])
        if code is not None:
            begin, free = _FICTION[code]
            return f"0{begin}{draw.digits(free)}"
    if code is not None and code != "1":
        begin, free = _FICTION.get(code, (_NOBODY, max(4, len(digits) - len(code) - 3)))
        return f"+{code} {begin}{draw.digits(free)}"
    local = f"55501{draw.digits(2)}"
    if _count(number) == 7:
        return laid_out(number, local)
    area = f"{2 + draw.below(8)}{draw.below(9)}{draw.below(10)}"
    whole = ("1" if _count(number) == 11 else "") + area + local
    return (
        laid_out(number, whole) if _count(number) == len(whole) else f"+1 {area}-555-{whole[-4:]}"
    )


def ip(text: str, draw: Draw) -> str:
    """Draw an address of a network for documentation."""
    if ":" in text:
        groups = ":".join(f"{draw.below(65536):x}" for _ in range(4))
        return f"2001:db8:{groups}::{1 + draw.below(9999):x}"
    a, b, c = _IPV4[draw.below(len(_IPV4))]
    return f"{a}.{b}.{c}.{1 + draw.below(254)}"


def mac(text: str, draw: Draw) -> str:
    """Draw an address of the range that anybody may give to a device of their own."""
    mark = next((c for c in text if not c.isalnum()), ":")
    return mark.join(("02", *(f"{draw.below(256):02x}" for _ in range(5))))


def uuid(text: str, draw: Draw) -> str:
    """Draw a UUID."""
    del text
    number = "".join(f"{draw.below(16):x}" for _ in range(32))
    parts = (number[:8], number[8:12], f"4{number[13:16]}", f"8{number[17:20]}", number[20:])
    return "-".join(parts)


def web(text: str, draw: Draw) -> str:
    """Draw a web address below a domain for examples."""
    begin = "https://" if "/" in text else ""
    return f"{begin}example.org/{draw.below(16**5):05x}{draw.below(16**4):04x}"


def coordinates(text: str, draw: Draw) -> str:
    """Draw degrees with as many decimals, where they fit as latitude and as longitude."""
    return re.sub(r"-?\d{1,3}(?:\.(\d+))?", lambda m: _degrees(len(m[1] or ""), draw), text)


def _degrees(decimals: int, draw: Draw) -> str:
    whole = str(draw.below(121) - 60)
    return f"{whole}.{draw.digits(decimals)}" if decimals else whole


def _other(character: str, draw: Draw) -> str:
    if character.isdigit():
        return str(draw.below(10))
    if not character.isalpha():
        return character
    letter = chr(ord("a") + draw.below(26))
    return letter.upper() if character.isupper() else letter


def _count(text: str) -> int:
    return sum(map(str.isdigit, text))


def _dashed(number: str) -> str:
    return f"{number[:3]}-{number[3:5]}-{number[5:]}"


def _luhn(body: str) -> str:
    doubled = (sum(divmod(2 * int(d), 10)) for d in body[::-2])
    total = sum(doubled) + sum(map(int, body[-2::-2]))
    return str(-total % 10)


def _code(number: str) -> str | None:
    """Give the country code that a number is written with."""
    import phonenumbers

    written = number.strip()
    written = "+" + written[2:] if written.startswith("00") else written
    if not written.startswith("+"):
        return None
    try:
        return str(phonenumbers.parse(written, None).country_code)
    except phonenumbers.NumberParseException:
        return None
