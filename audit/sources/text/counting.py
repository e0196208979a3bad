"""Counting records without reading them: line ends outside quotes, by arithmetic on bytes."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_LF = 10


class Counter:
    """Counts records and blank lines in blocks of UTF-8.

    The count holds while quotes stand only where a field begins or ends (or doubled inside
    one): ``sound`` says whether they did. Where they did not, an odd number of quotes says
    nothing, and the csv module has to count.
    """

    def __init__(self, delimiter: str, quote: str, *, after_space: bool = False) -> None:
        self._quote = quote.encode()
        self._before = {_LF, *delimiter.encode()[-1:], *(b" " if after_space else b"")}
        self._after = {_LF, *delimiter.encode()[:1]}
        self._last = _LF
        self._held = b""
        self._inside = False
        self._pending_close = False
        self._lines = 0
        self._empty = True
        self.blank = 0
        self.quotes = 0
        self.sound = True

    def feed(self, block: bytes) -> None:
        """Take the next bytes."""
        block = self._held + block
        self._held = b""
        if block.endswith(b"\r"):
            block, self._held = block[:-1], b"\r"
        self._take(block)

    def finish(self) -> None:
        """There are no more bytes."""
        held, self._held = self._held, b""
        self._take(held)
        self._lines += not self._empty and (self._last != _LF or self._inside)

    @property
    def records(self) -> int:
        """Records that are not blank lines."""
        return self._lines - self.blank

    @property
    def unclosed(self) -> bool:
        """Whether the text ended within quotes."""
        return self._inside

    def _take(self, block: bytes) -> None:
        if not block:
            return
        if b"\r" in block:
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        quoted = bool(self._quote) and self._quote in block
        if quoted or self._inside or self._pending_close:
            self._take_quoted(block)
        else:
            self._take_plain(block)
        self._last = block[-1]
        self._empty = False

    def _take_plain(self, block: bytes) -> None:
        import numpy as np

        # The places of all line ends at once: three times as fast as counting and searching.
        ends = np.flatnonzero(np.frombuffer(block, np.uint8) == _LF)
        self._lines += len(ends)
        self.blank += int(np.count_nonzero(np.diff(ends) == 1))
        self.blank += bool(len(ends) and ends[0] == 0 and self._last == _LF)

    def _take_quoted(self, block: bytes) -> None:
        import numpy as np

        data = np.frombuffer(block, np.uint8)
        quotes = np.flatnonzero(data == self._quote[0])
        ends = np.flatnonzero(data == _LF)
        inside = (np.searchsorted(quotes, ends) + self._inside) % 2 == 1
        outside = ends[~inside]
        self._lines += len(outside)
        self.blank += int(np.count_nonzero(np.diff(outside) == 1))
        starts_blank = len(outside) > 0 and outside[0] == 0
        self.blank += bool(starts_blank and self._last == _LF and not self._inside)
        if self.sound:
            self.sound = self._well_placed(data, quotes)
        self.quotes += len(quotes)
        self._inside = (len(quotes) + self._inside) % 2 == 1

    def _well_placed(self, data: "np.ndarray[Any, Any]", quotes: "np.ndarray[Any, Any]") -> bool:
        """Whether quotes open only after, and close only before, a delimiter or a line end."""
        import numpy as np

        quote = self._quote[0]
        if self._pending_close and int(data[0]) not in {*self._after, quote}:
            return False
        self._pending_close = False
        if len(quotes) == 0:
            return True
        opening = quotes[int(self._inside) :: 2]
        closing = quotes[1 - int(self._inside) :: 2]
        before = np.where(opening > 0, data[opening - 1], self._last)
        if len(closing) and int(closing[-1]) == len(data) - 1:
            self._pending_close = True
            closing = closing[:-1]
        after = data[closing + 1]
        fine_before = np.isin(before, [*self._before, quote])
        fine_after = np.isin(after, [*self._after, quote])
        return bool(fine_before.all() and fine_after.all())
