"""What the errors about a condition say."""

from typing import TYPE_CHECKING, Any

from audit.errors import ParameterError

if TYPE_CHECKING:
    import sqlglot.expressions as exp

FUNCTIONS = (
    "lower, upper, trim, length, abs, round, floor, ceil, year, month, day, coalesce, "
    "starts_with, ends_with, contains, regexp_matches, CAST"
)
_WORDS = {
    "Null": ("A comparison with NULL is never true", "Write IS NULL or IS NOT NULL."),
    "Star": ("The star is not allowed in a condition", "Name the columns."),
    "Column": ("A column is named with a table or a star", "Name the column alone."),
    "Window": ("A condition speaks of one row; a window function of many", ""),
    "Lambda": ("A function of your own is not allowed in a condition", ""),
    "Tuple": ("Several values in brackets are not allowed here", "Compare one by one."),
    "Case": ("CASE is not allowed in a condition", "Join tests by AND and OR."),
    "Is": ("IS takes NULL, or TRUE and FALSE after a test", ""),
    "IntDiv": ("'//' is not allowed in a condition", "Write floor(a / b)."),
    "Escape": ("LIKE takes no ESCAPE here", "Use contains or starts_with."),
}
_MARKS = {"typed", "safe", "negate", "coalesce", "kind"}
"""What sqlglot notes beside the parts of an expression; ``negate`` is looked at."""
_HINT = "A condition compares columns and values with AND, OR, NOT, IN, BETWEEN, IS NULL, LIKE."


def refused(node: "exp.Expr") -> ParameterError:
    """Say that a part of a condition is not allowed, and where it stands; not what it holds."""
    import sqlglot.expressions as exp

    name = type(node).__name__
    problem, hint = _WORDS.get(name, ("", _HINT))
    if isinstance(node, exp.Query) or node.find(exp.Query) is not None:
        problem, hint = "A query within a condition is not allowed", _HINT
    elif isinstance(node, exp.AggFunc):
        problem, hint = "A condition speaks of one row; an aggregate of many", ""
    elif name in ("Placeholder", "Parameter"):
        problem, hint = "A condition takes no parameter", "Write the value itself."
    elif not problem and isinstance(node, exp.Func):
        called = node.name if isinstance(node, exp.Anonymous) else node.sql_name()
        problem = f"The function {called[:40].lower()!r} is not allowed in a condition, or not so"
        hint = f"Functions: {FUNCTIONS}."
    elif not problem:
        problem = f"{name} is not allowed in a condition"
    return ParameterError(f"{problem}{where_of(node)}.", hint=hint)


def where_of(node: "exp.Expr") -> str:
    """Say where in the text a part begins, as far as it is known."""
    starts = [n.meta["start"] for n in node.walk() if "start" in n.meta]
    return f" (at about character {min(starts) + 1})" if starts else ""


def only(node: Any, *allowed: str) -> None:
    """Refuse an expression that has more to it than what is rebuilt."""
    for name, value in node.args.items():
        if name not in allowed and name not in _MARKS and value not in (None, False, [], ""):
            raise refused(node)
