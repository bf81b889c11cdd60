r"""What it is for a random variable to follow a family: its means are integrals, or sums, with the density.

`X \sim \mathrm{Exp}(\lambda)` says that E[g(X)] is the integral of g(x) \lambda exp(-\lambda x) over all positive x.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Expr, Integer, latex, preorder_traversal

from symderiv.language import densities as d
from symderiv.language import events as e
from symderiv.language import quantities as q
from symderiv.language import random_variables as r
from symderiv.language import written as w
from symderiv.language.indices import Variable
from symderiv.language.templates import unmarked
from symderiv.model.statement import Proposition, Relation

UNIFORM = "uniform"
"""The family of what is between two ends with the same density; elsewhere it is 0."""


@dataclass(frozen=True)
class Law:
    """A family with its parameters, and how its density is written, with a place for the value."""

    family: str
    parameters: tuple[Expr, ...]
    template: str

    def density(self, value: Expr) -> d.Density:
        """The density at a value."""
        return d.Density(self.family, self.template, value, *self.parameters)

    def others(self) -> Iterator[Law]:
        """The other laws that some texts write in this way: with a scale for the rate, a deviation for the variance."""
        *first, last = self.parameters
        if self.family in ("exponential", "gamma"):
            yield replace(self, parameters=(*first, w.Quotient(Integer(1), last)))
        if self.family == "normal":
            yield replace(self, parameters=(*first, w.Raised(last, Integer(2))))

    def moments(self) -> tuple[Expr, Expr] | None:
        """The mean and the variance; None of what has another kind of variance."""
        one, *rest = self.parameters
        other = rest[0] if rest else one
        failure = w.Plus(Integer(1), w.Negative(other))
        match self.family:
            case "exponential":
                return w.Quotient(Integer(1), one), w.Quotient(Integer(1), w.Raised(one, Integer(2)))
            case "gamma":
                return w.Quotient(one, other), w.Quotient(one, w.Raised(other, Integer(2)))
            case "beta":
                total = w.Plus(one, other)
                below = w.Times(w.Raised(total, Integer(2)), w.Plus(total, Integer(1)))
                return w.Quotient(one, total), w.Quotient(w.Times(one, other), below)
            case "binomial":
                return w.Times(one, other), w.Times(one, other, failure)
            case "Bernoulli":
                return one, w.Times(one, failure)
            case "Poisson":
                return one, one
            case "normal":
                return one, other
            case "uniform":
                square = w.Raised(self._width(), Integer(2))
                return w.Quotient(w.Plus(one, other), Integer(2)), w.Quotient(square, Integer(12))
            case _:
                return None

    def mean_of(self, body: Expr, variable: Expr) -> Expr | None:
        """The integral or sum that the mean of a body is, with the density; None where its range is not known."""
        return self.total(replaced(body, variable, DRAWN), _letter(name_of(variable)))

    def total(self, body: Expr, name: str) -> Expr | None:
        """The integral or sum of a body times the density; the body has `Drawn` where the variable stands."""
        support = d.SUPPORTS.get(self.family)
        if support is not None:
            variable = Variable(name, rf"\int_{{{support[0]}}}^{{{support[1]}}}")
            value = q.IndexValue(variable)
            return q.IntegralOver(variable, w.Times(_at(body, value), self.density(value)), *support)
        if self.family == UNIFORM:
            lower, upper = (str(latex(end)) for end in self.parameters)
            variable = Variable(name, rf"\int_{{{lower}}}^{{{upper}}}")
            height = w.Quotient(Integer(1), self._width())
            body = w.Times(_at(body, q.IndexValue(variable)), height)
            return q.IntegralOver(variable, body, lower, upper, ends=self.parameters)
        if self.family == "Bernoulli":
            (p,) = self.parameters
            failure = w.Plus(Integer(1), w.Negative(p))
            return w.Plus(w.Times(p, _at(body, Integer(1))), w.Times(failure, _at(body, Integer(0))))
        last = self._last()
        if last is None:
            return None
        variable = Variable(name, self.alphabet(last))
        value = q.IndexValue(variable)
        return q.RangedSum(variable, w.Times(_at(body, value), self.density(value)), f"{name}=0", last)

    def mass(self, value: str) -> Expr | None:
        """The probability of a value that is a numeral; None of one that is not known."""
        if not value.isdigit():
            return None
        if self.family == "Bernoulli":
            (p,) = self.parameters
            return {"0": w.Plus(Integer(1), w.Negative(p)), "1": p}.get(value, Integer(0))
        if self.family == "Poisson" or (self.family == "binomial" and value == "0"):
            return self.density(Integer(value))
        is_continuous = self.family in d.SUPPORTS or self.family == UNIFORM
        return Integer(0) if is_continuous else None

    def _width(self) -> Expr:
        lower, upper = self.parameters
        return w.Plus(upper, w.Negative(lower))

    def _last(self) -> str | None:
        """The end of the range of a discrete family that begins with 0; None where it is not known."""
        if self.family == "Poisson":
            return r"\infty"
        number = self.parameters[0] if self.family == "binomial" else None
        return number.name if isinstance(number, w.Scalar) else None

    @staticmethod
    def alphabet(last: str) -> str:
        """The range from 0 on."""
        return rf"\{{0,\ldots,{last}\}}"

    def sizes(self) -> Iterator[Proposition]:
        """How many values a binomial variable has."""
        last = self._last()
        if self.family == "binomial" and last is not None:
            count = w.Plus(self.parameters[0], Integer(1))
            yield Proposition(q.Cardinality(self.alphabet(last)), Relation.EQUAL, count)

    def constants(self) -> Iterator[Proposition]:
        """What the density needs of the constants in it."""
        if self.family == "normal":
            yield Proposition(d.PI, Relation.GREATER, Integer(0))
        if self.family == UNIFORM:
            yield Proposition(self._width(), Relation.GREATER, Integer(0))

    def bounds(self, variable: Expr) -> Iterator[Proposition]:
        """Between which values the variable lies."""
        if self.family in ("gamma", "exponential", "beta"):
            yield Proposition(variable, Relation.GREATER, Integer(0))
        if self.family in ("Poisson", "binomial", "Bernoulli"):
            yield Proposition(variable, Relation.AT_LEAST, Integer(0))
        if self.family == "beta":
            yield Proposition(w.Plus(Integer(1), w.Negative(variable)), Relation.GREATER, Integer(0))
        if self.family == UNIFORM:
            lower, upper = self.parameters
            yield Proposition(w.Plus(variable, w.Negative(lower)), Relation.AT_LEAST, Integer(0))
            yield Proposition(w.Plus(upper, w.Negative(variable)), Relation.AT_LEAST, Integer(0))


class _Drawn(w.Written):
    """The place of the random variable in the body of a mean."""

    def written(self, printer: object) -> str:
        return "X"


DRAWN = Expr.__new__(_Drawn)


def _at(body: Expr, value: Expr) -> Expr:
    return replaced(body, DRAWN, value)


def replaced(whole: Expr, old: Expr, new: Expr) -> Expr:
    """An expression with one part of it replaced by another wherever it stands."""
    if whole == old:
        return new
    if not whole.has(old):
        return whole
    return w.rebuilt(type(whole), tuple(replaced(part, old, new) for part in whole.args))


def facts_of_law(law: Law, name: str, sides: tuple[Expr, ...], space: str = r"\Pr") -> list[Proposition]:
    """What a law says of the means of a random variable in some expressions: of the variable, its square, and others.

    Only of means in which it is the only random variable; and of the probabilities of its values.
    """
    found: dict[Proposition, None] = {}
    moments = [part for side in sides for part in preorder_traversal(side) if isinstance(part, r.Moment)]
    for moment in dict.fromkeys(moments):
        one, value = (e.value_taken(moment.args[3]) if isinstance(moment, e.Probability) else None) or ("", "")
        mass = law.mass(value) if one == name and moment.args[0].name == space else None
        if mass is not None:
            found[Proposition(moment, Relation.EQUAL, mass)] = None
        variables = {part for part in preorder_traversal(moment) if isinstance(part, r.RandomVariable)}
        if len(variables) != 1 or moment.args[2] or moment.args[0].name != space:
            continue
        (variable,) = variables
        if name_of(variable) != name:
            continue
        for body in dict.fromkeys(_bodies(moment, variable)):
            total = law.mean_of(body, variable)
            mean = r.Mean.build(moment.args[0], moment.args[1], (), (body,))
            if total is not None:
                found[Proposition(mean, Relation.EQUAL, total)] = None
        found |= dict.fromkeys((*law.bounds(variable), *law.sizes(), *law.constants()))
    return list(found)


def name_of(variable: Expr) -> str:
    """The name of a random variable as a text writes it."""
    return unmarked(str(variable.args[0].name))


def _bodies(moment: r.Moment, variable: Expr) -> Iterator[Expr]:
    yield variable
    yield w.Raised(variable, Integer(2))
    inside = list(preorder_traversal(moment))
    if any(isinstance(part, w.Ln) and part.has(variable) for part in inside):
        yield w.Ln(variable)
    if isinstance(moment, r.Mean) and not any(isinstance(part, r.Moment) for part in inside[1:]):
        yield moment.args[3]


def _letter(name: str) -> str:
    return name.lower() if name.isalpha() else "x"
