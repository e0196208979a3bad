"""Part 'Information lost': how much less an anonymised version says, column by column."""

from typing import TYPE_CHECKING

from audit.comparing.values import InformationLoss
from audit.ui import parts
from audit.ui.compare.view import View
from audit.ui.representation.tables import frame
from audit.ui.text import count, counted, md, number, percent

if TYPE_CHECKING:
    import pandas as pd


def there(view: View) -> bool:
    """Whether a step was to anonymise."""
    return view.comparison.loss is not None


def show(view: View) -> None:
    """Show what anonymising cost, and where the measures come from."""
    loss = view.comparison.loss
    if loss is None:
        return
    parts.answer(answer(loss))
    parts.numbers(
        [
            ("Average class size", number(loss.average_class_size.value)),
            ("Discernibility", number(loss.discernibility.value)),
            ("Rows suppressed", count(loss.suppressed)),
        ],
        width=180,
    )
    if loss.columns:
        frame(
            table(loss),
            title="By column",
            note="of the rows that are still there and had a value before",
            alt="Information lost by column",
            key=f"lost-{view.key}",
        )
    k = dict(loss.average_class_size.group)["k"]
    parts.explain(
        "Certainty penalty: the width of a range by that of the column, or how many of its values "
        "a cell may stand for; 0 none, 1 all (NCP, Xu et al. 2006). Distance: mean of |x − x'| / "
        "(√2 s), x' the middle of a range (IL1s, Yancey et al. 2002).",
        f"Average class size: N / (J k) for J classes and k = {k}; 1 is the least there can be "
        "(LeFevre et al. 2006). Discernibility: the sum of squared class sizes, and N for each row "
        "suppressed (Bayardo and Agrawal 2005).",
        "Where one column loses most, leave it out of the quasi-identifiers if nobody can know it, "
        "or ask for a smaller k, and compare again.",
    )


def answer(loss: InformationLoss) -> str:
    """Say how much is lost, and where most. Escaped."""
    known = [c for c in loss.columns if c.certainty_penalty.value is not None]
    if not known:
        return "No column became coarser."
    most = max(known, key=lambda c: float(c.certainty_penalty.value or 0.0))
    share = percent(loss.certainty_penalty.value)
    told = f"{share} of what {counted(len(known), 'column')} could say is lost"
    if len(known) == 1:
        return f"{told}: {md(most.later)}."
    return f"{told}, most in {md(most.later)} ({percent(most.certainty_penalty.value)})."


def table(loss: InformationLoss) -> "pd.DataFrame":
    """List the columns."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "Column": c.column if c.column == c.later else f"{c.column} → {c.later}",
                "Certainty penalty": percent(c.certainty_penalty.value),
                "Distance (IL1s)": number(c.il1s.value),
                "Cells emptied": count(c.cleared),
                "Why not": c.certainty_penalty.reason or c.il1s.reason,
            }
            for c in loss.columns
        ]
    )
