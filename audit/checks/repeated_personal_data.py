"""Personal data that stands in many rows: what generative models recite."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted
from audit.judging.choice import capped
from audit.judging.privacy import few, kinds
from audit.judging.words import quoted
from audit.model import Finding, Measure, Severity, Step
from audit.pii.catalogue import entity
from audit.registry import Settings, check
from audit.reports.pii.values import PersonalData, RepeatedTexts, Repeats


class Params(Settings):
    """How often is often."""

    least_times: int = Field(
        10, ge=2, description="Rows with the same piece of personal data from which it is told."
    )
    most_findings: int = Field(10, ge=1, description="More kinds than this are counted.")


@check("repeated-personal-data", title="Repeated personal data", topic="privacy")
def repeated_personal_data(report: PersonalData, params: Params) -> Iterator[Finding]:
    """Report personal data in texts that stands in many rows, and texts with it that repeat.

    What a generative model sees often it recites word by word (Carlini et al. 2023: the
    chance grows with the logarithm of the repeats; Lee et al. 2022: dropping repeated texts
    lowers it tenfold). Kinds that identify nobody by themselves are left out.
    """
    often = [r for r in report.repeats if r.most >= params.least_times and entity(r.entity).direct]
    often.sort(key=lambda r: (-r.most, r.entity))
    yield from capped(often, params.most_findings, _piece, "kind")
    yield from capped(report.texts, params.most_findings, _texts, "column")


def _piece(repeats: Repeats) -> Finding:
    params = (("columns", repeats.columns), ("entities", (repeats.entity,)), ("mode", "tag"))
    return Finding(
        check="repeated-personal-data",
        severity=Severity.WARNING,
        title=f"One {entity(repeats.entity).title} stands in {few(repeats.most)}",
        why="What a model sees often it learns by heart, and says again when asked.",
        columns=repeats.columns,
        group=(("entity", repeats.entity),),
        measures=(
            Measure(
                name="most_repeated_personal_data",
                value=repeats.most,
                unit="rows",
                n=repeats.most,
                columns=repeats.columns,
                group=(("entity", repeats.entity),),
            ),
        ),
        suggestions=(Step(remedy="redact-pii", params=params),),
    )


def _texts(texts: RepeatedTexts) -> Finding:
    rows = texts.exact_rows + texts.near_rows
    near = ", some of them nearly" if texts.near_rows else ""
    params = (("column", texts.column), ("threshold", 0.8))
    return Finding(
        check="repeated-personal-data",
        severity=Severity.WARNING,
        title=f"{quoted(texts.column + texts.place)} repeats texts with {kinds(texts.entities)} in {few(rows)}{near}",
        why="A text that repeats is what a model recites: with the personal data in it.",
        columns=(texts.column,),
        group=(("place", texts.place),) if texts.place else (),
        caveats=(
            f"The largest set has {counted(texts.largest, 'row')}.",
            *((texts.note,) if texts.note else ()),
        ),
        suggestions=(
            Step(remedy="drop-near-duplicates", params=params),
            Step(
                remedy="redact-pii",
                params=(
                    ("columns", (texts.column,)),
                    ("entities", texts.entities),
                    ("mode", "tag"),
                ),
            ),
        ),
    )
