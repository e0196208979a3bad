"""Rows made alike in what others may know of a person, k and more at a time (Mondrian)."""

from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from audit.errors import ParameterError
from audit.format import count, counted, number
from audit.mending.change import Change, Computed, Context
from audit.mending.coded import Coded, coded, together
from audit.mending.fields import Columns
from audit.mending.loss import average_class_size, discernibility
from audit.mending.mondrian import (
    Closeness,
    Diversity,
    Entries,
    Numbers,
    Rule,
    axis_of,
    partition,
    recoded,
)
from audit.mending.mondrian.labels import Recoded
from audit.mending.quasi import quasi_identifiers, sensitive_columns
from audit.registry import Settings, remedy
from audit.reports.reidentification.coding import Ints, totals
from audit.store.table import Table

if TYPE_CHECKING:
    import pyarrow as pa


class KAnonymize(Settings):
    """Make every row one of k and more that are alike in the quasi-identifiers."""

    columns: Columns = Field(
        default=(),
        title="Quasi-identifiers",
        description="What others may know of a person; none: columns of that role.",
    )
    k: int = Field(default=5, ge=2, title="k", description="Fewest rows that are alike.")
    l: int | None = Field(  # noqa: E741 - its name in the field
        default=None,
        ge=2,
        title="l",
        description="Fewest different values of each sensitive column among rows that are alike.",
    )
    t: float | None = Field(
        default=None,
        gt=0,
        le=1,
        title="t",
        description="How far the sensitive values of rows that are alike may be from those of all.",
    )
    sensitive: Columns = Field(
        default=(),
        title="Sensitive columns",
        description="For l and t; none: label and sensitive columns that are no quasi-identifiers.",
    )
    numbers: Numbers = Field(
        default="range",
        title="Numbers become",
        description="A range as text, or the mean or median of the rows that are alike.",
    )
    strict: bool = Field(
        default=True,
        title="Keep equal values together",
        description="Switched off, rows with equal values may get different ranges: classes are "
        "smaller, and their ranges overlap.",
    )
    most_listed: int = Field(
        default=20,
        ge=2,
        title="Longest list",
        description="Categories listed in a set; of more, the first and the last in the order of "
        "the alphabet stand for those between.",
    )


@remedy("k-anonymize", title="Make k-anonymous", family="anonymize", recasts="groups")
def k_anonymize(table: Table, step: KAnonymize, context: Context) -> Change:
    """Put rows into classes of k and more, and write what a class has in place of each value.

    Mondrian (LeFevre et al. 2006): all rows are one class; a class is cut in two on its widest
    quasi-identifier, as near to the median as leaves k rows (and l, and t) on both sides, as
    long as there is such a cut. Numbers and dates become the range of their class, "[25-34]",
    categories the set of theirs, "{Black, Other}". No row is taken away. A missing value is a
    value of its own, as in the re-identification report: where a class has some, its range
    reads "[25-34] or missing"; a class without a value stays missing.
    """
    columns = quasi_identifiers(table, step.columns, context.roles)
    asked = step.l is not None or step.t is not None
    attributes = sensitive_columns(table, step.sensitive, context.roles, columns) if asked else ()
    if not table.n_rows:
        return _nothing(table, columns, step)
    _check_rows(table, step)
    known = coded(table, (*columns, *attributes), ranges=True)
    entry, n = together(known) if step.strict else _each(known)
    one = np.zeros(n, dtype=np.int64)
    one[entry] = np.arange(len(entry))
    weights = totals(entry, np.ones(len(entry), dtype=np.int64), n)
    keys, others = known[: len(columns)], known[len(columns) :]
    entries = Entries(
        axes=tuple(axis_of(c, one, weights) for c in keys), weights=weights, divides=not step.strict
    )
    rules = _rules(others, one, weights, step)
    classes = partition(entries, step.k, rules=rules, progress=context.progress)
    made = {
        c.column: recoded(
            c, c.codes[one], classes, weights, numbers=step.numbers, most=step.most_listed
        )
        for c in keys
    }
    sizes = totals(classes, weights, int(classes.max()) + 1)
    return Change(
        computed=(_computed({c: r.cells for c, r in made.items()}, classes[entry], columns),),
        notes=(_told(sizes, step.k, columns), *_notes(made, step), *_unused(step)),
    )


