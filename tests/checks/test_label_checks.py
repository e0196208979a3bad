"""The label, what gives it away, and columns that say the same."""

import pytest

from audit.model import Role, RowTest, Severity


def labelled(make, *, name="y", **given):
    return make.report(make.column(name, **given)), make.roles(**{name: Role.LABEL})


def test_no_label_is_an_information(make, judge):
    (finding,) = judge("label-missing", make.report(make.column()))
    assert finding.severity is Severity.INFO
    assert judge("label-missing", make.report(make.column(n=0))) == ()


@pytest.mark.parametrize(
    ("missing", "severity"),
    [(0, None), (1, Severity.WARNING), (199, Severity.WARNING), (200, Severity.CRITICAL)],
)
def test_missing_labels_are_told(make, judge, missing, severity):
    found = judge("label-missing", *labelled(make, missing=missing))
    assert [f.severity for f in found] == [severity] * (severity is not None)
    if found:
        assert f"is missing in {missing} of 1,000 rows" in found[0].title


def test_a_label_that_is_no_longer_there_is_no_label(make, judge):
    (finding,) = judge("label-missing", make.report(make.column()), make.roles(gone=Role.LABEL))
    assert finding.severity is Severity.INFO
    assert judge("label-constant", make.report(make.column()), make.roles(gone=Role.LABEL)) == ()


def test_a_constant_label_is_critical(make, judge):
    (finding,) = judge(
        "label-constant", *labelled(make, distinct=1, top=make.values(("yes", 1000)))
    )
    assert finding.severity is Severity.CRITICAL
    assert finding.title == "The label “y” is “yes” in all 1,000 rows that have one"


@pytest.mark.parametrize(
    ("most", "severity"),
    [
        (949, None),
        (950, Severity.WARNING),
        (989, Severity.WARNING),
        (990, Severity.CRITICAL),
    ],
)
def test_a_nearly_constant_label_is_told(make, judge, most, severity):
    top = make.values(("no", most), ("yes", 1000 - most))
    found = judge("label-constant", *labelled(make, distinct=2, top=top))
    assert [f.severity for f in found] == [severity] * (severity is not None)
    if found:
        assert found[0].measures[0].value == 1000 - most


def test_rare_classes_are_told_with_their_rows(make, judge):
    top = make.values(("a", 600), ("b", 341), ("c", 30), ("d", 29))
    (finding,) = judge("label-constant", *labelled(make, distinct=4, top=top))
    assert finding.title == "“d” of the label “y” has 29 rows"
    assert finding.rows.tests == (RowTest(op="in", columns=("y",), values=("d",)),)


def test_a_quantity_has_no_rare_classes(make, judge):
    top = make.values(*((i, 1) for i in range(50)))
    assert judge("label-constant", *labelled(make, distinct=51, top=top)) == ()


def test_a_label_that_hardly_repeats_is_a_quantity(make, judge):
    top = make.values(*((i, 1) for i in range(9)))
    label = make.column("y", n=9, distinct=9, top=top)
    assert judge("label-constant", make.report(label), make.roles(y=Role.LABEL)) == ()


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        (None, None),
        (0.89, None),
        (0.9, Severity.WARNING),
        (-0.95, Severity.WARNING),
        (0.98, Severity.CRITICAL),
        (-1.0, Severity.CRITICAL),
    ],
)
def test_a_column_close_to_the_label_gives_it_away(make, judge, value, severity):
    report = make.report(make.numbers("a"), make.numbers("y"), pairs=(make.pair("y", "a", value),))
    found = judge("label-leak", report, make.roles(y=Role.LABEL))
    assert [f.severity for f in found] == [severity] * (severity is not None)
    if found:
        assert found[0].columns == ("a", "y")


def test_the_strongest_of_several_associations_counts_once(make, judge):
    pairs = (
        make.pair("a", "y", 0.91),
        make.pair("a", "y", 0.99, measure="spearman", method="sample:100000"),
    )
    report = make.report(make.numbers("a"), make.numbers("y"), pairs=pairs, pairs_note="A note.")
    (finding,) = judge("label-leak", report, make.roles(y=Role.LABEL))
    assert finding.title == "“a” gives the label “y” away (Spearman correlation 0.99)"
    assert "Estimated on a sample (sample:100000)." in finding.caveats
    assert "A note." in finding.caveats


def test_a_prediction_or_an_identifier_is_no_leak(make, judge):
    report = make.report(make.numbers("p"), make.numbers("y"), pairs=(make.pair("p", "y", 1.0),))
    for role in (Role.PREDICTION, Role.SCORE, Role.DIRECT_IDENTIFIER):
        assert judge("label-leak", report, make.roles(y=Role.LABEL, p=role)) == ()


def test_categories_with_a_row_each_explain_anything_and_are_no_leak(make, judge):
    pair = make.pair("k", "y", 1.0, measure="correlation_ratio")
    key = make.text("k", column={"distinct": 900})
    repeating = make.text("k", column={"distinct": 12})
    roles = make.roles(y=Role.LABEL)
    assert judge("label-leak", make.report(key, make.numbers("y"), pairs=(pair,)), roles) == ()
    found = judge("label-leak", make.report(repeating, make.numbers("y"), pairs=(pair,)), roles)
    assert len(found) == 1


def test_few_rows_with_both_values_tell_nothing(make, judge):
    pair = make.pair("a", "y", 1.0, n=29)
    report = make.report(make.numbers("a"), make.numbers("y"), pairs=(pair,))
    assert judge("label-leak", report, make.roles(y=Role.LABEL)) == ()


def numbers_linked(make, *pairs, **given):
    names = list(dict.fromkeys(n for p in pairs for n in (p.first, p.second)))
    return make.report(*map(make.numbers, sorted(names)), pairs=pairs, **given)


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        (0.949, None),
        (0.95, Severity.NOTICE),
        (-0.95, Severity.NOTICE),
        (0.999, Severity.WARNING),
    ],
)
def test_two_columns_that_say_the_same_are_told(make, judge, value, severity):
    found = judge("correlated-columns", numbers_linked(make, make.pair("a", "b", value)))
    assert [f.severity for f in found] == [severity] * (severity is not None)
    if found:
        assert found[0].columns == ("a", "b")
        assert found[0].suggestions[0].params == (("columns", ("b",)),)


def test_columns_linked_by_a_chain_are_one_finding(make, judge):
    report = numbers_linked(
        make,
        make.pair("a", "b", 0.96),
        make.pair("c", "d", 0.97),
        make.pair("b", "c", 0.99),
        make.pair("x", "y", 0.98),
    )
    found = judge("correlated-columns", report)
    assert [f.columns for f in found] == [("a", "b", "c", "d"), ("x", "y")]
    assert found[0].title == (
        "“a”, “b”, “c” and 1 more carry almost the same information "
        "(Pearson correlation 0.99 between “b” and “c”)"
    )


def test_what_is_not_listed_is_counted(make, judge):
    pairs = [make.pair(f"a{i:02}", f"b{i:02}", 0.96) for i in range(25)]
    found = judge("correlated-columns", numbers_linked(make, *pairs), most_findings=20)
    assert len(found) == 20
    assert "5 more groups of columns not listed here." in found[-1].caveats
    assert not found[0].caveats


def test_the_label_is_left_to_the_check_of_leaks(make, judge):
    report = numbers_linked(make, make.pair("a", "y", 1.0))
    assert judge("correlated-columns", report, make.roles(y=Role.LABEL)) == ()
