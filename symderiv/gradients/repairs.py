"""The smallest edit of one loop that makes all named gradients right.

Edits are tried in the order in which such errors are made: a sign, an index, a missing or an extra factor, a whole
statement.  Numbers sort them out; what remains is examined like any other program before it is offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import islice

from symderiv.gradients.comparison import Comparison, same
from symderiv.gradients.statements import cell_of
from symderiv.loops.analysis import analysed
from symderiv.loops.derivative import backward_of, number, product
from symderiv.loops.execution import Execution
from symderiv.loops.notation import lines_of
from symderiv.loops.rewriting import free_variables, map_parts
from symderiv.model.program import (
    MINUS_ONE,
    Constant,
    Expression,
    For,
    Loop,
    Node,
    Place,
    Power,
    Product,
    Program,
    Read,
    Size,
    Statement,
    Sum,
    Variable,
    of_atom,
    operands,
    places,
    reads,
    subexpressions,
)
from symderiv.model.program import Comparison as Compared

MOST = 4000
"""Edits that are tried."""
SIGN = "its sign"


@dataclass(frozen=True)
class Repair:
    """An edit after which all named gradients are right: the loop, what is done to it, and how it reads then."""

    number: int
    reason: str
    text: str
    program: Program


@dataclass(frozen=True)
class Edit:
    """A change of one parallel loop; None takes its place where it is left out."""

    what: str
    nodes: tuple[For, ...]


def repair_of(program: Program, runs: Sequence[Comparison]) -> Repair | None:
    """The first edit that makes every named gradient right, by numbers and by proof."""
    if not runs:
        return None
    from symderiv.gradients.examination import is_right

    for place, edit in islice(_likely_first(program, runs), MOST):
        edited = _edited(program, place, edit)
        if all(_agrees(edited, run) for run in runs) and not analysed(edited) and is_right(edited):
            label = place if isinstance(place, int) else 0
            text = "; ".join(line for node in edit.nodes for line in lines_of((node,)))
            is_missing = edit.what.startswith("a loop is missing")
            reason = edit.what if is_missing or not label else f"loop {label} is wrong: {edit.what}"
            if edit.what == SIGN:
                reason += "".join(f", or that of loop {n}" for n in _signs_that_mend(program, runs) if n != label)
            return Repair(label, reason, text, edited)
    return None


def other_indices(program: Program) -> Iterator[Repair]:
    """The program with other indices in one entry of one backward loop."""
    for place in places(program.backward):
        scope = frozenset((*place.indices, *(loop.index for loop in place.loops)))
        for edit in _indices(program, place.statement, place.indices, scope):
            label = place.statement.number
            text = "; ".join(line for node in edit.nodes for line in lines_of((node,)))
            yield Repair(label, f"loop {label} is wrong: {edit.what}", text, _edited(program, label, edit))


def _signs_that_mend(program: Program, runs: Sequence[Comparison]) -> Iterator[int]:
    """The loops of which each could be turned to make all named gradients right, by numbers."""
    for place in places(program.backward):
        (edit,) = _sign(program, place.statement, place.indices, frozenset())
        edited = _edited(program, place.statement.number, edit)
        if all(_agrees(edited, run) for run in runs):
            yield place.statement.number


def _edited(program: Program, place: int | str, edit: Edit) -> Program:
    """The program with an edit made: at a statement by its number, at the start or at the end."""
    match place:
        case "start":
            loops = (*edit.nodes, *program.backward)
        case "end":
            loops = (*program.backward, *edit.nodes)
        case _:
            loops = _with(program.backward, place, edit.nodes)
    return replace(program, backward=number(loops))


def _likely_first(program: Program, runs: Sequence[Comparison]) -> Iterator[tuple[int | str, Edit]]:
    """All edits: of loops that compute a wrong gradient or an auxiliary tensor, then of the other ones."""
    right = {f"{name}.grad" for name in program.shapes} - {name for run in runs for name in run.differing()}
    found = list(places(program.backward))
    suspects = [place for place in found if place.statement.target.tensor not in right]
    suspects.sort(key=lambda place: not place.statement.target.tensor.endswith(".grad"))
    yield from _edits(program, suspects)
    yield from _insertions(program, [other for other, depth in averaged_loops(program) if depth == 0])
    yield from _edits(program, [place for place in found if place.statement.target.tensor in right])


def _agrees(program: Program, run: Comparison) -> bool:
    """True where all named gradients come out right on numbers."""
    forward = Execution(program, run.data.sizes, run.data.arrays())
    arrays = {name: array.copy() for name, array in run.claimed.arrays.items() if name in _kept(program, run)}
    forward.arrays.update(arrays)
    try:
        forward.run(program.backward)
    except (KeyError, ValueError, IndexError):
        return False
    return all(same(forward.array(f"{name}.grad"), run.gradient(name)) for name, _ in program.named)


def _kept(program: Program, run: Comparison) -> set[str]:
    """What the forward part has computed: it need not run again."""
    return {place.statement.target.tensor for place in places(program.forward)}


def _with(nodes: tuple[Node, ...], place: int | str, by: tuple[For, ...]) -> tuple[Node, ...]:
    """The loops with one replaced, or, where `place` is no number, with more at the end."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Loop):
            result.append(replace(node, body=_with(node.body, place, by)))
        elif len(node.body) == 1 and node.body[0].number == place:
            result.extend(by)
        else:
            result.append(node)
    return tuple(result)


