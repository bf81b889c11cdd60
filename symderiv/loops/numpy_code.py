"""Loop programs as NumPy code that runs: plain nested loops, one function for each part."""

from __future__ import annotations

import keyword
import re

from symderiv.model.program import (
    ONE,
    Affine,
    Comparison,
    Constant,
    Expression,
    For,
    Function,
    IndexComparison,
    Looked,
    Loop,
    Node,
    Power,
    Product,
    Program,
    Read,
    Reduction,
    Size,
    SizeOf,
    Statement,
    Sum,
    Variable,
    places,
    subexpressions,
)

FUNCTIONS = {
    "exp": "np.exp({})",
    "ln": "np.log({})",
    "tanh": "np.tanh({})",
    "sin": "np.sin({})",
    "cos": "np.cos({})",
    "abs": "abs({})",
    "relu": "max({}, 0.0)",
    "sigmoid": "1 / (1 + np.exp(-({})))",
    "max": "max({}, {})",
    "min": "min({}, {})",
}


def python_of(program: Program, derived: tuple[Node, ...]) -> str:
    """A module with `forward(sizes, tensors)` and `backward(sizes, tensors)`.

    Both work in place on a dictionary of arrays by the names of the program, and return it; a scalar is an array
    without axes.  `sizes` gives every size.  `backward` expects what `forward` leaves, and the gradients of the outputs
    under names like `y.grad`.
    """
    lines = ['"""Forward and backward loops."""', "", "import numpy as np", "", ""]
    lines += _function(program, "forward", program.forward, "Computes all tensors from the inputs.")
    lines += ["", ""]
    lines += _function(program, "backward", derived, "Adds to the gradients of all tensors.")
    return "\n".join(lines) + "\n"


def _function(program: Program, name: str, nodes: tuple[Node, ...], words: str) -> list[str]:
    lines = [f"def {name}(sizes, tensors):", f'    """{words}"""']
    lines += [f"    {_size(size)} = sizes[{size!r}]" for size in program.sizes]
    for tensor in sorted(_computed(nodes)):
        shape = ", ".join(_size(size) for size in program.shapes[tensor])
        shape = f"({shape},)" if shape else "()"
        lines.append(f"    tensors.setdefault({tensor!r}, np.zeros({shape}))")
    for tensor in sorted({*_computed(nodes), *_read(nodes)}):
        lines.append(f"    {_name(tensor)} = tensors[{tensor!r}]")
    return [*lines, *_block(program, nodes, 1), "    return tensors"]


def _computed(nodes: tuple[Node, ...]) -> set[str]:
    return {place.statement.target.tensor for place in places(nodes)}


def _read(nodes: tuple[Node, ...]) -> set[str]:
    found: set[str] = set()
    for place in places(nodes):
        for index in place.statement.target.indices:
            found |= _looked(index)
        found |= _tensors(place.statement.value)
    return found


def _tensors(expression: Expression) -> set[str]:
    found: set[str] = set()
    for part in subexpressions(expression):
        if isinstance(part, Read):
            found.add(part.tensor)
            for index in part.indices:
                found |= _looked(index)
        elif isinstance(part, IndexComparison):
            found |= _looked(part.left) | _looked(part.right)
    return found


def _looked(index: Affine) -> set[str]:
    found: set[str] = set()
    for atom, _ in index.terms:
        if isinstance(atom, Looked):
            found.add(atom.tensor)
            for inner in atom.indices:
                found |= _looked(inner)
    return found


def _block(program: Program, nodes: tuple[Node, ...], depth: int) -> list[str]:
    lines: list[str] = []
    for node in nodes:
        if isinstance(node, Loop):
            first, last = _index(node.range.first), _index(node.range.last)
            step = node.range.step
            stop = f"{last} {'+' if step > 0 else '-'} 1"
            bounds = f"{first}, {stop}" if step > 0 else f"{first}, {stop}, -1"
            lines.append("    " * depth + f"for {_variable(node.index)} in range({bounds}):")
            lines += _block(program, node.body, depth + 1)
        else:
            lines += _parallel(program, node, depth)
    return lines


