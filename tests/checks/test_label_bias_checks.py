"""How labels treat groups: rates, distributions, strata, rare labels, and proxies."""

from dataclasses import replace

import pytest

from audit.model import Role, RowTest, Severity, Where
from tests.checks import people

SEX = {"sex": ("Male", "Female")}
ADULT = [[22_732, 9_918], [14_423, 1_769]]
"""UCI Adult by sex and income; the ratio of rates is 0.359655."""


def rates(*of_groups, n=10_000, names=None, **given):
    """Groups of ``n`` rows with these rates; or (rate, rows)."""
    pairs = [r if isinstance(r, tuple) else (r, n) for r in of_groups]
    counts = [[m - round(m * r), round(m * r)] for r, m in pairs]
    return people.report(
        {"race": names or ["White", "Black", "Asian"][: len(pairs)]}, counts, **given
    )


def groups(found):
    return [f.group[0][1] for f in found]


def test_the_ratio_of_rates_is_told_with_both_rates_and_its_interval(judge):
    report = people.report(SEX, ADULT, classes=("<=50K", ">50K"))
    (found,) = judge("label-disparity", report)
    assert found.title == (
        "“>50K” is 0.36 times as frequent for “Female” as for “Male” "
        "(10.9% against 30.4%; 95% interval .34 to .38)"
    )
    assert found.severity is Severity.CRITICAL
    assert found.columns == ("sex", "y")
    assert found.group == (("sex", "Female"),)
    assert found.rows == Where(tests=(RowTest(op="equal", columns=("sex",), values=("Female",)),))
    measures = {m.name: m for m in found.measures}
    assert measures["disparate_impact"].value == pytest.approx(0.359655, abs=5e-7)
    assert measures["disparate_impact"].method == "log-normal; against Male"
    assert measures["statistical_parity_difference"].value == pytest.approx(-0.194516, abs=5e-7)
    assert measures["disparate_impact"].group == (("sex", "Female"),)
    assert "A screening flag (29 CFR 1607.4(D)), not a finding of law." in found.caveats
    assert "“>50K” is taken for the better outcome." in found.caveats
    assert any("p < 0.001 (two-proportion z; benjamini-hochberg)" in c for c in found.caveats)
    by = ("by", ("sex", "y"))
    assert [(s.remedy, s.params) for s in found.suggestions] == [
        ("reweigh", (by,)),
        ("resample", (by, ("target", "equal"))),
    ]


@pytest.mark.parametrize(
    ("rate", "severity"),
    [
        (0.50, None),
        (0.41, None),
        (0.37, Severity.WARNING),
        (0.26, Severity.WARNING),
        (0.23, Severity.CRITICAL),
        (0.0, Severity.CRITICAL),
    ],
)
def test_the_interval_of_the_ratio_must_lie_below_four_fifths(judge, rate, severity):
    found = judge("label-disparity", rates(0.5, rate, 0.5, n=20_000))
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_a_ratio_that_crosses_four_fifths_is_noticed_as_open(judge):
    (found,) = judge("label-disparity", rates((0.5, 10_000), (0.39, 500)))
    assert found.severity is Severity.NOTICE
    assert found.title == (
        "Whether “y = yes” is less than 0.80 times as frequent for “Black” as for “White” cannot "
        "be told (it is 0.78 times in these rows: 39.0% against 50.0%; 95% interval .70 to .87)"
    )


def test_a_difference_that_may_be_chance_is_not_told(judge):
    assert judge("label-disparity", rates((0.05, 10_000), (0.03, 200))) == ()


def test_groups_too_small_are_not_judged(judge):
    assert judge("label-disparity", rates((0.5, 10_000), (0.0, 99))) == ()
    assert groups(judge("label-disparity", rates((0.5, 10_000), (0.0, 100)))) == ["Black"]
    # Neither is any group held against one that is too small.
    assert judge("label-disparity", rates((0.3, 10_000), (0.3, 10_000), (1.0, 99))) == ()


def test_groups_with_few_labels_are_not_judged(judge):
    report = rates((0.5, 10_000), (0.1, 1000))
    few = report.combinations[0].groups[1]
    own = tuple(replace(e, n=99) if e.name == "label_rate" else e for e in few.estimates)
    groups = (report.combinations[0].groups[0], replace(few, estimates=own))
    report = replace(report, combinations=(replace(report.combinations[0], groups=groups),))
    assert judge("label-disparity", report) == ()


