"""Load a file into a version of a new workspace."""

import sys
from pathlib import Path

from audit.runner import load
from audit.store import Workspace

source, scratch = sys.argv[1:3]
space = Workspace.open(Path(scratch) / "workspace")
version = load(Path(source), workspace=space)
assert version.manifest.rows
space.close()
