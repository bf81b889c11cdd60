"""Kernel terms as Coq reads them: sizes are natural numbers, indices count from 0, tensors are functions.

This is a second reading of terms.  It has nothing in common with the normal form, and simplifies nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce

from symderiv.coq.errors import Untranslated
from symderiv.coq.names import INTERPRETED, Names
from symderiv.coq.polynomials import OPENED
from symderiv.kernel import terms as k

REDUCTIONS = {"sum": "sumn", "product": "prodn", "max": "maxn", "min": "minn"}
PAIRS = {"max": "Rmax", "min": "Rmin"}
SLOT = "slot"
"""Opened indices of this name are the arguments of an atom."""

RELATIONS = {"=": "=", "<=": "<=", "<": "<", "!=": "<>"}

Binders = tuple[tuple[str, str], ...]
"""The name in Coq and the domain of each bound variable, outermost first."""


def number_text(value: Fraction) -> str:
    """A rational number."""
    whole = f"IZR ({value.numerator})" if value.numerator < 0 else f"IZR {value.numerator}"
    return f"({whole})" if value.denominator == 1 else f"({whole} / IZR {value.denominator})"


class Statements:
    """Writes terms and propositions under some names."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def index(self, term: k.Term, binders: Binders = ()) -> str:
        """An element of an index set, as a natural number."""
        match term:
            case k.Bound(position):
                return binders[-1 - position][0]
            case k.Index(name, _):
                return opened_name(name) or self.names("index", name)
            case k.Gather(name, _, indices):
                return self._applied(self.names("map", name), [self.index(i, binders) for i in indices])
            case _:
                raise Untranslated("index", term)

    def real(self, term: k.Term, binders: Binders = ()) -> str:
        """A real number."""
        match term:
            case k.Number(value):
                return number_text(value)
            case k.Delta(left, right):
                return self._applied("delta", [self.index(left, binders), self.index(right, binders)])
            case k.Size(domain):
                return f"(INR {self.names('size', domain)})"
            case k.Symbol(name):
                return self.names("symbol", name)
            case k.Bound(position):
                return binders[-1 - position][0]
            case k.Entry(name, indices):
                return self._applied(self.names("tensor", name), [self.index(i, binders) for i in indices])
            case k.Apply(function, arguments):
                return self._function(function, [self.real(argument, binders) for argument in arguments])
            case k.Power(base, exponent):
                return power_text(self.real(base, binders), exponent)
            case k.Multiply(factors):
                return joined("*", "(IZR 1)", [self.real(factor, binders) for factor in factors])
            case k.Add(parts):
                return joined("+", "(IZR 0)", [self.real(part, binders) for part in parts])
            case k.Reduce(kind, domain, body) if kind in REDUCTIONS:
                name = f"k{len(binders)}"
                inner = self.real(body, (*binders, (name, domain)))
                return f"({REDUCTIONS[kind]} {self.names('size', domain)} (fun {name} : nat => {inner}))"
            case _:
                raise Untranslated("term", term)

    def _function(self, function: str, arguments: Sequence[str]) -> str:
        if function in PAIRS:
            return reduce(lambda left, right: f"({PAIRS[function]} {left} {right})", arguments)
        name = INTERPRETED.get(function)
        if function == "power":  # in Coq the exponent comes last too
            return self._applied("Rpower", arguments)
        return self._applied(name or self.names("function", function), arguments)

    def _applied(self, head: str, arguments: Sequence[str]) -> str:
        return f"({' '.join((head, *arguments))})" if arguments else head

    def proposition(self, term: k.Term, binders: Binders = ()) -> str:
        """A proposition.  Quantifiers over an index set range over the numbers below its size."""
        match term:
            case k.Relation(kind, left, right):
                return f"({self.real(left, binders)} {RELATIONS[kind]} {self.real(right, binders)})"
            case k.Implies(premise, conclusion):
                return f"({self.proposition(premise, binders)} -> {self.proposition(conclusion, binders)})"
            case k.Forall(domain, body):
                name = f"k{len(binders)}"
                inner = self.proposition(body, (*binders, (name, domain)))
                if domain == k.REAL:
                    return f"(forall {name} : R, {inner})"
                return f"(forall {name} : nat, ({name} < {self.names('size', domain)})%nat -> {inner})"
            case _:
                raise Untranslated("proposition", term)


def opened_name(name: str) -> str:
    """The name in Coq of an index that was opened in the search; nothing for those of the statement."""
    if not name.startswith(OPENED):
        return ""
    inner = name[len(OPENED) :]
    return f"(nth {inner[len(SLOT) :]} slots O)" if inner.startswith(SLOT) else f"j{inner}"


def joined(sign: str, empty: str, parts: Sequence[str]) -> str:
    """A sum or product of any number of parts, to the left."""
    combine: Callable[[str, str], str] = lambda left, right: f"({left} {sign} {right})"  # noqa: E731
    return reduce(combine, parts) if parts else empty


def power_text(base: str, exponent: Fraction) -> str:
    """A power: whole ones as repeated products, others by `rpow`."""
    if exponent.denominator != 1:
        return f"(rpow {base} {number_text(exponent)})"
    raised = base if abs(exponent) == 1 else f"({base} ^ {abs(exponent.numerator)})"
    return f"(/ {raised})" if exponent < 0 else raised
