"""``python -m audit`` is ``evenhand``."""

from audit.cli import main

main()
