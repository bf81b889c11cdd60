"""Arithmetic as it is written: expressions that SymPy neither evaluates nor reorders.

SymPy turns `x/x` into 1 and sorts sums; a checker of derivations must see what the author wrote.  Every expression of
this language is a SymPy `Expr`, so it prints, hashes and compares like one, but its operators build the nodes below.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sympy import Basic, Expr, Integer, Rational
from sympy.core.symbol import Str


class LanguageError(TypeError):
    """An expression that does not make sense; `hint` says what would."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} ({hint})" if hint else message)
        self.hint = hint


def operand(value: object) -> Expr:
    """A value as an expression: integers and fractions are exact, anything else must be an expression already.

    Raises:
        LanguageError: a float, a string or something that is not mathematics.
    """
    if isinstance(value, Expr):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Integer(value)
    if isinstance(value, Fraction):
        return Rational(value.numerator, value.denominator)
    raise LanguageError(f"{value!r} is not an expression", "numbers are integers or Fractions")


class Written(Expr):
    """Base of the language."""

    _op_priority = 20.0
    is_commutative = True
    level = 4
    """How tightly the printed form binds: 1 sums, 2 products, 3 powers, 4 everything else."""

    def __add__(self, other: Any) -> Expr:
        return Plus(*_parts(Plus, self), operand(other))

    def __radd__(self, other: Any) -> Expr:
        return Plus(*_parts(Plus, operand(other)), self)

    def __sub__(self, other: Any) -> Expr:
        return Plus(*_parts(Plus, self), Negative(operand(other)))

    def __rsub__(self, other: Any) -> Expr:
        return Plus(*_parts(Plus, operand(other)), Negative(self))

    def __mul__(self, other: Any) -> Expr:
        return Times(*_parts(Times, self), operand(other))

    def __rmul__(self, other: Any) -> Expr:
        return Times(*_parts(Times, operand(other)), self)

    def __truediv__(self, other: Any) -> Expr:
        return Quotient(self, operand(other))

    def __rtruediv__(self, other: Any) -> Expr:
        return Quotient(operand(other), self)

    def __pow__(self, other: Any, mod: Any = None) -> Expr:
        return Raised(self, operand(other))

    def __rpow__(self, other: Any) -> Expr:
        return Raised(operand(other), self)

    def __neg__(self) -> Expr:
        return Negative(self)

    def __bool__(self) -> bool:
        raise LanguageError("an expression is neither true nor false")

    def __reduce_ex__(self, protocol: Any) -> Any:
        return (rebuilt, (type(self), self.args))

    def _subs(self, old: Any, new: Any, **hints: Any) -> Expr:
        raise LanguageError("subs would capture bound variables", "write the expression that is meant")

    def _xreplace(self, rule: Any) -> Any:
        raise LanguageError("xreplace would capture bound variables", "write the expression that is meant")

    def doit(self, **hints: Any) -> Expr:
        """Nothing is evaluated."""
        return self

    def _latex(self, printer: Any, **settings: Any) -> str:
        return self.written(printer)

    def _sympystr(self, printer: Any) -> str:
        from sympy import latex

        return str(latex(self))

    def written(self, printer: Any) -> str:
        """The LaTeX of the expression."""
        raise NotImplementedError


def rebuilt(kind: type[Basic], parts: tuple[Basic, ...]) -> Basic:
    """A node from its parts, as they are stored."""
    return Basic.__new__(kind, *parts)


def _parts(kind: type[Expr], expression: Expr) -> tuple[Expr, ...]:
    return tuple(expression.args) if type(expression) is kind else (expression,)


def level_of(expression: Expr) -> int:
    """How tightly the printed form of any expression binds."""
    if isinstance(expression, Written):
        return expression.level
    if expression.is_Add or (expression.is_number and expression.is_negative):
        return 1
    return 2 if expression.is_Mul else 3 if expression.is_Pow else 4


def bracketed(printer: Any, expression: Expr, level: int) -> str:
    """The LaTeX of a part, in brackets where it binds less than `level`."""
    text = str(printer._print(expression))
    return text if level_of(expression) >= level else rf"\left({text}\right)"


class Name(Written):
    """Base of the atoms that have a name."""

    def __new__(cls, name: str) -> Name:
        return Expr.__new__(cls, Str(name))  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        """The name, as LaTeX."""
        return str(self.args[0].name)

    def written(self, printer: Any) -> str:
        return self.name


