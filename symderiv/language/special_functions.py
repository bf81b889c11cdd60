"""The gamma function and what is made of it: factorials, binomial coefficients, the beta function.

Source: NIST Digital Library of Mathematical Functions (DLMF), chapters 5 and 26.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Expr, Integer
from sympy.core.symbol import Str

from symderiv.language.templates import filled
from symderiv.language.written import Negative, Plus, Quotient, Times, Written

_TEMPLATES = {
    "gamma": r"\Gamma\left({0}\right)",
    "digamma": r"\psi\left({0}\right)",
    "beta": r"\mathrm{B}\left({0}, {1}\right)",
    "binomial": r"\binom{{0}}{{1}}",
}


class Special(Written):
    """One of these functions by its word, with its arguments."""

    def __new__(cls, word: str | Str, *arguments: Expr) -> Special:
        return Expr.__new__(cls, Str(str(word)), *arguments)  # type: ignore[no-any-return]

    @property
    def word(self) -> str:
        """Which function it is."""
        return str(self.args[0].name)

    def formula(self) -> Expr | None:
        """What it is in terms of gamma functions; None of these themselves."""
        arguments = self.args[1:]
        match self.word:
            case "beta":
                above = Times(*(Special("gamma", argument) for argument in arguments))
                return Quotient(above, Special("gamma", Plus(*arguments)))
            case "factorial":
                return Special("gamma", _following(arguments[0]))
            case "binomial":
                whole, part = arguments
                rest = Plus(whole, Negative(part))
                below = Times(Special("gamma", _following(part)), Special("gamma", _following(rest)))
                return Quotient(Special("gamma", _following(whole)), below)
            case _:
                return None

    def written(self, printer: Any) -> str:
        texts = [str(printer._print(argument)) for argument in self.args[1:]]
        if self.word != "factorial":
            return filled(_TEMPLATES[self.word], texts)
        is_plain = len(texts[0]) == 1 or (texts[0].startswith("\\") and texts[0][1:].isalpha())
        return f"{texts[0]}!" if is_plain else rf"\left({texts[0]}\right)!"


def _following(number: Expr) -> Expr:
    """The number plus 1, with what is added to it in one: n for n - 1."""
    constant, others = Integer(1), list[Expr]()
    for part in _summands(number):
        match part:
            case Integer():
                constant += part
            case Negative(args=(Integer() as subtracted,)):
                constant -= subtracted
            case _:
                others.append(part)
    kept = others if constant == 0 and others else [*others, constant]
    return kept[0] if len(kept) == 1 else Plus(*kept)


def _summands(number: Expr) -> Iterator[Expr]:
    for part in number.args if isinstance(number, Plus) else ():
        yield from _summands(part)
    if not isinstance(number, Plus):
        yield number
