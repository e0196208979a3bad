"""Places within columns of JSON text.

Keys of JSON are data: a key may be somebody's name. Only keys that read as names of fields, are
no personal data and stand in many rows become part of a place's path; all else is looked at in
one place, '{}', the keys themselves included.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from audit.store import Table
from audit.store.table import quote_text

LEAST_JSON = 0.5
"""Share of a column's values that are JSON objects or lists from which it is a column of JSON."""
LEAST_SHARE = 0.05
"""Share of these rows in which a key must stand to be a field."""
MOST_PATHS = 30
"""Fields of one column that are told apart."""
OTHERS = "{}"
"""The place of everything at keys that are no fields, and of these keys."""

Found = tuple[str, str, bool]
"""Path as people read it, SQL that gives ``r`` and ``v``, whether a row may have several."""

IsPersonal = Callable[[Sequence[str]], Sequence[bool]]
"""Tells which of some keys are personal data themselves."""

_MOST_ASKED = 1000
_FIELD = re.compile(r'\$(?:\[\]|\.[A-Za-z_]\w*|\."[A-Za-z_][\w -]*")*', re.ASCII)
_KEY = re.compile(r'\.([A-Za-z_]\w*)|\."([^"]*)"', re.ASCII)
_PATH = r"regexp_replace(j.fullkey, '\[[0-9]+\]', '[]', 'g')"
MOST_DEEP = 50
"""Lists and objects within each other; a value of more is looked at as the text that it is. Paths
within it would take the square of that: minutes for one cell of 40,000 brackets."""

_BRACKETS = "regexp_replace({cell}, '\"(?:[^\"\\\\]|\\\\.)*\"|[^][\\x7b\\x7d]', '', 'g')"
_FLAT = "regexp_replace(" * MOST_DEEP + _BRACKETS + r", '\[\]|\x7b\x7d', '', 'g')" * MOST_DEEP
"""Its brackets, those of the innermost pairs left out again and again."""
_IS_JSON = (
    "(CASE WHEN NOT (starts_with({cell}, chr(123)) OR starts_with({cell}, '[')) THEN false "
    "WHEN NOT json_valid({cell}) THEN false "
    "WHEN strlen({cell}) - strlen(replace(replace({cell}, '[', ''), chr(123), '')) "
    f"<= {MOST_DEEP} THEN true ELSE {_FLAT} = '' END)"
)
_TEXTUAL = "('VARCHAR', 'UBIGINT', 'BIGINT', 'UHUGEINT', 'HUGEINT')"
"""Types of JSON values that are looked at: text and whole numbers."""


def json_rows(table: Table, columns: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Find columns of JSON, with the rows that hold an object or a list, and the other rows."""
    if not columns or not table.n_rows:
        return {}
    asked = ", ".join(
        f"count({cell}), count(*) FILTER ({_is_json(cell)})"
        for cell in (f"{{c{i}}}" for i in range(len(columns)))
    )
    found = table.row(f"SELECT {asked} FROM {{t}}", **table.keys(columns))  # noqa: S608
    pairs = zip(columns, found[::2], found[1::2], strict=True)
    return {
        name: (json, present - json)
        for name, present, json in pairs
        if json and json >= LEAST_JSON * present
    }


def json_places(
    table: Table, column: str, rows: int, others: int, is_personal: IsPersonal
) -> Iterator[Found]:
    """Give the places of a column of JSON text, with SQL for each.

    Parameters
    ----------
    table : Table
        The version.
    column : str
        A column of text.
    rows : int
        Rows that hold an object or a list.
    others : int
        Rows that hold another text, which is looked at as it is.
    is_personal : callable
        Tells which keys are no names of fields, whatever they look like.
    """
    known, fields, whole = _paths(table, column, rows, is_personal)
    if others:
        plain = f"SELECT {{row}} AS r, {{c}} AS v FROM {{t}} WHERE NOT {_is_json('{c}')}"  # noqa: S608
        yield "", plain, False
    for path in fields:
        yield path[1:], _field(path), "[]" in path
    if not whole:
        yield OTHERS, _rest(known), True


def _paths(
    table: Table, column: str, rows: int, is_personal: IsPersonal
) -> tuple[list[str], list[str], bool]:
    """Give the paths told apart, those of them that hold text, and whether these are all."""
    found = table.rows(
        f"""SELECT {_PATH} AS p, count(DISTINCT x.r) AS n,
            coalesce(bool_or(j.type IN {_TEXTUAL}), false)
        FROM {_trees()} x, json_tree(x.t::JSON) j GROUP BY p
        ORDER BY n DESC, p LIMIT {_MOST_ASKED + 1}""",  # noqa: S608
        c=column,
    )
    likely = [
        (path, textual)
        for path, n, textual in found[:_MOST_ASKED]
        if n >= LEAST_SHARE * rows and _FIELD.fullmatch(path)
    ]
    keys = sorted({key for path, _ in likely for key in _keys(path)})
    personal = {key for key, yes in zip(keys, is_personal(keys), strict=True) if yes}
    accepted: list[str] = []
    fields: list[str] = []
    for path, textual in likely:
        if personal.isdisjoint(_keys(path)) and not (textual and len(fields) == MOST_PATHS):
            accepted.append(path)
            fields += [path] if textual else []
    return accepted, sorted(fields), len(accepted) == len(found)


def _keys(path: str) -> list[str]:
    return [plain or quoted for plain, quoted in _KEY.findall(path)]


def _field(path: str) -> str:
    """Write SQL for the texts and whole numbers at a path, '[]' standing for every item."""
    found = f"json_extract({_json_only()}, {quote_text(path.replace('[]', '[*]'))})"
    value = f"unnest({found})" if "[]" in path else found
    return f"""SELECT r, v ->> '$' AS v FROM (
        SELECT {{row}} AS r, {value} AS v FROM {{t}})
    WHERE json_type(v) IN {_TEXTUAL}"""  # noqa: S608


def _rest(known: Sequence[str]) -> str:
    """Write SQL for what stands at other paths, and for the keys on the way there."""
    listed = ", ".join(quote_text(path) for path in known) or "NULL"
    return f"""SELECT x.r AS r, unnest([
        CASE WHEN j.type IN {_TEXTUAL} THEN j.atom ->> '$' END,
        CASE WHEN right(j.fullkey, 1) <> ']' THEN j.key END]) AS v
    FROM {_trees()} x, json_tree(x.t::JSON) j
    WHERE coalesce({_PATH} NOT IN ({listed}), true)"""  # noqa: S608


def _trees() -> str:
    return f"(SELECT {{row}} AS r, {_json_only()} AS t FROM {{t}})"  # noqa: S608


def _json_only() -> str:
    """Write SQL for a cell, or NULL where it is no JSON.

    A condition would not do: DuckDB may take others before it, which fail on other texts.
    """
    return f"CASE WHEN {_is_json('{c}')} THEN {{c}} END"


def _is_json(cell: str) -> str:
    return _IS_JSON.format(cell=cell)
