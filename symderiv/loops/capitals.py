"""Sums that are written by a capital index: `W[j,I] * h[b,I]` is a sum over i.

A capital stands for the sum where it is repeated in a product at axes of that size; elsewhere it is the size itself,
as in `h[T,j]`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from symderiv.loops.rewriting import map_parts
from symderiv.model.program import (
    Affine,
    Expression,
    For,
    Loop,
    Node,
    Product,
    Program,
    Read,
    Reduction,
    SizeOf,
    Variable,
    of_atom,
    subexpressions,
)


def summed(program: Program) -> Program:
    """The program with these sums written out."""
    return _Capitals(program).program()


class _Capitals:
    def __init__(self, program: Program) -> None:
        self.source = program
        self.domains = dict(program.domains)

    def program(self) -> Program:
        forward, backward = (self.nodes(nodes, ()) for nodes in (self.source.forward, self.source.backward))
        return replace(self.source, forward=forward, backward=backward, domains=self.domains)

    def nodes(self, nodes: tuple[Node, ...], outside: tuple[str, ...]) -> tuple[Node, ...]:
        result: list[Node] = []
        for node in nodes:
            if isinstance(node, Loop):
                result.append(replace(node, body=self.nodes(node.body, (*outside, node.index))))
            else:
                scope = (*outside, *node.indices)
                body = tuple(replace(s, value=self.value(s.value, scope)) for s in node.body)
                result.append(For(node.indices, body, node.span))
        return tuple(result)

    def value(self, expression: Expression, scope: tuple[str, ...]) -> Expression:
        inner = (*scope, *expression.indices) if isinstance(expression, Reduction) else scope
        expression = map_parts(expression, lambda part: self.value(part, inner))
        if not isinstance(expression, Product | Read):
            return expression
        own = set(self.repeated(expression, is_own=True))
        for size in [size for size, count in Counter(self.repeated(expression)).items() if count > 1 and size in own]:
            index = self.fresh(size, (*scope, *bound(expression)))
            expression = Reduction((index,), self.replaced(expression, size, of_atom(Variable(index))))
        return expression

    def repeated(self, expression: Expression, is_own: bool = False) -> Iterator[str]:
        """The sizes that stand as indices of axes of that size, or of a wrong one, one for each place."""
        for part in subexpressions(expression):
            if isinstance(part, Read):
                for index, axis in zip(part.indices, self.source.shapes.get(part.tensor, ()), strict=False):
                    size = self.standing(index, axis)
                    if size is not None and (size == axis or not is_own):
                        yield size

    def standing(self, index: Affine, axis: str) -> str | None:
        """The size that is an index of its own axis, or of one of another size that has nothing to do with it.

        As a size it lies outside of both; as a sum it is known in which tensor the index is wrong.
        """
        match index.terms:
            case ((SizeOf(size), 1),) if index.constant == 0:
                sizes = self.source.sizes
                is_wrong = all(name in sizes and sizes[name] is None for name in (size, axis))
                return size if size == axis or is_wrong else None
        return None

    def replaced(self, expression: Expression, size: str, by: Affine) -> Expression:
        if isinstance(expression, Read):
            shape = self.source.shapes.get(expression.tensor, ())
            axes = (*shape, *("" for _ in expression.indices[len(shape) :]))
            pairs = zip(expression.indices, axes, strict=True)
            indices = tuple(by if self.standing(i, axis) == size else i for i, axis in pairs)
            return Read(expression.tensor, indices, expression.span)
        return map_parts(expression, lambda part: self.replaced(part, size, by))

    def fresh(self, size: str, scope: tuple[str, ...]) -> str:
        """A name for an index of that range, which nothing around it has."""
        name = size.lower()
        while name in scope or self.domains.get(name, size) != size:
            name += "'"
        self.domains[name] = size
        return name


def bound(expression: Expression) -> tuple[str, ...]:
    """The indices that sums in an expression bind."""
    return tuple(i for part in subexpressions(expression) if isinstance(part, Reduction) for i in part.indices)
