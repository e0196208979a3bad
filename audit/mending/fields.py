"""Types of the parameters of steps: what a form offers for each is read from them.

A step is a :class:`audit.registry.Settings`. Titles and help come from ``Field(title=…,
description=…)``; ``Literal``, ``bool``, ``int`` and ``float`` (with ``ge`` and ``le``) speak
for themselves; these say the rest.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_type_hints

from pydantic import Field

from audit.registry import Settings

Kind = Literal["number", "text", "date", "boolean", "any"]


@dataclass(frozen=True, slots=True)
class OfColumns:
    """Marks a parameter that names one column or several, of these kinds."""

    kinds: tuple[Kind, ...] = ("any",)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Marks a parameter that is no part of the form: what a step learnt."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Marks a parameter that counts only where another one, a choice, is one of these."""

    name: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionText:
    """Marks a condition on rows, typed or built in a form."""


@dataclass(frozen=True, slots=True)
class FromFile:
    """Marks a parameter that may be the name of a file, as text, in place of its content.

    The runner reads the file (beside the recipe) and puts what it holds into the step, so that a
    recipe that has been applied stands for itself: remedies never see the name.
    """

    what: Literal["reference", "hierarchy"]


def files_of(model: type[Settings]) -> dict[str, str]:
    """Give the parameters that may name a file, and what it holds."""
    hints = get_type_hints(model, include_extras=True)
    return {
        name: mark.what
        for name, hint in hints.items()
        for mark in _marks(hint)
        if isinstance(mark, FromFile)
    }


def _marks(hint: Any) -> list[Any]:
    own = list(getattr(hint, "__metadata__", ()))
    return own + [mark for part in get_args(hint) for mark in _marks(part)]


class Amount(Settings):
    """How many, or which share, of a population belong to a group."""

    group: dict[str, str]
    """Value by column, as text."""
    amount: Annotated[float, Field(ge=0)]


ColumnName = Annotated[str, OfColumns()]
NumberColumn = Annotated[str, OfColumns(("number",))]
TextColumn = Annotated[str, OfColumns(("text",))]
Columns = Annotated[tuple[str, ...], OfColumns()]
NumberColumns = Annotated[tuple[str, ...], OfColumns(("number",))]
TextColumns = Annotated[tuple[str, ...], OfColumns(("text",))]
DateColumns = Annotated[tuple[str, ...], OfColumns(("date",))]
Reference = Annotated[tuple[Amount, ...] | str, FromFile("reference")]
"""A population: joint, or margins (groups of some columns only), as the representation report
has it; shares or counts."""
Hierarchy = Annotated[dict[str, tuple[str, ...]] | str, FromFile("hierarchy")]
"""For each value, as text, what it becomes at levels 1, 2, …, each coarser than the last."""
Condition = Annotated[str, ConditionText()]
Fitted = Annotated[dict[str, Any] | None, Hidden()]
Bins = Annotated[
    dict[str, tuple[float, ...]],
    Hidden(),
    Field(
        title="Bins",
        description="Inner edges by which columns of numbers are cut; without them as the report "
        "on representation cuts them.",
    ),
]
Into = Annotated[str, Field(min_length=1, title="Into", description="Column of the weights.")]
MostGrowth = Annotated[
    float,
    Field(
        ge=1,
        le=1000,
        title="Growth at most",
        description="How many times as long the table may become.",
    ),
]
Seed = Annotated[
    int, Field(ge=0, le=2**31 - 1, title="Seed", description="The same seed draws the same rows.")
]
