"""Names of columns cut short, so that no two of them look the same."""

from collections import Counter
from collections.abc import Sequence


def told_apart(names: Sequence[str], most: int) -> dict[str, str]:
    """Cut names to ``most`` characters; those that would look alike keep their ends or a number.

    Examples
    --------
    >>> told_apart(["income of year 2020", "income of year 2021", "age"], 15)
    {'income of year 2020': 'income …ar 2020', 'income of year 2021': 'income …ar 2021', 'age': 'age'}
    """
    cut = {name: name if len(name) <= most else name[: most - 1].rstrip() + "…" for name in names}
    for other in (_middle, _numbered):
        seen = Counter(cut.values())
        cut = {
            name: other(name, most, i) if seen[text] > 1 else text
            for i, (name, text) in enumerate(cut.items(), start=1)
        }
    return cut


def _middle(name: str, most: int, _: int) -> str:
    tail = (most - 1) // 2
    return f"{name[: most - 1 - tail]}…{name[-tail:]}" if len(name) > most else name


def _numbered(name: str, most: int, i: int) -> str:
    end = f"… ({i})"
    return name[: most - len(end)] + end