def test_rows_without_a_group_are_not_judged(judge):
    names = ("White", "(missing)", "(other values)")
    assert judge("label-disparity", rates(0.5, 0.1, 0.1, names=names)) == ()


def test_a_large_difference_of_frequent_labels_is_told(judge):
    (found,) = judge("label-disparity", rates(0.95, 0.80))
    assert found.severity is Severity.WARNING
    assert found.title == (
        "“y = yes” is 15.0 pp less frequent for “Black” than for “White” "
        "(80.0% against 95.0%; 95% interval −15.9 pp to −14.1 pp)"
    )
    # The same where the larger group, with which others are compared, is the one worse off.
    (found,) = judge("label-disparity", rates((0.80, 20_000), (0.95, 10_000)))
    assert found.group == (("race", "White"),)
    assert "15.0 pp less frequent for “White” than for “Black”" in found.title


def test_a_reference_group_that_is_worse_off_is_told(judge):
    """White is the largest, so that the others are held against it."""
    (found,) = judge("label-disparity", rates((0.30, 20_000), (0.29, 10_000), (0.45, 10_000)))[:1]
    report = rates((0.30, 20_000), (0.45, 10_000))
    (found,) = judge("label-disparity", report)
    assert found.title.startswith("“y = yes” is 0.67 times as frequent for “White” as for “Black”")
    assert "log-normal:highest" in found.measures[0].method


def test_the_highest_rate_counts_where_the_reference_hides_a_group(judge):
    found = judge("label-disparity", rates((0.30, 20_000), (0.29, 10_000), (0.45, 10_000)))
    assert groups(found) == ["Black", "White"]
    assert "for “Black” as for “Asian”" in found[0].title


def test_thresholds_of_rates_can_be_moved(judge):
    report = rates(0.5, 0.35)
    assert [f.severity for f in judge("label-disparity", report)] == [Severity.WARNING]
    moved = {"four_fifths": 0.6, "parity_difference": 0.2}
    assert judge("label-disparity", report, None, **moved) == ()
    (found,) = judge("label-disparity", report, None, critical_ratio=0.75)
    assert found.severity is Severity.CRITICAL
    (found,) = judge("label-disparity", report, None, four_fifths=0.71, parity_difference=0.2)
    assert "less than 0.71 times" in found.title
    assert judge("label-disparity", report, None, most_p=1e-200) == ()


def test_a_positive_value_that_was_guessed_and_weights_are_said(judge):
    (found,) = judge("label-disparity", people.guessed(rates(0.5, 0.3)))
    assert "The positive value was guessed." in found.caveats
    weights = [[5000.0, 5000.0], [7000.0, 3000.0]]
    report = people.report(SEX, [[500, 500], [500, 500]], weights=weights)
    (found,) = judge("label-disparity", report)
    assert "(30.0% against 50.0%;" in found.title
    assert "Rates are weighted by “w”." in found.caveats


TWO = {"sex": ("Male", "Female"), "race": ("White", "Black")}


def joint(*of_cells, n=5000):
    cells = [[n - round(n * r), round(n * r)] for r in of_cells]
    return people.report(TWO, [cells[:2], cells[2:]])


def test_an_intersection_is_told_where_it_is_clearly_worse_than_its_parts(judge):
    found = judge("label-disparity", joint(0.5, 0.5, 0.5, 0.1))
    assert {f.group for f in found} == {
        (("sex", "Female"),),
        (("race", "Black"),),
        (("sex", "Female"), ("race", "Black")),
    }
    assert found[0].title.startswith(
        "“y = yes” is 0.20 times as frequent for “Female” × “Black” as for “Male” × “White”"
    )
    # It is as bad for all women: that they are black or white adds nothing.
    found = judge("label-disparity", joint(0.5, 0.5, 0.1, 0.1))
    assert [f.group for f in found] == [(("sex", "Female"),)]


def test_a_column_of_many_groups_does_not_hide_the_others(judge):
    lands = tuple(f"Land {i:02}" for i in range(30))
    share = [0.5, *[0.05] * 29]
    cells = [[[1000 - round(1000 * r * f), round(1000 * r * f)] for r in share] for f in (1.0, 0.6)]
    report = people.report({"sex": ("Male", "Female"), "land": lands}, cells)
    found = judge("label-disparity", report)
    assert len(found) == 10
    assert (("sex", "Female"),) in [f.group for f in found]
    assert sum("not listed here" in c for f in found for c in f.caveats) == 1
    assert "not listed here" in found[-1].caveats[-1]
    assert len(judge("label-disparity", report, None, most_findings=3)) == 3


