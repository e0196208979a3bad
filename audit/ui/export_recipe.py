"""What can be taken away of a version that a recipe made: the recipe, the rows that went."""

import streamlit as st

from audit import runner
from audit.model import Role, RoleMap
from audit.store import Version
from audit.ui import export_removed
from audit.ui.export_files import file_stem
from audit.ui.export_view import head
from audit.ui.text import counted, md

_RECIPE_PAGE = "pages/improve/recipe.py"


def recipe(version: Version, _roles: RoleMap) -> None:
    """Offer the recipe that made the version, with what its steps learnt."""
    with st.container(gap="small"):
        head("Recipe", "steps, and what they learnt from this data, as YAML")
        record = runner.applied(version)
        if record is None:
            st.markdown("This version was loaded as it is: no recipe made it.")
            st.page_link(_RECIPE_PAGE, label="Write one on the Recipe page")
            return
        st.markdown(
            f"{counted(len(record.effects), 'step')}. The same file does the same to another "
            "dataset: `evenhand apply FILE --recipe recipe.yaml --any-source`."
        )
        st.download_button(
            "Recipe",
            record.recipe.encode(),
            file_name=f"{file_stem(version.manifest.name, version.id)}-recipe.yaml",
            mime="application/yaml",
            icon=":material/download:",
            key=f"download-recipe-{version.id}",
            on_click="ignore",
        )


def removed(version: Version, _roles: RoleMap) -> None:
    """Offer the rows that the recipe removed, with step and reason."""
    with st.container(gap="small"):
        head("Removed rows", "as they were, with the step and the reason, as CSV")
        gone = runner.removed(version)
        if gone is None or not len(gone.rows):
            st.markdown("No row was removed.")
            return
        export_removed.show(version, len(gone.rows))


def weights(_version: Version, roles: RoleMap) -> None:
    """Say where the weights are."""
    with st.container(gap="small"):
        head("Weights", "how much each row counts in training")
        column = roles.one(Role.WEIGHT)
        if column is None:
            st.markdown(
                "No column holds weights. Reweighing and raking on the Recipe page add one."
            )
            return
        st.markdown(
            f"They are the column **{md(column)}** of every file above. In scikit-learn: "
            "`model.fit(X, y, sample_weight=…)`."
        )
