"""Where the two sides of a refuted equation part: the entry, the term of a sum, the summand or the factor that differs.

The parts are evaluated by the kernel at the counterexample.  Something is said only of the last part that is left when
all others were paired, with one that is written alike or, where both sides have as many, one of the same value there;
and of the first index at which two sums over one set have different terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from flint import fmpq

from symderiv.kernel import terms as k
from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Evaluator, Model, Value
from symderiv.language.heads import bound_name

WORDS = {k.Add: "summands", k.Multiply: "factors"}
NEUTRAL = {k.Add: k.ZERO, k.Multiply: k.ONE}


def parting(goal: Sequent, model: Model, written: Callable[[k.Term], str], shown: Callable[[Value], str]) -> str:
    """In words, where the sides of an equation part at a model that refutes it; empty where that is not definite.

    Terms are `written` in LaTeX, and values `shown`, by the functions given.
    """
    stated = goal.conclusion
    while isinstance(stated, k.Implies):
        stated = stated.conclusion
    if not isinstance(stated, k.Relation) or stated.kind != "=":
        return ""
    search = _Search(sorted(goal.hypotheses, key=k.key), written, shown)
    return "; there ".join((*_entry(model), *search.between(stated.left, stated.right, model)))


def _entry(model: Model) -> Iterator[str]:
    """The entry of two matrices that was compared."""
    places = [(word, model.indices.get(rf"\mathit{{{word}}}")) for word in ("row", "column")]
    found = [f"{word} {place}" for word, place in places if place is not None]
    if found:
        yield f"the entries at {', '.join(found)} differ"


@dataclass(frozen=True)
class _Search:
    hypotheses: Sequence[k.Term]
    written: Callable[[k.Term], str]
    shown: Callable[[Value], str]

    def between(self, left: k.Term, right: k.Term, model: Model) -> Iterator[str]:
        """What is said of two terms with different values, and then of the parts of them that make the difference."""
        try:
            match left, right:
                case k.Reduce("sum", domain, _), k.Reduce("sum", same, _) if domain == same:
                    yield from self.in_sums(left, right, model)
                case (k.Add(), _) | (_, k.Add()):
                    yield from self.in_parts(k.Add, left, right, model)
                case (k.Multiply(), _) | (_, k.Multiply()):
                    yield from self.in_parts(k.Multiply, left, right, model)
                case _:
                    return
        except (Rejected, Undefined):
            return

    def in_sums(self, left: k.Reduce, right: k.Reduce, model: Model) -> Iterator[str]:
        """The first index at which two sums over one set have different terms."""
        name = bound_name(left, (*model.indices, *(n.parts[0] for n in right.body.free)))
        index = k.Index(name, left.domain)
        one, other = (k.instantiate(side.body, index) for side in (left, right))
        for place in range(model.sizes[left.domain]):
            at = replace(model, indices={**model.indices, name: place})
            evaluator = Evaluator(at, self.hypotheses)
            values = evaluator.value(one), evaluator.value(other)
            if values[0] != values[1]:
                yield f"the terms at ${name} = {place}$ are {' and '.join(map(self.shown, values))}"
                yield from self.between(one, other, at)
                return

    def in_parts(
        self, kind: type[k.Add] | type[k.Multiply], left: k.Term, right: k.Term, model: Model
    ) -> Iterator[str]:
        """The summand or factor of each side, or of one, that has no equal on the other side."""
        evaluator = Evaluator(model, self.hypotheses)
        ours, theirs = _unpaired(_parts(kind, left), _parts(kind, right), lambda one, other: one == other)
        if len(ours) == len(theirs):
            ours, theirs = _unpaired(ours, theirs, lambda o, t: _equal(evaluator.value(o), evaluator.value(t)))
        left_over = (*((part, "left") for part in ours), *((part, "right") for part in theirs))
        if len(ours) > 1 or len(theirs) > 1 or any(isinstance(part, k.Number) for part, _ in left_over):
            return
        shown = (f"${self.written(p)} = {self.shown(evaluator.value(p))}$ on the {side}" for p, side in left_over)
        yield f"all {WORDS[kind]} agree but {' and '.join(shown)}"
        if ours and theirs:
            yield from self.between(ours[0], theirs[0], model)


def _parts(kind: type[k.Add] | type[k.Multiply], term: k.Term) -> list[k.Term]:
    """The summands or factors of a term, also of those inside it."""
    if isinstance(term, kind):
        return [part for child in term.children for part in _parts(kind, child)]
    return [] if term == NEUTRAL[kind] else [term]


def _unpaired(
    left: Sequence[k.Term], right: Sequence[k.Term], equal: Callable[[k.Term, k.Term], bool]
) -> tuple[list[k.Term], list[k.Term]]:
    """The parts of both sides without pairs of equal ones."""
    rest = list(right)
    kept: list[k.Term] = []
    for part in left:
        place = next((n for n, other in enumerate(rest) if equal(part, other)), None)
        if place is None:
            kept.append(part)
        else:
            del rest[place]
    return kept, rest


def _equal(one: Value, other: Value) -> bool:
    """True where both are exact and the same."""
    return isinstance(one, fmpq) and isinstance(other, fmpq) and one == other
