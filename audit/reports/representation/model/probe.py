"""A model trained here, so that there is something to look at where no prediction is."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.format import counted, in_words
from audit.model import Progress, RoleMap
from audit.reports.representation.cells import Array
from audit.reports.representation.group_values import Axis
from audit.reports.representation.model.features import Features, read_features
from audit.reports.representation.model.scored import Scored, scored_of
from audit.reports.representation.model.sides import Sides
from audit.reports.representation.options import Options, ProbeKind
from audit.store import Table

FOLDS = 5
_MOST_STEPS = 2000
_ROUNDS = 100
_MOST_CATEGORIES = 100
"""Values of a column that are told apart at the most; the rarest are one."""
_FEWEST_ROWS = 10
"""A value that fewer rows have is not told apart."""

_TITLES = {
    "logistic-regression": "logistic regression trained here, out of fold",
    "gradient-boosting": "gradient boosting trained here, out of fold",
}
_UNSETTLED = "The logistic regression had not fully settled when it was stopped."


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """The scores of a probe."""

    title: str
    scored: Scored
    features: tuple[str, ...]
    note: str = ""


def probe(
    table: Table,
    axes: tuple[Axis, ...],
    label: Sides,
    roles: RoleMap,
    options: Options,
    weight: str | None,
    progress: Progress,
) -> Probed | str:
    """Train a model by cross-validation, and score each row by one that has not seen it.

    Parameters
    ----------
    table, axes, label, roles, weight
        What the report is about.
    options : Options
        Which model, on how many rows at the most, with which seed, and whether it sees the
        sensitive columns.
    progress : Progress
        Told after each fold; may stop the work there.

    Returns
    -------
    Probed or str
        The probabilities of the rows; a sentence where nothing could be trained.

    Notes
    -----
    Five stratified folds, shuffled by the seed. Weights count in training as well: a table
    that was reweighed is to be learnt as reweighed. One thread: neither the number of cores
    nor the library underneath changes a bit.
    """
    features = read_features(table, axes, label, roles, options, weight)
    positive = np.isin(features.found["y"], label.positive)
    rarer = int(min(positive.sum(), (~positive).sum()))
    if rarer < 2:
        return "A model needs at least two rows with, and two without, a positive label."
    if not features.names:
        return "There is no other column that a model could learn from."
    folds = min(FOLDS, rarer)
    score, settled = _out_of_fold(features, positive, folds, options, progress)
    n = len(positive)
    basis = f"sample:{n}" if n < features.rows else ""
    return Probed(
        title=_TITLES[options.probe],
        scored=scored_of(
            axes,
            label,
            {**features.found, "s": score},
            weighted=weight is not None,
            basis=basis,
        ),
        features=features.names,
        note=_note(features, n, folds, settled=settled),
    )


def _note(features: Features, n: int, folds: int, *, settled: bool) -> str:
    sampled = f"Trained on {n:,} of {features.rows:,} rows with a label, drawn by row number."
    names = ", ".join(f"“{name}”" for name in features.left_out)
    notes = (
        sampled if n < features.rows else "",
        f"There were rows for {in_words(folds)} folds only." if folds < FOLDS else "",
        f"Left out as identifiers or text: {names}." if names else "",
        "" if settled else _UNSETTLED,
    )
    return " ".join(note for note in notes if note)


def _out_of_fold(
    features: Features,
    positive: npt.NDArray[np.bool_],
    folds: int,
    options: Options,
    progress: Progress,
) -> tuple[Array, bool]:
    """Predict every row by a model trained on the other folds."""
    from sklearn.model_selection import StratifiedKFold

    columns = [*features.categories.values(), *features.numbers.values()]
    known = np.column_stack(columns).astype(np.float64)
    model = pipeline(options.probe, len(features.categories), len(features.numbers), options.seed)
    splits = StratifiedKFold(folds, shuffle=True, random_state=options.seed)
    weights = _weights(features)
    score = np.zeros(len(positive))
    settled = True
    with one_thread():
        for i, (train, test) in enumerate(splits.split(known, positive)):
            progress(i / folds, f"training fold {i + 1} of {folds}")
            # A column may have no number at all in the other folds, which binning cannot take.
            empty = np.isnan(known[train]).all(axis=0)
            own = np.where(empty, 0.0, known)
            with quietly() as said:
                model.fit(own[train], positive[train], model__sample_weight=weights[train])
            settled = settled and not said
            score[test] = model.predict_proba(own[test])[:, 1]
    progress(1.0, f"{counted(folds, 'fold')} trained")
    return score, settled


def _weights(features: Features) -> Array:
    """Give weights of 1 on average, so that they do not change how strongly a model is held."""
    if "w" not in features.found:
        return np.ones(len(features.found["y"]))
    weights = np.nan_to_num(features.found["w"].astype(np.float64))
    mean = float(weights.mean())
    return weights / mean if mean > 0 else np.ones(len(weights))


def pipeline(kind: ProbeKind, categories: int, numbers: int, seed: int) -> Any:
    """Build an untrained model of columns of codes, and columns of numbers after these."""
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

    rare = {"min_frequency": _FEWEST_ROWS, "max_categories": _MOST_CATEGORIES}
    if kind == "logistic-regression":
        coded = OneHotEncoder(handle_unknown="infrequent_if_exist", **rare)
        filled = SimpleImputer(strategy="median")
        scaled: Any = Pipeline([("filled", filled), ("scaled", StandardScaler())])
        model: Any = LogisticRegression(max_iter=_MOST_STEPS)
    else:
        unknown = {"handle_unknown": "use_encoded_value", "unknown_value": np.nan}
        coded, scaled = OrdinalEncoder(**unknown, **rare), "passthrough"
        model = HistGradientBoostingClassifier(
            max_iter=_ROUNDS,
            early_stopping=False,
            categorical_features=list(range(categories)) or None,
            random_state=seed,
        )
    first = list(range(categories))
    last = list(range(categories, categories + numbers))
    parts = ColumnTransformer([("categories", coded, first), ("numbers", scaled, last)])
    return Pipeline([("parts", parts), ("model", model)])


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute on one thread: the order of a sum decides on its last bit."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


@contextmanager
def quietly() -> Iterator[list[str]]:
    """Catch the warning that a fit has not settled; the list then holds it."""
    from sklearn.exceptions import ConvergenceWarning

    said: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ConvergenceWarning)
        yield said
    said += [str(w.message) for w in caught if issubclass(w.category, ConvergenceWarning)]
    for w in caught:
        if not issubclass(w.category, ConvergenceWarning):
            warnings.warn_explicit(w.message, w.category, w.filename, w.lineno)
