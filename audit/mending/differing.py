"""Which cells of two columns differ: missing equals missing, and what is no number itself."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa


def differing(old: "pa.Array", new: "pa.Array") -> "npt.NDArray[np.bool_]":
    """Tell for each row whether the cells differ; of different types (not numbers) as text."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as t

    if t.is_nested(old.type) or t.is_nested(new.type):
        pairs = zip(old.to_pylist(), new.to_pylist(), strict=True)
        return np.fromiter((a != b for a, b in pairs), dtype=bool, count=len(old))
    if old.type != new.type and is_number(old.type) and is_number(new.type):
        old, new = old.cast(pa.float64(), safe=False), new.cast(pa.float64(), safe=False)
    elif old.type != new.type:
        old, new = pc.cast(old, pa.string()), pc.cast(new, pa.string())
    same = pc.fill_null(pc.equal(old, new), False)
    if t.is_floating(old.type):
        both = pc.and_(pc.is_nan(old), pc.is_nan(new))
        same = pc.or_(same, pc.fill_null(both, False))
    same = pc.or_(same, pc.and_(pc.is_null(old), pc.is_null(new)))
    return ~np.asarray(same.to_numpy(zero_copy_only=False))


def is_number(type_: "pa.DataType") -> bool:
    """Whether cells of the type are numbers: 1 and 1.0 do not differ."""
    import pyarrow.types as t

    return bool(t.is_integer(type_) or t.is_floating(type_) or t.is_decimal(type_))
