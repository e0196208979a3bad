"""Every measure of the report in one sentence: its name in words, what it says, its range.

d is the group, a all other rows or the group compared with, q the share of positive labels.
"""

from typing import NamedTuple


class Explained(NamedTuple):
    """What a measure is called and says."""

    title: str
    says: str
    reach: str
    """Its range, and the value of no difference."""


_BELOW_ONE = "0 and more; 1 is alike"
_SHARE = "0% to 100%"
_POINTS = "−100 to 100 points; 0 is alike"
_P = "0 to 1; small speaks against chance"

_SHARES = {
    "group_share": Explained("Share of rows", "How much of the data the group is.", _SHARE),
    "reference_share": Explained(
        "Share of the reference", "How much of the reference population the group is.", _SHARE
    ),
    "representation_ratio": Explained(
        "Representation ratio",
        "Share of rows ÷ share of the reference population: below 1 the group is rarer here.",
        _BELOW_ONE,
    ),
    "imbalance_ratio": Explained(
        "Largest ÷ smallest",
        "How many times as many rows the largest group has as the smallest.",
        "1 and more; 1 is balanced",
    ),
    "effective_groups": Explained(
        "Effective groups",
        "How many groups of equal size would be as diverse: e to the power of the entropy.",
        "1 to the number of groups",
    ),
    "total_variation": Explained(
        "Total variation",
        "The share of rows that would have to change group to match the reference population.",
        "0 to 1; 0 is alike",
    ),
    "jensen_shannon": Explained(
        "Jensen-Shannon divergence",
        "How far shares and reference are apart; unlike KL it stays finite.",
        "0 to 0.693; 0 is alike",
    ),
    "population_stability_index": Explained(
        "Population stability index",
        "How far shares and reference are apart, as credit scoring watches it; above 0.25 is "
        "usually called a large shift.",
        "0 and more; 0 is alike",
    ),
    "goodness_of_fit": Explained(
        "Goodness of fit",
        "Chi-square of the counts against the reference population.",
        "0 and more; 0 is alike",
    ),
    "goodness_of_fit_p_value": Explained(
        "p-value of the fit",
        "How often chance alone would part a sample so far from the reference population.",
        _P,
    ),
}

_LABELS = {
    "label_rate": Explained(
        "Rate of the label", "Share of the group's rows that have the positive label.", _SHARE
    ),
    "class_imbalance": Explained(
        "Class imbalance (CI)",
        "(n_a − n_d) ÷ (n_a + n_d): above 0 the group has fewer rows than what it is compared with.",
        "−1 to 1; 0 is balanced",
    ),
    "difference_in_proportions_of_labels": Explained(
        "Difference in proportions of labels (DPL)",
        "q_a − q_d: above 0 the group has the label less often.",
        _POINTS,
    ),
    "statistical_parity_difference": Explained(
        "Statistical parity difference",
        "Rate of the group minus rate of the reference group: below 0 it has the label less often.",
        _POINTS,
    ),
    "disparate_impact": Explained(
        "Disparate impact",
        "Rate of the group ÷ rate of the other: below 0.8 the four-fifths rule screens it, a "
        "screening flag and not a finding of law.",
        _BELOW_ONE,
    ),
    "demographic_disparity": Explained(
        "Demographic disparity (DD)",
        "The group's part of all rejected minus its part of all accepted rows.",
        "−100 to 100 points; 0 is alike",
    ),
    "kl_divergence": Explained(
        "Kullback-Leibler divergence (KL)",
        "How surprising the labels of all others would be to who knows only this group.",
        "0 and more; 0 is alike; infinite where a class is missing",
    ),
    "js_divergence": Explained(
        "Jensen-Shannon divergence (JS)",
        "How far the distributions over all classes are apart.",
        "0 to 0.693; 0 is alike",
    ),
    "lp_norm": Explained(
        "L2 norm (LP)", "Euclidean distance of the shares of all classes.", "0 to 1.414; 0 is alike"
    ),
    "total_variation_distance": Explained(
        "Total variation distance (TVD)",
        "Half the sum of all differences: the share of labels that would have to change.",
        "0 to 1; 0 is alike",
    ),
    "kolmogorov_smirnov": Explained(
        "Kolmogorov-Smirnov (KS)", "The largest difference of any one class.", "0 to 1; 0 is alike"
    ),
    "ks_cdf": Explained(
        "Kolmogorov-Smirnov (KS)",
        "The largest gap between the cumulative distributions of the label.",
        "0 to 1; 0 is alike",
    ),
    "label_mean": Explained("Mean of the label", "Mean over the group's rows.", "any number"),
    "label_mean_difference": Explained(
        "Difference of means",
        "Mean of the group minus mean of the others.",
        "any number; 0 is alike",
    ),
    "parity_p_value": Explained(
        "p-value of parity",
        "How often chance alone would part the group so far from all others; corrected for the "
        "number of groups (Benjamini-Hochberg).",
        _P,
    ),
    "smoothed_empirical_differential_fairness": Explained(
        "Differential fairness (smoothed)",
        "The largest ratio of smoothed rates between any two groups, as a logarithm.",
        "0 and more; 0 is alike",
    ),
    "label_distribution_p_value": Explained(
        "p-value of all groups together",
        "How often chance alone would make labels depend on the group so much.",
        _P,
    ),
    "expected_calibration_error": Explained(
        "Expected calibration error",
        "Mean distance of score and rate of the label over bins of the score; grows by chance in "
        "small groups.",
        "0% to 100%; 0% is exact",
    ),
    "conditional_demographic_disparity": Explained(
        "Conditional demographic disparity (CDDL)",
        "Demographic disparity within each stratum, averaged by its rows.",
        "−100 to 100 points; 0 is alike",
    ),
    "consistency": Explained(
        "Consistency",
        "How alike the labels of rows with alike features are: 1 minus the mean difference of a "
        "row's label from that of its neighbours.",
        "0 to 1; 1 is alike",
    ),
}

