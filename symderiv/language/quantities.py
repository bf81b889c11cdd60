"""What texts speak of beyond arithmetic.

Functions and quantities without interpretation, products, integrals, the values of indices, the sizes of index sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from sympy import Expr, Integer, Tuple
from sympy.core.symbol import Str

from symderiv.language.indices import Entry, Reduction, Variable
from symderiv.language.templates import filled
from symderiv.language.written import Binder, Written, bracketed

_INDICATOR = re.compile(
    r"\\(?:mathbb|mathbf|mathbbm|boldsymbol|bm)\{[1I]\}"
    r"(?:_\{(?P<below>.*)\}|\\left(?:\[|\\\{|\()(?P<inside>(?:(?!\\left|\\right).)*)\\right(?:\]|\\\}|\)))",
    re.DOTALL,
)
_COMPARES = re.compile(r"[<>=]|\\(?:leq?|geq?|neq?|in|notin)(?![A-Za-z])")


def is_indicator(name: str) -> bool:
    r"""True of a quantity that is 1 where something is so, else 0: `\mathbb{1}[x > 0]`; not of what is made of it."""
    match = _INDICATOR.fullmatch(name)
    asked = (match["below"] or match["inside"] or "") if match is not None else ""
    depths = accumulate({"{": 1, "}": -1}.get(character, 0) for character in asked)
    return _COMPARES.search(asked) is not None and all(depth >= 0 for depth in depths)


class Opaque(Written):
    r"""A real quantity of which only its name is known, and what it depends on.

    The template is its LaTeX, with `{0}`, `{1}`, ... where its arguments stand.  Two are equal where their templates
    and arguments are, and their tags, which tell apart what is written alike: p(x) and p(y).  `positive` says that the
    quantity is positive wherever it is defined.
    """

    def __new__(cls, template: str, *arguments: Expr, positive: bool = False, tag: str = "") -> Opaque:
        word = Str("positive" if positive else "")
        return Expr.__new__(cls, Str(template), Tuple(*arguments), word, Str(tag))  # type: ignore[no-any-return]

    @property
    def template(self) -> str:
        """The LaTeX, with places for the arguments."""
        return str(self.args[0].name)

    @property
    def tag(self) -> str:
        """What tells it apart from others with the same template."""
        return str(self.args[3].name)

    @property
    def positive(self) -> bool:
        """Whether the quantity is known to be positive."""
        return bool(self.args[2].name)

    def written(self, printer: Any) -> str:
        return filled(self.template, [str(printer._print(a)) for a in self.args[1]])


class Component(Entry):
    """An entry with its indices in the subscript; the name is a template with places for them."""

    def written(self, printer: Any) -> str:
        name, indices = str(self.args[0].name), [str(printer._print(v)) for v in self.args[1]]
        return filled(name, indices) if "{0}" in name else f"{name}_{{{','.join(indices)}}}"


class IndexValue(Written):
    """The value of an index as a real number."""

    def written(self, printer: Any) -> str:
        return str(printer._print(self.args[0]))


class Cardinality(Written):
    """The number of elements of an alphabet."""

    def __new__(cls, alphabet: str) -> Cardinality:
        return Expr.__new__(cls, Str(alphabet))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return rf"\left|{self.args[0].name}\right|"


class Ranged(Binder):
    """A sum or product over the values of one variable from `lower` to `upper`, which are there to be printed."""

    word = ""

    def __new__(cls, variable: Variable, body: Expr, below: str, above: str = "") -> Ranged:
        return Expr.__new__(cls, Tuple(variable), body, Str(below), Str(above))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        above = f"^{{{self.args[3].name}}}" if self.args[3].name else ""
        return rf"{self.word}_{{{self.args[2].name}}}{above} {bracketed(printer, self.args[1], 2)}"


class RangedSum(Ranged):
    """A sum over a range of values."""

    word = r"\sum"


class RangedProduct(Ranged):
    """A product over a range of values; each factor must be positive."""

    word = r"\prod"


class RestrictedSum(Binder):
    """A sum over the values of variables at which a factor is 1, not 0; how that is written stands below and above."""

    def __new__(
        cls, variables: Iterable[Variable], body: Expr, chosen: Expr, below: str, above: str = ""
    ) -> RestrictedSum:
        return Expr.__new__(cls, Tuple(*variables), body, chosen, Str(below), Str(above))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        below, above = (str(part.name) for part in self.args[3:])
        limits = f"_{{{below}}}" + (f"^{{{above}}}" if above else "")
        return rf"\sum{limits} {bracketed(printer, self.args[1], 2)}"


class ProductOver(Reduction):
    """A product over alphabets; each factor must be positive."""

    word = r"\prod"


class IntegralOver(Binder):
    """An integral over one region, whose limits are there to be printed; `ends` are their values where both are finite.

    It is linear; its value is known for some integrands.
    """

    def __new__(
        cls, variable: Variable, body: Expr, lower: str = "", upper: str = "", ends: tuple[Expr, ...] = ()
    ) -> IntegralOver:
        return Expr.__new__(cls, Tuple(variable), body, Str(lower), Str(upper), Tuple(*ends))  # type: ignore[no-any-return]

    @property
    def ends(self) -> tuple[Expr, ...]:
        """The values of both limits; none where one is infinite or not written."""
        return tuple(self.args[4])

    def written(self, printer: Any) -> str:
        lower, upper = (str(part.name) for part in self.args[2:4])
        limits = (f"_{{{lower}}}" if lower else "") + (f"^{{{upper}}}" if upper else "")
        inner = bracketed(printer, self.args[1], 2)
        return rf"\int{limits} {inner} \, \mathrm{{d}}{printer._print(self.args[0][0])}"


class Limit(Binder):
    """The limit of an expression where its variable goes to a goal: from above (`side` is `+`), below (`-`), or both.

    Without a goal it grows beyond all bounds (`+`), or falls (`-`).
    """

    def __new__(cls, variable: Variable, body: Expr, goal: Expr | None, side: str) -> Limit:
        goals = Tuple() if goal is None else Tuple(goal)
        return Expr.__new__(cls, Tuple(variable), body, goals, Str(side))  # type: ignore[no-any-return]

    @property
    def goal(self) -> Expr | None:
        """Where the variable goes; None where it has no bound."""
        return next(iter(self.args[2]), None)

    @property
    def sides(self) -> tuple[int, ...]:
        """From where it goes there: 1 is from above, -1 from below."""
        return {"+": (1,), "-": (-1,)}.get(self.args[3].name, (1, -1))

    def written(self, printer: Any) -> str:
        side = self.args[3].name
        if self.goal is None:
            end = r"\infty" if side == "+" else r"-\infty"
        else:
            end = f"{printer._print(self.goal)}^{{{side}}}" if side else printer._print(self.goal)
        name = printer._print(self.args[0][0])
        return rf"\lim_{{{name} \to {end}}} {bracketed(printer, self.args[1], 2)}"


class Differentiated(Written):
    """The derivative by a number; where it is not known, a quantity of its own name."""

    level = 2

    def __new__(cls, body: Expr, by: Expr, sign: str) -> Differentiated:
        return Expr.__new__(cls, body, by, Str(sign))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        d, by = self.args[2].name, printer._print(self.args[1])
        if d == r"\nabla":
            return rf"\nabla_{{{by}}} {bracketed(printer, self.args[0], 2)}"
        return rf"\frac{{{d}}}{{{d}{by}}} {bracketed(printer, self.args[0], 2)}"


class AtValue(Written):
    r"""What is known of a variable, at a value of it: `\left.\frac{d}{dx} f(x)\right|_{x = a}`.

    With `apart`, it has no meaning where the value depends on the variable: `\frac{d}{dx} f(z)` with z = 2x.
    """

    level = 2

    def __new__(cls, body: Expr, variable: Expr, value: Expr, *, apart: bool) -> AtValue:
        return Expr.__new__(cls, body, variable, value, Integer(int(apart)))  # type: ignore[no-any-return]

    @property
    def apart(self) -> bool:
        """Whether the value must not depend on the variable."""
        return bool(self.args[3])

    def written(self, printer: Any) -> str:
        body, name, value = (printer._print(part) for part in self.args[:3])
        return rf"\left.{body}\right|_{{{name} = {value}}}"


VALUED = frozenset({"sin", "cos"})
"""Functions that the kernel can evaluate, besides the exponential and the logarithm."""
HYPERBOLIC = frozenset({"sinh", "cosh", "tanh"})
"""Functions that are made of exponentials."""


class Elementary(Written):
    """Sine, cosine or a hyperbolic function, which have values, or another one by its word, which has none here."""

    level = 2

    def __new__(cls, word: str, argument: Expr) -> Elementary:
        return Expr.__new__(cls, Str(word), argument)  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return rf"\{self.args[0].name} {bracketed(printer, self.args[1], 5)}"
