"""Excel workbooks: one sheet, within what a sheet can hold; no text becomes a formula or a link."""

import math
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import ParameterError
from audit.store import Table

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 1_048_575, 16_384, 32_767
"""What a sheet holds below its header, and a cell."""
_EXACT = 2**53
_FIRST_DAY = date(1900, 3, 1)
"""Before it, Excel counts a day that never was."""
_INSTEAD = "Take Parquet or CSV, or fewer rows."


def check_size(table: Table) -> None:
    """Raise ParameterError for a table that a sheet cannot hold."""
    if table.n_rows > MOST_ROWS or len(table.columns) > MOST_COLUMNS:
        message = (
            f"A sheet holds {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns; the table has "
            f"{table.n_rows:,} and {len(table.columns):,}."
        )
        raise ParameterError(message, hint=_INSTEAD)


class ExcelWriter:
    """Writes a workbook, row by row, without holding it in memory."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        # Its rows wait in files: beside the workbook, not where others put theirs.
        self._waiting = tempfile.TemporaryDirectory(
            prefix=".evenhand-", dir=path.parent, ignore_cleanup_errors=True
        )
        self._row = 0
        self._as_text = 0
        try:
            self._begin(path, schema.names)
        except BaseException:
            self._waiting.cleanup()
            raise

    def _begin(self, path: Path, names: list[str]) -> None:
        import xlsxwriter

        options = {
            "constant_memory": True,
            "tmpdir": self._waiting.name,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        # The time of writing would make other bytes of the same rows.
        self._book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        self._sheet = self._book.add_worksheet("data")
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for i, name in enumerate(names):
            self._sheet.write_string(0, i, name[:MOST_CHARACTERS])

    def write(self, batch: "pa.RecordBatch") -> None:
        """Write rows; raises ParameterError for a text that no cell can hold."""
        columns = [array.to_pylist() for array in batch.columns]
        for cells in zip(*columns, strict=True):
            self._row += 1
            for i, cell in enumerate(cells):
                if cell is not None:
                    self._cell(i, cell)

    def close(self) -> tuple[str, ...]:
        """End the file; gives what Excel cannot hold as it is."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error
        self._waiting.cleanup()
        if not self._as_text:
            return ()
        return (
            f"{self._as_text:,} values are written as text: numbers beyond 15 digits, dates before "
            "March 1900, what is no number.",
        )

    def abandon(self) -> None:
        """Leave the rest unwritten."""
        with self._waiting, suppress(OSError):
            self._sheet.row_data_fh.close()

    def _cell(self, column: int, value: Any) -> None:
        place = (self._row, column)
        if isinstance(value, bool):
            self._sheet.write_boolean(*place, value)
        elif isinstance(value, str):
            self._sheet.write_string(*place, self._fitting(value))
        elif isinstance(value, int | float | Decimal) and _is_exact(value):
            self._sheet.write_number(*place, float(value))
        elif isinstance(value, datetime) and value.date() >= _FIRST_DAY and not value.microsecond:
            self._sheet.write_datetime(*place, value, self._moment)
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY:
            self._sheet.write_datetime(*place, value, self._day)
        else:
            self._as_text += 1
            self._sheet.write_string(*place, self._fitting(_told(value)))

    def _fitting(self, text: str) -> str:
        if len(text) <= MOST_CHARACTERS:
            return text
        message = f"Row {self._row:,} has a text of more than {MOST_CHARACTERS:,} characters."
        raise ParameterError(message, hint=f"No cell of Excel holds it. {_INSTEAD}")


def _is_exact(value: int | float | Decimal) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    exact = Decimal(value)
    return abs(exact) <= _EXACT and exact == Decimal(float(value))


def _told(value: Any) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
