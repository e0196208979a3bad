"""Delimited text: what is found out about a file, and that the user's word overrides it."""

import pytest

from audit.errors import ParameterError, SourceError

DIALECTS = {
    "comma": ("a,b\n1,x\n2,y\n", {"delimiter": ","}),
    "semicolon": ("a;b\n1;x\n2;y\n", {"delimiter": ";"}),
    "tab": ("a\tb\n1\tx, y\n2\ty, z\n", {"delimiter": "\t"}),
    "pipe": ("a|b\n1|x\n2|y\n", {"delimiter": "|"}),
    "blank": ("a b\n1 x\n2 y\n3 z\n", {"delimiter": " "}),
    "several blanks": ("a   b\n1   x\n22  y\n3   z\n", {"skip_initial_space": "true"}),
    "two characters": ("a::b\n1::x\n2::y\n3::z\n", {"delimiter": "::"}),
    "decimal comma": ("a;b\n1,5;x\n2,5;y\n", {"delimiter": ";"}),
    "Excel's sep line": ("sep=;\na;b\n1;x\n2;y\n", {"delimiter": ";", "skip_lines": "1"}),
    "single quotes": ("a,b\n1,'x, y'\n2,'z'\n3,'q'\n", {"quote": "'"}),
    "backslash": ('a,b\n1,"x\\"y"\n2,"z"\n', {"escape": "\\"}),
    "blank after comma": ("a, b\n1, x\n2, y\n", {"skip_initial_space": "true"}),
    "quote after blank": ('a,b\n1, "x, y"\n2, z\n', {"skip_initial_space": "true"}),
    "comments on top": ("# by hand\n# twice\na,b\n1,x\n2,y\n", {"skip_lines": "2"}),
    "comments among": ("# top\na,b\n1,x\n# mid\n2,y\n3,z\n", {"comment": "#"}),
    "header begins with #": ("#id,b\n1,x\n2,y\n", {"skip_lines": "0"}),
    "no header": ("1,x\n2,y\n3,x\n", {"header": "false"}),
    "no header, all text": ("a,x\nb,x\nc,y\n", {"header": "false"}),
}


@pytest.mark.parametrize("case", DIALECTS)
def test_the_dialect_is_found_out(read, case):
    text, expected = DIALECTS[case]
    found = read(text)
    assert {k: found.options[k] for k in expected} == expected
    assert len(found.table.schema) == 2
    assert found.report.rejected == 0


def test_every_choice_comes_with_its_reason(tmp_path):
    from audit.sources import preview

    path = tmp_path / "t.csv"
    path.write_text("a;b\n1;x\n2;y\n")
    shown = preview(path)
    assert shown.options["delimiter"] == ";"
    assert set(shown.reasons) == set(shown.options) - {"all_text", "missing"}
    assert all(reason.endswith(".") for reason in shown.reasons.values())
    given = preview(path, options={"delimiter": ","})
    assert given.options["delimiter"] == ","
    assert "delimiter" not in given.reasons
    assert [c.name for c in given.columns] == ["a;b"]


def test_options_override_what_would_be_found(read):
    text = "x,y\n1,2\n3,4\n"
    assert read(text, header=False).rows == [("x", "y"), ("1", "2"), ("3", "4")]
    assert read(text, skip_lines=1).rows == [(1, 2), (3, 4)]
    assert read(text, all_text=True).rows == [("1", "2"), ("3", "4")]
    assert read('a,b\n"1,2\n', quote="").rows == [('"1', 2)]
    assert read("a,b\n!no\n1,2\n", comment="!").counts == (2, 1, 0, 1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"delimitr": ";"}, "delimiter"),
        ({"delimiter": ""}, "delimiter"),
        ({"quote": "ab"}, "quote"),
        ({"skip_lines": -1}, "skip_lines"),
    ],
)
def test_an_option_that_does_not_fit_is_named(read, options, said):
    with pytest.raises(ParameterError, match=said):
        read("a,b\n1,2\n", **options)


def test_junk_before_the_table_is_skipped_and_said(read):
    found = read("|1x3 Cross validator\n" + "1, a, x\n2, b, y\n" * 5)
    assert found.counts == (11, 10, 0, 1)
    assert "Line 1 stands before the table and was skipped." in found.report.notes


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_any_line_end_will_do(read, end):
    text = end.join(["a,b", '1,"x' + end + 'y"', "2,z", ""])
    assert read(text).rows == [(1, f"x{end}y"), (2, "z")]


def test_mixed_line_ends_and_blank_lines_add_up(read):
    found = read("a,b\n1,2\r\n3,4\n\n\r\n5,6\r\n\n")
    assert found.rows == [(1, 2), (3, 4), (5, 6)]
    assert found.counts == (6, 3, 0, 3)


def test_blank_lines_of_one_column_are_skipped_and_counted(read):
    found = read("name\nAnna\n\nBob\n\n")
    assert found.rows == [("Anna",), ("Bob",)]
    assert found.counts == (4, 2, 0, 2)


