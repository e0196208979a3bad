"""No record is lost: found = loaded + rejected + skipped, and every value comes back."""

import csv
import io
import string

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from audit.errors import SourceError
from audit.sources.base import Tally
from audit.sources.text.counting import Counter
from audit.sources.work import accounted

RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CELLS = st.text(
    alphabet=st.sampled_from(string.ascii_letters + string.digits + " ,;\t|'\"\\\n\r#é漢-._0"),
    max_size=8,
)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=12))
    return [f"n{i}" for i in range(width)], rows


@RELAXED
@given(
    table=tables(),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_csv_writes_comes_back_exactly(read, table, delimiter, quoting, end):
    names, rows = table
    if any(c in cell for row in rows for cell in row for c in "\r\n"):
        quoting = csv.QUOTE_ALL  # the writer leaves line ends bare that are not its own
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([names, *rows])
    found = read(
        out.getvalue(),
        delimiter=delimiter,
        quote='"',
        escape="",
        header=True,
        encoding="utf-8",
        skip_lines=0,
        comment="",
        skip_initial_space=False,
        all_text=True,
    )
    assert found.rows == [tuple(cell or None for cell in row) for row in rows]
    assert found.report.loaded == len(rows)
    assert found.report.adds_up


@RELAXED
@given(
    lines=st.lists(st.sampled_from(["1,2", "", "3", "4,5,6", '"a\nb",7', "x"]), max_size=25),
    final=st.booleans(),
)
def test_ragged_and_blank_lines_add_up(read, lines, final):
    text = "\n".join(["a,b", *lines]) + ("\n" if final else "")
    fits = [line for line in lines if len(next(csv.reader(io.StringIO(line)), [])) == 2]
    blank = lines.count("") - (0 if final or not lines or lines[-1] else 1)
    assume(any(fits) or "4,5,6" not in lines)  # or it would be a column of row names
    options = {"delimiter": ",", "header": True, "skip_lines": 0, "quote": '"'}
    if not fits and len(lines) > lines.count(""):
        with pytest.raises(SourceError, match="None of the"):
            read(text, **options)
        return
    found = read(text, **options)
    assert found.report.adds_up
    assert found.report.loaded == len(fits)
    assert found.report.skipped == blank
    assert len(found.rejects) == found.report.rejected


@RELAXED
@given(table=tables(), size=st.integers(1, 9))
def test_the_counter_counts_what_the_csv_module_reads(table, size):
    names, rows = table
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([names, *rows])
    data = out.getvalue().encode()
    counter = Counter(",", '"')
    for i in range(0, len(data), size):
        counter.feed(data[i : i + size])
    counter.finish()
    assert counter.sound
    assert not counter.unclosed
    assert counter.records == sum(1 for r in csv.reader(io.StringIO(out.getvalue())) if r)


@pytest.mark.parametrize("text", ['a,b"c\n', '"a"b,c\n', 'x "y" z\n'])
def test_the_counter_knows_when_quotes_tell_nothing(text):
    counter = Counter(",", '"')
    counter.feed(text.encode())
    counter.finish()
    assert not counter.sound


def test_numbers_that_do_not_add_up_stop_the_load():
    with pytest.raises(SourceError, match="10 records were found, but 8 were read, 1 rejected"):
        accounted(Tally(found=10), loaded=8, rejected=1, notes=())


def test_a_reader_that_drops_a_record_is_found_out(read, monkeypatch):
    """The csv module must take over where Arrow reads less than was counted."""
    from audit.sources.text import reading

    real = reading._batches
    monkeypatch.setattr(reading, "_batches", lambda *a: (b.slice(1) for b in real(*a)))
    assert read("a,b\n1,2\n3,4\n").rows == [(1, 2), (3, 4)]
