"""Suggested steps: which can be one, which says what another says, and which only lessens."""

from audit.judging.possible import possible
from audit.model import Finding, Scalar, Severity, Step

_Given = dict[str, Scalar | tuple[Scalar, ...]]

_LESSENING = frozenset({"flag-zeros", "generalize", "mask", "transform-log"})
"""Steps after which there may be less of what was found, or it does less harm: coarser values make
classes larger and not large enough; what is masked is there in part; zeros stay beside their flag."""
CLASSES = "k-anonymize"
_IN_PART = frozenset({("skew", "clip-outliers"), ("spelling-variants", "trim-space")})
"""(check, remedy): a space is one of several ways to write a word, a far value one reason for skew."""
_CLASS_SIZE, _IMPACT = "low-k", "disparate_impact"
_WEIGHING = frozenset({"reweigh", "resample"})
_WITHIN = "clear-out-of-range"
_OF_ALL_COLUMNS = frozenset({CLASSES, "suppress", "drop-duplicates"})
"""Steps that look at their columns together: one more column makes another step."""
_LEAST = ("k", "l")
"""What classes must have at least."""


def only_lessens(step: Step, finding: Finding) -> bool:
    """Whether a finding may be there still after a step that is suggested for it."""
    if finding.check == _CLASS_SIZE:
        # Classes that are large enough for a warning are noticed still.
        return lessens(step) or finding.severity > Severity.NOTICE
    if step.remedy in _WEIGHING and any(
        m.name == _IMPACT and not m.value for m in finding.measures
    ):
        return True  # of a group without a good outcome there is none to give a weight
    return lessens(step) or (finding.check, step.remedy) in _IN_PART


def lessens(step: Step) -> bool:
    """Whether of all that a step is suggested for there is less after it, and none too much."""
    return step.remedy in _LESSENING


def joined(one: Step, other: Step) -> Step | None:
    """Make one step that does what both do; None where there is no such step.

    Steps that treat each of their columns for itself take the columns of both. Classes are made
    as large, and as diverse, as the stricter of both asks for. Limits that the names of columns
    tell are left out, so that each column has its own.
    """
    if one == other:
        return one
    if one.remedy != other.remedy:
        return None
    if one.remedy == CLASSES:
        return _stricter(one, other)
    for first, second in ((one, other), (_unlimited(one), _unlimited(other))):
        if first is not None and second is not None:
            found = _of_both(first, second)
            if found is not None:
                return found
    return None


def includes(step: Step, other: Step) -> bool:
    """Whether a step does all that another does."""
    return joined(step, other) == step


def _of_both(one: Step, other: Step) -> Step | None:
    own, more = dict(one.params), dict(other.params)
    mine, theirs = own.pop("columns", None), more.pop("columns", None)
    if one.remedy in _OF_ALL_COLUMNS or own != more:
        return None
    if not isinstance(mine, tuple) or not isinstance(theirs, tuple):
        return None
    columns = tuple(dict.fromkeys((*mine, *theirs)))
    return Step(
        remedy=one.remedy,
        params=tuple((k, columns if k == "columns" else v) for k, v in one.params),
    )


def _stricter(one: Step, other: Step) -> Step | None:
    """Join two that make classes; that of all rows is asked for (t) by none that did not."""
    own, more = dict(one.params), dict(other.params)
    if {*_names(own)} != {*_names(more)} or more.get("t") not in (None, own.get("t")):
        return None
    for name in _LEAST:
        asked = [v for v in (own.get(name), more.get(name)) if isinstance(v, int)]
        if asked:
            own[name] = max(asked)
    return Step(remedy=CLASSES, params=tuple(own.items()))


def _names(params: _Given) -> tuple[Scalar, ...]:
    columns = params.get("columns")
    return columns if isinstance(columns, tuple) else ()


def _unlimited(step: Step) -> Step | None:
    """Leave out the limits that the name of the column tells; None where it tells others."""
    given = dict(step.params)
    columns = given.pop("columns", ())
    if step.remedy != _WITHIN or not isinstance(columns, tuple):
        return None
    limits = given.get("minimum"), given.get("maximum")
    if given and any(_limits(str(column)) != limits for column in columns):
        return None
    return Step(remedy=step.remedy, params=(("columns", columns),))


def _limits(column: str) -> tuple[float, float | None] | None:
    # That its values are in the unit of the rule has been found out by who suggests the step.
    rule = possible(column, float("-inf"))
    return None if rule is None else (rule.low, rule.high)
