"""The same expression with two variables exchanged.

Bound variables are exchanged too, so nothing is captured.  Distributions keep their axes: `P(x, y)` stays the joint
distribution, while `P(x)` becomes `P(y)`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Basic, Expr

from symderiv.language.indices import Entry, Reduction, Variable
from symderiv.language.probability import Distribution, Entropy, Expectation, MutualInformation, Probability


def exchange(expression: Basic, names: Mapping[Variable, Variable]) -> Basic:
    """The expression with every variable in `names` replaced, all at once; `names` must be a permutation.

    Raises:
        LanguageError: the result does not make sense, for example a tensor with another alphabet on an axis.
    """
    if isinstance(expression, Variable):
        return names.get(expression, expression)
    if isinstance(expression, Distribution) or not expression.args:
        return expression
    inner = [exchange(part, names) for part in expression.args]
    match expression:
        case Probability() | Entropy():
            return type(expression)(inner[0], inner[1], inner[2])
        case MutualInformation():
            return MutualInformation(*inner)
        case Expectation():
            return Expectation(inner[0], inner[2])
        case Reduction():
            return type(expression)(inner[0], inner[1])
        case Entry():
            return Entry(str(inner[0].name), inner[1], [str(a.name) for a in inner[2]])
        case Expr():
            return Expr.__new__(type(expression), *inner)
        case _:
            return expression.func(*inner)
