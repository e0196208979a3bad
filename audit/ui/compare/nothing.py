"""What the page says while there are no two versions to compare."""

import streamlit as st

from audit.store import Version
from audit.ui import parts, state
from audit.ui.text import quoted

RECIPE_PAGE = "pages/improve/recipe.py"


def chosen(version: Version) -> None:
    """Say how to get a second version, or that one can be chosen."""
    others = [v for v in state.workspace().versions() if v.id != version.id]
    name = quoted(version.manifest.name, 60)
    if not others:
        parts.answer("There is nothing to compare yet.")
        st.markdown(
            f"{name} is the only version there is. Apply a recipe to it, and this page shows what "
            "got better, what got worse and who was filtered out."
        )
    else:
        parts.answer("Choose two versions above.")
        st.markdown(
            f"No version was made from {name} yet. Apply a recipe to it, or choose any two "
            "datasets: what both have is compared, row by row where the rows are the same."
        )
    if parts.primary("Go to the recipe", key="compare-go-recipe"):
        st.switch_page(RECIPE_PAGE)


def same() -> None:
    """Say that a version does not differ from itself."""
    parts.answer("Before and after are the same version.")
    st.markdown("Choose another one on either side.")
