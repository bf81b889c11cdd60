r"""Inner products of vectors: `\mathbf{u} \cdot \mathbf{v}` and `\langle u, v \rangle` are `u^\top v`.

Some write the dot for the product entry by entry.  Where what it makes is added to a vector, or is equal to one, no dot
of the text is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from symderiv.formulas import tree as t
from symderiv.formulas.shapes import Shapes, is_transpose

_DOT = re.compile(r"\\cdot(?![A-Za-z])")
_COMPARED = frozenset({"=", "<", ">", "<=", ">=", "!="})


def with_dot_products(trees: Mapping[int, t.Node], shapes: Shapes, text: str) -> dict[int, t.Node]:
    """The relations of a text with inner products of its vectors written as products with a row."""
    dots = _Dots(shapes, text)
    if any(dots.is_entrywise(node) for tree in trees.values() for node in t.walk(tree)):
        return dict(trees)
    return {key: dots.written_out(tree) for key, tree in trees.items()}


@dataclass(frozen=True)
class _Dots:
    shapes: Shapes
    text: str

    def written_out(self, node: t.Node) -> t.Node:
        """The tree with rows for the left factors of inner products."""
        changed = t.mapped(node, self.written_out)
        match changed:
            case t.Operation(sign=t.INNER, operands=(one, other)) if self.is_column(one) and self.is_column(other):
                return _inner(one, other)
            case t.Product(factors=factors):
                found = self._joined(self._groups(factors))
                return changed if found is None else t.Product(changed.start, changed.end, found)
            case _:
                return changed

    def is_entrywise(self, node: t.Node) -> bool:
        """True of a sum or an equation in which a product by a dot stands beside a vector."""
        match node:
            case t.Addition(terms=parts):
                kinds = {self._kind(part) for part in parts}
            case t.Sides(sides=parts, signs=signs) if set(signs) <= _COMPARED:
                kinds = {self._kind(part) for part in parts}
            case _:
                return False
        return {"column", "dot"} <= kinds

    def is_column(self, node: t.Node) -> bool:
        """True of a vector, by the names that it is made of."""
        match node:
            case t.Name():
                return self.shapes.is_column(node)
            case t.Negation(body=body) | t.Division(above=body) | t.Total(kind="sum", body=body):
                return self.is_column(body)
            case t.Addition(terms=terms):
                return all(map(self.is_column, terms))
            case t.Derivative(over=(t.Name() as by,), body=body):
                return self.shapes.is_column(by) and not self.shapes.is_matrix(body)
            case t.Product(factors=factors):
                groups = self._groups(factors)
                return len(groups) == 1 and self._is_column_of(groups[0])
            case _:
                return False

    def _kind(self, node: t.Node) -> str:
        """`column` of a vector, `dot` of what an inner product would make a number, else nothing."""
        match node:
            case t.Negation(body=body) | t.Division(above=body) | t.Total(kind="sum", body=body):
                return self._kind(body)
            case t.Addition(terms=terms):
                kinds = {self._kind(term) for term in terms}
                return next((kind for kind in ("column", "dot") if kind in kinds), "")
            case t.Product(factors=factors) if self._joined(groups := self._groups(factors)) is not None:
                return "dot" if sum(map(self._is_column_of, groups)) == 2 else "column"
            case _:
                return "column" if self.is_column(node) else ""

    def _groups(self, factors: Sequence[t.Node]) -> list[tuple[t.Node, ...]]:
        """The factors between dots."""
        groups: list[list[t.Node]] = [[factors[0]]]
        for factor, following in pairwise(factors):
            if _DOT.search(self.text, factor.end, following.start):
                groups.append([])
            groups[-1].append(following)
        return list(map(tuple, groups))

    def _is_column_of(self, group: Sequence[t.Node]) -> bool:
        """True of one vector with numbers and square matrices before it."""
        matrices = [factor for factor in group if self.shapes.is_matrix(factor) or self.is_column(factor)]
        return bool(matrices) and self.is_column(matrices[-1]) and not any(map(self._is_vector, matrices[:-1]))

    def _is_vector(self, node: t.Node) -> bool:
        """True of a column or a row."""
        return self.is_column(node.base if isinstance(node, t.Power) and is_transpose(node) else node)

    def _joined(self, groups: Sequence[tuple[t.Node, ...]]) -> tuple[t.Node, ...] | None:
        """The factors with the one inner product that they hold; None where there is none, or could be several."""
        columns = [place for place, group in enumerate(groups) if self._is_column_of(group)]
        if len(columns) != 2 or columns[1] != columns[0] + 1:
            return None
        first, second = (_product(groups[place]) for place in columns)
        before, after = (_flat(part) for part in (groups[: columns[0]], groups[columns[1] + 1 :]))
        if any(map(self.shapes.is_matrix, (*before, *after))):
            return None
        return (*before, _inner(first, second), *after)


def _flat(groups: Iterable[Sequence[t.Node]]) -> tuple[t.Node, ...]:
    return tuple(factor for group in groups for factor in group)


def _product(group: Sequence[t.Node]) -> t.Node:
    return group[0] if len(group) == 1 else t.Product(group[0].start, group[-1].end, tuple(group))


def _inner(one: t.Node, other: t.Node) -> t.Product:
    r"""`one^\top other`."""
    mark = t.Name(one.end, one.end, r"\top", r"\top", (), r"\top")
    return t.Product(one.start, other.end, (t.Power(one.start, one.end, one, mark), other))
