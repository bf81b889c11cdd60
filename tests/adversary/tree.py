"""Statements as trees of the adversary's own, which share nothing with the program under test.

`head` says what a node is, `data` holds its names and numbers, `parts` its subtrees.  Heads:

    number scalar entry add mul neg div pow sqrt ln exp abs          arithmetic; `entry` is x_i, w_{ij}
    sum prod                                                         data: index, first, last; part: the body
    prob total expect entropy info kl cross                          distributions
    rv mean var cov                                                  random variables
    matrix transpose inverse trace det identity                      matrices
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

Path = tuple[int, ...]


@dataclass(frozen=True)
class Tree:
    """A node."""

    head: str
    parts: tuple[Tree, ...] = ()
    data: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Relation:
    """`left sign right`, where the sign is one of = <= < >= > !=."""

    left: Tree
    sign: str
    right: Tree


@dataclass(frozen=True)
class Claim:
    """A relation under hypotheses; `words` declare names, as in `let X, Y be random variables`."""

    relation: Relation
    hypotheses: tuple[Relation, ...] = ()
    words: tuple[str, ...] = ()

    def trees(self) -> Iterator[Tree]:
        """The sides of everything."""
        for relation in (self.relation, *self.hypotheses):
            yield relation.left
            yield relation.right

    def with_right(self, right: Tree) -> Claim:
        """The claim with another right side."""
        return replace(self, relation=replace(self.relation, right=right))


def number(value: int | Fraction) -> Tree:
    return Tree("number", (), (Fraction(value),))


def scalar(name: str) -> Tree:
    return Tree("scalar", (), (name,))


def entry(name: str, *indices: str) -> Tree:
    return Tree("entry", (), (name, *indices))


def add(*parts: Tree) -> Tree:
    return parts[0] if len(parts) == 1 else Tree("add", parts)


def mul(*parts: Tree) -> Tree:
    return parts[0] if len(parts) == 1 else Tree("mul", parts)


def neg(part: Tree) -> Tree:
    return Tree("neg", (part,))


def div(above: Tree, below: Tree) -> Tree:
    return Tree("div", (above, below))


def power(base: Tree, exponent: Tree | int | Fraction) -> Tree:
    return Tree("pow", (base, exponent if isinstance(exponent, Tree) else number(exponent)))


def unary(head: str) -> Callable[[Tree], Tree]:
    return lambda part: Tree(head, (part,))


sqrt, ln, exp, absolute = map(unary, ("sqrt", "ln", "exp", "abs"))
ZERO, ONE, TWO = number(0), number(1), number(2)


def walk(tree: Tree, path: Path = ()) -> Iterator[tuple[Path, Tree]]:
    """All subtrees with their places."""
    yield path, tree
    for place, part in enumerate(tree.parts):
        yield from walk(part, (*path, place))


def is_weight(tree: Tree, path: Path) -> bool:
    """True of a place inside the distribution of an expectation or a divergence, where only distributions can stand."""
    if not path:
        return False
    inside = tree.head in ("kl", "cross") or (tree.head == "expect" and path[0] == 0)
    return inside or is_weight(tree.parts[path[0]], path[1:])


def put(tree: Tree, path: Path, new: Tree) -> Tree:
    """The tree with another subtree at a place."""
    if not path:
        return new
    parts = list(tree.parts)
    parts[path[0]] = put(parts[path[0]], path[1:], new)
    return replace(tree, parts=tuple(parts))


def size(tree: Tree) -> int:
    """The number of nodes."""
    return sum(1 for _ in walk(tree))


def binds(tree: Tree) -> tuple[str, ...]:
    """The names that a node binds in its last part."""
    match tree.head:
        case "sum" | "prod":
            return (tree.data[0],)
        case "total":
            return tree.data
        case "expect":
            return tree.data
    return ()


def free(tree: Tree) -> frozenset[str]:
    """The indices and variables that are free in a tree."""
    match tree.head:
        case "entry":
            return frozenset(tree.data[1:])
        case "prob":
            return frozenset((*tree.data[1], *tree.data[2]))
    inside = frozenset[str]().union(*(free(part) for part in tree.parts))
    return inside - set(binds(tree))


def renamed(tree: Tree, old: str, new: str) -> Tree:
    """The tree with another name for a free index; `new` occurs nowhere in it."""
    if old in binds(tree):
        return tree
    data = tree.data
    if tree.head == "entry":
        data = (data[0], *(new if n == old else n for n in data[1:]))
    elif tree.head == "prob":
        data = (data[0], *(tuple(new if n == old else n for n in names) for names in data[1:]))
    return replace(tree, parts=tuple(renamed(part, old, new) for part in tree.parts), data=data)
