"""Write docs/checks.md from the registry: ``python docs/write_checks.py``."""

from collections.abc import Iterator
from pathlib import Path

from audit import registry
from audit.registry import CheckSpec

PAGE = Path(__file__).with_name("checks.md")

_HEAD = """# Checks

Written from the code by `python docs/write_checks.py`; do not edit.

A check judges what a report has measured and says *findings*. Its thresholds stand in a
policy file, given with `evenhand audit --policy FILE`:

    version: 1
    off: [heavy-zeros]
    checks:
      missing-values: {notice_share: 0.02}
"""


def page() -> str:
    """Describe every check there is: what it looks for, and its parameters with their defaults."""
    checks = sorted(registry.checks().values(), key=lambda spec: (spec.topic, spec.id))
    return "\n".join([_HEAD, *(line for spec in checks for line in _section(spec))])


def _section(spec: CheckSpec) -> Iterator[str]:
    yield f"## {spec.title}\n"
    yield f"`{spec.id}` · topic: {spec.topic}\n"
    yield f"{spec.doc}\n"
    fields = spec.params.model_fields
    if not fields:
        return
    yield "| parameter | default | meaning |\n| --- | --- | --- |"
    for name, field in fields.items():
        yield f"| `{name}` | {field.default} | {field.description} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
