"""How well a model learns from each version, tested on the same original rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.comparing.held_out import TEST, TRAIN, Asked, rows_after, rows_before, survivors_of
from audit.comparing.learning import (
    Read,
    is_learnable,
    learnt_from,
    read_both,
    weights_of,
    without_identifiers,
)
from audit.comparing.scores import RESAMPLES, Difference, Scores, held_against
from audit.comparing.values import Line, Utility
from audit.comparing.verdicts import RATE, Scale, judged
from audit.format import counted, cut
from audit.judging.words import quoted
from audit.model import Measure, Progress, silent
from audit.reports.representation.axes import code
from audit.reports.representation.label import read_label
from audit.reports.representation.model.probe import one_thread, pipeline, quietly
from audit.reports.representation.model.sides import Sides, sides_of_label

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

_RECODED = 0.5
"""Share of the paired cells that differ from which on a column is another one."""
_FEWEST = 50
"""Rows of a group that are tested at the least for its rates to be compared."""
_TITLES = {
    "roc_auc": "ROC AUC of a model trained on it",
    "accuracy": "Accuracy of a model trained on it",
    "demographic_parity_difference": "Its largest difference of selection rates",
    "equal_opportunity_difference": "Its largest difference of true positive rates",
}
_NAMES: dict[str, str] = {
    "logistic-regression": "Logistic regression",
    "gradient-boosting": "Gradient boosting",
}
_HIGH = Scale(ideal=1.0, poor=0.5, tolerance=RATE)
_GAP = Scale(ideal=0.0, poor=1.0, tolerance=RATE)


class _CannotError(Exception):
    """Nothing can be learnt; the message says why."""


def utility(asked: Asked, progress: Progress = silent) -> Utility:
    """Train a model on each version, and test both on the same rows held out of 'before'.

    Returns
    -------
    Utility
        Without lines, and with the reason, where nothing can be learnt.

    Notes
    -----
    A quarter of the rows of 'before' is held out by a hash of their cells, so that equal rows
    are on one side. Rows of 'after' that come from one of these are left out of training;
    synthetic rows have no origin and stay. A row that is tested is seen by the second model as
    'after' has it, or where it went as it was. Where a column was recoded it is tested only on
    rows that are still there.
    """
    try:
        return _Trial(asked, progress).run()
    except _CannotError as error:
        return Utility(reason=str(error))


class _Trial:
    """One training and test of both sides."""

    def __init__(self, asked: Asked, progress: Progress) -> None:
        self.asked, self.progress = asked, progress
        self.notes: list[str] = []
        self.side = self._label()
        self.names, self.recoded = self._columns()

    def run(self) -> Utility:
        """Draw, read, train, test."""
        import numpy as np

        asked = self.asked
        positive, drawn = rows_before(asked, self.side, self.notes)
        test = np.flatnonzero(drawn == TEST)
        train = np.flatnonzero(drawn == TRAIN)
        later, later_positive = rows_after(asked, self.side, drawn, self.notes)
        survivors = survivors_of(asked.rows, test)
        if self.recoded:
            there = survivors >= 0
            self._say_not_tested(int((~there).sum()))
            test, survivors = test[there], survivors[there]
        self._check(positive[train], later_positive, positive[test])
        old, new = self._read(train, test, later, survivors)
        names = without_identifiers(asked.before, old, self.names)
        if not names:
            raise _CannotError(_NO_FEATURE)
        self.progress(0.3, "training on what was before")
        before = self._scores(old, names, train, positive[train], old.matrix(names, test), 0)
        self.progress(0.6, "training on what is after")
        seen = _as_after(old, new, names, test, survivors)
        after = self._scores(new, names, later, later_positive, seen, 1)
        self.progress(0.9, "testing")
        tested = Scores(
            positive=positive[test], before=before, after=after, group=self._groups(test)
        )
        found = held_against(tested)
        if (found[0].before or 0.0) >= _TOO_GOOD:
            self.notes.append(_LEAK)
        self.progress(1.0)
        return Utility(
            lines=tuple(self._line(d, len(test)) for d in found if d.before is not None),
            trained_before=len(train),
            trained_after=len(later),
            tested=len(test),
            method=self._method(),
            reason=" ".join(self.notes),
        )

    def _label(self) -> Sides:
        asked = self.asked
        label = read_label(asked.before, asked.roles)
        if label is None or label.axis is None or label.positive is None:
            raise _CannotError(_NO_LABEL)
        name = asked.rows.later_name(label.column)
        if name not in {c.name for c in asked.after.columns}:
            message = f"The label {quoted(cut(label.column, 40))} is not there afterwards."
            raise _CannotError(message)
        if asked.after.type_of(name) != asked.before.type_of(label.column):
            raise _CannotError(_LABEL_TYPE)
        return sides_of_label(label)

    def _columns(self) -> tuple[list[str], list[str]]:
        """List what both sides can be learnt from, and what of that was recoded."""
        asked = self.asked
        types = {c.name: c.type for c in asked.after.columns}
        names, recoded = [], []
        for name in learnt_from(asked.before, asked.roles):
            type_ = types.get(asked.rows.later_name(name), "")
            if not is_learnable(type_):
                self.notes.append(f"{quoted(cut(name, 40))} can be learnt from before only.")
                continue
            names.append(name)
            if type_ != asked.before.type_of(name) or self._differs(name):
                recoded.append(name)
        if not names:
            raise _CannotError(_NO_FEATURE)
        return names, recoded

    def _differs(self, name: str) -> bool:
        cells = self.asked.cells
        paired = len(self.asked.rows.first()) if cells is not None else 0
        return bool(paired) and cells is not None and cells.get(name, 0) >= _RECODED * paired

    def _check(self, *labels: "npt.NDArray[np.bool_]") -> None:
        for positive in labels:
            if min(int(positive.sum()), int((~positive).sum())) < _FEWEST_OF_CLASS:
                raise _CannotError(_ONE_CLASS)

    def _read(
        self, train: "Numbers", test: "Numbers", later: "Numbers", survivors: "Numbers"
    ) -> tuple[Read, Read]:
        import numpy as np

        asked = self.asked
        later_names = [asked.rows.later_name(name) for name in self.names]
        mine = np.union1d(train, test)
        its = np.union1d(later, survivors[survivors >= 0])
        return read_both(
            (asked.before, self.names, mine), (asked.after, later_names, its), self.names
        )

    def _scores(
        self,
        read: Read,
        names: Sequence[str],
        rows: "Numbers",
        positive: "npt.NDArray[np.bool_]",
        tested: "Floats",
        side: int,
    ) -> "Floats":
        """Train on some rows of a side, and score others."""
        import numpy as np

        order = sorted(range(len(names)), key=lambda i: not read.is_category[names[i]])
        categories = sum(read.is_category[name] for name in names)
        asked = self.asked
        table = (asked.before, asked.after)[side]
        weights = weights_of(table, asked.weights[side], rows)
        known = read.matrix(names, rows)[:, order]
        empty = np.isnan(known).all(axis=0)
        model = pipeline(asked.kind, categories, len(names) - categories, asked.seed)
        with one_thread(), quietly() as said:
            model.fit(np.where(empty, 0.0, known), positive, model__sample_weight=weights)
            scores = model.predict_proba(np.where(empty, 0.0, tested[:, order]))[:, 1]
        if said:
            self.notes.append("A model had not fully settled when it was stopped.")
        return np.asarray(scores, dtype=np.float64)

    def _groups(self, test: "Numbers") -> "Numbers | None":
        """Give the tested rows a number for each group that is large enough."""
        import numpy as np

        axis, table = self.asked.by, self.asked.before
        if axis is None:
            return None
        sql, values = code(axis, "k", table.type_of(axis.column))
        found = table.arrays(
            f"SELECT {sql} AS g FROM {{t}} WHERE {{row}} IN (SELECT unnest(?)) ORDER BY {{row}}",  # noqa: S608
            [*values, test.tolist()],
            k=axis.column,
        )
        levels = np.asarray(found["g"], dtype=np.int64)
        sizes = np.bincount(levels, minlength=axis.size)
        real = [level.kind in ("value", "bin") for level in axis.levels]
        large = np.flatnonzero((sizes >= _FEWEST) & np.array(real))
        if len(large) < 2:
            return None
        place = np.full(axis.size, -1, dtype=np.int64)
        place[large] = np.arange(len(large))
        groups: Numbers = place[levels]
        return groups

    def _line(self, found: Difference, tested: int) -> Line:
        by = self.asked.by
        is_gap = found.name.endswith("_difference")
        title = _TITLES[found.name]
        columns = (by.column,) if is_gap and by is not None else ()
        if columns:
            title = f"{title}, {quoted(cut(columns[0], 40))}"
        sides = [
            Measure(
                name=found.name,
                value=value,
                unit="share" if found.name != "roc_auc" else "coefficient",
                n=tested,
                columns=columns,
                reason="" if value is not None else "No row bears on it.",
            )
            for value in (found.before, found.after)
        ]
        line = Line(
            topic="utility",
            name=found.name,
            title=title,
            before=sides[0],
            after=sides[1],
            columns=columns,
        )
        scale = _GAP if is_gap else _HIGH
        interval = (found.low, found.high)
        return judged(line, scale, interval=interval, few=self.asked.doubt)

    def _say_not_tested(self, n: int) -> None:
        names = ", ".join(quoted(cut(name, 40)) for name in self.recoded[:3])
        more = "" if len(self.recoded) <= 3 else f" and {len(self.recoded) - 3} more"
        left = f": {counted(n, 'row')} held out went, and could not be tested" if n else ""
        self.notes.append(f"{names}{more} took another form{left}.")

    def _method(self) -> str:
        weights = [w for w in self.asked.weights if w]
        weighted = ", weights counted in training" if weights else ""
        return (
            f"{_NAMES[self.asked.kind]}, sensitive columns left out{weighted}; "
            f"paired bootstrap of the tested rows, {RESAMPLES} resamples"
        )


_FEWEST_OF_CLASS = 5
_NO_LABEL = "There is no label with a positive value that a model could learn."
_LABEL_TYPE = "The label is of another type afterwards: what it says cannot be compared."
_NO_FEATURE = "There is no other column that a model could learn from on both sides."
_TOO_GOOD = 0.9995
_LEAK = (
    "A model that is hardly ever wrong has most likely been told the label by a column: "
    "what it learnt says little."
)
_ONE_CLASS = (
    f"Fewer than {_FEWEST_OF_CLASS} rows have one of the two labels: nothing can be learnt or "
    "tested."
)


def _as_after(
    old: Read, new: Read, names: Sequence[str], test: "Numbers", survivors: "Numbers"
) -> "Floats":
    """Give tested rows as 'after' has them, or where they went as they were."""
    found = old.matrix(names, test)
    there = survivors >= 0
    if there.any():
        found[there] = new.matrix(names, survivors[there])
    return found
