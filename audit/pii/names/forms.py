"""Legal forms of companies, by which their names are told."""

_ANY_CASE = "inc incorporated ltd limited llc llp plc corp corporation gmbh pty"
LEGAL = frozenset(_ANY_CASE.split())
"""In small letters: they count however they are written."""

_AS_WRITTEN = (
    "AG KG KGaA OHG UG SARL SAS SpA SPA SRL BV NV AB Oy OY Oyj ApS ASA AS Kft Zrt Lda SA LP"
)
_SHORT = frozenset(_AS_WRITTEN.split())


def is_form(written: str) -> bool:
    """Whether a word is a legal form; 'as' and 'sa' are none, AS and SA are."""
    return written in _SHORT or written.lower() in LEGAL
