"""Counting JSON values without parsing them: brackets outside strings, by arithmetic on bytes."""

_OPEN, _CLOSE, _QUOTE, _COMMA = b"{[", b"}]", ord('"'), ord(",")


class StructureCounter:
    """Counts the values at one depth: 0 for values in a row, 1 for elements of an array."""

    def __init__(self, depth: int) -> None:
        self._at = depth
        self._depth = 0
        self._inside = False
        self._held = b""
        self._opened = 0
        self._commas = 0
        self._filled = False

    def feed(self, block: bytes) -> None:
        """Take the next bytes of UTF-8."""
        import numpy as np

        block = self._held + block
        backslashes = len(block) - len(block.rstrip(b"\\"))
        self._held = b"\\" if backslashes % 2 else b""
        block = block[: len(block) - len(self._held)]
        block = block.replace(b"\\\\", b"__").replace(b'\\"', b"__")
        data = np.frombuffer(block, np.uint8)
        quotes = data == _QUOTE
        inside = np.bitwise_xor.accumulate(quotes) if len(data) else quotes
        if self._inside:
            inside = ~inside
        free = data[~inside & ~quotes]
        if len(data):
            self._inside = bool(inside[-1])
        change = np.isin(free, list(_OPEN)).astype(np.int64) - np.isin(free, list(_CLOSE))
        depth = self._depth + np.cumsum(change)
        self._opened += int(np.count_nonzero((change > 0) & (depth == self._at + 1)))
        self._commas += int(np.count_nonzero((free == _COMMA) & (depth == self._at)))
        blank = np.isin(free, list(b" \t\r\n[]"))
        self._filled = (
            self._filled or not bool(blank.all()) or bool(quotes.any()) or self._opened > 0
        )
        self._depth = int(depth[-1]) if len(free) else self._depth

    @property
    def values(self) -> int:
        """Values counted so far; right once all bytes have been fed."""
        if self._at == 0:
            return self._opened
        return self._commas + 1 if self._filled else 0
