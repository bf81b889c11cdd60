"""What an equation for `x_t` says of `x_{t-1}`: it holds for all values of an index that is written as a subscript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from symderiv.documents.subscripts import pieces_of, with_pieces
from symderiv.formulas import tree as t

ROUNDS = 3
"""How often equations are put into each other."""


def recurring(goal: t.Sides, given: Sequence[t.Sides], bound: Callable[[str], object | None]) -> Iterator[t.Sides]:
    """The given equations at the indices at which a goal, and what they say of its left side, needs them.

    `bound` tells the letters that are indices of sums.  What the right side of a goal names stays, where an equation
    leads on for ever.
    """
    equations = [
        (name, letter, equation)
        for equation in given
        if isinstance(name := equation.sides[0], t.Name) and (letter := _index_of(name)) and bound(letter) is None
    ]
    end = _names(goal.sides[1:])
    waiting = [goal.sides[0], *(e.sides[1] for name, _, e in equations if name.text in _names(goal.sides))]
    for number in range(ROUNDS):
        further: list[t.Node] = []
        for name, letter, equation in equations:
            leads_on = any(part.stem == name.stem for part in _parts(equation.sides[1:]))
            places = waiting if leads_on else [*waiting, *goal.sides] if number == 0 else waiting
            for distance in sorted(set(_distances(name, letter, places))):
                other = _shifted(equation, letter, distance)
                known = leads_on and isinstance(other, t.Sides) and _names(other.sides[:1]) & end
                if isinstance(other, t.Sides) and not known:
                    yield other
                    further.append(other.sides[1])
        waiting = further


def _parts(nodes: Iterable[t.Node]) -> Iterator[t.Name]:
    return (part for node in nodes for part in t.walk(node) if isinstance(part, t.Name))


def _names(nodes: Iterable[t.Node]) -> set[str]:
    return {name.text for name in _parts(nodes)}


def _index_of(name: t.Name) -> str:
    """The letter t in `x_t`; empty where the subscript is something else."""
    letter = name.lower[0] if len(name.lower) == 1 else ""
    return letter if len(letter) == 1 and letter.islower() else ""


def _distances(name: t.Name, letter: str, nodes: Iterable[t.Node]) -> Iterator[int]:
    """The distances k at which `x_{t+k}` stands in some trees, for the name `x_t`."""
    for pieces in {tuple(pieces_of(part)) for part in _parts(nodes) if part.stem == name.stem}:
        match = re.fullmatch(rf"{letter}([+-]\d)?", ",".join(pieces))
        if match:
            yield int(match[1] or 0)


def _shifted(node: t.Node, letter: str, by: int) -> t.Node | None:
    """The tree with t + k for t, in subscripts and elsewhere; None where t is bound, or stands in another form."""
    binders = (part for part in t.walk(node) if isinstance(part, t.Total | t.Integral))
    if any(name.text == letter for binder in binders for name in binder.over):
        return None
    names = [part for part in t.walk(node) if isinstance(part, t.Name) and letter in part.marks]
    if any(_moved(name, letter, by) is None for name in names):
        return None
    return _replaced(node, letter, by)


def _replaced(node: t.Node, letter: str, by: int) -> t.Node:
    if isinstance(node, t.Name):
        if node.text == letter and by:
            step = t.Numeral(node.start, node.end, Fraction(abs(by)))
            return t.Addition(node.start, node.end, (node, step if by > 0 else t.Negation(node.start, node.end, step)))
        return _moved(node, letter, by) or node
    return t.mapped(node, lambda part: _replaced(part, letter, by))


def _moved(name: t.Name, letter: str, by: int) -> t.Name | None:
    """The name with another subscript; None where t is in it in another way than with a number added."""
    pieces = pieces_of(name)
    if letter not in name.marks or not pieces:
        return None
    moved: list[str] = []
    for piece in pieces:
        match = re.fullmatch(rf"{letter}([+-]\d+)?", piece)
        if match is None and re.search(rf"(?<![A-Za-z]){letter}(?![A-Za-z])", piece):
            return None
        distance = int(match[1] or 0) + by if match else 0
        moved.append(piece if match is None else f"{letter}{distance:+d}" if distance else letter)
    return with_pieces(name, moved)
