"""Text, and what is shown as text: measured in SQL, on different values where they are few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.model import Column
from audit.reports.distribution.kinds import is_list, kind_of, text_expression
from audit.reports.distribution.looks import BLOCK_ROWS, BLOCKS, sample_condition
from audit.reports.distribution.tokens import LONGEST_TOKEN, TEXT_TOKENS
from audit.reports.distribution.values import Lengths, Text, ValueCount, Variants
from audit.stats import entropy_of_sizes
from audit.store import Table
from audit.store.table import quote_text
from audit.store.texts import DATE_TEXT, NUMBER_TEXT, PADDED, TRIMMED

MOST_TOP = 50
LONGEST_SHOWN = 500
"""Characters of a value that are kept in a report."""

MOST_VARIANTS, MOST_SPELLINGS = 50, 20
MOST_VARIANT_VALUES = 100_000

_LETTERS = "regexp_full_match(v, '[\\pL\\pM\\pZ\\s]*\\pL[\\pL\\pM\\pZ\\s]*')"
_LETTER = "regexp_matches(v, '\\pL')"
_DIGIT = "regexp_matches(v, '[0-9]')"
_DIGITS = "regexp_full_match(v, '[0-9]+')"
_WORDS = "len(regexp_extract_all(v, '[^\\s\\pZ]+'))"
_BARE = f"CASE WHEN p THEN {TRIMMED.format(text='v')} ELSE v END"
"""The text without white space at its ends; trimming costs more than asking whether to."""

FOLDED = f"""lower(CASE
    WHEN contains(v, '  ') OR strlen(v) <> length(v) OR regexp_matches(v, '[\\t-\\r]')
    THEN regexp_replace({_BARE}, '[\\s\\pZ]+', ' ', 'g') ELSE {_BARE} END)"""
"""A flagged text ``v`` (see below) as it is compared: case and white space do not count."""
_LISTED = ", ".join(quote_text(token) for token in sorted(TEXT_TOKENS))
_TOKEN = f"lower({_BARE}) IN ({_LISTED})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What was measured of a column of text, or of one that is shown as text."""

    present: int
    distinct: int
    distinct_method: str = "exact"
    distinct_error: float = 0.0
    top: tuple[ValueCount, ...] = ()
    top_method: str = "exact"
    entropy: float | None = None
    mode_count: int | None = None
    null_tokens: tuple[ValueCount, ...] = ()
    text: Text | None = None
    lengths: Lengths | None = None
    reasons: tuple[str, ...] = field(default=())


def count_texts(
    table: Table, columns: Sequence[Column], *, compare: bool
) -> Iterator[tuple[Column, Texts]]:
    """Measure columns of text by grouping each once, all of them in one statement.

    ``compare`` asks for values that differ in case or white space only; that is worth its
    time only where different values are few.
    """
    each = (
        f"""SELECT {i} AS j, v, count(*) AS k
        FROM (SELECT {text_expression(column, f"{{c{i}}}")} AS v FROM {{t}})
        WHERE v IS NOT NULL GROUP BY v"""  # noqa: S608
        for i, column in enumerate(columns)
    )
    compared = _VARIANTS if compare else "SELECT NULL::INTEGER AS j, NULL AS spelt WHERE false"
    rows = table.rows(
        f"""
        WITH c AS MATERIALIZED ({" UNION ALL ".join(each)}),
        f AS (SELECT {FLAGGED} FROM c),
        a AS (
            SELECT j, count(*), sum(k), histogram(k),
                min(length(v)), sum(k * length(v)), max(length(v)), sum(k * {_WORDS}), {_sums("k")},
                min(struct_pack(m := -k, v := v), {MOST_TOP}),
                list(struct_pack(m := -k, v := v) ORDER BY k DESC, v) FILTER ({_IS_TOKEN})
            FROM f GROUP BY j),
        b AS ({compared})
        SELECT a.*, b.spelt FROM a LEFT JOIN b USING (j)""",  # noqa: S608
        **table.keys([c.name for c in columns]),
    )
    found = {row[0]: _counted(row[1:], compare=compare) for row in rows}
    for i, column in enumerate(columns):
        yield column, found.get(i, Texts(present=0, distinct=0))


