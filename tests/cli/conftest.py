import sys

import pytest

from audit.cli import main


@pytest.fixture
def evenhand(monkeypatch, capfd, tmp_path):
    """Run a command in this process; give exit code, output and errors."""
    monkeypatch.setenv("EVENHAND_WORKSPACE", str(tmp_path / "workspace"))

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["evenhand", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capfd.readouterr()
        return stop.value.code, out, err

    return run
