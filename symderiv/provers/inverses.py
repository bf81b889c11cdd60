"""Equations of matrices by clearing what is inverted: `A^{-1} B = C` from `B = A C`, from either side.

Method: both sides are multiplied by a matrix whose inverse occurs, from the left or from the right; what results is
compared by normal forms, or multiplied once more; then the inverse is multiplied back.  It proves the push-through
identity and those of Woodbury and of Searle.  It stops where more than two inverses have to be cleared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from itertools import islice
from typing import NamedTuple

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.facts import heads, open_fact
from symderiv.kernel.terms import (
    Delta,
    Entry,
    Index,
    Multiply,
    Reduce,
    Relation,
    Term,
    abstract,
    instantiate,
    key,
    rebuild,
    substitute,
    subterms,
    sum_over,
)
from symderiv.language.encode import Fact, Unfolding
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.denominators import multiplied_out
from symderiv.provers.equality import agrees, without_equations
from symderiv.provers.reasons import events, rules_used
from symderiv.provers.task import Found, ProofBuilder, Prover, Task

DEEPEST = 2
"""How many inverses are cleared one after the other."""
RULE = "matrix.inverse"
MOST = 12
"""How many ways of clearing are tried at each of them."""


class Inverted(NamedTuple):
    """A matrix, as its entry at `row` and `column`, and the name of its inverse."""

    entry: Term
    row: Index
    column: Index
    inverse: str

    def at(self, row: Term, column: Term) -> Term:
        """The entry of the matrix at a row and a column."""
        return substitute(self.entry, {self.row: row, self.column: column})


def search(task: Task) -> Found | None:
    """A proof by clearing one or two inverses."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "=":
        return None
    matrices = [matrix for matrix in map(_inverted, task.encoded.facts) if matrix is not None]
    for stage in dict.fromkeys((-1, task.stages[-1])) if matrices else ():
        try:
            found = _Clearing(task, matrices, task.definitions(stage)).search(goal)
        except (Exhausted, RecursionError):
            continue
        if found is not None:
            return found
    return None


