"""Conditions as a reader says them: relations between indices, which are tensors in the kernel, as equations."""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.kernel import terms as k
from symderiv.kernel.facts import head_of
from symderiv.loops.relations import Shape
from symderiv.model.program import SizeOf

Shapes = Mapping[str, Shape]


def in_words(condition: k.Term, shapes: Shapes) -> k.Term:
    """The condition with `[s = t] > 0` as `s = t`, and `1 - [s = t] != 0` as `s != t`.  It is printed, never proved."""
    stated = _stated(condition, shapes) if isinstance(condition, k.Relation) else None
    if stated is not None:
        return stated
    shape = shapes.get(head_of(condition) or "")
    if shape is not None:
        sign = "=" if shape.kind == "==" else r"\geq"
        return k.Apply(rf"\left[{{0}} {sign} {{1}}\right]|", _sides(shape, condition.children))
    return k.rebuild(condition, (in_words(part, shapes) for part in condition.children))


def _stated(relation: k.Relation, shapes: Shapes) -> k.Relation | None:
    """What a relation says of indices where it says that a tensor of zeros and ones is 1, or that it is 0."""
    for part in k.subterms(relation):
        shape = shapes.get(head_of(part) or "")
        if shape is not None:
            left, right = _sides(shape, part.children)
            if relation == k.positive(part):
                return k.Relation("=", left, right) if shape.kind == "==" else k.Relation("<=", right, left)
            if relation == k.nonzero(k.subtract(k.ONE, part)):
                return k.Relation("!=" if shape.kind == "==" else "<", left, right)
    return None


def _sides(shape: Shape, indices: tuple[k.Term, ...]) -> tuple[k.Term, k.Term]:
    """The sides of a relation between indices, without minus signs; an equation has an index on the left."""
    parts = [*zip(shape.coefficients, indices, strict=True)]
    turn = -1 if shape.kind == "==" and all(coefficient < 0 for coefficient, _ in parts) else 1
    parts += [(c, k.Size(atom.name)) for atom, c in shape.rest.terms if isinstance(atom, SizeOf)]
    parts = [(turn * coefficient, term) for coefficient, term in parts]
    constant = turn * shape.rest.constant
    left = _total([(c, term) for c, term in parts if c > 0], max(constant, 0))
    right = _total([(-c, term) for c, term in parts if c < 0], max(-constant, 0))
    return left, right


def _total(parts: list[tuple[int, k.Term]], constant: int) -> k.Term:
    terms = [term if c == 1 else k.Multiply((k.number(c), term)) for c, term in parts]
    if constant or not terms:
        terms.append(k.number(constant))
    return terms[0] if len(terms) == 1 else k.Add(tuple(terms))
