"""Terms as data of Coq (`tm` in `Symderiv.v`), about which `equal_by` decides identities by computation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce

from symderiv.coq.names import Names
from symderiv.coq.polynomials import OPENED
from symderiv.coq.statements import SLOT, Statements
from symderiv.kernel import terms as k


class Reflection:
    """Writes terms as data.  It collects the index sets and the atoms, to which `tables` gives their meaning."""

    def __init__(self, names: Names) -> None:
        self._domains: dict[str, int] = {}
        self._atoms: dict[k.Term, int] = {}
        self._names = names

    def domain(self, name: str) -> int:
        """The number of an index set."""
        return self._domains.setdefault(name, len(self._domains))

    def term(self, term: k.Term, levels: Mapping[k.Term, int], depth: int) -> str:
        """A term as data, for free indices at the given levels; the next binder has level `depth`."""
        match term:
            case k.Number(value):
                return _number(value)
            case k.Add(parts):
                return _joined("Plus", Fraction(0), [self.term(part, levels, depth) for part in parts])
            case k.Multiply(factors):
                return _joined("Times", Fraction(1), [self.term(factor, levels, depth) for factor in factors])
            case k.Power(base, exponent) if exponent.denominator == 1 and exponent >= 0:
                inner = self.term(base, levels, depth)
                return inner if exponent == 1 else f"(Raise {inner} {exponent.numerator})"
            case k.Reduce("sum", domain, body):
                name = k.Index(f"{OPENED}level{depth}", domain)
                inner = self.term(k.instantiate(body, name), {**levels, name: depth}, depth + 1)
                return f"(Sigma {self.domain(domain)} {inner})"
            case _:
                return self._atom(term, levels)

    def _atom(self, term: k.Term, levels: Mapping[k.Term, int]) -> str:
        free = [index for index in dict.fromkeys(k.subterms(term)) if isinstance(index, k.Index)]
        slots: dict[k.Term, k.Term] = {
            index: k.Index(f"{OPENED}{SLOT}{n}", index.domain) for n, index in enumerate(free)
        }
        number = self._atoms.setdefault(k.substitute(term, slots), len(self._atoms))
        return f"(Atom {number} [{'; '.join(str(levels[index]) for index in free)}]%nat)"

    def tables(self) -> str:
        """Definitions of `dims` and `ats`."""
        sizes = [self._names("size", name) for name in self._domains]
        statements = Statements(self._names)
        atoms = [statements.real(atom) for atom in self._atoms]
        return (
            f"pose (dims := fun d : nat => {_cases('d', sizes, 'O')}).\n"
            f"pose (ats := fun (a : nat) (slots : list nat) => {_cases('a', atoms, 'IZR 0')})."
        )


def _cases(variable: str, values: Sequence[str], otherwise: str) -> str:
    cases = "".join(f" | {n}%nat => {value}" for n, value in enumerate(values))
    return f"match {variable} with{cases} | _ => {otherwise} end"


def _number(value: Fraction) -> str:
    return f"(Num ({value.numerator} # {value.denominator}))"


def _joined(constructor: str, empty: Fraction, parts: Sequence[str]) -> str:
    return reduce(lambda left, right: f"({constructor} {left} {right})", parts) if parts else _number(empty)
