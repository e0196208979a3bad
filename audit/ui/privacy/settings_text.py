"""Lists of the settings as lines of text: read with the line that is wrong, and written back."""

import re
from collections.abc import Iterator, Mapping, Sequence

from audit.errors import ParameterError
from audit.pii.catalogue import ENTITIES
from audit.pii.options import MOST_PATTERN, OwnPattern

_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,59}")
_SCORE = re.compile(r"(.+?)\s+([01](?:\.\d+)?|\.\d+)")
OWN_SCORE = OwnPattern.model_fields["score"].default


def read_values(text: str) -> tuple[str, ...]:
    """Read one value a line; empty lines and repeats are passed over."""
    return tuple(dict.fromkeys(line for _, line in _lines(text)))


def read_deny(text: str) -> dict[str, tuple[str, ...]]:
    """Read 'KIND: a word or a phrase' lines."""
    found: dict[str, list[str]] = {}
    for number, line in _lines(text):
        kind, value = _halves(number, line, "PERSON: Jane Doe")
        found.setdefault(kind, []).append(value)
    return {kind: tuple(dict.fromkeys(values)) for kind, values in found.items()}


def read_thresholds(text: str) -> dict[str, float]:
    """Read 'KIND: score' lines."""
    found = {}
    for number, line in _lines(text):
        kind, value = _halves(number, line, "PHONE_NUMBER: 0.6")
        found[kind] = _score(number, value, least=0.0)
    return found


def read_patterns(text: str) -> tuple[OwnPattern, ...]:
    r"""Read 'KIND: pattern' or 'KIND 0.9: pattern' lines.

    Examples
    --------
    >>> read_patterns(r"STAFF_NUMBER 0.9: \bE\d{6}\b")[0].score
    0.9
    """
    found = []
    for number, line in _lines(text):
        head, pattern = _split(number, line, r"STAFF_NUMBER: \bE\d{6}\b")
        scored = _SCORE.fullmatch(head)
        name, score = (scored[1], scored[2]) if scored else (head, str(OWN_SCORE))
        if len(pattern) > MOST_PATTERN:
            message = f"Line {number}: the pattern has {len(pattern)} characters."
            raise ParameterError(message, hint=f"At most {MOST_PATTERN} are allowed.")
        found.append(
            OwnPattern(
                entity=kind_id(number, name),
                pattern=pattern,
                score=_score(number, score, least=0.01),
            )
        )
    return tuple(found)


def write_deny(deny: Mapping[str, Sequence[str]]) -> str:
    """Write what :func:`read_deny` reads."""
    return "\n".join(f"{kind}: {value}" for kind, values in deny.items() for value in values)


def write_thresholds(thresholds: Mapping[str, float]) -> str:
    """Write what :func:`read_thresholds` reads."""
    return "\n".join(f"{kind}: {score:g}" for kind, score in thresholds.items())


def write_patterns(patterns: Sequence[OwnPattern]) -> str:
    """Write what :func:`read_patterns` reads."""
    return "\n".join(
        f"{p.entity}{'' if p.score == OWN_SCORE else f' {p.score:g}'}: {p.pattern}"
        for p in patterns
    )


def kind_id(number: int, text: str) -> str:
    """Read a kind by its id or by what it is called: 'phone number' is PHONE_NUMBER."""
    plain = text.strip().casefold()
    for id_, entity in ENTITIES.items():
        if plain in (id_.casefold(), entity.title.casefold()):
            return id_
    written = re.sub(r"[\s-]+", "_", text.strip()).upper()
    if not _NAME.fullmatch(written):
        message = f"Line {number}: this is no name of a kind."
        raise ParameterError(
            message, hint="Letters, digits and underscores, a letter first: STAFF_NUMBER."
        )
    return written


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, line.strip()


def _halves(number: int, line: str, example: str) -> tuple[str, str]:
    head, value = _split(number, line, example)
    return kind_id(number, head), value


def _split(number: int, line: str, example: str) -> tuple[str, str]:
    head, colon, value = line.partition(":")
    if not colon or not head.strip() or not value.strip():
        message = f"Line {number} does not say of which kind it is."
        raise ParameterError(message, hint=f"Write the kind, a colon and the rest: {example}")
    return head.strip(), value.strip()


def _score(number: int, text: str, *, least: float) -> float:
    try:
        score = float(text)
    except ValueError:
        score = -1.0
    if not least <= score <= 1:
        message = f"Line {number}: a score is a number from {least:g} to 1."
        raise ParameterError(message, hint="For example: PHONE_NUMBER: 0.6")
    return score
