"""Keys, tokens and passwords, as recognizers in Presidio's way.

Written for few false alarms: what has a known beginning is taken by its beginning and length;
what has none only as a value that something named 'password' or the like is given, and only
where it is as mixed as secrets are.
"""

import base64
import binascii
import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

LEAST_BITS = 2.5
"""Shannon entropy per character from which a string may be a password of its own."""
LEAST_BITS_OF_KEY = 3.2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Secret:
    name: str
    entity: str
    regex: str
    needs: str = ""
    """A wider pattern for the prefilter, where ``regex`` has what that does not know."""
    check: str = ""
    score: float = 0.9


_NAMED = r"(?<![A-Za-z0-9])"
_VALUE = r"[\"']?\s{0,3}(?:=>|:=|[:=])\s{0,3}[\"']?"
_CALLED = r"(?i:pass(?:word|wd|phrase|code)?|pwd|kennwort|passwort|mot[_ ]de[_ ]passe|contrase.a)"
_KEY = (
    r"(?i:(?:[a-z0-9]+[_-])*(?:api|access|auth|secret|client|private|encryption|signing|account)"
    r"[_-]?(?:key|token|secret)|secret|token|bearer)"
)

_SECRETS = (
    _Secret(
        name="AWS access key id",
        entity="API_KEY",
        regex=r"(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])",
    ),
    _Secret(
        name="AWS secret access key",
        entity="API_KEY",
        regex=r"(?i:aws.{0,20}(?:secret|key).{0,20}?)[:=\s\"']{1,5}\K[A-Za-z0-9/+]{40}"
        r"(?![A-Za-z0-9/+=])",
        needs=r"(?i:aws).{0,60}[:=\s\"'][A-Za-z0-9/+]{40}",
        check="key",
    ),
    _Secret(
        name="Google API key",
        entity="API_KEY",
        regex=r"(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])",
    ),
    _Secret(
        name="Stripe key",
        entity="API_KEY",
        regex=r"(?<![A-Za-z0-9])(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,247}(?![A-Za-z0-9])",
    ),
    _Secret(
        name="OpenAI or Anthropic key",
        entity="API_KEY",
        regex=r"(?<![A-Za-z0-9])sk-(?:ant-|proj-|svcacct-|admin-)?[A-Za-z0-9_-]{32,200}"
        r"(?![A-Za-z0-9_-])",
        check="key",
    ),
    _Secret(
        name="key of a named setting",
        entity="API_KEY",
        regex=_NAMED + _KEY + _VALUE + r"\K[A-Za-z0-9_\-./+=]{16,200}(?![A-Za-z0-9_\-./+=])",
        needs=r"(?:key|token|secret|bearer)" + _VALUE + r"[A-Za-z0-9_\-./+=]{16}",
        check="key",
        score=0.7,
    ),
    _Secret(
        name="GitHub token",
        entity="ACCESS_TOKEN",
        regex=r"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{82})"
        r"(?![A-Za-z0-9_])",
    ),
    _Secret(
        name="GitLab token",
        entity="ACCESS_TOKEN",
        regex=r"(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[A-Za-z0-9_-]{20,64}"
        r"(?![A-Za-z0-9_-])",
    ),
    _Secret(
        name="Slack token",
        entity="ACCESS_TOKEN",
        regex=r"(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,250}(?![A-Za-z0-9-])",
    ),
    _Secret(
        name="Hugging Face token",
        entity="ACCESS_TOKEN",
        regex=r"(?<![A-Za-z0-9])(?:hf_|api_org_)[A-Za-z]{34}(?![A-Za-z0-9])",
    ),
    _Secret(
        name="npm token",
        entity="ACCESS_TOKEN",
        regex=r"(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])",
    ),
    _Secret(
        name="PyPI token",
        entity="ACCESS_TOKEN",
        regex=r"(?<![A-Za-z0-9])pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,1000}(?![A-Za-z0-9_-])",
    ),
    _Secret(
        name="JSON web token",
        entity="ACCESS_TOKEN",
        regex=r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{2,20000}"
        r"\.[A-Za-z0-9_-]{0,2000}(?![A-Za-z0-9_-])",
        needs=r"eyJ[A-Za-z0-9_-]{8}[A-Za-z0-9_-]*\.[A-Za-z0-9_-]{2}",
        check="jwt",
    ),
    _Secret(
        name="private key",
        entity="PRIVATE_KEY",
        regex=r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"
        r"(?:[^-]{0,20000}-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|[^-]{0,20000})",
        needs=r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY",
        score=1.0,
    ),
    _Secret(
        name="password in an address",
        entity="PASSWORD",
        regex=r"\b[A-Za-z][A-Za-z0-9+.-]{1,20}://\K[^\s:/@\"'<>]{0,64}:[^\s/@\"'<>]{3,128}"
        r"@[A-Za-z0-9\[][A-Za-z0-9.\-\]:]*",
        needs=r"://[^\s:/@\"'<>]{0,64}:[^\s/@\"'<>]{3,128}@",
        check="address",
    ),
    _Secret(
        name="password that is given",
        entity="PASSWORD",
        regex=_NAMED
        + r"(?:[A-Za-z0-9]+[_-])?"
        + _CALLED
        + _VALUE
        + r"\K[^\s\"',;<>(){}\[\]]{6,64}(?![^\s\"',;<>)}\]])",
        needs=r"(?i:pass|pwd|kennwort|contrase)[^\s]{0,8}" + _VALUE + r"[^\s\"',;<>(){}\[\]]{6}",
        check="password",
        score=0.75,
    ),
)


