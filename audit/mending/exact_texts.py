"""Values as texts from which the very same values can be read again."""

from typing import TYPE_CHECKING

from audit.mending.cell_texts import Written

if TYPE_CHECKING:
    import pyarrow as pa


def exactly(array: "pa.Array", write: Written) -> "pa.Array":
    """Write every value anew; ``write`` sees each different one of a batch once, as text."""
    import pyarrow as pa
    import pyarrow.types as t

    coded = array if t.is_dictionary(array.type) else array.dictionary_encode()
    values = coded.dictionary
    if not len(values):
        return pa.nulls(len(array), pa.string())
    if t.is_floating(values.type):
        texts = [repr(v) for v in values.to_pylist()]
    else:
        texts = values.cast(pa.string()).to_pylist()
    return pa.array(write(texts), pa.string()).take(coded.indices)


def read_back(array: "pa.Array", to: "pa.DataType") -> "pa.Array":
    """Read the values that :func:`exactly` wrote."""
    import pyarrow as pa
    import pyarrow.types as t

    if t.is_string(to):
        return array
    if t.is_floating(to):
        values = (None if v is None else float(v) for v in array.to_pylist())
        return pa.array(list(values), pa.float64()).cast(to, safe=False)
    return array.cast(to)
