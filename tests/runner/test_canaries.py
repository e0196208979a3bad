"""A canary in every column: it stands unmasked in the version's own file and nowhere else.

Looked for in all that the program writes: standard output and error, the JSON document, the kept
reports, roles, dismissals and manifests, parts of scans, and after an error was forced.
"""

import json
import os
import subprocess
import sys

import pytest

N = 400
CANARIES = {
    "mail": "zebulon.quixworth@canary-mail.com",
    "phone": "+1 415 555 2671",
    "card": "4111 1111 1111 1111",
    "ssn": "536-90-4399",
    "iban": "DE89370400440532013000",
    "key": "AKIAIOSFODNN7CANARYX",
    "person": "Zebulon Quixworth",
}


def plain(n=N):
    """Columns of several kinds, each of which gets a canary of its own."""
    return {
        "sex": ["female", "male"] * (n // 2),
        "income": ["low"] * (n // 2) + ["high"] * (n - n // 2),
        "status": ["open", "closed", "waiting", "gone"] * (n // 4),
        "code": [f"C-{i % 60:02}" for i in range(n)],
        "customer": [f"{a} {b}" for a, b in zip(FIRST * n, LAST * n, strict=False)][:n],
        "contact": [f"user{i}@example.org" for i in range(n)],
        "remark": [f"The delivery {i} came late and the box was broken." for i in range(n)],
        "age": [20 + i % 50 for i in range(n)],
        "messages": [[{"role": "user", "content": f"What is {i} plus {i}?"}] for i in range(n)],
    }


FIRST = ["Anna", "Maria", "John", "Peter", "Laura", "James", "Emma"]
LAST = ["Smith", "Miller", "Johnson", "Walker", "Baker"]
PLACES = {
    "sex": "mail",
    "income": "ssn",
    "status": "key",
    "code": "iban",
    "customer": "person",
    "contact": "mail",
    "remark": "phone",
}


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """Run the command on the table; with an error forced, too."""
    folder = tmp_path_factory.mktemp("canaries")
    data = plain()
    for column, kind in PLACES.items():
        data[column][17] = CANARIES[kind]
    data["remark"][18] = f"My name is {CANARIES['person']} and my card is {CANARIES['card']}."
    data["messages"][19][0]["content"] = f"Write to {CANARIES['mail']}, please."
    source = folder / "people.jsonl"
    rows = (dict(zip(data, row, strict=True)) for row in zip(*data.values(), strict=True))
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    said = []
    for extra in (["--json", str(folder / "told.json")], ["--positive", "no such label"]):
        command = [sys.executable, "-m", "audit", "audit", str(source), "--label", "income"]
        command += ["--sensitive", "sex", "--quasi-identifier", "age", "--quasi-identifier", "code"]
        command += ["--fail-on", "never", *extra]
        environment = os.environ | {"EVENHAND_WORKSPACE": str(folder / "workspace")}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        said.append(done)
    return folder, said


def test_the_command_ran_and_the_forced_error_too(audited):
    _, (first, second) = audited
    assert first.returncode == 0, first.stderr
    assert second.returncode == 2
    assert "No row has the value" in second.stderr


def test_nothing_that_is_said_or_written_for_others_holds_a_canary(audited):
    folder, said = audited
    texts = [done.stdout + done.stderr for done in said] + [(folder / "told.json").read_text()]
    for text in texts:
        assert not [name for name, canary in CANARIES.items() if canary in text]


def test_no_kept_file_but_the_data_holds_a_canary(audited):
    folder, _ = audited
    kept = [p for p in (folder / "workspace").rglob("*") if p.is_file()]
    assert {"data.parquet", "manifest.json", "roles.json"} <= {p.name for p in kept}
    assert len([p for p in kept if p.parent.name == "reports"]) >= 4
    for path in kept:
        if path.name != "data.parquet":
            text = path.read_bytes().decode(errors="replace")
            assert not [n for n, canary in CANARIES.items() if canary in text], path.name


def test_the_search_found_the_canaries_it_can_find(audited):
    """Else the other tests would hold because nothing was looked at."""
    folder, _ = audited
    told = json.loads((folder / "told.json").read_text())
    found = {
        (m["columns"][0], m["group"]["entity"])
        for m in told["measures"]
        if m["name"] == "pii_share"
    }
    assert {
        ("sex", "EMAIL_ADDRESS"), ("status", "API_KEY"), ("code", "IBAN_CODE"),
        ("contact", "EMAIL_ADDRESS"), ("customer", "PERSON"), ("remark", "PHONE_NUMBER"),
        ("remark", "CREDIT_CARD"), ("messages", "EMAIL_ADDRESS"),
    } <= found  # fmt: skip
