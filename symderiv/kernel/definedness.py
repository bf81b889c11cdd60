"""What a statement needs in order to mean what it says: denominators, logarithms and roots stay inside their domains.

In a product, the entries of tensors guard what stands inside the other factors: in `P(x) ln P(x)` the logarithm needs
`P(x) > 0` only where `P(x) != 0`, which is the convention 0 ln 0 = 0 and the rule that an expectation runs over the
support of its distribution.  Factors are guarded in one fixed order, so no two of them excuse each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, reduce

from symderiv.kernel import terms as k
from symderiv.kernel.facts import Definitions, definitions_of, heads, is_partial


def is_total(term: k.Term, partial: frozenset[str]) -> bool:
    """True of a term that has a value whatever its variables are; `partial` are the names that need not have one."""
    return not is_partial(term) and partial.isdisjoint(heads(term))


@lru_cache(maxsize=1 << 12)
def guard_order(factors: tuple[k.Term, ...], partial: frozenset[str]) -> tuple[tuple[k.Term, bool], ...]:
    """The factors of a product in the order in which they guard each other, each with whether it is a guard.

    A power that is itself a factor comes first, so nothing guards it: `P(x,y) / P(x)` is undefined where P(x) = 0.
    """
    ranked = []
    for factor in factors:
        total = is_total(factor, partial)
        rank = 1 if total else 0 if isinstance(factor, k.Power) else 2 if isinstance(factor, k.Entry) else 3
        ranked.append((rank, factor, rank == 2 or (total and _has_entry(factor))))
    return tuple((factor, guards) for _, factor, guards in sorted(ranked, key=lambda item: item[0]))


def _has_entry(term: k.Term) -> bool:
    return isinstance(term, k.Entry) or any(map(_has_entry, term.children))


def definedness(proposition: k.Term, hypotheses: Iterable[k.Term]) -> tuple[k.Term, ...]:
    """The propositions that must hold for `proposition` to be meant as it reads; definitions are looked through."""
    return _needs_of(proposition, tuple(hypotheses))


@lru_cache(maxsize=1 << 10)
def _needs_of(proposition: k.Term, hypotheses: tuple[k.Term, ...]) -> tuple[k.Term, ...]:
    needs = _Needs(definitions_of(hypotheses))
    needs.visit(proposition, (), ())
    return tuple(needs.found)


class _Needs:
    def __init__(self, definitions: Definitions) -> None:
        self.found: dict[k.Term, None] = {}
        self._definitions = definitions
        self._visited: set[tuple[k.Term, tuple[k.Term, ...]]] = set()
        self._looked_through: list[str] = []

    def visit(self, term: k.Term, variables: tuple[k.Index, ...], guards: tuple[k.Term, ...]) -> None:
        """Adds what a term needs under the opened `variables` and where the `guards` hold."""
        if (term, guards) in self._visited or is_total(term, self._definitions.partial):
            return
        self._visited.add((term, guards))
        match term:
            case k.Forall(domain, body) | k.Reduce(_, domain, body):
                variable = k.Index(f"&{len(variables)}", domain)
                self.visit(k.instantiate(body, variable), (*variables, variable), guards)
            case k.Implies(premise, conclusion):
                self.visit(premise, variables, guards)
                self.visit(conclusion, variables, (*guards, premise))
            case k.Multiply(factors):
                for factor, is_guard in guard_order(factors, self._definitions.partial):
                    self.visit(factor, variables, guards)
                    if is_guard:
                        guards = (*guards, k.nonzero(factor))
            case _:
                self._visit_inside(term, variables, guards)
                operation = _need(term)
                if operation is not None:
                    need = reduce(lambda conclusion, guard: k.Implies(guard, conclusion), reversed(guards), operation)
                    self.found[k.forall([v for v in variables if v in need.free], need)] = None

    def _visit_inside(self, term: k.Term, variables: tuple[k.Index, ...], guards: tuple[k.Term, ...]) -> None:
        """The parts of a term; of a name what it is defined to be, unless that leads back to the name."""
        body = self._definitions.unfold(term)
        if body is None:
            for inner in term.children:
                self.visit(inner, variables, guards)
            return
        head = str(term.parts[0])
        if head not in self._looked_through:
            self._looked_through.append(head)
            self.visit(body, variables, guards)
            self._looked_through.pop()


def _need(term: k.Term) -> k.Term | None:
    """What one operation needs of its operand."""
    match term:
        case k.Power(base, exponent) if exponent.denominator != 1:
            return k.positive(base) if exponent < 0 else k.nonnegative(base)
        case k.Power(base, exponent) if exponent < 0:
            return k.nonzero(base)
        case k.Apply("log" | "gamma" | "digamma", (argument,)) | k.Apply("power", (argument, _)):
            return k.positive(argument)
        case _:
            return None
