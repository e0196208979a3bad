"""Pictures of personal data: each cell says its share, and hatching is what was not looked for."""

import json
from dataclasses import replace

import pytest

from audit.charts.privacy.found import MOST_COLUMNS, MOST_KINDS, found_map, kinds_drawn
from audit.charts.privacy.repeats import repeats_map
from audit.charts.template import DARK, LIGHT, Picture
from audit.pii.catalogue import ENTITIES
from audit.reports.pii.values import Repeats
from tests.ui import privacy_values as made


def bars(picture: Picture, *, hatched: bool) -> set[tuple[int, int]]:
    """Columns and rows of the cells that are hatched, or that are not."""
    found = set()
    for trace in picture.figure.data:
        if bool(trace.marker.pattern.shape) is hatched:
            found |= {(x, round(base + 0.44)) for x, base in zip(trace.x, trace.base, strict=True)}
    return found


def written(picture: Picture) -> dict[tuple[int, int], str]:
    """What is written in each cell, by column and row."""
    notes = picture.figure.layout.annotations
    return {(a.x, a.y): a.text for a in notes if a.xref is None and a.yref is None}


def texts(picture: Picture) -> list[str]:
    drawn = [a.text for a in picture.figure.layout.annotations]
    return drawn + [t for trace in picture.figure.data for t in trace.hovertext]


def grounds(picture: Picture) -> dict[tuple[int, int], str]:
    (trace, _) = picture.figure.data
    return {
        (x, round(base + 0.44)): colour
        for x, base, colour in zip(trace.x, trace.base, trace.marker.color, strict=True)
    }


def test_the_share_is_written_in_each_cell_and_a_dot_where_none_was_found():
    _, remarks, mail, *_ = made.columns()
    picture = found_map([mail, remarks])
    # kinds in order: those in most columns, then in most rows
    assert kinds_drawn([mail, remarks]) == ["EMAIL_ADDRESS", "PERSON", "PHONE_NUMBER", "ADDRESS"]
    text = written(picture)
    assert text[0, 0] == "98.1%"
    assert text[1, 1] == "12.4%"
    assert text[3, 1] == "&lt;0.1%"
    assert text[0, 1] == "·"
    assert text[2, 0] == "·"


def test_what_was_not_looked_for_is_hatched_and_nothing_else_is():
    _, remarks, mail, _, photo, _ = made.columns()
    picture = found_map([mail, remarks, photo])
    # of the e-mail column no names and no addresses were sought; of bytes nothing was
    assert bars(picture, hatched=True) == {(1, 0), (3, 0), (0, 2), (1, 2), (2, 2), (3, 2)}
    assert "6 of 12 cells were not looked at" in picture.alt


def test_a_deeper_ground_is_a_larger_share_and_none_has_no_ground():
    few = made.column("few", made.found("PERSON", 0.02), holds="text")
    many = made.column("many", made.found("PERSON", 0.9), made.found("URL", 0.5), holds="text")
    ground = grounds(found_map([many, few]))
    assert ground[0, 0] == LIGHT.sequential[9]
    assert ground[0, 1] == LIGHT.sequential[1]
    assert ground[1, 1] == "rgba(0,0,0,0)"


@pytest.mark.parametrize("p", [LIGHT, DARK])
def test_many_columns_and_kinds_are_capped(p):
    kinds = tuple(made.found(id_, 0.1) for id_ in list(ENTITIES)[:30])
    columns = [made.column(f"column {i} " + "x" * 80, *kinds, holds="text") for i in range(40)]
    picture = found_map(columns, p=p)
    assert len(written(picture)) == MOST_COLUMNS * MOST_KINDS
    hatched = replace(columns[0], found=(), names_scanned=False)
    narrow = found_map([columns[1], hatched], p=p)
    assert "not looked" not in " ".join(written(narrow).values())
    assert len(bars(narrow, hatched=True)) == len(written(found_map(columns[:1]))) - len(
        [t for (_, y), t in written(narrow).items() if y == 1]
    )
    assert picture.figure.layout.margin.l <= 200
    assert "more" in picture.alt


def test_hostile_names_are_drawn_as_text():
    hostile = '<img src=x onerror=alert(1)><a href="http://e.example">%{x}</a>'
    column = made.column(hostile, made.found("OWN_KIND", 0.3), holds="text")
    repeats = Repeats(entity=hostile, columns=(hostile,), times=((2, 1, 2),), most=2)
    for picture in (found_map([column]), repeats_map([repeats])):
        for text in texts(picture):
            assert "<img" not in text
            assert "<a " not in text
        json.dumps(picture.figure.to_plotly_json(), default=str)
        assert not any(trace.hovertemplate for trace in picture.figure.data)


def test_pieces_that_stand_once_have_no_ground():
    picture = repeats_map(made.personal().repeats)
    text = written(picture)
    assert [text[x, 0] for x in range(5)] == ["900", "310", "40", "12", "3"]
    assert [text[x, 1] for x in range(5)] == ["1,700", "110", "·", "·", "·"]
    ground = grounds(picture)
    assert ground[0, 0] == ground[2, 1] == "rgba(0,0,0,0)"
    assert ground[1, 0] == LIGHT.sequential[9]
    heads = " ".join(texts(picture)).replace("<br>", " ")
    assert "10 to 99 rows" in heads
    assert "e-mail address: 365 pieces stand in more than one row" in picture.alt
    assert "the most frequent in 140 rows" in picture.alt


def test_a_share_that_is_not_defined_draws_no_number():
    found = made.found("PERSON", 0.5)
    unknown = replace(found, share=replace(found.share, value=None, reason="no rows"))
    picture = found_map([made.column("c", unknown, holds="text")])
    assert written(picture)[0, 0] == "–"


def test_a_kind_that_no_single_value_tells_is_written_as_the_whole_column():
    zips = made.column("zip", holds="identifiers", entity="POSTCODE")
    picture = found_map([zips])
    assert written(picture)[0, 0] == "whole"
    few = made.column("text", made.found("PERSON", 0.5), holds="text")
    assert kinds_drawn([few, zips]) == ["POSTCODE", "PERSON"]
    assert bars(picture, hatched=True) == set()
    assert "zip: postcode as a whole" in picture.alt


def test_heads_are_broken_at_words_and_long_words_in_halves():
    kinds = ("EMAIL_ADDRESS", "PERSON", "ORGANIZATION", "IP_ADDRESS", "LOCATION", "URL", "UUID")
    column = made.column(
        "a column of a long name", *(made.found(k, 0.1) for k in kinds), holds="text"
    )
    heads = [t for t in texts(found_map([column])) if "<br>" in t and "span" in t]
    joined = " ".join(heads)
    assert "e-mail<br>address" in joined
    assert "IP<br>address" in joined
    assert "organi-<br>sation" in joined
