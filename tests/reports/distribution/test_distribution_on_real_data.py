"""Every statistic against pandas and scipy, on sets from outside the project."""

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy import stats as peer

ADULT = [
    "age",
    "workclass",
    "fnlwgt",
    "education",
    "education-num",
    "marital-status",
    "occupation",
    "relationship",
    "race",
    "sex",
    "capital-gain",
    "capital-loss",
    "hours-per-week",
    "native-country",
    "income",
]


def _adult(shared, name, skip=0):
    return pd.read_csv(
        shared(f"adult_uci/{name}"),
        names=ADULT,
        skipinitialspace=True,
        skiprows=skip,
        keep_default_na=False,
    )


def adult_full(shared):
    test = _adult(shared, "adult.test", skip=1)
    test["income"] = test["income"].str.rstrip(".")
    return pd.concat([_adult(shared, "adult.data"), test], ignore_index=True)


def german(shared):
    return pd.read_csv(shared("german_credit/german.data"), sep=" ", header=None).rename(
        columns=lambda i: f"a{i + 1}"
    )


def acs(shared):
    return pd.read_parquet(shared("acs_sample/ACS_sample.validation.parquet"))


def _csv(name, **options):
    return lambda shared: pd.read_csv(shared(name), **options)


SETS = {
    "adult": adult_full,
    "german_credit": german,
    "penguins": _csv("penguins/penguins.csv"),
    "penguins_raw": _csv("penguins/penguins-raw.csv"),
    "febrl1": _csv("febrl1/dataset1.csv", skipinitialspace=True),
    "hospital_dirty": _csv("hospital_dirty_100/hospital_100.csv"),
    "compas": _csv("compas_aequitas/compas_for_aequitas.csv"),
    "acs": acs,
    "drug_type": _csv("pycanon/drug_type.csv"),
    "students": _csv("pycanon/StudentsMath_Score.csv"),
    "crows_pairs": _csv("crows_pairs/crows_pairs_anonymized.csv"),
    "arx_adult": _csv("arx_example/adult_subset.csv", sep=";"),
}


@pytest.fixture(params=SETS)
def frame(request, shared):
    return SETS[request.param](shared)


def close(found, expected):
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_every_column_equals_pandas_and_scipy(frame, measured):
    report = measured(frame, sample_rows=1)
    assert (report.rows, len(report.columns)) == frame.shape
    for column in report.columns:
        series = frame[column.name]
        assert column.missing == series.isna().sum()
        assert column.distinct == series.nunique()
        assert column.distinct_method == "exact"
        _counts(column, series.dropna())
        if column.kind == "number":
            _numbers(column, series.dropna())
        elif column.kind == "text":
            _text(column.text, series.dropna())


def _counts(column, series):
    counts = series.value_counts()
    assert sum(v.count for v in column.top) == counts.head(50).sum()
    for value in column.top:
        assert counts[value.value] == value.count
    ordered = [(-v.count, v.value) for v in column.top]
    assert ordered == sorted(ordered)
    if len(series):
        close(column.entropy, peer.entropy(counts, base=2))
        close(column.mode_share, counts.iloc[0] / len(series))


def _numbers(column, series):
    numbers, values = column.numbers, series.astype(float)
    close(numbers.mean, values.mean())
    close(numbers.variance, values.var())
    close(numbers.standard_deviation, values.std())
    close((numbers.minimum, numbers.maximum), (values.min(), values.max()))
    if values.nunique() > 1:
        close(numbers.skewness, peer.skew(values, bias=False))
        close(numbers.kurtosis, peer.kurtosis(values, bias=False))
    else:
        assert (numbers.skewness, numbers.kurtosis) == (None, None)
    for p, value in numbers.quantiles:
        close(value, values.quantile(p))
    q25, q75 = values.quantile(0.25), values.quantile(0.75)
    close(numbers.iqr, q75 - q25)
    close(numbers.mad, peer.median_abs_deviation(values))
    assert numbers.zeros == (values == 0).sum()
    assert numbers.negatives == (values < 0).sum()
    for fence, found in ((1.5, numbers.outliers), (3, numbers.far_outliers)):
        low, high = q25 - fence * (q75 - q25), q75 + fence * (q75 - q25)
        assert found == ((values < low) | (values > high)).sum()
    for drawn in (numbers.histogram, numbers.log_histogram):
        if drawn is not None:
            expected, _ = np.histogram(values, bins=np.array(drawn.edges))
            assert list(drawn.counts) == expected.tolist()
            assert sum(drawn.counts) == len(values)
            assert len(drawn.counts) <= 60


