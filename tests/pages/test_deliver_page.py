"""Download: what is offered of a version, and what is said where there is nothing."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from audit import runner
from audit.store import Version, Workspace
from audit.ui.export_view import audit_json, load_json
from audit.ui.load_report import rejected_csv

DOWNLOAD = "pages/deliver/export.py"


def test_the_page_names_size_and_digest_of_the_file(
    open_app: Callable[..., AppTest], version_of: Callable[..., Version]
) -> None:
    version = version_of({"a": [1, 2, 3]}, name="my data")
    app = open_app(version, DOWNLOAD)
    assert not app.exception
    data = version.data.read_bytes()
    assert app.code[0].value == hashlib.sha256(data).hexdigest()
    told = "\n".join(m.value for m in app.markdown)
    assert f"{len(data):,} bytes" in told
    assert [b.label for b in app.get("download_button")] == ["Audit"]
    assert app.get("link_button")[0].proto.url.startswith("/download/")


def test_the_load_report_as_json_holds_the_sum(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a,b\n" + "1,2\n" * 20 + "3\n")
    version = runner.load(file, workspace=workspace)
    told = json.loads(load_json(version))
    load = told["load"]
    assert load["found"] == load["loaded"] + load["rejected"] + load["skipped"] == 21
    assert told["sha256"] == version.manifest.sha256
    assert rejected_csv(version).decode("utf-8-sig").splitlines()[0] == "line,column,reason,record"


def test_the_audit_as_json_is_the_document_of_the_command_line(
    version_of: Callable[..., Version],
) -> None:
    version = version_of({"a": [1, 1, 2], "b": ["x", "x", "y"]})
    result = runner.run(version)
    assert json.loads(audit_json(version)) == json.loads(json.dumps(runner.document(result)))
