"""What goes wrong in a step: told with its place in the recipe, and without the value of a cell."""

from collections.abc import Iterator
from contextlib import contextmanager

from audit.errors import AuditError, ColumnError, ParameterError, StepError, WorkspaceError
from audit.runner.recipe import RecipeStep


@contextmanager
def at_step(position: int, step: RecipeStep) -> Iterator[None]:
    """Say at which step it happened: see :func:`without_cells`."""
    with without_cells(f"Step {position} ({step.spec.title})"):
        try:
            yield
        except (ParameterError, ColumnError) as error:
            raise told_at(error, position, step) from error


@contextmanager
def without_cells(what: str) -> Iterator[None]:
    """Let errors of ours pass, and tell of others the kind alone.

    Raises
    ------
    WorkspaceError
        Where memory is not enough; what the disk refuses is one already.
    StepError
        For what nobody foresaw: an engine quotes the cell it trips over.
    """
    try:
        yield
    except (AuditError, StepError):
        raise
    except MemoryError as error:
        message = f"{what}: there is not enough memory."
        raise WorkspaceError(message, hint="Close other programs, or mend fewer rows.") from error
    except Exception as error:  # noqa: BLE001 - whatever it is, its words may quote a cell
        message = f"{what} failed: {type(error).__name__}."
        raise StepError(message) from None


def told_at(error: AuditError, position: int, step: RecipeStep) -> ParameterError:
    """Give the error with the step in front."""
    return ParameterError(f"Step {position} ({step.spec.title}): {error.problem}", hint=error.hint)
