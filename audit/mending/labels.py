"""What becomes of the positive value of the label where a step writes the label anew."""

from collections.abc import Callable, Collection

from audit.mending.change import Context
from audit.model import Role


def positive_after(
    context: Context, columns: Collection[str], function: Callable[[str], str | None]
) -> str | None:
    """Give the new positive value; None where the label is not among ``columns``."""
    label, positive = context.roles.one(Role.LABEL), context.roles.positive
    return function(positive) if positive is not None and label in columns else None
