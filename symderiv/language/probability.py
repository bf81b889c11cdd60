"""Distributions over variables with finite alphabets, expectations, and the quantities of information theory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Basic, Expr, Tuple
from sympy.core.symbol import Str

from symderiv.language.indices import Bar, Mapped, Variable, split_bar
from symderiv.language.written import Binder, LanguageError, Times, Written, bracketed, operand, rebuilt


def _role(index: Expr) -> str:
    return index.args[2].role if isinstance(index, Mapped) else str(index.role)


class Distribution(Basic):
    """A distribution of `outcomes` for every value of `given`; a product `factors` may define it.

    `P(x, y)`, `P(x)` and `P(y | x)` are its values; `P.H` and `P.I` are its entropies and mutual informations.
    """

    def __new__(
        cls, name: str, outcomes: Iterable[Variable], given: Iterable[Variable], factors: Expr | None
    ) -> Distribution:
        body = Str("") if factors is None else factors
        return Basic.__new__(cls, Str(name), Tuple(*outcomes), Tuple(*given), body)  # type: ignore[no-any-return]

    def __reduce_ex__(self, protocol: Any) -> Any:
        return (rebuilt, (type(self), self.args))

    @property
    def name(self) -> str:
        """The name, as LaTeX."""
        return str(self.args[0].name)

    @property
    def outcomes(self) -> tuple[Variable, ...]:
        """The variables that are distributed."""
        return tuple(self.args[1])

    @property
    def given(self) -> tuple[Variable, ...]:
        """The variables on which the distribution depends."""
        return tuple(self.args[2])

    @property
    def factors(self) -> Expr | None:
        """The product by which the distribution is defined."""
        return None if isinstance(self.args[3], Str) else self.args[3]

    def __call__(self, *arguments: object) -> Probability:
        before, after = split_bar(arguments)
        if not before:
            raise LanguageError(f"{self.name} of what?", f"{self.name} is a distribution of {self.outcomes}")
        return Probability(self, before, after)

    def H(self, *arguments: object) -> Entropy:
        """The entropy `H(y)`, or the conditional entropy `H(y | x)`, averaged over x."""
        before, after = split_bar(arguments)
        return Entropy(self, before, after)

    def I(self, *arguments: object) -> MutualInformation:  # noqa: E743 - the field's symbol
        """The mutual information `I(x, y)`, or `I(x, y | z)`."""
        before, after = split_bar(arguments)
        if len(before) != 2:
            raise LanguageError("mutual information is between two variables")
        return MutualInformation(self, before[0], before[1], after)

    def axes(self, indices: Iterable[Expr], among: tuple[Variable, ...]) -> tuple[Expr, ...]:
        """The indices in the order of the axes `among`.

        Raises:
            LanguageError: an index that stands for no axis, or two for one.
        """
        found = {_role(index): index for index in indices}
        if len(found) != len(tuple(indices)) or not set(found) <= {v.role for v in among}:
            names = ", ".join(v.name for v in (*self.outcomes, *self.given))
            raise LanguageError(f"{self.name} is a distribution over {names}", "each variable once, and no other")
        return tuple(found[v.role] for v in among if v.role in found)


def distribution(name: str, *arguments: object, factors: Expr | None = None) -> Distribution:
    """A distribution: `distribution("P", x, y)` joint, `distribution("Q", z | y)` of z for every y.

    `factors` defines it as a product, for example `P(x, y) * K(z | y)`.
    """
    before, after = split_bar(arguments)
    return Distribution(name, before, after, factors)


class Probability(Written):
    """The probability of `outcomes` where the variables `given` have their values."""

    def __new__(cls, of: Distribution, outcomes: Iterable[Expr], given: Iterable[Expr]) -> Probability:
        before, after = tuple(outcomes), tuple(given)
        missing = {v.role for v in of.given} - {_role(index) for index in after}
        if missing:
            raise LanguageError(
                f"{of.name} is given {', '.join(v.name for v in of.given)}",
                f"write {of.name}(... | {', '.join(missing)})",
            )
        of.axes((*before, *after), (*of.outcomes, *of.given))
        ordered = of.axes(before, of.outcomes), of.axes(after, (*of.given, *of.outcomes))
        return Expr.__new__(cls, of, Tuple(*ordered[0]), Tuple(*ordered[1]))  # type: ignore[no-any-return]

    @property
    def of(self) -> Distribution:
        """The distribution."""
        return self.args[0]  # type: ignore[no-any-return]

    @property
    def outcomes(self) -> tuple[Expr, ...]:
        """What is distributed, in the order of the axes."""
        return tuple(self.args[1])

    @property
    def given(self) -> tuple[Expr, ...]:
        """What is given, in the order of the axes."""
        return tuple(self.args[2])

    def written(self, printer: Any) -> str:
        return f"{self.of.name}({written_bar(printer, self.outcomes, self.given)})"


def written_bar(printer: Any, outcomes: Iterable[Expr], given: Iterable[Expr]) -> str:
    """A conditioning bar between two lists of variables, as LaTeX."""
    before = ",".join(str(printer._print(v)) for v in outcomes)
    after = ",".join(str(printer._print(v)) for v in given)
    return rf"{before} \mid {after}" if after else before


def weights(expression: Expr) -> tuple[Probability, ...]:
    """The probabilities of which a weight is the product.

    Raises:
        LanguageError: it is something else.
    """
    if isinstance(expression, Probability):
        return (expression,)
    if isinstance(expression, Times) and all(isinstance(f, Probability) for f in expression.args):
        return tuple(expression.args)
    raise LanguageError("a distribution is expected here", "such as P(x, y) or P(x) * P(y)")


def sampled(expression: Expr) -> tuple[Variable, ...]:
    """The variables that a weight is a distribution of."""
    found = [index for weight in weights(expression) for index in weight.outcomes]
    if not all(isinstance(index, Variable) for index in found) or len(set(found)) != len(found):
        raise LanguageError("an expectation runs over distinct variables")
    return tuple(found)


class Expectation(Binder):
    """The expectation of `body` under a weight; it runs over the support of the weight."""

    def __new__(cls, weight: Expr, body: object) -> Expectation:
        return Expr.__new__(cls, weight, Tuple(*sampled(weight)), operand(body))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        names = ",".join(v.name for v in self.args[1])
        drawn = names if len(self.args[1]) == 1 else f"({names})"
        return rf"E_{{{drawn} \sim {printer._print(self.args[0])}}} {bracketed(printer, self.args[2], 2)}"


class Entropy(Written):
    """The entropy of variables under a distribution, averaged over what is given."""

    def __new__(cls, of: Distribution, outcomes: Iterable[Expr], given: Iterable[Expr]) -> Entropy:
        inner = Probability(of, outcomes, given)
        return Expr.__new__(cls, of, inner.args[1], inner.args[2])  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return f"H({written_bar(printer, self.args[1], self.args[2])})"


class MutualInformation(Written):
    """The mutual information of two variables under a distribution, perhaps given others."""

    def __new__(cls, of: Distribution, one: Expr, other: Expr, given: Iterable[Expr]) -> MutualInformation:
        conditions = Probability(of, (one, other), given).given
        return Expr.__new__(cls, of, one, other, Tuple(*conditions))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return f"I({written_bar(printer, self.args[1:3], self.args[3])})"


class PointEntropy(Written):
    """The entropy of one distribution: of z for a fixed y, where it is `Q(z | y)`."""

    def __new__(cls, weight: Expr) -> PointEntropy:
        return Expr.__new__(cls, weight, Tuple(*sampled(weight)))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return f"H({printer._print(self.args[0])})"


class CrossEntropy(Written):
    """The expectation of `-ln q` under p."""

    def __new__(cls, p: Expr, q: Expr) -> CrossEntropy:
        if set(sampled(p)) != set(sampled(q)):
            raise LanguageError("the two distributions are not over the same variables")
        return Expr.__new__(cls, p, q, Tuple(*sampled(p)))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return f"H({printer._print(self.args[0])}, {printer._print(self.args[1])})"


class Divergence(CrossEntropy):
    """The Kullback-Leibler divergence of p from q: the expectation of `ln p/q` under p."""

    def written(self, printer: Any) -> str:
        return f"KL({printer._print(self.args[0])}, {printer._print(self.args[1])})"


def entropy(p: Expr) -> PointEntropy:
    """The entropy of a distribution, at fixed values of what it is given."""
    return PointEntropy(p)


def cross_entropy(p: Expr, q: Expr) -> CrossEntropy:
    """The cross entropy of q relative to p."""
    return CrossEntropy(p, q)


def KL(p: Expr, q: Expr) -> Divergence:
    """The Kullback-Leibler divergence of p from q."""
    return Divergence(p, q)


def H(*arguments: object) -> Written:
    """`H(p)` the entropy, `H(p, q)` the cross entropy of distributions; `P.H(y | x)` is the one of variables.

    Raises:
        LanguageError: variables in place of distributions.
    """
    if any(isinstance(a, Variable | Bar) for a in arguments):
        raise LanguageError("H of variables needs their distribution", "write P.H(y | x), or H = P.H once")
    if len(arguments) == 1:
        return PointEntropy(operand(arguments[0]))
    if len(arguments) == 2:
        return CrossEntropy(operand(arguments[0]), operand(arguments[1]))
    raise LanguageError("H takes one distribution, or two")