def _counted(row: tuple[Any, ...], *, compare: bool) -> Texts:
    distinct, present, sizes, low, total, high, words, *flags, top, tokens, spelt = row
    said = () if compare else (_NOT_COMPARED,)
    return Texts(
        present=present,
        distinct=distinct,
        top=tuple(_value(s["v"], -s["m"]) for s in top),
        entropy=entropy_of_sizes(list(sizes), list(sizes.values())),
        mode_count=max(sizes),
        null_tokens=tuple(_value(s["v"], -s["m"]) for s in tokens or ()),
        text=_text(flags, low, total / present, high, words / present, _spelt(spelt)),
        reasons=said,
    )


def scan_texts(table: Table, column: Column, *, distinct: int) -> Texts:
    """Measure a column of very many different values without holding them.

    A sample gives the candidates for the most frequent values and the mean number of words;
    lengths, classes, codes and the candidates are then counted exactly among all rows.
    """
    v = text_expression(column, "{c}")
    condition = sample_condition(table.n_rows)
    sampled = f"(SELECT {v} AS v FROM {{t}} WHERE {{c}} IS NOT NULL AND ({condition}))"  # noqa: S608
    words, rows, candidates = table.row(
        f"""WITH s AS MATERIALIZED {sampled}
        SELECT sum({_WORDS}), count(*), (SELECT list(v) FROM (
            SELECT v FROM s GROUP BY v ORDER BY count(*) DESC, v LIMIT {MOST_TOP})) FROM s""",  # noqa: S608
        c=column.name,
    )
    low, total, high, present, coded, *flags = table.row(
        f"""SELECT min(length(v)), sum(length(v)), max(length(v)), count(v),
            coalesce(bool_or({_IS_TOKEN}), false), {_sums("1")}
        FROM (SELECT {FLAGGED} FROM (SELECT {v} AS v FROM {{t}}))""",  # noqa: S608
        c=column.name,
    )
    places = ", ".join("?" for _ in candidates or ()) or "NULL"
    method = "exact" if rows == present else f"sample:{rows}"
    return Texts(
        present=present,
        distinct=min(distinct, present),
        distinct_method="approx:hll",
        distinct_error=HLL_ERROR,
        top=_matching(table, column, f"v IN ({places})", candidates or ()),
        top_method="approx:sample",
        null_tokens=_matching(table, column, _IS_TOKEN) if coded else (),
        text=_text(flags, low, total / present, high, words / rows if rows else 0.0, (), method)
        if present
        else None,
        reasons=(
            "Entropy is not computed: there are too many different values.",
            _NOT_COMPARED,
            f"Candidates for the most frequent values come from {rows:,} rows "
            f"in {BLOCKS} stretches of {BLOCK_ROWS:,}; their counts are exact.",
        ),
    )


def _matching(
    table: Table, column: Column, condition: str, values: Sequence[str] = ()
) -> tuple[ValueCount, ...]:
    """Count the texts that pass a condition, by text; the reader skips most of the others."""
    found = table.rows(
        f"""SELECT v, count(*) AS k
        FROM (SELECT {FLAGGED} FROM (SELECT {text_expression(column, "{c}")} AS v FROM {{t}}))
        WHERE {condition} GROUP BY v ORDER BY k DESC, v LIMIT {MOST_TOP}""",  # noqa: S608
        values,
        c=column.name,
    )
    return tuple(_value(text, k) for text, k in found)


_NOT_COMPARED = "Spellings were not compared: there are too many different values."

HLL_ERROR = 1.04 / 4096**0.5
"""Relative standard error of DuckDB's HyperLogLog: 4,096 registers (Flajolet et al. 2007)."""


FLAGGED = f"*, {_DIGIT} AS d, {PADDED.format(text='v')} AS p"
"""Of a text ``v``: whether it holds a digit, and whether it is padded. Asked once, used often."""


