"""Roles that a recipe states, in the place of those that a version has."""

from dataclasses import replace

from audit.errors import ColumnError, ParameterError
from audit.model import Role, RoleMap
from audit.runner.loading import as_written
from audit.runner.loading import roles as roles_of
from audit.runner.recipe import Recipe
from audit.store import Version


def stated_roles(version: Version, recipe: Recipe) -> RoleMap:
    """Give the roles of the version, and in their place those that the recipe states.

    Raises
    ------
    ColumnError
        If a role is stated of a column that is not there.
    ParameterError
        If a positive value is stated, and there is no label or no row of it has that value.
    """
    roles = roles_of(version)
    if not recipe.roles and recipe.positive is None:
        return roles
    known = [c.name for c in version.manifest.columns]
    for name in recipe.roles:
        if name not in known:
            error = ColumnError.unknown(name, known)
            message = f"The recipe states the role of a column: {error.problem}"
            raise ColumnError(message, hint=error.hint)
    columns = tuple(
        replace(c, roles=recipe.roles[c.column], reason="stated in the recipe", confirmed=True)
        if c.column in recipe.roles
        else c
        for c in roles.columns
    )
    stated = RoleMap(columns=columns, positive=roles.positive)
    if recipe.positive is None:
        return stated
    if stated.one(Role.LABEL) is None:
        message = "The recipe states a positive value, and no column is the label."
        raise ParameterError(message, hint="State it under roles: {approved: label}.")
    return replace(stated, positive=as_written(version, stated, recipe.positive))
