"""Random variables on a finite outcome space, with means, variances and covariances."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Expr, Tuple
from sympy.core.symbol import Str

from symderiv.language.indices import Reduction, Variable
from symderiv.language.matrices import MatrixFamily, MeanMatrix
from symderiv.language.probability import (
    CrossEntropy,
    Distribution,
    Entropy,
    Expectation,
    MutualInformation,
    PointEntropy,
    distribution,
    written_bar,
)
from symderiv.language.quantities import IntegralOver, Limit, Ranged, RestrictedSum
from symderiv.language.written import LanguageError, Times, Written, operand

MEAN_OF, VARIANCE_OF = r"\mathrm{E}", r"\mathrm{Var}"
"""The beginnings of names for the moments of the members of a family of which nothing else is known."""


class RandomVariable(Written):
    """A real function of the outcomes `sources` of a distribution."""

    def __new__(cls, name: str, sources: Iterable[Variable], space: Distribution) -> RandomVariable:
        return Expr.__new__(cls, Str(name), Tuple(*sources), space)  # type: ignore[no-any-return]

    def __or__(self, given: Variable) -> Conditioned:
        return Conditioned(self, given)

    def written(self, printer: Any) -> str:
        return str(self.args[0].name)


class Conditioned:
    """`X | y`: an expression in random variables, given discrete variables of the same space."""

    def __init__(self, body: Expr, *given: Variable) -> None:
        self.body, self.given = body, given


def given(body: Expr, *variables: Variable) -> Conditioned:
    """`body | variables`, for expressions in random variables."""
    return Conditioned(body, *variables)


def free_variables(expression: Expr) -> frozenset[Variable]:
    """The variables on whose values an expression depends."""
    if isinstance(expression, Variable):
        return frozenset((expression,))
    if isinstance(expression, RandomVariable):
        return frozenset(expression.args[1])
    if isinstance(expression, Entropy | MutualInformation):
        return frozenset()  # these average over all of their variables
    inner = [free_variables(part) for part in expression.args if isinstance(part, Expr | Tuple)]
    found = frozenset[Variable]().union(*inner)
    if isinstance(expression, Reduction):
        return found - frozenset(expression.args[0])
    if isinstance(expression, MatrixFamily):
        return frozenset(expression.by)
    if isinstance(expression, Ranged | RestrictedSum | IntegralOver | Limit | MeanMatrix):
        return found - frozenset(expression.args[1 if isinstance(expression, MeanMatrix) else 0])
    if isinstance(expression, Expectation | Moment):
        return found - frozenset(expression.args[1])
    if isinstance(expression, PointEntropy | CrossEntropy):
        return found - frozenset(expression.args[-1])
    return found


def space_of(expression: Expr) -> Distribution:
    """The one space on which the random variables in an expression live.

    Raises:
        LanguageError: there is none, or more than one.
    """
    found = {part.args[2] for part in _random_parts(expression)}
    if len(found) != 1:
        raise LanguageError(
            "an expectation needs random variables of one space", "E(X), or E[P(x)](f) for other functions"
        )
    (space,) = found
    return space  # type: ignore[no-any-return]


def _random_parts(expression: Expr) -> list[RandomVariable]:
    if isinstance(expression, RandomVariable):
        return [expression]
    return [found for part in expression.args if isinstance(part, Expr) for found in _random_parts(part)]


class Moment(Written):
    """Base of the mean, variance and covariance: args are the distribution drawn from, the variables, the given, the
    bodies.
    """

    word = ""

    def __new__(cls, *bodies: object) -> Moment:
        plain: list[Expr] = []
        conditions: list[Variable] = []
        for body in bodies:
            if isinstance(body, Conditioned):
                plain.append(body.body)
                conditions.extend(body.given)
            else:
                plain.append(operand(body))
        whole = Times(*plain)
        space = space_of(whole)
        drawn = tuple(v for v in space.outcomes if v in free_variables(whole) and v not in conditions)
        return cls.build(space, drawn, tuple(conditions), plain)

    @classmethod
    def build(
        cls, space: Distribution, drawn: Iterable[Variable], conditions: Iterable[Variable], bodies: Iterable[Expr]
    ) -> Moment:
        """The moment of given bodies over the variables `drawn` of a space."""
        return Expr.__new__(cls, space, Tuple(*drawn), Tuple(*conditions), *bodies)  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        below = self.args[0].name.removeprefix(r"\Pr")
        if below.startswith(r"_{\mid "):  # over a space that is called after a condition
            condition = below.removeprefix("_{").removesuffix("}")
            return rf"{self.word}\left[{written_bar(printer, self.args[3:], ())} {condition}\right]"
        inner = written_bar(printer, self.args[3:], self.args[2])
        # A mean with the density below its brackets is over a space that is called after that.
        return rf"{self.word}{below}\left[{inner}\right]"


class Mean(Moment):
    """The mean of an expression in random variables."""

    word = "E"


class Variance(Moment):
    """The mean of the squared deviation from the mean."""

    word = r"\mathrm{Var}"


class Covariance(Moment):
    """The mean of the product of the deviations from the means."""

    word = r"\mathrm{Cov}"


class Expectations:
    """`E[P(x)](f)` under a distribution over variables; `E(X)` of random variables."""

    def __getitem__(self, weight: Expr) -> Waiting:
        return Waiting(weight)

    def __call__(self, body: object) -> Moment:
        return Mean(body)


class Waiting:
    """An expectation that waits for its body."""

    def __init__(self, weight: Expr) -> None:
        self._weight = weight

    def __call__(self, body: object) -> Expectation:
        return Expectation(self._weight, body)


E = Expectations()


def Var(body: object) -> Moment:
    """The variance of an expression in random variables."""
    return Variance(body)


def Cov(one: object, other: object) -> Moment:
    """The covariance of two expressions in random variables."""
    return Covariance(one, other)


def random_variables(
    names: str, space: Distribution | None = None, independent: bool = False
) -> tuple[RandomVariable, ...]:
    """Random variables with the given names, separated by spaces, on one space.

    Without `space` they live on an outcome space of their own; with `independent` each depends on an outcome of its
    own, and the outcomes are distributed independently.  With `space` they depend on its first outcome.
    """
    words = names.split()
    if space is not None:
        return tuple(RandomVariable(word, space.outcomes[:1], space) for word in words)
    if not independent:
        outcome = Variable(r"\omega", r"\Omega")
        shared = distribution(r"\Pr", outcome)
        return tuple(RandomVariable(word, (outcome,), shared) for word in words)
    outcomes = tuple(Variable(rf"\omega_{{{word}}}", rf"\Omega_{{{word}}}") for word in words)
    own = [distribution(rf"\Pr_{{{word}}}", outcome) for word, outcome in zip(words, outcomes, strict=True)]
    factors = Times(*(d(outcome) for d, outcome in zip(own, outcomes, strict=True)))
    joint = Distribution(r"\Pr", outcomes, (), factors)
    return tuple(RandomVariable(word, (outcome,), joint) for word, outcome in zip(words, outcomes, strict=True))
