"""Numbers that a key and a value decide: what pseudonyms are drawn with."""

import hmac
import unicodedata

_BYTES = 32


class Draw:
    """An endless row of numbers; the same key and words give the same ones."""

    def __init__(self, secret: bytes, *words: str) -> None:
        # Each word with its length, so that no two lists of words are the same bytes.
        parts = (word.encode("utf-8", "surrogatepass") for word in words)
        whole = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        self._seed = hmac.digest(secret, whole, "sha256")
        self._left = 0
        self._number = 0
        self._count = 0

    def seed(self) -> int:
        """Give a number to seed another source of numbers with."""
        return int.from_bytes(self._seed[:16], "big")

    def below(self, n: int) -> int:
        """Draw a number from 0 to ``n - 1``; ``n`` is at most a million."""
        if self._left < 16:
            block = hmac.digest(self._seed, self._count.to_bytes(4, "big"), "sha256")
            self._number = int.from_bytes(block, "big")
            self._left = _BYTES
            self._count += 1
        self._left -= 8
        self._number, part = divmod(self._number, 2**64)
        return part % n

    def digits(self, n: int) -> str:
        """Draw a number of ``n`` digits, the first of which may be 0."""
        return "".join(str(self.below(10)) for _ in range(n))


def plain(text: str) -> str:
    """Write a value as it decides about its pseudonym: case and spacing do not count."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
