"""CSV in UTF-8: lossless for programs, or with formulas made harmless for spreadsheets."""

from pathlib import Path
from typing import TYPE_CHECKING

from audit.format import counted

if TYPE_CHECKING:
    import pyarrow as pa

_SIGNS = "=+@\t\r\n-\uff1d\uff0b\uff20\uff0d"
"""The last four as they are written among Chinese and Japanese letters."""
LEADERS = f"^[{_SIGNS.replace('-', chr(92) + '-')}]"
"""Beginnings of a text that a spreadsheet takes for a formula (RE2)."""


class CsvWriter:
    """Writes CSV. Texts are quoted, so that an empty text is told from a missing value.

    Parameters
    ----------
    path : Path
        The file.
    schema : pyarrow.Schema
        Of the batches.
    neutral : bool, default False
        Whether texts that a spreadsheet would run get an apostrophe in front; the file then
        begins with a byte order mark, by which Excel knows UTF-8.
    """

    def __init__(self, path: Path, schema: "pa.Schema", *, neutral: bool = False) -> None:
        import pyarrow as pa
        import pyarrow.csv as pa_csv

        self._neutral = neutral
        self._formulas = 0
        self._file = path.open("wb")
        if neutral:
            self._file.write(b"\xef\xbb\xbf")
            schema = pa.schema([f.with_name(_neutral_name(f.name)) for f in schema])
        self._schema = schema
        self._writer = pa_csv.CSVWriter(self._file, schema)

    def write(self, batch: "pa.RecordBatch") -> None:
        """Write rows."""
        import pyarrow as pa

        arrays = [self._counted(array) for array in batch.columns]
        self._writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._schema))

    def close(self) -> tuple[str, ...]:
        """End the file; gives how many texts look like formulas."""
        self._writer.close()
        self._file.close()
        if not self._formulas:
            return ()
        found = counted(self._formulas, "text")
        if self._neutral:
            return (
                f"{found} that a spreadsheet would run as a formula got an apostrophe in front.",
            )
        return (
            f"{found} begin as formulas do (= + - @): the file is lossless and leaves them as they "
            "are. For a spreadsheet, take CSV for spreadsheets.",
        )

    def abandon(self) -> None:
        """Close without finishing."""
        self._writer.close()
        self._file.close()

    def _counted(self, array: "pa.Array") -> "pa.Array":
        import pyarrow as pa
        import pyarrow.compute as pc

        if not pa.types.is_string(array.type):
            return array
        risky = pc.fill_null(pc.match_substring_regex(array, LEADERS), False)
        found = int(pc.sum(risky).as_py() or 0)
        self._formulas += found
        if not self._neutral or not found:
            return array
        return pc.if_else(risky, pc.binary_join_element_wise("'", array, ""), array)


def _neutral_name(name: str) -> str:
    return f"'{name}" if name[:1] and name[0] in _SIGNS else name
