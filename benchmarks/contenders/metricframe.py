"""Fairlearn's MetricFrame on the rows of a Parquet file; prints the seconds of the work alone.

The same metrics by sex, by race and by both; reading the file is not counted. With a number of
resamples it gives bootstrap intervals too.
"""

import sys
import time
import warnings

import pandas as pd
from fairlearn.metrics import (
    MetricFrame,
    false_negative_rate,
    false_positive_rate,
    selection_rate,
    true_negative_rate,
    true_positive_rate,
)
from sklearn.metrics import accuracy_score, precision_score

warnings.simplefilter("ignore")
METRICS = {
    "selection_rate": selection_rate,
    "accuracy": accuracy_score,
    "precision": lambda y, p: precision_score(y, p, zero_division=0),
    "true_positive_rate": true_positive_rate,
    "true_negative_rate": true_negative_rate,
    "false_positive_rate": false_positive_rate,
    "false_negative_rate": false_negative_rate,
}

resamples = int(sys.argv[2])
rows = pd.read_parquet(sys.argv[1], columns=["income", "said", "sex", "race"])
truth = (rows["income"] == ">50K").astype(int)
said = (rows["said"] == ">50K").astype(int)
again = {"n_boot": resamples, "ci_quantiles": [0.025, 0.975], "random_state": 0}

begun = time.perf_counter()
for columns in (["sex"], ["race"], ["sex", "race"]):
    frame = MetricFrame(
        metrics=METRICS,
        y_true=truth,
        y_pred=said,
        sensitive_features=rows[columns],
        **(again if resamples else {}),
    )
    assert len(frame.by_group) > 1
    if resamples:
        assert len(frame.by_group_ci) == 2
print(time.perf_counter() - begun)
