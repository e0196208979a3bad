"""Numbers as people and spreadsheets write them: thousands, currencies, percent, parentheses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audit.mending.unparsed import as_text, coded_text
from audit.store.table import Table, quote_text

Mark = Literal["point", "comma"]
Percent = Literal["share", "number"]

_BLANKS = "\u00a0\u2007\u2009\u202f"
_QUOTES = "\u2019\u02bc\u00b4`"
_PLAIN = (
    f"translate({{text}}, {quote_text(_BLANKS + _QUOTES + chr(0x2212))}, "
    f"{quote_text(' ' * len(_BLANKS) + chr(39) * len(_QUOTES) + '-')})"
)
"""Blanks, quotes and minus signs of all sorts as the plain ones."""

_CURRENCY = (
    "(?:(?i:us|a|c|nz|hk|s|r)?[$\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9\u20ba\u20aa\u0e3f\u00a2]"
    "|(?i:usd|eur|gbp|chf|jpy|cad|aud|nzd|sek|nok|dkk|pln|czk|huf|inr|cny|brl|zar|mxn|try|rub|krw"
    "|hkd|sgd|fr\\.|rs\\.?|kr\\.?|z\u0142))"
)
_THREE = "[0-9][0-9][0-9]"


def _number(decimal: str, thousands: str) -> str:
    grouped = f"[0-9][0-9]?[0-9]?(?:[{thousands}]{_THREE})+"
    exponent = "(?:[eE][+-]?[0-9]+)?"
    return f"((?:{grouped}|[0-9]+)(?:{decimal}[0-9]*)?{exponent}|{decimal}[0-9]+{exponent})"


def _whole(decimal: str, thousands: str) -> str:
    sign = " *[+-]? *"
    return (
        f"\\(?{sign}{_CURRENCY}?{sign}{_number(decimal, thousands)} *-? *%? *{_CURRENCY}? *-? *\\)?"
    )


_PATTERNS: dict[Mark, str] = {
    "point": _whole("\\.", ", '"),
    "comma": _whole(",", ". '"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How the numbers of a text column are written."""

    present: int
    """Values that are there and stand for no missing one."""
    point: int
    """Of them, those that read as numbers with a decimal point."""
    comma: int
    unclear: int
    """Of them, those that read either way and mean different numbers: 1,234."""
    zeros: int
    """Of them, those that begin with 0 and another digit, as codes do."""
    percent: int

    @property
    def mark(self) -> Mark:
        """The mark that more of them read with; the point where it is a draw."""
        return "comma" if self.comma > self.point else "point"

    @property
    def share(self) -> float:
        """Share of them that read as numbers."""
        return max(self.point, self.comma) / self.present if self.present else 0.0


def written(table: Table, columns: Sequence[str]) -> dict[str, Written]:
    """Look how the numbers of text columns are written, each column in one scan."""
    return {name: _look(table, name) for name in columns}


def reads(type_: str, mark: Mark) -> str:
    """Write whether a cell ``{c}`` reads as a number with this decimal mark."""
    text = _text(type_)
    matches = f"regexp_full_match({text}, {quote_text(_PATTERNS[mark])})"
    return f"({matches} AND contains({text}, '(') = contains({text}, ')'))"


def number(type_: str, mark: Mark, percent: Percent, *, whole: bool) -> str:
    """Write the number that a cell ``{c}`` reads as; NULL where it reads as none."""
    text = _text(type_)
    found = f"regexp_extract({text}, {quote_text(_PATTERNS[mark])}, 1)"
    digits = f"translate({found}, {quote_text(', ' + chr(39))}, '')"
    if mark == "comma":
        digits = f"translate({found}, {quote_text(',. ' + chr(39))}, '.')"
    negative = f"(contains({text}, '(') OR regexp_matches({text}, '^[^0-9.,]*-|-[^0-9]*$'))"
    signed = f"TRY_CAST(CASE WHEN {negative} THEN '-' ELSE '' END || {digits} AS {{type}})"
    if whole:
        value = signed.replace("{type}", "BIGINT")
    else:
        value = signed.replace("{type}", "DOUBLE")
        if percent == "share":
            value = f"{value} / CASE WHEN contains({text}, '%') THEN 100 ELSE 1 END"
        value = f"CASE WHEN isfinite({value}) THEN {value} END"
    return f"CASE WHEN {reads(type_, mark)} THEN {value} END"


def is_whole(table: Table, column: str, mark: Mark, percent: Percent) -> bool:
    """Whether all numbers of a column are whole and written so: 1,234 but not 1.0 nor 5%."""
    type_ = table.type_of(column)
    as_whole = number(type_, mark, percent, whole=True)
    signs = f"contains({_text(type_)}, '%')" if percent == "share" else "false"
    (others,) = table.row(
        f"""SELECT count(*) FROM {{t}}
        WHERE {{c}} IS NOT NULL AND {reads(type_, mark)} AND (({as_whole}) IS NULL OR {signs}
            OR regexp_matches({_text(type_)}, {quote_text(_FRACTION[mark])}))""",  # noqa: S608
        c=column,
    )
    return not others


_FRACTION: dict[Mark, str] = {"point": "[.eE][0-9+-]|\\.$", "comma": "[,eE][0-9+-]|,$"}


def _text(type_: str) -> str:
    return _PLAIN.replace("{text}", as_text(type_))


def _look(table: Table, column: str) -> Written:
    type_ = table.type_of(column)
    text = _text(type_)
    unclear = quote_text(f"[^0-9]*[0-9][0-9]?[0-9]?[.,]{_THREE}[^0-9.,]*")
    row = table.row(
        f"""SELECT count(*), count(*) FILTER ({reads(type_, "point")}),
            count(*) FILTER ({reads(type_, "comma")}),
            count(*) FILTER (regexp_full_match({text}, {unclear})),
            count(*) FILTER (regexp_matches({text}, '^0[0-9]')),
            count(*) FILTER (contains({text}, '%'))
        FROM {{t}} WHERE {{c}} IS NOT NULL AND NOT {coded_text(as_text(type_))}""",  # noqa: S608
        c=column,
    )
    present, point, comma, unclear_, zeros, percent = map(int, row)
    return Written(
        present=present, point=point, comma=comma, unclear=unclear_, zeros=zeros, percent=percent
    )
