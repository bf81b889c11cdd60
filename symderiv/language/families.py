r"""One name over several ranges: the `x_i` for i from 1 to n and those for i from 0 to n are the same where both are.

A proof takes them for tensors of which neither says anything of the other.  A counterexample has to respect that they
are not: their values agree where the ranges overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

_ON, _BY = " on ", " and "
_RANGE = re.compile(r"\\\{(-?\d+),\\ldots,.*\\\}")
Table = Mapping[tuple[int, ...], Fraction]


def is_range(alphabet: str) -> bool:
    """True of the integers between two ends."""
    return alphabet.startswith(r"\{") and r",\ldots," in alphabet


def on_ranges(name: str, alphabets: Sequence[str]) -> str:
    """The tensor of a name over some ranges."""
    return f"{name}{_ON}{_BY.join(alphabets)}"


def without_ranges(name: str) -> str:
    """The name as it is written."""
    return name.partition(_ON)[0]


def first_places(name: str) -> tuple[int, ...] | None:
    """The integers with which the ranges of a tensor begin; None where they are not known, or it is over none."""
    _, found, ranges = name.partition(_ON)
    starts = [_RANGE.fullmatch(alphabet) for alphabet in ranges.split(_BY)] if found else [None]
    return None if None in starts else tuple(int(start[1]) for start in starts if start)


def are_known(tensors: Iterable[str]) -> bool:
    """True where it is known of all ranges which integers they begin with."""
    return all(first_places(name) is not None for name in tensors if name != without_ranges(name))


def agreeing(tensors: Mapping[str, Table]) -> dict[str, dict[tuple[int, ...], Fraction]]:
    """The tables with the value of the first for every entry that several of them have."""
    known: dict[tuple[str, tuple[int, ...]], Fraction] = {}
    result: dict[str, dict[tuple[int, ...], Fraction]] = {}
    for name, table in tensors.items():
        first = first_places(name)
        if first is None:
            result[name] = dict(table)
            continue
        base = without_ranges(name)
        result[name] = {
            place: known.setdefault((base, tuple(map(sum, zip(first, place, strict=True)))), value)
            for place, value in table.items()
        }
    return result


def agree(tensors: Mapping[str, Table]) -> bool:
    """Whether the tensors of one name have the same values where their ranges overlap."""
    return are_known(tensors) and agreeing(tensors) == {name: dict(table) for name, table in tensors.items()}
