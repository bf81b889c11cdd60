"""Small questions about expressions, and numbers as expressions."""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr, Integer, Rational

from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed
from symderiv.language import matrices as m
from symderiv.language import written as w


def stem(node: t.Node) -> str:
    """A name without its subscript; anything else by its text."""
    return node.stem if isinstance(node, t.Name) else printed(node)


def is_product(expression: Expr) -> bool:
    """True of a product of numbers."""
    return isinstance(expression, w.Times) and not is_matrix(expression)


def is_matrix(expression: Expr) -> bool:
    """True of arithmetic in which matrices stand, even where it is a number."""
    match expression:
        case m.Matrix() | m.Constant() | m.Transposed() | m.Inverse() | m.Diagonal() | m.MeanMatrix() | m.Gradient():
            return True
        case w.Plus() | w.Negative() | w.Times() | w.Quotient():
            return any(isinstance(part, Expr) and is_matrix(part) for part in expression.args)
        case _:
            return False


def rational(value: Fraction) -> Expr:
    """A rational number as an expression."""
    return Integer(value.numerator) if value.denominator == 1 else Rational(value.numerator, value.denominator)


def constant(node: t.Node | None) -> Fraction | None:
    """The value of a number, a fraction of numbers or minus one; None of anything else."""
    match node:
        case t.Numeral(value=value):
            return value
        case t.Negation(body=body):
            inner = constant(body)
            return None if inner is None else -inner
        case t.Division(above=above, below=below):
            over, under = constant(above), constant(below)
            return over / under if over is not None and under else None
        case _:
            return None
