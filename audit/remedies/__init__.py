"""Remedies: each file mends one thing. Found by the registry; none imports another."""
