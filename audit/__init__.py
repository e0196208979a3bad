"""Audit a dataset before anyone trains on it.

::

    import audit
    data = audit.load("adult.csv", label="income", positive=">50K", sensitive=["sex", "race"])
    result = audit.run(data)      # result.findings, result.measures, result.reports
    fixed = audit.apply(data, audit.Recipe.read("recipe.yaml"))
    audit.compare(data, fixed).save("comparison.html")
    fixed.write("fixed.parquet")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.python import Comparison, Dataset, apply, compare, load, run
    from audit.runner import Policy, Recipe, Result

__all__ = ["Comparison", "Dataset", "Policy", "Recipe", "Result", "apply", "compare", "load", "run"]


def __getattr__(name: str) -> Any:
    """Import on first use: ``import audit`` alone costs nothing."""
    from importlib import import_module

    if name in ("Comparison", "Dataset", "apply", "compare", "load", "run"):
        return getattr(import_module("audit.python"), name)
    if name in ("Policy", "Recipe", "Result"):
        return getattr(import_module("audit.runner"), name)
    message = f"module 'audit' has no attribute {name!r}"
    raise AttributeError(message)
