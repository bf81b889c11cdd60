r"""The values of indices as numbers: the index set `\{1,\ldots,n\}` has the numbers 1 to n in it, in this order.

Nothing of this is known to a proof, for which the values are a tensor like any other.
A counterexample has to respect it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

_PREFIX = "value in "
_RANGE = re.compile(r"\\\{(-?\d+),\\ldots,(.*)\\\}")


def value_tensor(domain: str) -> str:
    """The tensor of the values of an index set's elements."""
    return f"{_PREFIX}{domain}"


def is_value_tensor(name: str) -> bool:
    """True of names that `value_tensor` makes."""
    return name.startswith(_PREFIX)


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
