"""A finding of which some columns are mended is no new one."""

from audit.comparing.followed import follow
from audit.model import Finding, Severity


def of(*columns, check="terms", title="", severity=Severity.NOTICE, group=()):
    return Finding(
        check=check, severity=severity, title=title, why="", columns=columns, group=group
    )


def told(before, after, **renamed):
    found = follow(before, after, dismissed={}, renamed=renamed)
    return sorted((f.what, (f.after or f.before).columns, f.reason) for f in found)


def test_what_is_left_of_a_finding_remains_and_says_what_is_not():
    smaller = "Smaller than before: “zip” is left, “notes” is not."
    assert told([of("zip", "notes")], [of("zip")]) == [("remaining", ("zip",), smaller)]
    assert told([of("zip", "notes")], [of("zip", severity=Severity.INFO)]) == [
        ("better", ("zip",), smaller)
    ]
    several = told([of("a", "b", "c", "d")], [of("a", "b")])
    assert several == [
        ("remaining", ("a", "b"), "Smaller than before: “a” and “b” are left, “c” and “d” are not.")
    ]


def test_a_renamed_column_is_the_same_one():
    (change,) = follow([of("zip", "notes")], [of("area")], dismissed={}, renamed={"zip": "area"})
    assert (change.what, change.before.columns) == ("remaining", ("zip", "notes"))


def test_other_columns_checks_groups_and_doubts_are_new_and_resolved():
    new = [("new", ("age",), ""), ("resolved", ("zip", "notes"), "")]
    assert told([of("zip", "notes")], [of("age")]) == new
    assert [w for w, *_ in told([of("a", "b")], [of("a", check="x")])] == ["new", "resolved"]
    group = (("a", "1"),)
    assert [w for w, *_ in told([of("a", "b")], [of("a", group=group)])] == ["new", "resolved"]
    doubt = told([of("a", "b")], [of("a"), of("b")])
    assert [w for w, *_ in doubt] == ["new", "new", "resolved"]
    assert [w for w, *_ in told([of("a")], [of("a", "b")])] == ["new", "resolved"]
