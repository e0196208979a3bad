"""Who is in the data: shares, gaps in coverage, and quality by group."""

from math import ceil

import pytest

from audit.model import Role, RowTest, Severity, Step, Where
from audit.reports.representation.part_values import Coverage, Uncovered
from tests.checks import people

RACES = ("White", "Black", "Asian")


def shares(**amounts):
    return {(("race", name),): amount for name, amount in amounts.items()}


def of_race(*counts, names=RACES, **given):
    return people.report({"race": names}, counts, classes=None, **given)


CENSUS = shares(White=0.75, Black=0.15, Asian=0.10)


def test_a_group_rarer_than_in_the_reference_is_told_with_both_shares(judge):
    (found,) = judge("under-represented-group", of_race(8000, 1200, 800, reference=CENSUS))[:1]
    assert found.title == (
        "“Asian” is 8.0% of rows and 10.0% of census.csv (×0.80; 95% interval .75 to .85)"
    )
    assert found.severity is Severity.NOTICE
    assert found.columns == ("race",)
    assert found.group == (("race", "Asian"),)
    assert found.rows == Where(tests=(RowTest(op="equal", columns=("race",), values=("Asian",)),))
    assert [m.name for m in found.measures] == [
        "representation_ratio", "group_share", "reference_share", "goodness_of_fit_p_value",
    ]  # fmt: skip
    assert found.suggestions == (
        Step(remedy="rake", params=(("reference", "census.csv"),)),
        Step(
            remedy="resample",
            params=(("by", ("race",)), ("target", "reference"), ("reference", "census.csv")),
        ),
    )


def test_the_rows_to_collect_would_bring_the_group_to_its_share(judge):
    (found, *_) = judge("under-represented-group", of_race(8000, 1200, 800, reference=CENSUS))
    needed = ceil((0.1 * 10_000 - 800) / 0.9)
    assert (800 + needed) / (10_000 + needed) == pytest.approx(0.1, abs=1e-4)
    assert f"About {needed} more rows of this group would bring it to its share." in found.caveats


@pytest.mark.parametrize(
    ("asian", "severity"),
    [
        (30_000, None),
        (26_500, Severity.NOTICE),
        (23_500, Severity.WARNING),
        (14_500, Severity.CRITICAL),
    ],
)
def test_how_far_a_share_falls_short_is_how_much_it_matters(judge, asian, severity):
    report = of_race(255_000 - asian, 45_000, asian, reference=CENSUS)
    found = [f for f in judge("under-represented-group", report) if f.group[0][1] == "Asian"]
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_thresholds_of_shares_can_be_moved(judge):
    report = of_race(8000, 1200, 800, reference=CENSUS)
    assert judge("under-represented-group", report, None, notice_ratio=0.7, warning_ratio=0.7) == ()
    found = judge("under-represented-group", report, None, critical_ratio=0.9)
    assert {f.severity for f in found} == {Severity.CRITICAL}


def test_few_rows_leave_the_share_open(judge):
    assert judge("under-represented-group", of_race(80, 12, 8, reference=CENSUS)) == ()


def test_a_group_of_the_reference_without_rows_is_critical(judge):
    census = shares(White=0.7, Black=0.15, Asian=0.1, Pacific=0.05)
    report = of_race(7500, 1500, 1000, 0, names=(*RACES, "Pacific"), reference=census)
    found = judge("under-represented-group", report)[0]
    assert found.severity is Severity.CRITICAL
    assert found.title == "No row is “Pacific”, which is 5.0% of census.csv"
    assert found.rows is None
    assert found.suggestions == ()
    assert "No weight makes up for a group that has no rows." in found.caveats


def test_that_nobody_is_there_is_critical_where_few_were_to_be_expected(judge):
    """Six were: the upper end of the ratio is .64, for which others would get a warning."""
    census = shares(White=0.7, Black=0.2994, Asian=0.0006)
    (found,) = judge("under-represented-group", of_race(7000, 3000, 0, reference=census))
    assert found.severity is Severity.CRITICAL


