"""Check digits of a whole column: what one number passes by chance, a hundred do not.

A number of ten digits is a valid NHS number one time in eleven, and a telephone number most of the
time. Where every number of a column passes, it is what the check says.
"""

from collections.abc import Callable, Sequence

from audit.pii.column_reads import sample

_FEWEST = 8
"""Numbers without which passing says nothing: by chance all of eight pass once in 10^8."""
_NEARLY_ALL = 0.97
_CARDS = ("2", "3", "4", "5", "6", "1800")
"""What numbers of cards begin with."""


def check_digit(values: Sequence[str]) -> str:
    """Give the kind whose check digit nearly all values pass; empty where they pass none.

    Examples
    --------
    >>> check_digit(["4111 1111 1111 1111", "5500-0000-0000-0004"] * 4)
    'CREDIT_CARD'
    >>> check_digit(["1234567890"] * 8)
    ''
    """
    numbers = [v.replace(" ", "").replace("-", "") for v in sample(values)]
    if len(numbers) < _FEWEST or not all(n.isascii() and n.isdigit() for n in numbers):
        return ""
    for kind, passes in _CHECKS:
        if sum(map(passes, numbers)) >= _NEARLY_ALL * len(numbers):
            return kind
    return ""


def _is_nhs(number: str) -> bool:
    return len(number) == 10 and sum((10 - i) * int(d) for i, d in enumerate(number)) % 11 == 0


def _is_card(number: str) -> bool:
    """Whether a number passes Luhn's check and begins as those of cards do."""
    if not 12 <= len(number) <= 19 or not number.startswith(_CARDS):
        return False
    doubled = (sum(divmod(2 * int(d), 10)) for d in number[-2::-2])
    return (sum(doubled) + sum(map(int, number[::-2]))) % 10 == 0


_CHECKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("UK_NHS", _is_nhs),
    ("CREDIT_CARD", _is_card),
)
