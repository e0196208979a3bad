"""Write docs/remedies.md from the registry: ``python docs/write_remedies.py``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from audit import registry
from audit.registry import RemedySpec

PAGE = Path(__file__).with_name("remedies.md")

_HEAD = """# Remedies

Written from the code by `python docs/write_remedies.py`; do not edit.

A remedy is a step of a recipe, which is a YAML file:

    version: 1
    name: for the credit model
    source: {name: applicants, sha256: 3f9a71…}     # optional: refuse other data
    roles: {income: label, sex: sensitive}          # optional: else those of the dataset
    positive: {income: ">50K"}
    steps:
      - drop-duplicates: {}
      - resample: {by: [sex, income], target: equal, seed: 7}
        skip: true                                  # switched off
        why: a note

The page *Recipe*, `evenhand apply DATA --recipe FILE --output FILE` and `audit.apply` carry it out
to the same bytes.
"""
_FAMILIES = {
    "filter": "Filter",
    "clean": "Clean",
    "rebalance": "Rebalance",
    "anonymize": "Anonymize",
}


def page() -> str:
    """Describe every remedy there is: what it does, and its parameters with their defaults."""
    lines = [_HEAD]
    for family, title in _FAMILIES.items():
        lines.append(f"## {title}\n")
        for spec in sorted(registry.remedies().values(), key=lambda spec: spec.id):
            if spec.family == family:
                lines += _section(spec)
    return "\n".join(lines)


def _section(spec: RemedySpec) -> Iterator[str]:
    yield f"### {spec.title}\n"
    yield f"`{spec.id}`\n"
    yield f"{spec.doc}\n"
    shown = {name: field for name, field in spec.step.model_fields.items() if name != "fitted"}
    if not shown:
        return
    yield "| parameter | default | meaning |\n| --- | --- | --- |"
    for name, field in shown.items():
        default = (
            "needed"
            if field.is_required()
            else f"`{_written(field.get_default(call_default_factory=True))}`"
        )
        told = ": ".join(part for part in (field.title, field.description) if part)
        yield f"| `{name}` | {default} | {told}{_choices(field)} |"
    yield ""


def _choices(field: FieldInfo) -> str:
    """List what may be chosen, unless the description has explained each of it."""
    values = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    if all(f"{value}:" in f"{field.description} {field.title}:" for value in values):
        return ""
    return f" One of {', '.join(f'`{value}`' for value in values)}."


def _written(value: object) -> str:
    if value is None:
        return "none"
    if value in ((), {}, ""):
        return "none"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