def _edits(program: Program, found: Sequence[Place]) -> Iterator[tuple[int | str, Edit]]:
    for kind in (_sign, _factors, _indices, _comparisons, _inner_signs):
        for place in found:
            scope = frozenset((*place.indices, *(loop.index for loop in place.loops)))
            for edit in kind(program, place.statement, place.indices, scope):
                yield place.statement.number, edit
    derived = averaged_loops(program)
    for place in found:
        for other, depth in derived:
            if other.body[0].target.tensor == place.statement.target.tensor and depth == len(place.loops):
                yield place.statement.number, Edit("another value is to be added", (other,))
    for place in found:
        yield place.statement.number, Edit("it is one too many", ())


def averaged_loops(program: Program) -> list[tuple[For, int]]:
    """The derived loops, with the averages that the program asks for, and how many sequential loops are around each."""
    result: list[tuple[For, int]] = []
    for place in places(backward_of(program)):
        statement = place.statement
        size = program.averaged.get(statement.target.tensor.removesuffix(".grad"))
        if size is not None:
            statement = replace(statement, value=product((Power(Size(size), Fraction(-1)), statement.value)))
        result.append((For(place.indices, (statement,)), len(place.loops)))
    return result


def _node(indices: tuple[str, ...], statement: Statement, target: Read, value: Expression) -> tuple[For, ...]:
    return (For(indices, (replace(statement, target=target, value=value),)),)


def _sign(program: Program, s: Statement, indices: tuple[str, ...], scope: frozenset[str]) -> Iterator[Edit]:
    yield Edit(SIGN, _node(indices, s, s.target, product((MINUS_ONE, s.value))))


def _inner_signs(program: Program, s: Statement, indices: tuple[str, ...], scope: frozenset[str]) -> Iterator[Edit]:
    for changed in islice(_turned(s.value), 10):
        yield Edit("a sign in it", _node(indices, s, s.target, changed))


def _turned(value: Expression) -> Iterator[Expression]:
    """The expression with one term of a sum in it turned."""
    if isinstance(value, Sum):
        for position, term in enumerate(value.terms):
            turned = product((MINUS_ONE, term))
            yield Sum((*value.terms[:position], turned, *value.terms[position + 1 :]))
    for part in operands(value):
        for changed in _turned(part):
            yield map_parts(value, partial(_exchanged, part, changed))


def _exchanged(old: Expression, new: Expression, part: Expression) -> Expression:
    return new if part is old else part


def _indices(program: Program, s: Statement, indices: tuple[str, ...], scope: frozenset[str]) -> Iterator[Edit]:
    """Two indices of one entry exchanged, or one replaced by another of its range."""
    entries = list(dict.fromkeys([s.target, *reads(s.value)]))
    for entry in entries:
        for changed in _other_indices(program, entry, scope):
            target = changed if entry == s.target else s.target
            value = s.value if entry == s.target else _replaced(s.value, entry, changed)
            yield Edit(f"an index of {entry.tensor}", _node(indices, s, target, value))


def _other_indices(program: Program, entry: Read, scope: frozenset[str]) -> Iterator[Read]:
    count = len(entry.indices)
    for one in range(count):
        for other in range(one + 1, count):
            exchanged = list(entry.indices)
            exchanged[one], exchanged[other] = exchanged[other], exchanged[one]
            yield Read(entry.tensor, tuple(exchanged))
        for name in sorted(scope):
            if program.domains[name] == program.shapes[entry.tensor][one] and entry.indices[one] != of_atom(
                Variable(name)
            ):
                yield Read(entry.tensor, (*entry.indices[:one], of_atom(Variable(name)), *entry.indices[one + 1 :]))