def test_without_a_positive_value_whole_distributions_are_judged(judge):
    of = [[400, 300, 300], [100, 300, 600]]
    report = people.report(SEX, of, classes=("a", "b", "c"), positive=None)
    assert judge("label-disparity", report) == ()
    found = judge("label-distribution", report)
    assert [f.group for f in found] == [(("sex", "Female"),), (("sex", "Male"),)]
    assert found[0].severity is Severity.WARNING
    assert found[0].title.startswith(
        "30.0% of “Female” would need another “y” to be distributed like all other rows; "
        "95% interval 2"
    )
    assert found[0].title.endswith("; most apart is “a”, 10.0% against 40.0%")
    assert found[0].measures[0].value == pytest.approx(0.3)
    assert any("p < 0.001 (chi-square; benjamini-hochberg)" in c for c in found[0].caveats)


def test_with_a_positive_value_of_several_both_are_judged(judge):
    of = [[400, 300, 300], [100, 300, 600]]
    report = people.report(SEX, of, classes=("a", "b", "c"), positive=0)
    assert [f.group for f in judge("label-disparity", report)] == [(("sex", "Female"),)]
    assert len(judge("label-distribution", report)) == 2


def test_two_classes_have_no_distribution_to_judge(judge):
    assert judge("label-distribution", rates(0.9, 0.1)) == ()
    assert judge("label-distribution", people.plain(label=None)) == ()


@pytest.mark.parametrize(
    ("given", "severity"),
    [
        ({"warning_distance": 0.4, "warning_divergence": 0.4}, Severity.NOTICE),
        ({"notice_distance": 0.4, "warning_distance": 0.4, "warning_divergence": 0.4}, Severity.NOTICE),
        ({"warning_distance": 0.4, "warning_divergence": 0.05}, Severity.WARNING),
    ],
)  # fmt: skip
def test_thresholds_of_distributions_can_be_moved(judge, given, severity):
    of = [[4000, 3000, 3000], [1000, 3000, 6000]]
    report = people.report(SEX, of, classes=("a", "b", "c"), positive=None)
    found = judge("label-distribution", report, None, **given)
    assert {f.severity for f in found} == ({severity} if severity is not None else set())


def numbers(distance, *, n=1000, p=0.0001):
    report = people.report(SEX, [n, n], classes=None)
    label = replace(people.plain().label, kind="number", axis=None, positive=None)
    own = (
        people.estimate("ks_cdf", distance, None, n=2 * n),
        people.estimate("label_mean", 31.5, n=n),
        people.estimate("parity_p_value", p, None, method="kolmogorov-smirnov"),
    )
    (whole,) = report.combinations
    groups = tuple(replace(g, estimates=(*g.estimates, *own)) for g in whole.groups)
    return replace(report, label=label, combinations=(replace(whole, groups=groups),))


def test_labels_of_numbers_are_judged_by_their_distribution_functions(judge):
    found = judge("label-distribution", numbers(0.30))
    # Dvoretzky, Kiefer, Wolfowitz: 2 sqrt(ln 80 / 2000) = 0.09362 around 0.30.
    assert found[0].title == (
        "“y” is distributed differently for “Female” than for all other rows: the distribution "
        "functions are up to .30 apart; 95% interval .21 to .39; mean 31.5"
    )
    measure = found[0].measures[0]
    assert measure.low == pytest.approx(0.30 - 0.09362, abs=1e-5)
    assert measure.high == pytest.approx(0.30 + 0.09362, abs=1e-5)
    assert measure.method == "dkw; exact"
    assert [f.severity for f in found] == [Severity.NOTICE] * 2
    assert found[0].suggestions == ()
    assert judge("label-distribution", numbers(0.15)) == ()
    assert judge("label-distribution", numbers(0.9, n=99)) == ()
    assert judge("label-distribution", numbers(0.3, p=0.2)) == ()


