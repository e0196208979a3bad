"""Audit a dataset before anyone trains on it.

::

    import audit
    data = audit.load("adult.csv", label="income", positive=">50K", sensitive=["sex", "race"])
    result = audit.run(data)      # result.findings, result.measures, result.reports
    fixed = audit.apply(data, audit.Recipe.read("recipe.yaml"))
    fixed.write("fixed.parquet")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.python import Dataset, apply, load, run
    from audit.runner import Policy, Recipe, Result

__all__ = ["Dataset", "Policy", "Recipe", "Result", "apply", "load", "run"]


def __getattr__(name: str) -> Any:
    """Import on first use: ``import audit`` alone costs nothing."""
    from importlib import import_module

    if name in ("Dataset", "apply", "load", "run"):
        return getattr(import_module("audit.python"), name)
    if name in ("Policy", "Recipe", "Result"):
        return getattr(import_module("audit.runner"), name)
    message = f"module 'audit' has no attribute {name!r}"
    raise AttributeError(message)
