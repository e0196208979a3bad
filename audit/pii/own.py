"""The user's own patterns, in RE2: one match takes linear time at most, whatever is written there.

All matches in a text may still take as many times longer as there are: 'a.*b|a' reads a row of a's
to its end for each of them. So there is a limit, and what exceeds it is told.
"""

import math
import re
import time
from collections.abc import Iterator, Sequence
from typing import Any

from audit.errors import ParameterError
from audit.pii.options import OwnPattern
from audit.pii.values import Hit

RECOGNIZER = "own pattern"
_HALVES = re.compile("[\ud800-\udfff]")


class OwnPatterns:
    """Finds what the user's own patterns match.

    Raises
    ------
    ParameterError
        If a pattern is not one of RE2.
    """

    def __init__(self, patterns: Sequence[OwnPattern]) -> None:
        self._patterns = tuple((p, _compiled(p)) for p in patterns)

    def find(self, text: str, deadline: float = math.inf) -> Iterator[Hit]:
        """Yield the matches in a text; empty ones count for nothing.

        Raises
        ------
        TimeoutError
            If they are not found at ``deadline``, in seconds of :func:`time.monotonic`.
        """
        if not text.isascii():
            # Half of a surrogate pair cannot be written in UTF-8, as RE2 reads texts.
            text = _HALVES.sub("\ufffd", text)
        for pattern, compiled in self._patterns:
            for match in compiled.finditer(text):
                if time.monotonic() > deadline:
                    raise TimeoutError
                if match.end() > match.start():
                    yield Hit(
                        entity=pattern.entity,
                        start=match.start(),
                        end=match.end(),
                        score=pattern.score,
                        recognizer=RECOGNIZER,
                    )

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._patterns)


def _compiled(pattern: OwnPattern) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern.pattern, options)
    except re2.error as error:
        told = error.args[0]
        told = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
        problem = f"The pattern for {pattern.entity}, {pattern.pattern!r}, is not valid: {told}."
        hint = "It is read as RE2 does: no look-around and no back-references."
        raise ParameterError(problem, hint=hint) from None
    if compiled.fullmatch(""):
        problem = f"The pattern for {pattern.entity}, {pattern.pattern!r}, matches nothing at all."
        raise ParameterError(problem, hint="Write it so that it needs at least one character.")
    return compiled