_RATES = {
    "selection_rate": ("Selection rate", "Share of rows predicted positive."),
    "accuracy": ("Accuracy", "Share of rows predicted rightly."),
    "precision": ("Precision", "Of those predicted positive, the share that is."),
    "true_positive_rate": ("True positive rate", "Of those positive, the share that is found."),
    "true_negative_rate": ("True negative rate", "Of those negative, the share left alone."),
    "false_positive_rate": (
        "False positive rate",
        "Of those negative, the share taken for positive.",
    ),
    "false_negative_rate": ("False negative rate", "Of those positive, the share missed."),
    "false_discovery_rate": (
        "False discovery rate",
        "Of those predicted positive, the share that is not.",
    ),
    "false_omission_rate": (
        "False omission rate",
        "Of those predicted negative, the share that is positive.",
    ),
}

_MODEL = {
    **{name: Explained(title, says, _SHARE) for name, (title, says) in _RATES.items()},
    **{
        f"{name}_difference": Explained(
            f"{title}, difference", "Of the group, minus that of the reference group.", _POINTS
        )
        for name, (title, _) in _RATES.items()
    },
    **{
        f"{name}_ratio": Explained(
            f"{title}, ratio", "Of the group, divided by that of the reference group.", _BELOW_ONE
        )
        for name, (title, _) in _RATES.items()
    },
    **{
        f"{name}_p_value": Explained(
            f"{title}, p-value",
            "How often chance alone would part it so far from that of the reference group; "
            "corrected for the number of groups and rates (Benjamini-Hochberg).",
            _P,
        )
        for name, (title, _) in _RATES.items()
    },
    "roc_auc": Explained(
        "ROC AUC",
        "How often a positive row has a higher score than a negative one.",
        "0 to 1; 0.5 is chance",
    ),
    "calibration_gap": Explained(
        "Calibration gap",
        "Mean score minus rate of the label: above 0 the model promises too much.",
        _POINTS,
    ),
    "count": Explained("Rows", "Rows with a label and a prediction.", "0 and more"),
    "demographic_parity_difference": Explained(
        "Demographic parity difference",
        "Largest minus smallest selection rate among the groups.",
        "0 to 100 points; 0 is alike",
    ),
    "demographic_parity_ratio": Explained(
        "Demographic parity ratio",
        "Smallest ÷ largest selection rate among the groups.",
        "0 to 1; 1 is alike",
    ),
    "equal_opportunity_difference": Explained(
        "Equal opportunity difference",
        "Largest minus smallest true positive rate among the groups.",
        "0 to 100 points; 0 is alike",
    ),
    "equalized_odds_difference": Explained(
        "Equalized odds difference",
        "The larger of the gaps in true and in false positive rates.",
        "0 to 100 points; 0 is alike",
    ),
    "equalized_odds_ratio": Explained(
        "Equalized odds ratio",
        "The smaller of the ratios of true and of false positive rates.",
        "0 to 1; 1 is alike",
    ),
}

_OTHERS = {
    "cramers_v": Explained(
        "Cramér's V", "How closely two categories go together (bias-corrected).", "0 to 1"
    ),
    "correlation_ratio": Explained(
        "Correlation ratio", "How much of a number's spread the groups explain.", "0 to 1"
    ),
    "proxy_auc": Explained(
        "Proxy AUC",
        "How well the group is told from the column on rows not learnt from.",
        "0.5 is not at all, 1 is always",
    ),
}

_QUALITIES = {
    "missing_share": ("Missing", "Share of the group's rows without a value.", _SHARE),
    "duplicate_share": ("Repeated rows", "Share of the group's rows that repeat one.", _SHARE),
    "outlier_share": ("Outliers", "Share of the group's numbers beyond Tukey's fence.", _SHARE),
    "length_mean": ("Length of text", "Mean number of characters.", "0 and more"),
}

_ROWS = {
    **{name: Explained(*words) for name, words in _QUALITIES.items()},
    **{
        f"{name}_gap": Explained(
            f"{title}, gap", "Largest minus smallest among the groups that are large enough.", reach
        )
        for name, (title, _, reach) in _QUALITIES.items()
    },
    "uncovered_patterns": Explained(
        "Uncovered combinations", "Most general combinations that too few rows have.", "0 and more"
    ),
    "uncovered_rows": Explained(
        "Rows of a combination", "Rows that have all of these values.", "0 and more"
    ),
}

EXPLAINED: dict[str, Explained] = _SHARES | _LABELS | _MODEL | _OTHERS | _ROWS


def explained(name: str) -> Explained:
    """Explain a measure; one without an entry says its own name."""
    plain = name.replace("_", " ").capitalize()
    return EXPLAINED.get(name, Explained(plain, "", ""))
