"""A comparison as the backend would give it, made up: the mending of the census in the pictures."""

from dataclasses import replace

from audit.comparing.values import (
    Ablation,
    AssociationKept,
    ColumnDrift,
    Comparison,
    FindingChange,
    GroupRemoval,
    Line,
    Pairing,
    Side,
    StepPart,
    Utility,
)
from audit.mending.effects import Effect
from audit.model import ColumnRole, Finding, Measure, Role, RoleMap, Severity

HOSTILE = "![x](http://e.example/x.png) <b>$x$ :material/home:"
ROLES = RoleMap(
    columns=(
        ColumnRole(column="race", roles=(Role.SENSITIVE,)),
        ColumnRole(column="name", roles=(Role.DIRECT_IDENTIFIER,)),
        ColumnRole(column="income", roles=(Role.LABEL,)),
    ),
    positive=">50K",
)


def measure(value: float | None, unit: str = "share", **more: object) -> Measure:
    """One number of the census."""
    given = {"name": "m", "n": 48_842, "reason": "" if value is not None else "no rows"} | more
    return Measure(value=value, unit=unit, **given)  # type: ignore[arg-type]


def line(
    title: str,
    before: float | None,
    after: float | None,
    verdict: str = "better",
    *,
    unit: str = "share",
    topic: str = "quality",
    ideal: float | None = 0.0,
    poor: float | None = 0.3,
    **more: object,
) -> Line:
    """One measure of the scorecard."""
    change = None if before is None or after is None else after - before
    return Line(
        topic=topic,
        name=title.lower().replace(" ", "_"),
        title=title,
        before=measure(before, unit),
        after=measure(after, unit),
        ideal=ideal,
        poor=poor,
        verdict=verdict,  # type: ignore[arg-type]
        change=change,
        **more,  # type: ignore[arg-type]
    )


def lines() -> tuple[Line, ...]:
    """Two better, two worse, one the same, one that cannot be told, one without a value."""
    return (
        line("Rows", 48_842, 44_866, "worse", unit="rows", topic="size", ideal=48_842, poor=0),
        line("Rows with a coded missing value", 0.074, 0.0),
        line(
            *("Black: share ÷ reference", 0.82, 0.80, "worse"),
            unit="ratio",
            topic="representation",
            ideal=1.0,
            poor=0.0,
            threshold=0.8,
            low=-0.03,
            high=-0.01,
        ),
        line(
            *("Female: share ÷ reference", 1.02, 1.0, "same"),
            unit="ratio",
            topic="representation",
            ideal=1.0,
            poor=0.0,
            reason="less than a twentieth",
        ),
        line(
            *("Label rate, “Female” ÷ “Male” (weighted)", 0.36, 1.0),
            unit="ratio",
            topic="label bias",
            ideal=1.0,
            poor=0.0,
            threshold=0.8,
            low=0.6,
            high=0.68,
        ),
        line(
            *("ROC AUC of a model trained on it", 0.903, 0.895, "unknown"),
            unit="value",
            topic="utility",
            ideal=1.0,
            poor=0.5,
            low=-0.02,
            high=0.004,
            reason="The interval of the change holds 0.",
        ),
        line("Unique rows", None, 0.0, "unknown", topic="privacy", reason="no quasi-identifier"),
    )


def removal(
    value: str, rows: int, removed: int, verdict: str = "more", *, column: str = "race"
) -> GroupRemoval:
    """What became of one group, when 8.1% of all rows went."""
    share = removed / rows if rows >= 100 else None
    return GroupRemoval(
        group=((column, value),),
        rows=rows,
        removed=removed,
        share=measure(
            share,
            n=rows,
            low=None if share is None else max(share - 0.03, 0.0),
            high=None if share is None else min(share + 0.03, 1.0),
            method="wilson",
        ),
        ratio=measure(None if share is None else share / 0.081, "ratio", n=rows),
        verdict=verdict,  # type: ignore[arg-type]
    )


def removals() -> tuple[GroupRemoval, ...]:
    """Three sorts of groups and one that is too small."""
    return (
        removal("Other", 406, 142),
        removal("Black", 4_685, 516),
        removal("Asian-Pac-Islander", 1_519, 125, "as all"),
        removal("White", 41_762, 2_914, "less"),
        removal("Unknown", 12, 3, "too few"),
    )


