"""Judge: one file per check, found by the registry.

A check imports no other check; what several of them need stands in ``audit.judging``.
"""
