"""docs/remedies.md says what the code says."""

import importlib.util
from pathlib import Path

from audit import registry

DOCS = Path(__file__).parents[2] / "docs"


def test_the_document_of_the_remedies_is_current():
    spec = importlib.util.spec_from_file_location("write_remedies", DOCS / "write_remedies.py")
    writer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(writer)
    written = (DOCS / "remedies.md").read_text(encoding="utf-8")
    assert written == writer.page(), "run: python docs/write_remedies.py"
    for id_, remedy in registry.remedies().items():
        assert f"`{id_}`" in written
        for name in remedy.step.model_fields:
            assert name == "fitted" or f"`{name}`" in written
