"""The equations that a claimed gradient has to satisfy.

The gradients of a program satisfy one system of equations, one for each tensor, that the order of execution makes well
founded: the gradient of a tensor is given, plus what every reader of the tensor passes back.  So tensors that satisfy
the same equations are the gradients.  `Claims` says which tensor of the claimed program plays the part of which
gradient; gradients that no tensor plays keep a name of their own, the total of the tensor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from symderiv.kernel import terms as k
from symderiv.kernel.facts import head_of
from symderiv.kernel.terms import subterms
from symderiv.language.encode import Fact, Unfolding
from symderiv.loops.derivative import backward_of
from symderiv.loops.equations import EQUAL, STEP, Edge, Encoder, is_smooth, two_sided
from symderiv.loops.integers import Integers
from symderiv.loops.relations import RULE, Arithmetic, Shape
from symderiv.model.program import Node, Program, Read, places


@dataclass(frozen=True)
class Claims:
    """For each tensor the one of the claimed program that is its gradient (`x` by `x.grad`).

    Some may be right except at one end of an axis, which `but` names: there the gradient is what it is, unclaimed.
    """

    played_by: Mapping[str, str]
    but: Mapping[str, Edge] = field(default_factory=dict)


@dataclass(eq=False)
class System:
    """The equations of one program and of the gradients that it claims; the `derived` loops may be given in a form."""

    program: Program
    claims: Claims
    expand: bool = False
    derived: tuple[Node, ...] = ()
    _definitions: dict[str, k.Term | None] = field(default_factory=dict)
    _laws: dict[tuple[str, ...], tuple[Fact, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.integers = Integers(self.program)
        self.derived = self.derived or backward_of(self.program)
        self.forward_tensors = targets(self.program.forward)
        self.backward_tensors = targets(self.program.backward)
        self.derived_tensors = targets(self.derived)
        names = {f"{name}.grad": self.total(name) for name in self.differentiated()}
        self.claimed = Encoder(self.program, self.integers, {}, self.expand)
        edges = {f"{tensor}.grad": (edge, f"{tensor}.total") for tensor, edge in self.claims.but.items()}
        self.derivation = Encoder(self.program, self.integers, names, self.expand, edges)

    def differentiated(self) -> Iterator[str]:
        """The tensors that have a gradient."""
        for name in self.program.shapes:
            if not name.endswith(".grad") and name not in self.program.integers:
                yield name

    def total(self, tensor: str) -> str:
        """The name of the gradient of a tensor in the derived equations."""
        played = self.claims.played_by.get(tensor)
        if played is not None:
            return played
        if f"{tensor}.grad" not in self.derived_tensors and tensor in self.program.outputs:
            return self.given(tensor)
        return f"{tensor}.total"

    def given(self, output: str) -> str:
        """The name of the gradient of an output that is given: it is added to where the program computes it too."""
        name = f"{output}.grad"
        return f"{name} given" if name in self.backward_tensors else name

    def body(self, name: str) -> tuple[tuple[k.Index, ...], k.Term] | None:
        """What a tensor is at a cell."""
        proposition = self.definition(name)
        cell = self.claimed.cell(name)
        for index in cell:
            if isinstance(proposition, k.Forall):
                proposition = k.instantiate(proposition.body, index)
        return (cell, proposition.right) if isinstance(proposition, k.Relation) else None

    def conclusion(self, tensor: str, claimed: str) -> k.Relation:
        """The equation that the claimed gradient of a tensor has to satisfy."""
        cell = self.claimed.cell(tensor)
        right = self.gradient(tensor, cell)
        size = self.program.averaged.get(tensor)
        if size is not None and claimed == f"{tensor}.grad":
            right = k.Multiply((k.Power(k.Size(size), Fraction(-1)), right))
        left = self.claimed.entry(claimed, cell)
        return k.Relation("=", *(self.within(tensor, claimed, cell, side) for side in (left, right)))

    def within(self, tensor: str, claimed: str, cell: tuple[k.Index, ...], side: k.Term) -> k.Term:
        """A side of an equation at the cells of which something is claimed."""
        edge = self.claims.but.get(tensor)
        if edge is None or self.claims.played_by[tensor] != claimed:
            return side
        return k.Multiply((k.subtract(k.ONE, self.derivation.at_edge(edge, cell)), side))

    def gradient(self, tensor: str, cell: tuple[k.Index, ...]) -> k.Term:
        """What is given of a gradient, and what the readers of the tensor pass back."""
        right = self.derivation.computed(self.derived, f"{tensor}.grad", cell)
        parts = list(right.terms) if isinstance(right, k.Add) else [right] if right is not None else []
        if tensor in self.program.outputs:
            parts.insert(0, self.claimed.entry(self.given(tensor), cell))
        return parts[0] if len(parts) == 1 else k.Add(tuple(parts))

    def definition(self, name: str) -> k.Term | None:
        """The equation that defines a tensor by its name in the kernel; None where there is none."""
        if name not in self._definitions:
            self._definitions[name] = self._defined(name)
        return self._definitions[name]

    def _defined(self, name: str) -> k.Term | None:
        if name.endswith(".total"):
            tensor = name[: -len(".total")]
            cell = self.claimed.cell(tensor)
            body: k.Term | None = self.gradient(tensor, cell)
        elif self.is_one(name):
            cell = self.claimed.cell(name.removesuffix(" given"))
            body = k.ONE
        elif name in self.backward_tensors:
            cell = self.claimed.cell(name)
            body = self.claimed.computed(self.program.backward, name, cell)
            output = name.removesuffix(".grad")
            if body is not None and name.endswith(".grad") and output in self.program.outputs:
                body = k.Add((self.claimed.entry(self.given(output), cell), body))
        elif self.is_untouched(name):
            cell = self.claimed.cell(name)
            body = k.ZERO
        elif name in self.forward_tensors:
            cell = self.claimed.cell(name)
            body = self.claimed.computed(self.program.forward, name, cell)
        else:
            return None
        if body is None:
            return None
        return k.forall(cell, k.Relation("=", self.claimed.entry(name, cell), body))

    def is_one(self, name: str) -> bool:
        """True of the given gradient of an output where it is 1."""
        return any(name == self.given(output) for output in self.program.unit)

    def is_backward(self, name: str) -> bool:
        """True of what only the backward part or the derivation has."""
        computed = name.endswith(".total") or name in self.backward_tensors
        return computed or self.is_one(name) or self.is_untouched(name)

    def is_smooth(self, term: k.Term) -> bool:
        """True of a term that reads no tensor with kinks."""
        heads = {head_of(part) or "" for part in subterms(term) if isinstance(part, k.Entry | k.Symbol)}
        return all(not name.endswith(".total") and is_smooth(self.program, Read(name, ())) for name in heads)

    def is_untouched(self, name: str) -> bool:
        """True of a named gradient that no loop adds to: it stays 0."""
        named = {f"{tensor}.grad" for tensor, _ in self.program.named if tensor not in self.program.outputs}
        return name in named and name not in self.backward_tensors

    def facts(self, terms: list[k.Term]) -> list[Fact]:
        """What holds of sizes, relations and comparisons, and what the program assumes, as far as `terms` need it."""
        found = [Fact(p, "hypothesis", "") for p in self.assumptions]
        heads = {head_of(part) for term in terms for part in subterms(term)}
        for size, value in self.program.sizes.items():
            if value is not None:
                parts = [k.Multiply((k.number(c), k.Size(getattr(a, "name", "")))) for a, c in value.terms]
                right = k.Add((*parts, k.number(value.constant)))
                found.append(Fact(k.Relation("=", k.Size(size), right), "hypothesis", ""))
        shapes = {**self.claimed.shapes, **self.derivation.shapes}
        used = [shape for name, shape in shapes.items() if name in heads]
        found += self._arithmetic(used)
        found += [
            Fact(p, "loops.indicator", "") for name in (STEP, EQUAL) if name in heads for p in indicator_facts(name)
        ]
        return found

    def _arithmetic(self, shapes: list[Shape]) -> tuple[Fact, ...]:
        """What integer sets say about some relations; the same ones are asked about again and again."""
        names = tuple(shape.name for shape in shapes)
        if names not in self._laws:
            self._laws[names] = tuple(Fact(p, RULE, "") for p in Arithmetic(self.integers, shapes).facts())
        return self._laws[names]

    @cached_property
    def assumptions(self) -> tuple[k.Term, ...]:
        """What the program assumes, for all values of the indices."""
        found = []
        for relation in self.program.assumptions:
            encoder = Encoder(self.program, self.integers, {}, self.expand)
            left, right = encoder.side(relation.left), encoder.side(relation.right)
            kind = {">=": "<=", ">": "<", "==": "=", "!=": "!="}[relation.kind]
            stated = k.Relation(kind, right, left) if kind in ("<=", "<") else k.Relation(kind, left, right)
            free = sorted((n for n in stated.free if isinstance(n, k.Index)), key=k.key)
            found.append(k.forall(free, stated))
        return tuple(found)


def indicator_facts(name: str) -> Iterator[k.Term]:
    """An indicator is its own square; a number times the indicator that it is positive is positive where it is.

    So neither `relu(t)` nor `abs(t)` is negative, nor is `min(t, 0)` positive, however `kinked` writes them.
    """
    t = k.Symbol("t")
    whole = k.Apply(name, (t,))
    yield k.forall([t], k.Relation("=", k.Multiply((whole, whole)), whole))
    if name == STEP:
        yield k.forall([t], k.Relation("=", k.Apply(name, (k.Multiply((t, whole)),)), whole))
        below = k.Apply(name, (k.negate(t),))
        for wins in (whole, k.subtract(k.ONE, below)):
            for rectified in (k.Multiply((t, wins)), k.Multiply((t, two_sided(wins)))):
                yield k.forall([t], k.Relation("<=", k.ZERO, rectified))
        for wins in (below, k.subtract(k.ONE, whole)):
            yield k.forall([t], k.Relation("<=", k.Multiply((t, wins)), k.ZERO))


def targets(nodes: tuple[Node, ...]) -> frozenset[str]:
    """The tensors that a block computes."""
    return frozenset(place.statement.target.tensor for place in places(nodes))


def unfolding(name: str, proposition: k.Term, stage: int) -> Unfolding:
    """A definition for the provers."""
    return Unfolding(name, proposition, "loops.statement", name, stage)
