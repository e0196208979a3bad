"""Which columns a step is about, and what of them may be remembered."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from audit.errors import ColumnError, ParameterError
from audit.mending.change import Change, Context
from audit.model import NO_FEATURE_ROLES, PERSONAL_ROLES, Role
from audit.store.rows import is_numeric, is_text
from audit.store.table import Table

Fits = Callable[[str], bool]
"""Whether a step can be done to a column of this DuckDB type."""


def chosen(
    table: Table,
    context: Context,
    columns: Sequence[str],
    fits: Fits,
    *,
    without: Collection[Role] = NO_FEATURE_ROLES,
) -> tuple[str, ...]:
    """Give the columns named, each once; where none is, all that fit and have no role of ``without``.

    Raises
    ------
    ColumnError
        If a column does not exist, or holds other values than the step is for.
    """
    if columns:
        for name in columns:
            type_ = table.type_of(name)
            if not fits(type_):
                raise unfit(name, type_, fits)
        return tuple(dict.fromkeys(columns))
    barred = set(without)
    return tuple(
        c.name
        for c in table.columns
        if fits(c.type) and not barred.intersection(context.roles.of(c.name))
    )


def none_fits(why: str) -> Change:
    """Do nothing, and say so: no column was named, and ``why`` none is one that the step is for."""
    return Change(notes=(f"{why}: nothing was done.",))


def unfit(name: str, type_: str, fits: Fits) -> ColumnError:
    """Build the error for a column whose kind of values the step is not for."""
    held = "text" if is_text(type_) else "numbers" if is_numeric(type_) else type_
    wanted = "text" if fits is is_text else "numbers" if fits is is_numeric else "other values"
    message = f"The column {name!r} holds {held}; this step is for {wanted}."
    return ColumnError(message, hint="Choose another column, or change its type first.")


def is_personal(context: Context, column: str) -> bool:
    """Whether values of the column name or describe somebody: no recipe may hold one."""
    return bool(PERSONAL_ROLES.intersection(context.roles.of(column)))


def remembered(context: Context, learnt: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Leave out what was learnt of personal columns, and say so.

    Parameters
    ----------
    context : Context
        Knows the roles.
    learnt : mapping
        By column.

    Returns
    -------
    kept, notes : dict, list of str
        What the recipe may hold, and a note where that is not all.
    """
    kept = {name: value for name, value in learnt.items() if not is_personal(context, name)}
    notes = [
        f"What was learnt of {name!r} is not kept in the recipe, for its values are personal; "
        "another file is looked at anew."
        for name in learnt
        if name not in kept
    ]
    return kept, notes


def learnt_before(fitted: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give by column what an earlier run of the step learnt; raises where it is no such thing."""
    if fitted is None:
        return {}
    found = fitted.get("columns")
    if not isinstance(found, dict):
        message = "The parameter 'fitted' is not what this step wrote."
        raise ParameterError(message, hint="Remove it: the step learns from the data anew.")
    return dict(found)


def fresh(name: str, taken: Collection[str]) -> str:
    """Give ``name``, or ``name_2``, … where a column is called so (case does not tell apart).

    Examples
    --------
    >>> fresh("age", ["Age", "age_2"]), fresh("sex", ["age"])
    ('age_3', 'sex')
    """
    known = {t.casefold() for t in taken}
    made, k = name, 2
    while made.casefold() in known:
        made, k = f"{name}_{k}", k + 1
    return made