def _parallel(program: Program, node: For, depth: int) -> list[str]:
    lines: list[str] = []
    for index in node.indices:
        lines.append("    " * depth + f"for {_variable(index)} in range({_size(program.domains[index])}):")
        depth += 1
    return lines + ["    " * depth + line for statement in node.body for line in _statement(program, statement)]


def _statement(program: Program, statement: Statement) -> list[str]:
    """The lines of a statement; guards come before it, since they keep its indices in range."""
    guards, rest = _guarded(statement.value)
    target, value = _entry(statement.target), _value(program, rest)
    operator = statement.operator
    if guards and operator == "+=":
        condition = " and ".join(map(_condition, guards))
        return [f"if {condition}:", f"    {target} += {value}"]
    value = _value(program, statement.value)
    if operator == "max=":
        return [f"{target} = max({target}, {value})"]
    return [f"{target} {operator} {value}"]


def _guarded(expression: Expression) -> tuple[list[IndexComparison], Expression]:
    """The guards in a product, and its other factors."""
    if isinstance(expression, IndexComparison):
        return [expression], ONE
    if not isinstance(expression, Product):
        return [], expression
    found = [_guarded(factor) for factor in expression.factors]
    guards = [guard for inner, _ in found for guard in inner]
    return guards, Product(tuple(rest for inner, rest in found if not (inner and rest == ONE)))


def _condition(guard: IndexComparison) -> str:
    return f"{_index(guard.left)} {guard.kind} {_index(guard.right)}"


def _entry(entry: Read) -> str:
    return f"{_name(entry.tensor)}[{', '.join(map(_index, entry.indices)) or '()'}]"


def _index(index: Affine) -> str:
    parts = [(_atom(atom), c) for atom, c in index.terms]
    text = " ".join(f"{'-' if c < 0 else '+'} {name if abs(c) == 1 else f'{abs(c)} * {name}'}" for name, c in parts)
    text = f"{text} {index.constant:+d}".strip() if index.constant or not parts else text
    simple = index.variable
    return _variable(simple.name) if simple is not None else text.removeprefix("+ ")


def _atom(atom: Variable | SizeOf | Looked) -> str:
    match atom:
        case Variable(name):
            return _variable(name)
        case SizeOf(name):
            return _size(name)
        case Looked(tensor, indices):
            return f"{_name(tensor)}[{', '.join(map(_index, indices)) or '()'}]"


def _value(program: Program, expression: Expression) -> str:
    match expression:
        case Constant(value):
            return str(value) if value.denominator == 1 and value >= 0 else f"({value})"
        case Size(name):
            return _size(name)
        case Read():
            return _entry(expression)
        case Sum(terms):
            return f"({' + '.join(_value(program, term) for term in terms)})"
        case Product(factors):
            guards, rest = _guarded(expression)
            if guards:
                condition = " and ".join(map(_condition, guards))
                return f"({_value(program, rest)} if {condition} else 0.0)"
            return " * ".join(_value(program, factor) for factor in factors) or "1.0"
        case Power(base, exponent, _):
            shown = str(exponent) if exponent.denominator == 1 and exponent > 0 else f"({exponent})"
            return f"({_value(program, base)}) ** {shown}" if exponent != -1 else f"(1 / ({_value(program, base)}))"
        case Function(name, arguments):
            return "(" + FUNCTIONS[name].format(*(_value(program, argument) for argument in arguments)) + ")"
        case Reduction(indices, body):
            loops = " ".join(f"for {_variable(i)} in range({_size(program.domains[i])})" for i in indices)
            return f"sum({_value(program, body)} {loops})"
        case Comparison(kind, left, right):
            return f"float({_value(program, left)} {kind} {_value(program, right)})"
        case IndexComparison():
            return f"float({_condition(expression)})"


def _plain(name: str) -> str:
    """A name of the program as a name of Python."""
    plain = re.sub(r"\W", "_", name.replace("'", "_prime").replace("~", "_tilde").replace(".", "_"))
    return f"{plain}_" if keyword.iskeyword(plain) or plain in ("np", "sizes", "tensors") else plain


def _name(tensor: str) -> str:
    return f"t_{_plain(tensor)}"


def _size(size: str) -> str:
    return f"n_{_plain(size)}"


def _variable(index: str) -> str:
    return f"i_{_plain(index)}"
