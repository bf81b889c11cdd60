"""Finite models, and the value of a term in one: exact rationals, and rigorous enclosures where there are none.

This evaluator shares nothing with the normal form; it also serves as the second opinion on every proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial, reduce
from math import factorial
from operator import add, eq, ge, gt, mul, ne

from flint import arb, ctx, fmpq

from symderiv.kernel import terms as k
from symderiv.kernel.definedness import guard_order
from symderiv.kernel.errors import Rejected, Undefined, check
from symderiv.kernel.facts import Definitions, as_definition, definitions_of

Value = fmpq | arb
PRECISION = 160
"""Bits of the enclosures."""
LARGEST_FACTORIAL = 200
"""The gamma function is exact up to this number."""


@dataclass(frozen=True)
class Model:
    """A value for everything that a statement leaves open.  Elements of an index set count from 0.

    Entries and gathers are given for every combination of indices, as tuples.
    """

    sizes: Mapping[str, int] = field(default_factory=dict)
    symbols: Mapping[str, Fraction] = field(default_factory=dict)
    tensors: Mapping[str, Mapping[tuple[int, ...], Fraction]] = field(default_factory=dict)
    indices: Mapping[str, int] = field(default_factory=dict)
    gathers: Mapping[str, Mapping[tuple[int, ...], int]] = field(default_factory=dict)


class Evaluator:
    """Values in one model; names that the model leaves out take theirs from the definitions among `hypotheses`."""

    def __init__(self, model: Model, hypotheses: Iterable[k.Term] = ()) -> None:
        self._model = model
        stated = definitions_of(hypotheses)
        usable = () if stated.is_circular else stated.items()
        given = {*model.symbols, *model.tensors}
        self._definitions = Definitions((head, definition) for head, definition in usable if head not in given)
        self._known: dict[tuple[str, tuple[int, ...]], Value] = {}
        self._values: dict[tuple[k.Term, tuple[int, ...]], Value] = {}
        ctx.prec = PRECISION

    def defines(self, proposition: k.Term) -> bool:
        """True of a definition from which a name takes its value here, so that it holds by construction."""
        definition = as_definition(proposition)
        return definition is not None and self._definitions.get(definition.head) == definition

    def size(self, domain: str) -> int:
        """The number of elements of an index set.

        Raises:
            Rejected: the model does not say, or says none.
        """
        size = self._model.sizes.get(domain, 0)
        check(size >= 1, "model: size", domain)
        return size

    def index(self, term: k.Term, bound: tuple[int, ...] = ()) -> int:
        """The element that an index term denotes."""
        match term:
            case k.Bound(position):
                return bound[-1 - position]
            case k.Index(name, domain) if name in self._model.indices:
                found = self._model.indices[name]
            case k.Gather(name, domain, indices) if name in self._model.gathers:
                arguments = tuple(self.index(index, bound) for index in indices)
                check(arguments in self._model.gathers[name], "model: gather", name)
                found = self._model.gathers[name][arguments]
            case _:
                raise Rejected("model: index", term)
        check(0 <= found < self.size(domain), "model: element", term)
        return found

    def value(self, term: k.Term, bound: tuple[int, ...] = ()) -> Value:
        """The value of a real term; `bound` are the elements that the binders around it stand for.

        Raises:
            Undefined: it has none here, for example the logarithm of 0.
            Rejected: the model does not say enough.
        """
        place = (term, bound[len(bound) - term.loose :])
        found = self._values.get(place)
        if found is None:
            found = self._values[place] = self._value(term, bound)
        return found

    def _value(self, term: k.Term, bound: tuple[int, ...]) -> Value:
        match term:
            case k.Entry(tensor, indices):
                return self._named(tensor, tuple([self.index(index, bound) for index in indices]))
            case k.Multiply(factors):
                return self._product(factors, bound)
            case k.Number(number):
                return fmpq(number.numerator, number.denominator)
            case k.Reduce(kind, domain, body):
                return _reduce(kind, [self.value(body, (*bound, n)) for n in range(self.size(domain))])
            case k.Power(base, exponent):
                return _power(self.value(base, bound), exponent)
            case k.Add(terms):
                return _reduce("sum", [self.value(part, bound) for part in terms]) if terms else fmpq(0)
            case k.Symbol(name):
                return self._named(name, ())
            case k.Apply(function, arguments):
                return _apply(function, [self.value(argument, bound) for argument in arguments])
            case k.Size(domain):
                return fmpq(self.size(domain))
            case k.Delta(left, right):
                return fmpq(1 if self.index(left, bound) == self.index(right, bound) else 0)
            case _:
                raise Rejected("model: not a real term", term)

    def _named(self, head: str, arguments: tuple[int, ...]) -> Value:
        place = (head, arguments)
        if place not in self._known:
            stated = self._model.tensors.get(head, {}).get(arguments) if arguments else self._model.symbols.get(head)
            if stated is None:
                check(head in self._definitions, "model: value", head, arguments)
                _, parameters, body = self._definitions[head]
                check(len(parameters) == len(arguments), "model: indices", head, arguments)
                self._known[place] = self.value(reduce(k.abstract, parameters, body), arguments)
            else:
                self._known[place] = fmpq(stated.numerator, stated.denominator)
        return self._known[place]

    def _product(self, factors: tuple[k.Term, ...], bound: tuple[int, ...]) -> Value:
        """Where a guard is 0 the product is 0, and the factors after it are not asked for."""
        result: Value = fmpq(1)
        for factor, is_guard in guard_order(factors, self._definitions.partial):
            value = self.value(factor, bound)
            if is_guard and value == 0:
                return fmpq(0)
            result = result * value
        return result

    def holds(self, proposition: k.Term, bound: tuple[int, ...] = ()) -> bool | None:
        """Whether a proposition is true here; None where the enclosures do not decide.

        Raises:
            Undefined: a side has no value here, or the proposition ranges over all real numbers.
        """
        match proposition:
            case k.Relation(kind, left, right):
                return _compare(kind, self.value(left, bound), self.value(right, bound))
            case k.Implies(premise, conclusion):
                first = self.holds(premise, bound)
                return True if first is False else self.holds(conclusion, bound) if first else None
            case k.Forall(domain, _) if domain == k.REAL:
                raise Undefined("model: quantifier over real numbers")
            case k.Forall(domain, body):
                results = [self.holds(body, (*bound, n)) for n in range(self.size(domain))]
                return False if False in results else None if None in results else True
            case _:
                raise Rejected("model: not a proposition", proposition)


def enclosure(value: Value) -> arb:
    """The value as an enclosure."""
    return arb(value) if isinstance(value, fmpq) else value


_SIGNS: dict[str, Callable[[fmpq, int], bool]] = {"=": eq, "!=": ne, "<": gt, "<=": ge}
"""The sign of right minus left, by the kind of relation."""


def _compare(kind: str, left: Value, right: Value) -> bool | None:
    gap = right - left
    if isinstance(gap, fmpq):
        return bool(_SIGNS[kind](gap, 0))
    above = bool(gap > 0)
    if not (above or gap < 0):
        return None
    return {"=": False, "!=": True, "<": above, "<=": above}[kind]


def _power(base: Value, exponent: Fraction) -> Value:
    if exponent < 0 and enclosure(base).contains(0):
        raise Undefined("division by zero")
    if exponent.denominator == 1:
        return base ** int(exponent)
    if base == 0:
        return fmpq(0)
    if not base > 0:
        raise Undefined("root of a number that is not positive")
    root = _exact_root(base, exponent.denominator)
    if root is not None:
        return root**exponent.numerator
    return enclosure(base) ** enclosure(fmpq(exponent.numerator, exponent.denominator))


def _exact_root(base: Value, degree: int) -> fmpq | None:
    if isinstance(base, arb):
        return None
    above, below = base.p.root(degree), base.q.root(degree)
    return fmpq(above, below) if above**degree == base.p and below**degree == base.q else None


def _apply(function: str, arguments: list[Value]) -> Value:
    match function, arguments:
        case "exp", [value]:
            return fmpq(1) if value == 0 else enclosure(value).exp()
        case "log", [value]:
            if not value > 0:
                raise Undefined("logarithm of a number that is not positive")
            return fmpq(0) if value == 1 else enclosure(value).log()
        case "abs", [value]:
            return _extremum("max", value, -value)
        case "sin" | "cos", [value]:
            return enclosure(value).sin() if function == "sin" else enclosure(value).cos()
        case "gamma" | "digamma", [value]:
            return _gamma(function, value)
        case "step" | "equal", [value]:
            return _indicator(function, value)
        case "max" | "min", [_, *_]:
            return _reduce(function, arguments)
        case "power", [base, exponent]:
            if not base > 0:
                raise Undefined("power of a number that is not positive")
            return (enclosure(base).log() * enclosure(exponent)).exp()
        case _:
            raise Rejected("model: function", function)


def _gamma(function: str, value: Value) -> Value:
    """The gamma function, which is exact at whole numbers, and its logarithmic derivative, of a positive number."""
    if not value > 0:
        raise Undefined("gamma function of a number that is not positive")
    if function == "gamma" and isinstance(value, fmpq) and value.q == 1 and value <= LARGEST_FACTORIAL:
        return fmpq(factorial(int(value.p) - 1))
    return enclosure(value).gamma() if function == "gamma" else enclosure(value).digamma()


def _indicator(function: str, value: Value) -> Value:
    """Whether a number is positive, or 0.  That 0 is positive is neither true nor false: derivatives jump there."""
    if value == 0 and function == "equal":
        return fmpq(1)
    if not (value > 0 or value < 0):
        raise Undefined("comparison of equal numbers")
    return fmpq(int(function == "step" and bool(value > 0)))


def _extremum(kind: str, one: Value, other: Value) -> Value:
    if isinstance(one, fmpq) and isinstance(other, fmpq):
        return max(one, other) if kind == "max" else min(one, other)
    return enclosure(one).max(enclosure(other)) if kind == "max" else enclosure(one).min(enclosure(other))


_BINARY: dict[str, Callable[[Value, Value], Value]] = {
    "sum": add,
    "product": mul,
    "max": partial(_extremum, "max"),
    "min": partial(_extremum, "min"),
}


def _reduce(kind: str, values: list[Value]) -> Value:
    return reduce(_BINARY[kind], values)
