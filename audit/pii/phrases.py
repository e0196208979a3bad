"""One pattern for many phrases, as a tree of their beginnings.

Tried one after the other, ten thousand phrases that begin alike would be tried at each place where
one may begin: seconds for a page of text. In the tree each letter of the text is looked at once.
"""

import re
from collections.abc import Iterable, Iterator

_DEEPEST = 40
"""Branches within branches: Python's engine takes some hundreds, phrases may have more."""
_END = ""
"""Marks in a node that a phrase may end there."""
_SPACE = r"\s+"

_Tree = dict[str, "_Tree"]


def pattern_of(phrases: Iterable[str]) -> str:
    r"""Write a pattern that takes the longest phrase at a place, as whole words.

    It is for upper and lower case alike; a space stands for white space of any length.

    Examples
    --------
    >>> pattern_of(["ann", "ann lee", "anna"])
    'ann(?:\\s+lee(?!\\w)|a(?!\\w)|(?!\\w))'
    """
    tree: _Tree = {}
    for phrase in sorted(phrases):
        node = tree
        for character in phrase:
            node = node.setdefault(_alike(character), {})
        node[_END] = {}
    return _written(tree, "", 0)


def _alike(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _written(node: _Tree, before: str, depth: int) -> str:
    """Write what may follow in a node; ``before`` is the character that leads to it."""
    straight: list[str] = []
    while len(node) == 1 and _END not in node:
        before, node = next(iter(node.items()))
        straight.append(_literal(before))
    ends = [_border(before)] if _END in node else []
    if depth == _DEEPEST:
        rests = sorted(_rests(node), key=lambda rest: (-len(rest), rest))
        parts = ["".join(map(_literal, rest)) + _border((before + rest)[-1:]) for rest in rests]
    else:
        further = ((c, inner) for c, inner in node.items() if c != _END)
        parts = [_literal(c) + _written(inner, c, depth + 1) for c, inner in further] + ends
    whole = "|".join(parts)
    return "".join(straight) + (f"(?:{whole})" if len(parts) > 1 else whole)


def _rests(node: _Tree) -> Iterator[str]:
    """Yield what is missing from a node to the end of each phrase."""
    waiting = [("", node)]
    while waiting:
        rest, inner = waiting.pop()
        if _END in inner:
            yield rest
        waiting += ((rest + c, further) for c, further in inner.items() if c != _END)


def _literal(character: str) -> str:
    return _SPACE if character == " " else re.escape(character)


def _border(character: str) -> str:
    """Ask that a word which ends with a character ends there."""
    return r"(?!\w)" if re.match(r"\w", character) else ""