def test_a_group_too_rare_to_be_met_is_not_missed(judge):
    """0.01% of 1,000 rows is a tenth of a row."""
    census = shares(White=0.7999, Black=0.2, Asian=0.0001)
    assert judge("under-represented-group", of_race(800, 200, 0, reference=census)) == ()


def test_missing_values_are_no_group_and_no_part_of_the_shares(judge):
    names = (*RACES, "(missing)", "(other values)")
    census = shares(White=0.75, Black=0.15, Asian=0.10)
    report = of_race(8000, 1200, 800, 2000, 0, names=names, reference=census)
    found = judge("under-represented-group", report)
    assert all(f.group[0][1] in RACES for f in found)
    assert "“Asian” is 8.0% of rows with a value and 10.0%" in found[0].title


def test_how_few_rows_a_group_has_is_not_to_be_worked_out(judge):
    report = of_race(900, 97, 3, reference=shares(White=0.5, Black=0.3, Asian=0.2))
    found = [f for f in judge("under-represented-group", report) if ("race", "Asian") in f.group]
    (finding,) = found
    assert "fewer than 10" in finding.title
    assert {"representation_ratio"}.isdisjoint(m.name for m in finding.measures)
    said = " ".join((finding.title, *finding.caveats))
    assert "0.3%" not in said
    assert "×" not in said
    assert "About" not in said


def test_without_a_reference_only_tiny_groups_are_noticed(judge):
    assert judge("under-represented-group", of_race(8000, 1200, 300)) == ()
    (found,) = judge("under-represented-group", of_race(10_000, 1000, 30))
    assert found.severity is Severity.NOTICE
    assert found.title == "“Asian” is 0.3% of the rows (30 of 11,030 rows)"
    assert found.measures[0].value == 30


def test_tiny_groups_of_a_column_are_one_finding(judge):
    names = ("Mostly", *(f"Land {i}" for i in range(12)))
    (found,) = judge("under-represented-group", of_race(10_000, *[9] * 12, names=names))
    assert found.title == (
        "“Land 0”, “Land 1”, “Land 2” and 9 more of “race” are each less than 1.0% of the rows "
        "(108 of 10,108 rows together)"
    )
    assert found.rows is not None
    assert found.rows.any
    assert len(found.rows.tests) == 12


def test_bins_have_the_width_they_were_given(judge):
    report = people.report(
        {"age": ("under 90", "90 and over")}, [9990, 10], classes=None, edges={"age": (90.0,)}
    )
    assert judge("under-represented-group", report) == ()


def test_an_intersection_is_told_where_it_is_worse_than_its_parts(judge):
    columns = {"sex": ("Male", "Female"), "race": ("White", "Black")}
    joint = {(("sex", s), ("race", r)): 0.25 for s in columns["sex"] for r in columns["race"]}
    report = people.report(columns, [[3000, 3000], [3000, 1000]], classes=None, reference=joint)
    found = judge("under-represented-group", report)
    assert [f.group for f in found] == [
        (("sex", "Female"), ("race", "Black")), (("race", "Black"),), (("sex", "Female"),)
    ]  # fmt: skip
    assert found[0].title.startswith("“Female” × “Black” is 10.0% of rows and 25.0% of census.csv")
    # All of 'Female' are as few: it says nothing more of 'Female' and 'Black'.
    report = people.report(columns, [[4000, 4000], [1000, 1000]], classes=None, reference=joint)
    assert [f.group for f in judge("under-represented-group", report)] == [(("sex", "Female"),)]


def test_values_of_identifiers_are_never_named(judge, make):
    report = of_race(8000, 1200, 800, reference=CENSUS)
    roles = make.roles(race=Role.DIRECT_IDENTIFIER)
    assert judge("under-represented-group", report, roles) == ()