def _replaced(value: Expression, old: Expression, new: Expression) -> Expression:
    return new if value == old else map_parts(value, lambda part: _replaced(part, old, new))


def _factors(program: Program, s: Statement, indices: tuple[str, ...], scope: frozenset[str]) -> Iterator[Edit]:
    """A factor left out, or one that is missing: a size, a number, an entry that occurs elsewhere in the program."""
    factors = s.value.factors if isinstance(s.value, Product) else (s.value,)
    for position, factor in enumerate(factors):
        if factor != MINUS_ONE:
            rest = product((*factors[:position], *factors[position + 1 :]))
            yield Edit("a factor is one too many", _node(indices, s, s.target, rest))
    for factor in _missing(program, scope):
        yield Edit("a factor is missing", _node(indices, s, s.target, product((factor, s.value))))


def _missing(program: Program, scope: frozenset[str]) -> Iterator[Expression]:
    for size in program.sizes:
        yield Power(Size(size), Fraction(-1))
        yield Size(size)
    yield Constant(Fraction(2))
    yield Constant(Fraction(1, 2))
    found: dict[Expression, None] = {}
    for nodes in (program.backward, backward_of(program)):
        for place in places(nodes):
            for factor in _factors_of(place.statement.value):
                if free_variables(factor) <= scope and not isinstance(factor, Constant | Size):
                    found.setdefault(factor)
    known = set(program.shapes)
    for entry in _entries_in(program, scope):
        found.setdefault(entry)
        found.setdefault(Power(entry, Fraction(-1)))
    for factor in found:
        if all(entry.tensor in known for entry in reads(factor)):
            yield factor


def _entries_in(program: Program, scope: frozenset[str]) -> Iterator[Read]:
    """The entries of tensors whose indices are in scope, each tensor once."""
    for tensor, shape in program.shapes.items():
        if tensor in program.integers:
            continue
        chosen: list[str] = []
        for size in shape:
            fitting = (name for name in sorted(scope) if program.domains[name] == size and name not in chosen)
            chosen.extend([next(fitting, "")])
        if "" not in chosen:
            yield Read(tensor, tuple(of_atom(Variable(name)) for name in chosen))


def _factors_of(value: Expression) -> Iterator[Expression]:
    if isinstance(value, Product):
        for factor in value.factors:
            yield from _factors_of(factor)
    else:
        yield value


def _comparisons(program: Program, s: Statement, indices: tuple[str, ...], scope: frozenset[str]) -> Iterator[Edit]:
    """A comparison turned round."""
    for part in dict.fromkeys(subexpressions(s.value)):
        if isinstance(part, Compared):
            turned = Compared(part.kind, part.right, part.left)
            yield Edit(
                "a comparison is the wrong way round", _node(indices, s, s.target, _replaced(s.value, part, turned))
            )


def _insertions(program: Program, derived: Sequence[For]) -> Iterator[tuple[int | str, Edit]]:
    """A derived loop that is missing, before the first loop that reads what it computes, or at the end."""
    claimed = list(places(program.backward))
    for new in (*derived, *_seeds(program)):
        name = new.body[0].target.tensor
        what = f"a loop is missing: {lines_of((new,))[0]}"
        if not name.endswith(".grad"):
            yield "start", Edit(what, (new,))
            continue
        for place in claimed:
            if not place.loops and any(entry.tensor == name for entry in reads(place.statement.value)):
                yield place.statement.number, Edit(what, (new, For(place.indices, (place.statement,))))
                break
        else:
            yield "end", Edit(what, (new,))


def _seeds(program: Program) -> Iterator[For]:
    """Loops that add the gradient of an output to an auxiliary tensor of its shape."""
    auxiliary = {place.statement.target.tensor for place in places(program.backward)}
    for name in sorted(name for name in auxiliary if not name.endswith(".grad")):
        for output in program.outputs:
            cell = cell_of(program, output)
            if program.shapes[output] == program.shapes[name] and cell:
                indices = tuple(of_atom(Variable(index)) for index in cell)
                value = Read(f"{output}.grad", indices)
                yield For(cell, (Statement(Read(name, indices), "+=", value),))
