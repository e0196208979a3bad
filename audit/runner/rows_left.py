"""What a recipe may not do: leave a version no row of those it had."""

from collections.abc import Iterable, Iterator

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.effects import Effect
from audit.mending.stage import Outcome

_MOST_REASONS = 3


def with_rows(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Hand on what steps did; end where one of them leaves no row.

    A table that has no row to begin with may have none afterwards.

    Raises
    ------
    ParameterError
        Names the step, the rows that came to it, and why they went.
    """
    for outcome in outcomes:
        if outcome.effect.leaves_no_row:
            raise _refusal(outcome.effect)
        yield outcome


def _refusal(effect: Effect) -> ParameterError:
    why = "; ".join(f"{why}: {counted(n, 'row')}" for why, n in effect.reasons[:_MOST_REASONS])
    rows = f"none of {counted(effect.rows_in, 'row')} is left"
    message = f"Step {effect.position} ({effect.title}): {rows}"
    return ParameterError(
        f"{message} ({why})." if why else f"{message}.",
        hint="Change what the step asks for, or switch it off (skip: true); a preview on the "
        "Recipe page shows the rows that go.",
    )
