"""Which findings are told where there are too many."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from audit.format import counted, plural
from audit.model import Finding

_T = TypeVar("_T")


def in_turn(cases: Sequence[_T], columns_of: Callable[[_T], tuple[str, ...]]) -> list[_T]:
    """Order cases, given the worst first, so that each set of columns has its turn.

    First the worst of each single column, then the second worst of these and the worst of
    each two columns, and so on: neither a column of many groups nor the many groups
    in which columns meet hide what there is to say of the others.

    Examples
    --------
    >>> in_turn(["age 1", "age+sex 1", "age 2", "age 3", "sex 1"], lambda c: c.split()[0].split("+"))
    ['age 1', 'sex 1', 'age 2', 'age+sex 1', 'age 3']
    """
    seen: Counter[tuple[str, ...]] = Counter()
    ranked = []
    for i, case in enumerate(cases):
        columns = tuple(columns_of(case))
        ranked.append((seen[columns] + len(columns), len(columns), i))
        seen[columns] += 1
    return [cases[i] for _, _, i in sorted(ranked)]


def capped(
    cases: Sequence[_T],
    most: int,
    build: Callable[[_T], Finding],
    noun: str,
    *,
    unlisted: int = 0,
) -> Iterator[Finding]:
    """Make findings of the first ``most`` cases; the last says how many more there are.

    Parameters
    ----------
    cases : sequence
        In the order in which they are chosen.
    most : int
        Findings at the most.
    build : callable
        Makes the finding of a case.
    noun : str
        What a case is, in the singular.
    unlisted : int
        Further ones that are no cases here, but have been counted.

    Yields
    ------
    Finding
        The most severe first, as lists of findings show them.
    """
    found = sorted(map(build, cases[:most]), key=lambda f: (-f.severity, f.columns, f.group))
    left = len(cases) - len(found) + unlisted
    yield from found[:-1]
    if not found:
        return
    last = found[-1]
    if left:
        told = f"{counted(left, f'more {noun}')} of this kind {plural(left, 'is')} not listed here."
        last = replace(last, caveats=(*last.caveats, told))
    yield last
