"""What a remedy asks for: which rows go, which cells become what, which rows are added.

A remedy is a function ``(table, step, context) -> Change``. It looks at the table, decides, and
says what is to be done; it writes nothing. :mod:`audit.mending.stage` carries it out in one
pass over the rows, counts what it did, and collects examples for the preview. Rows are told
by their number within the table that the remedy was given, from 0.

Rows keep their order. A copy of a row stands right behind it; added rows stand at the end.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import ParameterError
from audit.model import ColumnRole, Progress, RoleMap, silent
from audit.store.table import Value

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """New values of one column, said in SQL; a column that is not there yet is added.

    Attributes
    ----------
    column : str
        What it fills. It keeps its place; a new one comes last.
    sql : str
        An expression on the row alone (no aggregate, no window: fit those first), with
        ``{key}`` for columns and ``?`` for values. Cast it to a plain type: VARCHAR, BIGINT,
        DOUBLE, BOOLEAN, DATE, TIMESTAMP.
    values : sequence
        For the places ``?``, in their order.
    names : mapping
        Column by key.
    """

    column: str
    sql: str
    values: Sequence[Value] = ()
    names: Mapping[str, str] = field(default_factory=dict)


BatchFunction = Callable[["pa.RecordBatch", int], Mapping[str, "pa.Array"]]
"""Takes the needed columns of some rows and the number of the first of them; gives new columns
of the same length. Rows come in order, each once; batches have any size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """New values of columns that SQL cannot say; computed in Python, batch by batch."""

    needs: tuple[str, ...]
    """Columns the function reads."""
    types: Mapping[str, "pa.DataType"]
    """Columns it gives, and their Arrow types."""
    function: BatchFunction


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Rows that go, each for one reason."""

    rows: "npt.NDArray[np.int64]"
    """Row numbers, ascending, each once."""
    why: "npt.NDArray[np.int32]"
    """For each of them the index of its reason."""
    reasons: tuple[str, ...]
    """Plain text for people, with column names but without values of personal columns:
    'age is missing'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """All that one step does."""

    removed: Removed | None = None
    times: "npt.NDArray[np.int32] | None" = None
    """How often each row of the table stands in the result: 1 for most, 2 for one copy. Length:
    rows of the table. Rows that go are told by ``removed``, not by 0."""
    cells: tuple[Cells, ...] = ()
    computed: tuple[Computed, ...] = ()
    drop_columns: tuple[str, ...] = ()
    rename: Mapping[str, str] = field(default_factory=dict)
    """New name by old name; happens last: all else names columns as the table has them."""
    added: "Sequence[pa.Table]" = ()
    """Rows to be added, with (a subset of) the columns that the table has after ``cells``;
    columns that are not given are missing."""
    roles: tuple[ColumnRole, ...] = ()
    """Roles of columns that are new or mean something else now (under their new names)."""
    positive: str | None = None
    """The positive value of the label as the step writes it; None: it stays as it was."""
    fitted: Mapping[str, Any] | None = None
    """What the step learnt from this table, as JSON values: becomes its parameter ``fitted``, so
    that the same can be done to another file."""
    notes: tuple[str, ...] = ()
    """What the user has to know: cells that are empty, what could not be done and why. No value
    of a personal column."""


def no_key() -> bytes:
    """Raise that there is no key: what a context has unless the runner gives it one."""
    message = "This step needs a secret key, and there is none."
    hint = "Set EVENHAND_KEY, or name a file: --key-file FILE. On the page, make one with a click."
    raise ParameterError(message, hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a remedy is told besides the table and its parameters."""

    roles: RoleMap = field(default_factory=RoleMap)
    folder: Path | None = None
    """A private folder within the workspace, gone afterwards."""
    progress: Progress = silent
    """Told how far the remedy is; raises Stopped."""
    key: Callable[[], bytes] = no_key
    """Gives the project's key, or raises a ParameterError that says how to get one."""
    sampled: bool = False
    """Whether the table is a sample, for a preview."""
