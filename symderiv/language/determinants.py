r"""The names of determinants: `\left|A\right|`, of which a proof knows nothing but what products and transposes say.

A counterexample has to compute the value of one from the entries of the matrix, unless it is that of a matrix by name
of which nothing else is said: every number is the determinant of some matrix.
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


def matrix_of(name: str) -> str:
    """The matrix, as it is written, that a determinant is of."""
    return name.removeprefix(_OPEN).removesuffix(_CLOSE)


def may_be_chosen(name: str, tensors: Iterable[str]) -> bool:
    """True of a determinant that can have any value beside these tensors."""
    matrix = matrix_of(name)
    return not matrix.startswith(r"\left(") and not any(matrix in tensor for tensor in tensors)
