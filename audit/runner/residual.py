"""The personal data that is still found after a recipe, beside what was found before.

A column holds personal data where its verdict says so, as on all pages: some kinds, as postcodes,
are told by a column's name and how its values are written, and no single value is a hit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.comparing.privacy_lines import without_ranges
from audit.comparing.recast import Traced
from audit.mending.effects import Effect
from audit.model import Measure, Progress, silent
from audit.reports.pii.values import PersonalData, ScannedColumn
from audit.runner.applying import applied
from audit.runner.audits import report
from audit.runner.recipe import Recipe
from audit.runner.report_lines import followed
from audit.store import Version
from audit.stretch import stretch

_REPORT = "pii"
_AS_A_WHOLE = "Its name and how its values are written tell it, not single values."
_UNNAMED = "PERSONAL_DATA"
"""The kind of a column that is personal, where neither its values nor its name tell which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """One kind of personal data in one column, before and after."""

    column: str
    """As it is called afterwards; of one that went, as it was called."""
    place: str = ""
    """Path within nested values."""
    entity: str
    before: Measure | None
    """Share of the rows that hold it; None where none was found, or nobody looked. Its value is
    None where the column as a whole was judged to be of this kind."""
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
    version: Version,
    before: Version | None = None,
    *,
    steps: Sequence[Effect] | None = None,
    progress: Progress = silent,
) -> Residual:
    """Look for personal data in a version once more, and in the one it was made from.

    Parameters
    ----------
    version : Version
        What a recipe made.
    before : Version, optional
        What it was made from. Reports that are kept are not made again.
    steps : sequence of Effect, optional
        What was done in between; by default the steps that made the version.
    progress : Progress
        Told how far it is; may raise Stopped.
    """
    names, made_up = _followed(version)
    first: PersonalData | None = None
    if before is not None:
        first = report(before, _REPORT, progress=stretch(progress, 0.0, 0.5))
    now: PersonalData = report(version, _REPORT, progress=stretch(progress, 0.5, 1.0))
    was = _shares(first, names) if first is not None else {}
    left = now if first is None else without_ranges(first, now, _traced(version, steps))
    still = _shares(left, {})
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


def _traced(version: Version, steps: Sequence[Effect] | None) -> Traced:
    """Give what steps turned into groups, as the scorecard of a comparison looks at it."""
    if steps is None:
        record = applied(version)
        steps = record.effects if record is not None else ()
    return followed(steps)


def _shares(found: PersonalData, names: Mapping[str, str]) -> dict[tuple[str, str, str], Measure]:
    shares: dict[tuple[str, str, str], Measure] = {}
    for column in found.columns:
        if not column.is_personal:
            continue
        place = names.get(column.column, column.column), column.place
        own = {(*place, kind.entity): kind.share for kind in column.found if kind.share.value}
        kind = column.verdict.entity or ("" if own else _UNNAMED)
        if kind and (*place, kind) not in own:
            own[*place, kind] = _whole(column, kind)
        shares |= own
    return shares


def _whole(column: ScannedColumn, kind: str) -> Measure:
    """Say that a column is of one kind, of which no share of rows can be given."""
    return Measure(
        name="pii_share",
        value=None,
        unit="share",
        n=column.rows,
        columns=(column.column,),
        group=(("entity", kind),),
        reason=_AS_A_WHOLE,
    )


def _rows(share: Measure | None) -> int:
    if share is None:
        return 0
    return round((1.0 if share.value is None else share.value) * (share.n or 0))