def _sums(k: str) -> str:
    """Write sums of ``k`` over the texts that pass each test, in the order of ``_text``.

    The cheap tests in front change no result, they save time: most texts hold letters and
    begin with one, and then neither a number nor a code can be meant.
    """
    tests = (
        f"v = '' OR CASE WHEN p THEN {TRIMMED.format(text='v')} = '' ELSE false END",
        "p",
        f"CASE WHEN p OR v < ':' OR strlen(v) <= 12 THEN {NUMBER_TEXT.format(text='v')} "
        "ELSE false END",
        f"CASE WHEN v < ':' THEN {DATE_TEXT.format(text='v')} ELSE false END",
        f"CASE WHEN d THEN false ELSE {_LETTERS} END",
        f"CASE WHEN d AND v < ':' THEN {_DIGITS} ELSE false END",
        f"CASE WHEN d THEN {_LETTER} ELSE false END",
    )
    return ", ".join(f"coalesce(sum({k}) FILTER ({test}), 0)" for test in tests)


_IS_TOKEN = (
    f"CASE WHEN p OR (strlen(v) <= {LONGEST_TOKEN} AND (NOT d OR v < ':')) "
    f"THEN {_TOKEN} ELSE false END"
)


def _text(
    flags: list[Any],
    low: int,
    length_mean: float,
    high: int,
    words_mean: float,
    variants: tuple[Variants, ...],
    words_method: str = "exact",
) -> Text:
    blank, padded, number_text, date_text, letters, digits, mixed = (int(f) for f in flags)
    return Text(
        length_minimum=low,
        length_mean=length_mean,
        length_maximum=high,
        blank=blank,
        padded=padded,
        number_text=number_text,
        date_text=date_text,
        letters=letters,
        digits=digits,
        mixed=mixed,
        words_mean=words_mean,
        words_method=words_method,
        variants=variants,
    )


_VARIANTS = f"""
    WITH g AS MATERIALIZED (SELECT j, v, k, {FOLDED} AS g FROM f),
    several AS (
        SELECT j, g, sum(k) AS n FROM g GROUP BY j, g HAVING count(*) > 1
        QUALIFY row_number() OVER (PARTITION BY j ORDER BY sum(k) DESC, g) <= {MOST_VARIANTS}),
    spelt AS (
        SELECT j, g, n, min(struct_pack(m := -k, v := v), {MOST_SPELLINGS}) AS spellings
        FROM g JOIN several USING (j, g) GROUP BY j, g, n)
    SELECT j, list(struct_pack(g := g, spellings := spellings) ORDER BY n DESC, g) AS spelt
    FROM spelt GROUP BY j"""  # noqa: S608


def _value(text: str, count: int) -> ValueCount:
    return ValueCount(value=text[:LONGEST_SHOWN], count=count, cut=len(text) > LONGEST_SHOWN)


def _spelt(found: list[dict[str, Any]] | None) -> tuple[Variants, ...]:
    return tuple(
        Variants(
            folded=s["g"][:LONGEST_SHOWN],
            spellings=tuple(_value(x["v"], -x["m"]) for x in s["spellings"]),
        )
        for s in found or ()
    )


def count_others(table: Table, column: Column) -> Texts:
    """Measure lists, structs, times and binary values: how many differ, and how long they are."""
    binary = kind_of(column) == "binary"
    shown = "{c}" if binary else text_expression(column, "{c}")
    lengths = {"BLOB": "octet_length({c})", "BIT": "bit_length({c})"}
    length = lengths.get(column.type) or (
        "cardinality({c})" if column.type.startswith("MAP(") else "len({c})"
    )
    measured = length if binary or is_list(column) else "NULL"
    top = "NULL" if binary else f"min(struct_pack(m := -k, v := v), {MOST_TOP})"
    distinct, present, sizes, low, total, high, top_values = table.row(
        f"""
        WITH c AS MATERIALIZED (
            SELECT {shown} AS v, count(*) AS k, any_value({measured}) AS l
            FROM {{t}} WHERE {{c}} IS NOT NULL GROUP BY 1)
        SELECT count(*), sum(k), histogram(k), min(l), sum(k * l), max(l), {top} FROM c""",  # noqa: S608
        c=column.name,
    )
    if not present:
        return Texts(present=0, distinct=0)
    return Texts(
        present=present,
        distinct=distinct,
        top=tuple(_value(s["v"], -s["m"]) for s in top_values or ()),
        entropy=entropy_of_sizes(list(sizes), list(sizes.values())),
        mode_count=max(sizes),
        lengths=Lengths(minimum=low, mean=total / present, maximum=high)
        if low is not None
        else None,
        reasons=("Binary values are not listed.",) if binary else (),
    )
