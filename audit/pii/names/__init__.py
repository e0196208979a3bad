"""Names of people, places and organisations: a model's, and what lists and cues add to it."""

from audit.pii.names.scanner import NameScanner

__all__ = ["NameScanner"]
