"""The data as files: the format, whole or in parts, written as a job and fetched from the disk."""

from pathlib import Path
from typing import Any

import streamlit as st

from audit.errors import ParameterError
from audit.export.data import export
from audit.export.formats import FORMATS, Format
from audit.export.splits import PARTS, Split
from audit.model import Progress, Role, RoleMap
from audit.runner.export_shelf import ShelfFile
from audit.runner.mappings import validated
from audit.store import Version
from audit.ui import export_job, parts, trouble
from audit.ui.export_files import file_stem, offer
from audit.ui.export_view import head
from audit.ui.text import count, counted, md, size

_ABOUT = {
    "parquet": "Every value, type and gap as it is kept here; small, and quick to read.",
    "csv": "Every value without loss, for programs. An empty text stands in quotes, a gap does not.",
    "csv-spreadsheet": "For Excel and its like: texts that would be run as formulas get an "
    "apostrophe in front.",
    "jsonl": "An object a line; nested values stay nested.",
    "excel": "One sheet, up to 1,048,575 rows; no text becomes a formula or a link.",
    "arrow": "Arrow IPC (Feather): for pandas, polars and R, read as it lies on the disk.",
}
_WHOLE, _PARTED = "Whole", "Train, validation, test"


def data(version: Version, roles: RoleMap) -> None:
    """Let the user choose format and parts, write the files, and offer them."""
    with st.container(border=True, gap="small"):
        head("The data", f"{counted(version.manifest.rows, 'row')}, every column")
        id_ = st.segmented_control(
            "Format",
            list(FORMATS),
            default="parquet",
            required=True,
            format_func=lambda key: FORMATS[key].title,
            key="export-format",
        )
        format_ = FORMATS[id_]
        st.markdown(parts.small(_ABOUT[format_.id]))
        ways = st.segmented_control(
            "Rows", [_WHOLE, _PARTED], default=_WHOLE, required=True, key="export-parts"
        )
        split = _split(version, roles) if ways == _PARTED else None
        if ways == _PARTED and split is None:
            return
        if split is None and format_.id == "parquet":
            _as_it_is(version)
        else:
            _written(version, format_, split)


def _as_it_is(version: Version) -> None:
    """Offer the version's own file, byte for byte, with what is needed to check it."""
    manifest = version.manifest
    name = f"{file_stem(manifest.name, version.id)}.parquet"
    grid = st.grid(3, min_column_width=110)
    grid.metric("Rows", count(manifest.rows))
    grid.metric("Columns", count(len(manifest.columns)))
    grid.metric("Size", size(manifest.size_bytes))
    _link("Download Parquet", version.data, name, FORMATS["parquet"], first=True)
    st.markdown(
        f"{md(name)}, {manifest.size_bytes:,} bytes. Its SHA-256, to check what arrived "
        "(sha256sum on Linux, shasum -a 256 on a Mac):"
    )
    st.code(manifest.sha256, language=None, wrap_lines=True)


def _split(version: Version, roles: RoleMap) -> Split | None:
    """Ask how the rows are parted; None while what is asked for cannot be."""
    names = [c.name for c in version.manifest.columns]
    grid = st.grid(3, min_column_width=110)
    shares = {
        part: grid.number_input(
            f"{part.capitalize()}, %", 0, 100, default, key=f"export-share-{part}"
        )
        for part, default in zip(PARTS, (80, 10, 10), strict=True)
    }
    grid = st.grid(3, min_column_width=200)
    person = grid.multiselect(
        "Rows of one person stay together by",
        names,
        default=[n for n in roles.having(Role.DIRECT_IDENTIFIER) if n in names],
        key="export-person",
    )
    label = grid.selectbox(
        "Spread alike over the parts",
        names,
        index=names.index(known) if (known := roles.one(Role.LABEL)) in names else None,
        placeholder="no column",
        key="export-label",
    )
    seed = grid.number_input("Seed", 0, 2**31 - 1, 0, key="export-seed")
    st.markdown(
        parts.small(
            "Copies of a row, rows made of one row and rows of one person go to the same part, so "
            "that no model is tested on what it has seen."
        )
    )
    given: dict[str, Any] = {part: share / 100 for part, share in shares.items()}
    try:
        return validated(
            Split,
            given | {"person": tuple(person), "label": label, "seed": seed},
            "option of export",
            "The parts",
        )
    except ParameterError as error:
        trouble.show(error.problem, "For example 80, 10 and 10.")
        return None


def _written(version: Version, format_: Format, split: Split | None) -> None:
    """Offer files that are written first."""

    def write(folder: Path, progress: Progress) -> tuple[ShelfFile, ...]:
        path = folder / f"data{format_.suffix}"
        done = export(version, path, format_, split=split, progress=progress)
        return tuple(ShelfFile(path=d.path, rows=d.rows, part=d.part, notes=d.notes) for d in done)

    what = f"{format_.id} {split.model_dump_json() if split else ''}"
    label = f"Write {format_.title}" if split is None else f"Write {format_.title} in parts"
    for file in export_job.files(version, what, write, label=label, main=True):
        _offered(version, file, format_)


def _offered(version: Version, file: ShelfFile, format_: Format) -> None:
    stem = file_stem(version.manifest.name, version.id)
    name = f"{stem}{f'-{file.part}' if file.part else ''}{format_.suffix}"
    label = f"Download {file.part or format_.title}"
    with st.container(horizontal=True, vertical_alignment="center"):
        _link(label, file.path, name, format_, first=not file.part)
        told = f"{counted(file.rows, 'row')}, {size(file.path.stat().st_size)}"
        st.markdown(parts.small(f"{md(name)} · {told}"))
    for note in file.notes:
        st.markdown(parts.small(md(note)))


def _link(label: str, path: Path, name: str, format_: Format, *, first: bool) -> None:
    """Offer a file; the one that matters most in the colour of main actions."""
    text = f':color[{label}]{{foreground="{parts.palette().paper}"}}' if first else label
    st.link_button(
        text,
        offer(path, name, format_.media_type),
        type="primary" if first else "secondary",
        icon=":material/download:",
    )