class Scalar(Name):
    """A real number without a value."""


class Plus(Written):
    """A sum, in the author's order."""

    level = 1

    def written(self, printer: Any) -> str:
        return "".join(self._terms(printer))

    def _terms(self, printer: Any) -> Iterator[str]:
        for position, term in enumerate(self.args):
            text = bracketed(printer, term, 1 if position == 0 or isinstance(term, Negative) else 2)
            yield text if position == 0 else f" {text}" if isinstance(term, Negative) else f" + {text}"


class Negative(Written):
    """Minus an expression."""

    level = 1

    def written(self, printer: Any) -> str:
        return f"- {bracketed(printer, self.args[0], 2)}"


class Times(Written):
    """A product, in the author's order."""

    level = 2

    def written(self, printer: Any) -> str:
        last = len(self.args) - 1
        texts = [bracketed(printer, factor, _level_inside(factor, n == last)) for n, factor in enumerate(self.args)]
        joined = texts[0]
        for factor, text in zip(self.args[1:], texts[1:], strict=True):
            joined += (r" \cdot " if factor.is_number else r" \, ") + text
        return joined


def _level_inside(factor: Expr, is_last: bool) -> int:
    """How tightly a factor must bind to stand in a product without brackets: what is open to the right stands last."""
    if isinstance(factor, Function | Binder) and not is_last:
        return 5
    return 3 if isinstance(factor, Times) else 2


class Quotient(Written):
    """A fraction."""

    def written(self, printer: Any) -> str:
        above, below = self.args
        return rf"\frac{{{printer._print(above)}}}{{{printer._print(below)}}}"


class Raised(Written):
    """A power; a root where the exponent is 1/2."""

    level = 3

    def written(self, printer: Any) -> str:
        base, exponent = self.args
        if exponent == Rational(1, 2):
            return rf"\sqrt{{{printer._print(base)}}}"
        return f"{bracketed(printer, base, 5 if isinstance(base, Quotient) else 4)}^{{{printer._print(exponent)}}}"


class Function(Written):
    """A function written as a word before its argument."""

    level = 2
    word = ""

    def __new__(cls, *arguments: object) -> Function:
        return Expr.__new__(cls, *map(operand, arguments))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        text = str(printer._print(self.args[0]))
        bare = level_of(self.args[0]) > 2 and not text.startswith(r"\left(")
        return f"{self.word} {text}" if bare else rf"{self.word} \left({text}\right)"


class Ln(Function):
    """The natural logarithm."""

    word = r"\ln"


class Exp(Function):
    """The exponential function."""

    word = r"\exp"


class Absolute(Function):
    """The absolute value."""

    level = 4

    def written(self, printer: Any) -> str:
        return rf"\left|{printer._print(self.args[0])}\right|"


class Maximum(Function):
    """The largest of some numbers."""

    level = 4
    word = r"\max"

    def written(self, printer: Any) -> str:
        return rf"{self.word}\left({', '.join(printer._print(a) for a in self.args)}\right)"


class Minimum(Maximum):
    """The smallest of some numbers."""

    word = r"\min"


class Call(Written):
    """A function without further meaning, applied to a number; `properties` may say that it is convex."""

    def __new__(cls, name: str, argument: Expr, properties: str = "") -> Call:
        return Expr.__new__(cls, Str(name), argument, Str(properties))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return rf"{self.args[0].name}\left({printer._print(self.args[1])}\right)"


class Binder(Written):
    """Base of the expressions that bind variables."""

    level = 2


def ln(value: object) -> Function:
    """The natural logarithm."""
    return Ln(value)


def exp(value: object) -> Function:
    """The exponential function."""
    return Exp(value)


def sqrt(value: object) -> Written:
    """The square root."""
    return Raised(operand(value), Rational(1, 2))


def root(value: object, degree: Expr | None) -> Written:
    """A root; the square root where no degree is given.  Of what is negative it has no value."""
    if degree is None:
        return sqrt(value)
    exponent = 1 / degree if isinstance(degree, Rational) else Quotient(Integer(1), degree)
    return Raised(operand(value), exponent)


def scalars(names: str) -> tuple[Name, ...]:
    """Real numbers with the given names, separated by spaces."""
    return tuple(Scalar(name) for name in names.split())