def bits(text: str) -> float:
    """Shannon entropy of the characters of a text, in bits per character."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def is_key(text: str) -> bool:
    """Whether a string is as mixed as a key: digits and letters, in no order."""
    mixed = any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    return mixed and bits(text) >= LEAST_BITS_OF_KEY


def is_given(text: str) -> bool:
    """Whether a string is a password itself and not a place for one."""
    return text[0] not in "$<{%*[" and set(text.lower()) - {"x"} != set() and len(set(text)) > 2


def has_password(address: str) -> bool:
    """Whether user:password@host gives a password, not a place for one."""
    return is_given(address.partition(":")[2].rpartition("@")[0])


def is_password(text: str) -> bool:
    """Whether a string that something called password is given can be one."""
    kinds = sum(
        (
            any(c.isdigit() for c in text),
            any(c.isalpha() for c in text),
            any(not c.isalnum() for c in text),
        )
    )
    return is_given(text) and kinds >= 2 and bits(text) >= LEAST_BITS


def is_jwt(text: str) -> bool:
    """Whether the first part of a token is the header of one."""
    head = text.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError):
        return False
    return isinstance(header, dict) and "alg" in header


_CHECKS = {
    "key": is_key,
    "address": has_password,
    "password": is_password,
    "jwt": is_jwt,
}


def made(wanted: frozenset[str]) -> Iterator[Any]:
    """Make the recognizers of secrets of the wanted kinds."""
    for secret in _SECRETS:
        if secret.entity in wanted:
            yield _class()(secret)


@cache
def _class() -> type:
    import regex
    from presidio_analyzer import Pattern, PatternRecognizer

    class SecretRecognizer(PatternRecognizer):  # type: ignore[misc, unused-ignore]
        """A secret that is told by how it is written, upper and lower case apart."""

        def __init__(self, secret: _Secret) -> None:
            self.needs = {secret.name: secret.needs}
            self._check = _CHECKS.get(secret.check)
            # Only what a decoded header or the form of an address proves is certain.
            self._proof = secret.check in {"jwt", "address"}
            super().__init__(
                supported_entity=secret.entity,
                name=secret.name,
                patterns=[Pattern(secret.name, secret.regex, secret.score)],
                global_regex_flags=regex.DOTALL | regex.MULTILINE,
            )

        def validate_result(self, pattern_text: str) -> bool | None:
            return self._check(pattern_text) if self._proof and self._check else None

        def invalidate_result(self, pattern_text: str) -> bool | None:
            return self._check is not None and not self._check(pattern_text)

    return SecretRecognizer
