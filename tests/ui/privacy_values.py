"""Values as the reports on personal data and on re-identification would give them: made up."""

from audit.model import Measure
from audit.pii.values import Verdict
from audit.reports.pii.values import (
    Found,
    PersonalData,
    RepeatedTexts,
    Repeats,
    ScannedColumn,
)
from audit.reports.reidentification.values import Reidentification, Risk

ROWS = 2_000
HOSTILE = "![x](http://e.example/x.png) <b>$x$ :material/home:"


def found(
    entity: str,
    share: float,
    *,
    column: str = "c",
    low: float | None = None,
    high: float | None = None,
    validated: int = 0,
    examples: tuple[str, ...] = ("xxxx xx [NAME OF A PERSON] xx 99",),
    row_numbers: tuple[int, ...] = (0, 3, 4),
) -> Found:
    """One kind in ``share`` of the rows, each piece twice."""
    rows = round(share * ROWS)
    return Found(
        entity=entity,
        share=Measure(
            name="pii_share",
            value=share,
            unit="share",
            n=ROWS,
            columns=(column,),
            group=(("entity", entity),),
            low=low,
            high=high,
            method="exact" if low is None else "sample:wilson",
        ),
        rows=rows,
        hits=rows,
        values=max(rows // 2, 1),
        score=0.92,
        validated=validated,
        examples=examples,
        row_numbers=row_numbers,
    )


def column(
    name: str,
    *kinds: Found,
    holds: str = "none",
    entity: str | None = None,
    reasons: tuple[str, ...] = (),
    place: str = "",
    values: int = 900,
    scanned: int | None = None,
    reads: str = "words",
    names: bool = True,
    **others: object,
) -> ScannedColumn:
    """A column, wholly looked at unless something else is said."""
    return ScannedColumn(
        column=name,
        place=place,
        rows=ROWS,
        values=values,
        values_scanned=values if scanned is None else scanned,
        reads=reads,  # type: ignore[arg-type]
        names_scanned=names,
        found=kinds,
        verdict=Verdict(holds=holds, entity=entity, score=0.95, reasons=reasons),  # type: ignore[arg-type]
        **others,  # type: ignore[arg-type]
    )


def columns() -> tuple[ScannedColumn, ...]:
    """An e-mail column, a column of names, free text, an unscanned column and two harmless ones."""
    mail = found("EMAIL_ADDRESS", 0.981, validated=1_962, examples=("[E-MAIL ADDRESS]",))
    remarks = (
        found("PERSON", 0.124, low=0.111, high=0.139),
        found("PHONE_NUMBER", 0.034, low=0.027, high=0.043, validated=20),
        found("ADDRESS", 0.0004, low=0.0001, high=0.002),
    )
    return (
        column("age", reads="numbers", names=False, values=61),
        column(
            "remarks",
            *remarks,
            holds="text",
            reasons=("12.4% of its texts name a person.",),
            reads="prose",
            values=1_900,
            scanned=1_000,
        ),
        column(
            "email",
            mail,
            holds="identifiers",
            entity="EMAIL_ADDRESS",
            reasons=("The name says e-mail.", "98.1% of the values are e-mail addresses."),
            names=False,
        ),
        column(
            "name",
            found("PERSON", 0.96, examples=("[NAME OF A PERSON]",)),
            holds="identifiers",
            entity="PERSON",
            reasons=("The values read as names of people.",),
            reads="names",
        ),
        column("photo", holds="unknown", scanned=0, note="Bytes are not looked at."),
        column("segment", values=4),
    )


def personal(**changes: object) -> PersonalData:
    """The report on :func:`columns`, a sample of one of them."""
    values = {
        "rows": ROWS,
        "sampled": True,
        "model": "en_core_web_sm",
        "columns": columns(),
        "repeats": (
            Repeats(
                entity="EMAIL_ADDRESS",
                columns=("email", "remarks"),
                times=((1, 900, 900), (2, 310, 620), (3, 40, 140), (5, 12, 80), (10, 3, 222)),
                most=140,
                examples=(
                    ("[E-MAIL ADDRESS] xxxx@xxxxxxx.xxx", 140),
                    ("[E-MAIL ADDRESS] xx9@xx.xx", 52),
                ),
                row_numbers=(1, 2, 3, 8),
            ),
            Repeats(
                entity="PERSON",
                columns=("name",),
                times=((1, 1_700, 1_700), (2, 110, 220)),
                most=2,
                row_numbers=(5, 6),
            ),
        ),
        "texts": (
            RepeatedTexts(
                column="remarks",
                entities=("PERSON", "PHONE_NUMBER"),
                exact_groups=14,
                exact_rows=61,
                near_groups=5,
                near_rows=12,
                largest=20,
                row_numbers=(0, 3, 4),
            ),
        ),
        "special": (("diagnosis", "health"),),
    }
    return PersonalData(**(values | changes))  # type: ignore[arg-type]


def nothing() -> PersonalData:
    """A report that found nothing, everything looked at."""
    clean = (column("age", reads="numbers", values=61), column("segment", values=4))
    return PersonalData(rows=ROWS, sampled=False, model="en_core_web_sm", columns=clean)


def risk(**changes: object) -> Reidentification:
    """Three quasi-identifiers that leave 480 of 2,000 rows alone in their class."""
    values = {
        "rows": ROWS,
        "columns": ("age", "sex", "zip"),
        "missing": "value",
        "rows_with_missing": 0,
        "theta": 0.2,
        "risk": Risk(
            columns=("age", "sex", "zip"),
            rows=ROWS,
            classes=900,
            sizes=((1, 480), (2, 200), (4, 180), (10, 40)),
        ),
    }
    return Reidentification(**(values | changes))  # type: ignore[arg-type]
