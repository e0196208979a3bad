"""Audit a dataset before anyone trains on it.

::

    import audit
    data = audit.load("adult.csv", label="income", positive=">50K", sensitive=["sex", "race"])
    result = audit.run(data)      # result.findings, result.measures, result.reports
    data.write("adult.parquet")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.python import Dataset, load, run
    from audit.runner import Policy, Result

__all__ = ["Dataset", "Policy", "Result", "load", "run"]


def __getattr__(name: str) -> Any:
    """Import on first use: ``import audit`` alone costs nothing."""
    from importlib import import_module

    if name in ("Dataset", "load", "run"):
        return getattr(import_module("audit.python"), name)
    if name in ("Policy", "Result"):
        return getattr(import_module("audit.runner"), name)
    message = f"module 'audit' has no attribute {name!r}"
    raise AttributeError(message)
