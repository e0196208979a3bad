"""What travels: the lock names no index, the wheel holds the app."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_lock_has_hashes_and_no_address():
    text = (ROOT / "requirements.txt").read_text()
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(
        r"\n(?=[a-z])", "\n".join(line for line in text.splitlines() if line[:1] != "#")
    )
    assert len(entries) > 40
    for entry in entries:
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    locked = (ROOT / "requirements.txt").read_text().lower()
    for requirement in asked:
        name = re.split(r"[<>=!~\[; ]", requirement)[0].lower()
        assert re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE), name


def test_the_wheel_holds_the_app_its_pages_and_the_samples(tmp_path):
    script = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=True)
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    assert "audit/_app/app.py" in names
    assert "audit/_app/.streamlit/config.toml" in names
    for folder in ("pages", "sample_data"):
        inside = {p.relative_to(ROOT) for p in (ROOT / folder).rglob("*") if p.is_file()}
        inside = {p for p in inside if "__pycache__" not in p.parts}
        assert inside
        assert {f"audit/_app/{p.as_posix()}" for p in inside} <= set(names)
