"""Every measure of the re-identification report in one sentence: its name in words, its range."""

from typing import NamedTuple

from audit.model import Measure


class Explained(NamedTuple):
    """What a measure is called and says."""

    title: str
    says: str
    reach: str
    """Its range, and which end is the safe one."""


_RISK = "0% to 100%; less is safer"
_ROWS = "0 and more; less is safer"

EXPLAINED: dict[str, Explained] = {
    "k_anonymity": Explained(
        "Smallest class (k)",
        "Every row shares its quasi-identifiers with at least k − 1 others.",
        "1 and more; more is safer, 5 or 10 is often asked for",
    ),
    "equivalence_classes": Explained(
        "Classes",
        "How many different combinations of the quasi-identifiers there are.",
        "1 to the number of rows; less is safer",
    ),
    "sample_uniques": Explained(
        "Unique rows",
        "Share of rows that share their quasi-identifiers with no other.",
        _RISK,
    ),
    "rows_below_k": Explained(
        "Rows in small classes",
        "Rows in classes smaller than the k in brackets.",
        _ROWS,
    ),
    "prosecutor_max": Explained(
        "Prosecutor: highest risk",
        "1 ÷ the smallest class: how likely somebody who knows that a person is in the data, and "
        "knows the quasi-identifiers, finds the right row, for the row that is easiest to find.",
        _RISK,
    ),
    "prosecutor_average": Explained(
        "Prosecutor: average risk",
        "1 ÷ the size of their class, on average over all rows.",
        _RISK,
    ),
    "prosecutor_at_risk": Explained(
        "Prosecutor: rows at risk",
        "Share of rows whose risk, 1 ÷ size of their class, is above the threshold.",
        _RISK,
    ),
    "journalist_max": Explained(
        "Journalist: highest risk",
        "1 ÷ the fewest people of the population who share the quasi-identifiers of a row: for "
        "somebody who does not know who is in the data and wants to name any one.",
        _RISK,
    ),
    "journalist_average": Explained(
        "Journalist: average risk",
        "The same, on average: for somebody who takes a person of the data by chance.",
        _RISK,
    ),
    "marketer": Explained(
        "Marketer: expected matches",
        "Share of rows that somebody would match rightly who links all of them to a list of the "
        "population.",
        _RISK,
    ),
    "l_diversity": Explained(
        "Fewest different values (l)",
        "In every class there are at least l different values of the attribute.",
        "1 to the number of values; 1 gives the value away",
    ),
    "entropy_l_diversity": Explained(
        "Entropy l-diversity",
        "How many equally frequent values would hide the attribute as well, in the class that "
        "hides it least: e to the power of the entropy.",
        "1 to the number of values; 1 gives the value away",
    ),
    "t_closeness": Explained(
        "Distance to all rows (t)",
        "How far the values of a class are from those of all rows, in the class that is furthest.",
        "0 to 1; 0 tells nothing beyond what is known of all",
    ),
    "alpha": Explained(
        "Most frequent value (alpha)",
        "The largest share that one value has within a class: how surely it can be guessed.",
        "0 to 1; 1 gives the value away",
    ),
    "homogeneous_rows": Explained(
        "Rows that share the value",
        "Rows in classes of two and more in which all have the same value.",
        _ROWS,
    ),
    "minimal_sample_uniques": Explained(
        "Rows unique by a combination",
        "Rows that are unique by exactly these columns and by no part of them.",
        _ROWS,
    ),
    "population_unknown_rows": Explained(
        "Rows without a population count",
        "Rows whose values the population does not have, or fewer times than the data: their "
        "class counts as the population.",
        _ROWS,
    ),
}


def explained(name: str) -> Explained:
    """Explain a measure; one without an entry says its own name."""
    return EXPLAINED.get(name, Explained(name.replace("_", " ").capitalize(), "", ""))


def title(measure: Measure) -> str:
    """Name a measure with what it is about: 'Rows in small classes (k = 5)'. Not escaped."""
    told = explained(measure.name).title
    about = ", ".join(f"{key} = {value}" for key, value in measure.group)
    return f"{told} ({about})" if about else told
