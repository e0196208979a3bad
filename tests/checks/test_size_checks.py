"""Rows that are missing altogether, few, or few for the columns."""

import pytest

from audit.model import Severity


def test_a_table_without_rows_is_critical_and_never_silent(make, judge):
    (finding,) = judge("no-rows", make.report(make.column(n=0)))
    assert finding.severity is Severity.CRITICAL
    assert judge("no-rows", make.report(make.column(n=1))) == ()


@pytest.mark.parametrize(
    ("rows", "severity"),
    [(1000, None), (999, Severity.NOTICE), (100, Severity.NOTICE), (99, Severity.WARNING)],
)
def test_few_rows_are_told_below_the_thresholds(make, judge, rows, severity):
    found = judge("too-few-rows", make.report(make.column(n=rows)))
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_few_rows_leave_the_empty_table_to_its_own_check(make, judge):
    assert judge("too-few-rows", make.report(make.column(n=0))) == ()


def test_one_row_is_written_in_the_singular(make, judge):
    (finding,) = judge("too-few-rows", make.report(make.column(n=1)))
    assert finding.title == "The table has 1 row"


@pytest.mark.parametrize(
    ("rows", "severity"),
    [(40, None), (39, Severity.NOTICE), (5, Severity.NOTICE), (4, Severity.WARNING)],
)
def test_rows_are_compared_with_columns(make, judge, rows, severity):
    columns = [make.column(f"c{i}", n=rows) for i in range(4)]
    found = judge("rows-per-column", make.report(*columns))
    assert [f.severity for f in found] == [severity] * (severity is not None)
    if found:
        assert found[0].title == f"The table has 4 columns for {rows} rows"