def _text(text, series):
    lengths = series.str.len()
    assert (text.length_minimum, text.length_maximum) == (lengths.min(), lengths.max())
    close(text.length_mean, lengths.mean())
    assert text.blank == (series.str.strip() == "").sum()
    assert text.padded == (series.str.strip() != series).sum()
    assert text.digits == series.str.fullmatch("[0-9]+").sum()
    letters = series.map(lambda s: all(c.isalpha() or c.isspace() for c in s) and s.strip() != "")
    assert text.letters == letters.sum()
    digit, letter = series.str.contains("[0-9]"), series.map(lambda s: any(map(str.isalpha, s)))
    assert text.mixed == (digit & letter).sum()
    assert text.number_text == pd.to_numeric(series.str.strip(), errors="coerce").notna().sum()
    close(text.words_mean, series.str.split().str.len().mean())
    folded = series.map(lambda s: re.sub(r"\s+", " ", s.strip()).lower())
    spellings = series.groupby(folded).nunique()
    several = set(spellings[spellings > 1].index)
    assert len(text.variants) == min(50, len(several))
    for variants in text.variants:
        assert variants.folded in several
        assert len(variants.spellings) == min(20, spellings[variants.folded])
        assert all((series == v.value).sum() == v.count for v in variants.spellings)


def test_rows_and_patterns_equal_pandas(frame, measured):
    report = measured(frame, sample_rows=1)
    assert report.duplicate_rows == frame.duplicated().sum()
    assert report.rows_with_missing == frame.isna().any(axis=1).sum()
    patterns = frame.isna()[frame.isna().any(axis=1)].value_counts()
    assert report.patterns_total == len(patterns)
    found = {p.columns: p.rows for p in report.patterns}
    expected = {
        tuple(c for c, missing in zip(frame.columns, key, strict=True) if missing): n
        for key, n in patterns.items()
    }
    assert len(found) == min(50, len(expected))
    assert found.items() <= expected.items()
    unique = [c for c in frame if frame[c].is_unique and frame[c].notna().all()]
    assert report.keys == tuple(unique)


def _bergsma(x, y):
    table = pd.crosstab(x, y).to_numpy()
    n, (r, c) = table.sum(), table.shape
    phi2 = peer.chi2_contingency(table, correction=False).statistic / n
    phi2 = max(0, phi2 - (r - 1) * (c - 1) / (n - 1))
    return np.sqrt(phi2 / (min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1))


def _eta(category, number):
    groups = number.groupby(category)
    among = (groups.size() * (groups.mean() - number.mean()) ** 2).sum()
    return np.sqrt(among / ((number - number.mean()) ** 2).sum())


def test_every_pair_equals_pandas_and_scipy(frame, measured):
    report = measured(frame)
    assert {p.method for p in report.pairs} <= {"exact"}
    for pair in report.pairs:
        both = frame[[pair.first, pair.second]].dropna()
        x, y = both[pair.first], both[pair.second]
        assert pair.n == len(both)
        if pair.value is None:
            assert pair.reason
            continue
        if pair.measure in ("pearson", "spearman"):
            function = peer.pearsonr if pair.measure == "pearson" else peer.spearmanr
            expected = function(x.astype(float), y.astype(float)).statistic
        elif pair.measure == "cramers_v":
            expected = _bergsma(x, y)
        elif report.column(pair.first).kind == "number":
            expected = _eta(y, x.astype(float))
        else:
            expected = _eta(x, y.astype(float))
        assert pair.value == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_no_pair_is_forgotten(shared, measured):
    report = measured(adult_full(shared))
    numbers = [c.name for c in report.columns if c.kind == "number"]
    texts = [c.name for c in report.columns if c.kind == "text"]
    found = {(p.first, p.second, p.measure) for p in report.pairs}
    place = {name: i for i, name in enumerate(ADULT)}
    expected = {
        (*sorted(pair, key=place.get), measure)
        for names, measures in ((numbers, ("pearson", "spearman")), (texts, ("cramers_v",)))
        for pair in combinations(names, 2)
        for measure in measures
    } | {(*sorted((a, b), key=place.get), "correlation_ratio") for a in numbers for b in texts}
    assert found == expected


def test_adult_has_the_duplicates_and_codes_that_are_known(shared, measured):
    train, test = _adult(shared, "adult.data"), _adult(shared, "adult.test", skip=1)
    assert measured(train, sample_rows=1).duplicate_rows == 24
    assert measured(test, sample_rows=1).duplicate_rows == 5
    report = measured(adult_full(shared), sample_rows=1)
    assert report.duplicate_rows == 52
    codes = {c.name: [(v.value, v.count) for v in c.null_tokens] for c in report.columns}
    assert {name: found for name, found in codes.items() if found} == {
        "workclass": [("?", 2799)],
        "occupation": [("?", 2809)],
        "native-country": [("?", 857)],
        "capital-gain": [(99999, 244)],
    }
    assert report.column("workclass").missing == 0


def test_penguins_have_the_missing_cells_that_are_known(shared, measured):
    report = measured(pd.read_csv(shared("penguins/penguins.csv")))
    assert sum(c.missing for c in report.columns) == 19
    assert report.rows_with_missing == 11
    assert [(p.rows, len(p.columns)) for p in report.patterns] == [(9, 1), (2, 5)]
