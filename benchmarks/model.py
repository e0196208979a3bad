"""The nouns of a benchmark: who runs, on what, and which figure it has to reach."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Quantity = Literal["wall_s", "inner_s", "peak_bytes"]
"""What is compared: the whole process, the seconds of the work alone, or memory."""

Form = Literal["csv", "parquet"]

OURS = "evenhand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """Somebody who does the work: a command, in whose environment it runs."""

    id: str
    title: str
    command: tuple[str, ...]
    """Arguments with the places ``{python}``, ``{contenders}``, ``{data}``, ``{scratch}``."""
    peer: str | None = None
    """The environment below ``.peers`` that its Python is from; None: the project's own."""
    reads_inner: bool = False
    """Whether it prints the seconds of its work alone."""
    forms: tuple[Form, ...] = ("csv", "parquet")
    """What it can read; in other cases it does not take part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One table, in one form."""

    table: str
    form: Form = "parquet"

    @property
    def id(self) -> str:
        """The name of its file: ``adult-1m.csv``."""
        return f"{self.table}.{self.form}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """The peer's figure divided by ours is at least so much (median over the pairs)."""

    peer: str
    at_least: float
    case: str
    quantity: Quantity = "wall_s"

    @property
    def contenders(self) -> set[str]:
        """Who has to take part."""
        return {OURS, self.peer}

    @property
    def tables(self) -> set[str]:
        """Which cases have to be measured."""
        return {self.case}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """A figure of ours stays below a limit in every run."""

    limit: float
    case: str
    quantity: Quantity = "peak_bytes"
    contender: str = OURS

    @property
    def contenders(self) -> set[str]:
        """Who has to take part."""
        return {self.contender}

    @property
    def tables(self) -> set[str]:
        """Which cases have to be measured."""
        return {self.case}


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Ours grows at most like the size: ln(t2/t1) / ln(n2/n1) between neighbouring cases."""

    cases: tuple[str, ...]
    over: Literal["rows", "columns"]
    at_most: float = 1.1
    quantity: Quantity = "wall_s"
    contender: str = OURS

    @property
    def contenders(self) -> set[str]:
        """Who has to take part."""
        return {self.contender}

    @property
    def tables(self) -> set[str]:
        """Which cases have to be measured."""
        return set(self.cases)


Target = Ratio | Ceiling | Linear


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """Contenders that do the same work on the same tables, and the targets."""

    id: str
    title: str
    about: str
    contenders: tuple[Contender, ...]
    cases: tuple[Case, ...]
    targets: tuple[Target, ...] = ()
    quantity: Quantity = "wall_s"
    """What the table of ratios compares."""
    repeats: int = 5
    timeout_s: float = 900

    def only(self, contenders: Sequence[str] | None, cases: Sequence[str] | None) -> "Benchmark":
        """Leave some out; targets that need them go too. None: everybody takes part."""
        kept = tuple(c for c in self.contenders if not contenders or c.id in contenders)
        tables = tuple(c for c in self.cases if not cases or c.id in cases)
        ids = {c.id for c in kept}
        named = {c.id for c in tables}
        return replace(
            self,
            contenders=kept,
            cases=tables,
            targets=tuple(t for t in self.targets if t.contenders <= ids and t.tables <= named),
        )
