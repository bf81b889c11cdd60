"""How long it takes to read a formula, against latex2sympy2 on formulas that both read."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.formulas.grammar import read_relations
from symderiv.formulas.source import Source
from symderiv.second_reader import available

FORMULAS = (
    r"\frac{a}{b}c - d",
    r"\sqrt{a}b + (a+b)(c+d)",
    r"\ln(a) + b \ln(c)",
    r"x_{1}^{2} - 2x_{1}x_{2} + x_{2}^{2}",
    r"\frac{1}{\sqrt{2\pi}\sigma} \exp(-\frac{(x-\mu)^{2}}{2\sigma^{2}})",
    r"\sin^{2} x + \cos^{2} x = 1",
)


def pair() -> tuple[Callable[[], object], Callable[[], object]] | None:
    """Reading all formulas here and there; None where there is no other reader."""
    if not available():
        return None
    from latex2sympy2 import latex2sympy

    def ours() -> None:
        for text in FORMULAS:
            read_relations(Source("<formula>", text))

    def theirs() -> None:
        for text in FORMULAS:
            latex2sympy(text)

    return ours, theirs
