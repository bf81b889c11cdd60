"""The parts of a symmetric matrix: it is R' D R, where R has the vectors and D the values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

VECTORS, VALUES = "'s vectors", "'s values"
Table = Mapping[tuple[int, ...], Fraction]


def matrix_of(name: str) -> str:
    """The name of the symmetric matrix of which a tensor has the values or vectors; that of any other as it is."""
    return name.removesuffix(VALUES).removesuffix(VECTORS)


def with_whole_matrices(tensors: Mapping[str, Table]) -> dict[str, Table]:
    """The tables with each symmetric matrix in place of its parts."""
    found = dict(tensors)
    for name in tensors:
        matrix = name.removesuffix(VALUES)
        if name != matrix and f"{matrix}{VECTORS}" in found:
            values, vectors = found.pop(name), found.pop(f"{matrix}{VECTORS}")
            places = range(len(values))
            found[matrix] = {
                (i, j): sum((vectors[k, i] * values[k,] * vectors[k, j] for k in places), Fraction(0))
                for i, j in product(places, repeat=2)
            }
    return found