def test_names_are_made_different_and_said(read):
    found = read("a,a,A,,file_row_number\n1,2,3,4,5\n")
    assert found.table.schema.names == ["a", "a_2", "A_3", "column_4", "file_row_number_2"]
    assert len(found.report.notes) == 4


def test_a_new_name_never_takes_one_that_is_wanted(read):
    assert read("a,a,a_2\n1,2,3\n").table.schema.names == ["a", "a_3", "a_2"]


def test_row_names_of_r_become_a_column(read):
    found = read('"x" "y"\n"r1" 1 2\n"r2" 3 4\n"r3" 5 6\n', name="t.txt")
    assert found.table.schema.names == ["row_name", "x", "y"]
    assert found.rows[0] == ("r1", 1, 2)


def test_ragged_records_are_rejected_with_line_column_and_reason(read):
    found = read('a,b\n1,"x\ny"\n3\n\n4,5,6\n7,8\n')
    assert found.rows == [(1, "x\ny"), (7, "8")]
    assert found.counts == (5, 2, 2, 1)
    assert found.rejects == [
        {"line": 4, "column": "b", "reason": "It has 1 field instead of 2.", "record": "3"},
        {"line": 6, "column": "", "reason": "It has 3 fields instead of 2.", "record": "4,5,6"},
    ]


def test_a_width_that_grows_late_loses_nothing(read):
    text = "a,b,c\n" + "1,2,3\n" * 1000 + "1,2,3,4\n" * 500
    found = read(text)
    assert found.counts == (1500, 1000, 500, 0)
    assert found.rejects[0]["line"] == 1002


def test_no_record_that_fits_is_an_error(read):
    with pytest.raises(SourceError, match="None of the 3 records"):
        read("a,b,c,d\n1,2\n1,2\n1,2\n", delimiter=",", header=True, skip_lines=0)


def test_a_quote_that_never_closes_is_an_error_with_its_line(read):
    with pytest.raises(SourceError, match="quote opened on line 3 is never closed"):
        read('a,b\n1,2\n3,"4\n5,6\n')


def test_a_quote_that_never_closes_far_down_is_an_error_too(read):
    with pytest.raises(SourceError, match="line 90,002 is never closed"):
        read("a,b\n" + "1,some text\n" * 90_000 + '2,"open\n' + "3,x\n" * 10)


def test_inch_marks_within_fields_are_plain_characters(read):
    found = read('a,b\n1,5" pipe\n2,"x ""y"", z"\n3,7" rod\n')
    assert found.rows == [(1, '5" pipe'), (2, 'x "y", z'), (3, '7" rod')]


def test_zero_bytes_stay_in_the_text(read):
    assert read("a,b\nx\0y,1\nz,2\n").rows == [("x\0y", 1), ("z", 2)]


def test_an_empty_field_is_missing_quoted_or_not(read):
    assert read('a,b,c\n1,"",x\n2,,y\n').rows == [(1, None, "x"), (2, None, "y")]


def test_null_tokens_stay_text(read):
    found = read("a,b\nNA,?\n1,null\n")
    assert found.rows == [("NA", "?"), ("1", "null")]


def test_a_header_alone_is_a_table_without_rows(read):
    found = read("a,b\n")
    assert (found.counts, found.table.schema.names) == ((0, 0, 0, 0), ["a", "b"])


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_a_file_without_records_is_an_error(read, text):
    with pytest.raises(SourceError, match=r"is empty|holds no records"):
        read(text)


def test_a_record_longer_than_a_block_is_read(read):
    long = "x" * (9 << 20)
    found = read(f'a,b\n1,"{long}"\n2,y\n')
    assert [len(r[1]) for r in found.rows] == [len(long), 1]


def test_prose_is_one_column(read):
    text = "It was, as they say, late.\nNobody came.\nThen, at last: rain.\n"
    found = read(text, name="story.txt")
    assert [r[0] for r in found.rows] == text.splitlines()


def test_codes_stand_for_no_value_only_when_the_user_says_so(read):
    text = "n,s\n1,NA\n NA ,x\n?,NAN\n4,NA\n"
    kept = read(text)
    assert kept.types == {"n": "VARCHAR", "s": "VARCHAR"}
    said = read(text, missing="NA ?")
    assert said.rows == [(1, None), (None, "x"), (None, "NAN"), (4, None)]
    assert said.types == {"n": "BIGINT", "s": "VARCHAR"}
    assert said.report.notes == ("4 cells that hold 'NA', '?' were read as missing, as you asked.",)


def test_codes_are_cleared_by_the_careful_reader_too(read):
    found = read(
        "n|s\n1||NA\n".replace("|", "||").replace("||||", "||"), delimiter="||", missing="NA"
    )
    assert found.rows == [(1, None)]


def test_penguins_have_numbers_and_their_missing_cells_once_na_is_said_to_be_missing(shared, read):
    found = read(shared("penguins/penguins.csv"), missing="NA")
    assert found.types["bill_length_mm"] == "DOUBLE"
    assert found.types["body_mass_g"] == "BIGINT"
    assert sum(c.null_count for c in found.table.columns) == 19