def test_a_disparity_within_strata_is_told_once_with_the_worst_stratum(judge):
    strata = ((0.2, 0.3), (0.1, 0.2), (0.5, 0.4))
    report = people.plain(
        conditionals=(
            people.conditional(0.08, 0.15),
            people.conditional(0.12, 0.15, stratum="school", strata=strata),
            people.conditional(0.01, 0.15, stratum="city"),
            people.conditional(-0.12, -0.15, level="Male"),
        )
    )
    (found,) = judge("conditional-disparity", report)
    assert found.title == (
        "Among rows with the same “school” too, “y = yes” is less frequent for “Female” than for "
        "others: in 2 of 3 values (conditional demographic disparity .12; 95% interval .11 to .13)"
    )
    assert found.severity is Severity.WARNING
    assert found.columns == ("sex", "y")
    assert found.group == (("sex", "Female"),)
    assert found.measures[0].columns == ("sex", "y", "school")
    assert found.caveats[0] == (
        "It stays above .05 within 2 of the 3 columns looked at, and is least within “city” "
        "(.01); over all rows it is .15."
    )


def test_a_disparity_that_is_not_there_over_all_rows_does_not_stay(judge):
    for overall in (0.0, -0.15):
        report = people.plain(conditionals=(people.conditional(0.12, overall),))
        (found,) = judge("conditional-disparity", report)
        assert found.title.startswith("Among rows with the same “job”, “y = yes” is less frequent")


def test_thresholds_of_conditional_disparity_can_be_moved(judge):
    report = people.plain(conditionals=(people.conditional(0.08, 0.15),))
    assert [f.severity for f in judge("conditional-disparity", report)] == [Severity.NOTICE]
    assert judge("conditional-disparity", report, None, notice_disparity=0.075) == ()
    (found,) = judge("conditional-disparity", report, None, warning_disparity=0.06)
    assert found.severity is Severity.WARNING


def test_what_is_open_or_explained_within_strata_is_not_told(judge):
    for one in (
        people.conditional(0.02, 0.3),
        people.conditional(0.08, 0.3, half=0.04),
        people.conditional(0.3, 0.3, level="(missing)"),
        people.conditional(0.3, -0.3, turned=True),
    ):
        assert judge("conditional-disparity", people.plain(conditionals=(one,))) == ()


def turned(cdd=-0.05, dd=0.14, half=0.01, **given):
    report = people.report(SEX, [[5550, 4450], [6960, 3040]])
    ones = (
        people.conditional(cdd, dd, half=half, turned=True, strata=((0.3, 0.2), (0.1, 0.2))),
        people.conditional(-cdd, -dd, half=half, turned=True, level="Male"),
    )
    return replace(report, conditionals=ones, **given)


def test_a_disparity_that_turns_is_told_of_the_group_that_is_worse_off(judge):
    (found,) = judge("simpson-reversal", turned())
    assert found.title == (
        "Overall “y = yes” is less frequent for “Female” than for others (30.4% against 44.5%), "
        "but within “job” more frequent (in 1 of 2 values; conditional demographic disparity "
        "−.05; 95% interval −.06 to −.04)"
    )
    assert found.severity is Severity.WARNING
    assert found.columns == ("sex", "y", "job")
    assert found.group == (("sex", "Female"),)
    assert found.caveats == ()


def test_what_may_be_chance_within_strata_is_said(judge):
    (found,) = judge("simpson-reversal", turned(cdd=-0.02, half=0.03))
    assert found.caveats == ("Within “job” the difference may be chance: its interval holds 0.",)


def test_only_a_disparity_can_turn(judge):
    assert judge("simpson-reversal", turned(dd=0.03, half=0.02)) == ()
    assert judge("simpson-reversal", turned(), None, smallest_disparity=0.135) == ()
    straight = tuple(replace(one, reversed=False) for one in turned().conditionals)
    assert judge("simpson-reversal", turned(), None) != ()
    assert judge("simpson-reversal", replace(turned(), conditionals=straight)) == ()


def test_of_several_groups_each_reversal_is_told(judge):
    report = rates(0.3, 0.5, 0.5)
    ones = tuple(
        people.conditional(-0.1 * sign, 0.1 * sign, column="race", level=level, turned=True)
        for level, sign in (("White", 1), ("Black", -1), ("Asian", -1))
    )
    found = judge("simpson-reversal", replace(report, conditionals=ones))
    assert groups(found) == ["Asian", "Black", "White"]
    assert found[0].title.startswith("Overall “y = yes” is more frequent for “Asian”")


def test_a_label_too_rare_in_a_group_is_told_with_its_rows(judge):
    (found,) = judge("rare-label-in-group", people.report(SEX, [[900, 900], [300, 12]]))
    assert found.title == "12 of the 312 rows of “Female” are “y = yes”"
    assert found.severity is Severity.NOTICE
    assert found.columns == ("sex", "y")
    assert found.group == (("sex", "Female"), ("y", "yes"))
    assert found.measures[0].value == 12
    assert found.rows is not None
    assert found.rows.tests[1] == RowTest(op="equal", columns=("y",), values=("yes",))
    assert found.caveats == ("Collect about 18 more rows of them.",)


