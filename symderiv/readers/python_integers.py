"""Integers in expressions of Python, read from their syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from symderiv.loops.notation import index_text
from symderiv.model.program import Affine, combine

NONE: Mapping[str, Affine] = {}


def integer(node: ast.expr, names: Mapping[str, Affine], lengths: Mapping[str, Affine] = NONE) -> Affine | None:
    """An integer combination of what some names stand for; None where it is something else.

    `lengths` are the values of `len` of the lists whose length is known.
    """
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return Affine((), number)
        case ast.Name(id=name):
            return names.get(name)
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)], keywords=[]):
            return lengths.get(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = integer(operand, names, lengths)
            return None if inner is None else combine(Affine(), inner, -1)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() as sign, right=right):
            one, other = integer(left, names, lengths), integer(right, names, lengths)
            if one is None or other is None:
                return None
            if isinstance(sign, ast.Mult):
                return _product(one, other)
            return combine(one, other, 1 if isinstance(sign, ast.Add) else -1)
        case _:
            return None


def _product(one: Affine, other: Affine) -> Affine | None:
    if not one.terms:
        one, other = other, one
    return None if other.terms else combine(Affine(), one, other.constant)


class Canonical(ast.NodeTransformer):
    """Replaces integers by their canonical texts, so that equal expressions are written alike."""

    def __init__(self, names: Mapping[str, Affine], lengths: Mapping[str, Affine] = NONE) -> None:
        """`lengths` are those of lists in which a negative index counts from the end."""
        self.names = names
        self.lengths = lengths

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, with integers in it replaced."""
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=place):
                index = element(name, place, self.names, self.lengths)
                return node if index is None else ast.Name(f"{name}[{index_text(index)}]")
            case ast.Name() | ast.BinOp() | ast.UnaryOp():
                found = integer(node, self.names)
                return self.generic_visit(node) if found is None else ast.Name(index_text(found))
            case _:
                return self.generic_visit(node)


def canonical(value: str, names: Mapping[str, Affine], lengths: Mapping[str, Affine] = NONE) -> str:
    """An expression, with integers in one form."""
    tree = ast.parse(value, mode="eval")
    return ast.unparse(Canonical(names, lengths).visit(tree))


def element(name: str, place: ast.expr, names: Mapping[str, Affine], lengths: Mapping[str, Affine]) -> Affine | None:
    """The index of an element of a list; None where it is no integer that is known."""
    index = integer(place, names)
    if index is not None and not index.terms and index.constant < 0 and name in lengths:
        return combine(lengths[name], index)
    return index


def elements(value: str) -> Iterator[tuple[str, ast.expr]]:
    """The elements of lists that an expression reads."""
    for node in ast.walk(ast.parse(value, mode="eval")):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            yield node.value.id, node.slice


def free_names(value: str) -> set[str]:
    """The names in an expression."""
    return {node.id for node in ast.walk(ast.parse(value, mode="eval")) if isinstance(node, ast.Name)}


def bare_names(value: str) -> set[str]:
    """The names in an expression that stand anywhere else than before an index."""
    nodes = list(ast.walk(ast.parse(value, mode="eval")))
    indexed = {id(node.value) for node in nodes if isinstance(node, ast.Subscript)}
    return {node.id for node in nodes if isinstance(node, ast.Name) and id(node) not in indexed}


PLAIN = (
    ast.Expression,
    ast.Call,
    ast.Name,
    ast.Attribute,
    ast.Constant,
    ast.Subscript,
    ast.BinOp,
    ast.UnaryOp,
    ast.Tuple,
    ast.List,
    ast.keyword,
    ast.operator,
    ast.unaryop,
    ast.expr_context,
)
"""What a value may be made of: operations and calls, of elements whose indices are integers."""


def is_plain(value: ast.expr) -> bool:
    """True of an expression that computes one node, and is made of others in a way that is seen."""
    for node in ast.walk(value):
        if not isinstance(node, PLAIN) or (isinstance(node, ast.Subscript) and not isinstance(node.value, ast.Name)):
            return False
    return True
