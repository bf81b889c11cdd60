"""Which of two costs grows faster, as some sizes grow, each for itself, and all others are fixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product

from symderiv.loops.growth import Cost, Monomial, is_below, powers_of, projected, sizes_in

MOST_CURVES = 4096
"""Ways for sizes to grow that are tried."""


def is_bounded(cost: Cost, bound: Cost, growing: Iterable[str]) -> bool | None:
    """Whether `cost` is O(`bound`) as some sizes grow, each for itself, and all others are fixed; None if undecided.

    It is where each monomial is below one of the bound's.  It is not where some sizes grow as powers of one number, and
    a monomial faster than all of the bound's.
    """
    names = sorted(growing)
    ours, theirs = ({projected(m, names) for m in whole.monomials()} for whole in (cost, bound))
    above = [m for m in ours if not any(is_below(m, n) for n in theirs)]
    if not above:
        return True
    for curve in _curves(names):
        fastest = max((_speed(monomial, curve) for monomial in theirs), default=(-1, 0))
        if any(_speed(monomial, curve) > fastest for monomial in above):
            return False
    return None


def _curves(names: list[str]) -> Iterator[dict[str, int]]:
    """Sizes as powers of one number; one that is raised to 0 is fixed."""
    exponents = next((top for top in (4, 3, 2) if top ** len(names) <= MOST_CURVES), 2)
    for chosen in islice(product(range(exponents), repeat=len(names)), MOST_CURVES):
        yield dict(zip(names, chosen, strict=True))


def _speed(monomial: Monomial, curve: Mapping[str, int]) -> tuple[int, int]:
    """How fast a monomial grows along a curve: as which powers of a number and of its logarithm."""
    moving = [size for size in sizes_in((monomial,)) if curve[size]]
    power = sum(curve[size] * powers_of(monomial, size)[0] for size in moving)
    return power, sum(powers_of(monomial, size)[1] for size in moving)
