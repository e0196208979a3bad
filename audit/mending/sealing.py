"""Encryption of cells that can be undone with the key, to the same bytes each time.

AES-256-GCM. Its nonce must never serve two texts, and the same recipe has to give the same bytes:
so the nonce is the first 12 bytes of a keyed digest of the text and its type, under a key of its
own. Equal values therefore have equal ciphertexts: who reads them sees which are equal, and how
long each is, and nothing else. That a cell was changed is noticed.

A cell is written as ``evh1:TYPE:`` and base64 of nonce, ciphertext and tag.
"""

import base64
import hmac
import re
from collections.abc import Callable, Sequence

from audit.mending.keyed import derived

PREFIX = "evh1:"
_NONCE = 12
_SEALED = re.compile(r"evh1:([A-Z_ ]+(?:\(\d+,\d+\))?):([A-Za-z0-9_=-]+)")
TYPES = re.compile(
    r"VARCHAR|BOOLEAN|U?(?:TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DATE|TIMESTAMP(?:_NS)?"
    r"|TIMESTAMP WITH TIME ZONE|DECIMAL\(\d+,\d+\)"
)
"""Types that are restored."""


class NotOpened(Exception):  # noqa: N818 - says of a cell what it is
    """A cell that this key does not open."""


class Sealer:
    """Encrypts and decrypts texts."""

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM(derived(key, "encryption"))
        self._nonces = derived(key, "nonces of encryption")

    def sealed(self, type_: str) -> Callable[[Sequence[str]], list[str | None]]:
        """Give what encrypts values of a type that are written as texts."""
        kind = type_.encode()

        def seal(text: str) -> str:
            data = text.encode("utf-8", "surrogatepass")
            nonce = hmac.digest(self._nonces, kind + b"\x00" + data, "sha256")[:_NONCE]
            whole = nonce + self._cipher.encrypt(nonce, data, kind)
            return f"{PREFIX}{type_}:{base64.urlsafe_b64encode(whole).decode()}"

        return lambda texts: [seal(text) for text in texts]

    def opened(self, cell: str) -> str:
        """Decrypt a cell; one that is not encrypted stays.

        Raises
        ------
        NotOpened
            Where the key is another, or the cell was changed in whatever way.
        """
        from cryptography.exceptions import InvalidTag

        if not cell.startswith(PREFIX):
            return cell
        match = _SEALED.fullmatch(cell)
        if match is None:
            raise NotOpened
        try:
            whole = base64.urlsafe_b64decode(match[2])
            data = self._cipher.decrypt(whole[:_NONCE], whole[_NONCE:], match[1].encode())
        except (ValueError, InvalidTag):
            raise NotOpened from None
        if base64.urlsafe_b64encode(whole).decode() != match[2]:
            # The same bytes written otherwise: not as it was written here.
            raise NotOpened
        return data.decode("utf-8", "surrogatepass")

    def opens(self, cell: str) -> bool:
        """Whether a cell can be decrypted."""
        try:
            self.opened(cell)
        except NotOpened:
            return False
        return True
