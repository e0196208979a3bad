"""Patterns: Presidio's recognizers behind a prefilter, secrets, phone numbers, own patterns."""

from audit.pii.patterns.scanner import PatternScanner, RawHits

__all__ = ["PatternScanner", "RawHits"]