def test_the_chance_of_the_shares_is_named_and_heeded(judge):
    report = of_race(8000, 1200, 800, reference=CENSUS)
    (found, *_) = judge("under-represented-group", report)
    assert any("p < 0.001 (chi-square; benjamini-hochberg)" in c for c in found.caveats)
    assert judge("under-represented-group", report, None, most_p=1e-40) == ()


def covered(*patterns, by_level=None, note=""):
    return people.plain(
        axes=(people.axis("sex", ("Male", "Female")), people.axis("race", RACES)),
        coverage=Coverage(
            columns=("sex", "race"),
            min_cell=30,
            patterns=tuple(Uncovered(levels=levels, n=n, where=Where()) for levels, n in patterns),
            by_level=by_level or (len(patterns),),
            note=note,
        ),
    )


def test_an_uncovered_pattern_is_told_with_its_rows(judge):
    levels = (("sex", "Female"), ("race", "Asian"))
    (found,) = judge("uncovered-pattern", covered((levels, 12)))
    assert found.title == "12 rows are “Female” × “Asian”; 30 are needed to learn and to test"
    assert found.severity is Severity.NOTICE
    assert found.columns == ("sex", "race")
    assert found.group == levels
    assert found.measures[0].value == 12
    assert "Collect about 18 more rows of them." in found.caveats
    assert found.suggestions[0].remedy == "resample"


def test_a_pattern_of_one_column_is_a_warning(judge):
    (found,) = judge("uncovered-pattern", covered(((("sex", "Female"),), 1)))
    assert found.severity is Severity.WARNING
    assert found.title.startswith("Fewer than 10 rows are “Female”;")
    assert "29" not in " ".join(found.caveats)
    (found,) = judge(
        "uncovered-pattern", covered(((("sex", "Female"),), 1)), None, warning_columns=0
    )
    assert found.severity is Severity.NOTICE


def test_values_of_one_column_that_are_all_too_rare_are_one_finding(judge):
    values = [((("race", name),), n) for name, n in (("Asian", 12), ("Inuit", 3), ("Other", 0))]
    pair = ((("sex", "Female"), ("race", "Black")), 4)
    one, two = judge("uncovered-pattern", covered(*values, pair, by_level=(3, 1)))
    assert one.title == (
        "“Asian”, “Inuit” and “Other” of “race” have fewer than 30 rows each "
        "(15 of 1,000 rows together): too few to learn and to test"
    )
    assert one.severity is Severity.WARNING
    assert [m.value for m in one.measures] == [12, 3, 0]
    assert one.columns == ("race",)
    assert one.rows is not None
    assert one.rows.any
    assert two.group == pair[0]


def test_from_no_rows_none_can_be_drawn(judge):
    levels = (("sex", "Female"), ("race", "Asian"))
    (found,) = judge("uncovered-pattern", covered((levels, 0)))
    assert found.title.startswith("No row is “Female” × “Asian”;")
    assert found.suggestions == ()
    assert found.rows is None


def test_patterns_beyond_the_cap_are_counted(judge):
    levels = [((("sex", f"s{i}"), ("race", "Asian")), i) for i in range(14)]
    found = judge("uncovered-pattern", covered(*levels, by_level=(0, 14, 6)))
    assert len(found) == 10
    assert [f.caveats[-1] for f in found if "not listed" in f.caveats[-1]] == [
        "10 more combinations of this kind are not listed here."
    ]
    assert found[-1].caveats[-1].startswith("10 more")
    assert judge("uncovered-pattern", people.plain()) == ()


SEXES = {"Female": 0.10, "Male": 0.02}


