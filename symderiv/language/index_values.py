r"""The values of indices as numbers: the index set `\{1,\ldots,n\}` has the numbers 1 to n in it, in this order.

A proof knows of them that they lie between the ends; otherwise the values are a tensor like any other.
A counterexample has to respect them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from symderiv.kernel import terms as k
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import quote

_PREFIX, _WEIGHT = "value in ", "weight in "
_RANGE = re.compile(r"\\\{(-?\d+),\\ldots,(.*)\\\}")
_LIMITS = re.compile(r"\\int_\{(.*?)\}\^\{(.*?)\}")


def value_tensor(domain: str) -> str:
    """The tensor of the values of an index set's elements."""
    return f"{_PREFIX}{domain}"


def is_value_tensor(name: str) -> bool:
    """True of names that `value_tensor` makes."""
    return name.startswith(_PREFIX)


def is_region(name: str) -> bool:
    """True of the values that the variable of an integral has."""
    return name.removeprefix(_PREFIX).startswith(r"\int")


def is_infinite(domain: str) -> bool:
    """True of what integrals and infinite series go over."""
    return domain.startswith(r"\int") or r"\infty" in domain


def weights(domain: str) -> str:
    """The tensor of the weights of the values between two ends of an integral."""
    return f"{_WEIGHT}{domain}"


def is_weights(name: str) -> bool:
    """True of names that `weights` makes."""
    return name.startswith(_WEIGHT)


def weighted(name: str) -> str:
    """The index set of the values that have the weights of a name."""
    return name.removeprefix(_WEIGHT)


def bounds_of_values(domain: str, value: k.Term) -> Iterator[tuple[k.Term, str, k.Term]]:
    """What is known of a value in a range of integers, or between limits of an integral, whose ends do not matter."""
    known = _RANGE.fullmatch(domain)
    if known is not None:
        first, last = int(known[1]), known[2]
        yield k.number(first), "<=", value
        if re.fullmatch(r"-?\d+", last):
            yield value, "<=", k.number(int(last))
        elif r"\infty" not in last:
            yield k.ZERO, "<=", k.Add((k.Size(domain), k.number(first - 1), k.negate(value)))
    limits = _LIMITS.fullmatch(domain)
    if limits is not None:
        lower, upper = (Fraction(end) if re.fullmatch(r"-?\d+", end) else None for end in limits.groups())
        if lower is not None and upper is not None and upper <= lower:
            return
        if lower is not None and (upper is not None or limits[2] == r"\infty"):
            yield (k.ZERO, "<", value) if lower == 0 else (k.ZERO, "<", k.subtract(value, k.number(lower)))
            if lower > 0:
                yield k.ZERO, "<", value
        if upper is not None and (lower is not None or limits[1] == r"-\infty"):
            above = k.subtract(k.number(upper), value)
            yield k.ZERO, "<", above
            # In the forms in which normal forms have it: signs are seen of what is written alike.
            yield k.ZERO, "<", quote(Normalizer().polynomial(above))


def values_of_elements(name: str, size: int) -> tuple[Fraction, ...] | None:
    """The values in a value tensor, in order; None where the index set does not say what they are at this size."""
    known = _RANGE.fullmatch(name.removeprefix(_PREFIX))
    if known is None or not is_value_tensor(name):
        return None
    first, last = int(known[1]), known[2]
    if re.fullmatch(r"-?\d+", last) and int(last) - first + 1 != size:
        return None
    return tuple(Fraction(first + place) for place in range(size))


def respects_values(tensors: Mapping[str, Mapping[tuple[int, ...], Fraction]]) -> bool:
    """Whether the elements of ranges have the values that they have; those of other sets may have any."""
    for name, table in tensors.items():
        if name.startswith(rf"{_PREFIX}\{{"):
            expected = values_of_elements(name, len(table))
            if expected is None or any(table[(place,)] != value for place, value in enumerate(expected)):
                return False
    return True
