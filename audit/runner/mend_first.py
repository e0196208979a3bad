"""What to mend first: the fewest steps that answer the most severe findings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from audit.errors import ParameterError
from audit.model import Finding, Severity, Step
from audit.runner.audits import Result
from audit.runner.mending_steps import includes, joined, lessens, only_lessens
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
_LESSENED = 0.25
"""To lessen a finding is worth so much of answering it."""
_SHAPING = 0.5
"""Steps that change true values are worth so much of those that put wrong ones right."""
_ORDER = ("clean", "filter", "anonymize", "rebalance")
"""Values are put right before rows are compared; weights come last: they rest on all of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A step worth taking, and what it does about findings; each is told of one step alone."""

    step: RecipeStep
    answers: tuple[Finding, ...]
    """Findings for which the step is suggested as all there is to do."""
    lessens: tuple[Finding, ...] = ()
    """Findings that it goes against and that may be there still, see :func:`only_lessens`."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    step: Step
    about: tuple[tuple[Finding, float], ...]
    """Findings, and how much it is worth to each."""

    @property
    def worth(self) -> float:
        less = _SHAPING if self.step.remedy in SHAPING else 1.0
        return less * sum(_WEIGHT[f.severity] * rank for f, rank in self.about)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for f, _ in self.about)


def mend_first(result: Result, *, most: int = MOST_STEPS) -> tuple[Proposal, ...]:
    """Choose the steps that answer the open findings, the most severe ones first.

    Greedy weighted set cover: the step that answers most comes first, then what answers most of
    the rest; in the end a step goes of which the others do all. Suggestions for single columns
    are taken together where one step can do what they ask for, see :func:`joined`. A step that
    lessens a finding does not answer it. Steps that would undo each other are not proposed
    together, see :class:`Together`.

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
    every = [
        Suggested(finding=f, step=step, place=i)
        for f in result.open_findings
        for i, step in enumerate(f.suggestions)
    ]
    left, chosen = every, list[Step]()
    while len(chosen) < most:
        fitting = [own for one in left if (own := together.fitted(one)) is not None]
        best = max(_candidates(fitting), key=lambda c: c.worth, default=None)
        if best is None or best.worth <= 0:
            break
        if _made(best.step, best.findings) is None:
            left = [one for one in left if one.step.remedy != best.step.remedy]
            continue
        chosen.append(best.step)
        answered = tuple(f for f in best.findings if not only_lessens(best.step, f))
        together = together.joined(best.step, answered)
        left = _open(left, answered, best.findings)
    reached = _Reached(together, every)
    return tuple(sorted(reached.proposals(_fewest(chosen, reached)), key=_turn))


def _open(
    left: Sequence[Suggested], answered: Sequence[Finding], touched: Sequence[Finding]
) -> list[Suggested]:
    """Leave out what is suggested for answered findings; for lessened ones, what only lessens."""
    done, less = {id(f) for f in answered}, {id(f) for f in touched}
    return [
        one
        for one in left
        if id(one.finding) not in done
        and not (id(one.finding) in less and only_lessens(one.step, one.finding))
    ]


class _Reached:
    """What steps do about findings, by the suggestions that are part of them."""

    def __init__(self, together: Together, every: Sequence[Suggested]) -> None:
        self._suggested = [
            (one.finding, own) for one in every if (own := together.trimmed(one.step)) is not None
        ]

    def by(self, step: Step) -> dict[int, Finding]:
        """Give the findings that a step is about, by their identity as objects."""
        return {id(f): f for f, own in self._suggested if includes(step, own)}

    def all(self, steps: Sequence[Step]) -> tuple[set[int], set[int]]:
        """Tell which findings steps answer, and which they are about at all."""
        about = [(step, f) for step in steps for f in self.by(step).values()]
        answered = {id(f) for step, f in about if not only_lessens(step, f)}
        return answered, {id(f) for _, f in about}

    def proposals(self, steps: Sequence[Step]) -> Iterator[Proposal]:
        """Say what each step does about findings; what several do is told of the first."""
        answered, _ = self.all(steps)
        told: set[int] = set()
        for step in steps:
            found = [f for key, f in self.by(step).items() if key not in told]
            answers = tuple(f for f in found if not only_lessens(step, f))
            less = tuple(f for f in found if only_lessens(step, f) and id(f) not in answered)
            told |= {id(f) for f in (*answers, *less)}
            made = _made(step, (*answers, *less)) if answers or less else None
            if made is not None:
                yield Proposal(step=made, answers=answers, lessens=less)


def _fewest(steps: Sequence[Step], reached: _Reached) -> tuple[Step, ...]:
    """Leave out each step without which the others do as much, the last chosen ones first."""
    kept = tuple(steps)
    for step in reversed(steps):
        rest = tuple(one for one in kept if one != step)
        if reached.all(rest) == reached.all(kept):
            kept = rest
    return kept


def _turn(proposal: Proposal) -> float:
    """Give when a step comes: columns go after rows were compared by them."""
    return _ORDER.index(proposal.step.spec.family) + 0.5 * (proposal.step.remedy == DROP)


def with_proposals(recipe: Recipe, proposals: Iterable[Proposal]) -> Recipe:
    """Add the proposed steps to a recipe, but for those that are in it already."""
    known = {(s.remedy, repr(s.given)) for s in recipe.steps}
    new = [p.step for p in proposals if (p.step.remedy, repr(p.step.given)) not in known]
    return replace(recipe, steps=(*recipe.steps, *new))


def _candidates(suggestions: Iterable[Suggested]) -> list[_Candidate]:
    """Gather the suggested steps; those that one step can do become one."""
    gathered: dict[str, list[_Candidate]] = {}
    for one in suggestions:
        finding, step = one.finding, one.step
        rank = _RANK[min(one.place, len(_RANK) - 1)] * (_LESSENED if lessens(step) else 1.0)
        known = gathered.setdefault(step.remedy, [])
        for i, candidate in enumerate(known):
            both = joined(candidate.step, step)
            if both is not None:
                about = candidate.about
                if all(f is not finding for f, _ in about):
                    about = (*about, (finding, rank))
                known[i] = _Candidate(both, about)
                break
        else:
            known.append(_Candidate(step, ((finding, rank),)))
    return [candidate for of_one in gathered.values() for candidate in of_one]


def _made(step: Step, findings: tuple[Finding, ...]) -> RecipeStep | None:
    """Make the step; None where a suggestion no longer fits its remedy."""
    first = max(findings, key=lambda f: f.severity)
    more = f" and {len(findings) - 1} more" if len(findings) > 1 else ""
    try:
        return from_suggestion(step, why=f"{first.title}{more}")
    except ParameterError:
        return None
