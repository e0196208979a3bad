"""What people say is no personal data is none, nor is what stands within it."""

from audit.pii.lists import AllowList
from audit.pii.options import ScanOptions
from audit.pii.scanner import Scanner
from audit.pii.values import Hit


def hit(entity: str, start: int, end: int) -> Hit:
    return Hit(entity=entity, start=start, end=end, score=0.5, recognizer="Some")


def test_an_allowed_address_allows_the_domain_within_it() -> None:
    text = "Write to help@shop.com or see other.com"
    options = ScanOptions(allow=("HELP@shop.com",), names=False)
    with Scanner(options, workers=1) as scanner:
        [hits] = scanner.scan([text], names=False).hits
    assert [(h.entity, text[h.start : h.end]) for h in hits] == [("URL", "other.com")]


def test_what_reaches_beyond_what_is_allowed_stays() -> None:
    text = "Jane Roe, 12 Main Street"
    name, part, whole = hit("PERSON", 0, 8), hit("PERSON", 5, 8), hit("ADDRESS", 0, 24)
    assert AllowList(["jane roe"]).without(text, [whole, part, name]) == [whole]
