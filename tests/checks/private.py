"""Reports on personal data and on re-identification, made by hand."""

from audit.model import Measure, RowTest, Where
from audit.pii.values import Verdict
from audit.reports.pii.values import Found, PersonalData, RepeatedTexts, Repeats, ScannedColumn
from audit.reports.reidentification.values import (
    Disclosure,
    Driver,
    Reidentification,
    Risk,
    Suggestion,
    UniqueSet,
)


def found(entity, rows, n=1000, *, column="c", low=None, high=None, score=0.9, numbers=None):
    """One kind, in ``rows`` of ``n`` rows; an estimate where it has an interval."""
    share = Measure(
        name="pii_share",
        value=rows / n,
        unit="share",
        n=n,
        columns=(column,),
        group=(("entity", entity),),
        low=low,
        high=high,
        method="exact" if low is None else "sample",
    )
    return Found(
        entity=entity,
        share=share,
        rows=rows,
        hits=rows,
        values=rows,
        score=score,
        validated=0,
        row_numbers=tuple(range(rows) if numbers is None else numbers),
    )


def column(name, *kinds, holds="text", entity=None, score=0.9, n=1000, scanned=None, **other):
    """A column of ``n`` different values with what was found in it."""
    return ScannedColumn(
        column=name,
        rows=n,
        values=n,
        values_scanned=n if scanned is None else scanned,
        reads="prose" if holds == "text" else "codes",
        names_scanned=True,
        found=tuple(kinds),
        verdict=Verdict(holds=holds, entity=entity, score=score, reasons=("The name says so.",)),
        **other,
    )


def data(*columns, **other):
    """A report on personal data in 1,000 rows."""
    return PersonalData(rows=1000, sampled=False, model="", columns=columns, **other)


def repeats(entity, most, *columns):
    """One piece that stands in ``most`` rows, and ten that stand in one."""
    times = ((1, 10, 10), (2, 0, 0), (3, 0, 0), (5, 0, 0), (10, int(most >= 10), most), (100, 0, 0))
    return Repeats(entity=entity, columns=columns, times=times, most=most)


def texts(name, exact=0, near=0, *, entities=("PERSON",), **other):
    """Texts of a column that repeat."""
    return RepeatedTexts(
        column=name,
        entities=entities,
        exact_groups=bool(exact),
        exact_rows=exact,
        near_groups=bool(near),
        near_rows=near,
        largest=max(exact, near),
        **other,
    )


def risk(*columns, sizes):
    """Classes given as {size: classes of that size}."""
    pairs = tuple(sorted(sizes.items()))
    return Risk(
        columns=columns,
        rows=sum(size * n for size, n in pairs),
        classes=sum(n for _, n in pairs),
        sizes=pairs,
    )


def people(sizes, *, columns=("age", "zip"), without=None, disclosures=(), missing=0):
    """A re-identification report; ``without`` gives the classes with a column left out."""
    whole = risk(*columns, sizes=sizes)
    return Reidentification(
        rows=whole.rows,
        columns=columns,
        missing="value",
        rows_with_missing=missing,
        theta=0.2,
        risk=whole,
        example_row=0,
        smallest=Where(tests=(RowTest(op="numbered", values=tuple(range(whole.uniques))),)),
        drivers=tuple(
            Driver(
                column=name,
                distinct=3,
                without=risk(*(c for c in columns if c != name), sizes=left),
            )
            for name, left in (without or {}).items()
        ),
        unique_sets=(UniqueSet(columns=columns[:1], rows=1, row_number=0),),
        disclosures=disclosures,
        suggestions=(Suggestion(column=columns[0], kind="known kind", reason="an age"),),
    )


def disclosure(attribute, *, l, t, homogeneous=0, distinct=3):  # noqa: E741
    """What classes tell of an attribute."""
    return Disclosure(
        attribute=attribute,
        ordered=False,
        distinct=distinct,
        l_diversity=l,
        entropy_l=float(l),
        t=t,
        alpha=0.9,
        homogeneous_rows=homogeneous,
    )
