"""Entries of the forward part replaced by what is written to them, where no definition can be unfolded.

A recurrence has none, since it leads back to itself; where each cell is written once, one step of it can be taken:
`1 - h[t,j]^2` inside of the loop over t becomes `1 - tanh(a[t,j])^2`.  So it can where a tensor is put together of
parts, as by `y[b,j+J] = sqrt(v[b,j])`.  And `[h[b,j] > 0]` becomes `[a[b,j] > 0]` where `h[b,j]` is `relu(a[b,j])` or
`max(a[b,j], 0)`, whatever `a[b,j]` is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symderiv.loops.accesses import Access, Accesses
from symderiv.loops.capitals import bound
from symderiv.loops.derivative import backward_of
from symderiv.loops.integers import Constraint, Integers, equal
from symderiv.loops.rewriting import map_parts, substitute, substituted, variables
from symderiv.model.program import (
    ONE,
    ZERO,
    Affine,
    Atom,
    Comparison,
    Expression,
    For,
    Function,
    Loop,
    Node,
    Place,
    Program,
    Read,
    Reduction,
    SizeOf,
    Variable,
    combine,
    of_atom,
    places,
    reads,
)


def inlined(program: Program) -> Program:
    """The program with such entries replaced in its backward part; the program itself where there are none."""
    found = [p for p in places(program.forward) if _is_partial(p) or _rectified(p.statement.value) is not None]
    computed = {place.statement.target.tensor for place in found}
    if not computed & {entry.tensor for p in places(program.backward) for entry in reads(p.statement.value)}:
        return program
    return _inlining(program).program()


def inlined_beside(program: Program) -> tuple[Program, tuple[Node, ...]]:
    """The same, and the derived loops with such entries replaced too.

    Where `h[2*t]` is `tanh(a[t])`, a derivative `1 - tanh(a[t])^2` and a factor `h[2*t]` are then of one kind.
    """
    inlining = _inlining(program)
    derived = inlining.nodes(backward_of(program))
    return inlining.program(), derived


def inlined_carried(program: Program) -> tuple[Program, tuple[Node, ...]]:
    """The same for entries of tensors alone that one iteration hands to the next.

    What is computed from these within an iteration keeps its name: where `h[t]` is `h[t-1] / s[t]`, so does `s[t]`.
    """
    carried = {
        entry.tensor
        for place in places(program.forward)
        for entry in reads(place.statement.value)
        if any(index.constant and loop.index in variables(index) for loop in place.loops for index in entry.indices)
    }
    inlining = _inlining(program)
    inlining.partial &= carried
    return inlining.program(), inlining.nodes(backward_of(program))


def _inlining(program: Program) -> _Inlining:
    return _Inlining(program, frozenset(p.statement.target.tensor for p in places(program.forward) if _is_partial(p)))


def _is_partial(place: Place) -> bool:
    """True of a statement that writes some cells of a tensor only, as far as one can see."""
    return bool(place.loops) or any(index.variable is None for index in place.statement.target.indices)


def _solved(own: Affine, other: Affine) -> tuple[Variable, Affine] | None:
    """The one variable of an index, and what it is where the index is another one, as in `2 t + 1 = 2 s - 1`."""
    unknown = [(atom, factor) for atom, factor in own.terms if not isinstance(atom, SizeOf)]
    match unknown:
        case [(Variable() as variable, factor)]:
            gap = combine(other, combine(own, of_atom(variable), -factor), -1)
            if any(number % factor for number in (gap.constant, *(c for _, c in gap.terms))):
                return None
            return variable, Affine(tuple((atom, c // factor) for atom, c in gap.terms), gap.constant // factor)
        case _:
            return None


def _rectified(value: Expression) -> Expression | None:
    """What an expression is the positive part of, if it is one."""
    match value:
        case Function("relu", (inner,)):
            return inner
        case Function("max", (one, other)) if ZERO in (one, other):
            return other if one == ZERO else one
        case _:
            return None


class _Inlining:
    def __init__(self, program: Program, partial: frozenset[str]) -> None:
        self.source = program
        self.partial = partial
        self.integers = Integers(program)
        self.accesses = Accesses(program)
        self.written = list(self.accesses.written(program.forward))
        self.domains = dict(program.domains)

    def program(self) -> Program:
        """The program with entries replaced in its backward part."""
        backward = self.nodes(self.source.backward)
        return replace(self.source, backward=backward, domains=self.domains)

    def nodes(self, nodes: Sequence[Node], loops: tuple[Loop, ...] = ()) -> tuple[Node, ...]:
        """Loops with entries replaced, inside of others."""
        result: list[Node] = []
        for node in nodes:
            if isinstance(node, Loop):
                result.append(replace(node, body=self.nodes(node.body, (*loops, node))))
                continue
            body = []
            for s in node.body:
                names, known = self.accesses.around(Place(s, node.indices, loops, ()))
                body.append(replace(s, value=self._value(s.value, names, known, False)))
            result.append(For(node.indices, tuple(body), node.span))
        return tuple(result)

    def _value(
        self, expression: Expression, names: tuple[str, ...], known: tuple[Constraint, ...], compares: bool
    ) -> Expression:
        match expression:
            case Read() if expression.tensor in self.partial or compares:
                step = self._step(expression, names, known)
                wanted = step is not None and (expression.tensor in self.partial or _rectified(step) is not None)
                return step if step is not None and wanted else expression
            case Reduction(indices, _):
                names = (*names, *indices)
                known = self.accesses.known_within(indices, known)
            case Comparison():
                compares = True
        return _unrectified(map_parts(expression, lambda part: self._value(part, names, known, compares)))

    def _step(self, entry: Read, names: tuple[str, ...], known: tuple[Constraint, ...]) -> Expression | None:
        """What is written to an entry, where one statement alone writes it, always."""
        writers = [w for w in self.written if w.entry.tensor == entry.tensor and self._reaches(w, entry, known)]
        if len(writers) != 1 or writers[0].place.statement.operator == "max=":
            return None
        place = writers[0].place
        values: dict[Atom, Affine] = {}
        for own, other in zip(writers[0].entry.indices, entry.indices, strict=True):
            is_fixed = all(isinstance(atom, SizeOf) for atom, _ in own.terms)
            if is_fixed and self.integers.implies(known, equal(own, other)):
                continue
            found = _solved(own, other)
            if found is None or found[0] in values:
                return None
            values[found[0]] = found[1]
        if any(Variable(loop.index) not in values for loop in place.loops):
            return None
        for constraint in writers[0].constraints:
            mentioned = {atom for atom, _ in constraint.expression.terms if isinstance(atom, Variable)}
            wanted = Constraint(substituted(constraint.expression, values), constraint.kind)
            if mentioned <= set(values) and not self.integers.implies(known, wanted):
                return None
        summed = tuple(index for index in place.indices if Variable(index) not in values)
        value = Reduction(summed, place.statement.value) if summed else place.statement.value
        return substitute(self._apart(value, (*names, *bound(value))), values)

    def _reaches(self, write: Access, entry: Read, known: tuple[Constraint, ...]) -> bool:
        other = write.renamed("~")
        same = [equal(a, b) for a, b in zip(other.entry.indices, entry.indices, strict=True)]
        return self.integers.find((), [(*known, *other.constraints, *same)]) is not None

    def _apart(self, value: Expression, taken: tuple[str, ...]) -> Expression:
        """The expression with its own sums over indices that are called like nothing else."""
        if not isinstance(value, Reduction):
            return map_parts(value, lambda part: self._apart(part, taken))
        changed: dict[Atom, Affine] = {}
        fresh: list[str] = []
        for index in value.indices:
            name = f"{index}'"
            while name in taken or name in fresh or self.domains.get(name, self.domains[index]) != self.domains[index]:
                name += "'"
            self.domains[name] = self.domains[index]
            fresh.append(name)
            changed[Variable(index)] = of_atom(Variable(name))
        body = substitute(value.body, changed)
        return Reduction(tuple(fresh), self._apart(body, (*taken, *fresh)))


def _unrectified(expression: Expression) -> Expression:
    """`relu(a) > 0` where `a > 0`; and no rectified number is negative."""
    if not isinstance(expression, Comparison):
        return expression
    kind, left, right = expression.kind, expression.left, expression.right
    if right == ZERO and (inner := _rectified(left)) is not None and kind in (">", ">="):
        return Comparison(">", inner, ZERO) if kind == ">" else ONE
    if left == ZERO and (inner := _rectified(right)) is not None and kind in (">", ">="):
        return Comparison(">=", ZERO, inner) if kind == ">=" else ZERO
    return expression
