"""Progress on standard error: one line on a terminal, silence elsewhere."""

import sys
import time


class Line:
    """A progress that rewrites one line of a terminal, at most ten times a second."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, share: float, note: str = "", /) -> None:
        """Show the share done and the stage."""
        now = time.monotonic()
        if self._shown and (now - self._last > 0.1 or share >= 1):
            self._last = now
            sys.stderr.write(f"\r\x1b[K{share:4.0%}  {note}")
            sys.stderr.flush()

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
