"""What to mend first: the fewest steps that answer the most severe findings."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from audit.errors import ParameterError
from audit.model import Finding, Severity, Step
from audit.runner.audits import Result
from audit.runner.mending_together import DROP, SHAPING, Suggested, Together
from audit.runner.recipe import Recipe, RecipeStep, from_suggestion

MOST_STEPS = 4
_WEIGHT = {
    Severity.INFO: 0.0,
    Severity.NOTICE: 1.0,
    Severity.WARNING: 30.0,
    Severity.CRITICAL: 900.0,
}
"""One critical finding weighs more than 29 warnings, one of these more than 29 notices."""
_RANK = (1.0, 0.6, 0.4)
"""What the first, the second and any later suggestion of a finding is worth."""
_SHAPING = 0.5
"""Steps that change true values are worth so much of those that put wrong ones right."""
_ORDER = ("clean", "filter", "anonymize", "rebalance")
"""Values are put right before rows are compared; weights come last: they rest on all of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A step worth taking, and the findings it answers."""

    step: RecipeStep
    answers: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    step: Step
    answers: tuple[tuple[Finding, float], ...]

    @property
    def worth(self) -> float:
        less = _SHAPING if self.step.remedy in SHAPING else 1.0
        return less * sum(_WEIGHT[f.severity] * rank for f, rank in self.answers)


def mend_first(result: Result, *, most: int = MOST_STEPS) -> tuple[Proposal, ...]:
    """Choose the steps that answer the open findings, the most severe ones first.

    Greedy weighted set cover: the step that answers most comes first, then what answers most of
    the rest. Suggestions for single columns are taken together where they differ in nothing else.
    Steps that would undo each other are not proposed together, see :class:`Together`.

    Parameters
    ----------
    result : Result
        Of an audit.
    most : int
        Steps at the most.

    Returns
    -------
    tuple of Proposal
        In the order in which they are to be carried out; empty where no finding of at least
        notice suggests a step.
    """
    together = Together.of(result)
    left = [
        Suggested(finding=f, step=step, place=i)
        for f in result.open_findings
        for i, step in enumerate(f.suggestions)
    ]
    chosen: list[Proposal] = []
    while len(chosen) < most:
        fitting = [own for one in left if (own := together.fitted(one)) is not None]
        best = max(_candidates(fitting), key=lambda c: c.worth, default=None)
        if best is None or best.worth <= 0:
            break
        answers = tuple(f for f, _ in best.answers)
        made = _made(best.step, answers)
        if made is None:
            left = [one for one in left if one.step.remedy != best.step.remedy]
            continue
        chosen.append(Proposal(step=made, answers=answers))
        together = together.joined(best.step, answers)
        gone = {id(f) for f in answers}
        left = [one for one in left if id(one.finding) not in gone]
    return tuple(sorted(chosen, key=_turn))


def _turn(proposal: Proposal) -> float:
    """Give when a step comes: columns go after rows were compared by them."""
    return _ORDER.index(proposal.step.spec.family) + 0.5 * (proposal.step.remedy == DROP)


def with_proposals(recipe: Recipe, proposals: Iterable[Proposal]) -> Recipe:
    """Add the proposed steps to a recipe, but for those that are in it already."""
    known = {(s.remedy, repr(s.given)) for s in recipe.steps}
    new = [p.step for p in proposals if (p.step.remedy, repr(p.step.given)) not in known]
    return replace(recipe, steps=(*recipe.steps, *new))


def _candidates(suggestions: Iterable[Suggested]) -> list[_Candidate]:
    """Gather the suggested steps; those that differ in their columns alone become one."""
    gathered: dict[tuple[object, ...], _Candidate] = {}
    for one in suggestions:
        finding, step = one.finding, one.step
        rest = tuple(p for p in step.params if p[0] != "columns")
        key = (step.remedy, rest) if _joins(step) else (step.remedy, step.params)
        known = gathered.get(key)
        answer = (finding, _RANK[min(one.place, len(_RANK) - 1)])
        if known is None:
            gathered[key] = _Candidate(step, (answer,))
        elif all(f is not finding for f, _ in known.answers):
            gathered[key] = _Candidate(_joined(known.step, step), (*known.answers, answer))
    return list(gathered.values())


def _joins(step: Step) -> bool:
    """Whether the step treats each of its columns for itself, so that columns can be added."""
    return any(key == "columns" for key, _ in step.params) and step.remedy not in (
        "k-anonymize",
        "suppress",
        "drop-duplicates",
    )


def _joined(one: Step, other: Step) -> Step:
    own, more = dict(one.params), dict(other.params)
    if "columns" not in own:
        return one
    columns = tuple(dict.fromkeys((*_tuple(own["columns"]), *_tuple(more["columns"]))))
    return Step(
        remedy=one.remedy,
        params=tuple((k, columns if k == "columns" else v) for k, v in one.params),
    )


def _tuple(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, tuple) else (str(value),)


def _made(step: Step, answers: tuple[Finding, ...]) -> RecipeStep | None:
    """Make the step; None where a suggestion no longer fits its remedy."""
    first = max(answers, key=lambda f: f.severity)
    more = f" and {len(answers) - 1} more" if len(answers) > 1 else ""
    try:
        return from_suggestion(step, why=f"{first.title}{more}")
    except ParameterError:
        return None
