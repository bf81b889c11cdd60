"""Expressions as they are written: every operator keeps its operands, their order and so their conditions.

SymPy would cancel `P(x)/P(x)`, sort a product and evaluate `log(1)` at construction; with them go the conditions under
which the author's line means anything.  The nodes here are SymPy expressions whose operators build nodes of this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, ClassVar, NoReturn

from sympy import Basic, Expr, Integer, Rational
from sympy.printing.precedence import PRECEDENCE

from symderiv.language.errors import LanguageError


def written(value: object) -> Expr:
    """`value` as an operand.  Raises: LanguageError for what is not an exact number or an expression."""
    if isinstance(value, Expr):
        if value.is_Float:
            raise LanguageError(f"{value} is a rounded number", "write it exactly: Fraction(1, 3) or Rational(1, 3)")
        return value
    if isinstance(value, bool):
        raise LanguageError(f"{value} is a truth value where a real expression is expected")
    if isinstance(value, int):
        return Integer(value)
    if isinstance(value, Fraction):
        return Rational(value.numerator, value.denominator)
    if isinstance(value, float):
        raise LanguageError(f"{value!r} is a rounded number", "write it exactly: Fraction(1, 3) or Rational(1, 3)")
    kind = value if isinstance(value, Basic) else type(value).__name__
    raise LanguageError(f"{kind} stands where a real expression is expected")


class Written(Expr):
    """Base of what the language builds: never simplified, never reordered."""

    _op_priority: ClassVar[float] = 1000.0
    is_commutative: ClassVar[bool] = True
    precedence: ClassVar[int] = PRECEDENCE["Atom"]
    opens_right: ClassVar[bool] = False
    """True of what prints without a closing bracket, so that a factor after it would be read as part of it."""

    def __add__(self, other: object) -> Expr:
        return add(self, other)

    def __radd__(self, other: object) -> Expr:
        return add(other, self)

    def __sub__(self, other: object) -> Expr:
        return add(self, Minus(written(other)))

    def __rsub__(self, other: object) -> Expr:
        return add(other, Minus(self))

    def __mul__(self, other: object) -> Expr:
        return multiply(self, other)

    def __rmul__(self, other: object) -> Expr:
        return multiply(other, self)

    def __truediv__(self, other: object) -> Expr:
        return Quotient(self, written(other))

    def __rtruediv__(self, other: object) -> Expr:
        return Quotient(written(other), self)

    def __pow__(self, other: object, modulus: object = None) -> Expr:
        if modulus is not None:
            raise LanguageError("a power has one exponent")
        return PowerOf(self, written(other))

    def __rpow__(self, other: object) -> Expr:
        return PowerOf(written(other), self)

    def __neg__(self) -> Expr:
        return Minus(self)

    def __pos__(self) -> Expr:
        return self

    def __lt__(self, other: object) -> NoReturn:
        # `0 < a < b` would silently drop its first half: Python turns a chain of comparisons into `and`.
        raise LanguageError("Python's comparisons are not statements", "write lt(a, b), le(a, b), gt(a, b) or ge(a, b)")

    __le__ = __gt__ = __ge__ = __lt__

    def __bool__(self) -> bool:
        return True

    def replace(self, *args: object, **kwargs: object) -> NoReturn:
        """Refused: SymPy's `replace` does not know of bound variables."""
        raise LanguageError("replace does not respect bound variables", "use subs, which does")

    def _eval_derivative(self, symbol: object) -> NoReturn:
        raise LanguageError("derivatives are not part of this language")

    def _eval_simplify(self, **kwargs: object) -> Expr:
        return self

    def _sympystr(self, printer: Any) -> str:
        from sympy import latex  # noqa: PLC0415 - the printer imports half of SymPy

        return str(latex(self))

    def _repr_latex_(self) -> str:
        from sympy import latex  # noqa: PLC0415 - the printer imports half of SymPy

        return f"$\\displaystyle {latex(self)}$"


class Plus(Written):
    """A sum, in the author's order."""

    precedence = PRECEDENCE["Add"]

    def _latex(self, printer: Any) -> str:
        text = printer.parenthesize(self.args[0], self.precedence, strict=True)
        for term in self.args[1:]:
            negative = isinstance(term, Minus)
            inner = term.args[0] if negative else term
            level = PRECEDENCE["Mul"] if negative else self.precedence
            text += (" - " if negative else " + ") + printer.parenthesize(inner, level, strict=True)
        return str(text)


class Minus(Written):
    """A negated expression."""

    precedence = PRECEDENCE["Add"]

    def _latex(self, printer: Any) -> str:
        return "- " + str(printer.parenthesize(self.args[0], PRECEDENCE["Mul"], strict=True))


class Times(Written):
    """A product, in the author's order."""

    precedence = PRECEDENCE["Mul"]

    @property
    def opens_right(self) -> bool:  # type: ignore[override]
        """As its last factor."""
        return bool(getattr(self.args[-1], "opens_right", False))

    def _latex(self, printer: Any) -> str:
        texts = [bracketed(printer, factor) for factor in self.args[:-1]]
        texts.append(str(printer.parenthesize(self.args[-1], self.precedence + 1, strict=True))
                     if isinstance(self.args[-1], Times) else str(printer.parenthesize(self.args[-1], self.precedence, strict=True)))
        result = texts[0]
        for left, text in zip(texts, texts[1:], strict=False):
            result += (r" \cdot " if text[:1].isdigit() or (left[-1:].isdigit() and text.startswith(r"\frac")) else " ") + text
        return result


def bracketed(printer: Any, factor: Expr) -> str:
    """A factor that others follow."""
    text = printer.parenthesize(factor, PRECEDENCE["Mul"], strict=True)
    if getattr(factor, "opens_right", False):
        text = printer._add_parens(text)
    return str(text)


class Quotient(Written):
    """A quotient: the denominator stays, and with it the condition that it is not 0."""

    precedence = PRECEDENCE["Mul"]

    def _latex(self, printer: Any) -> str:
        return rf"\frac{{{printer._print(self.args[0])}}}{{{printer._print(self.args[1])}}}"


class PowerOf(Written):
    """A power; the exponent is any expression."""

    precedence = PRECEDENCE["Pow"]

    def _latex(self, printer: Any) -> str:
        base, exponent = self.args
        if exponent == Rational(1, 2):
            return rf"\sqrt{{{printer._print(base)}}}"
        text = printer.parenthesize(base, PRECEDENCE["Atom"], strict=True)
        if "^" in text and not text.startswith(r"\left("):
            text = printer._add_parens(text)
        return f"{text}^{{{printer._print(exponent)}}}"


def add(left: object, right: object) -> Expr:
    """`left + right`; a sum on the left is continued."""
    first = written(left)
    return Plus(*(first.args if isinstance(first, Plus) else (first,)), written(right))


def multiply(left: object, right: object) -> Expr:
    """`left * right`; a product on the left is continued, one on the right keeps its brackets."""
    first = written(left)
    return Times(*(first.args if isinstance(first, Times) else (first,)), written(right))


def product_of(factors: Iterable[Expr]) -> Expr:
    """The product of at least one factor, in order."""
    items = tuple(factors)
    return items[0] if len(items) == 1 else Times(*items)
