"""The command line. Data go to standard output, progress and errors to standard error.

Exit codes: 0 passed, 1 findings at or above ``--fail-on``, 2 could not run, 130 interrupted.
"""

import sys

from audit import ahead


def main() -> None:
    """Run the command that the arguments name, and exit with its code."""
    if sys.argv[1:2] == ["audit"]:
        ahead.start()
    from audit.cli import apply, compare, export, pii_eval  # noqa: F401 - their commands are registered
    from audit.cli.commands import main as run

    try:
        run()
    finally:
        ahead.drop()
