"""Linear inequalities and equations between rational numbers, decided exactly with the simplex method of SymPy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sympy import Rational
from sympy.solvers.simplex import InfeasibleLPError, linprog


@dataclass
class LinearProgram:
    """Sums of unknowns that are not negative, with coefficients, and what they are to be equal to, or to be at most.

    The last unknown is made as large as it can be, up to 1.
    """

    unknowns: int
    most: list[list[Fraction]] = field(default_factory=list)
    equal: list[list[Fraction]] = field(default_factory=list)
    """Coefficients, one for each unknown, and the value behind them."""

    def solution(self) -> list[Fraction] | None:
        """Values of the unknowns; None where there are none."""
        most = [*self.most, [*(Fraction(0) for _ in range(self.unknowns - 1)), Fraction(1), Fraction(1)]]
        target = [*(0 for _ in range(self.unknowns - 1)), -1]
        equal = _sides(self.equal) if self.equal else (None, None)
        try:
            _, found = linprog(target, *_sides(most), *equal)
        except InfeasibleLPError:
            return None
        return [Fraction(int(value.p), int(value.q)) for value in map(Rational, found)]


def _sides(rows: Sequence[Sequence[Fraction]]) -> tuple[list[list[Rational]], list[Rational]]:
    exact = [[Rational(value.numerator, value.denominator) for value in row] for row in rows]
    return [row[:-1] for row in exact], [row[-1] for row in exact]
