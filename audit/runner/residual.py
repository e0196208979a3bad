"""The personal data that is still found after a recipe, beside what was found before."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit.model import Measure, Progress, silent
from audit.reports.pii.values import PersonalData
from audit.runner.applying import applied
from audit.runner.audits import report
from audit.runner.recipe import Recipe
from audit.store import Version
from audit.stretch import stretch

_REPORT = "pii"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """One kind of personal data in one column, before and after."""

    column: str
    """As it is called afterwards; of one that went, as it was called."""
    place: str = ""
    """Path within nested values."""
    entity: str
    before: Measure | None
    """Share of the rows that hold it; None where none was found, or nobody looked."""
    after: Measure | None
    """None where none is found."""
    made_up: bool = False
    """Whether the column holds pseudonyms: what is found there now belongs to nobody."""

    @property
    def title(self) -> str:
        """The column, with the place within it."""
        return self.column + self.place

    @property
    def rows_before(self) -> int:
        """Rows that held it, about, where a sample was looked at."""
        return _rows(self.before)

    @property
    def rows_after(self) -> int:
        """Rows that hold it, about, where a sample was looked at."""
        return _rows(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """What personal data is found in a version, and was found in the one it was made from."""

    found: tuple[Remaining, ...]
    """By column and kind: what is still there comes first, the most frequent first."""
    compared: bool
    """Whether there is a version before to compare with."""
    complete: bool
    """Whether all values were looked at afterwards; else shares are estimates."""
    notes: tuple[str, ...] = ()
    """What was not looked at afterwards, each in a sentence."""

    @property
    def remaining(self) -> tuple[Remaining, ...]:
        """What is still found, pseudonyms left out."""
        return tuple(r for r in self.found if r.after is not None and not r.made_up)

    @property
    def gone(self) -> tuple[Remaining, ...]:
        """What was found before and is not any more."""
        return tuple(r for r in self.found if r.before is not None and r.after is None)


def residual(
    version: Version, before: Version | None = None, *, progress: Progress = silent
) -> Residual:
    """Look for personal data in a version once more, and in the one it was made from.

    Parameters
    ----------
    version : Version
        What a recipe made.
    before : Version, optional
        What it was made from. Reports that are kept are not made again.
    progress : Progress
        Told how far it is; may raise Stopped.
    """
    names, made_up = _followed(version)
    first: PersonalData | None = None
    if before is not None:
        first = report(before, _REPORT, progress=stretch(progress, 0.0, 0.5))
    now: PersonalData = report(version, _REPORT, progress=stretch(progress, 0.5, 1.0))
    was = _shares(first, names) if first is not None else {}
    still = _shares(now, {})
    found = [
        Remaining(
            column=column,
            place=place,
            entity=entity,
            before=was.get((column, place, entity)),
            after=still.get((column, place, entity)),
            made_up=column in made_up,
        )
        for column, place, entity in {**still, **was}
    ]
    found.sort(key=lambda r: (-r.rows_after, -r.rows_before, r.title, r.entity))
    return Residual(
        found=tuple(found),
        compared=before is not None,
        complete=all(column.complete for column in now.columns),
        notes=now.notes,
    )


def _followed(version: Version) -> tuple[dict[str, str], frozenset[str]]:
    """Give the new names of columns that were renamed, and columns that hold pseudonyms."""
    record = applied(version)
    if record is None:
        return {}, frozenset()
    steps = dict(Recipe.parse(record.recipe.encode()).active)
    names: dict[str, str] = {}
    made_up: set[str] = set()
    for effect in record.effects:
        step = steps.get(effect.position)
        mode = getattr(step.params, "mode", None) if step is not None else None
        if effect.remedy == "pseudonymize" or mode == "pseudonym":
            made_up |= {column for column, _ in effect.changed_cells}
        for old, new in effect.columns_renamed:
            names = {k: new if v == old else v for k, v in names.items()} | {old: new}
            made_up = {new if column == old else column for column in made_up}
    return names, frozenset(made_up)


def _shares(found: PersonalData, names: Mapping[str, str]) -> dict[tuple[str, str, str], Measure]:
    return {
        (names.get(column.column, column.column), column.place, kind.entity): kind.share
        for column in found.columns
        if column.verdict.holds != "none"
        for kind in column.found
        if kind.share.value
    }


def _rows(share: Measure | None) -> int:
    if share is None:
        return 0
    return round((share.value or 0.0) * (share.n or 0))
