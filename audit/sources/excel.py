"""Excel and OpenDocument spreadsheets."""

import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from audit.errors import SourceError
from audit.format import counted, plural
from audit.registry import Settings, source
from audit.sources.base import Given, Limits, Sink, Sniffed, Tally
from audit.sources.cells import Kind, column, kind, kinds, type_for
from audit.sources.opening import plain_file

if TYPE_CHECKING:
    from audit.model import Scalar

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = (b"xl/", b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
_MOST_MEMBERS = 10_000
_ROWS = 20_000


class ExcelOptions(Settings):
    """What to read of a workbook."""

    sheet: str | None = Field(
        None, description="Name of the sheet; by default the first filled one."
    )
    header: bool | None = Field(None, description="Whether the first row holds the names.")
    skip_rows: int | None = Field(None, ge=0, description="Rows before the table.")


@source(
    "excel",
    title="Excel",
    suffixes=(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
    options=ExcelOptions,
)
class Excel:
    """One sheet of a workbook (xlsx, xlsm, xlsb, xls, ods): values, not formulas.

    Rows without any value are skipped and counted. A column of several kinds of values is
    text. Whole numbers stay whole. The number of rows the sheet says it has is the count.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        self._options = ExcelOptions.model_validate(given.options.model_dump())
        self._path = plain_file(given.path, given.limits, given.scratch)
        refuse_zip_bomb(self._path, given.limits)
        self._book = _open(self._path, given.name)
        self._rows: list[list[Any]] | None = None
        self._sheet = ""

    @staticmethod
    def recognises(head: bytes) -> bool:
        """Tell a zip with a workbook in it, or an OLE file."""
        return head.startswith(_OLE) or (head.startswith(_ZIP) and any(p in head for p in _PARTS))

    @property
    def rows(self) -> list[list[Any]]:
        """All rows of the chosen sheet, blank ones included."""
        if self._rows is None:
            self._rows = self._read()
        return self._rows

    def sniff(self) -> Sniffed:
        """Choose the sheet, where the table begins and whether it has a header."""
        skip, header = self._layout()
        reasons = {
            "sheet": "It is the first sheet with values.",
            "skip_rows": "The table begins with the first row that has values in most columns.",
            "header": "Names are texts that differ; values below them are not all texts.",
        }
        options: dict[str, Scalar] = {"sheet": self._sheet, "header": header, "skip_rows": skip}
        given = self._options.model_dump()
        return Sniffed(
            options=options,
            reasons={k: v for k, v in reasons.items() if given[k] is None},
            choices=tuple(self._book.sheet_names),
        )

    def load(self, sink: Sink, *, most: int | None = None) -> Tally:  # noqa: ARG002 - it is in memory
        """Hand over the rows below the header."""
        import pyarrow as pa

        skip, header = self._layout()
        width = max((len(r) for r in self.rows), default=0)
        below = self.rows[skip + header :]
        body = [r for r in below if any(v is not None for v in r)]
        names = _names(self.rows[skip]) if header else [f"column_{i + 1}" for i in range(width)]
        found = [Kind(0)] * width
        for i in range(width):
            found[i] = kinds(r[i] for r in body)
        types = [type_for(k) for k in found]
        sink.start(pa.schema(list(zip(names, types, strict=True))))
        for part in _parts(body):
            arrays = [column([r[i] for r in part], types[i]) for i in range(width)]
            sink.write(pa.RecordBatch.from_arrays(arrays, names=names))
            sink.progress(1.0)
        end = self._book.get_sheet_by_name(self._sheet).end
        height = 0 if end is None else end[0] + 1
        blank = len(below) - len(body)
        notes = (
            [f"{counted(blank, 'row')} without any value {plural(blank, 'was')} skipped."]
            if blank
            else []
        )
        if skip:
            rows = "Row 1 stands" if skip == 1 else f"Rows 1 to {skip} stand"
            notes.append(f"{rows} before the table and {plural(skip, 'was')} skipped.")
        return Tally(found=max(height - header, 0), skipped=blank + skip, notes=tuple(notes))

    def _read(self) -> list[list[Any]]:
        names = self._book.sheet_names
        wanted = self._options.sheet
        if wanted is not None and wanted not in names:
            message = f"There is no sheet {wanted!r}."
            raise SourceError(message, hint=f"Sheets: {', '.join(names)}.")
        for name in [wanted] if wanted is not None else names:
            rows = _values(self._book, name, self._given.name)
            if rows or wanted is not None:
                self._sheet = name
                break
        else:
            rows = []
        if not any(v is not None for r in rows for v in r):
            message = f"{self._given.name} holds no values."
            raise SourceError(message, hint=f"Choose another sheet: {', '.join(names)}.")
        return rows

    def _layout(self) -> tuple[int, bool]:
        rows = self.rows
        width = max(len(r) for r in rows)
        filled = [i for i, r in enumerate(rows[:100]) if sum(v is not None for v in r) > width / 2]
        first = next((i for i, r in enumerate(rows) if any(v is not None for v in r)), 0)
        skip = self._options.skip_rows
        if skip is None:
            skip = filled[0] if filled else first
        skip = min(skip, len(rows) - 1)
        header = self._options.header
        return skip, _is_header(
            rows[skip], rows[skip + 1 : skip + 101]
        ) if header is None else header


def refuse_zip_bomb(path: Path, limits: Limits) -> None:
    """Raise for a zip file that would unfold beyond the limits, by what it says of itself."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        message = f"{path.name} is a damaged workbook."
        raise SourceError(message, hint="Save it again.") from error
    size = sum(m.file_size for m in members)
    packed = max(sum(m.compress_size for m in members), 1)
    steep = size > limits.ratio_from_bytes and size > limits.ratio * packed
    if size > limits.unpacked_bytes or steep or len(members) > _MOST_MEMBERS:
        message = f"The workbook unfolds to {size / 2**20:,.0f} MiB in {len(members):,} parts."
        raise SourceError(message, hint="Save the sheet as CSV if you trust it, and load that.")


def _open(path: Path, name: str) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        message = f"{name} is protected with a password."
        raise SourceError(message, hint="Save it without a password, or as CSV.") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        message = f"{name} is a damaged workbook, or none."
        raise SourceError(message, hint="Save it again, or export the sheet as CSV.") from error


def _values(book: Any, sheet: str, name: str) -> list[list[Any]]:
    import python_calamine

    try:
        raw = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError) as error:
        message = f"A sheet of {name} is damaged or holds no cells."
        raise SourceError(message, hint="Choose another sheet, or export it as CSV.") from error
    return [[_plain(v) for v in row] for row in raw]


def _plain(value: Any) -> Any:
    """Empty text is no value; a number without fraction is whole."""
    if value == "" and isinstance(value, str):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _names(row: list[Any]) -> list[str]:
    from audit.sources.cells import text

    return [(text(v) or "").strip() for v in row]


def _is_header(first: list[Any], below: list[list[Any]]) -> bool:
    names = [v for v in first if v is not None]
    if not names or not all(isinstance(v, str) for v in names) or len(set(names)) < len(names):
        return False
    typed = any(v is not None and kind(v) is not Kind.TEXT for row in below for v in row)
    again = any(v == row[i] for row in below for i, v in enumerate(first) if v is not None)
    return typed or not again


def _parts(rows: list[list[Any]]) -> Iterator[list[list[Any]]]:
    each = iter(rows)
    return iter(lambda: list(islice(each, _ROWS)), [])
