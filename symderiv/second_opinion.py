"""A second opinion on what was proved: the conclusion evaluated at random finite models of the hypotheses.

The evaluator here is not that of the kernel, and shares nothing with the normal form: exact rationals, and enclosures
where there are none.  0 times anything is 0, also what has no value.  A model at which a proved conclusion is false
shows a defect of symderiv; whatever it is, nothing is called proved then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain, islice, repeat, zip_longest
from random import Random

from flint import arb, ctx, fmpq

from symderiv.kernel import terms as k
from symderiv.kernel.errors import Exhausted, Undefined
from symderiv.kernel.facts import as_definition, definitions_of, heads
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.replay import Proof
from symderiv.language.index_values import is_infinite
from symderiv.refuters.random_models import Names, drawn_models, signature_of, signature_with, telling_sizes

Number = fmpq | arb
ZERO = fmpq(0)
INSTANCES = 3
"""Models at which every proof is evaluated."""

PROPOSALS = 15
"""Models of one size that are proposed, of which those count that satisfy the hypotheses."""

BUDGET = 60_000
"""Terms that are evaluated in one model before it is given up."""

PRECISION = 192
"""Bits of the enclosures."""


@dataclass(frozen=True)
class Opinion:
    """At how many models the conclusion was seen to hold, and one at which it does not.

    `instances` is None where nothing was evaluated; 0 means that no models of the hypotheses were found, although they
    are about finite sums alone.
    """

    instances: int | None
    contradiction: Model | None = None


@dataclass(frozen=True)
class Disagreement:
    """A proof that the kernel may accept, and a model that contradicts what it proves: a defect of symderiv itself."""

    goal: Sequent
    proof: Proof
    model: Model


def opinion(goal: Sequent, seed: int, proposed: Iterable[Model] | None = None) -> Opinion:
    """The conclusion at random models of the hypotheses, or at those that are proposed."""
    signature = signature_of((*sorted(goal.hypotheses, key=k.key), goal.conclusion))
    if not signature.can_be_drawn:
        return Opinion(None)
    if proposed is None:
        drawn = _drawn(goal.hypotheses, signature.names, seed)
    else:
        drawn = tuple(Values(model, goal.hypotheses) for model in islice(proposed, INSTANCES))
    agreed = 0
    for values in drawn:
        values.begin()
        try:
            if values.holds(goal.conclusion) is False and all(values.holds(h) is not False for h in goal.hypotheses):
                return Opinion(agreed, values.model)
            agreed += 1
        except (Undefined, Exhausted):
            continue
    return Opinion(agreed or (None if drawn or _has_models_but_for_integrals(goal, signature.names, seed) else 0))


@lru_cache(maxsize=1 << 6)
def _drawn(hypotheses: frozenset[k.Term], names: Names, seed: int) -> tuple[Values, ...]:
    """The values in random models of some hypotheses."""
    idle = _idle_definitions(hypotheses)
    stated = hypotheses.difference(idle.values())
    domains, symbols, tensors, *others = names  # an index set may be called as a tensor is
    kept = (tuple(sorted(known for known in part if known[0] not in idle)) for part in (symbols, tensors))
    open_names = (domains, *kept, *others)
    return tuple(Values(model, hypotheses) for model in _models(stated, open_names, seed))


@lru_cache(maxsize=1 << 6)
def _models(hypotheses: frozenset[k.Term], names: Names, seed: int) -> tuple[Model, ...]:
    """Random models of some hypotheses, of each size in turn.

    The steps of a chain differ in what they define, and have most of the other hypotheses in common.
    """
    signature, stated, random = signature_with(names), sorted(hypotheses, key=k.key), Random(seed)
    sizes = telling_sizes(signature.domains)
    *several, single = (drawn_models(stated, signature, random, [chosen], PROPOSALS) for chosen in sizes)
    found = chain(filter(None, chain.from_iterable(zip_longest(*several))), single)
    return tuple(model for model, _ in islice(found, INSTANCES))


def _idle_definitions(hypotheses: frozenset[k.Term]) -> dict[str, k.Term]:
    """The definitions, by name, of what no other hypothesis is about: they hold in every model of those."""
    ordered = sorted(hypotheses, key=k.key)
    definitions = definitions_of(ordered)
    if definitions.is_circular:
        return {}
    idle: dict[str, k.Term] = {}
    pending: list[str] = []
    for hypothesis in ordered:
        definition = as_definition(hypothesis)
        if definition is not None and definitions[definition.head] == definition:
            idle[definition.head] = hypothesis
        else:
            pending += heads(hypothesis)
    while pending:
        head = pending.pop()
        if idle.pop(head, None) is not None:
            pending += heads(definitions[head].body)
    return idle


def _has_models_but_for_integrals(goal: Sequent, names: Names, seed: int) -> bool:
    """True where only integrals and series keep models from satisfying the hypotheses: these have no finite ones."""
    finite = frozenset(hypothesis for hypothesis in goal.hypotheses if not _has_integrals(hypothesis))
    return finite != goal.hypotheses and bool(_drawn(finite, names, seed))


def _has_integrals(term: k.Term) -> bool:
    return any(is_infinite(part.domain) for part in k.subterms(term) if isinstance(part, k.Reduce | k.Forall))


class Values:
    """The values of terms in a model.  What the model leaves out is what the equations among `hypotheses` say it is."""

    def __init__(self, model: Model, hypotheses: Iterable[k.Term]) -> None:
        self.model = model
        self._equations: dict[str, tuple[tuple[int, ...], k.Term]] = {}
        self._known: dict[tuple[str, tuple[int, ...]], Number | None] = {}
        self._values: dict[tuple[k.Term, tuple[int, ...]], Number] = {}
        self.begin()
        for hypothesis in sorted(hypotheses, key=k.key):
            self._learn(hypothesis)

    def begin(self) -> None:
        """Allows the full budget for what is asked next; what is known of defined names is kept."""
        self._left = BUDGET
        ctx.prec = PRECISION

    def _learn(self, equation: k.Term) -> None:
        """Takes `for all i, j: t(i, j) = body` as what t is."""
        depth = 0
        while isinstance(equation, k.Forall):
            equation, depth = equation.body, depth + 1
        match equation:
            case k.Relation("=", k.Symbol(name), body) if depth == 0:
                self._equations.setdefault(name, ((), body))
            case k.Relation("=", k.Entry(name, indices), body):
                places = [depth - 1 - i.position for i in indices if isinstance(i, k.Bound)]
                if sorted(places) == list(range(depth)) == list(range(len(indices))):
                    self._equations.setdefault(name, (tuple(places), body))
            case _:
                pass

    def index(self, term: k.Term, bound: tuple[int, ...]) -> int:
        """The element that an index stands for."""
        if isinstance(term, k.Bound):
            return bound[-1 - term.position]
        match term:
            case k.Index(name, _):
                return self.model.indices[name]
            case k.Gather(name, _, indices):
                return self.model.gathers[name][tuple(self.index(i, bound) for i in indices)]
        raise Undefined("an index that stands for nothing")

    def named(self, name: str, place: tuple[int, ...]) -> Number:
        """The value of a symbol or an entry."""
        known = (name, place)
        if known not in self._known:
            self._known[known] = None  # while it is being computed: an equation in a circle says nothing
            try:
                self._known[known] = self._named(name, place)
            except Exhausted:
                del self._known[known]  # there may be time for it later
                raise
        found = self._known[known]
        if found is None:
            raise Undefined(f"{name} has no value")
        return found

    def _named(self, name: str, place: tuple[int, ...]) -> Number:
        stated = self.model.tensors.get(name, {}).get(place) if place else self.model.symbols.get(name)
        if stated is not None:
            return rational(stated)
        if name not in self._equations:
            raise Undefined(f"{name} has no value")
        order, body = self._equations[name]
        return self.number(body, tuple(element for _, element in sorted(zip(order, place, strict=True))))

    def number(self, term: k.Term, bound: tuple[int, ...] = ()) -> Number:
        """The value of a term.

        Raises:
            Undefined: there is none.
            Exhausted: it takes too long.
        """
        self._left -= 1
        if self._left < 0:
            raise Exhausted("second opinion: budget")
        # What there is most of comes first: this is where the time goes.
        if isinstance(term, k.Entry):
            place = [bound[-1 - i.position] if isinstance(i, k.Bound) else self.index(i, bound) for i in term.indices]
            return self.named(term.tensor, tuple(place))
        if isinstance(term, k.Multiply):
            return self.product(zip(term.factors, repeat(bound)))
        if isinstance(term, k.Number):
            return constant(term)
        if isinstance(term, k.Add):
            return combined("sum", [self.number(part, bound) for part in term.terms])
        known = (term, bound[len(bound) - term.loose :])
        value = self._values.get(known)
        if value is None:
            value = self._values[known] = self._number(term, bound)
        return value

    def _number(self, term: k.Term, bound: tuple[int, ...]) -> Number:
        match term:
            case k.Symbol(name):
                return self.named(name, ())
            case k.Size(domain):
                return fmpq(self.model.sizes[domain])
            case k.Delta(left, right):
                return fmpq(int(self.index(left, bound) == self.index(right, bound)))
            case k.Power(base, exponent):
                return raised(self.number(base, bound), exponent)
            case k.Reduce(kind, domain, body):
                places = [(body, (*bound, n)) for n in range(self.model.sizes[domain])]
                return self.product(places) if kind == "product" else combined(kind, [self.number(*p) for p in places])
            case k.Apply(function, arguments):
                return applied(function, [self.number(argument, bound) for argument in arguments])
        raise Undefined("not a number")

    def product(self, factors: Iterable[tuple[k.Term, tuple[int, ...]]]) -> Number:
        """A product; 0 where one factor is, whether the others have values or not."""
        result: Number = fmpq(1)
        missing: Undefined | None = None
        for factor, bound in factors:
            try:
                value = self.number(factor, bound)
            except Undefined as error:
                missing = error
                continue
            if isinstance(value, fmpq) and value == 0:
                return value
            result = result * value
        if missing is not None:
            raise missing
        return result

    def holds(self, proposition: k.Term, bound: tuple[int, ...] = ()) -> bool | None:
        """Whether a proposition is true; None where the enclosures do not tell."""
        match proposition:
            case k.Forall(domain, body) if domain != k.REAL:
                found = [self.holds(body, (*bound, n)) for n in range(self.model.sizes[domain])]
                return False if False in found else None if None in found else True
            case k.Implies(premise, conclusion):
                given = self.holds(premise, bound)
                return True if given is False else self.holds(conclusion, bound) if given else None
            case k.Relation(kind, left, right):
                return compared(kind, self.number(left, bound), self.number(right, bound))
        raise Undefined("not a proposition about finitely many things")


def rational(value: Fraction) -> fmpq:
    """The same number, with faster arithmetic."""
    return fmpq(*value.as_integer_ratio())


@lru_cache(maxsize=1 << 8)
def constant(term: k.Number) -> fmpq:
    """The value of a number that is written out."""
    return rational(term.value)


def enclosure(value: Number) -> arb:
    """The value as an enclosure."""
    return arb(value) if isinstance(value, fmpq) else value


def combined(kind: str, values: list[Number]) -> Number:
    """The sum, the largest or the smallest of some values."""
    if kind == "sum":
        return sum(values, ZERO)
    result, *rest = values
    for value in rest:
        if isinstance(result, fmpq) and isinstance(value, fmpq):
            result = max(result, value) if kind == "max" else min(result, value)
        else:
            one, other = enclosure(result), enclosure(value)
            result = one.max(other) if kind == "max" else one.min(other)
    return result


def raised(base: Number, exponent: Fraction) -> Number:
    """A rational power of a positive number, or a whole power of any that is not 0 where that is negative."""
    if exponent.denominator == 1:
        if exponent < 0 and not (base > 0 or base < 0):
            raise Undefined("division by zero")
        return base ** int(exponent)
    if isinstance(base, fmpq) and base == 0 and exponent > 0:
        return base
    if not base > 0:
        raise Undefined("root of a number that is not positive")
    return (enclosure(base).log() * enclosure(rational(exponent))).exp()


def applied(function: str, arguments: list[Number]) -> Number:
    """The value of a function that has a meaning."""
    first = arguments[0]
    match function:
        case "exp":
            return fmpq(1) if first == 0 else enclosure(first).exp()
        case "sin" | "cos":
            return enclosure(first).sin() if function == "sin" else enclosure(first).cos()
        case "log" if first == 1:
            return ZERO
        case "log" | "power":
            if not first > 0:
                raise Undefined("logarithm of a number that is not positive")
            logarithm = enclosure(first).log()
            return logarithm if function == "log" else (logarithm * enclosure(arguments[1])).exp()
        case "abs":
            return abs(first) if isinstance(first, fmpq) else enclosure(first).max(-first)
        case "max" | "min":
            return combined(function, arguments)
        case "gamma" | "digamma" if first > 0:
            inner = enclosure(first)
            return inner.lgamma().exp() if function == "gamma" else inner.digamma()
        case "step" | "equal" if first > 0 or first < 0:
            return fmpq(int(function == "step" and bool(first > 0)))
        case "equal" if isinstance(first, fmpq):
            return fmpq(1)
    raise Undefined(f"{function} has no value here")


def compared(kind: str, left: Number, right: Number) -> bool | None:
    """Whether `left kind right`."""
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        gap: Number = right - left
    else:
        gap = enclosure(right) - enclosure(left)
        if not (gap > 0 or gap < 0):
            return None
    return bool({"=": gap == 0, "!=": gap != 0, "<": gap > 0, "<=": not gap < 0}[kind])
