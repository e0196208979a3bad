"""The preview: a job that tries the recipe, what it showed, and whether that still holds."""

from dataclasses import dataclass

import streamlit as st

from audit import runner
from audit.mending.effects import Done, Effect
from audit.model import RoleMap
from audit.reports.pii.values import PersonalData
from audit.store import Version
from audit.ui import audits, jobs, parts, state
from audit.ui.recipe import desk, keys
from audit.ui.text import count, counted, in_words, plural

_TRIED = "recipe-tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A recipe and what its preview showed."""

    recipe: runner.Recipe
    preview: runner.Preview


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the page looks at."""

    version: Version
    recipe: runner.Recipe
    roles: RoleMap
    found: PersonalData | None = None
    """What the search for personal data found in the version, where it has been made."""
    tried: Tried | None = None

    @property
    def done(self) -> tuple[Done | None, ...]:
        """What each step did in the preview, while no step up to it has changed since."""
        found: list[Done | None] = []
        waiting = list(zip(_on(self.tried), _done(self.tried), strict=False))
        same = self.tried is not None and _stated(self.tried.recipe) == _stated(self.recipe)
        for step in self.recipe.steps:
            if step.skip:
                found.append(None)
                continue
            former, done = waiting.pop(0) if waiting else (None, None)
            same = same and former is not None and _same(former, step)
            found.append(done if same else None)
        return tuple(found)

    @property
    def effects(self) -> tuple[Effect | None, ...]:
        """The numbers of :attr:`done`."""
        return tuple(d.effect if d is not None else None for d in self.done)

    @property
    def fresh(self) -> bool:
        """Whether the preview shows the recipe as it is now."""
        on = [d for d, s in zip(self.done, self.recipe.steps, strict=True) if not s.skip]
        return bool(on) and None not in on and len(on) == len(_done(self.tried))

    @property
    def barred(self) -> bool:
        """Whether a preview of all rows shows that none is left: applying would be refused."""
        all_rows = self.tried is not None and not self.tried.preview.sampled
        return all_rows and any(e is not None and e.leaves_no_row for e in self.effects)

    @property
    def stale(self) -> bool:
        """Whether there is a preview, of the recipe as it was before."""
        return self.tried is not None and not self.fresh


def view_of(version: Version) -> View:
    """Gather what the page looks at."""
    of, tried = state.session().get(_TRIED) or ("", None)
    return View(
        version=version,
        recipe=desk.recipe(version),
        roles=desk.roles(version),
        found=audits.found(version),
        tried=tried if of == version.id else None,
    )


def start(view: View, *, rows: int | None = None) -> None:
    """Begin a preview; one that is under way is stopped."""
    version, recipe, workspace = view.version, view.recipe, state.workspace()
    former = jobs.find(_key(version))
    if former is not None and not former.ended:
        former.stop()
        former.wait(5)
    jobs.dismiss(_key(version))

    def work(progress: jobs.Job) -> Tried:
        key = runner.find_key(workspace)
        found = runner.preview(
            version, recipe, workspace=workspace, key=key, rows=rows, progress=progress
        )
        return Tried(recipe=recipe, preview=found)

    n = len(recipe.active)
    jobs.start(_key(version), f"Trying {in_words(n)} {plural(n, 'step')}", work)


def follow(version: Version) -> None:
    """Show how far the preview is, or why it ended without one; the page goes on below."""
    job = jobs.find(_key(version))
    if job is None:
        return
    if not job.wait(jobs.PATIENCE_S):
        jobs.watch(job)
    elif job.state == "done":
        state.session()[_TRIED] = (version.id, job.result)
        jobs.dismiss(_key(version))
        st.rerun()
    else:
        jobs.show_end(job)
        keys.offer(job)


def dismiss(version: Version) -> None:
    """Forget why the last preview ended, once something else is begun."""
    jobs.dismiss(_key(version))


def under_way(version: Version) -> bool:
    """Whether a preview is being made."""
    job = jobs.find(_key(version))
    return job is not None and not job.ended


def resting_on(view: View) -> None:
    """Say which rows the numbers of a preview rest on, and whether they still hold."""
    if view.tried is None:
        return
    preview = view.tried.preview
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if preview.sampled:
            st.badge("▲ Sample", color="orange")
            st.markdown(
                f"On a sample of {count(preview.rows)} of {counted(preview.of, 'row')}: counts are "
                "of these rows.",
                width="content",
            )
            if not under_way(view.version):
                st.button(
                    "Try all rows",
                    key="try-all",
                    type="tertiary",
                    on_click=start,
                    args=(view,),
                    kwargs={"rows": preview.of},
                )
        else:
            st.markdown(parts.small(f"tried on all {counted(preview.of, 'row')}"), width="content")
        if view.stale:
            st.badge("▲ From before the last edit", color="orange")


def _on(tried: Tried | None) -> list[runner.RecipeStep]:
    return [s for _, s in tried.recipe.active] if tried else []


def _done(tried: Tried | None) -> tuple[Done, ...]:
    return tried.preview.done if tried else ()


def _same(one: runner.RecipeStep, other: runner.RecipeStep) -> bool:
    return one.remedy == other.remedy and one.params == other.params


def _stated(recipe: runner.Recipe) -> object:
    return recipe.roles, recipe.positive


def _key(version: Version) -> str:
    return f"preview-{version.id}"
