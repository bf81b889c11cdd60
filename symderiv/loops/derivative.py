"""Reverse mode on loops: for every entry that a statement reads, a loop that adds to the gradient of its tensor.

The gradient of a computed tensor is complete when all its readers have been passed, so the statements are taken in
reverse order, and sequential loops run the other way.  Maxima and kinks are differentiated almost everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from symderiv.loops.rewriting import map_parts
from symderiv.model.program import (
    MINUS_ONE,
    ONE,
    ZERO,
    Comparison,
    Constant,
    Expression,
    For,
    Function,
    Loop,
    Node,
    Place,
    Power,
    Product,
    Program,
    Range,
    Read,
    Reduction,
    Statement,
    Sum,
    places,
)

Part = tuple[Read, tuple[Expression, ...], tuple[str, ...]]
"""An entry that is read, the factors of the derivative with respect to it, the sums around it."""


def backward_of(program: Program) -> tuple[Node, ...]:
    """The loops that compute the gradients of all inputs and computed tensors, in executable order.

    The gradients of the outputs are given.
    """
    known: tuple[Node, ...] | None = program.__dict__.get("_backward")
    if known is None:
        known = program.__dict__["_backward"] = number(tuple(_reversed(program, program.forward)))
    return known


def backward_by_results(program: Program) -> tuple[Node, ...]:
    """The same loops, with what a statement has computed in place of the root or power that it computes.

    Where `n[t] = sqrt(s[t])`, its derivative is `1/2 / n[t]`, for those `t` that the statement is executed for:
    elsewhere `n` may be 0, and the root is not.
    """
    writers = [place.statement.target.tensor for place in places(program.forward)]
    results = {
        place.statement: place.statement.value
        for place in places(program.forward)
        if isinstance(place.statement.value, Power)
        and _is_one_to_one(place.statement.value)
        and _is_final(place, writers)
    }

    def by_result(statement: Statement, loops: Iterator[For]) -> Iterator[For]:
        for loop in loops:
            (s,) = loop.body
            value = _with_result(s.value, results[statement], statement.target) if statement in results else s.value
            yield For(loop.indices, (replace(s, value=value),), loop.span)

    return number(tuple(_reversed(program, program.forward, by_result)))


def _is_one_to_one(value: Expression) -> bool:
    """True of a power that differs for all bases: of a root, whose base is positive, and of a reciprocal."""
    return isinstance(value, Power) and (value.exponent.denominator > 1 or value.exponent == -1)


def _is_final(place: Place, writers: list[str]) -> bool:
    """True of a statement that alone writes its tensor, each cell once."""
    s = place.statement
    around = [*place.indices, *(loop.index for loop in place.loops)]
    own = [index.variable.name for index in s.target.indices if index.variable is not None]
    return writers.count(s.target.tensor) == 1 and sorted(own) == sorted(around) and s.operator in ("=", "+=")


def _with_result(value: Expression, power: Expression, result: Read) -> Expression:
    if isinstance(value, Power) and isinstance(power, Power) and value.base == power.base:
        return product((Power(result, value.exponent / power.exponent),))
    return map_parts(value, lambda part: _with_result(part, power, result))


def number(nodes: tuple[Node, ...], start: int = 1) -> tuple[Node, ...]:
    """The same loops with their statements counted from `start`."""
    counter = start

    def counted(found: tuple[Node, ...]) -> tuple[Node, ...]:
        nonlocal counter
        result: list[Node] = []
        for node in found:
            if isinstance(node, Loop):
                result.append(Loop(node.index, node.range, counted(node.body), node.span))
                continue
            body = []
            for s in node.body:
                body.append(Statement(s.target, s.operator, s.value, s.span, counter))
                counter += 1
            result.append(For(node.indices, tuple(body), node.span))
        return tuple(result)

    return counted(nodes)


Written = Callable[[Statement, Iterator[For]], Iterator[For]]
"""The loops of a statement in another form."""


def _reversed(program: Program, nodes: tuple[Node, ...], written: Written = lambda _, loops: loops) -> Iterator[Node]:
    for node in reversed(nodes):
        if isinstance(node, Loop):
            body = tuple(_reversed(program, node.body, written))
            if body:
                turned = Range(node.range.last, node.range.first, -node.range.step)
                yield Loop(node.index, turned, body, node.span)
        else:
            for statement in reversed(node.body):
                yield from written(statement, _adjoints(program, node, statement))


def _adjoints(program: Program, node: For, statement: Statement) -> Iterator[For]:
    """The loops of one statement, one for each entry that it reads, in the order of reading."""
    if statement.target.tensor in program.constants:
        return
    incoming: list[Expression] = [Read(f"{statement.target.tensor}.grad", statement.target.indices)]
    if statement.operator == "max=":
        incoming.append(Comparison("==", statement.value, statement.target))
    found: dict[tuple[Read, tuple[str, ...]], list[Expression]] = {}
    for entry, factors, sums in parts(statement.value):
        if entry.tensor in program.constants or entry.tensor in program.integers:
            continue
        found.setdefault((entry, sums), []).append(product(factors))
    for (entry, sums), slopes in found.items():
        slope = slopes[0] if len(slopes) == 1 else Sum(tuple(slopes))
        target = Read(f"{entry.tensor}.grad", entry.indices)
        value = product((*incoming, slope))
        yield For((*node.indices, *sums), (Statement(target, "+=", value),), node.span)


def parts(expression: Expression) -> Iterator[Part]:
    """The partial derivatives of an expression with respect to the entries that it reads."""
    yield from _parts(expression, (), ())


def _parts(expression: Expression, factors: tuple[Expression, ...], sums: tuple[str, ...]) -> Iterator[Part]:
    match expression:
        case Read():
            yield expression, factors, sums
        case Sum(terms):
            for term in terms:
                yield from _parts(term, factors, sums)
        case Product(found):
            for position, factor in enumerate(found):
                others = (*found[:position], *found[position + 1 :])
                yield from _parts(factor, (*factors, *others), sums)
        case Power(base, exponent, span):
            yield from _parts(base, (*factors, Constant(exponent), Power(base, exponent - 1, span)), sums)
        case Reduction(indices, body):
            yield from _parts(body, factors, (*sums, *indices))
        case Function(name, arguments):
            for argument, slope in zip(arguments, slopes(name, arguments), strict=True):
                yield from _parts(argument, (*factors, slope), sums)
        case _:
            return


def slopes(name: str, arguments: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """The partial derivatives of a function, almost everywhere."""
    first = arguments[0]
    whole = Function(name, arguments)
    match name:
        case "exp":
            return (whole,)
        case "ln":
            return (Power(first, Fraction(-1)),)
        case "tanh":
            return (Sum((ONE, Product((MINUS_ONE, Power(whole, Fraction(2)))))),)
        case "sigmoid":
            return (Product((whole, Sum((ONE, Product((MINUS_ONE, whole)))))),)
        case "relu":
            return (Comparison(">", first, ZERO),)
        case "abs":
            above, below = (Comparison(">", first, ZERO), Comparison(">", Constant(Fraction(0)), first))
            return (Sum((above, Product((MINUS_ONE, below)))),)
        case "sin":
            return (Function("cos", arguments),)
        case "cos":
            return (Product((MINUS_ONE, Function("sin", arguments))),)
        case "max":
            # one of both, also where they are equal over a whole region and so have the same derivative
            return (Comparison(">", first, arguments[1]), Comparison(">=", arguments[1], first))
        case "min":
            return (Comparison(">", arguments[1], first), Comparison(">=", first, arguments[1]))
        case _:
            raise ValueError(name)


def product(factors: tuple[Expression, ...]) -> Expression:
    """A product: nested ones put together, numbers in front, powers of one base merged."""
    value = Fraction(1)
    powers: dict[Expression, Fraction] = {}
    for base, exponent in _factors(factors):
        if isinstance(base, Constant) and (base.value or exponent > 0):
            value *= base.value**exponent.numerator
        else:
            powers[base] = powers.get(base, Fraction(0)) + exponent
    rest: list[Expression] = [b if e == 1 else Power(b, e) for b, e in powers.items() if e != 0]
    if value != 1 or not rest:
        rest.insert(0, Constant(value))
    return rest[0] if len(rest) == 1 else Product(tuple(rest))


def _factors(factors: tuple[Expression, ...]) -> Iterator[tuple[Expression, Fraction]]:
    for factor in factors:
        match factor:
            case Product(inner):
                yield from _factors(inner)
            case Power(base, exponent, _):
                for inner_base, inner_exponent in _factors((base,)):
                    whole = exponent.denominator == 1 and not (
                        isinstance(inner_base, Constant) and not inner_base.value
                    )
                    if whole and (not isinstance(base, Product) or inner_exponent.denominator == 1):
                        yield inner_base, inner_exponent * exponent
                    else:
                        yield Power(inner_base, inner_exponent) if inner_exponent != 1 else inner_base, exponent
            case _:
                yield factor, Fraction(1)
