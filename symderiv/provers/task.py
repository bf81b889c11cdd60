"""What a prover is given and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from symderiv.kernel.inferences import Argument, Sequent
from symderiv.kernel.normal_form import Normalizer, normalizer
from symderiv.kernel.replay import Line, Proof
from symderiv.kernel.terms import Reduce, Relation, Term, subterms
from symderiv.language.encode import Encoded, Fact, Unfolding

LAST = ("series.", "integral.", "limit.")
"""What the rules for the values of series, integrals and limits begin with: no finite model has them."""
STAGES = (-1, 0, 1, 2, 3, 4)
"""Definitions are unfolded in stages: none, the author's, quantities, conditionals, marginals, factors."""
MARGINALS = 3
"""The stage of marginals."""


@dataclass(frozen=True)
class Task:
    """A conclusion to prove, what may be used for it, and the theorems that the author cites."""

    encoded: Encoded
    conditions: tuple[Fact, ...] = ()
    theorems: tuple[tuple[str, Sequent], ...] = ()

    @property
    def conclusion(self) -> Term:
        """What is to be proved."""
        return self.encoded.conclusion

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Everything that is not a definition: what the language guarantees, assumptions, conditions."""
        stated = (*self.encoded.facts, *self.encoded.assumptions, *self.conditions)
        found = tuple({fact.proposition: fact for fact in reversed(stated)}.values())[::-1]
        return tuple(ordered(found))

    @cached_property
    def hypotheses(self) -> frozenset[Term]:
        """All facts and definitions."""
        facts = frozenset(fact.proposition for fact in self.facts)
        return facts | frozenset(definition.proposition for definition in self.encoded.definitions)

    def definitions(self, stage: int) -> tuple[Unfolding, ...]:
        """The definitions that are unfolded up to a stage."""
        return tuple(d for d in self.encoded.definitions if d.stage <= stage)

    @cached_property
    def stages(self) -> tuple[int, ...]:
        """The stages at which something new is unfolded."""
        present = {d.stage for d in self.encoded.definitions}
        return tuple(stage for stage in STAGES if stage == -1 or stage in present)

    def normalizer(self, unfold: Iterable[Unfolding]) -> Normalizer:
        """The normal form that unfolds the given definitions and uses the others for signs."""
        chosen = tuple(unfold)
        rest = [d.proposition for d in self.encoded.definitions if d not in chosen]
        facts = tuple(f.proposition for f in self.facts)
        return normalizer(facts, tuple(rest), tuple(d.proposition for d in chosen))


@dataclass(frozen=True)
class Found:
    """A proof of the conclusion, and the rules it rests on, in the order in which a reader would give them."""

    proof: Proof
    rules: tuple[str, ...]
    conditions: tuple[Fact, ...] = ()
    """What the proof needs beyond the facts of the task."""


@dataclass(frozen=True)
class Prover:
    """A search for proofs.  `search` returns None where it does not apply; lower costs are tried first.

    Where the author cites a result, the provers that use citations (`cites`) come before all others.
    """

    name: str
    cost: int
    search: Callable[[Task], Found | None]
    cites: bool = False


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """What is said of sizes before the values of series and integrals, and these before equations for other sums.

    Each equation is read under those before it.
    """
    stated = list(facts)
    if not any(fact.rule.startswith(LAST) for fact in stated):
        return stated
    return sorted(stated, key=lambda fact: 1 if fact.rule.startswith(LAST) else 2 * speaks_of_sums(fact))


def speaks_of_sums(fact: Fact) -> bool:
    """True of an assumed equation with a sum in it."""
    stated = fact.proposition
    assumed = fact.rule == "hypothesis" and isinstance(stated, Relation) and stated.kind == "="
    return assumed and any(isinstance(part, Reduce) for part in subterms(stated))


class ProofBuilder:
    """Lines of a proof, numbered as they are added; every hypothesis is stated once."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._lines: list[Line] = []
        self._numbers: dict[Line, int] = {}

    def add(self, inference: str, premises: Sequence[int], *arguments: Argument) -> int:
        """The number of the line."""
        line = Line(inference, tuple(premises), arguments)
        known = self._numbers.get(line)
        if known is None:
            known = len(self._lines)
            self._numbers[line] = known
            self._lines.append(line)
        return known

    def append(self, proof: Proof) -> int:
        """The number of the last line of a proof, whose lines are added."""
        numbers: list[int] = []
        for line in proof:
            numbers.append(self.add(line.inference, [numbers[premise] for premise in line.premises], *line.arguments))
        return numbers[-1]

    def under(self, task: Task) -> ProofBuilder:
        """A builder that goes on with the same lines, and has other facts and definitions."""
        found = ProofBuilder(task)
        found._lines, found._numbers = self._lines, self._numbers
        return found

    def hypothesis(self, proposition: Term) -> int:
        """A line that states a hypothesis."""
        return self.add("hypothesis", (), proposition)

    def algebra(self, unfold: Iterable[Unfolding]) -> tuple[list[int], list[str]]:
        """All facts and definitions as premises of one inference, with their roles, as in `Task.normalizer`."""
        chosen = tuple(unfold)
        premises = [self.hypothesis(f.proposition) for f in self._task.facts]
        roles = ["fact"] * len(premises)
        for definition in self._task.encoded.definitions:
            premises.append(self.hypothesis(definition.proposition))
            roles.append("unfold" if definition in chosen else "meaning")
        return premises, roles

    def computed(self, inference: str, goal: Term, unfold: Iterable[Unfolding]) -> int:
        """A line by an inference that takes the goal and an algebra."""
        premises, roles = self.algebra(unfold)
        return self.add(inference, premises, goal, *roles)

    @property
    def proof(self) -> Proof:
        """The lines."""
        return tuple(self._lines)