def _each(known: tuple[Coded, ...]) -> tuple[Ints, int]:
    """Give each row a number of its own, equal rows side by side."""
    together_, _ = together(known)
    order = np.argsort(together_, kind="stable")
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.arange(len(order))
    return found, len(order)


def _rules(others: tuple[Coded, ...], one: Ints, weights: Ints, step: KAnonymize) -> list[Rule]:
    rules: list[Rule] = []
    for column in others:
        codes = column.codes[one]
        if step.l is not None:
            distinct = len(np.unique(codes))
            if distinct < step.l:
                message = f"{column.column!r} has {counted(distinct, 'different value')}: l = {step.l} cannot be."
                raise ParameterError(message, hint="Choose a smaller l or another column.")
            rules.append(Diversity(codes=codes, width=column.width, least=step.l))
        if step.t is not None:
            ordered = column.kind == "number"
            rules.append(
                Closeness(
                    codes=codes, width=column.width, weights=weights, most=step.t, ordered=ordered
                )
            )
    return rules


def _computed(cells: "dict[str, pa.Array]", classes: Ints, columns: tuple[str, ...]) -> Computed:
    number_of = classes.astype(np.int32)

    def function(batch: "pa.RecordBatch", at: int) -> "dict[str, pa.Array]":
        import pyarrow as pa

        own = pa.array(number_of[at : at + batch.num_rows])
        return {name: values.take(own) for name, values in cells.items()}

    types = {name: values.type for name, values in cells.items()}
    return Computed(needs=columns[:1], types=types, function=function)


def _check_rows(table: Table, step: KAnonymize) -> None:
    if table.n_rows < step.k:
        rows = counted(table.n_rows, "row")
        message = f"The table has {rows}, fewer than k = {step.k}."
        raise ParameterError(message, hint="Choose a smaller k.")


def _nothing(table: Table, columns: tuple[str, ...], step: KAnonymize) -> Change:
    """Give a table without rows the types it would have."""
    import pyarrow as pa

    kept = step.numbers != "range"
    kinds = {c.column: c.kind for c in coded(table, columns)}
    text, real = pa.array([], pa.string()), pa.array([], pa.float64())
    cells = {c: real if kept and kinds[c] == "number" else text for c in columns}
    return Change(computed=(_computed(cells, np.zeros(0, dtype=np.int64), columns),))


def _told(sizes: Ints, k: int, columns: tuple[str, ...]) -> str:
    average = number(average_class_size(sizes, k))
    return (
        f"By {', '.join(map(repr, columns))} the rows are in {_classes(len(sizes))} of "
        f"{count(int(sizes.min()))} to {count(int(sizes.max()))} rows (average class size "
        f"{average}, discernibility {count(discernibility(sizes))}); no row was suppressed."
    )


def _unused(step: KAnonymize) -> tuple[str, ...]:
    """Say that sensitive columns count for l and t alone."""
    if not step.sensitive or step.l is not None or step.t is not None:
        return ()
    return ("Sensitive columns are named, but neither l nor t: they were not looked at.",)


def _classes(n: int) -> str:
    return f"{n:,} {'class' if n == 1 else 'classes'}"


def _notes(made: dict[str, Recoded], step: KAnonymize) -> tuple[str, ...]:
    notes = []
    for column, one in made.items():
        if one.shortened:
            notes.append(
                f"{column!r}: {_classes(one.shortened)} with more than {step.most_listed} "
                "values: the first and the last in their order stand for those between."
            )
        if one.filled:
            notes.append(
                f"{column!r}: for {counted(one.filled, 'missing value')} the {step.numbers} of the "
                "class stands."
            )
    return tuple(notes)
