"""docs/checks.md says what the code says."""

import importlib.util
from pathlib import Path

from audit import registry

DOCS = Path(__file__).parents[2] / "docs"


def test_the_document_of_the_checks_is_current():
    spec = importlib.util.spec_from_file_location("write_checks", DOCS / "write_checks.py")
    writer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(writer)
    written = (DOCS / "checks.md").read_text(encoding="utf-8")
    assert written == writer.page(), "run: python docs/write_checks.py"
    for id_, check in registry.checks().items():
        assert f"`{id_}`" in written
        for name in check.params.model_fields:
            assert f"`{name}`" in written