def finding(title: str, severity: Severity = Severity.WARNING, **more: object) -> Finding:
    """One finding."""
    return Finding(
        check="missing-values", severity=severity, title=title, why="It matters.", **more
    )  # type: ignore[arg-type]


def findings() -> tuple[FindingChange, ...]:
    """One of each sort."""
    worse = finding("“Black” is rarer than in the reference.", Severity.NOTICE, columns=("race",))
    return (
        FindingChange(
            what="resolved",
            before=finding("47 rows repeat an earlier one.", Severity.CRITICAL),
        ),
        FindingChange(what="new", after=finding("“Other” has 264 rows.", Severity.NOTICE)),
        FindingChange(what="worse", before=worse, after=replace(worse, severity=Severity.WARNING)),
        FindingChange(
            what="remaining",
            before=finding("“age” has outliers."),
            after=finding("“age” has outliers."),
            dismissed="People do grow old.",
        ),
    )


def drift(column: str, psi: float | None = 0.12, **more: object) -> ColumnDrift:
    """How far one column moved."""
    given: dict[str, object] = {
        "type_before": "VARCHAR",
        "type_after": "VARCHAR",
        "kind": "category",
        "changed_cells": 12,
    }
    return ColumnDrift(
        column=column,
        psi=measure(psi, "value", name="psi"),
        ks=measure(None, "value", name="ks", reason="not a column of numbers"),
        js=measure(psi, "value", name="js"),
        **given | more,  # type: ignore[arg-type]
    )


def effects() -> tuple[Effect, ...]:
    """Two steps."""
    return (
        Effect(
            position=1,
            remedy="drop-missing",
            title="Drop rows with missing values",
            rows_in=48_842,
            rows_out=45_222,
            removed=3_620,
            reasons=(("a value of workclass is missing", 3_620),),
        ),
        Effect(
            position=3,
            remedy="suppress",
            title="Suppress small classes",
            rows_in=45_222,
            rows_out=44_866,
            removed=356,
            changed=120,
            changed_cells=(("race", 120),),
        ),
    )


def ablation() -> Ablation:
    """Two measures along two steps."""

    def part(position: int, title: str, first: float, second: float) -> StepPart:
        return StepPart(
            position=position,
            title=title,
            effect=None,
            measures=(measure(first), measure(second, "ratio")),
        )

    return Ablation(
        titles=(("quality", "Coded missing values"), ("label bias", "Label rate, “F” ÷ “M”")),
        ideals=(0.0, 1.0),
        parts=(
            part(0, "Before the first step", 0.074, 0.36),
            part(1, "1. Drop rows with missing values", 0.0, 0.34),
            part(3, "3. Suppress small classes", 0.0, 0.41),
        ),
        rows=10_000,
        of=48_842,
    )


def comparison(**changes: object) -> Comparison:
    """Put it all together; ``changes`` replace parts."""
    made = Comparison(
        before=Side(version="3f9a71aa", name="Census", rows=48_842, columns=3, roles=ROLES),
        after=Side(version="b20c4ebb", name="Census · mended", rows=44_866, columns=3, roles=ROLES),
        pairing=Pairing(
            relation="made from it",
            paired=44_866,
            removed=3_976,
            copied=0,
            added=0,
            changed=120,
            changed_cells=(("race", 120),),
        ),
        lines=lines(),
        findings=findings(),
        removals=removals(),
        overall_removal=measure(0.081, low=0.079, high=0.084, method="wilson"),
        drift=(
            drift("race"),
            drift("name", None, kind="", type_after="", reason="removed"),
            drift("income", 0.001),
        ),
        associations=(
            AssociationKept(
                columns=("age", "income"), measure="correlation_ratio", before=0.42, after=0.21
            ),
            AssociationKept(columns=("race", "sex"), measure="cramers_v", before=0.1, after=None),
        ),
        utility=Utility(
            lines=(lines()[5],),
            trained_before=30_000,
            trained_after=27_000,
            tested=10_000,
            method="logistic regression",
            reason="It says nothing about other models.",
        ),
        steps=effects(),
        notes=("Rows are paired by lineage.",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]
