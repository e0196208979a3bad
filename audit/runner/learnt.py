"""What a step learnt from other data and was given again: it may be anything a person typed."""

from collections.abc import Iterator
from contextlib import contextmanager

from audit.errors import ParameterError
from audit.runner.recipe import RecipeStep
from audit.store.engine import BadValue


@contextmanager
def learnt_before(step: RecipeStep) -> Iterator[None]:
    """Turn what fails on a parameter ``fitted`` into an error that names it.

    No remedy checks every shape it could have: it is written by the remedy itself. Where a step
    is given none, an error stays what it is, a fault of the program.
    """
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, BadValue):
        if getattr(step.params, "fitted", None) is None:
            raise
        message = "The parameter 'fitted' is not what this step wrote, or not for such columns."
        hint = "Remove it: the step learns from the data anew."
        # Not chained: what is said of a value may quote it.
        raise ParameterError(message, hint=hint) from None
