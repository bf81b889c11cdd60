r"""The densities and mass functions of named families: what `\mathrm{Gam}(x; a, b)` stands for.

Parameters are those of the usual textbooks: a gamma distribution has shape and rate, an exponential one a rate, a
normal one mean and variance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import Expr, Rational, Tuple
from sympy.core.symbol import Str

from symderiv.language import matrices as m
from symderiv.language.special_functions import Special
from symderiv.language.templates import filled
from symderiv.language.written import Exp, LanguageError, Negative, Plus, Quotient, Raised, Scalar, Times, Written, sqrt

HALF = Rational(1, 2)
PI = Scalar(r"\pi")


class Density(Written):
    """The density of a family at a value; the template is how it is written."""

    def __new__(cls, family: str, template: str, *arguments: Expr) -> Density:
        return Expr.__new__(cls, Str(family), Str(template), Tuple(*arguments))  # type: ignore[no-any-return]

    @property
    def family(self) -> str:
        """The name of the family."""
        return str(self.args[0].name)

    @property
    def value(self) -> Expr:
        """Where it is taken."""
        return self.args[2][0]

    def formula(self) -> Expr:
        """What it stands for."""
        build, count = FAMILIES[self.family]
        arguments = tuple(self.args[2])
        if len(arguments) != count:
            raise LanguageError(f"{self.family} takes {count - 1} parameters")
        return build(*arguments)

    def written(self, printer: Any) -> str:
        template = str(self.args[1].name)
        texts = [str(printer._print(a)) for a in self.args[2]]
        return filled(template, texts) if template else _with_parameters(self.family, texts)


def _with_parameters(family: str, texts: Sequence[str]) -> str:
    """A density as no text wrote it: with the letters of its family."""
    letters = next(name for name, known in NAMES.items() if known == family)
    font = "mathcal" if family.endswith("normal") else "mathrm"
    value, *parameters = texts
    return rf"\{font}{{{letters}}}\left({value}; {', '.join(parameters)}\right)"


def _minus(one: Expr, other: Expr) -> Expr:
    return Plus(one, Negative(other))


def _gamma(argument: Expr) -> Expr:
    return Special("gamma", argument)


def beta_function(a: Expr, b: Expr) -> Expr:
    """The beta function."""
    return Special("beta", a, b)


def _binomial(n: Expr, k: Expr) -> Expr:
    return Special("binomial", n, k)


def _factorial(n: Expr) -> Expr:
    return Special("factorial", n)


def _is_matrix(expression: Expr) -> bool:
    return m.shape_of(expression) != m.NUMBER


def _normal(x: Expr, mean: Expr, variance: Expr) -> Expr:
    if _is_matrix(x) or _is_matrix(variance):
        return _multivariate(x, mean, variance)
    gap = _minus(x, mean)
    scale = sqrt(Times(Rational(2), PI, variance))
    return Times(
        Quotient(Rational(1), scale), Exp(Negative(Quotient(Raised(gap, Rational(2)), Times(Rational(2), variance))))
    )


def _multivariate(x: Expr, mean: Expr, covariance: Expr) -> Expr:
    gap = _minus(x, mean)
    size = m.RowCount(covariance)
    scale = sqrt(Times(Raised(Times(Rational(2), PI), size), m.Determinant(covariance)))
    form = Times(m.Transposed(gap), m.Inverse(covariance), gap)
    return Times(Quotient(Rational(1), scale), Exp(Negative(Times(HALF, form))))


def _gamma_density(x: Expr, shape: Expr, rate: Expr) -> Expr:
    scale = Quotient(Raised(rate, shape), _gamma(shape))
    return Times(scale, Raised(x, _minus(shape, Rational(1))), Exp(Negative(Times(rate, x))))


def _exponential(x: Expr, rate: Expr) -> Expr:
    return Times(rate, Exp(Negative(Times(rate, x))))


def _poisson(x: Expr, rate: Expr) -> Expr:
    return Quotient(Times(Raised(rate, x), Exp(Negative(rate))), _factorial(x))


def _bernoulli(x: Expr, p: Expr) -> Expr:
    return Times(Raised(p, x), Raised(_minus(Rational(1), p), _minus(Rational(1), x)))


def _binomial_mass(x: Expr, n: Expr, p: Expr) -> Expr:
    return Times(_binomial(n, x), Raised(p, x), Raised(_minus(Rational(1), p), _minus(n, x)))


def _beta_density(x: Expr, a: Expr, b: Expr) -> Expr:
    one = Rational(1)
    powers = Times(Raised(x, _minus(a, one)), Raised(_minus(one, x), _minus(b, one)))
    return Times(Quotient(one, beta_function(a, b)), powers)


def _matrix_normal(x: Expr, mean: Expr, rows: Expr, columns: Expr) -> Expr:
    gap = _minus(x, mean)
    n, p = m.RowCount(rows), m.RowCount(columns)
    scale = Times(
        Raised(Times(Rational(2), PI), Times(n, p)),
        Raised(m.Determinant(columns), n), Raised(m.Determinant(rows), p),
    )  # fmt: skip
    form = m.Trace(Times(m.Inverse(columns), m.Transposed(gap), m.Inverse(rows), gap))
    return Times(Quotient(Rational(1), sqrt(scale)), Exp(Negative(Times(HALF, form))))


FAMILIES: dict[str, tuple[Callable[..., Expr], int]] = {
    "normal": (_normal, 3),
    "gamma": (_gamma_density, 3),
    "exponential": (_exponential, 2),
    "Poisson": (_poisson, 2),
    "Bernoulli": (_bernoulli, 2),
    "binomial": (_binomial_mass, 3),
    "beta": (_beta_density, 3),
    "matrix normal": (_matrix_normal, 4),
}
"""The families by name: the formula of the density, and the number of its arguments with the value."""

NAMES = {
    "N": "normal", "Gam": "gamma", "Gamma": "gamma", "Exp": "exponential", "Poiss": "Poisson", "Poisson": "Poisson",
    "Pois": "Poisson", "Bern": "Bernoulli", "Bernoulli": "Bernoulli", "Ber": "Bernoulli", "Bin": "binomial",
    "Binom": "binomial", "Binomial": "binomial", "Exponential": "exponential", "Normal": "normal", "Bet": "beta",
    "Beta": "beta", "MN": "matrix normal",
}  # fmt: skip
"""How families are written in upright or calligraphic letters."""

SUPPORTS = {
    "normal": (r"-\infty", r"\infty"), "gamma": ("0", r"\infty"), "exponential": ("0", r"\infty"), "beta": ("0", "1"),
}  # fmt: skip
"""The limits between which a density integrates to one."""

REGIONS = {family: rf"\int_{{{lower}}}^{{{upper}}}" for family, (lower, upper) in SUPPORTS.items()} | {
    "Poisson": r"\{0,\ldots,\infty\}"
}
"""The sets over which the density of a family sums or integrates to one, where they depend on no parameter."""