class _Clearing:
    def __init__(self, task: Task, matrices: list[Inverted], unfold: tuple[Unfolding, ...]) -> None:
        self._task, self._matrices, self._unfold = task, matrices, unfold
        self._builder = ProofBuilder(task)
        self._used: dict[str, None] = {}

    def search(self, goal: Relation) -> Found | None:
        if self._shown(goal, DEEPEST) is None:
            return None
        return Found(self._builder.proof, rules_used(self._task, self._used, ("equation.multiple",)))

    def _shown(self, goal: Relation, depth: int) -> int | None:
        """The line that states an equation, where it can be shown."""
        normalizer = agrees(self._task, goal, self._unfold)
        if normalizer is not None:
            self._used |= events(self._task, normalizer.used)
            return self._builder.computed("equality", goal, self._unfold)
        about = replace(self._task, encoded=replace(self._task.encoded, conclusion=goal))
        multiplied = multiplied_out(about, self._builder, self._unfold)
        if multiplied is not None:
            self._used |= multiplied
            return len(self._builder.proof) - 1
        line = self._shown_by_what_it_is(goal) if depth < DEEPEST else None
        if line is not None:
            return line
        for new, cleared, back in islice(self._ways(goal, depth), MOST) if depth else ():
            line = self._shown(cleared, depth - 1)
            if line is None:
                continue
            line = self._builder.add("generalise", (line,), new)
            instance = Instance(line, (new,), cleared.left, cleared.right, back)
            alone = self._with_alone(back.tensor)
            for task in dict.fromkeys((alone, self._task, without_equations(alone))):
                combination = Combination(task, goal, self._unfold)
                combination.builder = self._builder.under(task)
                combination.subtract(instance, "equation.multiple")
                if combination.found() is not None:
                    self._used |= events(task, combination.normalizer.used)
                    return len(self._builder.proof) - 1
        return None

    def _shown_by_what_it_is(self, goal: Relation) -> int | None:
        """The line, where an assumed equation says what a matrix is that has to meet its inverse by its name first."""
        plain = without_equations(self._task)
        normalizer = plain.normalizer(self._unfold)
        named = [normalizer.canonical(side) for side in (goal.left, goal.right)]
        put_in = [_with_equals(side, self._task.encoded.assumptions) for side in named]
        if named == put_in:
            return None
        steps = (
            (plain, goal.left, named[0]),
            (self._task, named[0], put_in[0]),
            (plain, put_in[0], put_in[1]),
            (self._task, put_in[1], named[1]),
            (plain, named[1], goal.right),
        )
        lines: list[int] = []
        for task, left, right in steps:
            used = agrees(task, Relation("=", left, right), self._unfold)
            if used is None:
                return None
            self._used |= events(task, used.used)
            lines.append(self._builder.under(task).computed("equality", Relation("=", left, right), self._unfold))
        return reduce(lambda one, other: self._builder.add("compose", (one, other)), lines)

    def _with_alone(self, inverse: str) -> Task:
        """The task with one inverse: what is known of another could rewrite a product before this one meets it."""
        facts = self._task.encoded.facts
        kept = tuple(f for f in facts if f.rule != RULE or inverse in heads(f.proposition))
        return replace(self._task, encoded=replace(self._task.encoded, facts=kept))

    def _ways(self, goal: Relation, depth: int) -> Iterator[tuple[Index, Relation, Entry]]:
        """The equation multiplied by a matrix, with the index of its new row or column, and what multiplies back."""
        entries = [part for part in subterms(goal) if isinstance(part, Entry)]
        matrices = [matrix for matrix in self._matrices if matrix.inverse in {part.tensor for part in entries}]
        places = sorted((n for n in goal.free if isinstance(n, Index)), key=key, reverse=True)
        for usual in (True, False):
            for place in places:
                new = Index(f"c{depth}", place.domain)
                is_row = any(part.indices[0] == place for part in entries)
                for matrix in matrices:
                    if matrix.row.domain != place.domain:
                        continue
                    ends = (new, place) if is_row is usual else (place, new)
                    factor, back = matrix.at(*ends), Entry(matrix.inverse, ends[::-1])
                    left, right = (sum_over([place], Multiply((factor, side))) for side in (goal.left, goal.right))
                    yield new, Relation("=", left, right), back


def _with_equals(term: Term, assumptions: Iterable[Fact]) -> Term:
    """The term with the right sides of assumed equations for the matrices that they say something of."""
    for equation in (open_fact(fact.proposition) for fact in assumptions):
        one, other = equation.relation.left, equation.relation.right
        if equation.relation.kind != "=" or equation.premises or not isinstance(one, Entry):
            continue
        if sorted(one.indices, key=key) == sorted(equation.variables, key=key) and one.tensor not in heads(other):
            term = _put_in(term, one, other)
    return term


def _put_in(term: Term, entry: Entry, value: Term) -> Term:
    if isinstance(term, Entry) and term.tensor == entry.tensor:
        for name, place in zip(entry.indices, term.indices, strict=True):
            value = instantiate(abstract(value, name), place)
        return value
    return rebuild(term, [_put_in(child, entry, value) for child in term.children]) if term.children else term


def _inverted(fact: Fact) -> Inverted | None:
    """The matrix of which a fact says that its product with its inverse is the identity."""
    stated = open_fact(fact.proposition).relation
    if fact.rule != RULE or not isinstance(stated.left, Reduce) or not isinstance(stated.right, Delta):
        return None
    between = Index("&between", stated.left.domain)
    body = instantiate(stated.left.body, between)
    if not isinstance(body, Multiply) or len(body.factors) != 2:
        return None
    entry, inverse = body.factors
    if not isinstance(inverse, Entry) or len(inverse.indices) != 2 or inverse.indices[0] != between:
        return None
    rows = [n for n in entry.free if isinstance(n, Index) and n.name.startswith("?")]
    return Inverted(entry, rows[0], between, inverse.tensor) if len(rows) == 1 else None


PROVER = Prover("clearing inverses", cost=4, search=search)
