"""Numbers that a key and a value decide: what pseudonyms are drawn with."""

import hmac
import struct
import unicodedata

_NUMBERS = struct.Struct(">8x3Q")
"""Three numbers of each block, which are drawn from its end; its first bytes are left."""


class Draw:
    """An endless row of numbers; the same key and words give the same ones."""

    def __init__(self, secret: bytes, *words: str) -> None:
        # Each word with its length, so that no two lists of words are the same bytes.
        whole = b""
        for word in words:
            part = word.encode("utf-8", "surrogatepass")
            whole += len(part).to_bytes(4, "big") + part
        self._seed = hmac.digest(secret, whole, "sha256")
        self._left: list[int] = []
        self._count = 0

    def seed(self) -> int:
        """Give a number to seed another source of numbers with."""
        return int.from_bytes(self._seed[:16], "big")

    def below(self, n: int) -> int:
        """Draw a number from 0 to ``n - 1``; ``n`` is at most a million."""
        if not self._left:
            block = hmac.digest(self._seed, self._count.to_bytes(4, "big"), "sha256")
            self._left = list(_NUMBERS.unpack(block))
            self._count += 1
        return self._left.pop() % n

    def digits(self, n: int) -> str:
        """Draw a number of ``n`` digits, the first of which may be 0."""
        return "".join([str(self.below(10)) for _ in range(n)])


def plain(text: str) -> str:
    """Write a value as it decides about its pseudonym: case and spacing do not count."""
    whole = text if text.isascii() else unicodedata.normalize("NFC", text)
    return " ".join(whole.casefold().split())