@pytest.mark.parametrize(
    ("yes", "severity"),
    [(30, None), (29, Severity.NOTICE), (10, Severity.NOTICE), (9, Severity.WARNING)],
)
def test_how_rare_a_label_is_is_how_much_it_matters(judge, yes, severity):
    found = judge("rare-label-in-group", people.report(SEX, [[900, 900], [300, yes]]))
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_the_title_of_a_rare_label_is_the_same_of_one_row_as_of_nine(judge):
    one, nine = (
        judge("rare-label-in-group", people.report(SEX, [[900, 900], [300, n]])) for n in (1, 9)
    )
    assert one[0].title.replace("301", "309") == nine[0].title


def test_a_label_that_no_row_of_a_group_has_is_told_without_rows(judge):
    (found,) = judge("rare-label-in-group", people.report(SEX, [[900, 900], [0, 300]]))
    assert found.title == "None of the 300 rows of “Female” is “y = no”"
    assert found.rows is None
    assert found.suggestions == ()


def test_labels_that_are_rare_everywhere_and_small_groups_are_left_out(judge):
    assert judge("rare-label-in-group", people.report(SEX, [[900, 15], [900, 14]])) == ()
    assert judge("rare-label-in-group", people.report(SEX, [[900, 900], [90, 9]])) == ()
    assert judge("rare-label-in-group", people.plain(label=None)) == ()


def test_what_is_rare_in_a_group_is_not_told_again_of_its_parts(judge):
    cells = [[[900, 900], [900, 900]], [[300, 5], [900, 20]]]
    found = judge("rare-label-in-group", people.report(TWO, cells))
    assert [f.group[:-1] for f in found] == [(("sex", "Female"),)]
    cells = [[[900, 900], [900, 900]], [[300, 5], [900, 900]]]
    report = people.report(TWO, cells)
    found = judge("rare-label-in-group", report)
    assert [f.group[:-1] for f in found] == [(("sex", "Female"), ("race", "White"))]
    assert judge("rare-label-in-group", report, None, most_columns=1) == ()
    assert judge("rare-label-in-group", report, None, fewest_rows=5) == ()


def test_a_proxy_is_told_with_what_it_tells(judge):
    report = people.plain(proxies=(people.proxies(("job", 0.92, 0.65), ("zip", 0.6, 0.1)),))
    (found,) = judge("strong-proxy", report)
    assert found.title == (
        "“job” gives “sex” away (AUC .92; 95% interval .91 to .93; Cramér's V 0.65)"
    )
    assert found.severity is Severity.WARNING
    assert found.columns == ("job", "sex")
    assert [s.remedy for s in found.suggestions] == ["drop-columns", "generalize"]
    assert found.suggestions[1].params == (("column", "job"),)


@pytest.mark.parametrize(
    ("auc", "v", "given", "severity"),
    [
        (0.70, 0.2, {}, None),
        (0.80, 0.2, {}, Severity.NOTICE),
        (0.80, 0.2, {"notice_auc": 0.8}, None),
        (0.80, 0.2, {"warning_auc": 0.78}, Severity.WARNING),
        (0.60, 0.6, {}, Severity.NOTICE),
        (0.60, 0.6, {"notice_association": 0.7}, None),
        (0.60, 0.6, {"warning_association": 0.6}, Severity.WARNING),
    ],
)
def test_thresholds_of_proxies_can_be_moved(judge, auc, v, given, severity):
    report = people.plain(proxies=(people.proxies(("job", auc, v)),))
    found = judge("strong-proxy", report, None, **given)
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_columns_that_only_tell_together_are_told_together(judge):
    report = people.plain(proxies=(people.proxies(("job", 0.7, 0.2), together=0.95),))
    (found,) = judge("strong-proxy", report)
    assert (
        found.title
        == "All other columns together give “sex” away (AUC .95; 95% interval .94 to .96)"
    )
    assert found.columns == ("sex",)
    assert judge("strong-proxy", report, None, together_auc=0.95) == ()


def test_another_sensitive_column_is_no_proxy(judge, make):
    report = people.plain(proxies=(people.proxies(("race", 0.99, 0.9)),))
    assert judge("strong-proxy", report, make.roles(race=Role.SENSITIVE)) == ()
    assert judge("strong-proxy", report)
