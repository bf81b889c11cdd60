"""Means of squares: `E[X]^2 <= E[X^2]`, as the variance is not negative.

Method: for every sum of squares with weights in the difference, the sum of the squares of what is left of the roots
without their mean is subtracted.  It is complete for one such sum with weights that add up to 1.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import Monomial, to_fraction
from symderiv.kernel.terms import ZERO, Multiply, Number, Power, Relation, nonnegative, subtract, sum_over
from symderiv.provers.combination import Combination, Instance, product_term
from symderiv.provers.task import Found, Prover, Task


def search(task: Task) -> Found | None:
    """A proof of an inequality by variances."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "<=":
        return None
    try:
        combination = Combination(task, goal, task.encoded.definitions)
        for monomial, coefficient in list(combination.gap.items()):
            if coefficient > 0 and len(monomial.bound) == 1:
                _subtract_variance(combination, monomial, coefficient)
        return combination.found() if combination.instances else None
    except (Exhausted, RecursionError):
        return None


def _subtract_variance(combination: Combination, monomial: Monomial, coefficient: fmpq) -> None:
    names, factors = combination.opened(monomial)
    squares = [(base, exponent) for base, exponent in factors if exponent == 2]
    if not squares:
        return
    root = Multiply(tuple(base for base, _ in squares))
    weight = product_term(fmpq(1), [factor for factor in factors if factor not in squares])
    deviation = subtract(root, sum_over(names, Multiply((weight, root))))
    variance = sum_over(names, Multiply((weight, Power(deviation, Fraction(2)))))
    if combination.normalizer.signs.holds(nonnegative(variance)):
        line = combination.builder.computed("sign", nonnegative(variance), combination.unfold)
        combination.subtract(Instance(line, (), ZERO, variance, Number(to_fraction(coefficient))), "order.square")


PROVER = Prover("variances", cost=3, search=search)
