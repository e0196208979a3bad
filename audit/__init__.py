"""Audit a dataset before anyone trains on it."""
