"""What is made with the secret key: one key for each purpose, and digests of texts.

A text is digested as people mean it: in Unicode's composed form (NFC) and without white space
at its ends. Case counts.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Sequence

from audit.registry import Settings
from audit.store.texts import WHITE_SPACE

_WITHIN = b"evenhand\x00"


def derived(key: bytes, purpose: str) -> bytes:
    """Give the key of one purpose; what one gives away says nothing of another."""
    return hmac.digest(key, _WITHIN + purpose.encode(), "sha256")


def normal(text: str) -> str:
    """Write a text as it is digested."""
    return unicodedata.normalize("NFC", text).strip(WHITE_SPACE)


class KeyedStep(Settings):
    """Base of steps that need the secret key."""

    def needs_key(self) -> bool:
        """Whether it does: always."""
        return True


class Digests:
    """Keyed digests (HMAC-SHA256) of texts for one purpose.

    Equal texts have equal digests in every column and every file; without the key nobody can
    tell which text a digest is of, not even by trying all of them.
    """

    def __init__(self, key: bytes, purpose: str) -> None:
        self._begun = hmac.new(derived(key, purpose), digestmod=hashlib.sha256)

    def digest(self, text: str) -> bytes:
        """Give the digest of a text, 32 bytes."""
        begun = self._begun.copy()
        begun.update(normal(text).encode("utf-8", "surrogatepass"))
        return begun.digest()

    def written(self, texts: Sequence[str], length: int = 64) -> list[str]:
        """Give the first ``length`` hexadecimal digits of the digest of each text."""
        return [self.digest(text).hex()[:length] for text in texts]


HASH = "keyed hash"
"""The purpose of hashes that stand in cells: the same for whole cells and pieces of texts."""
