"""Costs as functions of sizes: sums of products of sizes and their logarithms.

Where neither of two sums is always below the other, both are kept, and the cost is the larger one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Monomial = tuple[tuple[str, int], ...]
"""Powers of sizes (`J`) and of their logarithms (`log J`)."""
Path = tuple[tuple[Monomial, Fraction], ...]

MOST_PATHS = 8
"""Sums that are kept side by side; more of them are replaced by one that is above all of them."""


@dataclass(frozen=True)
class Cost:
    """The largest of some sums of monomials with positive coefficients, none of which is always below another."""

    paths: frozenset[Path]

    def __add__(self, other: Cost) -> Cost:
        return largest(_path(_added(a, b)) for a in self.paths for b in other.paths)

    def __mul__(self, other: Cost) -> Cost:
        return largest(_path(_multiplied(a, b)) for a in self.paths for b in other.paths)

    def __str__(self) -> str:
        texts = sorted(_text(path) for path in self.paths)
        return texts[0] if len(texts) == 1 else f"max({', '.join(texts)})"

    @property
    def latex(self) -> str:
        """The cost as a formula."""
        return str(self).replace("log ", r"\log ").replace("max(", r"\max(")

    @property
    def notation(self) -> str:
        """The cost as it is written in a claim, without coefficients: `T*log(J) + J`."""
        words = [_product(monomial) for path in self.paths for monomial, _ in _ordered(path)]
        return " + ".join(dict.fromkeys(words)) or "1"

    def order(self, symbol: str) -> tuple[int, int]:
        """The cost as a function of one size, all others fixed: the powers of the size and of its logarithm."""
        return max((powers_of(monomial, symbol) for monomial in self.monomials()), default=(0, 0))

    def monomials(self) -> set[Monomial]:
        """All monomials of all sums."""
        return {monomial for path in self.paths for monomial, _ in path}

    def leading(self) -> Cost:
        """The sum of the monomials that no other one exceeds, which grows as the cost does."""
        found = self.monomials()
        kept = {m for m in found if not any(m != n and is_below(m, n) for n in found)}
        return Cost(frozenset({tuple(sorted((monomial, Fraction(1)) for monomial in kept))}))

    def along(self, names: Iterable[str]) -> Cost:
        """The cost as a function of some sizes, all others fixed, up to constants."""
        kept = set(names)
        return Cost(frozenset({tuple(sorted({(projected(m, kept), Fraction(1)) for m in self.monomials()}))}))

    def value(self, sizes: Mapping[str, int]) -> Fraction:
        """The cost at some sizes; a logarithm is rounded up."""
        sums = (sum((c * _value(m, sizes) for m, c in path), Fraction(0)) for path in self.paths)
        return max(sums, default=Fraction(0))


def _path(found: Mapping[Monomial, Fraction]) -> Path:
    return tuple(sorted((m, c) for m, c in found.items() if c))


def _added(one: Path, other: Path) -> dict[Monomial, Fraction]:
    total = dict(one)
    for monomial, coefficient in other:
        total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return total


def _multiplied(one: Path, other: Path) -> dict[Monomial, Fraction]:
    total: dict[Monomial, Fraction] = {}
    for first, a in one:
        for second, b in other:
            powers = dict(first)
            for name, power in second:
                powers[name] = powers.get(name, 0) + power
            monomial = tuple(sorted(powers.items()))
            total[monomial] = total.get(monomial, Fraction(0)) + a * b
    return total


def largest(paths: Iterable[Path]) -> Cost:
    """The largest of some sums; those that another one exceeds in every coefficient are left out."""
    found = list(dict.fromkeys(paths))
    kept = [p for p in found if not any(q != p and _below(p, q) for q in found)]
    if len(kept) <= MOST_PATHS:
        return Cost(frozenset(kept))
    above: dict[Monomial, Fraction] = {}
    for path in kept:
        for monomial, coefficient in path:
            above[monomial] = max(coefficient, above.get(monomial, coefficient))
    return Cost(frozenset({_path(above)}))


def largest_of(costs: Iterable[Cost]) -> Cost:
    """The largest of some costs; nothing where there are none."""
    return largest(path for cost in (NOTHING, *costs) for path in cost.paths)


def _below(one: Path, other: Path) -> bool:
    above = dict(other)
    return all(coefficient <= above.get(monomial, 0) for monomial, coefficient in one)


def _text(path: Path) -> str:
    words = []
    for monomial, coefficient in _ordered(path):
        factors = [name if power == 1 else f"{name}^{power}" for name, power in monomial]
        if coefficient != 1 or not factors:
            factors.insert(0, str(coefficient))
        words.append(" ".join(factors))
    return " + ".join(words) or "0"


def _product(monomial: Monomial) -> str:
    names = {name: f"log({name.removeprefix('log ')})" if name.startswith("log ") else name for name, _ in monomial}
    return "*".join(names[name] + f"^{power}" * (power > 1) for name, power in monomial) or "1"


def _ordered(path: Path) -> list[tuple[Monomial, Fraction]]:
    """The summands, those with the highest powers first."""
    return sorted(path, key=lambda part: (-sum(power for _, power in part[0]), part[0]))


def _value(monomial: Monomial, sizes: Mapping[str, int]) -> int:
    total = 1
    for name, power in monomial:
        size = sizes[name.removeprefix("log ")]
        total *= ((size - 1).bit_length() if name.startswith("log ") else size) ** power
    return total


NOTHING = Cost(frozenset(((),)))
ONE = Cost(frozenset(((((), Fraction(1)),),)))


def number(value: Fraction | int) -> Cost:
    """A number that is not negative."""
    return Cost(frozenset(((((), Fraction(value)),),))) if value else NOTHING


def symbol(name: str) -> Cost:
    """One size, or one logarithm of a size."""
    return Cost(frozenset((((((name, 1),), Fraction(1)),),)))


def powers_of(monomial: Monomial, size: str) -> tuple[int, int]:
    """The powers of a size and of its logarithm."""
    powers = dict(monomial)
    return powers.get(size, 0), powers.get(f"log {size}", 0)


def sizes_in(monomials: Iterable[Monomial]) -> list[str]:
    """The sizes that some monomials are made of."""
    return sorted({name.removeprefix("log ") for monomial in monomials for name, _ in monomial})


def is_below(one: Monomial, other: Monomial) -> bool:
    """True where one monomial is at most a constant times the other one, however their sizes grow."""
    return all(powers_of(one, size) <= powers_of(other, size) for size in sizes_in((one, other)))


def projected(monomial: Monomial, names: Container[str]) -> Monomial:
    """What a monomial is along some sizes, all others fixed."""
    return tuple((name, power) for name, power in monomial if name.removeprefix("log ") in names)
