"""Equations and matrices."""

from __future__ import annotations

from symderiv.language.script import equal, unequal
from symderiv.language.written import scalars
from symderiv.rules.rule import Rule

a, b, c = scalars("a b c")

MULTIPLE = Rule(
    "equation.multiple",
    "an assumed equation, multiplied",
    equal(c * a, c * b),
    (equal(a, b),),
    "congruence of equality",
)
CANCEL = Rule(
    "equation.denominator",
    "multiplying by the denominators",
    equal(a, b),
    (equal(a * c, b * c), unequal(c, 0)),
    "field axiom",
)
INVERSE = Rule("matrix.inverse", "an inverse matrix", r"A A^{-1} = A^{-1} A = I", (), "definition of the inverse")
SYMMETRIC = Rule(
    "matrix.symmetric",
    "a symmetric matrix",
    r"A^\mathrm{T} = A \Rightarrow A = R D R^\mathrm{T}",
    (),
    "spectral theorem",
)
DOMAIN = Rule(
    "derivative.domain",
    "what a logarithm is taken of is positive",
    r"\frac{\mathrm{d}}{\mathrm{d}x} \ln f(x) = \frac{f'(x)}{f(x)} \text{ where } f(x) > 0",
    (),
    "DLMF 4.7.1",
)
DENSITY = Rule(
    "density.normalisation", "a density integrates to one", r"\int p(x) \, \mathrm{d}x = 1", (), "definition"
)
INDICATOR = Rule(
    "quantity.indicator",
    "an indicator is 0 or 1",
    r"\mathbb{1}[A]^2 = \mathbb{1}[A], \quad 0 \leq \mathbb{1}[A] \leq 1",
    (),
    "definition of the indicator",
)
POSITIVE = Rule("quantity.positive", "a factorial is positive", r"n! > 0", (), "definition of the factorial")
