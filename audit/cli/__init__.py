"""The command line. Data go to standard output, progress and errors to standard error.

Exit codes: 0 passed, 1 findings at or above ``--fail-on``, 2 could not run, 130 interrupted.
"""

from audit.cli.commands import app, main

__all__ = ["app", "main"]
