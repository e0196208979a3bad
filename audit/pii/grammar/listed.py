"""Lists of words as they are written in the vocabularies."""


def listed(words: str) -> frozenset[str]:
    """Give the words of a text, which are parted by white space, as a set."""
    return frozenset(words.split())