def test_a_gap_in_missing_values_is_told_with_both_shares(judge):
    (found,) = judge("unequal-missingness", people.plain(quality=(people.quality(SEXES),)))
    assert found.title == (
        "“income” is missing for 10.0% of “Female” and for 2.0% of “Male” "
        "(gap 8.0 pp; 95% interval 6.6 pp to 9.4 pp)"
    )
    assert found.severity is Severity.NOTICE
    assert found.columns == ("income", "sex")
    assert found.group == (("sex", "Female"),)
    assert found.rows == Where(
        tests=(
            RowTest(op="equal", columns=("sex",), values=("Female",)),
            RowTest(op="missing", columns=("income",)),
        )
    )


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, Severity.NOTICE),
        ({"notice_gap": 0.07}, None),
        ({"warning_gap": 0.06}, Severity.WARNING),
        ({"most_p": 0.00001}, None),
    ],
)
def test_thresholds_of_missing_values_can_be_moved(judge, given, found):
    report = people.plain(quality=(people.quality(SEXES),))
    told = judge("unequal-missingness", report, None, **given)
    assert [f.severity for f in told] == [found] * (found is not None)


def test_gaps_that_may_be_chance_are_not_told(judge):
    for quality in (
        people.quality(SEXES, half=0.06),
        people.quality(SEXES, p=0.2),
        people.quality(SEXES, n=99),
        people.quality({"Female": 0.5}),
    ):
        assert judge("unequal-missingness", people.plain(quality=(quality,))) == ()


def test_rows_without_a_group_are_not_held_against_groups(judge):
    """They are the furthest off in the report; the gap is that of the two groups of people."""
    shares = {"(missing)": 0.9, **SEXES}
    (found,) = judge("unequal-missingness", people.plain(quality=(people.quality(shares),)))
    assert found.group == (("sex", "Female"),)
    gap = found.measures[0]
    assert (gap.value, gap.n) == (pytest.approx(0.08), 2000)
    assert gap.value - gap.low == pytest.approx(2**0.5 * 0.01)
    assert gap.high - gap.value == pytest.approx(2**0.5 * 0.01)


def test_quality_is_told_by_kind(judge):
    shares = {"Female": 0.40, "Male": 0.05}
    report = people.plain(
        quality=(
            people.quality(shares),
            people.quality(shares, kind="duplicate_share", column=None),
            people.quality(shares, kind="outlier_share", column="age"),
            people.quality({"Female": 90, "Male": 60}, kind="length_mean", column="notes", half=3),
        )
    )
    found = {f.columns: f for f in judge("unequal-quality", report)}
    assert [f.title for f in found.values()] == [
        "Copies of an earlier row are 40.0% of “Female” and 5.0% of “Male” "
        "(gap 35.0 pp; 95% interval 33.6 pp to 36.4 pp)",
        "“age” is an outlier for 40.0% of “Female” and 5.0% of “Male” "
        "(gap 35.0 pp; 95% interval 33.6 pp to 36.4 pp)",
        "“notes” has 90 characters on average for “Female” and 60 for “Male” "
        "(gap 30; 95% interval 25.76 to 34.24)",
    ]
    assert found["age", "sex"].severity is Severity.NOTICE, "groups differ without any fault"
    assert "none of them need be wrong" in found["age", "sex"].caveats[-1]
    assert found["sex",].severity is Severity.WARNING
    assert found["notes", "sex"].severity is Severity.NOTICE
    assert found["sex",].suggestions[0].remedy == "drop-duplicates"


def test_thresholds_of_quality_can_be_moved(judge):
    lengths = people.quality({"Female": 90, "Male": 60}, kind="length_mean", column="n", half=3)
    report = people.plain(quality=(lengths,))
    assert judge("unequal-quality", report)
    assert judge("unequal-quality", report, None, length_gap=0.5) == ()
    copies = people.quality(SEXES, kind="duplicate_share", column=None)
    report = people.plain(quality=(copies,))
    assert judge("unequal-quality", report) == ()
    (found,) = judge("unequal-quality", report, None, notice_gap=0.05, warning_gap=0.06)
    assert found.severity is Severity.WARNING
