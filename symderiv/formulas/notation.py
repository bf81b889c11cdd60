"""What the names of a text stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from sympy import Expr

from symderiv.formulas.scopes import upright
from symderiv.formulas.tree import Name
from symderiv.language.indices import Variable, measured
from symderiv.language.probability import Distribution
from symderiv.language.random_variables import RandomVariable

_DIVERGENCES = ("D_{KL}", r"D_{\mathrm{KL}}", r"D_{\text{KL}}", r"\mathrm{D}_{KL}", r"\mathrm{D}_{\mathrm{KL}}")
QUANTITIES = {form: name for name in ("H", "I", "KL", "E", "Var", "Cov") for form in upright(name)}
QUANTITIES |= dict.fromkeys(_DIVERGENCES, "KL")
QUANTITIES |= dict.fromkeys((r"\mathrm{h}", r"\operatorname{h}", r"\mathcal{H}"), "H")
"""What a name stands for where a text says nothing else of it; an upright h is the entropy of a density."""
PI = r"\pi"
PROBABILITIES = frozenset("PQpq")
"""Letters that stand for distributions where they are applied to several names, or to a variable of another one."""


@dataclass(frozen=True)
class Wording:
    """What the words of a text say of its distributions.

    Where `densities` are spoken of, the variables have some over which no sum runs and that are not said to be
    `discrete`; where distributions are `named`, an integral shows as well as a sum what is one.  `euler` are
    letters for Euler's number.
    """

    densities: bool = False
    named: bool = False
    discrete: frozenset[str] = frozenset()
    euler: frozenset[str] = frozenset()


NO_WORDS = Wording()
"""What is taken of formulas alone."""


@dataclass
class Notation:
    """The meaning of every name that has one; other single letters are real numbers."""

    distributions: dict[str, Distribution] = field(default_factory=dict)
    variables: dict[str, Variable] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    scalars: set[str] = field(default_factory=set)
    random: dict[str, RandomVariable] = field(default_factory=dict)
    definitions: dict[str, Expr] = field(default_factory=dict)
    constants: dict[str, Expr] = field(default_factory=dict)
    """Names that the text uses as constants are used, Euler's number and pi."""
    counted: frozenset[str] | None = None
    """The variables that take one of finitely many values, where others have densities; None where none has."""
    numbers: set[str] = field(default_factory=set)
    """Names that stand somewhere without brackets after them."""
    quantities: set[str] = field(default_factory=set)
    """Letters for distributions that an equation makes something else: `Q(t, s) = \\sum_z p(z | s) \\ln p(z | t)`."""
    several: set[str] = field(default_factory=set)
    """Distributions that stand for a marginal or conditional of theirs as well, so that their name alone is unclear."""

    def declared(self, text: str) -> bool:
        """True of a name that the text has said something of."""
        tables = (self.distributions, self.functions, self.scalars, self.random, self.definitions)
        return any(text in table for table in tables)

    def variable(self, text: str) -> Variable:
        """The variable of a name, which has a density unless it is counted."""
        plain = Variable(text)
        return plain if self.counted is None or text in self.counted else Variable(text, measured(plain.alphabet))

    def quantity(self, head: Name) -> str:
        """The quantity of information theory, or the moment, that a name stands for where nothing else is said."""
        return "" if self.declared(head.text) else QUANTITIES.get(head.text, "")
