r"""The names of determinants: `\left|A\right|`, of which a proof knows nothing but what products and transposes say.

A counterexample may not choose the value of one, unless it is that of a matrix by name of which nothing else is said:
every number is the determinant of some matrix.
"""

from __future__ import annotations

from collections.abc import Iterable

_OPEN, _CLOSE = r"\left|", r"\right|"


def determinant_name(matrix: str) -> str:
    """The name of the determinant of a matrix that is written so."""
    return f"{_OPEN}{matrix}{_CLOSE}"


def is_determinant(name: str) -> bool:
    """True of names that `determinant_name` makes."""
    return name.startswith(_OPEN)


def may_be_chosen(name: str, tensors: Iterable[str]) -> bool:
    """True of a determinant that can have any value beside these tensors."""
    matrix = name.removeprefix(_OPEN).removesuffix(_CLOSE)
    return not matrix.startswith(r"\left(") and not any(matrix in tensor for tensor in tensors)


def are_chosen_freely(symbols: Iterable[str], tensors: Iterable[str]) -> bool:
    """True where all determinants among the names of a model can have any value."""
    others = tuple(tensors)
    return all(may_be_chosen(name, others) for name in (*symbols, *others) if is_determinant(name))
