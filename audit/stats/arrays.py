"""Names of the arrays that go in and come out."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[Any]
"""Numbers of any integer or floating type."""

Counts = npt.NDArray[Any]
"""Counts of any integer type."""

Array = npt.NDArray[np.float64]
"""Numbers as they are computed with."""
