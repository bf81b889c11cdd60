"""Edits of one backward loop, in the order in which such errors are made: signs, factors, indices, terms, loops."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import islice

from symderiv.gradients.statements import cell_of
from symderiv.loops.derivative import backward_of, product
from symderiv.loops.notation import lines_of
from symderiv.loops.rewriting import free_variables, map_parts, substitute, substituted
from symderiv.model.program import (
    FUNCTIONS,
    MINUS_ONE,
    ONE,
    Affine,
    Atom,
    Constant,
    Expression,
    For,
    Function,
    IndexComparison,
    Loop,
    Place,
    Power,
    Product,
    Program,
    Read,
    Reduction,
    Size,
    Statement,
    Sum,
    Variable,
    combine,
    of_atom,
    operands,
    places,
    reads,
    subexpressions,
)
from symderiv.model.program import Comparison as Compared

SIGN = "its sign"

Where = int | str | tuple[int, int]
"""Where an edit is made: at a statement by its number, at the start or the end, in a sequential loop at a place."""


@dataclass(frozen=True)
class Edit:
    """A change of one parallel loop; nothing takes its place where it is left out."""

    what: str
    nodes: tuple[For, ...]


Changes = Callable[[Program, Expression, frozenset[str]], Iterator[tuple[str, Expression]]]
"""What an expression could be instead, and what is wrong with it then."""


def derived_instead(program: Program, found: Sequence[Place]) -> Iterator[tuple[Where, Edit]]:
    """Derived loops in place of statements that compute the same gradient."""
    derived = averaged_loops(program)
    for place in found:
        for other, loops in derived:
            if other.body[0].target.tensor == place.statement.target.tensor and len(loops) == len(place.loops):
                yield place.statement.number, Edit("another value is to be added", (other,))


def scope_of(place: Place) -> frozenset[str]:
    """The indices of the loops around a statement."""
    return frozenset((*place.indices, *(loop.index for loop in place.loops)))


def averaged_loops(program: Program) -> list[tuple[For, tuple[Loop, ...]]]:
    """The derived loops, with the averages that the program asks for, and the sequential loops around each."""
    result: list[tuple[For, tuple[Loop, ...]]] = []
    for place in places(backward_of(program)):
        statement = place.statement
        size = program.averaged.get(statement.target.tensor.removesuffix(".grad"))
        if size is not None:
            statement = replace(statement, value=product((Power(Size(size), Fraction(-1)), statement.value)))
        result.append((For(place.indices, (statement,)), place.loops))
    return result


def _node(indices: tuple[str, ...], statement: Statement, target: Read, value: Expression) -> tuple[For, ...]:
    return (For(indices, (replace(statement, target=target, value=value),)),)


def sign(program: Program, place: Place) -> Iterator[Edit]:
    """The sign of all that is added."""
    s = place.statement
    yield Edit(SIGN, _node(place.indices, s, s.target, product((MINUS_ONE, s.value))))


def _inner_signs(program: Program, place: Place) -> Iterator[Edit]:
    s, indices = place.statement, place.indices
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


def other_indices(program: Program, place: Place) -> Iterator[Edit]:
    """Two indices of one entry exchanged, one replaced by another of its range, or one shifted."""
    s, indices, scope = place.statement, place.indices, scope_of(place)
    entries = list(dict.fromkeys([s.target, *reads(s.value)]))
    for entry in entries:
        for changed in _other_indices(program, entry, scope, bool(place.loops)):
            target = changed if entry == s.target else s.target
            value = s.value if entry == s.target else _replaced(s.value, entry, changed)
            yield Edit(f"an index of {entry.tensor}", _node(indices, s, target, value))


def _other_indices(program: Program, entry: Read, scope: frozenset[str], is_sequential: bool) -> Iterator[Read]:
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
        for shift in (1, -1) if is_sequential or entry.indices[one].variable is None else ():
            moved = combine(entry.indices[one], Affine((), shift))
            yield Read(entry.tensor, (*entry.indices[:one], moved, *entry.indices[one + 1 :]))


def _replaced(value: Expression, old: Expression, new: Expression) -> Expression:
    return new if value == old else map_parts(value, lambda part: _replaced(part, old, new))


def _factors(program: Program, place: Place) -> Iterator[Edit]:
    """A factor left out, or one that is missing: a size, a number, an entry that occurs elsewhere in the program."""
    s, indices, scope = place.statement, place.indices, scope_of(place)
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


def _comparisons(program: Program, place: Place) -> Iterator[Edit]:
    """A comparison turned round."""
    s, indices = place.statement, place.indices
    for part in dict.fromkeys(subexpressions(s.value)):
        if isinstance(part, Compared):
            turned = Compared(part.kind, part.right, part.left)
            yield Edit(
                "a comparison is the wrong way round", _node(indices, s, s.target, _replaced(s.value, part, turned))
            )


def _changed(
    program: Program, value: Expression, scope: frozenset[str], changes: Changes
) -> Iterator[tuple[str, Expression]]:
    """An expression with changes of one kind, of the whole and of each part."""
    yield from changes(program, value, scope)
    inner = scope | set(value.indices) if isinstance(value, Reduction) else scope
    for part in operands(value):
        for what, changed in _changed(program, part, inner, changes):
            yield what, map_parts(value, partial(_exchanged, part, changed))


def additions(program: Program, value: Expression, scope: frozenset[str]) -> Iterator[tuple[str, Expression]]:
    """A factor or a term left out, or one more."""
    match value:
        case Sum(terms):
            for n in range(len(terms)):
                yield "a term is one too many", Sum((*terms[:n], *terms[n + 1 :]))
        case Product(factors):
            for n in range(len(factors)):
                yield "a factor is one too many", product((*factors[:n], *factors[n + 1 :]))
        case Constant() | Size() | IndexComparison():
            return
    known = list(_missing(program, scope))
    yield from (("a factor is missing", product((factor, value))) for factor in known)
    for term in (ONE, *known):
        yield "a term is missing", Sum((value, term))
        yield "a term is missing", Sum((value, product((MINUS_ONE, term))))


def exchanges(program: Program, value: Expression, _: frozenset[str]) -> Iterator[tuple[str, Expression]]:
    """Another number, size, power, tensor, guard or function."""
    match value:
        case Constant(number):
            for changed in (number / 2, number * 2, number - 1, number + 1):
                yield "a number in it", Constant(changed)
        case Size(name):
            yield from (("a size in it", Size(other)) for other in program.sizes if other != name)
        case Power(base, exponent, _):
            yield from (("a power in it", Power(base, other)) for other in (exponent - 1, exponent + 1, -exponent))
        case Read(tensor, indices, _):
            for other, shape in program.shapes.items():
                if other not in (tensor, *program.integers) and shape == program.shapes[tensor]:
                    yield "a tensor in it", Read(other, indices)
        case IndexComparison(kind, left, right):
            for shift in (1, -1):
                yield "a guard in it", IndexComparison(kind, combine(left, Affine((), shift)), right)
        case Function(name, arguments):
            alike = (other for other, count in FUNCTIONS.items() if count == len(arguments) and other != name)
            yield from (("a function in it", Function(other, arguments)) for other in alike)


def insertions(program: Program, names: Mapping[str, str] | None = None) -> Iterator[tuple[Where, Edit]]:
    """A derived loop that is missing: before the first loop that reads what it computes, or at the end.

    `names` are those of gradients that the program calls something else.
    """
    derived = [(_called(loop, names or {}), around) for loop, around in averaged_loops(program)]
    claimed = list(places(program.backward))
    for new in (*(loop for loop, around in derived if not around), *_seeds(program)):
        name = new.body[0].target.tensor
        what = f"a loop is missing: {lines_of((new,))[0]}"
        if not name.endswith(".grad"):
            yield "start", Edit(what, (new,))
            continue
        readers = [p for p in claimed if any(entry.tensor == name for entry in reads(p.statement.value))]
        if readers and readers[0].loops:
            yield "start", Edit(what, (new,))
        for place in readers:
            if not place.loops:
                yield place.statement.number, Edit(what, (new, For(place.indices, (place.statement,))))
                break
        else:
            yield "end", Edit(what, (new,))
    for new, around in derived:
        if len(around) == 1:
            yield from _inside_loops(program, new, around[0])


def _called(loop: For, names: Mapping[str, str]) -> For:
    """The loop with tensors that it reads called by other names."""

    def called(part: Expression) -> Expression:
        if isinstance(part, Read):
            return Read(names.get(part.tensor, part.tensor), part.indices)
        return map_parts(part, called)

    return replace(loop, body=tuple(replace(s, value=called(s.value)) for s in loop.body))


def _inside_loops(program: Program, new: For, around: Loop) -> Iterator[tuple[Where, Edit]]:
    """A derived loop that is missing in a sequential loop, at any place of its body."""
    what = f"a loop is missing: {lines_of((new,))[0]}"
    for number, loop in enumerate(program.backward):
        if isinstance(loop, Loop) and loop.range == around.range:
            values: dict[Atom, Affine] = {Variable(around.index): of_atom(Variable(loop.index))}
            (s,) = new.body
            target = Read(s.target.tensor, tuple(substituted(index, values) for index in s.target.indices))
            moved = For(new.indices, (replace(s, target=target, value=substitute(s.value, values)),))
            for position in range(len(loop.body) + 1):
                yield (number, position), Edit(what, (moved,))


def _seeds(program: Program) -> Iterator[For]:
    """Loops that add the gradient of an output to an auxiliary tensor of its shape."""
    auxiliary = {place.statement.target.tensor for place in places(program.backward)}
    for name in sorted(name for name in auxiliary if not name.endswith(".grad")):
        for output in program.outputs:
            cell = cell_of(program, output)
            is_known = [program.domains.get(index) for index in cell] == list(program.shapes[output])
            if program.shapes[output] == program.shapes[name] and cell and is_known:
                indices = tuple(of_atom(Variable(index)) for index in cell)
                value = Read(f"{output}.grad", indices)
                yield For(cell, (Statement(Read(name, indices), "+=", value),))
